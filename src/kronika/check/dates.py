"""Dates that can't be: a weekday that the day was not, and a happening told before it could have happened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kronika.records import Document, Event, Finding, FindingKind, Severity, Span, Status, TimePrecision, content_id

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|"
    r"Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
#: Weekday before the date, day or month first; weekday after it ("24 February 2025, a Monday"). Before each stands
#: what a text must hold for it, which is found at once.
_DATES = tuple(
    (re.compile(hint), re.compile(pattern))
    for hint, pattern in (
        (
            r"day,?\s+(?:the\s+)?\d",
            rf"\b(?=[FMSTW]){_WEEKDAY},?\s+(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH}\b(?:,?\s+{_YEAR})?",
        ),
        (r"day,?\s+[JFMASOND]", rf"\b(?=[FMSTW]){_WEEKDAY},?\s+{_MONTH}\s+{_DAY}\b(?:,?\s+{_YEAR})?"),
        (
            r"\d,?\s+(?:which was\s+)?(?:a\s+|\()[FMSTW]",
            rf"\b{_DAY}\s+{_MONTH}\s+{_YEAR},?\s+(?:which was\s+)?(?:a\s+|\()(?:{_WEEKDAY})",
        ),
    )
)
#: A date without a year is held to that of the publication only this close to it.
_NEAR = timedelta(days=45)
#: A wire of the evening is dated by the next morning elsewhere.
_GRACE = timedelta(days=1)
#: Code points between a happening and the date it is told with.
_CLOSE = 60
_DEADLINE = re.compile(
    r"\b(?:by|until|till|through|before|expir\w+|ending|ends?|due|scheduled|planned|set|for|to|from)(?: on)?\s*$"
)
_TOLD = (Status.OCCURRED, Status.HISTORICAL)


def check_dates(document: Document, events: Iterable[Event]) -> list[Finding]:
    """Return dates whose weekday is wrong, and what is told as done on an explicit day after the publication.

    A date without a year is checked only where it lies near the publication; a happening only where the text itself
    gives the year, since a relative date that was counted wrongly is not the text's fault.
    """
    published = _iso(document.published)
    return [*_weekdays(document, published), *_after(events, published)]


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _weekdays(document: Document, published: date | None) -> Iterator[Finding]:
    for hint, pattern in _DATES:
        for match in pattern.finditer(document.text) if hint.search(document.text) else ():
            day = _day_of(match, published)
            said = next(name for name in _WEEKDAYS if name.startswith(match["weekday"].lower()))
            if day is None or _WEEKDAYS[day.weekday()] == said:
                continue
            span = Span(document.id, match.start(), match.end(), match[0])
            shown = f"{day.day} {day:%B} {day.year}"
            yield Finding(
                content_id("f", FindingKind.DATE, document.id, match.start()),
                FindingKind.DATE,
                Severity.WARNING,
                (span,),
                f"{shown} was a {_WEEKDAYS[day.weekday()].title()}; the text says {said.title()}",
                "the calendar",
            )


def _day_of(match: re.Match[str], published: date | None) -> date | None:
    year = match["year"]
    if year is None and published is None:
        return None
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    try:
        if year is not None:
            return date(int(year), month, int(match["day"]))
        assert published is not None
        near = [date(published.year + step, month, int(match["day"])) for step in (-1, 0, 1)]
    except ValueError:
        return None
    return next((day for day in near if abs(day - published) <= _NEAR), None)


def _dates(span: Span, event: Event) -> bool:
    """Whether a date stands close to what happened, and not as a deadline or a term."""
    text, offset = event.evidence.text, event.evidence.start
    gap = min(abs(span.start - event.trigger.end), abs(event.trigger.start - span.end))
    return gap <= _CLOSE and not _DEADLINE.search(text[: max(0, span.start - offset)])


def _after(events: Iterable[Event], published: date | None) -> Iterator[Finding]:
    for event in events:
        time = event.time
        if published is None or time is None or time.span is None or event.status not in _TOLD:
            continue
        start = _iso(time.start)
        if start is None or time.precision not in (TimePrecision.DAY, TimePrecision.NIGHT, TimePrecision.HOUR):
            continue
        if str(start.year) not in time.span.text or start <= published + _GRACE or not _dates(time.span, event):
            continue
        yield Finding(
            content_id("f", FindingKind.DATE, event.id, time.start),
            FindingKind.DATE,
            Severity.WARNING,
            (event.trigger, time.span),
            f"told as having happened on {time.start}, after the publication on {published.isoformat()}",
            f"published {published.isoformat()}",
        )
