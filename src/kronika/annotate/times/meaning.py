"""What a time expression means before anything is counted: the unresolved half of a date."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kronika.records.quick import quick


class TimexType(StrEnum):
    """The four kinds of TimeML TIMEX3."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Grain(StrEnum):
    """How large a unit the expression speaks of."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    NIGHT = "night"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"


class Frame(StrEnum):
    """By what the time is fixed."""

    CALENDAR = "calendar"  # "15 March", "February", "2014", "the third quarter"
    WEEKDAY = "weekday"  # "on Tuesday"
    OFFSET = "offset"  # "two days ago", "last year", "overnight"
    CLOCK = "clock"  # "at 06:40", "in the evening"
    DURATION = "duration"  # "for three days", "in the past 24 hours"
    SET = "set"  # "every Friday"
    REFERENCE = "reference"  # "recently", "now"
    RANGE = "range"  # "between 3 and 5 May": see TimeExpression.parts


class Anchor(StrEnum):
    """What a relative expression counts from."""

    PUBLISHED = "published"
    PREVIOUS = "previous"  # the time the text spoke of last: "the next day", "that evening"


class Bound(StrEnum):
    """That only one end of the time is given."""

    SINCE = "since"
    UNTIL = "until"
    BEFORE = "before"
    AFTER = "after"
    EARLIER = "earlier"  # "earlier this month": from its start to the day before the anchor
    LATER = "later"


@quick
@dataclass(frozen=True, slots=True)
class Meaning:
    """An unresolved time.

    ``weekday`` counts from Monday = 0; ``ordinal`` is the season (1 spring … 4 winter), quarter or half of the
    year; ``offset`` counts units of ``grain`` from the anchor (-1 "last", 0 "this", 1 "next"), and for named months,
    seasons and weekdays says which of them; ``year_offset`` the same for the year ("June of last year").
    ``amount`` is the number of units of a duration, None where the text names no number ("several days").
    ``part`` is the part of the day (MO, AF, EV, NI), ``clock`` a time of day "HH:MM"; ``mod`` the TIMEX3 modifier;
    ``value`` the TIMEX3 value of what can't be counted. ``reach`` says which way a duration runs from the anchor
    (-1 "the past 24 hours", 1 "the next two days"). ``holiday`` is a key of the codebook's holidays.
    ``swapped`` is set where day and month of a numeric date could be read both ways.
    """

    frame: Frame
    grain: Grain = Grain.DAY
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    ordinal: int | None = None
    offset: int | None = None
    year_offset: int | None = None
    amount: float | None = None
    anchor: Anchor = Anchor.PUBLISHED
    part: str | None = None
    clock: str | None = None
    mod: str | None = None
    bound: Bound | None = None
    value: str | None = None
    reach: int = 0
    holiday: str | None = None
    swapped: bool = False

    @property
    def whole_days(self) -> int | None:
        """The length of a duration that is a number of hours, days or weeks; None of anything else."""
        size = {Grain.HOUR: 0, Grain.DAY: 1, Grain.WEEK: 7}.get(self.grain)
        if self.frame is not Frame.DURATION or size is None or self.amount is None or self.amount != int(self.amount):
            return None
        return size * int(self.amount) if size else int(self.amount) // 24


@quick
@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression in a document: ``text[start:end]`` (code points), its TIMEX3 type, and its meaning.

    ``cue`` is where the preposition that bounds it starts ("since Thursday": ``start`` is at "Thursday", ``cue`` at
    "since"), the same as ``start`` where there is none. ``parts`` are the two ends of a range. ``rule`` names the
    rule that read it.
    """

    start: int
    end: int
    type: TimexType
    meaning: Meaning
    rule: str
    cue: int
    parts: tuple[TimeExpression, ...] = ()
