"""Strengths: how many soldiers a movement is of, where a later sentence only gives a figure ("Accra spoke of 900")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kronika.codebook.measures import counts
from kronika.codebook.states import states
from kronika.extract.reading import REAL, Counted, Draft, Reading
from kronika.records import CountKind
from kronika.records.quick import replace

#: How many sentences after the words of a movement its strength may be given.
_REACH = 3
#: Below this a bare number may count anything.
_BARE = 100
_SOLDIERS = frozenset(
    (
        *("troop", "soldier", "personnel", "serviceman", "servicewoman", "man", "fighter", "mercenary"),
        *("combatant", "reinforcement", "peacekeeper", "paratrooper", "marine", "military"),
    )
)
_OPEN = frozenset((CountKind.OTHER, CountKind.DEPLOYED))
_GIVEN = _OPEN | {CountKind.CASUALTIES}
#: Verbs whose object is the figure, those that speak "of" it, and those that put something "at" it.
_ESTIMATING = frozenset(("estimate", "count", "reckon", "cite", "give", "name", "mention"))
_SPEAKING = frozenset(("speak", "talk"))
_PUTTING = frozenset(("put", "estimate", "place", "give"))
_SIZES = frozenset(("number", "figure", "strength", "size", "total", "contingent", "force"))
#: Verbs by which a text adds up figures ("900 soldiers and 300 reinforcements, which makes 1,200").
_ADDING = frozenset(("make", "total"))
_RISING = frozenset(("rise", "climb", "grow", "increase", "reach", "exceed"))
_EACH = frozenset(("each", "apiece", "per"))


def add_strengths(drafts: Sequence[Draft], reading: Reading) -> None:
    """Give movements of forces the figures that somebody gives of them soon after, in words that tell no movement."""
    moves = [d for d in drafts if d.trigger.frame.type == "MOBILIZE" and d.roles.get("force") and _is_real(d)]
    if not moves:
        return
    held = {quantity.id for draft in drafts for quantity in draft.counts}
    told = {reading.sentence_of[t.token.i] for d in drafts if d.trigger.frame.type == "ASSAULT" for t in d.triggers}
    for counted in reading.counts:
        quantity = counted.quantity
        if quantity.id in held or quantity.unit or quantity.negated or quantity.kind not in _GIVEN:
            continue
        move = _moved_before(counted, moves, reading)
        if move is None or reading.sentence_of[counted.token] in told or not _is_given(counted, reading):
            continue
        if not states().of_others(quantity.of or "", states_moving(move, reading)):
            kind = CountKind.DEPLOYED if quantity.kind in _OPEN else quantity.kind
            move.counts.append(replace(quantity, kind=kind))


def is_only_possible(counted: Counted, draft: Draft, reading: Reading) -> bool:
    """Whether a figure of a deed that took place is of what may come: "12,000 could be sent", "could rise to 40".

    Where the deed itself is only possible, its status says so; of what "could be seen" or "will be buried", it is done.
    """
    if draft.verdict.status not in REAL:
        return False
    verb = reading.doc[counted.token]
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if any(trigger.token.i == verb.i for trigger in draft.triggers):
        return False
    words, lemma = counts(), verb.lemma_.lower()
    if lemma not in words.objects and lemma not in words.subjects and lemma not in _RISING:
        return False
    return any(child.dep_ == "aux" and child.tag_ == "MD" for child in verb.lefts)


def _is_real(draft: Draft) -> bool:
    return draft.verdict.status in REAL


def states_moving(move: Draft, reading: Reading) -> set[str]:
    """Return the codes of the states whose forces a movement is of, or who moves them."""
    tokens = [token for role in ("actor", "force") for token in move.roles.get(role, ())]
    return {country for token in tokens if (country := reading.mentions.describe(token).country)}


def _moved_before(counted: Counted, moves: Sequence[Draft], reading: Reading) -> Draft | None:
    """Return the movement told last in one of the few sentences before a figure."""
    here = reading.sentence_of[counted.token]
    near = [
        (trigger.token.i, move)
        for move in moves
        for trigger in move.triggers
        if 0 < here - reading.sentence_of[trigger.token.i] <= _REACH
    ]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _is_given(counted: Counted, reading: Reading) -> bool:
    """Whether somebody only gives a figure of soldiers, or a bare one: "estimated 900 soldiers", "spoke of 900"."""
    number = reading.doc[counted.token]
    noun = number.head if number.dep_ == "nummod" else number
    if any(child.lower_ in _EACH for child in noun.rights):
        return False
    if counted.quantity.kind is not CountKind.CASUALTIES and not _counts_soldiers(counted, noun):
        return False
    first = _first(noun)
    if first.dep_ == "dobj" and first.head.dep_ == "relcl" and first.head.lemma_ in _ADDING:
        first = _first(first.head.head)
    return _is_object(first) and (counted.quantity.kind in _OPEN or noun.dep_ == "conj")


def _counts_soldiers(counted: Counted, noun: Any) -> bool:
    if noun.i != counted.token:
        return noun.lemma_.lower() in _SOLDIERS
    is_bare = counted.quantity.of is None and not any(child.dep_ in ("prep", "compound") for child in noun.children)
    return is_bare and (counted.quantity.best or counted.quantity.low or 0) >= _BARE


def _first(noun: Any) -> Any:
    while noun.dep_ == "conj":
        noun = noun.head
    return noun


def _is_object(noun: Any) -> bool:
    """Whether a noun is the figure that a verb gives."""
    if noun.dep_ == "dobj":
        return noun.head.lemma_ in _ESTIMATING
    if noun.dep_ != "pobj":
        return False
    verb = noun.head.head
    if noun.head.lower_ == "of":
        return verb.lemma_ in _SPEAKING
    sizes = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    return noun.head.lower_ == "at" and verb.lemma_ in _PUTTING and any(size.lemma_ in _SIZES for size in sizes)
