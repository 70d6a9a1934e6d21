"""Places: where, at the level that the text names and no finer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kronika.records.quick import quick
from kronika.records.span import Span


class PlacePrecision(StrEnum):
    """The level of the named place."""

    SITE = "site"
    SETTLEMENT = "settlement"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    REGION = "region"  # a region that is no administrative unit, or spans several
    COUNTRY = "country"
    WATER = "water"  # sea, strait, river
    NONE = "none"


class PlaceRelation(StrEnum):
    """How the happening stands to the named place."""

    IN = "in"
    NEAR = "near"
    OVER = "over"
    BETWEEN = "between"
    FROM = "from"
    TOWARDS = "towards"


@quick
@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that the name could also mean, and why it was refused."""

    id: str
    name: str
    country: str | None
    score: float
    reason: str


@quick
@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place as the text gives it.

    ``surface`` is the name as written, ``name`` the gazetteer's, ``id`` the gazetteer's ("geonames:524901");
    ``country`` is ISO 3166 alpha-2, ``admin1`` a name. ``latitude`` and ``longitude`` are degrees (WGS 84) of the
    named place, ``radius_km`` the circle within which the happening lies, ``score`` the calibrated probability
    that the name means this place (0 to 1). An unresolved place keeps ``surface`` and ``span`` and says why in
    ``reason``; its coordinates are None. ``chosen`` says how the place became the event's ("same clause",
    "dateline" …). For ``between``, ``other`` is the second place.
    """

    surface: str
    span: Span
    id: str | None = None
    name: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: PlacePrecision = PlacePrecision.NONE
    radius_km: float | None = None
    relation: PlaceRelation = PlaceRelation.IN
    score: float | None = None
    reason: str | None = None
    chosen: str | None = None
    stated_country: str | None = None  # the country the text itself puts it in, right or wrong
    stated_span: Span | None = None
    other: str | None = None
    candidates: tuple[Candidate, ...] = ()
