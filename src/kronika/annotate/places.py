"""Place names in a parsed text: capitalised words that the gazetteer knows, where the syntax lets them be places.

Without a named-entity model: names are matched first, most capitalised words are dismissed by a filter in memory, and
what is left must stand where a place can stand. "Paris Hilton", "the submarine Kursk" and "The Boston Globe" do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import Any

from kronika.annotate.place_context import containment, describe
from kronika.annotate.place_matches import (
    CAPITAL,
    KNOWN_POPULATION,
    RUN,
    TOWN_POPULATION,
    Match,
    matches_in,
    places_of_key,
)
from kronika.annotate.toponym import Found, Toponym, describe_all
from kronika.annotate.unlisted import unlisted
from kronika.codebook.states import states
from kronika.gazetteer import Gazetteer, Place, name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import (
    ADM1,
    ADM2,
    CODE,
    CONTINENT,
    COUNTRY,
    DERIVED,
    REGION,
    SETTLEMENT,
    SITE,
    WATER,
)
from kronika.gazetteer.words import words

__all__ = ["Toponym", "find_toponyms"]

_LOCATIVE = re.compile(
    r"\b(?:in|near|at|from|into|towards?|across|around|outside|inside|throughout|over|between|through|via|of|to|off|"
    r"(?:north|south|east|west)(?:ern|east|west)?|central|downtown|occupied|nearby|visit(?:ed|ing)?|left|reach(?:ed)?|"
    r"captured|entered|seized|liberated|shelled|bombed|hit|struck|attacked)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
#: Brackets that say where the name before them lies: "Ufa (", "Minakulu (Oyam, ".
_OPENED = re.compile(rf"(?:{CAPITAL}\S*|[a-z]+)\s\((?:[^()]{{1,40}}[,/]\s?)?$")
#: What joins the parts of names in other languages; between two English names stand "of", "and" or "the".
_FOREIGN = re.compile(r"^ (?:d[aeiou]s?|del|la|las|los|y|wa|imeni|bin)\b|-[a-z]{1,5}-$")
_BASED = re.compile(r"-(?:based|born|area|bound|held|controlled)\b")
_WIDE = frozenset({COUNTRY, CONTINENT, ADM1, REGION, WATER, SITE})


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A ``Doc`` with the offsets of its tokens at hand: asking the ``Doc`` itself walks all of it each time."""

    doc: Any
    text: str
    starts: list[int]

    def tokens(self, start: int, end: int) -> list[Any]:
        """The tokens that ``text[start:end]`` touches."""
        first = max(bisect_right(self.starts, start) - 1, 0)
        return [self.doc[i] for i in range(first, bisect_left(self.starts, end))]


def find_toponyms(doc: Any, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the place names of a spaCy ``Doc`` (tags and dependencies set), in the order of the text."""
    parsed = _Parsed(doc, doc.text, [token.idx for token in doc])
    text = parsed.text
    surnames: set[str] = set()
    runs = [match.span() for match in RUN.finditer(text)]
    matches = [match for start, end in runs for match in matches_in(text, start, end, gazetteer, surnames)]
    kept: list[Found] = []
    doubtful: list[tuple[int, Match]] = []
    for place, match in enumerate(matches):
        verdict = _verdict(parsed, match, matches, place, gazetteer, surnames)
        if verdict is True:
            kept.append(_found(parsed, match, gazetteer))
        elif verdict is None:
            doubtful.append((place, match))
    sure = {name_key(text[found.start : found.end]) for found in kept}
    placed = _placed(parsed, kept)
    kept.extend(
        _found(parsed, match, gazetteer)
        for _, match in doubtful
        if match.key in sure or _is_listed(parsed, match.start, match.end, placed)
    )
    taken = [(found.start, found.end) for found in kept]
    for start, end in unlisted(text, runs, taken, lambda start, end: _is_listed(parsed, start, end, placed)):
        tokens = parsed.tokens(start, end)
        kept.append(Found(start, end, token_start=tokens[0].i, token_end=tokens[-1].i + 1))
    return describe_all(text, sorted(kept, key=lambda found: found.start))


def _placed(parsed: _Parsed, kept: list[Found]) -> frozenset[int]:
    """Return the tokens of the names that something is said to be in or near, by the parse."""
    names = [parsed.doc[found.token_end - 1] for found in kept if not found.demonym and found.token_end > 0]
    return frozenset(
        name.i for name in names if name.dep_ == "pobj" and name.head.lower_ in ("in", "near", "at", "over", "around")
    )


def _is_listed(parsed: _Parsed, start: int, end: int, placed: frozenset[int]) -> bool:
    """Whether a name continues a list of places that something is in ("in Orikhiv, Huliaipole and Stepnohirsk")."""
    node = parsed.tokens(start, end)[-1]
    if node.tag_ != "NNP":
        return False
    is_listed = node.dep_ == "conj"
    while node.dep_ == "conj":
        node = node.head
    return is_listed and node.i in placed


def _verdict(
    parsed: _Parsed, match: Match, matches: list[Match], at: int, gazetteer: Gazetteer, surnames: set[str]
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
    placed = placed or _OPENED.search(text, max(0, match.start - 60), match.start) is not None
    if match.key in states().seats or _is_part(parsed, match, gazetteer):
        return False
    if (surface in lists.common and not _closes_brackets(text, match, gazetteer)) or (
        surface in lists.surnames and not placed
    ):
        return False
    if len(match.key) <= 3 and not (placed or surface.isupper()):
        return False
    if match.words == 1 and not _is_proper(parsed, match):
        return False
    if len(match.key) <= 3 and not surface.isupper() and not placed:
        return None
    strength = _strength(places_of_key(match.key, gazetteer))
    if strength == 2 or (strength == 1 and placed):
        return True
    if strength == 0 and not (linked or (locative and match.after == "") or context.level is not None):
        return None
    return True if placed else None


def _is_part(parsed: _Parsed, match: Match, gazetteer: Gazetteer) -> bool:
    """Whether a match is only a piece of a longer name that the gazetteer lacks: "Zalizna Balka", "Croix-des-Bois"."""
    lists = not_places()
    before, after = match.joins
    if not before and not after:
        return False
    strength = _strength(places_of_key(match.key, gazetteer))
    if any(_FOREIGN.search(join) for join in (before, after)):
        return strength < 2 or " de" in after or "-" in before + after
    if strength == 2 and match.before not in lists.openers:
        return False
    if after == " " and match.after in lists.openers:
        return True
    if any(join.strip(" ") for join in (before, after) if "-" in join or "–" in join):
        return True
    return before == " " and _is_name_word(parsed, match)


def _is_name_word(parsed: _Parsed, match: Match) -> bool:
    """Whether the capitalised word before a match is part of its name rather than a title or an opening word."""
    lists, word = not_places(), match.before
    key = name_key(word)
    if word in lists.openers:
        return True
    if word in lists.common or word in lists.titles or key in words().types or key in words().prefixes:
        return False
    (token, *_) = parsed.tokens(match.start - 1 - len(word), match.start - 1)
    return bool(token.tag_ in ("NNP", "NNPS") and token.head.i in range(token.i, token.i + match.words + 2))


def _closes_brackets(text: str, match: Match, gazetteer: Gazetteer) -> bool:
    """Whether a common word closes brackets that say where a place lies, and is a region: "(Oyam, Northern)"."""
    if not text.startswith(")", match.end) or not _OPENED.search(text, max(0, match.start - 60), match.start):
        return False
    return any(place.kind in (ADM1, ADM2) for place in gazetteer.by_key(match.key))


def _is_vessel(text: str, match: Match) -> bool:
    lists = not_places()
    after = re.match(r"(?:-| )([a-z]+)", text[match.end : match.end + 16])
    if after is not None and after[1] in lists.vessels and after[1] not in ("system", "division", "brigade"):
        return True
    before = re.search(r"\b([a-z]+) ['\"“‘]?$", text[max(0, match.start - 18) : match.start])
    return before is not None and before[1] in lists.vessels


def _is_person(match: Match, surface: str, surnames: set[str], gazetteer: Gazetteer, locative: bool) -> bool:
    lists = not_places()
    if match.before in lists.given and match.before not in words().prefixes:
        return True
    if match.before in lists.titles and _strength(places_of_key(match.key, gazetteer)) < 2:
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


def _is_proper(parsed: _Parsed, match: Match) -> bool:
    return any(
        token.pos_ == "PROPN" or token.tag_ in ("NNP", "NNPS") for token in parsed.tokens(match.start, match.end)
    )


def _strength(places: tuple[Place, ...]) -> int:
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


def _linked(text: str, matches: list[Match], at: int) -> bool:
    """Whether a neighbouring name is said to contain this one, or to lie in it."""
    match = matches[at]
    if at + 1 < len(matches) and "," in text[match.end : matches[at + 1].start][:2]:
        return any(containment(text, match.end, matches[at + 1].start))
    return at > 0 and any(containment(text, matches[at - 1].end, match.start)[1:2])


def _found(parsed: _Parsed, match: Match, gazetteer: Gazetteer) -> Found:
    lists = words()
    demonym = match.key in lists.demonyms or match.key in lists.regional
    if demonym and any(p.kind in (COUNTRY, CONTINENT) for p in gazetteer.by_key(match.key)):
        demonym = False  # a name of the country itself
    country = lists.demonyms.get(match.key) if demonym else None
    tokens = parsed.tokens(match.start, match.end)
    metonymic = bool(tokens) and _is_metonymic(tokens)
    first, last = (tokens[0].i, tokens[-1].i + 1) if tokens else (-1, -1)
    return Found(match.start, match.end, demonym, country, metonymic, first, last)


def _is_metonymic(tokens: list[Any]) -> bool:
    """Whether the name speaks or decides, as governments do: "Washington said"."""
    root = next((token for token in reversed(tokens) if token.head not in tokens), tokens[-1])
    return root.dep_ == "nsubj" and root.head.lemma_ in not_places().saying
