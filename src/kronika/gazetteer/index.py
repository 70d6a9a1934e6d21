"""Look-ups: names to places, over the index that is built on first use."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kronika.errors import GazetteerError
from kronika.gazetteer.keys import key_hash, name_key
from kronika.gazetteer.schema import COUNTRY, RESPELLED, SCHEMA, SETTLEMENT
from kronika.gazetteer.spelling import spelling
from kronika.gazetteer.words import words

#: The index that the user has built from dumps or own places; it goes before the one of the packages.
OWN_INDEX = f"gazetteer-own-v{SCHEMA}.sqlite"
_CACHED_KEYS = 20_000
#: Bits of a hash below those that say in which part of the sorted hashes it is: a part holds few.
_PART = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the index. ``id`` is GeoNames', negative where it has none; ``source`` says how the name fits.

    ``country`` is ISO 3166 alpha-2; ``admin1`` and ``admin2`` are GeoNames' codes; ``kind`` is one of
    :data:`kronika.gazetteer.schema.KINDS`; ``radius_km`` only where a source gives it; ``known`` is the number of its
    names, over all languages: how far it is known.
    ``valid_from`` and ``valid_to`` (ISO 8601 or beginnings of it) say when the name looked up was the place's.
    """

    id: int
    name: str
    latitude: float | None
    longitude: float | None
    country: str | None
    admin1: str
    admin2: str
    population: int
    kind: str
    radius_km: float | None
    known: int
    source: int
    valid_from: str | None = None
    valid_to: str | None = None

    @property
    def uri(self) -> str:
        """The id as records carry it."""
        return f"geonames:{self.id}" if self.id > 0 else f"kronika:{-self.id}"


class Gazetteer:
    """An open index. Names are looked up by :func:`kronika.gazetteer.name_key`; results are cached."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise GazetteerError(f"there is no gazetteer at {path}", "kronika gazetteer build")
        try:
            self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self.meta: dict[str, str] = dict(self._connection.execute("SELECT key, value FROM meta"))
            (blob,) = self._connection.execute("SELECT hashes FROM filter").fetchone()
        except (sqlite3.Error, TypeError) as error:
            raise GazetteerError(f"the gazetteer {path} is damaged: {error}", "kronika gazetteer build") from error
        if self.meta.get("schema") != str(SCHEMA):
            raise GazetteerError(f"the gazetteer {path} is of another version", "kronika gazetteer build")
        self.path = path
        #: Ids of the countries' capitals.
        self.capitals = frozenset(json.loads(self.meta["capitals"]))
        self._hashes = array("I")
        self._hashes.frombytes(blob)
        self._parts = [bisect_left(self._hashes, part << _PART) for part in range((1 << 32 - _PART) + 1)]
        self._found: dict[str, tuple[Place, ...]] = {}
        self._countries: dict[str, int] = {}
        self._places: dict[int, Place | None] = {}
        self._units: dict[tuple[str, str, str], tuple[int, str] | None] = {}

    @property
    def version(self) -> str:
        """The schema and the content of the index; every resolved place rests on it."""
        return self.meta["version"]

    def may_hold(self, key: str) -> bool:
        """Whether some place may have this key; False is certain. Without SQL, for most words of a text."""
        wanted = key_hash(key)
        part = wanted >> _PART
        place = bisect_left(self._hashes, wanted, self._parts[part], self._parts[part + 1])
        return place < len(self._hashes) and self._hashes[place] == wanted

    def by_key(self, key: str) -> tuple[Place, ...]:
        """Return the places of a key, the most populous first."""
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _CACHED_KEYS:
                self._found.clear()
            found = self._found[key] = self._select(key) if self.may_hold(key) else ()
        return found

    def find(self, name: str) -> tuple[Place, ...]:
        """Return the places that bear ``name``, the most populous first."""
        return self.by_key(name_key(name))

    def by_spelling(self, key: str) -> tuple[Place, ...]:
        """Return the places that are romanised like ``key`` somewhere; only their surroundings tell which it is."""
        spelled = spelling(key)
        if not spelled:
            return ()
        rows = self._connection.execute(
            "SELECT place.id, name, lat, lon, cc, a1, a2, pop, kind, radius_km, known, ? FROM alike"
            " JOIN place ON place.id = alike.id WHERE h = ? ORDER BY pop DESC, place.id LIMIT 100",
            (RESPELLED, key_hash(spelled)),
        )
        return tuple(Place(*row) for row in rows)

    def _select(self, key: str) -> tuple[Place, ...]:
        rows = self._connection.execute(
            "SELECT place.id, place.name, lat, lon, cc, a1, a2, pop, kind, radius_km, known, src, valid_from, valid_to"
            " FROM name JOIN place ON place.id = name.id LEFT JOIN dated ON dated.n = name.n AND dated.id = name.id"
            " WHERE name.n = ? ORDER BY pop DESC, place.id LIMIT 400",
            (key,),
        )
        return tuple(Place(*row) for row in rows)

    def unit_name(self, country: str | None, admin1: str, admin2: str = "") -> str | None:
        """Return the name of the region with these codes (GeoNames'), None where it is not known."""
        found = self._unit(country, admin1, admin2)
        return found[1] if found else None

    def unit(self, country: str | None, admin1: str, admin2: str = "") -> Place | None:
        """Return the region with these codes (GeoNames'), None where it is not known."""
        found = self._unit(country, admin1, admin2)
        return self.by_id(found[0]) if found else None

    def _unit(self, country: str | None, admin1: str, admin2: str) -> tuple[int, str] | None:
        key = (country or "", admin1, admin2)
        if key not in self._units:
            query = "SELECT id, name FROM unit WHERE cc = ? AND a1 = ? AND a2 = ?"
            self._units[key] = self._connection.execute(query, key).fetchone()
        return self._units[key]

    def country_place(self, country: str) -> Place | None:
        """Return the country with this code (ISO 3166 alpha-2)."""
        if not self._countries:
            rows = self._connection.execute("SELECT cc, id FROM place WHERE kind = ?", (COUNTRY,))
            self._countries = dict(rows.fetchall())
        number = self._countries.get(country)
        return None if number is None else self.by_id(number)

    def by_id(self, number: int) -> Place | None:
        """Return the place with this id."""
        if number not in self._places:
            query = "SELECT id, name, lat, lon, cc, a1, a2, pop, kind, radius_km, known, 0 FROM place WHERE id = ?"
            row = self._connection.execute(query, (number,)).fetchone()
            self._places[number] = Place(*row) if row else None
        return self._places[number]

    def towns_within(self, south: float, west: float, north: float, east: float, limit: int) -> list[Place]:
        """Return the most populous settlements of a box in degrees; its east or west may pass ±180."""
        turned = " OR ".join(f"lon + {whole} BETWEEN :west AND :east" for whole in (0.0, 360.0, -360.0))
        rows = self._connection.execute(
            "SELECT id, name, lat, lon, cc, a1, a2, pop, kind, radius_km, known, 0 FROM place"
            f" WHERE kind = :kind AND pop > 0 AND lat BETWEEN :south AND :north AND ({turned})"
            " ORDER BY pop DESC, id LIMIT :limit",
            {"kind": SETTLEMENT, "south": south, "north": north, "west": west, "east": east, "limit": limit},
        )
        return [Place(*row) for row in rows]

    def country_of_demonym(self, word: str) -> str | None:
        """Return the country (ISO 3166 alpha-2) that a demonym stands for: "Ukrainians" -> "UA"."""
        return words().demonyms.get(name_key(word))

    def country_of_name(self, name: str) -> str | None:
        """Return the country (ISO 3166 alpha-2) that ``name`` names, None where it names none."""
        found = [place for place in self.find(name) if place.kind == COUNTRY]
        return min(found, key=lambda place: (place.source, -place.population)).country if found else None

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def cache_folder() -> Path:
    """Return the folder of the index: ``KRONIKA_CACHE``, else the user's cache folder of this system."""
    stated = os.environ.get("KRONIKA_CACHE")
    if stated:
        return Path(stated)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "kronika"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kronika"


def default_path() -> Path:
    """Return where the index of the installed packages is, named by what it is built from."""
    from kronika.gazetteer.packages import package_versions
    from kronika.gazetteer.supplement import supplement_text

    inputs = f"{sorted(package_versions().items())}{supplement_text()}{_word_lists()}"
    return cache_folder() / f"gazetteer-v{SCHEMA}-{sha256(inputs.encode()).hexdigest()[:12]}.sqlite"


def _word_lists() -> str:
    from importlib.resources import files

    data = files("kronika.gazetteer") / "data"
    return (data / "words.yaml").read_text("utf-8") + (data / "countries.csv").read_text("utf-8")


def index_to_build() -> Path | None:
    """Return where the index is going to be built on first use, None if there is one."""
    standard = default_path()
    return None if (cache_folder() / OWN_INDEX).exists() or standard.exists() else standard


def open_gazetteer(path: Path | None = None) -> Gazetteer:
    """Return the gazetteer: at ``path``, else the user's own, else that of the packages, built on first use.

    Raises:
        GazetteerError: it is missing, damaged or can't be built.
    """
    return _open(path, cache_folder())


@lru_cache(maxsize=2)
def _open(path: Path | None, folder: Path) -> Gazetteer:
    if path is not None:
        return Gazetteer(path)
    if (folder / OWN_INDEX).exists():
        return Gazetteer(folder / OWN_INDEX)
    standard = default_path()
    if not standard.exists():
        from kronika.gazetteer.build import build_index

        build_index(standard)
    return Gazetteer(standard)
