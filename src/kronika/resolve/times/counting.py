"""Counting a meaning out to days: what each frame of a time expression comes to, given its context."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kronika.annotate.times.finding import Anchor, Bound, Frame, Grain, Meaning
from kronika.annotate.times.lexicon import load_times
from kronika.records.quick import replace
from kronika.resolve.times.calendar import When, add_months, holiday, make_date, nearest, season_start, shift, unit_of

_SUBDAY = (Grain.HOUR, Grain.MINUTE, Grain.SECOND)
NO_PUBLICATION = "no publication date to count from"
#: How far a story told in dates goes on from one sentence to the next: "In late February 2022 … On March 2 …".
STORY_DAYS = 100
NO_PREVIOUS = "no earlier time in the text to count from"


@dataclass(slots=True)
class Context:
    """What a relative time is counted from: the publication day, and the times that the text named before."""

    published: date | None
    previous: When | None = None  # the last time of any grain
    previous_day: When | None = None  # the last that is a day or a night
    narrative: date | None = None  # a dated time of the sentence before, in an earlier year
    story: date | None = None  # the same of this sentence
    quarter: date | None = None  # the quarter spoken of last
    sentence_year: int | None = None  # the year last named in the same sentence
    heading_year: int | None = None  # the year that the sentence opens with

    @property
    def published_anchor(self) -> str | None:
        """The anchor's name in the record."""
        return f"published {self.published.isoformat()}" if self.published else None


def count(meaning: Meaning, context: Context, direction: int) -> When | str:
    """Return the time that ``meaning`` comes to, or the reason why it comes to none.

    ``direction`` is -1 where the governing verb is past, 1 where it is future, 0 where nothing says.
    """
    if meaning.frame is Frame.CALENDAR:
        found = _calendar(meaning, context, direction)
    elif meaning.frame is Frame.WEEKDAY:
        found = _weekday(meaning, context, direction)
    elif meaning.frame is Frame.OFFSET:
        found = _offset(meaning, context, direction)
    elif meaning.frame is Frame.CLOCK:
        found = _clock(meaning, context, direction)
    elif meaning.frame is Frame.DURATION:
        found = _reach(meaning, context)
    else:
        return "the text fixes no time"
    if isinstance(found, str):
        return found
    return _bounded(_ending_on(found, meaning, context.published, direction), meaning, context)


def _day(when: date, meaning: Meaning, anchor: str | None) -> When:
    start, end = unit_of(meaning.grain, when)
    if meaning.clock:
        end = start
    return When(meaning.grain, start, end, meaning.part, meaning.clock, anchor=anchor)


def _ending_on(when: When, meaning: Meaning, published: date | None, direction: int) -> When:
    """The night "overnight into Sunday" is the night that ends on Sunday."""
    dated = meaning.frame is Frame.CALENDAR and direction <= 0
    # "on the night of 24 April", published that day, can only be the night before
    if meaning.grain is Grain.NIGHT and (meaning.reach < 0 or (dated and when.start == published)):
        return replace(when, start=when.start - timedelta(days=1), end=when.start)
    return when


def _calendar(meaning: Meaning, context: Context, direction: int) -> When | str:
    if meaning.year is not None:
        return _dated(meaning, meaning.year, None)
    if meaning.month is None and meaning.day is not None:
        return _day_of_month(meaning, meaning.day, context, direction)
    anchor = context.published
    if anchor is None:
        if context.sentence_year is not None:
            return _dated(meaning, context.sentence_year, "previous time")
        return "no year in the text and " + NO_PUBLICATION
    if meaning.year_offset is not None:
        return _dated(meaning, anchor.year + meaning.year_offset, context.published_anchor)
    if meaning.offset is None and context.sentence_year is not None and context.sentence_year < anchor.year - 1:
        return _dated(meaning, context.sentence_year, "previous time")
    headed = _dated(meaning, context.heading_year, "previous time") if context.heading_year is not None else None
    if isinstance(headed, When) and meaning.offset is None and headed.start <= anchor:
        return headed
    story = context.narrative
    if story is not None and meaning.offset is None and direction <= 0 and meaning.grain in (Grain.DAY, Grain.MONTH):
        start = nearest(lambda year: _start(meaning, year), story, 1)
        if start is not None and (start - story).days <= STORY_DAYS:
            return _day(start, meaning, "previous time")
    return _recurring(meaning, anchor, direction, context.published_anchor)


def _day_of_month(meaning: Meaning, day: int, context: Context, direction: int) -> When | str:
    """Return "the 24th" of the month spoken of last, else of that of publication or of the one before."""
    spoken, published = context.previous, context.published
    if spoken is not None and spoken.grain in (Grain.DAY, Grain.NIGHT, Grain.MONTH):
        base, anchor = spoken.start, "previous time"
    elif published is not None:
        is_ahead = day > published.day and direction <= 0
        base, anchor = add_months(published.replace(day=1), -is_ahead), context.published_anchor or ""
    else:
        return NO_PUBLICATION
    start = make_date(base.year, base.month, day)
    return _day(start, meaning, anchor) if start else "there is no such day"


def _start(meaning: Meaning, year: int) -> date | None:
    """First day of a calendar meaning in a year."""
    if meaning.holiday:
        return holiday(load_times().holidays[meaning.holiday], year)
    if meaning.grain is Grain.SEASON:
        return season_start(year, meaning.ordinal or 1)
    if meaning.grain in (Grain.QUARTER, Grain.HALF):
        size = 3 if meaning.grain is Grain.QUARTER else 6
        return make_date(year, ((meaning.ordinal or 1) - 1) * size + 1, 1)
    return make_date(year, meaning.month or 1, meaning.day or 1)


def _dated(meaning: Meaning, year: int, anchor: str | None) -> When | str:
    start = _start(meaning, max(year, 1))
    return _day(start, meaning, anchor) if start else "there is no such day"


def _recurring(meaning: Meaning, published: date, direction: int, anchor: str | None) -> When | str:
    def make(year: int) -> date | None:
        start = _start(meaning, year)
        if start and meaning.weekday is not None and start.weekday() != meaning.weekday:
            return None
        return start

    def last_day(start: date) -> date:
        return unit_of(meaning.grain, start)[1]

    offset = meaning.offset
    if offset == 0 and meaning.grain in (Grain.MONTH, Grain.SEASON):
        start = make(published.year)
    elif offset is not None and offset < 0:
        start = nearest(make, unit_of(meaning.grain, published)[0] - timedelta(days=1), -1)
    elif offset is not None and offset > 0:
        start = nearest(make, published + timedelta(days=1), 1)
    else:
        if meaning.bound in (Bound.UNTIL, Bound.BEFORE) and direction < 0:
            direction = 0
        # the printed date of tomorrow's paper and the agency's clock differ: one day ahead is still the past
        start = nearest(make, published + timedelta(days=direction <= 0), direction or -1, last_day)
        if start is not None and meaning.grain is not Grain.SEASON:
            start = _closer(make, start, published, direction)
    if start is None and meaning.weekday is not None:
        return _recurring(replace(meaning, weekday=None), published, direction, anchor)
    return _day(start, meaning, anchor) if start else "there is no such day"


def _closer(make: Callable[[int], date | None], start: date, published: date, direction: int) -> date:
    """Prefer what lies close: nobody writes a date of eleven months ago or ahead without its year."""
    if direction == 0:
        ahead = nearest(make, published, 1)
        return ahead if ahead and (ahead - published).days <= 75 < (published - start).days - 120 else start
    behind = nearest(make, published, -1)
    if direction > 0 and behind and (published - behind).days <= 120 < (start - published).days - 60:
        return behind
    return start


def _weekday(meaning: Meaning, context: Context, direction: int) -> When | str:
    published = context.published
    if published is None:
        return NO_PUBLICATION
    if meaning.offset is not None:
        direction = meaning.offset or direction
    ahead = ((meaning.weekday or 0) - published.weekday()) % 7
    if meaning.offset == 1 and ahead == 0:
        ahead = 7
    if direction > 0:
        found = published + timedelta(days=ahead)
    else:
        found = published - timedelta(days=(7 - ahead) % 7 or (7 if meaning.offset == -1 else 0))
    return _day(found, meaning, context.published_anchor)


def _offset(meaning: Meaning, context: Context, direction: int) -> When | str:
    grain = meaning.grain
    if meaning.anchor is Anchor.PREVIOUS:
        return _from_previous(meaning, context)
    published, name = context.published, context.published_anchor
    if published is None:
        return NO_PUBLICATION
    if grain is Grain.YEAR and meaning.offset == -1 and meaning.amount == 1 and context.quarter:
        return _day(add_months(context.quarter, -12), replace(meaning, grain=Grain.QUARTER), "previous time")
    offset = meaning.offset
    if grain is Grain.WEEKEND:
        start, end = unit_of(grain, published)
        if offset is None or offset == 0:
            offset = -1 if start > published and direction <= 0 else 0
        elif offset == 1 and start > published:
            offset = 1
        return When(grain, start + timedelta(days=7 * offset), end + timedelta(days=7 * offset), anchor=name)
    if grain in _SUBDAY:
        return When(Grain.DAY, published, published, anchor=name)
    if grain is Grain.DAY and meaning.offset == -1 and meaning.part:
        grain = Grain.DAY  # "last evening"
    day = shift(grain, published, offset or 0)
    if meaning.year_offset:
        day = add_months(day, 12 * meaning.year_offset)
    return _day(day, replace(meaning, grain=grain), name)


def _from_previous(meaning: Meaning, context: Context) -> When | str:
    daily = meaning.grain in (Grain.DAY, Grain.NIGHT, *_SUBDAY)
    base = context.previous_day if daily else context.previous
    if meaning.grain is Grain.QUARTER and meaning.year_offset is not None:
        return _same_quarter(meaning, context)
    if base is None:
        return NO_PREVIOUS
    grain = meaning.grain
    if grain in _SUBDAY:
        same = replace(base, anchor="previous time", clock=None, part=None)
        # "a few hours later" may be past midnight
        return same if meaning.amount is not None else replace(same, end=same.end + timedelta(days=1), span=True)
    offset = meaning.offset or 0
    if base.grain is Grain.NIGHT and grain is Grain.DAY and offset > 0 and base.part:
        start = base.start + timedelta(days=offset)
    elif base.grain is Grain.NIGHT and grain is Grain.DAY and offset < 0:
        start = base.end + timedelta(days=offset)  # reports count back from the morning that a night ends in
    else:
        start = shift(grain, base.start, offset)
    if grain is Grain.YEAR and offset and base.grain in (Grain.QUARTER, Grain.SEASON, Grain.MONTH, Grain.HALF):
        grain = base.grain  # "in the third quarter … a year earlier": the same quarter
    return _day(start, replace(meaning, grain=grain), "previous time")


def _same_quarter(meaning: Meaning, context: Context) -> When | str:
    """Find "the quarter" or "the year-ago quarter": the one spoken of last, else the last that has ended."""
    base, name = context.quarter, "previous time"
    if base is None:
        if context.published is None:
            return NO_PREVIOUS
        base, name = add_months(context.published, -3), context.published_anchor or ""
    return _day(add_months(base, 12 * (meaning.year_offset or 0)), meaning, name)


def _clock(meaning: Meaning, context: Context, direction: int) -> When | str:
    """A time of day belongs to the day spoken of last, else to the day of publication.

    "During the night" in a report of things past is the night before publication, not the one after it.
    """
    base = context.previous_day
    if base is not None:
        start, anchor = base.start, "previous time"
        early = (meaning.clock is not None and meaning.clock < "12:00") or meaning.part == "MO"
        wraps = meaning.clock is not None and base.clock is not None and meaning.clock < "12:00" < "18:00" <= base.clock
        if (base.grain is Grain.NIGHT and early) or wraps:
            start += timedelta(days=1)  # past midnight
    elif context.published is not None:
        start, anchor = context.published, context.published_anchor or ""
    else:
        return NO_PUBLICATION
    grain = Grain.NIGHT if meaning.part == "NI" else Grain.DAY
    if grain is Grain.NIGHT and direction <= 0 and start == context.published:
        start -= timedelta(days=1)
    return _day(start, replace(meaning, grain=grain), anchor)


def _reach(meaning: Meaning, context: Context) -> When | str:
    """Let "the past 24 hours" run from the anchor; other durations have a length and no place in time."""
    if not meaning.reach or meaning.amount is None:
        return "a duration of unknown length" if meaning.amount is None else "a duration, not a date"
    if context.published is None:
        return NO_PUBLICATION
    grain, amount = meaning.grain, meaning.amount
    if grain in _SUBDAY:
        hours = amount if grain is Grain.HOUR else 1
        other = context.published + timedelta(days=meaning.reach * max(1, -(-int(min(hours, 1e6)) // 24)))
    elif grain in (Grain.YEAR, Grain.MONTH) or amount == int(amount):
        months = {Grain.YEAR: 12, Grain.MONTH: 1}.get(grain)
        count = int(meaning.reach * min(amount, 1e5) * (months or 1))
        other = add_months(context.published, count) if months else shift(grain, context.published, count)
    else:
        return "a duration, not a date"
    start, end = sorted((context.published, other))
    return When(grain, start, end, span=True, anchor=context.published_anchor)


def _bounded(when: When, meaning: Meaning, context: Context) -> When:
    published = context.published
    if meaning.bound in (Bound.SINCE, Bound.AFTER):
        return replace(when, open_end=True)
    if meaning.bound in (Bound.UNTIL, Bound.BEFORE):
        return replace(when, open_start=True)
    if published is None or not when.start <= published <= when.end:
        return when
    if meaning.bound is Bound.EARLIER:
        end = max(when.start, published - timedelta(days=1))
        return replace(when, end=end, span=True, loose=True)
    if meaning.bound is Bound.LATER:
        return replace(when, start=min(when.end, published), span=True)
    return when
