"""What the index is made of: places and their names, collected before they are written."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from kronika.gazetteer.keys import name_key
from kronika.gazetteer.schema import ALTERNATE, CODE

_KM_PER_DEGREE = 111.195
#: Fewer settlements than this say too little about how far their region reaches.
_ENOUGH = 5


@dataclass(slots=True)
class PlaceRow:
    """A row of the table ``place``: degrees, ISO 3166 alpha-2, GeoNames' admin codes, inhabitants, kilometres.

    ``known`` is the number of its names; a source need not count them, the finished index does.
    """

    id: int
    name: str
    lat: float | None
    lon: float | None
    cc: str | None
    a1: str
    a2: str
    pop: int
    kind: str
    radius_km: float | None = None
    origin: str | None = None
    known: int = 0

    def values(self) -> tuple[object, ...]:
        """The columns in the table's order; coordinates to five decimals (a metre), as GeoNames gives them."""
        lat = None if self.lat is None else round(self.lat, 5)
        lon = None if self.lon is None else round(self.lon, 5)
        return (
            self.id,
            self.name,
            lat,
            lon,
            self.cc,
            self.a1,
            self.a2,
            self.pop,
            self.kind,
            self.radius_km,
            self.origin,
            self.known,
        )


class Sink(Protocol):
    """Where the rows of a source go: into memory (the packages), or straight to disk (dumps of any size)."""

    def knows(self, place: int) -> bool:
        """Whether there is a place with this id."""
        ...

    def put(self, row: PlaceRow) -> None:
        """Add a place; one that is known keeps its row, and gains a point if it has none."""
        ...

    def name(self, text: str, place: int, source: int) -> None:
        """Let ``text`` name ``place``; the better source stays."""
        ...

    def date(self, text: str, place: int, valid_from: str | None, valid_to: str | None) -> None:
        """Say when ``text`` was the name of ``place`` (ISO 8601 dates or beginnings of such)."""
        ...

    def lies_in(self, child: int, parent: int) -> None:
        """Say that a place lies in another."""
        ...


def kept_name(text: str, source: int) -> tuple[str, int] | None:
    """Return key and source of a name as the index holds it, None where it holds none; capitals may be codes."""
    if source == ALTERNATE and len(text) <= 3 and text.isascii():
        source = CODE
    key = name_key(text)
    return (key, source) if key and len(key) < 120 else None


@dataclass(slots=True)
class Collected:
    """Places by id, and names: key -> id -> source (the best one)."""

    places: dict[int, PlaceRow] = field(default_factory=dict)
    names: dict[str, dict[int, int]] = field(default_factory=dict)
    dated: dict[tuple[str, int], tuple[str | None, str | None]] = field(default_factory=dict)

    def knows(self, place: int) -> bool:
        """Whether there is a place with this id."""
        return place in self.places

    def put(self, row: PlaceRow) -> None:
        """Add a place; one that is known keeps its row, and gains a point if it has none."""
        known = self.places.setdefault(row.id, row)
        if known.lat is None:
            known.lat, known.lon = row.lat, row.lon

    def name(self, text: str, place: int, source: int) -> None:
        """Let ``text`` name ``place``; the better source stays."""
        kept = kept_name(text, source)
        if kept is not None:
            known = self.names.setdefault(kept[0], {})
            known[place] = min(kept[1], known.get(place, kept[1]))

    def date(self, text: str, place: int, valid_from: str | None, valid_to: str | None) -> None:
        """Say when ``text`` was the name of ``place``."""
        self.dated[name_key(text), place] = (valid_from, valid_to)

    def lies_in(self, child: int, parent: int) -> None:
        """Give ``child`` the codes of the region ``parent``, where it has none."""
        inner, outer = self.places.get(child), self.places.get(parent)
        if inner is not None and outer is not None and inner.cc == outer.cc:
            inner.a1 = inner.a1 or outer.a1
            inner.a2 = inner.a2 or (outer.a2 if inner.a1 == outer.a1 else "")


def derived_id(text: str) -> int:
    """Return a negative id for a place that GeoNames has none for, made of a stable code ("AZ-NV")."""
    return -1 - zlib.crc32(text.encode())


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the middle of the box around ``points``: of a region's extent, not of where its people crowd.

    >>> middle([(50.0, 30.0), (50.1, 30.1), (52.0, 33.0)])
    (51.0, 31.5)
    >>> middle([(65.0, 179.0), (66.0, -179.0)])  # Chukotka lies across the antimeridian
    (65.5, 180.0)
    """
    known = list(points)
    if not known:
        return None
    latitudes, longitudes = [lat for lat, _ in known], [lon for _, lon in known]
    if max(longitudes) - min(longitudes) > 180:
        longitudes = [lon + 360 if lon < 0 else lon for lon in longitudes]
    lat, lon = (min(latitudes) + max(latitudes)) / 2, (min(longitudes) + max(longitudes)) / 2
    return round(lat, 5), round(lon - 360 if lon > 180 else lon, 5)


def extent_km(point: tuple[float, float] | None, inside: Iterable[PlaceRow]) -> float | None:
    """Return the radius in km of the circle around ``point`` that holds the settlements ``inside`` a region.

    None where there are too few to tell how far the region reaches.
    """
    known = [(place.lat, place.lon) for place in inside if place.lat is not None and place.lon is not None]
    if point is None or len(known) < _ENOUGH:
        return None
    shrink = math.cos(math.radians(point[0]))
    east = ((lon - point[1] + 180.0) % 360.0 - 180.0 for _, lon in known)
    return math.ceil(
        _KM_PER_DEGREE
        * max(math.hypot(lat - point[0], lon * shrink) for (lat, _), lon in zip(known, east, strict=True))
    )
