"""What a place name could mean: candidates from the gazetteer, and how likely each is before the text is asked."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import numpy as np

from kronika.gazetteer import Gazetteer, Place, name_key
from kronika.gazetteer.not_places import not_places
from kronika.gazetteer.schema import (
    ADM1,
    ADM2,
    ADM3,
    ALTERNATE,
    CODE,
    CONTINENT,
    COUNTRY,
    DERIVED,
    HISTORIC,
    OWN,
    PRIMARY,
    QUARTER,
    REGION,
    RESPELLED,
    SETTLEMENT,
    SITE,
    STREET,
    WATER,
)
from kronika.gazetteer.words import without_article, words
from kronika.records.quick import replace

#: At most this many candidates a name, by population with a bonus for countries and first-level regions.
LIMIT = 60
_KIND = {
    COUNTRY: 2.4,
    CONTINENT: 2.0,
    ADM1: 0.9,
    SETTLEMENT: 0.6,
    ADM2: 0.0,
    ADM3: 0.0,
    SITE: 1.6,
    REGION: 3.6,
    WATER: 3.2,
}
_SOURCE = {OWN: -2.0, PRIMARY: 0.0, ALTERNATE: 0.6, DERIVED: 1.3, HISTORIC: 0.9, CODE: 0.4, RESPELLED: 1.2}
#: What a type word adds for a candidate of each kind: "region" wants regions, "village of" settlements.
_LEVEL = {
    ADM1: {ADM1: 2.5, ADM2: 0.5, SETTLEMENT: -2.5},
    ADM2: {ADM2: 2.5, ADM3: 1.5, ADM1: -0.5, SETTLEMENT: -2.0},
    REGION: {ADM1: 2.0, REGION: 2.0, ADM2: 0.8, SETTLEMENT: -1.5},
    SETTLEMENT: {SETTLEMENT: 1.5, ADM1: -2.0, ADM2: -1.5},
    WATER: {WATER: 3.0, SETTLEMENT: -4.5, ADM1: -4.0, ADM2: -4.0, ADM3: -4.0},
    SITE: {SITE: 2.0, REGION: 1.0},
    QUARTER: {SITE: 1.0, SETTLEMENT: -0.5, ADM2: -0.5},
    STREET: {SITE: 1.0, SETTLEMENT: -3.5, ADM1: -2.5, ADM2: -2.5, REGION: -2.5, WATER: -2.5},
}
#: The level of a name that stands where a region or country does: "Ufa (Bashkortostan)", "Sudzha, Kursk".
CONTAINER = "IN"
_LEVEL[CONTAINER] = {ADM1: 1.2, ADM2: 0.6, ADM3: 0.3, COUNTRY: 0.5, REGION: 0.5, SETTLEMENT: -0.6}
#: Inhabitants of a district of which the data know no settlement.
_DISTRICT = 10_000
#: What a settlement weighs more by the number of names it has in all languages (natural logarithm, up to _FAMED): the
#: Lourdes that the world knows has twenty; and what it takes not to lose by it.
_FAME, _FAMED, _HARDLY_KNOWN = 0.4, 3.0, 2.5
#: A country's capital is what reports from elsewhere mean by its name.
_CAPITAL = 1.5
#: A country's own name is hardly ever used for a town or a region that shares it.
_OWN_NAME = 2.0
#: Only so many of a name's towns are asked for a region that bears their name; how alike the names must be (0 to 1).
_TOWNS_OF_REGIONS, _ALIKE = 3, 0.8
#: What a name that is a common word or a compass adjective ("Western") weighs less; what features of dumps weigh.
_COMMON, _FEATURE = 2.5, -0.6
#: What a name weighs less outside its dates; old names weigh less by their source.
_OUT_OF_DATE = 0.5
#: Kinds that everybody knows, and inhabitants from which everybody knows a settlement.
_FAMOUS_KINDS, _FAMOUS_POPULATION = frozenset((COUNTRY, ADM1, REGION, WATER)), 200_000
_SAINT = {"st": "saint", "ft": "fort", "mt": "mount", "ste": "sainte"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with its prior: a log weight from population, kind, source of the name and type word."""

    place: Place
    prior: float


class Flags(NamedTuple):
    """Truths of each of some candidates: its kind, whether it can contain others, what its record names."""

    is_country: Any
    is_first: Any
    is_second: Any
    is_settlement: Any
    is_third: Any
    is_small: Any
    is_local: Any
    contains: Any
    is_in_region: Any
    has_first: Any
    has_second: Any


class Choices(tuple[Choice, ...]):
    """The candidates of a name, best prior first, with what is asked of all of them: found once, since names recur."""

    @cached_property
    def numbers(self) -> Any:
        """Rows of prior, latitude and longitude (degrees; nan where a place has no point)."""
        points = [(choice.prior, choice.place.latitude, choice.place.longitude) for choice in self]
        return np.array(points, dtype=float).T

    @cached_property
    def flags(self) -> Any:
        """Rows of :class:`Flags`, in their order."""
        return np.array([_flags(choice.place) for choice in self]).T

    @cached_property
    def countries(self) -> list[str]:
        """What candidates in one country share."""
        return [choice.place.country or f"?{choice.place.id}" for choice in self]

    @cached_property
    def firsts(self) -> list[str]:
        """What candidates in one first-level region share."""
        places = [choice.place for choice in self]
        return [f"{place.country}.{place.admin1}" if place.admin1 else f"?{place.id}" for place in places]

    @cached_property
    def seconds(self) -> list[str]:
        """What candidates in one second-level region share."""
        places = [choice.place for choice in self]
        return [f"{place.country}.{place.admin1}.{place.admin2}" for place in places]

    @cached_property
    def are_dated(self) -> bool:
        """Whether some bore the name only from or until some day."""
        return any(choice.place.valid_from or choice.place.valid_to for choice in self)

    @cached_property
    def is_famous(self) -> bool:
        """Whether the name is first of all that of a place everybody knows."""
        own = (choice.place for choice in self if choice.place.source <= PRIMARY)
        return any(place.kind in _FAMOUS_KINDS or place.population >= _FAMOUS_POPULATION for place in own)

    @cached_property
    def likeliest(self) -> Choices:
        """The first :data:`LIMIT` of them."""
        return self if len(self) <= LIMIT else Choices(self[:LIMIT])


def _flags(place: Place) -> Flags:
    kind = place.kind
    return Flags(
        is_country=kind == COUNTRY,
        is_first=kind == ADM1,
        is_second=kind == ADM2,
        is_settlement=kind == SETTLEMENT,
        is_third=kind == ADM3,
        is_small=kind in (SETTLEMENT, SITE),
        is_local=kind in (SETTLEMENT, SITE, ADM3),
        contains=kind in (COUNTRY, ADM1, ADM2),
        is_in_region=kind not in (COUNTRY, CONTINENT),
        has_first=bool(place.country and place.admin1),
        has_second=bool(place.admin2),
    )


def candidates(surface: str, level: str | None, gazetteer: Gazetteer, date: str | None = None) -> Choices:
    """Return what ``surface`` could mean, beside a type word that asks for ``level``; best prior first.

    ``date`` is the text's (ISO 8601): a name that was in use then is no old name. Old names stay in use, so that one
    which is out of date only weighs less.
    """
    found = _undated(surface, level, gazetteer)
    if date is not None and found.are_dated:
        found = Choices(sorted((_at(choice, date) for choice in found), key=_rank))
    return found.likeliest


@lru_cache(maxsize=1024)
def respelled(surface: str, level: str | None, gazetteer: Gazetteer) -> Choices:
    """Return the places that ``surface`` may be another romanisation of; for names that no place bears as written."""
    found = (Choice(place, prior_of(place, level)) for place in gazetteer.by_spelling(name_key(surface)))
    return Choices(sorted(found, key=_rank)[:LIMIT])


def _rank(choice: Choice) -> tuple[float, int]:
    return -choice.prior, choice.place.id


@lru_cache(maxsize=4096)
def _undated(surface: str, level: str | None, gazetteer: Gazetteer) -> Choices:
    """Return every candidate, best prior first; kept, since the articles of one war name the same places."""
    found: dict[int, Choice] = {}
    for key, penalty in _pooled(surface):
        _add(found, gazetteer, key, level, penalty, surface)
    if not found:
        for key, penalty in _fallbacks(surface):
            _add(found, gazetteer, key, level, penalty, surface)
            if found:
                break
    if not found and (key := without_article(name_key(surface))):
        _add(found, gazetteer, key, level, 0.5, surface)
        found = {number: choice for number, choice in found.items() if choice.place.country in words().article}
    if level in (ADM1, REGION):
        _add_regions(found, gazetteer, level)
    return Choices(sorted(found.values(), key=_rank))


def _pooled(surface: str) -> list[tuple[str, float]]:
    """Keys that mean the same as ``surface``."""
    key = name_key(re.sub(r"['’]s?$", "", surface))
    keys = {name_key(surface): 0.0, key: 0.0}
    lists = words()
    short = key.replace(" ", "") if len(key) <= 5 else key  # "W. Va.", "N.M."
    if short in lists.abbreviations:
        keys[lists.abbreviations[short]] = 0.0
    if key in lists.regional:
        keys[lists.regional[key]] = 0.0
    first, _, rest = key.partition(" ")
    if rest and first in _SAINT:
        keys[f"{_SAINT[first]} {rest}"] = 0.0
    return [*keys.items(), *((name, 0.0) for name in _demonym(key))]


@lru_cache(maxsize=256)
def _demonym(key: str) -> tuple[str, ...]:
    code = words().demonyms.get(key)
    if code is None:
        return ()
    from babel import Locale

    return (name_key(Locale("en").territories[code]),)


def _fallbacks(surface: str) -> list[tuple[str, float]]:
    """Keys that are worth a try only where nothing bears the name as written."""
    key = name_key(surface)
    lists = words()
    parts = key.split(" ")
    keys: list[tuple[str, float]] = []
    kept = [part for part in parts if part not in lists.types]
    if lists.types.get(parts[-1]) in (QUARTER, STREET):
        return []  # "Royal Street" is not Royal
    if kept and len(kept) < len(parts):
        keys.append((" ".join(kept[1:] if kept[0] == "of" else kept), 1.0))
    keys.extend(
        (" ".join(parts[count:]), 2.0)
        for count in (2, 1)
        if len(parts) > count and " ".join(parts[:count]) in lists.prefixes
    )
    if "," in surface:
        keys.append((name_key(surface.split(",")[0]), 1.0))
    return [(key, penalty) for key, penalty in keys if key]


def _add(
    found: dict[int, Choice], gazetteer: Gazetteer, key: str, level: str | None, penalty: float, surface: str
) -> None:
    acronym = surface.isupper() and len(key) <= 3
    common = all(part in not_places().common for part in surface.split())
    for place in gazetteer.by_key(key):
        if place.source == CODE and not surface.isupper():
            continue
        if acronym and place.kind == SETTLEMENT and place.source != CODE:
            continue  # "EU" is no town in France
        prior = (
            prior_of(place, level)
            - 0.6 * penalty
            - _COMMON * common
            + (_CAPITAL if place.id in gazetteer.capitals else 0.0)
        )
        known = found.get(place.id)
        if known is None or known.prior < prior:
            found[place.id] = Choice(place, prior)


def _add_regions(found: dict[int, Choice], gazetteer: Gazetteer, level: str) -> None:
    """Add the regions that are named after a town, where the name is one that only the town is known by."""
    towns = [choice.place for choice in found.values() if choice.place.kind == SETTLEMENT]
    for town in sorted(towns, key=lambda place: -place.population)[:_TOWNS_OF_REGIONS]:
        unit = gazetteer.unit(town.country, town.admin1) if town.admin1 else None
        if unit is not None and unit.id not in found and _named_after(unit.name, town.name):
            found[unit.id] = Choice(unit, prior_of(replace(unit, source=max(town.source, ALTERNATE)), level))


def _at(choice: Choice, date: str) -> Choice:
    """A candidate whose name has dates, weighed by whether it was the place's on ``date``."""
    place = choice.place
    if not place.valid_from and not place.valid_to:
        return choice
    in_use = (place.valid_from or "") <= date <= (place.valid_to or "9999") + "~"
    change = _SOURCE[place.source] if in_use else -_OUT_OF_DATE * (place.source != HISTORIC)
    return Choice(place, choice.prior + change)


def _named_after(region: str, town: str) -> bool:
    types = words().types
    parts = (part for part in name_key(region).split(" ") if part not in types)
    one, other = (without_article(key) or key for key in (" ".join(parts), name_key(town)))
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def prior_of(place: Place, level: str | None) -> float:
    """Return the log weight of a candidate; weights measured by hand on three corpora of news, see docs/accuracy.md."""
    source = _SOURCE[place.source]
    if place.source == DERIVED and place.kind == ADM1 and place.country != "US":
        source = 1.6
    if level is not None and place.source == DERIVED and place.kind in (ADM1, ADM2):
        source = 0.3  # "Bryansk region" is how the region is called
    own = _OWN_NAME if place.kind == COUNTRY and place.source <= PRIMARY else 0.0
    wanted = _LEVEL.get(level, {}).get(place.kind, 0.0) if level else 0.0
    # the few seas, regions and sites of the supplement are known names; in a dump every brook is one
    kind = _FEATURE if place.id > 0 and place.kind in (SITE, REGION, WATER) else _KIND[place.kind]
    fame = _FAME * (min(math.log1p(place.known), _FAMED) - _HARDLY_KNOWN) if place.kind == SETTLEMENT else 0.0
    population = place.population or (_DISTRICT if place.kind == ADM2 else 0)
    return 0.532 * math.log10(population + 50) + kind - source + wanted + own + fame
