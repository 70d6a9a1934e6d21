"""Place names that the gazetteer lacks: kept where the text says what they are or where they lie.

A village that no list has is still where something happened. It is answered at the level of what contains it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from kronika.annotate.place_context import containment, type_after
from kronika.gazetteer import name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import ADM2, SETTLEMENT
from kronika.gazetteer.words import words

#: What stands before a name that is called a settlement, or that something is in.
_CALLED = re.compile(r"\b(?:village|town|settlement|hamlet|city)s? (?:of |called |named )?$")
_PLACED = re.compile(
    r"\b(?:in|at|near|from|around|outside|between|of|towards?|to|on|shelled|attacked|struck|hit|bombed|raided|captured|seized|"
    r"targeted|targeting|entered|stormed|torched|burned|reached|left|liberated|shelling|attacking|bombing)\s+(?:the\s+)?"
    r"(?:[a-z]+ern\s+)?$|\(\s*$"
)
#: What is only said of land: a name after it is that of a place.
_HELD = re.compile(
    r"\b(?:(?:take|taken|took|taking|(?:re)?gain(?:ed|ing)?|lose|lost|losing|seiz(?:ed|ing)) (?:full |total |partial )?"
    r"control (?:of|over)|in control of|retook|retaken|recaptured|overr[au]n|besieged|besieging|siege of)"
    r"\s+(?:the\s+)?$"
)
_FIRST_WORDS = re.compile(r"^(?:The|A|An|In|On|At|Near|From)\s+")


def unlisted(
    text: str,
    runs: Sequence[tuple[int, int]],
    taken: Sequence[tuple[int, int]],
    is_listed: Callable[[int, int], bool],
) -> Iterator[tuple[int, int]]:
    """Yield the spans of place names that are in no gazetteer, right to left.

    ``runs`` are the runs of capitalised words, ``taken`` the names that are known; ``is_listed`` tells of a run whether
    it continues a list of places. A run is a place name where it does, where the text calls it a village or town, or
    where it stands after a preposition of place and before what contains it.
    """
    known = sorted(taken)
    starts = [start for start, _ in known]
    following: tuple[int, int] | None = None
    for start, end in reversed(runs):
        start += len(first[0]) if (first := _FIRST_WORDS.match(text[start:end])) else 0
        at = bisect_left(starts, end)
        if any(first < end and start < last for first, last in known[max(0, at - 3) : at + 1]):
            continue
        after = known[at] if at < len(known) else None
        if following is not None and (after is None or following[0] < after[0]):
            after = following
        if _is_place(text, start, end, after, is_listed):
            following = (start, end)
            yield following


def _is_place(
    text: str, start: int, end: int, following: tuple[int, int] | None, is_listed: Callable[[int, int], bool]
) -> bool:
    surface = text[start:end]
    parts = surface.split(" ")
    lists = not_places()
    if len(surface) < 3 or surface.isupper() or len(parts) > 4 or any(part in lists.titles for part in parts):
        return False
    if all(part in lists.common or name_key(part) in words().types for part in parts):
        return False
    before = text[max(0, start - 40) : start]
    if _CALLED.search(before) or _HELD.search(before) or is_listed(start, end):
        return True
    placed = _PLACED.search(before) is not None
    if not placed:
        return False
    level, extent = type_after(text, end)
    if level in (SETTLEMENT, ADM2):
        return True
    if following is None:
        return False
    inside, _, firm = containment(text, extent, following[0])
    return inside and firm and text[extent : following[0]].lstrip().startswith(("(", ","))
