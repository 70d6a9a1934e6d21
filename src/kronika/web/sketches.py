"""Small drawings beside a ledger, as geometry: who supplies whom, and deployments over time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WIDTH = 760.0
ROW = 30.0
_MOST_NODES = 12
_LONGEST, _LETTER, _GAP = 28, 7.4, 10.0
_REACH = 190.0  # how long an arrow is
_ALONG, _ACROSS = 0.7, 0.83  # where on it its words stand, near its far end: arrows part there
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
    folded = {name.casefold() for name in known}
    into: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for one in relations:
        if str(one["subject"]).casefold() in folded:
            out.setdefault(str(one["object"]), []).append(str(one["predicate"]))
        else:
            into.setdefault(str(one["subject"]), []).append(str(one["predicate"]))
    if not into and not out:
        return None
    more = max(0, len(into) - _MOST_NODES) + max(0, len(out) - _MOST_NODES)
    rows = max(min(len(into), _MOST_NODES), min(len(out), _MOST_NODES))
    height = rows * ROW + 12
    own_name, middle = known[0][:_LONGEST], height / 2
    wide = len(own_name) * _LETTER + _GAP
    # in the middle where something lies on both sides of it, else at the edge
    own = Node(own_name, WIDTH / 2, middle, "middle")
    ends = {-1: own.x - wide / 2, 1: own.x + wide / 2}
    if not into:
        own, ends = Node(own_name, 0.0, middle, "start"), {1: wide}
    elif not out:
        own, ends = Node(own_name, WIDTH, middle, "end"), {-1: WIDTH - wide}
    nodes, links = [own], []
    for side, found in ((-1, into), (1, out)):
        shown = list(found.items())[:_MOST_NODES]
        top = middle - (len(shown) - 1) * ROW / 2
        for index, (name, words) in enumerate(shown):
            y = top + index * ROW
            x = ends[side] + side * _REACH
            nodes.append(Node(name, x, y, "end" if side < 0 else "start"))
            near, far = (ends[side], middle), (x - side * _GAP, y)
            at = near[0] + _ALONG * (far[0] - near[0]), near[1] + _ACROSS * (far[1] - near[1]) - 4
            links.append(
                Link(_arrow(*((far, near) if side < 0 else (near, far))), ", ".join(dict.fromkeys(words)), *at)
            )
    return Graph(height, tuple(nodes), tuple(links), more)


def _arrow(begin: tuple[float, float], end: tuple[float, float]) -> str:
    (x, y), (to_x, to_y) = begin, end
    half = (to_x - x) / 2
    return f"M{x:g} {y:g}C{x + half:g} {y:g} {to_x - half:g} {to_y:g} {to_x:g} {to_y:g}m-6 -4l6 4l-6 4"


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
