"""Reading times that name their place in the calendar or the day: dates, months, weekdays, clock times."""

from __future__ import annotations

import re

from kronika.annotate.times.groups import (
    DATE,
    SET,
    TIME,
    Match,
    Read,
    group_day,
    group_edge,
    group_int,
    group_month,
    group_which,
)
from kronika.annotate.times.lexicon import TimeLexicon
from kronika.annotate.times.meaning import Frame, Grain, Meaning
from kronika.records.quick import replace


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
    year = group_int(match, "year", "dashed")
    offset = group_which(match, "which") if "which" in match.groupdict() else None
    return DATE, Meaning(
        Frame.CALENDAR, year=year, month=group_month(match, words), day=group_day(match, words), offset=offset
    )


def read_ordinal_day(match: Match, words: TimeLexicon) -> Read:
    """On the 24th: a day of the month spoken of."""
    return DATE, Meaning(Frame.CALENDAR, day=group_day(match, words))


def read_month(match: Match, words: TimeLexicon) -> Read:
    """February, early March 2022, last June, June of last year, each July."""
    month = group_month(match, words)
    if match["each"]:
        return SET, Meaning(Frame.SET, value=f"XXXX-{month:02}")
    return DATE, Meaning(
        Frame.CALENDAR,
        Grain.MONTH,
        year=group_int(match, "year"),
        month=month,
        offset=group_which(match, "which"),
        year_offset=group_which(match, "rel"),
        mod=group_edge(match, words),
    )


def read_weekday(match: Match, words: TimeLexicon) -> Read:
    """Tuesday, last Friday, late on Tuesday, Fridays."""
    weekday = words.weekdays[match["weekday"].rstrip(".")]
    if match["each"] or match["plural"]:
        return SET, Meaning(Frame.SET, value=f"XXXX-WXX-{weekday + 1}")
    return DATE, Meaning(
        Frame.WEEKDAY, weekday=weekday, offset=group_which(match, "which"), mod=group_edge(match, words)
    )


def read_season(match: Match, words: TimeLexicon) -> Read:
    """Last summer, the spring of 2022; a bare season is an ordinary word too often."""
    season, year = words.seasons[match["season"]], group_int(match, "year")
    if match["each"]:
        return SET, Meaning(Frame.SET, value="XXXX-" + ("SP", "SU", "FA", "WI")[season - 1])
    if season in (1, 3) and not (match["which"] or year or match["the"] or group_edge(match, words)):
        return None
    meaning = Meaning(Frame.CALENDAR, Grain.SEASON, year, ordinal=season, offset=group_which(match, "which"))
    return DATE, replace(meaning, mod=group_edge(match, words))


def read_quarter(match: Match, words: TimeLexicon) -> Read:
    """The third quarter of 2022, last year's first half."""
    grain = Grain(match["unit"])
    nth = words.ordinals[match["nth"]]
    year_offset = group_which(match, "which", "rel", "tail")
    year = group_int(match, "year", "after")
    # "the second half" may be of anything, and "of April" makes it no half of a year
    of_what = re.match(r"\s+of\s", match.string[match.end() : match.end() + 6])
    if grain is Grain.HALF and (nth > 2 or (year is None and year_offset is None and "year" not in match[0])):
        return None
    if of_what and year is None and year_offset is None:
        return None
    return DATE, Meaning(Frame.CALENDAR, grain, year, ordinal=nth, year_offset=year_offset)


def read_decade(match: Match, words: TimeLexicon) -> Read:
    """The 1990s, the late '80s."""
    year = group_int(match, "decade")
    year = year if year is not None else 1900 + int(match["short"])
    return DATE, Meaning(Frame.CALENDAR, Grain.DECADE, year, mod=group_edge(match, words))


def read_century(match: Match, words: TimeLexicon) -> Read:
    """The 20th century."""
    return DATE, Meaning(Frame.CALENDAR, Grain.CENTURY, (int(match["nth"]) - 1) * 100, mod=group_edge(match, words))


def read_year(match: Match, words: TimeLexicon) -> Read:
    """2014, early 2022, the year 2000."""
    return DATE, Meaning(Frame.CALENDAR, Grain.YEAR, int(match["year"]), mod=group_edge(match, words))


def read_holiday(match: Match, words: TimeLexicon) -> Read:
    """Christmas Eve, Victory Day 2022."""
    name = " ".join(match["holiday"].replace("’", "'").split())
    return DATE, Meaning(Frame.CALENDAR, year=group_int(match, "year"), holiday=name)


def read_small_hours(match: Match, words: TimeLexicon) -> Read:
    """The early hours of Saturday: its morning."""
    return TIME, Meaning(Frame.CLOCK, Grain.HOUR, part="MO", mod="START")


def read_short_quarter(match: Match, words: TimeLexicon) -> Read:
    """Q3 2024, H1 2025."""
    grain, nth = (Grain.QUARTER if match["letter"].upper() == "Q" else Grain.HALF), int(match["digit"])
    if grain is Grain.HALF and nth > 2:
        return None
    return DATE, Meaning(Frame.CALENDAR, grain, int(match["year"]), ordinal=nth)


def read_spelled_year(match: Match, words: TimeLexicon) -> Read:
    """Nineteen ninety-six, two thousand: broadcast transcripts spell years."""
    text = " ".join(match["spelled"].split())
    century, _, rest = text.partition(" ")
    if century == "two":
        year = int(words.number(text) or 2000)
    else:
        year = 100 * words.numbers[century] + int(words.number(rest) or 0)
    return DATE, Meaning(Frame.CALENDAR, Grain.YEAR, year)


def read_clock(match: Match, words: TimeLexicon) -> Read:
    """06:40 local time, 6 a.m., three o'clock, noon."""
    groups = match.groupdict()
    if groups.get("moment"):
        return TIME, Meaning(Frame.CLOCK, Grain.MINUTE, clock=words.moments[match["moment"]])
    hour = int(match["hour"]) if match["hour"].isdigit() else int(words.number(match["hour"]) or 0)
    if groups.get("half"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    if hour > 24:
        return None
    return TIME, Meaning(Frame.CLOCK, Grain.MINUTE, clock=f"{hour:02}:{groups.get('minute') or '00'}")


def read_part(match: Match, words: TimeLexicon) -> Read:
    """The evening, early in the morning."""
    return TIME, Meaning(Frame.CLOCK, Grain.HOUR, part=words.parts[match["part"]], mod=group_edge(match, words))
