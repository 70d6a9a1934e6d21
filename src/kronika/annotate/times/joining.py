"""Joining what belongs together: "6 a.m." with "on Tuesday", "Monday to Friday", "since" with what it bounds."""

from __future__ import annotations

import re

from kronika.annotate.times.meaning import Bound, Frame, Grain, Meaning, TimeExpression, TimexType
from kronika.records.quick import replace

_JOIN = re.compile(r"\s*,?\s*(?:(?:on|of|in|at|around|about|from|into|to|the|local time)\b\s*){0,2}", re.I)
_RANGE = re.compile(r"\s*(?:[-–—]|\b(?:to|until|till|through|and|into)\b(?:\s+(?:the|late|early)\b)?)\s*", re.I)
_LIST = re.compile(r"\s*,?\s*(?:and|or|,)\s*", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)
_BOUND = re.compile(
    r"\b(since|until|till|before|prior to|after|by|not later than|no later than)\s+"
    r"(?:at\s+least\s+)?(?:the\s+|about\s+|around\s+)?$",
    re.I,
)
_BOUNDS = {"since": Bound.SINCE, "after": Bound.AFTER, "before": Bound.BEFORE, "prior to": Bound.BEFORE}
_ONWARDS = re.compile(r"\s*(?:onwards?|on,|on\b(?=[,.;]))", re.I)
_DAYLIKE = (Frame.CALENDAR, Frame.WEEKDAY, Frame.OFFSET)
_IN_THE = re.compile(r"\b(?:in|during|on|by|through|into|throughout|of|since)\s+$", re.I)


def join_neighbours(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Merge neighbours that name one time; parts of the day that stay alone need "in the" before them."""
    joined: list[TimeExpression] = []
    for expression in found:
        while joined:
            last = joined[-1]
            gap = text[last.end : expression.start]
            merged = _join(last, expression, gap) if len(gap) < 16 and _JOIN.fullmatch(gap) else None
            if merged is None:
                break
            expression = merged
            joined.pop()
        joined.append(expression)
    return [e for e in joined if e.rule != "part" or _stands_alone(text, e)]


def _stands_alone(text: str, part: TimeExpression) -> bool:
    return text[part.start : part.end].lower().startswith("the ") and bool(
        _IN_THE.search(text[max(0, part.start - 12) : part.start])
    )


def _is_day(meaning: Meaning) -> bool:
    return meaning.frame in _DAYLIKE and meaning.grain in (Grain.DAY, Grain.NIGHT)


def _is_dated(meaning: Meaning) -> bool:
    return meaning.frame is Frame.CALENDAR and _is_day(meaning) and meaning.weekday is None


def _join(a: TimeExpression, b: TimeExpression, gap: str) -> TimeExpression | None:
    """One expression for the two, or None where they are two times."""
    one, two, word = a.meaning, b.meaning, gap.strip(" ,\n").lower()
    meaning: Meaning | None = None
    if one.frame is Frame.OFFSET and one.grain is Grain.WEEKEND and word == "of" and two.frame is Frame.RANGE:
        return replace(b, start=a.start, cue=a.cue, meaning=Meaning(Frame.RANGE))  # its days are told
    if one.frame is Frame.OFFSET and one.grain is Grain.WEEKEND and word == "of" and _is_dated(two):
        meaning = replace(two, grain=Grain.WEEKEND)
    elif two.frame is Frame.RANGE and one.part == "NI" and two.value is None:
        meaning = replace(b.parts[0].meaning, grain=Grain.NIGHT, part="NI")
    elif one.frame is Frame.CLOCK and one.part == "NI" and _is_day(two) and word in ("to", "into", "from"):
        # "the night to Thursday" ends on it, "the night from Wednesday" begins
        meaning = replace(two, grain=Grain.NIGHT, part="NI", reach=0 if word == "from" else -1)
    elif one.frame is Frame.CLOCK and one.part and two.frame is Frame.CLOCK and two.clock:
        meaning = None
    elif one.frame is Frame.CLOCK and two.frame is Frame.CLOCK and two.part and one.clock:
        meaning = replace(one, clock=_afternoon(one.clock, two.part))
    elif one.frame is Frame.CLOCK and _is_day(two) and word in ("", "on", "of", "the", "on the", "of the"):
        meaning = _timed(two, one)
    elif (
        _is_day(one)
        and two.frame is Frame.CLOCK
        and word in ("", "at", "from", "in the", "around", "about", "at about", "at around")
    ):
        meaning = _timed(one, two)
    elif one.frame is Frame.OFFSET and one.part == "NI" and one.offset == -1 and a.rule == "deictic":
        if _is_day(two) and word in ("", "on", "into", "to", "from") and two.part is None:
            meaning = replace(two, grain=Grain.NIGHT, part="NI", reach=0 if word == "from" else -1)
    elif one.frame is Frame.WEEKDAY and _is_dated(two) and word in ("", "the", "on"):
        meaning = replace(
            two, weekday=one.weekday, part=two.part or one.part, grain=one.grain if one.part else two.grain
        )
    elif _takes_year(one) and two.frame is Frame.OFFSET and two.grain is Grain.YEAR and word in ("", "of"):
        meaning = replace(one, year_offset=two.offset)
    elif a.rule == "ago" and one.grain is Grain.YEAR and _is_current(two) and not word:
        meaning = replace(two, year_offset=one.offset)  # "a year ago today"
    elif a.rule == "the_unit" and one.grain is Grain.WEEK and _is_day(two) and word == "of":
        meaning = replace(two, grain=Grain.WEEK)
    elif one.frame is two.frame is Frame.CALENDAR and _takes_year(one) and two.grain is Grain.YEAR:
        meaning = replace(one, year=two.year) if word in ("", "of") and two.mod is None else None
    if meaning is None:
        return None
    timed = meaning.clock or meaning.part
    return TimeExpression(
        a.start, b.end, TimexType.TIME if timed else TimexType.DATE, meaning, f"{a.rule}+{b.rule}", a.cue
    )


def _is_current(meaning: Meaning) -> bool:
    """Whether an expression is "today", "this week" or "this month"."""
    return meaning.frame is Frame.OFFSET and meaning.offset == 0 and meaning.part is None


def _takes_year(meaning: Meaning) -> bool:
    return (
        meaning.frame is Frame.CALENDAR
        and meaning.year is None
        and meaning.grain in (Grain.DAY, Grain.MONTH, Grain.SEASON, Grain.QUARTER, Grain.HALF)
    )


def _timed(day: Meaning, clock: Meaning) -> Meaning:
    part = clock.part or day.part
    if clock.clock:
        time = _afternoon(clock.clock, part) if part else clock.clock
        return replace(day, clock=time, part=None, grain=Grain.DAY)
    grain = Grain.NIGHT if part == "NI" else day.grain
    return replace(day, part=part, grain=grain, mod=day.mod or clock.mod)


def _afternoon(clock: str, part: str) -> str:
    """Turn "3 o'clock in the afternoon" to 15:00; at night only the hours of the evening turn."""
    hour = int(clock[:2])
    turns = hour < 12 if part in ("AF", "EV") else 6 <= hour < 12 if part == "NI" else False
    return f"{hour + 12:02}{clock[2:]}" if turns else clock


def close_ranges(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Merge the two ends of a range; in lists ("March and April 2022") the year is shared."""
    closed: list[TimeExpression] = []
    for expression in found:
        if expression.meaning.value == "list" and expression.parts:
            if not _between(text, expression.start):
                closed.extend(expression.parts)
                continue
            expression = replace(expression, meaning=Meaning(Frame.RANGE))
        if closed:
            last = closed[-1]
            gap = text[last.end : expression.start]
            if len(gap) < 14 and _fits(last.meaning, expression.meaning):
                shared = _share_year(last, expression.meaning)
                if _RANGE.fullmatch(gap) and ("and" not in gap or _between(text, last.start)):
                    closed[-1] = _range(shared, expression)
                    continue
                if _LIST.fullmatch(gap):
                    closed[-1] = shared
        closed.append(expression)
    return closed


def _between(text: str, start: int) -> bool:
    return bool(_BETWEEN.search(text[max(0, start - 14) : start]))


def _fits(a: Meaning, b: Meaning) -> bool:
    if a.frame is Frame.CLOCK or b.frame is Frame.CLOCK:
        return a.clock is not None and b.clock is not None
    if a.frame not in _DAYLIKE or b.frame not in _DAYLIKE or a.anchor != b.anchor:
        return False
    return (
        a.grain == b.grain or (a.grain is Grain.NIGHT and b.grain is Grain.DAY) or b.frame is a.frame is Frame.CALENDAR
    )


def _share_year(a: TimeExpression, b: Meaning) -> TimeExpression:
    if (
        _takes_year(a.meaning)
        and b.frame is Frame.CALENDAR
        and b.grain == a.meaning.grain
        and not a.meaning.year_offset
    ):
        return replace(a, meaning=replace(a.meaning, year=b.year, year_offset=b.year_offset))
    return a


def _range(a: TimeExpression, b: TimeExpression) -> TimeExpression:
    if a.meaning.grain is Grain.NIGHT and b.meaning.grain is Grain.DAY and not b.meaning.clock:
        return replace(a, end=b.end)
    return TimeExpression(a.start, b.end, b.type, Meaning(Frame.RANGE), f"range:{a.rule}", a.cue, (a, b))


def read_bounds(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Give each expression the preposition that leaves one of its ends open."""
    return [_bounded(text, expression) for expression in found]


def _bounded(text: str, expression: TimeExpression) -> TimeExpression:
    meaning = expression.meaning
    if meaning.bound or meaning.frame not in (Frame.CALENDAR, Frame.WEEKDAY, Frame.OFFSET, Frame.CLOCK):
        return expression
    if text.startswith(("'s", "’s"), expression.end):
        return expression  # "since Tuesday's attack": the attack is the bound
    offset = max(0, expression.start - 30)
    cue = _BOUND.search(text[offset : expression.start])
    if cue:
        bound = _BOUNDS.get(cue[1].lower(), Bound.UNTIL)
        return replace(expression, meaning=replace(meaning, bound=bound), cue=offset + cue.start())
    if text[offset : expression.start].lower().endswith("from ") and _ONWARDS.match(text, expression.end):
        return replace(expression, meaning=replace(meaning, bound=Bound.SINCE), cue=expression.start - 5)
    return expression
