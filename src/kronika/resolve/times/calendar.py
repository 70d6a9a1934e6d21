"""Calendar arithmetic for times: the unit a day lies in, counting units, holidays, nearest recurrences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kronika.annotate.times.finding import Grain
from kronika.records.quick import quick

_MONTHS = {Grain.MONTH: 1, Grain.SEASON: 3, Grain.QUARTER: 3, Grain.HALF: 6}
_YEARS = {Grain.YEAR: 1, Grain.DECADE: 10, Grain.CENTURY: 100}


@quick
@dataclass(frozen=True, slots=True)
class When:
    """A resolved time: the days from ``start`` to ``end``, both inclusive, as a unit of ``grain``.

    ``clock`` is local time "HH:MM", ``part`` the part of the day. ``open_start`` and ``open_end`` leave an end
    open; ``loose`` says that the end is approximate. ``anchor`` says what it was counted from.
    """

    grain: Grain
    start: date
    end: date
    part: str | None = None
    clock: str | None = None
    open_start: bool = False
    open_end: bool = False
    loose: bool = False
    span: bool = False
    anchor: str | None = None


def make_date(year: int, month: int, day: int) -> date | None:
    """Return the date, None where there is none (30 February, the year 0)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def unit_of(grain: Grain, day: date) -> tuple[date, date]:
    """Return the first and last day of the unit that ``day`` lies in; weeks start on Monday.

    >>> unit_of(Grain.MONTH, date(2024, 2, 5))
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    if grain is Grain.WEEK or grain is Grain.WEEKEND:
        monday = day - timedelta(days=day.weekday())
        return (monday + timedelta(days=5) if grain is Grain.WEEKEND else monday), monday + timedelta(days=6)
    if grain is Grain.NIGHT:
        return day, day + timedelta(days=1)
    if grain in _MONTHS:
        size = _MONTHS[grain]
        if grain is Grain.SEASON:
            start = add_months(day.replace(day=1), -(day.month % 3))
        else:
            start = date(day.year, (day.month - 1) // size * size + 1, 1)
        return start, add_months(start, size) - timedelta(days=1)
    if grain in _YEARS:
        first = max(1, day.year // _YEARS[grain] * _YEARS[grain])
        return date(first, 1, 1), date(first + _YEARS[grain] - 1 - (first == 1 and grain is not Grain.YEAR), 12, 31)
    return day, day


def add_months(day: date, months: int) -> date:
    """Return the same day some months on, the last of the month where there is no such day; clipped to years 1-9998.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    total = min(max(day.year * 12 + day.month - 1 + months, 12), 9998 * 12 + 11)
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        found = make_date(year, month + 1, min(last, day.day))
        if found:
            return found
    return date(year, month + 1, 28)


def shift(grain: Grain, day: date, count: int) -> date:
    """Return the day ``count`` units on; hours and less stay within the day they are counted from."""
    if grain in _MONTHS:
        return add_months(day, _MONTHS[grain] * count)
    if grain in _YEARS:
        return add_months(day, 12 * _YEARS[grain] * count)
    days = {Grain.WEEK: 7, Grain.WEEKEND: 7, Grain.DAY: 1, Grain.NIGHT: 1}.get(grain)
    if days is None:
        days, count = 1, int(count / 24) if grain is Grain.HOUR else 0
    if abs(count) > 300_000:
        return day
    try:
        return day + timedelta(days=days * count)
    except OverflowError:
        return day


def season_start(year: int, season: int) -> date:
    """Return the first day of a season (1 spring … 4 winter, which starts in December of ``year``)."""
    return date(year, 3 * season, 1)


def nearest(
    make: Callable[[int], date | None], anchor: date, direction: int, last_day: Callable[[date], date] = lambda day: day
) -> date | None:
    """Return the yearly recurrence of a date on the side of ``anchor`` that ``direction`` says.

    -1 takes the latest that starts by the anchor, 1 the earliest that has not ended before it.
    """
    found = [day for year in range(anchor.year - 4, anchor.year + 5) if 1 <= year <= 9998 and (day := make(year))]
    if direction < 0:
        return max((day for day in found if day <= anchor), default=None)
    return min((day for day in found if last_day(day) >= anchor), default=None)


def holiday(rule: dict[str, Any], year: int) -> date | None:
    """Return the day of a holiday of the codebook in a year."""
    if "fixed" in rule:
        return make_date(year, *rule["fixed"])
    if "nth" in rule:
        month, weekday, which = rule["nth"]
        first, last = unit_of(Grain.MONTH, date(year, month, 1))
        if which < 0:
            return last - timedelta(days=(last.weekday() - weekday) % 7)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
    if "orthodox" in rule:
        return _julian_easter(year) + timedelta(days=rule["orthodox"])
    return _easter(year) + timedelta(days=rule["easter"])


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous Gregorian algorithm, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _julian_easter(year: int) -> date:
    """Orthodox Easter in the Gregorian calendar (Meeus' Julian algorithm; 13 days apart from 1900 to 2099)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)
