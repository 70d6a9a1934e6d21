"""Events: what a document says happened, from triggers to records."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.background import dated_verdict, planner
from kronika.extract.circumstances import places_of, time_of
from kronika.extract.coding import cameo_of, mode_of, sub_event, type_of
from kronika.extract.elaboration import elaborate
from kronika.extract.merging import merge
from kronika.extract.outcome import effects_of, ordinal_of, outcome_of
from kronika.extract.reading import Draft, Reading
from kronika.extract.realis import RealisVerdict, status_of
from kronika.extract.roles import assign_roles
from kronika.extract.tolls import attach_counts
from kronika.extract.topics import is_topic
from kronika.extract.triggers import Trigger, find_triggers
from kronika.records import Certainty, Event, Ordinal, PlaceRef, Roles, Span, Status, content_id

_ROLE_NAMES = ("actor", "target", "victim", "recipient", "instrument", "alongside", "origin")
#: Role of a frame to role of an event, where they differ.
_SAME_AS = {"force": "target", "asset": "target", "destination": "", "defence": ""}
#: Verbal deeds have no venue of their own: their place would be a pin where somebody spoke.
_VERBAL = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
#: Words by which somebody tells a deed without vouching for it.
_CLAIMING = frozenset(
    (
        *("claim", "allege", "accuse", "suspect", "believe", "suggest", "seem", "appear", "think", "assume"),
        *("allegation", "accusation", "investigate", "alleged", "suspected", "reportedly", "allegedly", "presumed"),
    )
)
#: What "sent", "moved" or "crossed" has to be said of to be a movement of forces.
_FORCE_HEADS = frozenset(
    (
        *("troop", "soldier", "force", "army", "unit", "brigade", "battalion", "regiment", "convoy", "tank", "warship"),
        *("reinforcement", "contingent", "fighter", "aircraft", "helicopter", "vehicle", "marine", "mercenary"),
        *("missile", "police", "military", "navy", "fleet", "paratrooper", "gendarme", "patrol"),
    )
)


def read_events(reading: Reading) -> list[Event]:
    """Return the events of one document, in the order of the text."""
    drafts = _drafts(reading)
    drafts = merge([draft for draft in drafts if _is_grounded(draft)], reading)
    attach_counts(drafts, reading)
    events: list[Event] = []
    for draft in drafts:
        places = [] if draft.trigger.frame.type in _VERBAL else places_of(draft, drafts, reading)
        draft.time = time_of(draft, drafts, reading)
        draft.verdict = dated_verdict(draft, reading)
        _attach_effects(draft, drafts, reading)
        spots: list[PlaceRef | None] = [*places] or [None]
        events.extend(_record(draft, place, reading, is_listed=len(spots) > 1) for place in spots)
    return events


def _drafts(reading: Reading) -> list[Draft]:
    times = frozenset(i for timed in reading.times for i in range(timed.first, timed.end))
    drafts = []
    triggers = find_triggers(reading.doc, reading.mentions)
    protests = [t for t in triggers if t.frame.type == "PROTEST"]
    demonstrations = frozenset(x.i for t in protests for x in (t.token, t.light) if x is not None)
    for trigger in triggers:
        if trigger.token.i in times:
            continue
        roles = assign_roles(trigger, reading.mentions, times)
        verdict = status_of(trigger.token, reading.doc, reading.published_year)
        verdict = _took_place(trigger, _unhedged(verdict, reading), reading)
        if trigger.frame.outcome == "intercepted" and verdict.status is Status.OCCURRED:
            verdict = replace(verdict, status=Status.INTERCEPTED, rule="frame")
        if is_topic(trigger, demonstrations):
            verdict = replace(verdict, status=Status.HISTORICAL, rule="topic_of_protest")
        if verdict.status is Status.PLANNED and not roles.get("actor") and not trigger.is_verb:
            roles["actor"] = planner(trigger.token, reading)
        draft = Draft([trigger], roles, verdict)
        draft.ordinal = ordinal_of(trigger, reading)
        drafts.append(draft)
    return elaborate([draft for draft in drafts if not _is_mere_intent(draft, drafts)], reading)


def _is_mere_intent(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a verb only says that a deed told under it is meant ("plans to launch an offensive")."""
    if draft.token.lemma_ not in ("plan", "intend") or not draft.trigger.is_verb:
        return False
    return any(
        other is not draft and other.verdict.status is Status.PLANNED and draft.token.i in other.verdict.cues
        for other in drafts
    )


def _unhedged(verdict: RealisVerdict, reading: Reading) -> RealisVerdict:
    """Take what somebody claims or suspects to have happened as told: the doubt is the claim's, not the deed's."""
    if verdict.status is not Status.HYPOTHETICAL or not verdict.cues:
        return verdict
    if any(reading.doc[i].lemma_ not in _CLAIMING for i in verdict.cues):
        return verdict
    return replace(verdict, status=Status.OCCURRED, certainty=Certainty.POSSIBLE)


def _took_place(trigger: Trigger, verdict: RealisVerdict, reading: Reading) -> RealisVerdict:
    """Take a demonstration that people came together for as held ("gathered to protest against …")."""
    if trigger.frame.type != "PROTEST" or verdict.status is not Status.PLANNED:
        return verdict
    carriers = [trigger.token, trigger.light, *(reading.doc[i] for i in verdict.cues)]
    if any(token is not None and token.tag_ in ("VBD", "VBN") for token in carriers):
        return replace(verdict, status=Status.OCCURRED)
    return verdict


def _is_grounded(draft: Draft) -> bool:
    """Whether a trigger has what its frame can't do without: somebody or something it happens to or is done by."""
    frame, roles = draft.trigger.frame, draft.roles
    if frame.needs_purpose:
        return _has_purpose(draft)
    if frame.needs_weapon:
        return bool(roles.get("instrument"))
    if frame.needs_force:
        return any(token.lemma_.lower() in _FORCE_HEADS for token in [*roles.get("force", ()), *roles.get("actor", ())])
    if frame.id == "fire":
        return bool(roles.get("instrument") or roles.get("target") or roles.get("victim")) and bool(
            draft.trigger.is_verb or roles.get("actor") or roles.get("target")
        )
    if frame.id == "explode":
        return draft.trigger.is_verb is False or bool(roles.get("instrument") or roles.get("actor"))
    if draft.trigger.is_verb and frame.id in ("strike", "overrun", "destroy", "deploy", "aid", "release"):
        return bool(roles.get("target") or roles.get("victim") or roles.get("force") or roles.get("asset"))
    return True


def _has_purpose(draft: Draft) -> bool:
    """Whether the sentence says what people gathered for ("gathered to demand …", "with banners")."""
    words = predicates().purposes
    sentence = draft.token.sent
    doc = sentence.doc
    end = doc[sentence.end].sent.end if sentence.end < len(doc) else sentence.end
    return any(t.lemma_.lower() in words and t.i != draft.token.i for t in doc[sentence.start : end])


def _attach_effects(draft: Draft, drafts: list[Draft], reading: Reading) -> None:
    if draft.trigger.frame.type not in ("ASSAULT", "PROTEST"):
        return
    skip = frozenset(t.token.i for d in drafts for t in d.triggers)
    seen: set[int] = set()
    for trigger in draft.triggers:
        sentence = trigger.token.sent
        if sentence.start not in seen:
            seen.add(sentence.start)
            draft.effects.extend(effects_of(sentence, reading.document, skip))


def _record(draft: Draft, place: PlaceRef | None, reading: Reading, *, is_listed: bool) -> Event:
    document, mentions = reading.document, reading.mentions
    trigger, sentence = draft.trigger, draft.token.sent
    kind = type_of(draft)
    mode = mode_of(draft, mentions) if kind == trigger.frame.type else ""
    outcome = outcome_of(draft)
    reasons = dict(draft.reasons)
    if not draft.roles.get("actor"):
        reasons["actor"] = "not stated"
    if trigger.frame.type in _VERBAL:
        reasons.setdefault("place", "a deed in words has no venue of its own")
    key = content_id(
        "e", document.id, trigger.frame.id, draft.token.idx, place.span.start if place and is_listed else ""
    )
    return Event(
        id=key,
        document=document.id,
        type=kind,
        mode=mode,
        acled=sub_event(draft, mode, outcome, reading),
        cameo=cameo_of(kind, mode),
        status=draft.verdict.status,
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
        mentions=tuple(_token_span(document.id, t.token, document.text) for t in draft.triggers[1:]),
        reasons=tuple(sorted(reasons.items())),
        rule=trigger.rule,
    )


def _later_ordinals(draft: Draft, reading: Reading) -> list[Ordinal]:
    return [found for trigger in draft.triggers[1:] if (found := ordinal_of(trigger, reading))]


def _roles(draft: Draft, reading: Reading) -> Roles:
    found: dict[str, list[Any]] = {name: [] for name in _ROLE_NAMES}
    for role, tokens in draft.roles.items():
        name = _SAME_AS.get(role, role)
        if name in found:
            found[name].extend(t for t in tokens if t not in found[name])
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
