"""Events: what a document says happened, from triggers to records."""

from __future__ import annotations

from typing import Any

from kronika.extract.assertions.claimants import credit
from kronika.extract.assertions.denials import fold_denials
from kronika.extract.circumstances.background import date_verdicts
from kronika.extract.circumstances.counting_from import count_from_each_other
from kronika.extract.circumstances.dating import no_venue
from kronika.extract.circumstances.scenes import place_sites
from kronika.extract.coding import code_of, mode_of, sub_event, type_of
from kronika.extract.consequences.outcome import effects_of, ordinal_of, outcome_of
from kronika.extract.consequences.shares import is_counted_out, place_of_share, share_out
from kronika.extract.consequences.strengths import add_strengths
from kronika.extract.consequences.tolls import attach_counts
from kronika.extract.drafting import draft_events
from kronika.extract.happenings.aftermath import aftermath, retold
from kronika.extract.happenings.carrying import carry, carry_back, settle
from kronika.extract.happenings.merging import merge
from kronika.extract.reading import Draft, Reading
from kronika.extract.screening.generalities import without_generalities
from kronika.extract.screening.mentioned import is_mere_mention
from kronika.records import Effect, Event, Ordinal, PlaceRef, Roles, Span, Status, TimeRef, content_id
from kronika.records.quick import replace

#: What becomes of a site without a word for the site ("Processing had stopped").
_OF_WORK = frozenset(("shut down", "production delayed"))
_ROLE_NAMES = ("actor", "target", "victim", "recipient", "instrument", "alongside", "origin")
#: Role of a frame to role of an event, where they differ.
_SAME_AS = {"force": "target", "asset": "target", "destination": "", "defence": ""}


def read_events(reading: Reading) -> list[Event]:
    """Return the events of one document, in the order of the text."""
    drafts = draft_events(reading)
    settle(drafts, drafts, reading)
    count_from_each_other(drafts, reading)
    drafts, tallies = without_generalities(drafts, reading)
    drafts = fold_denials(merge(drafts, reading), reading)
    credit(drafts, reading)
    joined = [draft for draft in drafts if len(draft.triggers) > 1]  # they stand in more than one sentence now
    settle(joined, drafts, reading)
    drafts = [draft for draft in drafts if not is_mere_mention(draft)]
    drafts = _with_shares(drafts, reading)
    carry(drafts, reading)
    place_sites(drafts, reading)
    carry_back(drafts, reading)
    count_from_each_other(drafts, reading)
    attach_counts(drafts, reading, tallies)
    add_strengths(drafts, reading)
    date_verdicts(drafts, reading)
    events: list[Event] = []
    _attach_effects(drafts, reading)
    for draft in drafts:
        is_raid = draft.trigger.frame.outcome == "intercepted"  # over several regions: one raid
        spots: list[PlaceRef | None] = [*(draft.places[:1] if is_raid else draft.places)] or [None]
        is_listed = len(spots) > 1 or draft.part is not None
        events.extend(_record(draft, place, reading, is_listed=is_listed) for place in spots)
        events.extend(_again(event, time) for event in events[-len(spots) :] for time in draft.again)
    return events


def _with_shares(drafts: list[Draft], reading: Reading) -> list[Draft]:
    shares = share_out(drafts)
    if not shares:
        return drafts
    settle(shares, [*drafts, *shares], reading)
    for draft in shares:
        draft.places = place_of_share(draft.token, reading)
    over = {place.span for draft in shares for place in draft.places}
    for draft in drafts:
        if draft.trigger.frame.outcome == "intercepted" and is_counted_out(draft):
            draft.places = [place for place in draft.places if place.span not in over]
    return sorted([*drafts, *shares], key=lambda draft: draft.token.i)


def _again(event: Event, time: TimeRef) -> Event:
    """Return the same deed on another of its days; what was counted is counted of the first alone."""
    return replace(event, id=content_id("e", event.id, time.edtf), time=time, counts=(), ordinal=None)


def _attach_effects(drafts: list[Draft], reading: Reading) -> None:
    told_of = [trigger for draft in drafts for trigger in draft.triggers]
    triggers = frozenset([trigger.token.i for trigger in told_of])
    downed = frozenset([trigger.token.i for trigger in told_of if trigger.frame.outcome == "intercepted"])
    found: dict[int, list[Effect]] = {}

    def told(sentence: Any) -> list[Effect]:
        if sentence.start not in found:
            found[sentence.start] = effects_of(sentence, reading.document, triggers, downed)
        return found[sentence.start]

    for draft in drafts:
        if draft.trigger.frame.type in ("ASSAULT", "PROTEST"):
            sentences = {trigger.token.sent.start: trigger.token.sent for trigger in draft.triggers}
            for sentence in sentences.values():
                draft.effects.extend(told(sentence))
        if draft.trigger.frame.type == "ASSAULT":
            for sentence in aftermath(draft, triggers, reading):
                known = {effect.kind for effect in draft.effects}
                draft.effects.extend(effect for effect in told(sentence) if effect.kind not in known)
    for draft, sentence, is_named in retold(drafts, triggers, reading):
        spans = {effect.span for effect in draft.effects}
        new = (effect for effect in told(sentence) if effect.span not in spans)
        draft.effects.extend(effect for effect in new if is_named or effect.kind in _OF_WORK)


def _record(draft: Draft, place: PlaceRef | None, reading: Reading, *, is_listed: bool) -> Event:
    document, mentions = reading.document, reading.mentions
    trigger, sentence = draft.trigger, draft.token.sent
    kind = type_of(draft)
    mode = mode_of(draft, mentions) if kind == trigger.frame.type else ""
    outcome = outcome_of(draft)
    reasons = dict(draft.reasons)
    if not draft.roles.get("actor"):
        reasons["actor"] = "not stated"
    if (why := no_venue(trigger.frame)) is not None:
        reasons.setdefault("place", why)
    key = content_id(
        "e", document.id, trigger.frame.id, draft.token.idx, place.span.start if place and is_listed else ""
    )
    return Event(
        id=key,
        document=document.id,
        type=kind,
        mode=mode,
        acled=sub_event(draft, mode, outcome, reading),
        cameo=code_of(draft, kind, mode, mentions),
        status=Status.OCCURRED if kind == "REJECT" != trigger.frame.type else draft.verdict.status,  # it was refused
        trigger=_token_span(document.id, draft.token, document.text),
        evidence=_trimmed(document.id, sentence.start_char, sentence.end_char, document.text),
        roles=_roles(draft, reading),
        time=draft.time,
        place=place,
        outcome=outcome,
        effects=tuple(draft.effects),
        counts=tuple(draft.counts),
        ordinal=draft.ordinal or next((o for o in _later_ordinals(draft, reading)), None),
        certainty=draft.verdict.certainty,
        mentions=tuple(_token_span(document.id, t.token, document.text) for t in (*draft.triggers[1:], *draft.denials)),
        reasons=tuple(sorted(reasons.items())),
        rule=trigger.rule,
    )


def _later_ordinals(draft: Draft, reading: Reading) -> list[Ordinal]:
    return [found for trigger in draft.triggers[1:] if (found := ordinal_of(trigger, reading))]


def _roles(draft: Draft, reading: Reading) -> Roles:
    found: dict[str, list[Any]] = {}
    for role, tokens in draft.roles.items():
        name = _SAME_AS.get(role, role)
        if tokens and name in _ROLE_NAMES:
            held = found.setdefault(name, [])
            held.extend(t for t in tokens if t not in held)
    described = {name: [reading.mentions.describe(t) for t in tokens] for name, tokens in found.items()}
    return Roles(
        **{name: tuple({m.name: m for m in reversed(mentions)}.values())[::-1] for name, mentions in described.items()}
    )


def _token_span(document: str, token: Any, text: str) -> Span:
    start, end = token.idx, token.idx + len(token)
    return Span(document, start, end, text[start:end])


def _trimmed(document: str, start: int, end: int, text: str) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(document, start, end, text[start:end])
