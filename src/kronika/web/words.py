"""Plain words for what the record holds in codes: dates with their doubt, places with their precision, numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_PRECISION = {
    "site": "at the site named",
    "settlement": "to the settlement",
    "admin2": "to the district",
    "admin1": "to the province",
    "region": "to a region",
    "country": "to the country only",
    "water": "at sea or on a river",
    "none": "not placed on the map",
}
_TIME_DOUBT = {
    "week": "to the week",
    "month": "to the month",
    "season": "to the season",
    "year": "to the year",
    "open": "open-ended",
    "vague": "vague",
    "range": "within these days",
}
STANDING = {
    "stated": "an outlet states it in its own voice",
    "attributed": "all reports give it as somebody's words",
    "contested": "somebody denies it",
}


def when(row: Mapping[str, Any]) -> str:
    """Return the date of an incident or event in words, never more exact than it is known.

    >>> when({"start": "2025-01-23", "end": "2025-01-24", "time_precision": "night"})
    'night of 23–24 January 2025'
    >>> when({"start": "2025-01-01", "end": "2025-01-31", "time_precision": "month"})
    'January 2025'
    >>> when({"start": None, "end": None, "time_precision": None})
    'no date'
    """
    start, end, precision = _day(row.get("start")), _day(row.get("end")), row.get("time_precision")
    if start is None and end is None:
        return "no date"
    if start is None or end is None:
        known = start or end
        assert known is not None
        return f"{'from' if start else 'until'} {_full(known)}"
    if precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if precision == "year" and start.year == end.year:
        return str(start.year)
    if start == end:
        return _full(start)
    if (start.year, start.month) == (end.year, end.month):
        days = f"{start.day}–{_full(end)}"
    elif start.year == end.year:
        days = f"{start.day} {_MONTHS[start.month - 1]} – {_full(end)}"
    else:
        days = f"{_full(start)} – {_full(end)}"
    return f"night of {days}" if precision == "night" else days


def time_doubt(precision: str | None) -> str:
    """Return how loosely a time is known, in words; nothing where it is a day or finer."""
    return _TIME_DOUBT.get(precision or "", "")


def place_precision(precision: str) -> str:
    """Return how closely a place is known, in words."""
    return _PRECISION.get(precision, precision)


def full_day(text: str | None) -> str:
    """Return an ISO date in words.

    >>> full_day("2025-01-26T01:00:00Z"), full_day("2025-04"), full_day(None)
    ('26 January 2025', '2025-04', 'no date')
    """
    day = _day(text)
    return _full(day) if day else (text or "no date")


def what(row: Mapping[str, Any]) -> str:
    """Return what kind of happening it is.

    >>> what({"acled": "Air/drone strike", "type": "ASSAULT", "mode": "drone"})
    'Air/drone strike'
    >>> what({"acled": None, "type": "AID", "mode": ""})
    'Aid'
    """
    if row.get("acled"):
        return str(row["acled"])
    kind = str(row["type"]).replace("_", " ").capitalize()
    return f"{kind}, {row['mode'].replace('-', ' ')}" if row.get("mode") else kind


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Return the English names of countries by ISO 3166 alpha-2 code."""
    from babel import Locale

    territories = Locale("en").territories
    return {str(code): str(name) for code, name in territories.items() if len(code) == 2 and code.isalpha()}


def country(code: str | None) -> str:
    """Return the English name of a country, or its code where there is none."""
    return countries().get(code or "", code or "")


def number(value: float | None) -> str:
    """Return a number as people write it.

    >>> number(4700.0), number(2.5), number(None)
    ('4,700', '2.5', '–')
    """
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    >>> plural(1, "report"), plural(2, "report"), plural(0, "copy", "copies")
    ('1 report', '2 reports', '0 copies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _full(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
