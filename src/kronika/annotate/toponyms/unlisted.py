"""Place names that the gazetteer lacks: kept where the text says what they are or where they lie.

A village that no list has is still where something happened. It is answered at the level of what contains it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from kronika.annotate.toponyms.context import containment, type_after, word_before
from kronika.gazetteer import name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import ADM2, SETTLEMENT
from kronika.gazetteer.words import words

#: What a settlement is called, how its name is joined to that, and what stands before a name that something is in.
_TYPES = ("village", "town", "settlement", "hamlet", "city")
_CALLS = ("of", "called", "named")
_PLACES = (
    *("in", "at", "near", "from", "around", "outside", "between", "of", "toward", "towards", "to", "on", "shelled"),
    *("attacked", "struck", "hit", "bombed", "raided", "captured", "seized", "targeted", "targeting", "entered"),
    *("stormed", "torched", "burned", "reached", "left", "liberated", "shelling", "attacking", "bombing"),
)
#: What is only said of land: a name after it is that of a place.
_TAKES = ("retook", "retaken", "recaptured", "overran", "overrun", "besieged", "besieging")
_CALLED = re.compile(rf"\b(?:{'|'.join(_TYPES)})s? (?:(?:{'|'.join(_CALLS)}) )?$")
_PLACED = re.compile(rf"\b(?:{'|'.join(_PLACES)})\s+(?:the\s+)?(?:[a-z]+ern\s+)?$|\(\s*$")
_HELD = re.compile(
    r"\b(?:(?:take|taken|took|taking|(?:re)?gain(?:ed|ing)?|lose|lost|losing|seiz(?:ed|ing)) (?:full |total |partial )?"
    rf"control (?:of|over)|in control of|siege of|{'|'.join(_TAKES)})\s+(?:the\s+)?$"
)
#: The words that these can end in.
_LEADING = frozenset((*_TYPES, *(f"{word}s" for word in _TYPES), *_CALLS, *_PLACES, *_TAKES, "over", "the"))
_FIRST_WORDS = re.compile(r"(?:The|A|An|In|On|At|Near|From)\s+")


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
        start = first.end() if (first := _FIRST_WORDS.match(text, start, end)) else start
        at = bisect_left(starts, end)
        if at and known[at - 1][1] > start:
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
    leading, before = word_before(text, start)[0], text[max(0, start - 40) : start]
    if not (leading in _LEADING or leading.endswith("ern") or before.rstrip().endswith("(")):
        return is_listed(start, end)
    if _CALLED.search(before) or _HELD.search(before) or is_listed(start, end):
        return True
    if not _PLACED.search(before):
        return False
    level, extent = type_after(text, end)
    if level in (SETTLEMENT, ADM2):
        return True
    if following is None:
        return False
    inside, _, firm = containment(text, extent, following[0])
    return inside and firm and text[extent : following[0]].lstrip().startswith(("(", ","))
