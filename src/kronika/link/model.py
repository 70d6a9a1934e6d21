"""The match model: how much each comparison of two rows speaks for one happening.

``model.json`` holds the comparisons with their levels: a SQL condition and the shares ``m`` (among pairs that are
one happening) and ``u`` (among candidates that are not). A level weighs log2(m / u); the sum over comparisons plus the
prior's log-odds is the match weight. Splink scores big sets from that file; :func:`explain` gives the same sums in
plain Python (equal to 1e-9, tested). The shares come from ``scripts/link_weights.py``; nothing is trained at run time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kronika.errors import CodebookError
from kronika.link.facilities import any_site
from kronika.link.features import EventRow

_CONFUSABLE_MODES = frozenset({"aerial", "drone", "heavy-weapons", "explosives"})
#: (111.195 km per degree of latitude) squared.
_KM2_PER_DEGREE2 = 12364.3
NOT_STATED = "not stated"


@dataclass(frozen=True, slots=True)
class Level:
    """One outcome of a comparison; ``weight`` is log2(m / u), 0 where nothing is stated."""

    label: str
    sql: str
    m: float | None
    u: float | None

    @property
    def weight(self) -> float:
        """The level's part of the sum, in bits."""
        return math.log2(self.m / self.u) if self.m is not None and self.u is not None else 0.0


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: the columns it reads and its levels, the first that holds counts."""

    name: str
    columns: tuple[str, ...]
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class MatchModel:
    """The shipped model. ``prior`` is the share of candidates that are one happening, ``threshold`` in bits."""

    version: int
    prior: float
    threshold: float
    comparisons: tuple[Comparison, ...]

    @property
    def prior_weight(self) -> float:
        """The log2-odds of the prior."""
        return math.log2(self.prior / (1 - self.prior))


@dataclass(frozen=True, slots=True)
class Edge:
    """A scored pair, ``one`` < ``other`` (event ids); ``weight`` in bits."""

    one: str
    other: str
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sum and its rows: (comparison, level, weight), the prior first."""

    weight: float
    rows: tuple[tuple[str, str, float], ...]


@lru_cache(maxsize=1)
def load_match_model() -> MatchModel:
    """Read and check the shipped model.

    Raises:
        CodebookError: a share is not between 0 and 1, or a level has no Python counterpart.
    """
    data = json.loads(files("kronika.link").joinpath("model.json").read_text("utf8"))
    comparisons = []
    for entry in data["comparisons"]:
        levels = tuple(Level(x["label"], x["sql"], x.get("m"), x.get("u")) for x in entry["levels"])
        if entry["name"] not in _COMPARE:
            raise CodebookError(f"model.json compares {entry['name']!r}, which Python can't")
        for level in levels:
            if (level.m is None or level.u is None) != (level.label == NOT_STATED):
                raise CodebookError(f"model.json: {entry['name']} / {level.label} lacks a share")
            if level.m is not None and level.u is not None and not (0 < level.m < 1 and 0 < level.u < 1):
                raise CodebookError(f"model.json: {entry['name']} / {level.label} has a share outside 0 to 1")
        comparisons.append(Comparison(entry["name"], tuple(entry["columns"]), levels))
    return MatchModel(data["version"], data["prior"], data["threshold"], tuple(comparisons))


@lru_cache(maxsize=1)
def _weights() -> tuple[tuple[str, Callable[[EventRow, EventRow], str], dict[str, float]], ...]:
    return tuple(
        (c.name, _COMPARE[c.name], {level.label: level.weight for level in c.levels})
        for c in load_match_model().comparisons
    )


def explain(one: EventRow, other: EventRow) -> Explanation:
    """Return the match weight of two rows with everything it is the sum of."""
    rows = [("prior", "a candidate pair", load_match_model().prior_weight)]
    for name, compare, weights in _weights():
        label = compare(one, other)
        rows.append((name, label, weights[label]))
    return Explanation(sum(weight for _, _, weight in rows), tuple(rows))


def score_pairs(pairs: Iterable[tuple[EventRow, EventRow]], threshold: float | None = None) -> Iterator[Edge]:
    """Yield the pairs that reach the threshold (default: the model's), scored in plain Python."""
    model = load_match_model()
    least = model.threshold if threshold is None else threshold
    for one, other in pairs:
        weight = model.prior_weight
        for _, compare, weights in _weights():
            weight += weights[compare(one, other)]
        if weight >= least:
            yield Edge(one.event, other.event, weight)


def km_apart(one: EventRow, other: EventRow) -> float | None:
    """Distance of the named places in km (flat-earth, good to 1 % under 100 km); None without two points."""
    if one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        return None
    shrink = math.cos(math.radians((one.latitude + other.latitude) / 2))
    squared = (one.latitude - other.latitude) ** 2 + ((one.longitude - other.longitude) * shrink) ** 2
    return math.sqrt(squared * _KM2_PER_DEGREE2)


def _place(one: EventRow, other: EventRow) -> str:
    if one.place is None or other.place is None:
        return NOT_STATED
    if one.place == other.place:
        return "same site" if one.level == 1 else "same settlement" if one.level <= 3 else "same region"
    if one.level == 1 and other.level == 1:
        return "different sites"
    apart = km_apart(one, other)
    if apart is not None and apart <= 25:
        return "within 5 km" if apart <= 5 else "within 25 km"
    if one.country is not None and one.country == other.country:
        coarser = max(one.level, other.level)
        if coarser > 4 or (coarser == 4 and one.admin1 is not None and one.admin1 == other.admin1):
            return "one region holds the other"
    return "elsewhere"


def days_apart(one: EventRow, other: EventRow) -> int | None:
    """Days between two intervals: 0 or less where they overlap; None where one is not stated."""
    if one.first_day is None or other.first_day is None or one.last_day is None or other.last_day is None:
        return None
    return max(one.first_day, other.first_day) - min(one.last_day, other.last_day)


def _time(one: EventRow, other: EventRow) -> str:
    apart = days_apart(one, other)
    if apart is None:
        return NOT_STATED
    if one.first_day == other.first_day and one.last_day == other.last_day and one.width <= 2:
        return "same days"
    if apart <= 0:
        if one.width <= 2 and other.width <= 2:
            return "same night or day"
        narrow = one.width <= 4 and other.width <= 4
        return "overlapping days" if narrow else "one interval holds the other"
    if apart == 1:
        return "one day apart"
    return "two or three days apart" if apart <= 3 else "further apart"


def _mode(one: EventRow, other: EventRow) -> str:
    if one.mode is None or other.mode is None:
        return NOT_STATED
    if one.mode == other.mode:
        return "same mode"
    both = one.mode in _CONFUSABLE_MODES and other.mode in _CONFUSABLE_MODES
    return "confusable modes" if both else "different modes"


def _target(one: EventRow, other: EventRow) -> str:
    if one.target is not None and other.target is not None:
        if one.target == other.target:
            return "same name"
        return "different names"
    if one.target_head is None or other.target_head is None:
        return NOT_STATED
    if one.target_head == other.target_head:
        return "same head word"
    return "any site" if not any_site().isdisjoint((one.target_head, other.target_head)) else "different head words"


def _equal(column: str, same: str, different: str) -> Callable[[EventRow, EventRow], str]:
    def compare(one: EventRow, other: EventRow) -> str:
        left, right = getattr(one, column), getattr(other, column)
        if left is None or right is None:
            return NOT_STATED
        return same if left == right else different

    return compare


def _number(column: str) -> Callable[[EventRow, EventRow], str]:
    def compare(one: EventRow, other: EventRow) -> str:
        left, right = getattr(one, column), getattr(other, column)
        if left is None or right is None:
            return NOT_STATED
        if left == right:
            return "same number"
        return "about the same number" if abs(left - right) <= max(2, 0.25 * max(left, right)) else "different numbers"

    return compare


_COMPARE: dict[str, Callable[[EventRow, EventRow], str]] = {
    "place": _place,
    "time": _time,
    "mode": _mode,
    "target": _target,
    "actor": _equal("actor", "same actor", "different actors"),
    "weapon": _equal("weapon", "same weapon", "different weapons"),
    "killed": _number("killed"),
    "wounded": _number("wounded"),
    "ordinal": _equal("ordinal", "same number", "different numbers"),
    "word": _equal("lemma", "same word", "different words"),
    "wording": _equal("wording", "same sentence", "different sentences"),
}


def model_data() -> dict[str, Any]:
    """Return the shipped file as it is, for ``scripts/link_weights.py``."""
    data: dict[str, Any] = json.loads(files("kronika.link").joinpath("model.json").read_text("utf8"))
    return data
