"""Resolving times: from expressions and the date of publication to intervals of days.

Relative expressions count from the publication date, or from the time the text named last ("the next day").
A weekday or a date without its year lies on the side that the governing verb's tense says; in reports that is the
past unless something points ahead. What nothing fixes stays open, with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kronika.annotate.times.finding import Anchor, Frame, Grain, Meaning, TimeExpression, TimexType, find_times
from kronika.records.quick import quick, replace
from kronika.records.span import Span
from kronika.records.time import TimePrecision, TimeRef
from kronika.resolve.times.calendar import When, make_date, shift
from kronika.resolve.times.counting import Context, count
from kronika.resolve.times.nights import told_nights
from kronika.resolve.times.tense import direction_of
from kronika.resolve.times.values import Resolution, edtf_of, precision_of, timex_value

__all__ = ["NormalisedTime", "Resolution", "normalise_times", "resolve_expressions", "resolve_times", "timex_value"]

#: A year after so many characters at most heads its sentence ("For 2025 the list has …", "During 2024, …").
_HEADING = len("Throughout ")
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@quick
@dataclass(frozen=True, slots=True)
class NormalisedTime:
    """A time expression with what it comes to: TIMEX3 ``type`` and ``value``, EDTF text (empty where vague)."""

    start: int
    end: int
    text: str
    type: TimexType
    value: str
    edtf: str
    precision: TimePrecision


def resolve_times(
    expressions: Sequence[TimeExpression], doc: Any, published: str | None, document: str = ""
) -> list[TimeRef]:
    """Return one :class:`TimeRef` for each expression of :func:`~kronika.annotate.times.finding.find_times`, in order.

    ``doc`` is the spaCy ``Doc`` they were found in (its parse gives the tense), ``published`` an ISO 8601 date or
    date-time, ``document`` the id for the spans. Nothing relative is resolved without a day of publication.
    """
    text = doc.text
    return [_reference(found, text, document) for found in resolve_expressions(expressions, doc, published)]


def resolve_expressions(expressions: Sequence[TimeExpression], doc: Any, published: str | None) -> list[Resolution]:
    """Return the expressions with their calendar times, in order (see :func:`resolve_times`)."""
    return told_nights(list(_resolve(expressions, doc, published)), doc, _published_day(published))


def normalise_times(text: str, published: str | None = None, model: str | None = None) -> list[NormalisedTime]:
    """Find and normalise the time expressions of a plain text; usable without anything else of kronika.

    >>> [(t.text, t.value) for t in normalise_times("The depot burned on Tuesday.", "2025-04-30")]
    [('Tuesday', '2025-04-29')]
    """
    from kronika.annotate.parsing.syntax import DEFAULT_MODEL, load_model

    doc = load_model(model or DEFAULT_MODEL)(text)
    return [
        NormalisedTime(
            start=found.expression.start,
            end=found.expression.end,
            text=text[found.expression.start : found.expression.end],
            type=found.expression.type,
            value=found.value,
            edtf=edtf_of(found.when) if found.when else "",
            precision=precision_of(found.when) if found.when else TimePrecision.VAGUE,
        )
        for found in resolve_expressions(find_times(doc), doc, published)
    ]


def _published_day(published: str | None) -> date | None:
    match = _ISO_DAY.match(published or "")
    return make_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _resolve(expressions: Sequence[TimeExpression], doc: Any, published: str | None) -> Iterator[Resolution]:
    context = Context(_published_day(published))
    starts = [sentence.start_char for sentence in doc.sents] if doc.has_annotation("SENT_START") else [0]
    sentence = -1
    for expression in expressions:
        here = bisect_right(starts, expression.start)
        if here != sentence:
            context.narrative = context.story if here == sentence + 1 else None
            sentence, context.sentence_year, context.story, context.heading_year = here, None, None, None
        found = _resolve_one(expression, doc, context)
        is_head = expression.start - starts[max(here - 1, 0)] <= _HEADING
        if is_head and expression.meaning.grain is Grain.YEAR and expression.meaning.frame is Frame.CALENDAR:
            context.heading_year = expression.meaning.year
        if found.when is not None:
            last = found.ends[-1].when if found.ends else None
            _remember(context, expression.meaning, last or found.when)
        yield found


def _resolve_one(expression: TimeExpression, doc: Any, context: Context) -> Resolution:
    meaning = expression.meaning
    if expression.parts:
        return _resolve_range(expression, doc, context)
    if meaning.swapped and meaning.year and meaning.month and meaning.day:
        return Resolution(expression, None, "day and month could be the other way round")
    direction = direction_of(doc, expression.start, expression.end) if _needs_direction(meaning) else 0
    found = count(meaning, context, direction)
    if isinstance(found, str):
        return Resolution(expression, None, found)
    return Resolution(expression, found)


def _needs_direction(meaning: Meaning) -> bool:
    if meaning.frame is Frame.WEEKDAY:
        return not meaning.offset
    if meaning.frame is Frame.CALENDAR:
        return meaning.year is None and meaning.year_offset is None
    if meaning.frame is Frame.CLOCK:
        return meaning.part == "NI"
    return meaning.frame is Frame.OFFSET and meaning.grain is Grain.WEEKEND


def _resolve_range(expression: TimeExpression, doc: Any, context: Context) -> Resolution:
    first, second = (_resolve_one(part, doc, context) for part in _with_day(expression.parts))
    one, two = first.when, second.when
    if one is None or two is None:
        return Resolution(expression, None, first.reason or second.reason, (first, second))
    one, two = _past_midnight(one, two, expression.parts)
    if two.end < one.start:
        one, two = _in_order(one, two, expression)
    if two.end < one.start:
        return Resolution(expression, None, "the range ends before it starts", (first, second))
    grain = one.grain if two.grain == one.grain else Grain.DAY
    spans = one.start != two.start or grain is not Grain.DAY
    whole = replace(two, grain=grain, start=one.start, span=spans, clock=None, part=None)
    return Resolution(expression, whole, None, (replace(first, when=one), replace(second, when=two)))


def _with_day(parts: tuple[TimeExpression, ...]) -> tuple[TimeExpression, ...]:
    """In "from 10 p.m. to 2 a.m. on Tuesday" both clock times are of the day that one of them names."""
    one, two = (part.meaning for part in parts)
    if one.frame is Frame.CLOCK and two.frame is not Frame.CLOCK and one.clock:
        return replace(parts[0], meaning=replace(two, clock=one.clock)), parts[1]
    if two.frame is Frame.CLOCK and one.frame is not Frame.CLOCK and two.clock:
        return parts[0], replace(parts[1], meaning=replace(one, clock=two.clock))
    return parts


def _past_midnight(one: When, two: When, parts: tuple[TimeExpression, ...]) -> tuple[When, When]:
    """Move the end that names no day across midnight where the clock runs backwards."""
    if one.clock and two.clock and one.start == two.start and two.clock < one.clock:
        if parts[0].meaning.frame is Frame.CLOCK and parts[1].meaning.frame is not Frame.CLOCK:
            day = shift(Grain.DAY, one.start, -1)
            return replace(one, start=day, end=day), two
        day = shift(Grain.DAY, two.start, 1)
        return one, replace(two, start=day, end=day)
    return one, two


def _in_order(one: When, two: When, expression: TimeExpression) -> tuple[When, When]:
    """Put a recurring end of a range on the right side of the other ("Friday to Monday", "today to 17 May")."""
    frames = [part.meaning.frame if part.meaning.year is None else None for part in expression.parts]
    grain, count = (Grain.WEEK, 1) if Frame.WEEKDAY in frames else (Grain.YEAR, 1)
    recurring = (Frame.WEEKDAY, Frame.CALENDAR)
    if frames[0] in recurring:
        start = shift(grain, one.start, -count)
        return replace(one, start=start, end=start + (one.end - one.start)), two
    if frames[1] in recurring:
        start = shift(grain, two.start, count)
        return one, replace(two, start=start, end=start + (two.end - two.start))
    return one, two


def _remember(context: Context, meaning: Meaning, when: When) -> None:
    if meaning.frame in (Frame.DURATION, Frame.CLOCK) or when.open_start:
        return
    if meaning.year_offset is not None or (meaning.anchor is Anchor.PREVIOUS and meaning.grain is Grain.YEAR):
        return  # a comparison with the year before leaves the text where it was
    context.previous = when
    if when.grain is Grain.QUARTER:
        context.quarter = when.start
    if when.grain in (Grain.DAY, Grain.NIGHT):
        context.previous_day = when
    told = meaning.year is not None or (context.narrative is not None and when.anchor == "previous time")
    if told and when.grain in (Grain.DAY, Grain.NIGHT, Grain.MONTH) and context.published:
        context.story = when.start if (context.published - when.start).days > 300 else None
    if meaning.year is not None and when.grain not in (Grain.DECADE, Grain.CENTURY):
        context.sentence_year = when.start.year


def _reference(found: Resolution, text: str, document: str) -> TimeRef:
    expression, when = found.expression, found.when
    start, end = min(expression.cue, expression.start), expression.end
    span = Span(document, start, end, text[start:end])
    if when is None:
        meaning = expression.meaning
        if meaning.swapped and meaning.year and meaning.month and meaning.day:
            return _swapped(meaning, span, found.reason)
        return TimeRef("", None, None, TimePrecision.VAGUE, span, None, found.reason or "the text fixes no time")
    return TimeRef(
        edtf=edtf_of(when),
        start=None if when.open_start else when.start.isoformat(),
        end=None if when.open_end else when.end.isoformat(),
        precision=precision_of(when),
        span=span,
        anchor=when.anchor,
    )


def _swapped(meaning: Meaning, span: Span, reason: str | None) -> TimeRef:
    """04/05/2022: one of two days."""
    year, month, day = meaning.year or 1, meaning.month or 1, meaning.day or 1
    days = sorted(found.isoformat() for found in (make_date(year, month, day), make_date(year, day, month)) if found)
    return TimeRef(f"[{','.join(days)}]", days[0], days[-1], TimePrecision.RANGE, span, None, reason)
