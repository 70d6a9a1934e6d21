"""Shares: one verb and several numbers, each with a place of its own ("nine drones over Tver, six over Oryol")."""

from __future__ import annotations

from typing import Any

from kronika.annotate.amounts.numbers import word_value
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import Draft, Reading
from kronika.records import CountKind, PlaceRef, Quantity, Span, content_id
from kronika.records.quick import replace

_OVER = frozenset(("over", "above", "in", "near"))


def share_out(drafts: list[Draft]) -> list[Draft]:
    """Return a draft for each number that shares the verb of an interception and has a place of its own.

    The number is the word that tells it: its place hangs under it. Where the numbers are parts of a total ("16 of them
    over Tver"), the total is of no one place.
    """
    found: list[Draft] = []
    for draft in drafts:
        roles = {role: draft.roles[role] for role in ("actor", "instrument", "defence") if role in draft.roles}
        for told in draft.triggers:
            if told.frame.outcome == "intercepted" and told.is_verb:
                triggers = [Trigger(number, told.frame, is_verb=True) for number in _numbers(told.token)]
                found.extend(Draft([one], {role: [*roles[role]] for role in roles}, draft.verdict) for one in triggers)
    return found


def is_counted_out(draft: Draft) -> bool:
    """Whether what was shot down is a total of which the text says how many came over this or that place."""
    told = [trigger for trigger in draft.triggers if trigger.frame.outcome == "intercepted" and trigger.is_verb]
    return any(_is_part(number) for trigger in told for number in _numbers(trigger.token))


def place_of_share(number: Any, reading: Reading) -> list[PlaceRef]:
    """Return the place that hangs under a number."""
    below = {word.i for child in number.rights if child.dep_ == "prep" for word in child.subtree}
    found = [at.place for at in reading.places if at.end - 1 in below]
    return [replace(place, chosen="same clause") for place in found[:1]]


def count_of_share(draft: Draft, reading: Reading) -> list[Quantity]:
    """Return the figure that a share is, where no other reading of the text counts it ("and one over Tver")."""
    number = draft.token
    if number.tag_ != "CD" or draft.counts or not number.text.isalpha():
        return []
    value = word_value(number.text)
    start, end = number.idx, number.idx + len(number)
    span = Span(reading.document.id, start, end, number.text)
    key = content_id("q", reading.document.id, start, end)
    return [Quantity(key, span, value, value, value, kind=CountKind.INTERCEPTED)]


def _numbers(verb: Any) -> list[Any]:
    after = verb.doc[verb.i + 1 : verb.sent.end]
    return [token for token in after if token.tag_ == "CD" and token.dep_ != "nummod" and _has_place(token)]


def _has_place(number: Any) -> bool:
    return any(child.dep_ == "prep" and child.lower_ in _OVER and _is_named(child) for child in number.rights)


def _is_part(number: Any) -> bool:
    first = number
    while first.dep_ == "conj":
        first = first.head
    is_of = any(child.dep_ == "prep" and child.lower_ == "of" for child in number.rights)
    return is_of or first.head.lower_ == "including"


def _is_named(preposition: Any) -> bool:
    return any(word.pos_ == "PROPN" for word in preposition.subtree)
