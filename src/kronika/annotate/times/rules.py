"""From a matched pattern to a meaning: the reader of each rule of :mod:`kronika.annotate.times.patterns`."""

from __future__ import annotations

from collections.abc import Callable

from kronika.annotate.times import named, relative
from kronika.annotate.times.groups import Match, Read
from kronika.annotate.times.lexicon import TimeLexicon

READERS: dict[str, Callable[[Match, TimeLexicon], Read]] = {
    "iso": named.read_iso,
    "numeric": named.read_numeric,
    "day_month": named.read_day_month,
    "month_day": named.read_day_month,
    "ordinal_day": named.read_ordinal_day,
    "month": named.read_month,
    "weekday": named.read_weekday,
    "season": named.read_season,
    "quarter": named.read_quarter,
    "decade": named.read_decade,
    "century": named.read_century,
    "year": named.read_year,
    "holiday": named.read_holiday,
    "deictic": relative.read_deictic,
    "part_deictic": relative.read_part_deictic,
    "deictic_unit": relative.read_deictic_unit,
    "past_day": relative.read_past_day,
    "weekend": relative.read_weekend,
    "earlier_in": relative.read_edge_of_unit,
    "edge_of_unit": relative.read_edge_of_unit,
    "ago": relative.read_ago,
    "compared": relative.read_compared,
    "the_unit": relative.read_the_unit,
    "spelled_year": named.read_spelled_year,
    "small_hours": named.read_small_hours,
    "short_quarter": named.read_short_quarter,
    "previous": relative.read_previous,
    "previous_part": relative.read_previous_part,
    "day_before": relative.read_day_before,
    "recent": relative.read_recent,
    "reach": relative.read_duration,
    "duration": relative.read_duration,
    "bare_units": relative.read_bare_units,
    "each": relative.read_each,
    "each_part": relative.read_each,
    "clock": named.read_clock,
    "clock24": named.read_clock,
    "clock_zoned": named.read_clock,
    "oclock": named.read_clock,
    "moment": named.read_clock,
    "part": named.read_part,
    "set": relative.read_set,
    "reference": relative.read_reference,
}
