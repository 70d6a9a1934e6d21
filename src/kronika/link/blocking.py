"""Blocking: which pairs of events are worth comparing.

A pair is a candidate when both rows have one key in common. Keys depend on the row alone, never on the rest of the
record, so that adding documents never changes which older pairs are candidates. Windows come in two that overlap by
half: two days at most half a window apart always share one of them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kronika.link.features import WIDE_DAYS, EventRow

#: Key columns in the order of the Splink table; the last word says what a key needs besides equality.
RULES: tuple[tuple[str, str], ...] = (
    ("target_near_a", ""),
    ("target_near_b", ""),
    ("cell_near_aa", ""),
    ("cell_near_ab", ""),
    ("cell_near_ba", ""),
    ("cell_near_bb", ""),
    ("region_near_a", "coarse"),
    ("region_near_b", "coarse"),
    ("target_month_a", "wide"),
    ("target_month_b", "wide"),
    ("cell_month_aa", "wide"),
    ("cell_month_ab", "wide"),
    ("cell_month_ba", "wide"),
    ("cell_month_bb", "wide"),
    ("wording_near_a", ""),
    ("wording_near_b", ""),
    ("count_near_a", ""),
    ("count_near_b", ""),
)
TARGET_DAYS = 6
CELL_DAYS = 4
REGION_DAYS = 4
MONTH_DAYS = 32
#: Copies are printed within days of each other; a sentence that comes back for years is a formula.
PRINTED_DAYS = 6
COARSE_LEVEL = 4
#: Fewer are shot down somewhere in most nights.
TELLING_NUMBER = 10
#: Cells of 0.4 degrees (44 km), two sets of them offset by half: places under 22 km apart mostly share one.
CELL_DEGREES = 0.4


def _windows(keys: dict[str, str], rule: str, what: str, middle: int, days: int) -> None:
    keys[f"{rule}a"] = f"{what}|{middle // days}"
    keys[f"{rule}b"] = f"{what}|{(middle + days // 2) // days}"


def counted_as(row: EventRow) -> str | None:
    """Return how the row's report counts it, with the kind of site ("the third strike on the refinery this year").

    Two reports that count alike are worth comparing even where one of them names no place; and so are two that have as
    many drones or missiles shot down in a raid that they give no place of ("121 drones were downed overnight").
    """
    if row.downed is not None and row.downed >= TELLING_NUMBER:
        return f"{row.realm}|{row.type}|downed|{row.downed}"
    if row.ordinal is None or row.ordinal_least or row.ordinal_since is None or row.target_head is None:
        return None
    return f"{row.realm}|{row.type}|{row.target_head}|{row.ordinal}|{row.ordinal_since}"


def blocking_keys(row: EventRow) -> dict[str, str]:
    """Return the row's keys by rule name; a store can index them and fetch the rows that share one.

    A row without a day has none but that of its wording: a happening that nobody dates can't be told from another,
    unless the same sentence tells both, so it stays alone until a person joins it.
    """
    middle, keys = row.middle, dict[str, str]()
    if row.wording is not None and row.printed is not None:
        _windows(keys, "wording_near_", row.wording, row.printed, PRINTED_DAYS)
    if middle is None:
        return keys
    kind = f"{row.realm}|{row.type}"
    if row.target is not None:
        _windows(keys, "target_near_", f"{kind}|{row.target}", middle, TARGET_DAYS)
        _windows(keys, "target_month_", f"{kind}|{row.target}", middle, MONTH_DAYS)
    if row.latitude is not None and row.longitude is not None:
        for name, shift in (("a", 0.0), ("b", 0.5)):
            x = math.floor(row.latitude / CELL_DEGREES + shift)
            y = math.floor(row.longitude / CELL_DEGREES + shift)
            _windows(keys, f"cell_near_{name}", f"{kind}|{x}|{y}", middle, CELL_DAYS)
            _windows(keys, f"cell_month_{name}", f"{kind}|{x}|{y}", middle, MONTH_DAYS)
    counted = counted_as(row)
    if counted is not None:
        _windows(keys, "count_near_", counted, middle, CELL_DAYS)
    if row.admin1 is not None and row.level <= COARSE_LEVEL:
        _windows(keys, "region_near_", f"{kind}|{row.country}|{row.admin1}", middle, REGION_DAYS)
    return keys


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What a store needs to keep of a row to find all rows that can share a key with it, and some more.

    ``target``, ``region`` and ``counted`` are texts with the kind of event; ``x`` and ``y`` number the cell.
    """

    middle: int | None
    target: str | None
    x: int | None
    y: int | None
    region: str | None
    wording: str | None
    printed: int | None
    counted: str | None = None

    @classmethod
    def of(cls, row: EventRow) -> Whereabouts:
        """Return those of a row; one without a day is somewhere by its wording only."""
        kind = f"{row.realm}|{row.type}"
        if row.middle is None:
            return cls(None, None, None, None, None, row.wording, row.printed)
        has_point = row.latitude is not None and row.longitude is not None
        x = math.floor(row.latitude / CELL_DEGREES) if has_point and row.latitude is not None else None
        y = math.floor(row.longitude / CELL_DEGREES) if has_point and row.longitude is not None else None
        target = f"{kind}|{row.target}" if row.target is not None else None
        has_region = row.admin1 is not None and row.level <= COARSE_LEVEL
        region = f"{kind}|{row.country}|{row.admin1}" if has_region else None
        return cls(row.middle, target, x, y, region, row.wording, row.printed, counted_as(row))


def is_admitted(rule: str, one: EventRow, other: EventRow) -> bool:
    """Whether a pair that shares a key of this kind of rule ("", "coarse", "wide") is a candidate."""
    if one.document == other.document:
        return False
    if rule == "coarse":
        return one.level >= COARSE_LEVEL or other.level >= COARSE_LEVEL
    if rule == "wide":
        return one.width > WIDE_DAYS or other.width > WIDE_DAYS
    return True


def candidate_pairs(rows: Iterable[EventRow], new: frozenset[str] | None = None) -> Iterator[tuple[EventRow, EventRow]]:
    """Yield each candidate pair once, the smaller event id first; with ``new``, only pairs with one of these events."""
    blocks: defaultdict[tuple[str, str], list[EventRow]] = defaultdict(list)
    for row in rows:
        for rule, key in blocking_keys(row).items():
            blocks[rule, key].append(row)
    seen: set[tuple[str, str]] = set()
    for rule, needs in RULES:
        for key in sorted(key for name, key in blocks if name == rule):
            for one, other in _pairs_in(blocks[rule, key], needs, new):
                pair = (one.event, other.event)
                if pair not in seen:
                    seen.add(pair)
                    yield one, other


def _pairs_in(block: Sequence[EventRow], needs: str, new: frozenset[str] | None) -> Iterator[tuple[EventRow, EventRow]]:
    for index, one in enumerate(block):
        if new is None or one.event in new:  # an older one is met from the new one's side
            others = block[index + 1 :] if new is None else block
            for other in others:
                is_met = new is not None and other.event in new and other.event <= one.event
                if not is_met and is_admitted(needs, one, other):
                    yield (one, other) if one.event < other.event else (other, one)


def sql_condition(rule: str, needs: str) -> str:
    """Return the rule as a SQL join condition over tables ``l`` and ``r`` (DuckDB and Spark alike)."""
    clauses = [f"l.{rule} = r.{rule}", "l.document <> r.document"]
    if needs == "coarse":
        clauses.append(f"(l.level >= {COARSE_LEVEL} or r.level >= {COARSE_LEVEL})")
    if needs == "wide":
        clauses.append(f"(l.width > {WIDE_DAYS} or r.width > {WIDE_DAYS})")
    return " and ".join(clauses)
