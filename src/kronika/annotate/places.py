"""Place names in a parsed text: capitalised words that the gazetteer knows, where the syntax lets them be places.

Without a named-entity model: names are matched first, most capitalised words are dismissed by a filter in memory, and
what is left must stand where a place can stand. "Paris Hilton", "the submarine Kursk" and "The Boston Globe" do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kronika.annotate.place_context import containment, describe
from kronika.annotate.toponym import Found, Toponym, describe_all
from kronika.gazetteer import Gazetteer, Place, name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import ADM1, CODE, CONTINENT, COUNTRY, DERIVED, REGION, SETTLEMENT, SITE, WATER
from kronika.gazetteer.words import words

__all__ = ["Toponym", "find_toponyms"]

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĀ-ŽЀ-Я]"
_NAME = rf"(?:(?:U\.S\.A?\.?|U\.K\.|U\.A\.E\.|D\.C\.|St\.|Ft\.|Mt\.)|{_CAPITAL}(?:\w|['’](?!s\b)(?=\w))*)"
_SMALL = r"(?:of|de|del|la|las|los|el|al|da|do|and|the|on|upon|an|am|der|le|les|sur)"
_HYPHENED = r"(?:on|upon|by|sur|the|in|le|la|de|au|aux|du|des|en|sous)"
_JOIN = rf"(?:[ -]|[–—]| {_SMALL}(?: the)? |-{_HYPHENED}-|[ -](?:a[lnrs]|ash|e[ldrsz])-)"
_RUN = re.compile(rf"\b{_NAME}(?:{_JOIN}{_NAME})*")
_WORD = re.compile(_NAME)
_LONGEST = 6
_LOCATIVE = re.compile(
    r"\b(?:in|near|at|from|into|towards?|across|around|outside|inside|throughout|over|between|through|via|of|to|off|"
    r"(?:north|south|east|west)(?:ern|east|west)?|central|downtown|occupied|nearby|visit(?:ed|ing)?|left|reach(?:ed)?|"
    r"captured|entered|seized|liberated|shelled|bombed|hit|struck|attacked)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: A settlement that the text calls one, whether the gazetteer knows it or not.
_CALLED = re.compile(
    rf"\b(?:village|town|settlement|hamlet)s? (?:of |called |named )?(?P<name>{_CAPITAL}\w+(?:[ -]{_CAPITAL}\w+)?)"
)
_BASED = re.compile(r"-(?:based|born|area|bound|held|controlled)\b")
_KNOWN_POPULATION, _TOWN_POPULATION = 100_000, 5_000
_WIDE = frozenset({COUNTRY, CONTINENT, ADM1, REGION, WATER, SITE})


@dataclass(frozen=True, slots=True)
class _Match:
    """A name of the gazetteer in the text, with the capitalised words before and after it in the same run."""

    start: int
    end: int
    key: str
    before: str
    after: str
    words: int


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A ``Doc`` with the offsets of its tokens at hand: asking the ``Doc`` itself walks all of it each time."""

    doc: Any
    text: str
    starts: list[int]

    def tokens(self, match: _Match) -> list[Any]:
        """The tokens that a match touches."""
        first = max(bisect_right(self.starts, match.start) - 1, 0)
        return [self.doc[i] for i in range(first, bisect_left(self.starts, match.end))]


def find_toponyms(doc: Any, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the place names of a spaCy ``Doc`` (tags and dependencies set), in the order of the text."""
    parsed = _Parsed(doc, doc.text, [token.idx for token in doc])
    text = parsed.text
    surnames: set[str] = set()
    matches = [match for run in _RUN.finditer(text) for match in _matches(run, gazetteer, surnames)]
    kept: list[Found] = []
    doubtful: list[tuple[int, _Match]] = []
    for place, match in enumerate(matches):
        verdict = _verdict(parsed, match, matches, place, gazetteer, surnames)
        if verdict is True:
            kept.append(_found(parsed, match, gazetteer))
        elif verdict is None:
            doubtful.append((place, match))
    sure = {name_key(text[found.start : found.end]) for found in kept}
    kept.extend(_found(parsed, match, gazetteer) for _, match in doubtful if match.key in sure)
    kept.extend(_unknown(parsed, matches))
    return describe_all(text, sorted(kept, key=lambda found: found.start))


def _matches(run: re.Match[str], gazetteer: Gazetteer, surnames: set[str]) -> Iterator[_Match]:
    """The longest names of the gazetteer in a run of capitalised words, from the left."""
    found = list(_WORD.finditer(run[0]))
    given = not_places()
    at = 0
    while at < len(found):
        if found[at][0] == "The":  # part of no key, and a sentence's first word more often than a name's
            at += 1
            continue
        for last in range(min(at + _LONGEST, len(found)), at, -1):
            surface = run[0][found[at].start() : found[last - 1].end()]
            key = name_key(surface)
            if _known(key, surface, gazetteer):
                before = found[at - 1][0] if at and _spaced(run[0], found[at - 1], found[at]) else ""
                after = found[last][0] if last < len(found) and _spaced(run[0], found[last - 1], found[last]) else ""
                start = run.start() + found[at].start()
                yield _Match(start, start + len(surface), key, before, after, last - at)
                at = last
                break
        else:
            at += 1
    for first, second in pairwise(found):
        if first[0] in given.given or first[0] in given.titles:
            surnames.add(name_key(second[0]))
            surnames.add(name_key(found[-1][0]) if len(found) == 3 else name_key(second[0]))


def _unknown(parsed: _Parsed, matches: list[_Match]) -> Iterator[Found]:
    """Settlements that the gazetteer lacks: kept in the record with their reason rather than lost."""
    for called in _CALLED.finditer(parsed.text):
        start, end = called.span("name")
        if called["name"] in not_places().common or any(m.start < end and start < m.end for m in matches):
            continue
        tokens = parsed.tokens(_Match(start, end, "", "", "", 1))
        yield Found(start, end, token_start=tokens[0].i, token_end=tokens[-1].i + 1)


def _spaced(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return text[first.end() : second.start()] == " "


def _known(key: str, surface: str, gazetteer: Gazetteer) -> bool:
    if key in words().demonyms or key in words().regional:
        return True
    if not gazetteer.may_hold(key):
        return False
    if len(key) <= 3:  # "us", "la": only as written in capitals, or the name of a large town ("Ufa")
        named = [place for place in gazetteer.by_key(key) if place.source == 0]
        return any(surface.isupper() or place.population >= _KNOWN_POPULATION for place in named)
    return any(place.source != CODE for place in gazetteer.by_key(key))


def _verdict(
    parsed: _Parsed, match: _Match, matches: list[_Match], at: int, gazetteer: Gazetteer, surnames: set[str]
) -> bool | None:
    """Whether a match is a place name; None where only the rest of the document can tell."""
    lists = not_places()
    text = parsed.text
    surface = text[match.start : match.end]
    if match.key in words().demonyms or match.key in words().regional:
        return True
    if match.after in lists.media or _is_vessel(text, match):
        return False
    locative = _LOCATIVE.search(text, max(0, match.start - 40), match.start) is not None
    if _is_person(match, surface, surnames, gazetteer, locative):
        return False
    context = describe(text, match.start, match.end)
    linked = _linked(text, matches, at)
    placed = locative or linked or context.level is not None or _BASED.match(text, match.end) is not None
    if surface in lists.common or (surface in lists.surnames and not placed):
        return False
    if match.words == 1 and not _is_proper(parsed, match):
        return False
    if len(match.key) <= 3 and not surface.isupper() and not placed:
        return None
    strength = _strength(gazetteer.by_key(match.key))
    if strength == 2 or (strength == 1 and placed):
        return True
    if strength == 0 and not (linked or (locative and match.after == "") or context.level is not None):
        return None
    return True if placed else None


def _is_vessel(text: str, match: _Match) -> bool:
    lists = not_places()
    after = re.match(r"(?:-| )([a-z]+)", text[match.end : match.end + 16])
    if after is not None and after[1] in lists.vessels and after[1] not in ("system", "division", "brigade"):
        return True
    before = re.search(r"\b([a-z]+) ['\"“‘]?$", text[max(0, match.start - 18) : match.start])
    return before is not None and before[1] in lists.vessels


def _is_person(match: _Match, surface: str, surnames: set[str], gazetteer: Gazetteer, locative: bool) -> bool:
    lists = not_places()
    if match.before in lists.given and match.before not in words().prefixes:
        return True
    if match.before in lists.titles and _strength(gazetteer.by_key(match.key)) < 2:
        return True
    if match.words == 1 and surface in lists.given:
        return not locative
    if match.words == 1 and match.key in surnames and not locative:
        return True
    return bool(match.words == 1 and match.after and _is_surname(match.after, gazetteer))


def _is_surname(word: str, gazetteer: Gazetteer) -> bool:
    """Whether the capitalised word after a name makes it a person's: no word for a type, an office or a body."""
    key = name_key(word)
    lists = not_places()
    if word in lists.surnames:
        return True
    if key in words().types or word in lists.common or word in lists.titles or word.isupper():
        return False
    return not gazetteer.may_hold(key) and not word.endswith("s") and key not in words().demonyms


def _is_proper(parsed: _Parsed, match: _Match) -> bool:
    return any(token.pos_ == "PROPN" or token.tag_ in ("NNP", "NNPS") for token in parsed.tokens(match))


def _strength(places: tuple[Place, ...]) -> int:
    """2 a name that everybody knows, 1 a town, 0 a name that some village or some translation bears."""
    best = 0
    for place in places:
        if place.source == CODE:
            continue
        if place.kind in _WIDE and place.source != DERIVED and place.population >= 0:
            return 2
        if place.kind == SETTLEMENT and place.population >= _KNOWN_POPULATION:
            return 2
        if place.population >= _TOWN_POPULATION:
            best = 1
    return best


def _linked(text: str, matches: list[_Match], at: int) -> bool:
    """Whether a neighbouring name is said to contain this one, or to lie in it."""
    match = matches[at]
    if at + 1 < len(matches) and "," in text[match.end : matches[at + 1].start][:2]:
        return any(containment(text, match.end, matches[at + 1].start))
    return at > 0 and any(containment(text, matches[at - 1].end, match.start)[1:2])


def _found(parsed: _Parsed, match: _Match, gazetteer: Gazetteer) -> Found:
    lists = words()
    demonym = match.key in lists.demonyms or match.key in lists.regional
    if demonym and any(p.kind in (COUNTRY, CONTINENT) for p in gazetteer.by_key(match.key)):
        demonym = False  # a name of the country itself
    country = lists.demonyms.get(match.key) if demonym else None
    tokens = parsed.tokens(match)
    metonymic = bool(tokens) and _is_metonymic(tokens)
    first, last = (tokens[0].i, tokens[-1].i + 1) if tokens else (-1, -1)
    return Found(match.start, match.end, demonym, country, metonymic, first, last)


def _is_metonymic(tokens: list[Any]) -> bool:
    """Whether the name speaks or decides, as governments do: "Washington said"."""
    root = next((token for token in reversed(tokens) if token.head not in tokens), tokens[-1])
    return root.dep_ == "nsubj" and root.head.lemma_ in not_places().saying
