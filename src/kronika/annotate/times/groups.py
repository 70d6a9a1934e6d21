"""Reading the named groups of a matched time pattern."""

from __future__ import annotations

import re

from kronika.annotate.times.lexicon import TimeLexicon
from kronika.annotate.times.meaning import Meaning, TimexType

DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET
Read = tuple[TimexType, Meaning] | None
Match = re.Match[str]

WHICH = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "same": 0, "that": 0}
WHICH |= {"next": 1, "coming": 1, "following": 1}
EDGES = {
    "early": "START",
    "start": "START",
    "beginning": "START",
    "first": "START",
    "second": "END",
    "mid": "MID",
    "middle": "MID",
}
EDGES |= {"late": "END", "end": "END", "earlier": "START", "later": "END"}


def group_get(match: Match, *names: str) -> str | None:
    """Return the first of the groups that the rule has and that matched something."""
    known = match.re.groupindex
    return next((found for name in names if name in known and (found := match[name])), None)


def group_int(match: Match, *names: str) -> int | None:
    """Return the first of the groups that matched, as a number."""
    found = group_get(match, *names)
    return int(found) if found else None


def group_which(match: Match, *names: str) -> int | None:
    """Return the offset that "last", "this", "next" in a group stand for."""
    found = group_get(match, *names)
    return WHICH[found.split()[-1]] if found else None


def group_edge(match: Match, words: TimeLexicon) -> str | None:
    """Return the TIMEX3 modifier that the match names."""
    found = group_get(match, "edge", "edge_2", "late")
    if found:
        return next((mod for word, mod in EDGES.items() if word in found.split()), None)
    approx = group_get(match, "approx", "approx_2")
    return words.approximators.get(" ".join(approx.split())) if approx else None


def group_day(match: Match, words: TimeLexicon, name: str = "day") -> int:
    """Return the day of the month."""
    text = match[name]
    return words.ordinals.get(text) or int(re.match(r"\d+", text)[0])  # type: ignore[index]


def group_month(match: Match, words: TimeLexicon) -> int:
    """Return the month."""
    return words.months[match["month"].rstrip(".")]
