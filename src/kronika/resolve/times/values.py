"""Writing times: EDTF and precision for the record, TIMEX3 values for the bench and other tools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kronika.annotate.times.finding import Frame, Grain, Meaning, TimeExpression
from kronika.annotate.times.lexicon import load_times
from kronika.records.time import TimePrecision
from kronika.resolve.times.calendar import When

_PRECISION = {
    Grain.DAY: TimePrecision.DAY,
    Grain.NIGHT: TimePrecision.NIGHT,
    Grain.WEEKEND: TimePrecision.RANGE,
    Grain.WEEK: TimePrecision.WEEK,
    Grain.MONTH: TimePrecision.MONTH,
    Grain.SEASON: TimePrecision.SEASON,
    Grain.QUARTER: TimePrecision.SEASON,
    Grain.HALF: TimePrecision.YEAR,
    Grain.YEAR: TimePrecision.YEAR,
    Grain.DECADE: TimePrecision.VAGUE,
    Grain.CENTURY: TimePrecision.VAGUE,
}
_SEASONS = ("SP", "SU", "FA", "WI")


@dataclass(frozen=True, slots=True)
class Resolution:
    """An expression with the time it comes to; ``reason`` says why there is none."""

    expression: TimeExpression
    when: When | None
    reason: str | None = None
    ends: tuple[Resolution, ...] = ()

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        return timex_value(self.expression, self.when)


def precision_of(when: When) -> TimePrecision:
    """Return how closely a resolved time is fixed."""
    if when.open_start or when.open_end:
        return TimePrecision.OPEN
    if when.clock:
        return TimePrecision.HOUR if when.clock.endswith(":00") else TimePrecision.INSTANT
    if when.span and when.grain in (Grain.DAY, Grain.NIGHT, Grain.HOUR, Grain.MINUTE, Grain.SECOND):
        return TimePrecision.RANGE
    return _PRECISION.get(when.grain, TimePrecision.DAY)


def edtf_of(when: When) -> str:
    """Return the EDTF text (ISO 8601-2) of a resolved time.

    >>> edtf_of(When(Grain.MONTH, date(2025, 2, 1), date(2025, 2, 28)))
    '2025-02'
    """
    if when.open_end:
        return f"{_point(when, when.start)}/.."
    if when.open_start:
        return f"../{_point(when, when.end if when.grain is not Grain.NIGHT else when.start)}"
    whole = when.grain in (Grain.DAY, Grain.MONTH, Grain.SEASON, Grain.YEAR, Grain.DECADE, Grain.CENTURY)
    if whole and not when.span:
        return _point(when, when.start)
    return f"{_end(when, when.start)}/{_end(when, when.end)}{'~' if when.loose else ''}"


def _end(when: When, day: date) -> str:
    if when.loose or when.grain not in (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR, Grain.SEASON):
        return day.isoformat()
    return f"{day.year:04}" if when.grain is Grain.YEAR else f"{day.year:04}-{day.month:02}"


def _point(when: When, day: date) -> str:
    if when.clock:
        return f"{day.isoformat()}T{when.clock}:00"
    if when.grain is Grain.MONTH:
        return f"{day.year:04}-{day.month:02}"
    if when.grain is Grain.SEASON:
        return f"{when.start.year:04}-{20 + when.start.month // 3}"
    if when.grain is Grain.YEAR:
        return f"{day.year:04}"
    if when.grain is Grain.DECADE:
        return f"{day.year // 10:03}X"
    if when.grain is Grain.CENTURY:
        return f"{day.year // 100:02}XX"
    return day.isoformat()


def timex_value(expression: TimeExpression, when: When | None) -> str:
    """Return the TIMEX3 value: of the resolved time, else what the expression says by itself ("XXXX-WXX-2").

    Durations and sets keep their own values (``P3D``), as TimeML has it, even where they also fix an interval.
    """
    meaning = expression.meaning
    if meaning.frame is Frame.DURATION:
        return _duration(meaning)
    if meaning.frame in (Frame.SET, Frame.REFERENCE) and meaning.value:
        return meaning.value
    if when is None:
        return _unresolved(meaning)
    if meaning.frame is Frame.RANGE:
        return edtf_of(when)
    return _of(when)


def _of(when: When) -> str:
    day, year = when.start, f"{when.start.year:04}"
    if when.clock:
        return f"{day.isoformat()}T{when.clock}"
    if when.part:
        return f"{day.isoformat()}T{when.part}"
    iso_year, week, _ = day.isocalendar()
    values = {
        Grain.NIGHT: f"{day.isoformat()}TNI",
        Grain.WEEK: f"{iso_year}-W{week:02}",
        Grain.WEEKEND: f"{iso_year}-W{week:02}-WE",
        Grain.MONTH: f"{year}-{day.month:02}",
        Grain.SEASON: f"{year}-{_SEASONS[(day.month // 3 - 1) % 4]}",
        Grain.QUARTER: f"{year}-Q{(day.month + 2) // 3}",
        Grain.HALF: f"{year}-H{1 + day.month // 7}",
        Grain.YEAR: year,
        Grain.DECADE: year[:3],
        Grain.CENTURY: year[:2],
    }
    return values.get(when.grain, day.isoformat())


def _duration(meaning: Meaning) -> str:
    code = load_times().codes.get(meaning.grain, "D")
    amount = "X" if meaning.amount is None else f"{meaning.amount:g}"
    if code in ("TNI", "WE"):
        return f"P{amount}D" if code == "TNI" else f"P{amount}WE"
    if code == "E":
        return "PXE" if amount == "X" else f"P{(meaning.amount or 1) * 10:g}Y"
    if code == "C":
        return "PXC" if amount == "X" else f"P{(meaning.amount or 1) * 100:g}Y"
    return f"PT{amount}{code[1]}" if code.startswith("T") else f"P{amount}{code}"


def _unresolved(meaning: Meaning) -> str:
    part = f"T{meaning.clock or meaning.part}" if meaning.clock or meaning.part else ""
    if meaning.swapped:
        return f"{meaning.year:04}"
    if meaning.frame is Frame.WEEKDAY:
        return f"XXXX-WXX-{(meaning.weekday or 0) + 1}{part}"
    if meaning.frame is Frame.CALENDAR and meaning.month:
        day = f"-{meaning.day:02}" if meaning.day else ""
        return f"XXXX-{meaning.month:02}{day}{part}"
    if meaning.frame is Frame.CLOCK:
        return f"XXXX-XX-XX{part}"
    if meaning.offset:
        return "PAST_REF" if meaning.offset < 0 else "FUTURE_REF"
    return "XXXX-XX-XX" + part
