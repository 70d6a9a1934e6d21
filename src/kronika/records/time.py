"""Times: when, as an interval with a precision, never a false day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kronika.records.quick import quick
from kronika.records.span import Span


class TimePrecision(StrEnum):
    """How closely the text fixes the time (``field/formats.md`` §10)."""

    INSTANT = "instant"
    HOUR = "hour"
    DAY = "day"
    NIGHT = "night"
    RANGE = "range"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    OPEN = "open"
    VAGUE = "vague"


@quick
@dataclass(frozen=True, slots=True)
class TimeRef:
    """A time as the text gives it.

    ``edtf`` is the ISO 8601-2 (EDTF) form, empty where the expression is vague; ``start`` and ``end`` are ISO dates,
    both inclusive, None where open or unknown. ``span`` is the expression it was read from, None where it follows
    from the document alone; ``anchor`` says what a relative expression was counted from ("published 2025-04-29",
    "previous time"). ``reason`` says why there is no interval ("no publication date to count from").
    """

    edtf: str
    start: str | None
    end: str | None
    precision: TimePrecision
    span: Span | None = None
    anchor: str | None = None
    reason: str | None = None
