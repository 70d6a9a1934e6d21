"""GeoNames dumps: one country, all countries, alternate names, hierarchy; read line by line, nothing is kept."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kronika.errors import GazetteerError
from kronika.gazetteer.rows import PlaceRow, Sink
from kronika.gazetteer.schema import (
    ADM1,
    ADM2,
    ADM3,
    ALTERNATE,
    DERIVED,
    HISTORIC,
    PRIMARY,
    REGION,
    SETTLEMENT,
    SITE,
    WATER,
)
from kronika.gazetteer.words import derived_names

_COLUMNS, _ALTERNATE_COLUMNS, _HIERARCHY_COLUMNS = 19, (8, 10), (2, 3)
_REGIONS = {"ADM1": ADM1, "ADM2": ADM2, "ADM3": ADM3, "ADM4": ADM3, "ADM5": ADM3}
#: Features that reports name, beside settlements and regions.
_FEATURES = {
    **dict.fromkeys(("AIRB", "AIRP", "AIRF", "PRT", "MILB", "DAM", "PSN", "PS", "BDG", "RSTN"), SITE),
    **dict.fromkeys(("RGN", "ISL", "PEN"), REGION),
    **dict.fromkeys(("LK", "STM", "SEA", "STRT", "GULF", "BAY", "RSV"), WATER),
}
_NO_SETTLEMENTS = frozenset({"PPLH", "PPLQ", "PPLW", "PPLCH"})
#: Entries of alternateNamesV2 that are no names.
_NO_LANGUAGES = frozenset({"link", "wkdt", "post", "iata", "icao", "faac", "unlc", "phon", "piny", "tcid", "abbr"})

_DATE = re.compile(r"(\d{4})(?:-?(\d{2}))?(?:-?(\d{2}))?$")


@dataclass(frozen=True, slots=True)
class Filters:
    """What to take from a dump: ``countries`` (ISO 3166 alpha-2) and GeoNames feature ``classes``; empty takes all."""

    countries: frozenset[str] = frozenset()
    classes: frozenset[str] = frozenset()


def read_dump(path: Path, into: Sink, filters: Filters, progress: Callable[[int, int], None] | None = None) -> str:
    """Add the rows of a dump (zip or text) to ``into``; returns what the index says of it.

    A place that is known keeps its row and gains names. ``progress`` is told bytes read and bytes in all.

    Raises:
        GazetteerError: the file can't be read or is no GeoNames dump.
    """
    kept = 0
    with _opened(path) as (stream, size, name):
        read = 0
        for number, raw in enumerate(stream, start=1):
            read += len(raw)
            row = _split(raw, path, number)
            if len(row) == _COLUMNS:
                kept += _add_place(row, into, filters)
            elif len(row) in _ALTERNATE_COLUMNS:
                kept += _add_name(row, into)
            elif len(row) in _HIERARCHY_COLUMNS and row[0].isdigit() and row[1].isdigit():
                kept += _add_parent(row, into)
            else:
                raise GazetteerError(
                    f"{path}, line {number} has {len(row)} columns",
                    "a GeoNames dump has 19, alternateNamesV2 has 10, hierarchy has 3",
                )
            if progress is not None and number % 20_000 == 0:
                progress(read, size)
    return f"{name}: {kept} rows taken" + _stated(filters)


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Return dumps with those of places first: names and parents are only kept for places that are known.

    Raises:
        GazetteerError: a file can't be read.
    """

    def rank(path: Path) -> bool:
        with _opened(path) as (stream, _, _name):
            return len(stream.readline().split(b"\t")) != _COLUMNS

    return sorted(paths, key=rank)


def _stated(filters: Filters) -> str:
    parts = [", ".join(sorted(part)) for part in (filters.countries, filters.classes) if part]
    return f" ({'; '.join(parts)})" if parts else ""


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int, str]]:
    """Open a dump; in an archive, the biggest text file that is no readme."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as stream:
                yield stream, path.stat().st_size, path.name
            return
        with zipfile.ZipFile(path) as archive:
            texts = [info for info in archive.infolist() if info.filename.endswith(".txt")]
            texts = [info for info in texts if "readme" not in info.filename.lower()]
            if not texts:
                raise GazetteerError(f"there is no text file in {path}", "a GeoNames archive holds CC.txt")
            info = max(texts, key=lambda text: text.file_size)
            with archive.open(info) as member:
                yield io.BufferedReader(member), info.file_size, f"{path.name}/{info.filename}"  # type: ignore[type-var]
    except (OSError, zipfile.BadZipFile) as error:
        raise GazetteerError(f"{path} can't be read: {error}") from error


def _split(raw: bytes, path: Path, number: int) -> list[str]:
    try:
        return raw.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise GazetteerError(f"{path}, line {number} is not UTF-8") from error


def _kind(feature_class: str, code: str, filters: Filters) -> str | None:
    if filters.classes and feature_class not in filters.classes:
        return None
    if feature_class == "P":
        return None if code in _NO_SETTLEMENTS else SETTLEMENT
    return _REGIONS.get(code) or _FEATURES.get(code)


def _add_place(row: list[str], into: Sink, filters: Filters) -> bool:
    if filters.countries and row[8] not in filters.countries:
        return False
    kind = _kind(row[6], row[7], filters)
    if kind is None:
        return False
    try:
        place, lat, lon = int(row[0]), float(row[4]), float(row[5])
        population = int(row[14] or 0)
    except ValueError as error:
        raise GazetteerError(f"the row {row[0]!r} of a dump has no numbers where they belong") from error
    second = row[11] if kind != ADM1 else ""
    into.put(PlaceRow(place, row[1], lat, lon, row[8] or None, row[10], second, population, kind))
    into.name(row[1], place, PRIMARY)
    for name in filter(None, (row[2], *row[3].split(","))):
        into.name(name, place, ALTERNATE)
    if kind in (ADM1, ADM2):
        for name in derived_names(row[1]):
            into.name(name, place, DERIVED)
    return True


def _add_name(row: list[str], into: Sink) -> bool:
    """Add a row of alternateNamesV2: id, place, language, name, preferred, short, colloquial, historic, from, to."""
    if row[2] in _NO_LANGUAGES or not row[1].isdigit() or not into.knows(int(row[1])):
        return False
    place = int(row[1])
    into.name(row[3], place, HISTORIC if row[7] == "1" else ALTERNATE)
    valid_from, valid_to = (_date(value) for value in (*row[8:10], "", "")[:2])
    if valid_from or valid_to:
        into.date(row[3], place, valid_from, valid_to)
    return True


def _date(value: str) -> str | None:
    """Return a date of alternateNamesV2 in ISO 8601, None where it is no date: "19911225", "1961", "ca. 1830"."""
    found = _DATE.match(value)
    return "-".join(part for part in found.groups() if part) if found else None


def _add_parent(row: list[str], into: Sink) -> bool:
    """Add a row of hierarchy: parent, child, type ("ADM" where both are administrative units)."""
    if not into.knows(int(row[1])):
        return False
    into.lies_in(int(row[1]), int(row[0]))
    return True
