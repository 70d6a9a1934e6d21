"""Phrases: which words before a noun are part of the name it heads, and which only say how many or what like."""

from __future__ import annotations

from typing import Any

from kronika.codebook.attribution import speech
from kronika.codebook.things import things

IN_NAME = frozenset(("compound", "amod", "nmod", "poss", "case", "punct", "prep", "nummod", "cc", "conj"))
DROPPED = frozenset(("DT", "PDT", "WDT", "PRP$", "CD", "WP$"))
_SKIPPED_LEMMAS = frozenset(
    (
        *("other", "several", "many", "few", "various", "more", "own", "same", "such", "some", "least", "most"),
        *("about", "over", "fresh", "new", "additional", "further", "suspected", "alleged", "presumed", "mounting"),
        *("injured", "wounded", "injure", "wound", "dead", "slain", "deceased", "dozen"),
    )
)
#: A day that the parse joins to the name behind it ("over the weekend gunmen …").
_DAYS = frozenset(
    (
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        *("weekend", "yesterday", "today", "overnight", "tonight"),
    )
)
#: Behind them, before a name: "yesterday morning Jane Roe".
_PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))


def belongs(token: Any, head: Any) -> bool:
    """Whether ``token`` hangs under ``head`` through modifiers only."""
    node = token
    for _ in range(5):
        if node.i == head.i:
            return True
        if node.dep_ not in IN_NAME and not (node.dep_ == "pobj" and node.head.lower_ in ("of", "for")):
            return False
        node = node.head
    return False


def ends_name(token: Any, head: Any) -> bool:
    """Whether a word before a head is outside its name: a break, or the comma behind where it was said."""
    if token.text != "," or head.pos_ != "PROPN":
        return bool(token.is_space)
    first = head.left_edge.i
    return first > 0 and head.doc[first - 1].pos_ == "ADP"


def is_named_by(head: Any) -> bool:
    """Whether "of the …" is part of a proper name, and does not only say whom somebody who speaks belongs to.

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> doc = load_model()("John Doe of the council confirmed it. The Security Council of the union said no.")
    >>> [is_named_by(doc[1]), is_named_by(doc[10])]
    [False, True]
    """
    if head.pos_ != "PROPN":
        return False
    if head.i == 0 or head.nbor(-1).pos_ != "PROPN" or head.lower_ in things().heads or head.dep_ != "nsubj":
        return True
    speaks = head.head.lemma_ in speech().verbs
    return not speaks or not any(child.dep_ == "det" for link in head.rights for child in _under(link))


def _under(link: Any) -> list[Any]:
    return [child for noun in link.rights if noun.dep_ == "pobj" for child in noun.lefts]


def is_named_before(noun: Any) -> bool:
    """Whether a noun taken for a description has a name before it ("the Izium mill and power station")."""
    if noun.dep_ not in ("nmod", "compound"):
        return False
    before = [*noun.lefts, *(child for child in noun.head.lefts if child.i < noun.i)]
    return any(child.pos_ == "PROPN" for child in before)


def is_loose(token: Any) -> bool:
    """Whether a word at the left edge says how many or which, and is no part of the name."""
    return (
        (token.tag_ in DROPPED and token.text not in things().names)
        or token.is_punct
        or token.is_space
        or token.dep_ in ("case", "cc", "prep")
        or token.lemma_.lower() in _SKIPPED_LEMMAS
        or token.tag_ in ("JJR", "JJS", "RB")
        or token.lower_ in _DAYS
        or (token.text in _PARTS_OF_DAY and token.nbor().text[0].isupper())
    )


def further_objects(verb: Any) -> list[Any]:
    """Return the nouns that the parse ties to a verb and that stand beside its object ("killed one and two sons")."""
    last = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if last is None:
        return []
    return [
        child
        for child in verb.rights
        if child.dep_ == "conj"
        and child.pos_ in ("NOUN", "PROPN")
        and child.left_edge.i == last.right_edge.i + 2
        and child.left_edge.nbor(-1).lower_ == "and"
    ]
