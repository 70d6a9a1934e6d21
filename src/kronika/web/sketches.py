"""Small drawings beside a ledger, as geometry: who supplies whom, and deployments over time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH = 640.0
ROW = 30.0
_LEFT, _MIDDLE, _RIGHT = 150.0, 320.0, 490.0
_MOST_NODES = 12
_HALF = 78.0  # half of the width that the thing's own name takes
CHART = (640.0, 150.0)
_EDGE = 44.0


@dataclass(frozen=True, slots=True)
class Node:
    """A thing in the graph; ``anchor`` is how its name lies to ``x``."""

    name: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Link:
    """An arrow from one node to another with its words in the middle."""

    path: str
    words: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Graph:
    """What leads to the thing on its left, what it leads to on its right; ``more`` are left out."""

    height: float
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    more: int


def graph(names: Iterable[str], relations: Sequence[Mapping[str, Any]]) -> Graph | None:
    """Return the graph of the relations around the thing that goes by ``names``; None where there are none."""
    known = list(names)
    own = {name.casefold() for name in known}
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for one in relations:
        if str(one["subject"]).casefold() in own:
            out.setdefault(str(one["object"]), []).append(str(one["predicate"]))
        else:
            into.setdefault(str(one["subject"]), []).append(str(one["predicate"]))
    if not into and not out:
        return None
    more = max(0, len(into) - _MOST_NODES) + max(0, len(out) - _MOST_NODES)
    rows = max(min(len(into), _MOST_NODES), min(len(out), _MOST_NODES))
    height = rows * ROW + 12
    middle = height / 2
    nodes, links = [Node(known[0], _MIDDLE, middle, "middle")], []
    for side, found in ((-1, into), (1, out)):
        shown = list(found.items())[:_MOST_NODES]
        top = middle - (len(shown) - 1) * ROW / 2
        for index, (name, words) in enumerate(shown):
            y = top + index * ROW
            x = _LEFT if side < 0 else _RIGHT
            nodes.append(Node(name, x, y, "end" if side < 0 else "start"))
            ends = ((x + 6, y), (_MIDDLE - _HALF, middle)) if side < 0 else ((_MIDDLE + _HALF, middle), (x - 6, y))
            links.append(_link(*ends, ", ".join(dict.fromkeys(words))))
    return Graph(height, tuple(nodes), tuple(links), more)


def _link(begin: tuple[float, float], end: tuple[float, float], words: str) -> Link:
    (x, y), (to_x, to_y) = begin, end
    half = (to_x - x) / 2
    path = f"M{x:g} {y:g}C{x + half:g} {y:g} {to_x - half:g} {to_y:g} {to_x:g} {to_y:g}"
    return Link(path, words, x + half, (y + to_y) / 2 - 4)


@dataclass(frozen=True, slots=True)
class Point:
    """One deployment: a dot at its number, a line over what the number may be, a bar over the days it may be of."""

    x: float
    width: float
    y: float
    low: float
    high: float
    label: str
    href: str
    has_room: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Deployments over time; ``grid`` are the heights of round numbers."""

    first: str
    last: str
    points: tuple[Point, ...]
    grid: tuple[tuple[float, str], ...]
    left_out: int


def chart(rows: Sequence[Mapping[str, Any]]) -> Chart | None:
    """Return the deployments that have a day and a number; None where there are none."""
    drawn = [(row, start, row["number"]) for row in rows if (start := _day(row["start"])) and row["number"]]
    if not drawn:
        return None
    days = [start.toordinal() for _, start, _ in drawn]
    ends = [(_day(row["end"]) or start).toordinal() for row, start, _ in drawn]
    first, last = min(days), max(*ends, min(days) + 1)
    most = max(number["high"] for _, _, number in drawn)
    top = 10 ** math.ceil(math.log10(max(most, 10)))
    least = 10 ** math.floor(math.log10(max(min(number["low"] for _, _, number in drawn), 1)))
    least = min(least, top / 10)
    width, height = CHART

    def x(day: int) -> float:
        return round(_EDGE + (width - 2 * _EDGE) * (day - first) / (last - first), 1)

    def y(number: float) -> float:
        share = math.log(max(number, least) / least) / math.log(top / least)
        return round(height - 16 - (height - 28) * share, 1)

    points, right = [], -1000.0
    for (row, start, number), end in sorted(zip(drawn, ends, strict=True), key=lambda one: one[0][1]):
        at = x(start.toordinal())
        has_room = at - right > 90 and at < width - 90
        right = at if has_room else right
        points.append(
            Point(
                at, round(max(x(end) - at, 0.0), 1), y(number["best"]), y(number["low"]), y(number["high"]),
                f"{row['figures']}, {row['force']}", f"/document/{row['document']}?at={row['at']}#at", has_room,
            )
        )  # fmt: skip
    steps = range(round(math.log10(least)), round(math.log10(top)) + 1)
    grid = tuple((y(10**step), f"{10**step:,}") for step in steps)
    iso = [date.fromordinal(day).isoformat() for day in (first, last)]
    return Chart(iso[0], iso[1], tuple(points), grid, len(rows) - len(drawn))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
