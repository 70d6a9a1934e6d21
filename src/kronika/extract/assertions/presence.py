"""Presence: who confirms or denies that forces are there speaks of the movement that brought them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kronika.extract.grammar.forces import FORCE_HEADS
from kronika.extract.reading import REAL, Reading
from kronika.records import Claim, Event, Stance
from kronika.records.quick import replace

_BEING_THERE = frozenset(("presence", "arrival", "participation", "involvement", "deployment", "dispatch"))
_ANSWERING = frozenset((Stance.CONFIRMS, Stance.DENIES, Stance.DOUBTS))
#: How many sentences before such an answer the movement may last be told of.
_REACH = 8


def acknowledge(events: Sequence[Event], claims: Sequence[Claim], reading: Reading) -> tuple[list[Event], list[Claim]]:
    """Return events and claims with each answer about the presence of forces joined to the movement told before.

    "Chad sent soldiers to Darfur. … Khartoum confirmed the presence of the troops": a position on the same movement,
    unless the text says that the troops are of another state.
    """
    moves = [event for event in events if event.type == "MOBILIZE" and event.status in REAL]
    if not moves:
        return list(events), list(claims)
    joined: dict[str, list[str]] = {}
    told = []
    for claim in claims:
        move = _moved(claim, moves, reading) if claim.stance in _ANSWERING else None
        told.append(claim if move is None else replace(claim, about=(*claim.about, move.id)))
        if move is not None:
            joined.setdefault(move.id, []).append(claim.id)
    return [
        replace(event, claims=(*event.claims, *joined[event.id])) if event.id in joined else event for event in events
    ], told


def _moved(claim: Claim, moves: Sequence[Event], reading: Reading) -> Event | None:
    """Return the movement told last before a claim that only says that the forces are there."""
    if claim.cue is None or not claim.content or any(key.startswith("e-") for key in claim.about):
        return None
    part = claim.content[0]
    span = reading.doc.char_span(part.start, part.end, alignment_mode="expand")
    forces = _forces(span.root) if span is not None and span.root.lemma_ in _BEING_THERE else None
    if forces is None:
        return None
    country = reading.mentions.describe(forces).country
    here = reading.sentence_of[span.root.i]
    near = [
        (at, move)
        for move in moves
        if country is None or country in {m.country for m in (*move.roles.actor, *move.roles.target)}
        for at in (move.trigger.start, *(mention.start for mention in move.mentions))
        if at < claim.cue.start and here - _sentence_at(at, reading) <= _REACH
    ]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _forces(noun: Any) -> Any | None:
    """Return the forces that are there: "the presence of the troops", "the troops' arrival", "the troop presence"."""
    below = [grand for child in noun.rights if child.lower_ == "of" for grand in child.rights if grand.dep_ == "pobj"]
    beside = [child for child in noun.lefts if child.dep_ in ("poss", "compound", "nmod")]
    return next((token for token in (*below, *beside) if token.lemma_.lower() in FORCE_HEADS), None)


def _sentence_at(offset: int, reading: Reading) -> int:
    return reading.sentence_of[reading.doc.char_span(offset, offset + 1, alignment_mode="expand").start]
