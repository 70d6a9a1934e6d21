"""From a matched pattern to a meaning: one small function a rule of :mod:`kronika.annotate.times_patterns`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kronika.annotate.times_lexicon import DEICTICS, TimeLexicon
from kronika.annotate.times_meaning import Anchor, Bound, Frame, Grain, Meaning, TimexType

DATE, TIME, DURATION, SET = TimexType.DATE, TimexType.TIME, TimexType.DURATION, TimexType.SET
Read = tuple[TimexType, Meaning] | None
Match = re.Match[str]

_WHICH = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "this": 0, "current": 0, "same": 0, "that": 0}
_WHICH |= {"next": 1, "coming": 1, "following": 1}
_EDGES = {"early": "START", "start": "START", "beginning": "START", "mid": "MID", "middle": "MID"}
_EDGES |= {"late": "END", "end": "END", "earlier": "START", "later": "END"}


def _get(match: Match, *names: str) -> str | None:
    groups = match.groupdict()
    return next((groups[name].lower() for name in names if groups.get(name)), None)


def _int(match: Match, *names: str) -> int | None:
    found = _get(match, *names)
    return int(found) if found else None


def _which(match: Match, *names: str) -> int | None:
    found = _get(match, *names)
    return _WHICH[found.split()[-1]] if found else None


def _edge(match: Match, words: TimeLexicon) -> str | None:
    found = _get(match, "edge", "edge_2", "late")
    if found:
        return next((mod for word, mod in _EDGES.items() if word in found.split()), None)
    approx = _get(match, "approx", "approx_2")
    return words.approximators.get(" ".join(approx.split())) if approx else None


def _day(match: Match, words: TimeLexicon, name: str = "day") -> int:
    text = match[name].lower()
    return words.ordinals.get(text) or int(re.match(r"\d+", text)[0])  # type: ignore[index]


def _month(match: Match, words: TimeLexicon) -> int:
    return words.months[match["month"].lower().rstrip(".")]


def read_iso(match: Match, words: TimeLexicon) -> Read:
    """2022-02-24, 2022-02-24T05:07."""
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    clock = match["clock"]
    return (TIME if clock else DATE), Meaning(Frame.CALENDAR, year=year, month=month, day=day, clock=clock)


def read_numeric(match: Match, words: TimeLexicon) -> Read:
    """24.02.2022 and 24/02/2022; with slashes the order of day and month may stay open."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 70 else 1900
    day, month = (first, second) if match["mark"] == "." or first > 12 else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    swapped = match["mark"] == "/" and first <= 12 and second <= 12 and first != second
    return DATE, Meaning(Frame.CALENDAR, year=year, month=month, day=day, swapped=swapped)


def read_day_month(match: Match, words: TimeLexicon) -> Read:
    """15 March, March 15, the 15th of March 2022."""
    year = _int(match, "year", "dashed")
    return DATE, Meaning(Frame.CALENDAR, year=year, month=_month(match, words), day=_day(match, words))


def read_month(match: Match, words: TimeLexicon) -> Read:
    """February, early March 2022, last June, June of last year, each July."""
    month = _month(match, words)
    if match["each"]:
        return SET, Meaning(Frame.SET, value=f"XXXX-{month:02}")
    return DATE, Meaning(
        Frame.CALENDAR,
        Grain.MONTH,
        year=_int(match, "year"),
        month=month,
        offset=_which(match, "which"),
        year_offset=_which(match, "rel"),
        mod=_edge(match, words),
    )


def read_weekday(match: Match, words: TimeLexicon) -> Read:
    """Tuesday, last Friday, late on Tuesday, Fridays."""
    weekday = words.weekdays[match["weekday"].lower().rstrip(".")]
    if match["each"] or match["plural"]:
        return SET, Meaning(Frame.SET, value=f"XXXX-WXX-{weekday + 1}")
    return DATE, Meaning(Frame.WEEKDAY, weekday=weekday, offset=_which(match, "which"), mod=_edge(match, words))


def read_season(match: Match, words: TimeLexicon) -> Read:
    """Last summer, the spring of 2022; a bare season is an ordinary word too often."""
    season, year = words.seasons[match["season"].lower()], _int(match, "year")
    if match["each"]:
        return SET, Meaning(Frame.SET, value="XXXX-" + ("SP", "SU", "FA", "WI")[season - 1])
    if season in (1, 3) and not (match["which"] or year or match["the"] or _edge(match, words)):
        return None
    meaning = Meaning(Frame.CALENDAR, Grain.SEASON, year, ordinal=season, offset=_which(match, "which"))
    return DATE, replace(meaning, mod=_edge(match, words))


def read_quarter(match: Match, words: TimeLexicon) -> Read:
    """The third quarter of 2022, last year's first half."""
    grain = Grain(match["unit"].lower())
    nth = words.ordinals[match["nth"].lower()]
    if grain is Grain.HALF and nth > 2:
        return None
    year_offset = _which(match, "which", "rel", "tail")
    year = _int(match, "year", "after")
    return DATE, Meaning(Frame.CALENDAR, grain, year, ordinal=nth, year_offset=year_offset)


def read_decade(match: Match, words: TimeLexicon) -> Read:
    """The 1990s, the late '80s."""
    year = _int(match, "decade")
    year = year if year is not None else 1900 + int(match["short"])
    return DATE, Meaning(Frame.CALENDAR, Grain.DECADE, year, mod=_edge(match, words))


def read_century(match: Match, words: TimeLexicon) -> Read:
    """The 20th century."""
    return DATE, Meaning(Frame.CALENDAR, Grain.CENTURY, (int(match["nth"]) - 1) * 100, mod=_edge(match, words))


def read_year(match: Match, words: TimeLexicon) -> Read:
    """2014, early 2022, the year 2000."""
    return DATE, Meaning(Frame.CALENDAR, Grain.YEAR, int(match["year"]), mod=_edge(match, words))


def read_holiday(match: Match, words: TimeLexicon) -> Read:
    """Christmas Eve, Victory Day 2022."""
    name = " ".join(match["holiday"].lower().replace("’", "'").split())
    return DATE, Meaning(Frame.CALENDAR, year=_int(match, "year"), holiday=name)


def read_deictic(match: Match, words: TimeLexicon) -> Read:
    """today, yesterday, overnight."""
    offset, part = DEICTICS[match["word"].lower()]
    meaning = Meaning(Frame.OFFSET, Grain.NIGHT if part else Grain.DAY, offset=offset, part=part)
    return (TIME if part else DATE), replace(meaning, mod=_edge(match, words))


def read_part_deictic(match: Match, words: TimeLexicon) -> Read:
    """This morning, last night, that evening."""
    which = match["which"].lower().split()[-1]
    part = words.parts[match["part"].lower()]
    grain = Grain.NIGHT if part == "NI" else Grain.DAY
    anchor = Anchor.PREVIOUS if which in ("that", "same") else Anchor.PUBLISHED
    return TIME, Meaning(Frame.OFFSET, grain, offset=_WHICH[which], part=part, anchor=anchor, mod=_edge(match, words))


def read_deictic_unit(match: Match, words: TimeLexicon) -> Read:
    """Last year, this week, earlier this month, the past decade."""
    grain, which = Grain(match["unit"].lower()), match["which"].lower()
    span = _get(match, "span")
    bound = Bound(span) if span else None
    if which == "the past" or (which == "the last" and grain in (Grain.MONTH, Grain.YEAR, Grain.DECADE)):
        return DURATION, Meaning(Frame.DURATION, grain, amount=1, reach=-1)
    mod = _EDGES[span] if span else _edge(match, words)
    return DATE, Meaning(Frame.OFFSET, grain, offset=_which(match, "which"), mod=mod, bound=bound)


def read_weekend(match: Match, words: TimeLexicon) -> Read:
    """Over the weekend."""
    return DATE, Meaning(Frame.OFFSET, Grain.WEEKEND)


def read_edge_of_unit(match: Match, words: TimeLexicon) -> Read:
    """The end of the month, the start of next year; "earlier in the year"."""
    groups = match.groupdict()
    which = (groups.get("which") or "the").lower()
    span = groups.get("span")
    bound = Bound(span.lower()) if span else None
    mod = _EDGES[(groups.get("edge") or span or "").lower()]
    offset = 0 if which == "the" else _WHICH[which]
    return DATE, Meaning(Frame.OFFSET, Grain(match["unit"].lower()), offset=offset, mod=mod, bound=bound)


def _amount(match: Match, words: TimeLexicon) -> float | None:
    text = (_get(match, "qty") or "").strip()
    if text.startswith("half"):
        return 0.5
    low = re.split(r"\s*(?:\bto\b|\bor\b|–|-(?=\d))\s*", text)[0]
    low, _, half = low.partition(" and a half")
    amount = words.number(low) if low else None
    return amount + 0.5 if amount is not None and text.endswith("and a half") else amount


def read_ago(match: Match, words: TimeLexicon) -> Read:
    """Two days ago, a week earlier, three months later, several years ago."""
    if not match["qty"] and not match["unit"].lower().endswith("s"):
        return None
    way, amount = match["way"].lower(), _amount(match, words)
    grain = words.units[match["unit"].lower()]
    back = way in ("ago", "earlier", "before")
    anchor = Anchor.PUBLISHED if way == "ago" or way.startswith("from") else Anchor.PREVIOUS
    type_ = TIME if grain in (Grain.HOUR, Grain.MINUTE, Grain.SECOND) else DATE
    if amount is None:
        return DATE, Meaning(Frame.REFERENCE, value="PAST_REF" if back else "FUTURE_REF")
    sign = -1 if back else 1
    if amount != int(amount):
        grain, amount = (Grain.MONTH, amount * 12) if grain is Grain.YEAR else (grain, amount)
    return type_, Meaning(Frame.OFFSET, grain, offset=int(sign * amount), anchor=anchor, mod=_edge(match, words))


def read_previous(match: Match, words: TimeLexicon) -> Read:
    """The next day, the same day, that week, the following month."""
    grain, which = Grain(match["unit"].lower()), match["which"].lower().split()
    step = 0 if which[0] == "that" or "same" in which else _WHICH[which[-1]]
    part = "NI" if grain is Grain.NIGHT else None
    return DATE, Meaning(Frame.OFFSET, grain, offset=step, anchor=Anchor.PREVIOUS, part=part, mod=_edge(match, words))


def read_previous_part(match: Match, words: TimeLexicon) -> Read:
    """The next morning, the previous evening."""
    part, step = words.parts[match["part"].lower()], _WHICH[match["step"].lower()]
    grain = Grain.NIGHT if part == "NI" else Grain.DAY
    return TIME, Meaning(Frame.OFFSET, grain, offset=step, anchor=Anchor.PREVIOUS, part=part)


def read_day_before(match: Match, words: TimeLexicon) -> Read:
    """The day before, the week after."""
    step = -1 if match["way"].lower() in ("before", "earlier") else 1
    return DATE, Meaning(Frame.OFFSET, Grain(match["unit"].lower()), offset=step, anchor=Anchor.PREVIOUS)


def read_recent(match: Match, words: TimeLexicon) -> Read:
    """Recent months, the coming weeks: a duration of no known length."""
    reach = 1 if match["which"].lower() == "coming" else -1
    return DURATION, Meaning(Frame.DURATION, words.units[match["units"].lower()], reach=reach)


def read_bare_units(match: Match, words: TimeLexicon) -> Read:
    """weeks, months of shelling."""
    return DURATION, Meaning(Frame.DURATION, words.units[match["units"].lower()])


def read_duration(match: Match, words: TimeLexicon) -> Read:
    """Three days, a five-hour battle, more than two years; "the past 24 hours" reaches back from the anchor."""
    which = _get(match, "which")
    reach = _WHICH.get(which, 0) if which else 0
    if which == "latest":
        reach = -1
    unit = words.units[match["unit"].lower()]
    qty = (_get(match, "qty") or "").strip()
    if qty in ("a", "an") and not which and unit is Grain.SECOND:
        return None
    return DURATION, Meaning(Frame.DURATION, unit, amount=_amount(match, words), reach=reach, mod=_edge(match, words))


def read_each(match: Match, words: TimeLexicon) -> Read:
    """Every day, each week, every night."""
    if "part" in match.groupdict():
        return SET, Meaning(Frame.SET, value=f"XXXX-XX-XXT{words.parts[match['part'].lower()]}")
    code = words.codes[Grain(match["unit"].lower())]
    value = {"TNI": "XXXX-XX-XXTNI", "WE": "XXXX-WXX-WE", "TH": "PT1H", "TM": "PT1M", "Q": "P3M"}.get(code, f"P1{code}")
    return SET, Meaning(Frame.SET, value=value)


def read_clock(match: Match, words: TimeLexicon) -> Read:
    """06:40 local time, 6 a.m., three o'clock, noon."""
    groups = match.groupdict()
    if groups.get("moment"):
        return TIME, Meaning(Frame.CLOCK, Grain.MINUTE, clock=words.moments[match["moment"].lower()])
    hour = int(match["hour"]) if match["hour"].isdigit() else int(words.number(match["hour"]) or 0)
    if groups.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].lower() == "p" else 0)
    if hour > 24:
        return None
    return TIME, Meaning(Frame.CLOCK, Grain.MINUTE, clock=f"{hour:02}:{groups.get('minute') or '00'}")


def read_part(match: Match, words: TimeLexicon) -> Read:
    """The evening, early in the morning."""
    return TIME, Meaning(Frame.CLOCK, Grain.HOUR, part=words.parts[match["part"].lower()], mod=_edge(match, words))


def read_set(match: Match, words: TimeLexicon) -> Read:
    """daily, weekly."""
    return SET, Meaning(Frame.SET, value=words.sets[match["set"].lower()])


def read_reference(match: Match, words: TimeLexicon) -> Read:
    """now, recently, the future."""
    return DATE, Meaning(Frame.REFERENCE, value=words.references[" ".join(match["reference"].lower().split())])


READERS: dict[str, Callable[[Match, TimeLexicon], Read]] = {
    "iso": read_iso, "numeric": read_numeric, "day_month": read_day_month, "month_day": read_day_month,
    "month": read_month, "weekday": read_weekday, "season": read_season, "quarter": read_quarter,
    "decade": read_decade, "century": read_century, "year": read_year, "holiday": read_holiday,
    "deictic": read_deictic, "part_deictic": read_part_deictic, "deictic_unit": read_deictic_unit,
    "weekend": read_weekend, "earlier_in": read_edge_of_unit, "edge_of_unit": read_edge_of_unit,
    "ago": read_ago, "previous": read_previous, "previous_part": read_previous_part, "day_before": read_day_before,
    "recent": read_recent, "reach": read_duration, "duration": read_duration, "bare_units": read_bare_units,
    "each": read_each, "each_part": read_each, "clock": read_clock, "clock24": read_clock, "oclock": read_clock,
    "moment": read_clock, "part": read_part, "set": read_set, "reference": read_reference,
}  # fmt: skip
