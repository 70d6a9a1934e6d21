"""Denials: who denies a deed that is told makes a claim about it, not a deed of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kronika.codebook.attribution import speech
from kronika.extract.assertions.claims import is_denying
from kronika.extract.consequences.strengths import states_moving
from kronika.extract.grammar.nearness import is_aside
from kronika.extract.happenings.sameness import is_apart, points_back
from kronika.extract.reading import REAL, Draft, Reading
from kronika.records import Claim, Event, Stance, Status
from kronika.records.quick import replace

#: How many sentences before or after it a deed may be told that is denied, and that "this" or "the claim" stands for.
_REACH = 8
_POINTING_REACH = 3
_POINTING = frozenset(("this", "that", "it", "these", "them", "so"))
#: Whom a denial may name for the victims, whoever they were.
_ANYBODY = frozenset(
    (
        "civilian",
        "civilians",
        "people",
        "person",
        "anyone",
        "anybody",
        "resident",
        "residents",
        "man",
        "men",
        "somebody",
    )
)
_HARM = frozenset(("kill", "wound", "hurt", "die"))
#: What a party denies: deeds, not words about them.
_DEEDS = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION", "AID"))


def fold_denials(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """Return the drafts without those that somebody only denies and that are told elsewhere in the text.

    What is told keeps its roles, its place and its time; the words of the denial become one of its mentions, and so the
    claim of who denies it is about it. A denial of what nobody tells stays an event, with the status denied. To reject
    an accusation is a claim too, and a refusal only where it has a day of its own.
    """
    kept = [draft for draft in drafts if draft.time is not None or not _is_mere_claim(draft)]
    for draft in list(kept):
        if not is_denied_in_words(draft):
            continue
        told = _told(draft, [other for other in kept if other is not draft], reading)
        if told is not None:
            told.denials.extend(draft.triggers)
            kept.remove(draft)
    return kept


def _is_mere_claim(draft: Draft) -> bool:
    return draft.trigger.frame.type == "REJECT" and draft.trigger.is_verb and is_denying(draft.token)


def is_denied_in_words(draft: Draft) -> bool:
    """Whether the text has somebody deny the deed: "denied shelling the market", not "nobody was hurt"."""
    if draft.verdict.status is not Status.DENIED or draft.trigger.frame.type not in _DEEDS:
        return False
    doc, verbs = draft.token.doc, speech().verbs
    return any(Stance.DENIES in verbs.get(doc[i].lemma_, {}).values() for i in draft.verdict.cues) or any(
        doc[i].lemma_ in speech().rejecting for i in draft.verdict.cues
    )


def _told(denied: Draft, others: Sequence[Draft], reading: Reading) -> Draft | None:
    """Return the deed that is denied: told last before the denial, else next after it."""
    fitting = [
        other
        for other in others
        if other.verdict.status in REAL
        and other.trigger.frame.type == denied.trigger.frame.type
        and _distance(denied, other, reading) <= _REACH
        and not is_apart(denied, other, reading)
        and _is_of(denied, other, reading)
    ]
    return min(
        fitting, key=lambda other: (other.token.i > denied.token.i, abs(other.token.i - denied.token.i)), default=None
    )


def _distance(denied: Draft, other: Draft, reading: Reading) -> int:
    here = reading.sentence_of[denied.token.i]
    return min(abs(here - reading.sentence_of[trigger.token.i]) for trigger in other.triggers)


def _is_of(denied: Draft, other: Draft, reading: Reading) -> bool:
    """Whether both are of the same thing: a word of target or victim, the same place, or nothing but "the attack"."""
    frame = denied.trigger.frame.id
    if frame in _HARM and not any(trigger.frame.id in _HARM for trigger in other.triggers):
        return False  # the harm is denied, not what would have done it
    if denied.trigger.frame.type == "MOBILIZE":
        ours, others = states_moving(denied, reading), states_moving(other, reading)
        if ours and others:
            return bool(ours & others)
    mine, theirs = _things(denied, reading) - _ANYBODY, _things(other, reading) - _ANYBODY
    if mine and theirs:
        return bool(mine & theirs)
    if {p.id for p in denied.places if p.id} & {p.id for p in other.places}:
        return True
    return not mine and (points_back(denied) or _distance(denied, other, reading) <= 1)


def _things(draft: Draft, reading: Reading) -> set[str]:
    tokens = [t for role in ("target", "victim") for t in draft.roles.get(role, ())]
    names = {word.lower() for t in tokens for word in reading.mentions.describe(t).name.split()}
    return names | {t.lemma_.lower() for t in tokens}


def answer(events: Sequence[Event], claims: Sequence[Claim], reading: Reading) -> tuple[list[Event], list[Claim]]:
    """Return events and claims with each denial in other words joined to what it denies.

    "Kyiv denied this" and "denied responsibility" are about the deed told last, "rejected the accusation" about what
    another speaker claimed last; both within three sentences. Who denies a deed "and blamed the army" blames it.
    """
    found = {event.id: event for event in events}
    linked = []
    for claim in claims:
        denied = _denied_by(claim, events, claims, reading) if _is_pointing(claim, reading) else []
        for event in denied:
            held = found[event.id]
            found[event.id] = replace(held, claims=(*held.claims, claim.id))
        more = [event.id for event in denied] or _blamed_for(claim, claims, reading)
        linked.append(replace(claim, about=(*claim.about, *more)) if more else claim)
    return [found[event.id] for event in events], linked


def _blamed_for(claim: Claim, claims: Sequence[Claim], reading: Reading) -> list[str]:
    """Return the deeds that a speaker denies or tells in the sentence in which it names only whom it blames."""
    if claim.stance is not Stance.BLAMES or claim.cue is None or any(key.startswith("e-") for key in claim.about):
        return []
    beside = [
        other
        for other in claims
        if other.cue is not None
        and other.cue.start < claim.cue.start
        and _is_same_speaker(other, claim)
        and _sentences_between(other.cue.start, claim.cue.start, reading) == 0
    ]
    return [key for other in beside for key in other.about if key.startswith("e-")]


def _head(claim: Claim, reading: Reading) -> Any | None:
    """Return the word that the content of a claim is about: its noun, or the subject of its clause."""
    span = reading.doc.char_span(claim.content[0].start, claim.content[0].end, alignment_mode="expand")
    if span is None:
        return None
    if span.root.pos_ in ("VERB", "AUX"):
        return next((child for child in span.root.lefts if child.dep_ == "nsubj"), None)
    return span.root


def _is_pointing(claim: Claim, reading: Reading) -> bool:
    """Whether a denial says only "this", "the claims", "responsibility": what of is told before."""
    if claim.stance is not Stance.DENIES or not claim.content or claim.cue is None:
        return False
    if any(key.startswith("e-") for key in claim.about):
        return False
    head, words = _head(claim, reading), speech()
    return head is not None and (head.lower_ in _POINTING or head.lemma_ in words.contested | words.owning)


def _denied_by(claim: Claim, events: Sequence[Event], claims: Sequence[Claim], reading: Reading) -> list[Event]:
    head = _head(claim, reading)
    if head is None or claim.cue is None:
        return []
    material = {event.id: event for event in events if event.type in _DEEDS and event.status in REAL}
    if head.lemma_ in speech().contested:
        earlier = [
            other
            for other in claims
            if other.cue is not None
            and other.cue.start < claim.cue.start
            and other.stance is not Stance.DENIES
            and not _is_same_speaker(other, claim)
            and any(key in material for key in other.about)
            and _sentences_between(other.cue.start, claim.cue.start, reading) <= _POINTING_REACH
        ]
        if earlier:
            last = max(earlier, key=lambda other: other.cue.start if other.cue is not None else 0)
            said = [other for other in earlier if other is last or _is_same_speaker(other, last)]
            return [material[key] for key in dict.fromkeys(k for other in said for k in other.about) if key in material]
    starts = {
        key: max(at for at in (event.trigger.start, *(m.start for m in event.mentions)) if at < claim.cue.start)
        for key, event in material.items()
        if event.trigger.start < claim.cue.start and not is_aside(_token_at(event.trigger.start, reading))
    }
    last_told = max(starts, key=lambda key: starts[key], default=None)
    if last_told is None or _sentences_between(starts[last_told], claim.cue.start, reading) > _POINTING_REACH:
        return []
    return [material[last_told]]


def _is_same_speaker(one: Claim, other: Claim) -> bool:
    a, b = one.speaker.mention, other.speaker.mention
    return a is not None and b is not None and (a.entity or a.name) == (b.entity or b.name)


def _sentences_between(first: int, second: int, reading: Reading) -> int:
    return reading.sentences_between(_token_at(first, reading), _token_at(second, reading))


def _token_at(offset: int, reading: Reading) -> Any:
    return reading.doc.char_span(offset, offset + 1, alignment_mode="expand")[0]
