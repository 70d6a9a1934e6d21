"""The supplement, and a user's own places: a CSV of what GeoNames lacks, checked row by row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib.resources import files
from io import StringIO
from pathlib import Path

from kronika.errors import GazetteerError
from kronika.gazetteer.rows import Collected, PlaceRow, derived_id
from kronika.gazetteer.schema import ALTERNATE, HISTORIC, KINDS, OWN, PRIMARY, SETTLEMENT

COLUMNS = (
    *("sid", "name", "variants", "kind", "cc", "a1", "lat", "lon", "radius_km"),
    *("same_as", "valid_from", "valid_to", "source_url", "note"),
)
#: The origin of a user's rows.
OF_USER = "own"
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def supplement_text() -> str:
    """Return the supplement that is shipped with kronika, as CSV."""
    return (files("kronika.gazetteer") / "data/supplement.csv").read_text("utf-8")


def read_supplement(into: Collected, text: str, where: str, origin: str) -> int:
    """Add the rows of a supplement; returns their number.

    A row with ``same_as`` (a GeoNames id) gives that place further names; any other row is a place of its own, with
    coordinates and the radius in km within which it lies.

    ``origin`` goes into ids; that of a user's rows is ``OF_USER``, whose names go before all others.

    Raises:
        GazetteerError: a row breaks the rules; says which and why.
    """
    seen: set[str] = set()
    for number, row in _rows(text, where):
        sid = row["sid"]
        if not sid or sid in seen:
            raise GazetteerError(f"{where}, row {number}: the sid {sid!r} is empty or not unique")
        seen.add(sid)
        _check_sources(row, f"{where}, row {number} ({sid})")
        if row["same_as"]:
            _add_names(into, row, f"{where}, row {number} ({sid})", origin)
        else:
            _add_place(into, row, f"{where}, row {number} ({sid})", origin)
    return len(seen)


def stated_ids(text: str, where: str) -> list[int]:
    """Return the GeoNames ids that rows name as ``same_as``, in order, each once."""
    found = (row["same_as"] for _, row in _rows(text, where))
    return sorted({int(number) for number in found if number.isdigit()})


def read_file(path: Path) -> str:
    """Return the text of a user's CSV. Raises :class:`GazetteerError` where it can't be read."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise GazetteerError(f"{path} can't be read: {error}", "it must be CSV in UTF-8") from error


def _rows(text: str, where: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(StringIO(text))
    missing = [column for column in ("sid", "name", "source_url") if column not in (reader.fieldnames or ())]
    if missing:
        raise GazetteerError(f"{where} lacks the column {missing[0]!r}", "the columns are: " + ", ".join(COLUMNS))
    for number, row in enumerate(reader, start=2):
        yield number, {column: (row.get(column) or "").strip() for column in COLUMNS}


def _check_sources(row: dict[str, str], where: str) -> None:
    if not row["source_url"]:
        raise GazetteerError(f"{where} names no source", "no source, no row")
    dates = [row[column] for column in ("valid_from", "valid_to") if row[column]]
    if any(not _DATE.fullmatch(date) for date in dates) or dates != sorted(dates):
        raise GazetteerError(f"{where}: the dates {dates} are no ISO dates in order")


def _add_names(into: Collected, row: dict[str, str], where: str, origin: str) -> None:
    try:
        place = into.places.get(int(row["same_as"]))
    except ValueError:
        place = None
    if place is None:
        raise GazetteerError(f"{where}: there is no place {row['same_as']} in the index")
    source = HISTORIC if row["valid_to"] else OWN if origin == OF_USER else ALTERNATE
    for name in (row["name"], *filter(None, row["variants"].split("|"))):
        into.name(name, place.id, source)
        if row["valid_from"] or row["valid_to"]:
            into.date(name, place.id, row["valid_from"] or None, row["valid_to"] or None)


def _add_place(into: Collected, row: dict[str, str], where: str, origin: str) -> None:
    kind = row["kind"] or SETTLEMENT
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
        radius = float(row["radius_km"]) if row["radius_km"] else None
    except ValueError as error:
        raise GazetteerError(f"{where}: latitude, longitude and radius must be numbers") from error
    if not (-90 <= lat <= 90 and -180 <= lon <= 180) or kind not in KINDS:
        raise GazetteerError(f"{where}: no such point or kind ({lat}, {lon}, {kind})", "kinds: " + ", ".join(KINDS))
    if row["cc"] and not re.fullmatch("[A-Z]{2}", row["cc"]):
        raise GazetteerError(f"{where}: {row['cc']!r} is no ISO 3166 alpha-2 code")
    number = derived_id(f"{origin}:{row['sid']}")
    into.places[number] = PlaceRow(
        number, row["name"], lat, lon, row["cc"] or None, row["a1"], "", 0, kind, radius, origin
    )
    is_users = origin == OF_USER
    into.name(row["name"], number, OWN if is_users else PRIMARY)
    for name in filter(None, row["variants"].split("|")):
        into.name(name, number, OWN if is_users else ALTERNATE)
