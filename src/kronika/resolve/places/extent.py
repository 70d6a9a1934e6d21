"""How far a place reaches: the level that its kind stands for, and the circle around its point."""

from __future__ import annotations

from kronika.gazetteer import Place
from kronika.gazetteer.schema import ADM1, ADM2, ADM3, CONTINENT, COUNTRY, REGION, SETTLEMENT, SITE, WATER
from kronika.records import PlacePrecision

#: Kind in the gazetteer -> level in the record.
PRECISION = {
    COUNTRY: PlacePrecision.COUNTRY,
    CONTINENT: PlacePrecision.REGION,
    ADM1: PlacePrecision.ADMIN1,
    ADM2: PlacePrecision.ADMIN2,
    ADM3: PlacePrecision.ADMIN2,
    SETTLEMENT: PlacePrecision.SETTLEMENT,
    SITE: PlacePrecision.SITE,
    REGION: PlacePrecision.REGION,
    WATER: PlacePrecision.WATER,
}
#: Circles in km where the data give none: the usual size of such a place.
_RADIUS_KM = {
    COUNTRY: 400.0,
    CONTINENT: 3000.0,
    ADM1: 100.0,
    ADM2: 30.0,
    ADM3: 15.0,
    SITE: 2.0,
    REGION: 150.0,
    WATER: 200.0,
}


def radius_km(place: Place) -> float:
    """Return the circle, in km, within which what is said to happen in ``place`` lies."""
    if place.radius_km is not None:
        return place.radius_km
    if place.kind == SETTLEMENT:
        return round(min(25.0, max(2.0, (place.population / 4000) ** 0.5)), 1)  # some 1,300 people a square km
    return _RADIUS_KM[place.kind]
