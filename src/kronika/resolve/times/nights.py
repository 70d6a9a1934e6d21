"""Nights that somebody tells of: "overnight" is the night before the day of the telling, not of publication."""

from __future__ import annotations

from datetime import date
from typing import Any

from kronika.annotate.times.finding import Frame, Grain
from kronika.records.quick import replace
from kronika.resolve.times.values import Resolution

#: A telling longer ago than this is no news that "overnight" can be of.
_NEWS_DAYS = 7


def told_nights(found: list[Resolution], doc: Any, published: date | None) -> list[Resolution]:
    """Return the resolutions with each "overnight" moved to the day on which its sentence says that it was told.

    "On Friday the ministry said that it had shot down nine drones overnight": the night to Friday.
    """
    if published is None or "overnight" not in doc.text.lower():
        return found
    return [_moved(one, found, doc, published) if _is_overnight(one, doc) else one for one in found]


def _is_overnight(one: Resolution, doc: Any) -> bool:
    meaning = one.expression.meaning
    text = doc.text[one.expression.start : one.expression.end].lower()
    return text == "overnight" and meaning.frame is Frame.OFFSET and one.when is not None


def _moved(night: Resolution, found: list[Resolution], doc: Any, published: date) -> Resolution:
    token = doc.char_span(night.expression.start, night.expression.end, alignment_mode="expand").root
    for day in found:
        when = day.when
        if when is None or night.when is None or when.grain is not Grain.DAY or when.start != when.end:
            continue
        age = published - when.start
        is_of_print = night.when.end == published  # not moved yet
        if is_of_print and 0 < age.days <= _NEWS_DAYS and _is_told_on(token, day, doc):
            anchor = doc.text[day.expression.start : day.expression.end]
            moved = replace(
                night.when, start=night.when.start - age, end=night.when.end - age, anchor=f"told “{anchor}”"
            )
            return replace(night, when=moved)
    return night


def _is_told_on(night: Any, day: Resolution, doc: Any) -> bool:
    """Whether a day is that of a verb whose clause of content tells of the night."""
    verb = doc.char_span(day.expression.start, day.expression.end, alignment_mode="expand").root
    if verb.sent.start != night.sent.start:
        return False
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    node = night
    while node.head.i != node.i:
        if node.head.i == verb.i:
            return bool(node.dep_ == "ccomp")
        node = node.head
    return False
