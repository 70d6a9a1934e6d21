"""Speakers that the parse took for part of what they say: "…, killing two children, police and witnesses said"."""

from __future__ import annotations

from typing import Any

#: Verbs that close a sentence with who says it.
_CLOSING = frozenset(("say", "report", "tell", "add", "announce"))
_PAST = frozenset(("VBD", "VBZ"))
_INSIDE = frozenset(("NN", "NNS", "NNP", "NNPS", "DT", "JJ", "POS", "CC", "HYPH", "CD", "PRP$"))
_LINKS = frozenset(("of", "for", "in", "(", ")"))
_TIED = frozenset(("conj", "appos"))


def lost_speaker(verb: Any) -> tuple[Any, int] | None:
    """Return the head of who says it, right before a verb without a subject, and the index of its first word.

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> doc = load_model()("The raid killed nine people, including four children, rescue workers and a monitor said.")
    >>> [(token.text, first) for token in doc if (found := lost_speaker(token)) for token, first in [found]]
    [('workers', 10)]
    """
    doc, before = verb.doc, verb.i - 1
    if verb.lemma_ not in _CLOSING or verb.tag_ not in _PAST or before < 1:
        return None
    if any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in verb.children):
        return None
    end = before
    if doc[before].text == ",":  # "Jane Roe, the head of the board, said"
        aside = _start(doc, before - 1)
        if aside is None or doc[aside - 2].pos_ != "PROPN" or aside < 2:
            return None
        end = aside - 2
    first = _start(doc, end)
    if first is None or not any(doc[i].pos_ in ("NOUN", "PROPN") for i in range(first, end + 1)):
        return None
    first_part = next((i for i in range(first, end + 1) if doc[i].tag_ == "CC"), end + 1)
    first_part = next((i for i in range(first, first_part) if doc[i].text == "("), first_part)
    nouns = [doc[i] for i in range(first, first_part) if doc[i].pos_ in ("NOUN", "PROPN")]
    heads = [token for token in nouns if not first <= token.head.i < first_part]
    return ((heads or nouns)[-1], first) if nouns else None


def is_lost_speaker(noun: Any) -> bool:
    """Whether a noun that the parse ties to another opens who says it ("…, four children, rescue workers said")."""
    if noun.dep_ not in _TIED:
        return False
    doc, end = noun.doc, noun.right_edge.i + 1
    if end < len(doc) and doc[end].text == ",":
        end += 1
    return end < len(doc) and doc[noun.left_edge.i - 1].text == "," and _opens(doc[end], noun)


def _opens(verb: Any, noun: Any) -> bool:
    found = lost_speaker(verb)
    return found is not None and found[1] == noun.left_edge.i


def _start(doc: Any, end: int) -> int | None:
    """Return where a noun phrase that ends at ``end`` begins, right behind a comma or quote; None if it does not."""
    for i in range(end, 0, -1):
        token = doc[i]
        if token.text == "," or token.is_quote:
            return i + 1 if i < end else None
        if token.is_sent_start or (token.tag_ not in _INSIDE and token.lower_ not in _LINKS):
            return None
    return None
