"""Nearness: which place, time or figure of a sentence belongs to which event, by the distance in the parse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: Beyond this a thing in the same sentence is context, not the event's own.
MAX_COST = 9.0
#: No sentence that can be read is nested deeper.
_LONGEST_PATH = 60
#: Verbs by which somebody tells something.
TELLING = frozenset(
    (
        *("say", "tell", "announce", "add", "state", "claim", "confirm", "write", "note", "warn", "declare"),
        *("acknowledge", "report", "insist", "argue", "estimate", "deny"),
    )
)

#: Verbs by which somebody calls a thing something.
_NAMING = frozenset(("call", "describe", "label", "put"))

#: Nouns for what tells a deed.
_REPORTS = frozenset(
    (
        "report",
        "statement",
        "interview",
        "briefing",
        "bulletin",
        "release",
        "communique",
        "post",
        "update",
        "assessment",
    )
)


def path_up(token: Any) -> list[int]:
    """Return the indices from ``token`` to the root of its sentence, ``token`` first."""
    found = [token.i]
    while token.head.i != token.i and len(found) < _LONGEST_PATH:
        token = token.head
        found.append(token.i)
    return found


def is_parted(first: Any, second: Any) -> bool:
    """Whether a semicolon stands between two words: what it parts are two sentences."""
    left, right = (first, second) if first.i <= second.i else (second, first)
    if ";" not in first.doc.text[left.idx : right.idx]:
        return False
    return any(token.text == ";" for token in first.doc[left.i : right.i])


def cost(thing: Any, trigger: Any, others: frozenset[int]) -> float | None:
    """Return how far ``thing`` stands from ``trigger``, or None if it is another trigger's or in another sentence.

    Steps from the thing up to the lowest common governor count once (coordination nothing); steps from the trigger up
    to it count double, since what hangs under the trigger is its own. ``others`` are the tokens of other events'
    triggers: what hangs under one of them, below the common governor, is theirs. What stands under "since" bounds a
    count and dates nothing.
    """
    return _cost(thing, path_up(trigger), others)


def _cost(thing: Any, own: list[int], others: frozenset[int]) -> float | None:
    """Return what :func:`cost` does for a trigger that has the path ``own`` to its root."""
    steps = 0.0
    below, node = None, thing
    for _ in range(_LONGEST_PATH):
        if node.i in own:
            rank = own.index(node.i)
            is_telling = below is not None and node.lemma_ in TELLING
            return None if is_telling and _is_of_speech(node, below, node.doc[own[rank - 1]]) else steps + 2.0 * rank
        if below is not None and (
            node.i in others or _is_bound(node) or (below.lower_ != "for" and _is_telling_aside(node))
        ):
            return None
        if node.head.i == node.i:
            return None
        steps += 0.0 if node.dep_ == "conj" else 1.0
        below, node = node, node.head
    return None


def _is_bound(word: Any) -> bool:
    """Whether a word only bounds or frames: "since", "since it began in 2023", "at a time when …"."""
    if word.lower_ == "since":
        return True
    for child in word.lefts:
        if child.lower_ == "since" and child.dep_ == "mark":
            return True
    return word.dep_ in ("relcl", "acl") and word.head.lower_ == "time" and word.head.head.lower_ == "at"


def _is_telling_aside(word: Any) -> bool:
    """Whether a word tells of the deed and stands beside it: "…, a resident told X", "a report on Monday by Y".

    What hangs under it is of the telling.
    """
    if word.tag_ in ("VBD", "VBZ"):
        return word.lemma_ in TELLING
    return word.pos_ == "NOUN" and word.lemma_ in _REPORTS


def _is_of_speech(governor: Any, thing: Any, deed: Any) -> bool:
    """Whether a thing belongs to the act of telling ("said in Moscow on Sunday"), and the deed to what is told."""
    if deed.i == governor.i:
        return False
    is_told = deed.dep_ in ("ccomp", "parataxis", "xcomp")
    fronted = thing.i < governor.i and thing.i <= governor.sent.start + 1 and thing.dep_ == "prep"
    return is_told and not fronted


def teller_at(place: Any) -> Any | None:
    """Return the noun that a place says the whereabouts of, where it names who tells something.

    "The General Staff in Kyiv said", "Jan Roe, an official in Kyiv, called it": the staff, the official.
    """
    if place.dep_ != "pobj" or place.head.lower_ not in ("in", "from", "at"):
        return None
    holder = place.head.head
    owner = holder
    while owner.dep_ == "appos":
        owner = owner.head
    is_subject = owner.dep_ in ("nsubj", "agent") and owner.head.lemma_ in TELLING | _NAMING
    return holder if is_subject else None


def is_aside(token: Any) -> bool:
    """Whether a word stands in a relative clause, which may tell of another time and place."""
    node = token
    while node.head.i != node.i:
        if node.dep_ == "relcl":
            return True
        node = node.head
    return False


def nearest(trigger: Any, things: Sequence[tuple[Any, Any]], others: frozenset[int]) -> list[tuple[float, Any]]:
    """Return (cost, thing) for the things within reach, nearest first; ``things`` are (token, thing) pairs."""
    found = []
    own: list[int] = []
    sentence = trigger.sent
    first, end = sentence.start, sentence.end
    for token, thing in things:
        if not first <= token.i < end:
            continue
        own = own or path_up(trigger)
        distance = _cost(token, own, others)
        if distance is not None and distance <= MAX_COST and not is_parted(token, trigger):
            found.append((distance + abs(token.i - trigger.i) / 1000, thing))
    return sorted(found, key=lambda pair: pair[0])
