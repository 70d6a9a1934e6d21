"""What the index is made of: places and their names, collected before they are written."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from kronika.gazetteer.keys import name_key
from kronika.gazetteer.schema import ALTERNATE, CODE


@dataclass(slots=True)
class PlaceRow:
    """A row of the table ``place``: degrees, ISO 3166 alpha-2, GeoNames' admin codes, inhabitants, kilometres."""

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
        )


@dataclass(slots=True)
class Collected:
    """Places by id, and names: key -> id -> source (the best one)."""

    places: dict[int, PlaceRow] = field(default_factory=dict)
    names: dict[str, dict[int, int]] = field(default_factory=dict)
    dated: dict[tuple[str, int], tuple[str | None, str | None]] = field(default_factory=dict)

    def name(self, text: str, place: int, source: int) -> None:
        """Let ``text`` name ``place``; the better source stays. Codes of up to three capitals become codes."""
        if source == ALTERNATE and len(text) <= 3 and text.isascii():
            source = CODE
        key = name_key(text)
        if key and len(key) < 120:
            known = self.names.setdefault(key, {})
            known[place] = min(source, known.get(place, source))


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
