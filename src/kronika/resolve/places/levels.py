"""One name, several levels: a town, the district and the region around it, told apart or taken as one."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kronika.gazetteer import Place
from kronika.gazetteer.schema import ADM1, ADM2, ADM3, DERIVED, REGION, SETTLEMENT
from kronika.records.quick import quick

_UNITS = (ADM1, ADM2, ADM3)
#: How far from a settlement the middle of a unit may be that is the same place at another level.
_TOWN_KM, _REGION_KM = 25.0, 250.0
#: The share of a region's people that live in the town that the bare name means.
_HEAD = 0.1
#: The share from which a region around a city goes before the city that is a region.
_AROUND = 0.05


@quick
@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and its share (0 to 1) of the weight of all candidates of a name."""

    place: Place
    share: float


def settled(ranked: list[Ranked], level: str | None) -> list[Ranked]:
    """Let a settlement and the units around it that bear its name count as one: the level differs, not the place.

    The likelier of them is the answer, but the settlement where the unit is only called so in short, or is no wider
    than a town's surroundings. Units keep their own share where a type word tells the levels apart.
    """
    best = ranked[0]
    if best.place.kind not in (*_UNITS, SETTLEMENT):
        return ranked
    group = [item for item in ranked if item is best or _same_spot(best.place, item.place)]
    share = min(1.0, sum(item.share for item in group))
    chosen = best
    if level in (ADM1, REGION) and best.place.kind == ADM1 and _is_city(best.place, ranked):
        # "Moscow region" is the oblast around the city that is a region of its own
        around = [i for i in ranked if i.place.kind == ADM1 and i.place.country == best.place.country and i is not best]
        if around and around[0].share > _AROUND:
            chosen, share = around[0], min(1.0, best.share + around[0].share)
    if level is None and best.place.kind in _UNITS:
        towns = [item for item in group if item.place.kind == SETTLEMENT]
        if towns and (
            best.place.source == DERIVED
            or _km(best.place, towns[0].place) < _TOWN_KM
            or _is_head(towns[0].place, best.place)
        ):
            chosen = towns[0]
    others = [item for item in ranked if item is not chosen]
    return [Ranked(chosen.place, share), *others]


def _is_head(town: Place, unit: Place) -> bool:
    """Whether so much of a region lives in the town of its name that the bare name is first of all the town's."""
    seat = unit.kind == ADM2 and town.admin2 == unit.admin2
    return (seat or town.source <= unit.source) and town.population >= _HEAD * unit.population


def _is_city(unit: Place, ranked: list[Ranked]) -> bool:
    """Whether a first-level unit is a city: most of its people live in the settlement of its name."""
    towns = (item.place for item in ranked if item.place.kind == SETTLEMENT)
    inside = (town for town in towns if (town.country, town.admin1) == (unit.country, unit.admin1))
    return any(_km(town, unit) < _TOWN_KM and town.population > unit.population / 2 for town in inside)


def _same_spot(one: Place, other: Place) -> bool:
    """Whether two places of one name are a settlement and a unit around it, or the same spot twice."""
    if one.country != other.country or one.admin1 != other.admin1:
        return False
    if other.kind not in (*_UNITS, SETTLEMENT):
        return False
    if {one.kind, other.kind} == {ADM1, SETTLEMENT} and one.admin1:
        return True  # the capital of a wide region lies far from its middle
    km = _km(one, other)
    if one.kind == SETTLEMENT and other.kind == SETTLEMENT:
        return km < _TOWN_KM
    if ADM1 in (one.kind, other.kind):
        return km < _REGION_KM
    return km < 2 * _TOWN_KM


def _km(one: Place, other: Place) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    north = math.radians(one.latitude - other.latitude)
    east = math.radians(one.longitude - other.longitude) * math.cos(math.radians(one.latitude + other.latitude) / 2)
    return 6371.0 * math.hypot(north, east)
