"""Places that the text puts in another country than the gazetteer does."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kronika.codebook.states import states
from kronika.codebook.territories import territories
from kronika.records import Document, Finding, FindingKind, PlacePrecision, PlaceRef, Severity, content_id

#: Below this calibrated probability the name may mean a place that is in the country the text says.
_SURE = 0.85
_LEVEL = r"(?:city|town|village|settlement|port|region|oblast|province|district|area|republic|peninsula|county|capital)"
_SIDE = r"(?:(?:north|south|east|west|central|border|far|mid)[\w-]*\s+)*"
#: "the X region of Y", "X in Y".
_WITHIN = re.compile(rf"(?:\s+{_LEVEL})?\s+(?:of|in)\s+(?:the\s+)?{_SIDE}", re.IGNORECASE)
#: "X, Y" is a place in a state only where nothing follows that makes it a list or a subject ("in X, Y and Z agreed").
_COMMA = re.compile(rf"(?:\s+{_LEVEL})?,\s+(?:in\s+)?(?:the\s+)?{_SIDE}", re.IGNORECASE)
_CLOSED = re.compile(r"\s*(?:[.;:)]|,\s(?!and\b|or\b)[a-z]|(?:on|in|at|after|during|late|early|by|where|when)\b)")
#: "Y’s southern X", and "the Y city of X"; "the Y X offensive" is the side that leads it.
_OWNED = re.compile(rf"[’']s?\s+{_SIDE}(?:{_LEVEL}\s+(?:of\s+)?)?", re.IGNORECASE)
_OF_NATION = re.compile(rf"\s+{_SIDE}{_LEVEL}\s+(?:of\s+)?", re.IGNORECASE)


def check_geography(places: Iterable[PlaceRef], document: Document) -> list[Finding]:
    """Return a finding for each place whose ``stated_country`` is not its country, one a place.

    Only where the words between the two say so: "the X region of Y", "X, Y.", "Y’s X region", "the Y city of X".

    Dependent territories under the name of their state are no contradiction; a place that the two states differ over
    is a note, any other a warning. Left out is what the gazetteer is not sure of, and a name that the stated country
    has too.
    """
    found: dict[tuple[str | None, str | None], Finding] = {}
    for place in places:
        if not _differs(place) or not _is_said(place, document.text):
            continue
        found.setdefault((place.id, place.stated_country), _finding(place))
    return list(found.values())


def _differs(place: PlaceRef) -> bool:
    country, stated = place.country, place.stated_country
    if country is None or stated is None or country == stated or place.precision is PlacePrecision.COUNTRY:
        return False
    if place.stated_span is None or (place.score or 0.0) < _SURE:
        return False
    if territories().is_dependency(country, stated):
        return False
    return all(candidate.country != stated for candidate in place.candidates)


def _is_said(place: PlaceRef, text: str) -> bool:
    """Whether the words between a place and a state put the one in the other, and no list or subject is meant."""
    stated, own = place.stated_span, place.span
    if stated is None or states().country_of(stated.text) != place.stated_country:
        return False
    if stated.text.lower() in f"{place.admin1} {place.admin2}".lower():
        return False  # "Rijau, Niger": a state of Nigeria has the name of its neighbour
    if stated.start < own.start:
        is_name = stated.text.lower().removeprefix("the ") in states().names
        gap = text[stated.end : own.start]
        return bool((_OWNED if is_name else _OF_NATION).fullmatch(gap))
    gap = text[own.end : stated.start]
    return bool(_WITHIN.fullmatch(gap) or (_COMMA.fullmatch(gap) and _CLOSED.match(text, stated.end)))


def _finding(place: PlaceRef) -> Finding:
    assert place.stated_span is not None
    title = states().title
    own, stated = (title.get(code or "", code or "") for code in (place.country, place.stated_country))
    disputed = territories().is_disputed(
        place.country or "", place.stated_country or "", place.name, place.admin1, place.surface
    )
    text = f"{place.name or place.surface} is in {own}; the text puts it in {stated}"
    spans = sorted((place.span, place.stated_span), key=lambda span: span.start)
    return Finding(
        content_id("f", FindingKind.GEOGRAPHY, place.span.document, place.span.start, place.stated_country),
        FindingKind.GEOGRAPHY,
        Severity.NOTE if disputed else Severity.WARNING,
        tuple(spans),
        f"{text} (the two states differ over it)" if disputed else text,
        f"gazetteer: {place.id}",
    )
