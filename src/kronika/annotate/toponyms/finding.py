"""Place names in a parsed text: capitalised words that the gazetteer knows, where the syntax lets them be places.

Without a named-entity model: names are matched first, most capitalised words are dismissed by a filter in memory, and
what is left must stand where a place can stand. "Paris Hilton", "the submarine Kursk" and "The Boston Globe" do not.
"""

from __future__ import annotations

import re
from operator import attrgetter
from typing import Any

from kronika.annotate.toponyms.context import containment, joined_by_border, word_at, word_before
from kronika.annotate.toponyms.matches import (
    CAPITAL,
    RUN,
    Match,
    is_addressed,
    matches_in,
    places_of_key,
)
from kronika.annotate.toponyms.pieces import Parsed, is_part, pieces, strength_of
from kronika.annotate.toponyms.toponym import Found, Toponym, describe_all
from kronika.annotate.toponyms.unlisted import unlisted
from kronika.codebook.states import states
from kronika.gazetteer import Gazetteer, name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import (
    ADM1,
    ADM2,
    CONTINENT,
    COUNTRY,
)
from kronika.gazetteer.words import words

__all__ = ["Toponym", "find_toponyms"]

_LOCATIVE = frozenset(
    (
        *("in", "near", "at", "from", "into", "toward", "towards", "across", "around", "outside", "inside", "over"),
        *("throughout", "between", "through", "via", "of", "to", "off", "central", "downtown", "occupied", "nearby"),
        *(side + end for side in ("north", "south", "east", "west") for end in ("", "ern", "east", "west")),
        *("visit", "visited", "visiting", "left", "reach", "reached", "captured", "entered", "seized", "liberated"),
        *("shelled", "bombed", "hit", "struck", "attacked", "raided", "stormed", "pounded", "besieged", "targeted"),
        *("recaptured", "retook", "overran"),
    )
)
#: Nouns after which "on" leads to a place.
_AIMED = frozenset(
    noun + end
    for noun in ("strike", "attack", "raid", "assault", "offensive", "airstrike", "shelling", "march", "advance")
    for end in ("", "s")
)
_OF = re.compile(r"\bof $")
#: What the name before a comma is in lies in the name after it: "in Navestad, Norrkoping".
_ADDRESSED = re.compile(rf"\b(?:in|at|near|of|from) (?:the )?(?:{CAPITAL}[\w'’-]+ ?){{1,3}}(?: [a-z]+)?, $")
#: Names in capitals of at most so many letters are acronyms beside others.
_ACRONYM = 4
#: Whose side somebody is on is no place: "anti-Balaka", "a pro-Ukraine rally".
_SIDED = re.compile(r"\b(?:[Pp]ro|[Aa]nti|[Ee]x|[Nn]on|[Pp]ost|[Pp]re)[-–]$")
#: What stands between the names of a list.
_LISTED = re.compile(r",? (?:and|or) (?:the )?|, (?:the )?| ?/ ?")
#: Brackets that say where the name before them lies: "Ufa (", "Minakulu (Oyam, ".
_OPENED = re.compile(rf"(?:{CAPITAL}\S*|[a-z]+)\s\((?:[^()]{{1,40}}[,/]\s?)?$")
_WORD_AFTER = re.compile(r"(?:-| )([a-z]+)")
_QUOTES = frozenset("'\"“‘")
_BASED = re.compile(r"-(?:based|born|area|bound|held|controlled)\b")


def find_toponyms(doc: Any, gazetteer: Gazetteer) -> list[Toponym]:
    """Return the place names of a spaCy ``Doc`` (tags and dependencies set), in the order of the text."""
    parsed = Parsed(doc.text, [*doc], [*map(attrgetter("idx"), doc)])
    text = parsed.text
    surnames: set[str] = set()
    runs = [match.span() for match in RUN.finditer(text)]
    matches = [match for start, end in runs for match in matches_in(text, start, end, gazetteer, surnames)]
    kept: list[Found] = []
    doubtful: list[tuple[int, Match]] = []
    broken = pieces(text, matches, gazetteer)
    for place, match in enumerate(matches):
        if place in broken:
            continue
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
        if match.key in sure or _goes_on(parsed, match.start, match.end, placed)
    )
    taken = [(found.start, found.end) for found in kept]
    for start, end in unlisted(text, runs, taken, lambda start, end: _goes_on(parsed, start, end, placed)):
        tokens = parsed.tokens(start, end)
        kept.append(Found(start, end, token_start=tokens[0].i, token_end=tokens[-1].i + 1))
    return describe_all(text, sorted(kept, key=lambda found: found.start), parsed.context)


def _placed(parsed: Parsed, kept: list[Found]) -> frozenset[int]:
    """Return the tokens of the names that something is said to be in or near, by the parse."""
    names = [parsed.words[found.token_end - 1] for found in kept if not found.demonym and found.token_end > 0]
    return frozenset(
        name.i for name in names if name.dep_ == "pobj" and name.head.lower_ in ("in", "near", "at", "over", "around")
    )


def _goes_on(parsed: Parsed, start: int, end: int, placed: frozenset[int]) -> bool:
    """Whether a name continues a list of places that something is in ("in Orikhiv, Huliaipole and Stepnohirsk")."""
    node = parsed.tokens(start, end)[-1]
    if node.tag_ != "NNP":
        return False
    is_listed = node.dep_ == "conj"
    while node.dep_ == "conj":
        node = node.head
    return is_listed and node.i in placed


def _verdict(
    parsed: Parsed, match: Match, matches: list[Match], at: int, gazetteer: Gazetteer, surnames: set[str]
) -> bool | None:
    """Whether a match is a place name; None where only the rest of the document can tell."""
    lists = not_places()
    text = parsed.text
    surface = text[match.start : match.end]
    if match.key in words().demonyms or match.key in words().regional:
        return True
    if (
        match.after in lists.media
        or _is_vessel(text, match)
        or (
            text[match.start - 1 : match.start] in ("-", "–")
            and _SIDED.search(text, max(0, match.start - 6), match.start)
        )
    ):
        return False
    if len(surface) <= _ACRONYM and surface.isupper() and (match.before.isupper() or match.after.isupper()):
        return False  # "FRF CHU"
    locative = _is_locative(text, matches, at)
    if _is_person(text, match, surnames, gazetteer, locative):
        return False
    strength = strength_of(places_of_key(match.key, gazetteer))
    context = parsed.context(match.start, match.end)
    linked = _linked(text, matches, at)
    placed = locative or linked or context.level is not None or _BASED.match(text, match.end) is not None
    placed = placed or _is_opened(text, match.start) or _is_addressed(text, match.start)
    if match.key in states().seats or is_part(parsed, match, gazetteer):
        return False
    if (surface in lists.common and not _closes_brackets(text, match, gazetteer)) or (
        surface in (lists.surnames | lists.ambiguous) and not placed and not _is_listed(text, matches, at, gazetteer)
    ):
        return False
    if len(match.key) <= 3 and not (placed or surface.isupper()):
        return False
    if (
        match.words == 1
        and not _is_proper(parsed, match)
        and not (strength and (placed or _OF.search(text, max(0, match.start - 4), match.start)))
    ):
        return False  # but what is capitalised after "in" is a name, whatever the tagger takes it for
    if len(match.key) <= 3 and not surface.isupper() and not placed:
        return None
    if strength == 2 or (strength == 1 and (placed or _is_listed(text, matches, at, gazetteer))):
        return True
    if strength == 0 and not (linked or (locative and match.after == "") or context.level is not None):
        return None
    return True if placed else None


def _is_bracketed(text: str, match: Match) -> bool:
    """Whether a name closes brackets that say where a place lies: "Richmond (Virginia)"."""
    return text.startswith(")", match.end) and _is_opened(text, match.start)


def _is_opened(text: str, start: int) -> bool:
    """Whether brackets are open before ``text[start:]`` that say where the name before them lies."""
    first = max(0, start - 60)
    return text.find("(", first, start) >= 0 and _OPENED.search(text, first, start) is not None


def _is_addressed(text: str, start: int) -> bool:
    """Whether ``text[start:]`` follows a name and a comma that lie in it: "in Navestad, Norrkoping"."""
    return text[max(0, start - 2) : start] == ", " and _ADDRESSED.search(text, max(0, start - 60), start) is not None


def _closes_brackets(text: str, match: Match, gazetteer: Gazetteer) -> bool:
    """Whether a common word closes brackets that say where a place lies, and is a region: "(Oyam, Northern)"."""
    if not _is_bracketed(text, match):
        return False
    return any(place.kind in (ADM1, ADM2) for place in gazetteer.by_key(match.key))


def _is_vessel(text: str, match: Match) -> bool:
    lists = not_places()
    after = _WORD_AFTER.match(text, match.end, match.end + 16)
    if after is not None and after[1] in lists.vessels and after[1] not in ("system", "division", "brigade"):
        return True
    at = match.start - (text[match.start - 1 : match.start] in _QUOTES)
    word, start = word_before(text, at)
    return word in lists.vessels and text[start : at - 1] == word


def _is_locative(text: str, matches: list[Match], at: int) -> bool:
    """Whether a name stands behind a word of place, or names one side of a border."""
    match = matches[at]
    if _is_behind_locative(text, match.start) or _is_bracketed(text, match):
        return True
    for one, two in ((at - 1, at), (at, at + 1)):
        if one >= 0 and two < len(matches):
            first, second = matches[one], matches[two]
            if joined_by_border(text, first.end, second.start, second.end):
                return True
    return False


def _is_behind_locative(text: str, at: int) -> bool:
    """Whether a word of place, or of what is aimed at places, leads to ``text[at:]``; an article may stand between."""
    word, start = word_before(text, at)
    if word == "the":
        word, start = word_before(text, start)
    if word == "on" and text[start - 1 : start].isspace():
        return word_at(text, start - 1)[0] in _AIMED
    return word in _LOCATIVE


def _is_listed(text: str, matches: list[Match], at: int, gazetteer: Gazetteer) -> bool:
    """Whether a name goes on a list of places: "in Izium, Lyman and Siversk"."""
    while at > 0 and _LISTED.fullmatch(text, matches[at - 1].end, matches[at].start):
        at -= 1
        if _is_behind_locative(text, matches[at].start):
            return True
        if strength_of(places_of_key(matches[at].key, gazetteer)) == 2:
            return True
    return False


def _is_person(text: str, match: Match, surnames: set[str], gazetteer: Gazetteer, locative: bool) -> bool:
    lists = not_places()
    surface = text[match.start : match.end]
    if match.before in lists.given and match.before not in words().prefixes:
        return True
    if match.before in lists.courtesy or is_addressed(text, match.start):
        return True
    if match.before in lists.titles and strength_of(places_of_key(match.key, gazetteer)) < 2:
        return True
    if match.words == 1 and surface in lists.given:
        return not locative or bool(match.after and _is_surname(match.after, gazetteer))
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


def _is_proper(parsed: Parsed, match: Match) -> bool:
    return any(
        token.pos_ == "PROPN" or token.tag_ in ("NNP", "NNPS") for token in parsed.tokens(match.start, match.end)
    )


def _linked(text: str, matches: list[Match], at: int) -> bool:
    """Whether a neighbouring name is said to contain this one, or to lie in it."""
    match = matches[at]
    if at + 1 < len(matches) and "," in text[match.end : matches[at + 1].start][:2]:
        return any(containment(text, match.end, matches[at + 1].start))
    return at > 0 and any(containment(text, matches[at - 1].end, match.start)[1:2])


def _found(parsed: Parsed, match: Match, gazetteer: Gazetteer) -> Found:
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
