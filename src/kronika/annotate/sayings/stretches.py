"""Stretches: which tokens a noun phrase, a sentence and a piece of a clause run over."""

from __future__ import annotations

from typing import Any

#: When somebody spoke, which the parse may join to the name behind it ("Yesterday morning Jane Roe said").
_DAYS = frozenset(("yesterday", "tomorrow", "tonight"))
_PARTS_OF_DAY = frozenset(("morning", "afternoon", "evening", "night"))
_EDGE = frozenset(",;:-–—.")


def noun_phrase(head: Any) -> tuple[int, ...]:
    """Return the token indices of the phrase of ``head``, without relative clause and trailing punctuation."""
    doc = head.doc
    first, last = opening_of(head), head.right_edge.i
    for child in head.rights:
        if child.dep_ == "relcl":
            last = max(head.i, child.left_edge.i - 1)
            break
    while last > head.i and (doc[last].is_punct or doc[last].is_space) and doc[last].text not in ')”"':
        last -= 1
    return tuple(range(first, last + 1))


def opening_of(head: Any) -> int:
    """Return the index of the first word of the phrase of ``head``, behind words for when or where it was said.

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> doc = load_model()("Yesterday morning Jane Roe resigned. In Oslo, John Doe of the council confirmed it.")
    >>> [doc[opening_of(token)].text for token in doc if token.text in ("Roe", "Doe")]
    ['Jane', 'John']
    """
    doc, first = head.doc, head.left_edge.i
    while first < head.i and (doc[first].lower_ in _DAYS or doc[first].text in _PARTS_OF_DAY):
        first += 1
    if head.pos_ == "PROPN" and first and doc[first - 1].pos_ == "ADP":
        for i in range(first, head.i):
            if doc[i].text == ",":
                return i + 1
    return int(first)


def sentence_range(token: Any) -> tuple[int, int]:
    """Return (first, last) token indices of the sentence of ``token``. spaCy's ``sent`` walks the whole document."""
    doc, first, last = token.doc, token.i, token.i
    while first > 0 and not doc[first].is_sent_start:
        first -= 1
    while last + 1 < len(doc) and not doc[last + 1].is_sent_start:
        last += 1
    return first, last


def trimmed(doc: Any, first: int, last: int) -> tuple[int, int] | None:
    """Return (first, last) without the commas, dashes and blanks at the edges; None where nothing is left."""
    while first <= last and (doc[first].text in _EDGE or doc[first].is_space or doc[first].dep_ == "cc"):
        first += 1
    while last >= first and (doc[last].text in _EDGE or doc[last].is_space or doc[last].dep_ == "cc"):
        last -= 1
    return (first, last) if first <= last else None
