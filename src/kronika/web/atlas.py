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
    """A cluster in a drawing; ``r`` is the circle of its precision, ``dot`` its own."""

    cluster: Cluster
    x: float
    y: float
    r: float
    dot: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map ``WIDTH`` by ``HEIGHT``: SVG paths of land, lines and disputed lines, and what is drawn on them."""

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


def drawing(board: Board, rows: Ints) -> Drawing | None:
    """Return a map of the incidents of ``rows`` that have a point; None where none has."""
    rows = rows[board.is_pinned[rows]]
    if not len(rows):
        return None
    x, y = mercator(board.longitude[rows], board.latitude[rows])
    west, east, north, south = _frame(float(x.min()), float(x.max()), float(y.min()), float(y.max()))
    scale = WIDTH / (east - west)
    zoom = math.log2(scale / _TILE)
    drawn = []
    for cluster in clusters(board, rows, zoom):
        px, py = mercator(np.array([cluster.longitude]), np.array([cluster.latitude]))
        metres = 40_075_016.7 * math.cos(math.radians(cluster.latitude)) / scale
        radius = cluster.radius_km * 1000 / metres
        dot = 4.0 + 3.0 * math.log10(cluster.count)
        place = ((float(px[0]) - west) * scale, (float(py[0]) - north) * scale)
        drawn.append(
            Drawn(cluster, round(place[0], 1), round(place[1], 1), round(min(radius, 400.0), 1), round(dot, 1))
        )
    paths = _paths(west, north, scale)
    corners = (_degrees(west, south), _degrees(east, north))
    box = (*corners[0], *corners[1])
    return Drawing(*paths, tuple(drawn), box)


def _frame(west: float, east: float, north: float, south: float) -> tuple[float, float, float, float]:
    """Return the edges of a map around a box, in Mercator units, wide enough to be recognised."""
    width = max((east - west) * 1.25, (south - north) * 1.25 * WIDTH / HEIGHT, 0.012)
    height = width * HEIGHT / WIDTH
    middle_x, middle_y = (west + east) / 2, (north + south) / 2
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
    for x, y in _base()[name]:
        px, py = (x - west) * scale, (y - north) * scale
        if px.max() < -margin or px.min() > WIDTH + margin or py.max() < -margin or py.min() > HEIGHT + margin:
            continue
        if closed:
            px, py = np.clip(px, -margin, WIDTH + margin), np.clip(py, -margin, HEIGHT + margin)
            pieces.append(_commands(px, py) + "Z")
        else:
            inside = (px > -margin) & (px < WIDTH + margin) & (py > -margin) & (py < HEIGHT + margin)
            runs = np.split(np.arange(len(px)), np.where(np.diff(inside.astype(np.int8)) != 0)[0] + 1)
            pieces.extend(_commands(px[run], py[run]) for run in runs if len(run) > 1 and inside[run[0]])
    return "".join(pieces)


def _commands(x: Floats, y: Floats) -> str:
    """Return the points, rounded to pixels' tenths and thinned to those that can be told apart."""
    points = np.round(np.stack((x, y), axis=1), 1)
    keep = np.ones(len(points), dtype=bool)
    steps = np.abs(np.diff(points, axis=0))
    keep[1:-1] = (np.maximum(steps[:, 0], steps[:, 1]) >= 0.4)[:-1]
    return "M" + "L".join(f"{px:g} {py:g}" for px, py in points[keep])
