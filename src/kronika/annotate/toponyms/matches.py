"""Names of the gazetteer in runs of capitalised words: what is a name, before anything is known of its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kronika.gazetteer import Gazetteer, Place, name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import CODE, COUNTRY, PRIMARY
from kronika.gazetteer.words import without_article, words
from kronika.records.quick import quick

CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽЀ-Я]"
_REST = r"(?:\w|['’](?!s\b)(?=\w))*"
_NAME = rf"(?:(?:U\.S\.A?\.?|U\.K\.|U\.A\.E\.|D\.C\.|J&K|St\.|Ft\.|Mt\.)|{CAPITAL}{_REST})"
#: The same at the start of a word. A pattern that opens with a set of letters is searched for several times as fast.
_FIRST_NAME = (
    rf"{CAPITAL}(?<!\w.)(?:(?:(?<=U)(?:\.S\.A?\.?|\.K\.|\.A\.E\.)|(?<=D)\.C\.|(?<=J)&K|(?<=[SFM])t\.)|{_REST})"
)
_SMALL = (
    r"(?:of|and|the|on|upon|(?:in|an|ob|vor) der|d[aeiou]s?|del|la|las|los|le|les|sur|an|am|der|y|wa|imeni|"
    r"a[dlnrstz]|ash|e[dlnrsz]|bin)"
)
_HYPHENED = (
    r"(?:on|upon|by|sur|the|in|le|la|les|de|au|aux|du|des|en|sous|do|da|dos|al|el|am|an|der|e|i|ye|ul|ur|us|ud|"
    r"na|nad|pod)"
)
_JOIN = rf"(?:[ -]|[–—]| {_SMALL}(?: the| la| los| las)? |-{_HYPHENED}-|[ -](?:a[dlnrst]|ash|e[dlnrsz])-)"
RUN = re.compile(rf"{_FIRST_NAME}(?:{_JOIN}{_NAME})*")
_WORD = re.compile(_NAME)
_ABBREVIATED = re.compile(r"\b([A-Z][a-z]{1,4}\.) $")
_LONGEST = 6
#: Inhabitants from which everybody knows a settlement, and from which it is a town.
KNOWN_POPULATION, TOWN_POPULATION = 100_000, 5_000


@quick
@dataclass(frozen=True, slots=True)
class Match:
    """A name of the gazetteer in the text, with the capitalised words before and after it in the same run.

    ``joins`` are what stands between it and the words before and after that belong to no other name ("" where there
    is none), ``run`` the code points of the whole run.
    """

    start: int
    end: int
    key: str
    before: str
    after: str
    words: int
    joins: tuple[str, str] = ("", "")
    run: tuple[int, int] = (0, 0)


def matches_in(text: str, start: int, end: int, gazetteer: Gazetteer, surnames: set[str]) -> Iterator[Match]:
    """The longest names of the gazetteer in a run of capitalised words, from the left."""
    lists, surface = not_places(), text[start:end]
    is_titled, is_opener = is_addressed(text, start), surface == "The" or surface in lists.openers
    if surface.isalpha():  # one word, as most runs are
        key = None if is_opener else _key_of(surface, gazetteer)
        if key is not None:
            yield Match(start, end, key, "", "", 1, run=(start, end))
        if is_titled:
            surnames.add(name_key(surface))
        return
    if is_opener and not (" " in surface or is_titled):
        return  # one word that opens a sentence: no name, and nobody's
    found = list(_WORD.finditer(text, start, end))
    spans: list[tuple[int, int, str]] = []
    at = 0
    while at < len(found):
        at = max(_longest(text, found, at, gazetteer, spans), at + 1)
    for number, (first, last, key) in enumerate(spans):
        free_before = first > 0 and (number == 0 or spans[number - 1][1] < first)
        free_after = last < len(found) and (number + 1 == len(spans) or spans[number + 1][0] > last)
        before = text[found[first - 1].end() : found[first].start()] if first else ""
        after = text[found[last - 1].end() : found[last].start()] if last < len(found) else ""
        yield Match(
            found[first].start(),
            found[last - 1].end(),
            key,
            found[first - 1][0] if before == " " else "",
            found[last][0] if after == " " else "",
            last - first,
            (before if free_before else "", after if free_after else ""),
            (start, end),
        )
    if found and is_titled:
        named = len(found) > 1 and text[found[0].end() : found[1].start()] == " "
        surnames.add(name_key(found[named][0]))
    for one, two in pairwise(found):
        if one[0] in lists.given or one[0] in lists.titles:
            surnames.add(name_key(two[0]))
            surnames.add(name_key(found[-1][0]) if len(found) == 3 else name_key(two[0]))


def is_addressed(text: str, start: int) -> bool:
    """Whether an abbreviated title stands before ``text[start:]``: "Mr. Paris" is a person."""
    if not text.endswith(". ", 0, start):
        return False
    found = _ABBREVIATED.search(text, max(0, start - 7), start)
    return found is not None and found[1] in not_places().courtesy


def _longest(
    text: str, found: list[re.Match[str]], at: int, gazetteer: Gazetteer, spans: list[tuple[int, int, str]]
) -> int:
    """Add the longest name that begins with the word ``at`` of a run to ``spans``; returns the word after it."""
    if found[at][0] == "The":  # part of no key, and a sentence's first word more often than a name's
        return at
    for last in range(min(at + _LONGEST, len(found)), at, -1):
        surface = text[found[at].start() : found[last - 1].end()]
        if last == at + 1 and surface in not_places().openers:
            break
        key = _key_of(surface, gazetteer)
        if key is not None:
            spans.append((at, last, key))
            return last
    return at


@lru_cache(maxsize=16384)
def _key_of(surface: str, gazetteer: Gazetteer) -> str | None:
    """Return the key of a name that the gazetteer has, if only without its Arabic article."""
    key = name_key(surface)
    return key if _known(key, surface, gazetteer) or _bears_article(key, gazetteer) else None


def _known(key: str, surface: str, gazetteer: Gazetteer) -> bool:
    if key in words().demonyms or key in words().regional:
        return True
    if not gazetteer.may_hold(key):
        return False
    if len(key) <= 3 or (surface.isupper() and len(key) <= 5):
        return _short(key, surface, gazetteer)
    return any(place.source != CODE for place in gazetteer.by_key(key))


def _bears_article(key: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is known without its Arabic article: "Ar Raqqa" where the gazetteer has "Raqqa"."""
    rest = without_article(key)
    return bool(rest) and any(place.country in words().article for place in gazetteer.by_key(rest))


def places_of_key(key: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the places of a key, else those of the key without its Arabic article."""
    return gazetteer.by_key(key) or gazetteer.by_key(without_article(key))


def _short(key: str, surface: str, gazetteer: Gazetteer) -> bool:
    """Whether a short name or one in capitals can be a place: most are words ("La") or acronyms ("IS", "GRAD")."""
    own = [place for place in gazetteer.by_key(key) if place.source <= PRIMARY]
    if surface.isupper():  # "UAE", and what opens a report: "KYIV, Ukraine"
        return any(place.kind == COUNTRY or place.population >= KNOWN_POPULATION for place in own)
    return len(key) == 3 and any(place.population >= TOWN_POPULATION for place in own)
