"""What the words around a place name say: its level, how the happening stands to it, what contains it.

Works on text and offsets alone, so that names found by others can be resolved the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kronika.gazetteer.keys import name_key
from kronika.gazetteer.words import words
from kronika.records import PlaceRelation
from kronika.records.quick import quick

_KM_PER = {"k": 1.0, "m": 1.609344}
_COMPASS = r"(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?"
_DISTANCE = r"(?P<n>\d[\d,.]*)[ -]?(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b"
#: Relations that stand directly before a name.
_BEFORE = re.compile(
    rf"""\b(?=[\dabcefhijlnostuw])(?:
      (?P<distance>{_DISTANCE}\s+(?:to\s+the\s+)?(?:(?P<way>{_COMPASS})\s+)?(?:of|from|away\sfrom|outside))
    | (?:to\s+the\s+|just\s+)?(?P<side>{_COMPASS})\s+of
    | (?P<near>near|outside|close\sto|around|in\sthe\svicinity\sof|on\sthe\soutskirts\sof|off|beside|not\sfar\sfrom)
    | (?P<over>over|above)
    | (?P<between>between)
    | (?P<from>from|out\sof|leaving|left)
    | (?P<towards>toward|towards|for|to|into|at\sthe\sdirection\sof|bound\sfor)
    | (?P<in>in|at|inside|within|across|throughout|of|on|hit|struck|coded\s(?:to|as|at))
    )\s+(?:the\s+)?(?:(?:{_COMPASS}|central|downtown|occupied|Russian-occupied|nearby)\s+)?(?:(?!{_COMPASS})[a-z]+\s+(?:of|called|named)\s+)?$""",
    re.VERBOSE,
)
#: The words that what _BEFORE finds can end in, but for compass words.
_LEADING = frozenset(
    (
        *(
            "of",
            "from",
            "outside",
            "near",
            "to",
            "around",
            "off",
            "beside",
            "over",
            "above",
            "between",
            "leaving",
            "left",
        ),
        *("toward", "towards", "for", "into", "in", "at", "inside", "within", "across", "throughout", "on", "hit"),
        *("struck", "as", "the", "central", "downtown", "occupied", "nearby", "called", "named"),
        *(
            side + turn + end
            for side in ("north", "south", "east", "west")
            for turn in ("", "east", "west")
            for end in ("", "ern")
        ),
    )
)
_TYPE_BEFORE = re.compile(
    r"\b(?P<type>[A-Za-z-]+)\s+(?:of\s+|called\s+|named\s+)?(?:the\s+)?$",
)
#: What may stand between a type word and the name behind it.
_AFTER_TYPE = frozenset(("of", "called", "named", "the"))


_NEXT_WORD = re.compile(r"(?:['’]s)?(?:(?P<list>\s*,\s+(?=and\b|[^\W\d_a-z]))|[\s-]+(?P<word>[^\W\d_]+))")
_NAME_BEFORE = re.compile(r"\b[A-Z][\w'’-]*\s+$")


@quick
@dataclass(frozen=True, slots=True)
class Context:
    """``level`` is what a type word asks for (a kind of the gazetteer), ``extent_*`` the name with its type word."""

    level: str | None
    type_word: str | None
    extent_start: int
    extent_end: int
    relation: PlaceRelation
    distance_km: float | None
    direction: str | None
    possessive: bool


@lru_cache(maxsize=1)
def _type_after() -> re.Pattern[str]:
    # the keys have a space where the text may have a hyphen: "sub-county"
    keys = sorted(words().types, key=lambda word: (-len(word), word))
    listed = "|".join(re.escape(key).replace(r"\ ", "[ -]") for key in keys)
    shared = r"(?:\s*,\s+(?-i:[A-Z])[\w'’-]+){0,6},?\s+and\s+(?:the\s+)?(?:[a-z]+ern\s+)?(?-i:[A-Z])[\w'’-]+\s+"
    return re.compile(rf"(?:['’]s)?(?P<of>(?:[ -]|{shared})(?P<type>{listed})\b)", re.IGNORECASE)


def _typed(text: str, end: int) -> re.Match[str] | None:
    """The type word after ``text[:end]``; only a list of names, "and", or how some type begins is worth the search."""
    after = _NEXT_WORD.match(text, end)
    if after is None or not (after["list"] or after["word"].lower() in _first_words()):
        return None
    return _type_after().match(text, end)


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset((*(key.split(" ")[0] for key in words().types), "and"))


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset((*(key.rsplit(" ", 1)[-1] for key in words().types), *_AFTER_TYPE))


def word_before(text: str, at: int) -> tuple[str, int]:
    """Return the word that only white space parts from ``text[at:]``, in lower case, and where it begins.

    >>> word_before("A depot in Sudzha", 11), word_before("pro-Russia", 4)
    (('in', 8), ('', 4))
    """
    end = at
    while end and text[end - 1].isspace():
        end -= 1
    return word_at(text, end) if end < at else ("", at)


def word_at(text: str, end: int) -> tuple[str, int]:
    """Return the word that ends at ``end``, in lower case, and where it begins."""
    start = end
    while start and (text[start - 1].isalnum() or text[start - 1] == "_"):
        start -= 1
    return text[start:end].lower(), start


def type_after(text: str, end: int) -> tuple[str | None, int]:
    """Return the level that a type word after ``text[:end]`` asks for, and where that word ends.

    >>> type_after("in Minakulu sub-county", 11), type_after("in Tougou (Yatenga)", 9)
    (('ADM2', 22), (None, 9))
    """
    found = _typed(text, end)
    if found is None or " and " in found["of"] or found[0].startswith(("'s", "’s")):
        return None, end
    return words().types[name_key(found["type"])], found.end()


#: "In" is what is assumed without a word.
_NO_RELATION = (PlaceRelation.IN, None, None)
#: "The hospital of Chartres" says nothing of Chartres.
_PARTS = ("QTR", "STR")


def describe(text: str, start: int, end: int) -> Context:
    """Return what stands around ``text[start:end]``.

    >>> found = describe("a depot 5 km north of Sudzha village", 22, 28)
    >>> found.level, found.relation.value, found.distance_km, found.direction
    ('PPL', 'near', 5.0, 'north')
    """
    leading = word_before(text, start)[0]
    level, word, first, last = _level(text, start, end, leading)
    if first != start:
        leading = word_before(text, first)[0]
    relation, distance, direction = _relation(text, first) if leading in _LEADING else _NO_RELATION
    return Context(level, word, first, last, relation, distance, direction, text.startswith(("'s", "’s"), end))


def _level(text: str, start: int, end: int, leading: str) -> tuple[str | None, str | None, int, int]:
    types = words().types
    inner = name_key(text[start:end]).rsplit(" ", 1)[-1]
    if inner in types and " " in text[start:end]:
        return types[inner], inner, start, end
    after = _typed(text, end)
    if after is not None and not after[0].startswith(("'s", "’s")):
        shared = " and " in after["of"]
        key = name_key(after["type"])
        # "Donetsk and Luhansk regions": the type word is shared by both, but the extent of the first is its name
        if not shared or after["type"].lower().endswith("s"):
            return types[key], key, start, end if shared else after.end()
    before = _TYPE_BEFORE.search(text, max(0, start - 40), start) if leading in _last_words() else None
    # in "the Kursk region of Ukraine" the type word is that of the name before it
    key = name_key(before["type"]) if before is not None else ""
    if before is not None and key in types:
        is_named = types[key] in ("PPL", "SEA", "ADM2") or (" of " in before[0] and types[key] not in _PARTS)
        if is_named and _NAME_BEFORE.search(text[max(0, before.start() - 30) : before.start()]) is None:
            return types[key], key, before.start("type"), end
    return None, None, start, end


def _relation(text: str, start: int) -> tuple[PlaceRelation, float | None, str | None]:
    found = _BEFORE.search(text, max(0, start - 90), start)
    if found is None:
        return _NO_RELATION
    if found["distance"]:
        number = float(found["n"].replace(",", "").rstrip(".") or 0)
        return PlaceRelation.NEAR, round(number * _KM_PER[found["unit"][0]], 1), found["way"]
    if found["side"]:
        return PlaceRelation.NEAR, None, found["side"]
    for name in ("near", "over", "between", "from", "towards"):
        if found[name]:
            return PlaceRelation(name), None, None
    return PlaceRelation.IN, None, None


#: What stands behind "in" and is no place: "in Rustavi in support of Ukraine".
_CAUSE = (
    r"(?:support|solidarity|protest|honou?r|memory|remembrance|front|favou?r|defen[cs]e|commemoration|celebration|"
    r"response|reaction|opposition|relation|connection|retaliation|condemnation)\b"
)
#: The gap between two neighbouring names, the first of which lies in the second.
_CONTAINED = re.compile(
    rf"""\s*,\s*(?:in\s+(?:the\s+)?)?(?:[a-z]+ern\s+)?
      | \s*(?:\)\s*)?\(\s*(?:in\s+)?(?:the\s+)?
      | ,?\s+(?:in|of)\s+(?:the\s+)?(?!{_CAUSE})(?:[a-z]+(?:ern)?\s+){{0,2}}(?:of\s+(?:the\s+)?)?
      | \s+(?!(?:and|or|but|nor|as|than|then|while|plus)\b)[a-z]+\s+(?:of|in)\s+(?:the\s+)?
      | \s""",
    re.VERBOSE,
)
#: ... and the second of which lies in the first: "in Ukraine's Donetsk", "Iraq's northern city of Mosul",
#: "London - Hackney".
_CONTAINS = re.compile(r"['’]s?\s+(?:[a-z-]+\s+){0,3}(?:of\s+)?(?:the\s+)?")
_STRONG = re.compile(r"\(|,|\b(?:in|of)\b")


def containment(text: str, first_end: int, second_start: int) -> tuple[bool, bool, bool]:
    """Return whether the gap says that the first name lies in the second, the second in the first, and says so firmly.

    >>> containment("Sudzha, Kursk region", 6, 8), containment("Iraq's city of Mosul", 4, 15)
    ((True, False, True), (False, True, True))
    """
    if not 0 < second_start - first_end <= 40:
        return False, False, False
    gap = text[first_end:second_start]
    if _CONTAINS.fullmatch(gap) or gap in (" - ", " – "):
        return False, True, True
    if _CONTAINED.fullmatch(gap):
        return True, False, _STRONG.search(gap) is not None
    return False, False, False


_BORDER = re.compile(r"\s*[-–—]\s*|\s+and\s+")
#: ... and what stands between the ends of a road: "the road linking Siliana to Kairouan".
_ENDS = re.compile(r"\s+(?:to|with|and)\s+(?:the\s+)?")
_LINKING = re.compile(r"\b(?:link|connect)(?:ing|s|ed)?\s+(?:the\s+)?(?:\S+\s+){0,2}$")


def joined_by_border(text: str, first_end: int, second_start: int, second_end: int) -> bool:
    """Whether two names are named for what lies between them: "the Israel–Lebanon border"."""
    before = text[max(0, first_end - 60) : first_end] + " "
    if _ENDS.fullmatch(text, first_end, second_start) and _LINKING.search(before):
        return True
    if not _BORDER.fullmatch(text[first_end:second_start]):
        return False
    if re.match(r"\s+(?:border|frontier|highway|road|line of contact|railway)", text[second_end : second_end + 24]):
        return True
    return bool(re.search(r"\bbetween\s+(?:the\s+)?(?:\S+\s+){0,3}$", before))
