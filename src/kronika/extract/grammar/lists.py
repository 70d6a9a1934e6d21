"""Enumerations, read word by word: noun phrases between commas and "and", where the parse often goes astray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kronika.codebook.relations import relation_words
from kronika.codebook.things import things

_NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS", "CD", "FW"))
_INSIDE = _NOUNS | frozenset(("DT", "PDT", "PRP$", "JJ", "JJR", "JJS", "POS", "HYPH", "AFX", "$"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_AND = frozenset(("and", "or", "&"))
_MAX_ITEMS = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One noun phrase of a list: its first and last token."""

    first: Any
    last: Any


def read_list(doc: Any, start: int, limit: int) -> tuple[list[Item], int]:
    """Return the noun phrases listed from token ``start`` on, before token ``limit``, and where the list ends.

    What only measures ("an array of", "30 tonnes of") is passed over; "X such as A and B" and "an array of X including
    A" give A and B, and X itself where it is more than a measure.

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> doc = load_model()("They make chips, an array of sights and guidance systems for tanks.")
    >>> [item.last.text for item in read_list(doc, 2, len(doc))[0]]
    ['chips', 'sights', 'systems']
    """
    words = relation_words().lists
    found: list[Item] = []
    i, is_measured, after_comma = start, False, False
    while i < limit and len(found) < _MAX_ITEMS:
        while i + 1 < limit and doc[i].tag_ in ("IN", "RB", "JJR") and doc[i].dep_ in ("quantmod", "advmod", "amod"):
            i += 1  # "about 20 %", "more than 30 tonnes"
        end = _phrase_end(doc, i, limit)
        if end == i:
            break
        item, following = Item(doc[i], doc[end - 1]), doc[end].lower_ if end < limit else ""
        if after_comma and end < limit and doc[end].tag_ in _FINITE:
            return found, i  # ", and the town was hit": the next clause
        if following == "of" and _is_measure(item, words["measures"]):
            i, is_measured = end + 1, True
            continue
        examples = _examples_at(doc, end, limit, words["examples"])
        if not (is_measured and examples):
            found.append(item)
        is_measured = False
        if examples:
            i, after_comma = examples, False
            continue
        i, after_comma = _after_separator(doc, end, limit)
        if i == end:
            return _joined(found, doc), end
    return _joined(found, doc), i


def _phrase_end(doc: Any, start: int, limit: int) -> int:
    """Return the end of the noun phrase that starts at ``start``; ``start`` itself if there is none."""
    end, has_noun = start, False
    for i in range(start, limit):
        token = doc[i]
        is_modifier = token.tag_ in ("VBN", "VBG") and i + 1 < limit and doc[i + 1].tag_ in _INSIDE and not has_noun
        if token.lower_ in relation_words().lists["into"] and has_noun:
            break  # "electronics vital for …", whatever the tagger makes of it
        if token.tag_ not in _INSIDE and not is_modifier and token.text not in ("-", "’s", "'s"):
            break
        if has_noun and token.tag_ in ("DT", "PDT", "PRP$"):
            break
        if token.tag_ in _NOUNS:
            has_noun, end = True, i + 1
    return end if has_noun else start


def _is_measure(item: Item, measures: frozenset[str]) -> bool:
    return item.last.lemma_.lower() in measures or item.last.tag_ == "CD"


def _examples_at(doc: Any, i: int, limit: int, words: frozenset[str]) -> int:
    """Return where the examples start after "including" or "such as" at ``i``, perhaps behind a comma; else 0."""
    if i < limit and doc[i].text == ",":
        i += 1
    if i + 1 < limit and doc[i].lower_ == "such" and doc[i + 1].lower_ == "as":
        return i + 2
    return i + 1 if i + 1 < limit and doc[i].lower_ in words else 0


def _after_separator(doc: Any, i: int, limit: int) -> tuple[int, bool]:
    """Return the token after ", ", "and" or ", and" at ``i``, and whether there was a comma."""
    start, comma = i, False
    if i < limit and doc[i].text == ",":
        i, comma = i + 1, True
    if i < limit and doc[i].lower_ in _AND:
        i += 1
    elif i + 2 < limit and [doc[j].lower_ for j in (i, i + 1, i + 2)] == ["as", "well", "as"]:
        i += 3
    return (i, comma) if i > start and i < limit and _phrase_end(doc, i, limit) > i else (start, comma)


def _joined(items: list[Item], doc: Any) -> list[Item]:
    """Put together what shares its head: "missile and drone engines" is one thing."""
    found: list[Item] = []
    for item in reversed(items):
        if found and _lacks_head(item, found[-1], doc):
            found[-1] = Item(item.first, found[-1].last)
        else:
            found.append(item)
    return found[::-1]


def _lacks_head(item: Item, following: Item, doc: Any) -> bool:
    """Whether a bare singular is short for a compound: the parse says so, or it is a weapon ("missile")."""
    last = item.last
    if last.tag_ != "NN" or doc[min(last.i + 1, len(doc) - 1)].lower_ not in _AND or item.first.tag_ == "DT":
        return False
    if last.dep_ in ("nmod", "compound", "amod") and following.first.i <= last.head.i <= following.last.i:
        return True
    weapon = things().weapons.get(last.lower_)
    return weapon is not None and not weapon.is_proper and following.first.i < following.last.i
