"""The frame of a map: which part of the Earth it shows, and where in the picture a point of it lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_KM_PER_DEGREE = 111.195
#: No frame is smaller: a map of one village shows what lies around it.
_LEAST_KM = 120.0
_MARGIN = 0.12
_POLE = 85.0
_STEPS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 45.0)
_SCALE_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

#: Latitude and longitude in degrees, radius in km.
Circle = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """An equirectangular view, true to scale at its middle: degrees at its edges, ``width`` × ``height`` in pixels.

    ``west`` and ``east`` may pass ±180 where the places lie on both sides of the antimeridian.
    """

    south: float
    west: float
    north: float
    east: float
    width: float
    height: float

    @property
    def pixels_per_km(self) -> float:
        """Pixels a kilometre, north to south everywhere, east to west in the middle of the frame."""
        return self.height / ((self.north - self.south) * _KM_PER_DEGREE)

    def point(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return x and y in pixels, from the upper left corner."""
        turned = self.west + (longitude - self.west) % 360.0
        x = (turned - self.west) / (self.east - self.west) * self.width
        y = (self.north - latitude) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)

    def radii(self, latitude: float, radius_km: float) -> tuple[float, float]:
        """Return the half axes in pixels of a circle of ``radius_km``: wider than high away from the middle."""
        middle = math.radians((self.north + self.south) / 2)
        stretch = math.cos(middle) / max(math.cos(math.radians(latitude)), 0.05)
        high = radius_km * self.pixels_per_km
        return round(high * stretch, 1), round(high, 1)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point lies in the frame."""
        east = (longitude - self.west) % 360.0
        return self.south <= latitude <= self.north and east <= self.east - self.west

    def meridians(self) -> list[float]:
        """Return the longitudes of the grid, -180 to 180, west to east."""
        step = _step(self.east - self.west)
        first = math.ceil(self.west / step)
        return [((k * step + 180.0) % 360.0) - 180.0 for k in range(first, math.floor(self.east / step) + 1)]

    def parallels(self) -> list[float]:
        """Return the latitudes of the grid, south to north."""
        step = _step(self.north - self.south)
        return [k * step for k in range(math.ceil(self.south / step), math.floor(self.north / step) + 1)]

    def scale_km(self) -> int:
        """Return a round length in km that takes at most a quarter of the width."""
        fits = [step for step in _SCALE_STEPS if step * self.pixels_per_km <= self.width / 4]
        return fits[-1] if fits else _SCALE_STEPS[0]


def _step(degrees: float) -> float:
    return next((step for step in _STEPS if degrees / step <= 8), _STEPS[-1])


def fit(circles: Sequence[Circle], width: float, height: float) -> Frame:
    """Return the frame that holds ``circles`` with a margin, in a picture of ``width`` × ``height`` pixels.

    >>> frame = fit([(50.0, 30.0, 5.0), (51.0, 31.0, 5.0)], 800, 600)
    >>> frame.south < 50 < 51 < frame.north, frame.west < 30 < 31 < frame.east
    (True, True)
    """
    longitudes = _together([longitude for _, longitude, _ in circles])
    boxes = [_box(lat, lon, km) for (lat, _, km), lon in zip(circles, longitudes, strict=True)]
    south, north = min(box[0] for box in boxes), max(box[2] for box in boxes)
    west, east = min(box[1] for box in boxes), max(box[3] for box in boxes)
    lat, lon = (south + north) / 2, (west + east) / 2
    shrink = math.cos(math.radians(lat))
    high = max((north - south) * (1 + 2 * _MARGIN), _LEAST_KM / _KM_PER_DEGREE)
    wide = max((east - west) * (1 + 2 * _MARGIN), _LEAST_KM / _KM_PER_DEGREE / shrink)
    high, wide = max(high, wide * shrink * height / width), max(wide, high * width / height / shrink)
    if wide > 360.0:  # the whole way round: the frame gets lower instead of showing places twice
        wide, height = 360.0, width * high / (360.0 * shrink)
    return Frame(lat - high / 2, lon - wide / 2, lat + high / 2, lon + wide / 2, width, round(height, 1))


def _together(longitudes: list[float]) -> list[float]:
    """Shift western longitudes where that brings the points together across the antimeridian."""
    shifted = [lon + 360.0 if lon < 0 else lon for lon in longitudes]
    spread = max(longitudes) - min(longitudes)
    return shifted if spread > 180.0 and max(shifted) - min(shifted) < spread else longitudes


def _box(latitude: float, longitude: float, radius_km: float) -> tuple[float, float, float, float]:
    high = radius_km / _KM_PER_DEGREE
    wide = min(high / max(math.cos(math.radians(latitude)), 0.05), 180.0)
    south, north = max(latitude - high, -_POLE), min(latitude + high, _POLE)
    return south, longitude - wide, north, longitude + wide
