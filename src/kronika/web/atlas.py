"""The map as geometry: clusters of incidents for any zoom, and a drawing of them that needs no script.

The base is Natural Earth by way of world-atlas, cut to land and lines when the assets are built. No country is ever
read from it: an incident's country comes from its reports.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from kronika.web.board import Board, Floats, Ints

CAVEAT = (
    "Base map: Natural Earth via world-atlas. Boundaries are for orientation, are not authoritative and imply no view "
    "on status."
)
BASE = Path(__file__).parent / "static" / "build" / "base.json"
#: Points nearer than this many pixels are drawn as one.
_CELL_PIXELS = 44
_TILE = 256
WIDTH, HEIGHT = 720.0, 420.0
_WIDE = 0.25
#: The width of a letter where a drawing is shown beside a text, less than half as large.
SMALL = 14.0
#: The equator in metres.
_AROUND = 40_075_016.7
#: More than this is no map but a blot; the largest are drawn.
_MOST_DRAWN, _MOST_LABELS = 400, 24
#: Left, top, right, bottom.
_Box = tuple[float, float, float, float]
#: The width of the smallest map: about 25 degrees, so that a coast or a boundary is in sight.
_NARROWEST = 0.07
#: Radius in kilometres where the place itself has none.
_RADII = {"site": 1.0, "settlement": 5.0, "admin2": 25.0, "admin1": 90.0}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Incidents at or around one point. ``place`` is set where all of them are at one place, ``id`` where it is one."""

    longitude: float
    latitude: float
    count: int
    place: str
    place_id: str
    id: str
    radius_km: float
    standing: str  # of all of them, or "mixed"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cluster in a drawing; ``r`` is the circle of its precision, ``dot`` its own.

    ``label`` says on which side its name has room: "start" right of the dot, "end" left of it, "" nowhere.
    """

    cluster: Cluster
    x: float
    y: float
    r: float
    dot: float
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map ``WIDTH`` by ``HEIGHT``: paths of land, lines and disputed lines, and what is drawn on them."""

    land: str
    lines: str
    disputed: str
    clusters: tuple[Drawn, ...]
    box: tuple[float, float, float, float]


def mercator(longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
    """Return web Mercator coordinates, from 0 to 1, of degrees."""
    sine = np.sin(np.radians(np.clip(latitude, -85.0, 85.0)))
    return longitude / 360.0 + 0.5, 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)


def clusters(board: Board, rows: Ints, zoom: float) -> list[Cluster]:
    """Return the incidents of ``rows`` that have a point, joined where they would lie on one another at ``zoom``."""
    rows = rows[board.is_pinned[rows]]
    if not len(rows):
        return []
    x, y = mercator(board.longitude[rows], board.latitude[rows])
    cells = 2 ** min(max(zoom, 0.0), 22.0) * _TILE / _CELL_PIXELS
    keys = np.floor(x * cells).astype(np.int64) * (1 << 32) + np.floor(y * cells).astype(np.int64)
    _, first, homes, counts = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    homes = homes.ravel()
    longitude = np.bincount(homes, board.longitude[rows]) / counts
    latitude = np.bincount(homes, board.latitude[rows]) / counts
    places, standings = board.coded["place_id"], board.coded["standing"]
    one_place = _is_uniform(places.codes[rows], homes, first)
    one_standing = _is_uniform(standings.codes[rows], homes, first)
    made = []
    for i, row in enumerate(rows[first]):
        is_one = bool(one_place[i])
        at = (board.longitude[row], board.latitude[row]) if is_one else (longitude[i], latitude[i])
        made.append(
            Cluster(
                longitude=round(float(at[0]), 5),
                latitude=round(float(at[1]), 5),
                count=int(counts[i]),
                place=board.places.values[board.places.codes[row]] if is_one else "",
                place_id=places.values[places.codes[row]] if is_one else "",
                id=board.ids[row] if counts[i] == 1 else "",
                radius_km=_radius(board, int(row)) if is_one else 0.0,
                standing=standings.values[standings.codes[row]] if one_standing[i] else "mixed",
            )
        )
    return sorted(made, key=lambda one: (-one.count, one.longitude, one.latitude))


def _is_uniform(codes: Ints, homes: Any, first: Any) -> Any:
    """Return for each cell whether all its rows have the code of its first row."""
    differs = codes != codes[first][homes]
    return np.bincount(homes, differs) == 0


def _radius(board: Board, row: int) -> float:
    stated = float(board.radius_km[row])
    precision = board.coded["precision"]
    return _RADII.get(precision.values[precision.codes[row]], 0.0) if math.isnan(stated) else stated


def drawing(board: Board, rows: Ints, letter: float = 6.2) -> Drawing | None:
    """Return a map of the incidents of ``rows`` that have a point; None where none has.

    ``letter`` is about the width of a letter in its labels, larger where the drawing is shown small.
    """
    rows = rows[board.is_pinned[rows]]
    if not len(rows):
        return None
    x, y = mercator(board.longitude[rows], board.latitude[rows])
    reach = np.nan_to_num(board.radius_km[rows]) * 1000 / (_AROUND * np.cos(np.radians(board.latitude[rows])))
    edges = ((x - reach).min(), (x + reach).max(), (y - reach).min(), (y + reach).max())
    west, east, north, south = _frame(*map(float, edges))
    scale = WIDTH / (east - west)
    found = clusters(board, rows, math.log2(scale / _TILE))[:_MOST_DRAWN]
    px, py = mercator(np.array([one.longitude for one in found]), np.array([one.latitude for one in found]))
    across, down = ((px - west) * scale).tolist(), ((py - north) * scale).tolist()
    drawn: list[Drawn] = []
    taken: list[_Box] = [(at - 5, on - 5, at + 5, on + 5) for at, on in zip(across, down, strict=True)]
    for cluster, at, on in zip(found, across, down, strict=True):
        metres = _AROUND * math.cos(math.radians(cluster.latitude)) / scale
        radius = min(cluster.radius_km * 1000 / metres, 400.0)
        dot = 4.0 + 3.0 * math.log10(cluster.count)
        label = _room(taken, cluster, at, on, dot, letter) if len(drawn) < _MOST_LABELS else ""
        drawn.append(Drawn(cluster, round(at, 1), round(on, 1), round(radius, 1), round(dot, 1), label))
    paths = _paths(west, north, scale)
    corners = (_degrees(west, south), _degrees(east, north))
    box = (*corners[0], *corners[1])
    return Drawing(*paths, tuple(drawn), box)


def _room(taken: list[_Box], cluster: Cluster, x: float, y: float, dot: float, letter: float) -> str:
    """Return on which side of a dot its name hides nothing and is whole, and take that room."""
    words = f"{cluster.place} {cluster.count}" if cluster.count > 1 else cluster.place
    long, high = len(words) * letter, letter * 1.9
    sides = {"start": (x + dot + 2, x + dot + 4 + long), "end": (x - dot - 4 - long, x - dot - 2)}
    for side, (left, right) in sides.items():
        box = (left, y - high / 2, right, y + high / 2)
        is_whole = left > 0 and right < WIDTH and box[1] > 0 and box[3] < HEIGHT
        if cluster.place and is_whole and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            return side
    return ""


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _frame(west: float, east: float, north: float, south: float) -> tuple[float, float, float, float]:
    """Return the edges of a map around a box, in Mercator units, wide enough to be recognised.

    Widths go in steps, and middles do on wide maps, which take longest to draw: those of like views are one.
    """
    width = max((east - west) * 1.2, (south - north) * 1.2 * WIDTH / HEIGHT, _NARROWEST)
    width = _NARROWEST * 2 ** (math.ceil(math.log2(width / _NARROWEST) * 4) / 4)
    middle_x, middle_y = (west + east) / 2, (north + south) / 2
    if width > _WIDE:
        step = width / 24
        middle_x, middle_y = round(middle_x / step) * step, round(middle_y / step) * step
    height = width * HEIGHT / WIDTH
    return middle_x - width / 2, middle_x + width / 2, middle_y - height / 2, middle_y + height / 2


def _degrees(x: float, y: float) -> tuple[float, float]:
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * min(max(y, 0.0), 1.0)))))
    return round((min(max(x, 0.0), 1.0) - 0.5) * 360, 4), round(latitude, 4)


@lru_cache(maxsize=1)
def _base() -> dict[str, list[tuple[Floats, Floats]]]:
    """Return land, lines and disputed lines as Mercator coordinates; empty where the assets are not built."""
    if not BASE.exists():
        return {"land": [], "lines": [], "disputed": []}
    read = json.loads(BASE.read_text(encoding="utf-8"))
    found = {}
    for name in ("land", "lines", "disputed"):
        rings = [ring for polygon in read[name] for ring in polygon] if name == "land" else read[name]
        parts = [np.array(ring, dtype=np.float64) for ring in rings]
        found[name] = [mercator(part[:, 0], part[:, 1]) for part in parts]
    return found


@lru_cache(maxsize=256)
def _paths(west: float, north: float, scale: float) -> tuple[str, str, str]:
    return (
        _path("land", west, north, scale, closed=True),
        _path("lines", west, north, scale),
        _path("disputed", west, north, scale),
    )


def _path(name: str, west: float, north: float, scale: float, *, closed: bool = False) -> str:
    """Return an SVG path. Points outside are moved to the frame: that leaves what is inside as it is."""
    pieces = []
    margin = 20.0
    shapes, edges = _shapes(name, math.ceil(math.log2(scale)))
    left, right = (edges[:, 0] - west) * scale, (edges[:, 1] - west) * scale
    top, bottom = (edges[:, 2] - north) * scale, (edges[:, 3] - north) * scale
    seen = (right > -margin) & (left < WIDTH + margin) & (bottom > -margin) & (top < HEIGHT + margin)
    seen &= np.maximum(right - left, bottom - top) > 2.0  # smaller than a dot
    for index in np.flatnonzero(seen):
        x, y = shapes[index]
        px, py = (x - west) * scale, (y - north) * scale
        if closed:
            px, py = np.clip(px, -margin, WIDTH + margin), np.clip(py, -margin, HEIGHT + margin)
            pieces.append(_commands(px, py) + "z")
        else:
            inside = (px > -margin) & (px < WIDTH + margin) & (py > -margin) & (py < HEIGHT + margin)
            runs = np.split(np.arange(len(px)), np.where(np.diff(inside.astype(np.int8)) != 0)[0] + 1)
            pieces.extend(_commands(px[run], py[run]) for run in runs if len(run) > 1 and inside[run[0]])
    return "".join(pieces)


@lru_cache(maxsize=64)
def _shapes(name: str, level: int) -> tuple[list[tuple[Floats, Floats]], Floats]:
    """Return the shapes with no more points than a map ``2 ** level`` steps wide can show, and the edges of each."""
    found = []
    for x, y in _base()[name]:
        grid = np.rint(np.stack((x, y)) * 2.0**level)
        keep = np.ones(len(x), dtype=bool)
        keep[1:-1] = (np.diff(grid, axis=1) != 0).any(axis=0)[:-1]
        found.append((x[keep], y[keep]))
    edges = [(x.min(), x.max(), y.min(), y.max()) for x, y in found]
    return found, np.array(edges, dtype=np.float64).reshape(-1, 4)


def _commands(x: Floats, y: Floats) -> str:
    """Return the points as steps in whole pixels, without those that can't be told apart."""
    points = np.rint(np.stack((x, y), axis=1)).astype(np.int64)
    steps = np.diff(points, axis=0)
    steps = steps[(steps != 0).any(axis=1)]
    return f"M{points[0, 0]} {points[0, 1]}l{' '.join(map(str, steps.ravel().tolist()))}" if len(steps) else ""
