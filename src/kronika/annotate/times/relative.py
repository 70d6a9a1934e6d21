"""Reading times that are counted or measured: yesterday, two days ago, the next day, for three days, daily."""

from __future__ import annotations

import re

from kronika.annotate.times.groups import (
    DATE,
    DURATION,
    EDGES,
    SET,
    TIME,
    WHICH,
    Match,
    Read,
    group_edge,
    group_get,
    group_which,
)
from kronika.annotate.times.lexicon import DEICTICS, TimeLexicon
from kronika.annotate.times.meaning import Anchor, Bound, Frame, Grain, Meaning
from kronika.records.quick import replace


def read_deictic(match: Match, words: TimeLexicon) -> Read:
    """today, yesterday, the day before yesterday, overnight."""
    offset, part = DEICTICS[" ".join(match["word"].split())]
    meaning = Meaning(Frame.OFFSET, Grain.NIGHT if part else Grain.DAY, offset=offset, part=part)
    return (TIME if part else DATE), replace(meaning, mod=group_edge(match, words))


def read_part_deictic(match: Match, words: TimeLexicon) -> Read:
    """This morning, last night, that evening."""
    which = match["which"].split()[-1]
    part = words.parts[match["part"]]
    grain = Grain.NIGHT if part == "NI" else Grain.DAY
    anchor = Anchor.PREVIOUS if which in ("that", "same") else Anchor.PUBLISHED
    return TIME, Meaning(
        Frame.OFFSET, grain, offset=WHICH[which], part=part, anchor=anchor, mod=group_edge(match, words)
    )


def read_deictic_unit(match: Match, words: TimeLexicon) -> Read:
    """Last year, this week, earlier this month, the past decade."""
    grain, which = Grain(match["unit"]), match["which"]
    span = group_get(match, "span")
    bound = Bound(span) if span else None
    if which == "the past" or (which == "the last" and grain in (Grain.MONTH, Grain.YEAR, Grain.DECADE)):
        return DURATION, Meaning(Frame.DURATION, grain, amount=1, reach=-1)
    mod = EDGES[span] if span else group_edge(match, words)
    return DATE, Meaning(Frame.OFFSET, grain, offset=group_which(match, "which"), mod=mod, bound=bound)


def read_past_day(match: Match, words: TimeLexicon) -> Read:
    """The past day, over the last day: the 24 hours before the report."""
    return DURATION, Meaning(Frame.DURATION, Grain.DAY, amount=1, reach=-1)


def read_weekend(match: Match, words: TimeLexicon) -> Read:
    """Over the weekend."""
    return DATE, Meaning(Frame.OFFSET, Grain.WEEKEND)


def read_edge_of_unit(match: Match, words: TimeLexicon) -> Read:
    """The end of the month, the start of next year; "earlier in the year"."""
    groups = match.groupdict()
    which = groups.get("which") or "the"
    span = groups.get("span")
    bound = Bound(span) if span else None
    mod = EDGES[group_get(match, "edge", "edge_2", "span") or ""]
    offset = 0 if which == "the" else WHICH[which]
    unit = Grain(group_get(match, "unit", "unit_2") or "year")
    return DATE, Meaning(Frame.OFFSET, unit, offset=offset, mod=mod, bound=bound)


def read_compared(match: Match, words: TimeLexicon) -> Read:
    """The latest quarter, the year-ago period: what the text compares with what it spoke of last."""
    back = match["back"] is not None
    if not back or group_get(match, "unit_2") == "quarter":
        return DATE, Meaning(Frame.OFFSET, Grain.QUARTER, offset=0, year_offset=-back, anchor=Anchor.PREVIOUS)
    return DATE, Meaning(Frame.OFFSET, Grain.YEAR, offset=-1, anchor=Anchor.PREVIOUS)


def read_the_unit(match: Match, words: TimeLexicon) -> Read:
    """The year, the full year, the quarter."""
    grain = Grain(match["unit"])
    if grain is Grain.QUARTER:
        return DATE, Meaning(Frame.OFFSET, grain, offset=0, year_offset=0, anchor=Anchor.PREVIOUS)
    return DATE, Meaning(Frame.OFFSET, grain, offset=0)


def _amount(match: Match, words: TimeLexicon) -> float | None:
    text = (group_get(match, "qty") or "").strip()
    if text.startswith("half"):
        return 0.5
    low = re.split(r"\s*(?:\bto\b|\bor\b|–|-(?=\d))\s*", text)[0]
    low, _, _rest = low.partition(" and a half")
    amount = words.number(low) if low else None
    return amount + 0.5 if amount is not None and text.endswith("and a half") else amount


def read_ago(match: Match, words: TimeLexicon) -> Read:
    """Two days ago, a week earlier, three months later, several years ago."""
    if not match["qty"] and not match["unit"].endswith("s"):
        return None
    way, amount = match["way"], _amount(match, words)
    grain = words.units[match["unit"]]
    back = way in ("ago", "earlier", "before")
    anchor = Anchor.PUBLISHED if way == "ago" or way.startswith("from") else Anchor.PREVIOUS
    type_ = TIME if grain in (Grain.HOUR, Grain.MINUTE, Grain.SECOND) else DATE
    if amount is None and way == "later" and type_ is TIME:
        return type_, Meaning(Frame.OFFSET, grain, offset=1, anchor=anchor, mod=group_edge(match, words))
    if amount is None and way != "ago":
        return None
    if amount is None:
        return DATE, Meaning(Frame.REFERENCE, value="PAST_REF" if back else "FUTURE_REF")
    sign = -1 if back else 1
    if amount != int(amount):
        grain, amount = (Grain.MONTH, amount * 12) if grain is Grain.YEAR else (grain, amount)
    return type_, Meaning(
        Frame.OFFSET, grain, offset=int(sign * amount), amount=amount, anchor=anchor, mod=group_edge(match, words)
    )


def read_previous(match: Match, words: TimeLexicon) -> Read:
    """The next day, the same day, that week, the following month."""
    grain, which = Grain(match["unit"]), match["which"].split()
    step = 0 if which[0] == "that" or "same" in which else WHICH[which[-1]]
    part = "NI" if grain is Grain.NIGHT else None
    return DATE, Meaning(
        Frame.OFFSET, grain, offset=step, anchor=Anchor.PREVIOUS, part=part, mod=group_edge(match, words)
    )


def read_previous_part(match: Match, words: TimeLexicon) -> Read:
    """The next morning, the previous evening."""
    part, step = words.parts[match["part"]], WHICH[match["step"]]
    grain = Grain.NIGHT if part == "NI" else Grain.DAY
    return TIME, Meaning(Frame.OFFSET, grain, offset=step, anchor=Anchor.PREVIOUS, part=part)


def read_day_before(match: Match, words: TimeLexicon) -> Read:
    """The day before, the week after."""
    step = -1 if match["way"] in ("before", "earlier") else 1
    return DATE, Meaning(Frame.OFFSET, Grain(match["unit"]), offset=step, anchor=Anchor.PREVIOUS)


def read_recent(match: Match, words: TimeLexicon) -> Read:
    """Recent months, the coming weeks: a duration of no known length."""
    reach = 1 if match["which"] == "coming" else -1
    return DURATION, Meaning(Frame.DURATION, words.units[match["units"]], reach=reach)


def read_bare_units(match: Match, words: TimeLexicon) -> Read:
    """weeks, months of shelling."""
    return DURATION, Meaning(Frame.DURATION, words.units[match["units"]])


def read_duration(match: Match, words: TimeLexicon) -> Read:
    """Three days, a five-hour battle, more than two years; "the past 24 hours" reaches back from the anchor."""
    which = group_get(match, "which")
    reach = WHICH.get(which, 0) if which else 0
    if which == "latest":
        reach = -1
    unit = words.units[match["unit"]]
    qty = (group_get(match, "qty") or "").strip()
    if qty in ("a", "an") and not which and unit is Grain.SECOND:
        return None
    return DURATION, Meaning(
        Frame.DURATION, unit, amount=_amount(match, words), reach=reach, mod=group_edge(match, words)
    )


def read_each(match: Match, words: TimeLexicon) -> Read:
    """Every day, each week, every night."""
    if "part" in match.groupdict():
        return SET, Meaning(Frame.SET, value=f"XXXX-XX-XXT{words.parts[match['part']]}")
    code = words.codes[Grain(match["unit"])]
    value = {"TNI": "XXXX-XX-XXTNI", "WE": "XXXX-WXX-WE", "TH": "PT1H", "TM": "PT1M", "Q": "P3M"}.get(code, f"P1{code}")
    return SET, Meaning(Frame.SET, value=value)


def read_set(match: Match, words: TimeLexicon) -> Read:
    """daily, weekly."""
    return SET, Meaning(Frame.SET, value=words.sets[match["set"]])


def read_reference(match: Match, words: TimeLexicon) -> Read:
    """now, recently, the future."""
    return DATE, Meaning(Frame.REFERENCE, value=words.references[" ".join(match["reference"].split())])
