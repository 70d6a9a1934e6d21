"""Pieces of longer names: of "Zalizna Balka" the gazetteer may know a part, which is no place of the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kronika.annotate.toponyms.context import Context, describe, type_after
from kronika.annotate.toponyms.matches import CAPITAL, KNOWN_POPULATION, TOWN_POPULATION, Match, places_of_key
from kronika.gazetteer import Gazetteer, Place, name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import (
    ADM1,
    ADM2,
    ADM3,
    CODE,
    CONTINENT,
    COUNTRY,
    DERIVED,
    PRIMARY,
    QUARTER,
    REGION,
    SETTLEMENT,
    SITE,
    STREET,
    WATER,
)
from kronika.gazetteer.words import words

#: What joins the parts of names in other languages; between two English names stand "of", "and" or "the".
_FOREIGN = re.compile(r"^ (?:d[aeiou]s?|del|la|las|los|y|wa|imeni|bin|a[dlnrstz]|ash|e[dlnrsz])\b|-[a-z]{1,5}-$")
_WIDE = frozenset({COUNTRY, CONTINENT, ADM1, REGION, WATER, SITE})
#: What a type word makes of all the words before it, so that they are one name.
_MINOR = frozenset({SETTLEMENT, ADM2, ADM3, QUARTER, STREET})
_TAIL = re.compile(rf"(?: {CAPITAL}[\w'’-]*)*")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tokens of a text with their offsets at hand: asking a ``Doc`` for them walks all of it each time."""

    text: str
    words: list[Any]
    starts: list[int]
    contexts: dict[tuple[int, int], Context] = field(default_factory=dict)

    def tokens(self, start: int, end: int) -> list[Any]:
        """The tokens that ``text[start:end]`` touches."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        return self.words[first : bisect_left(self.starts, end)]

    def context(self, start: int, end: int) -> Context:
        """What stands around ``text[start:end]``, looked at once."""
        found = self.contexts.get((start, end))
        if found is None:
            found = self.contexts[start, end] = describe(self.text, start, end)
        return found


def pieces(text: str, matches: list[Match], gazetteer: Gazetteer) -> frozenset[int]:
    """Return the indexes of matches that are only pieces of a name of several words that the gazetteer lacks.

    Two small names side by side are one ("Melka Guba"), and so is what stands before one type word ("Nan Taung
    village"), unless everybody knows the piece ("Kharkiv Saltivka district").
    """
    weak = [not _is_known(match, gazetteer) for match in matches]
    found: set[int] = set()
    for (i, one), (j, two) in pairwise(enumerate(matches)):
        if weak[i] and weak[j] and text[one.end : two.start] == " ":
            small = max(strength_of(places_of_key(match.key, gazetteer)) for match in (one, two)) < 2
            if small or _is_typed(text, two):
                found.update((i, j))
        if text[one.end : one.end + 1] == "-" and _FOREIGN.search(text[one.end : two.start]):
            found.update((i, j))  # "Dara-e-Pech"
    for i, match in enumerate(matches):
        if weak[i] and match.joins[0] == " " and _is_name_like(match.before) and _is_typed(text, match):
            found.add(i)
    return frozenset(found)


def _is_known(match: Match, gazetteer: Gazetteer) -> bool:
    """Whether a name is a country's, a people's, a big town's or of several words: then it stands for itself."""
    if match.words > 1 or match.key in words().demonyms or match.key in words().regional:
        return True
    return any(
        place.kind in (COUNTRY, CONTINENT)
        or (place.kind == SETTLEMENT and place.source <= PRIMARY and place.population >= KNOWN_POPULATION)
        for place in places_of_key(match.key, gazetteer)
    )


def _is_typed(text: str, match: Match) -> bool:
    """Whether a type word of a small place follows a match, or the capitalised words after it."""
    tail = _TAIL.match(text, match.end)
    return any(type_after(text, end)[0] in _MINOR for end in {match.end, tail.end() if tail else match.end})


def _is_name_like(word: str) -> bool:
    """Whether a capitalised word before a match can be part of its name."""
    lists, key = not_places(), name_key(word)
    plain = word in lists.common or word in lists.titles or word in lists.given or word.isupper()
    return not (plain or key in words().types or key in words().prefixes or key in words().demonyms)


def is_part(parsed: Parsed, match: Match, gazetteer: Gazetteer) -> bool:
    """Whether a match is only a piece of a longer name that the gazetteer lacks: "Zalizna Balka", "Croix-des-Bois"."""
    lists = not_places()
    before, after = match.joins
    if not before and not after:
        return False
    strength = strength_of(places_of_key(match.key, gazetteer))
    if any(_FOREIGN.search(join) for join in (before, after)):
        return strength < 2 or " de" in after or "-" in before + after
    if strength == 2 and match.before not in lists.openers:
        return False
    if after == " " and match.after in lists.openers:
        return True
    if any(join.strip(" ") for join in (before, after) if "-" in join or "–" in join):
        return True
    return before == " " and _is_name_word(parsed, match)


def _is_name_word(parsed: Parsed, match: Match) -> bool:
    """Whether the capitalised word before a match is part of its name rather than a title or an opening word."""
    lists, word = not_places(), match.before
    key = name_key(word)
    if word in lists.openers:
        return True
    if word in lists.common or word in lists.titles or key in words().types or key in words().prefixes:
        return False
    (token, *_) = parsed.tokens(match.start - 1 - len(word), match.start - 1)
    return bool(token.tag_ in ("NNP", "NNPS") and token.head.i in range(token.i, token.i + match.words + 2))


def strength_of(places: tuple[Place, ...]) -> int:
    """2 a name that everybody knows, 1 a town, 0 a name that some village or some translation bears."""
    best = 0
    for place in places:
        if place.source == CODE:
            continue
        if place.kind in _WIDE and place.source != DERIVED and place.population >= 0:
            return 2
        if place.kind == SETTLEMENT and place.population >= KNOWN_POPULATION:
            return 2
        if place.population >= TOWN_POPULATION:
            best = 1
    return best
