"""Coding of conflict notes: sub-event, date, country, place, deaths, actors (``acled_notes``)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from evals.reports import read_texts
from kronika.codebook.states import states
from kronika.codebook.things import names_in
from kronika.extract.sides import side_of
from kronika.gazetteer import open_gazetteer
from kronika.records import CountKind, Event, Mention, PlacePrecision, PlaceRef, Quantity, Report, Status

SCORER = "acled_notes"
#: The crowd size tag at the end of a note is the coders', not part of the report.
_TAG = re.compile(r"\s*\[(?:size|women targeted|women)[^\]]*\]")
#: What ACLED calls a gang, named or not.
_CRIME = re.compile(
    r"traffick|organi[sz]ed crime|criminal (?:group|gang|faction|organi[sz]ation)|\bnarco", re.IGNORECASE
)
_CODED = re.compile(r"fatalit\w*[^.;]{0,60} (?:as|at|to) $", re.IGNORECASE)
#: Words for the forces of whatever state a deed happens in ("a military convoy", "regime positions").
_OF_STATE = frozenset(("military", "army", "police", "regime", "government"))
_HEADING = re.compile(r"[^:.\n]{1,40}:")
_REAL = frozenset((Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED))
#: ACLED codes the gravest event of a note first: battles, demonstrations, explosions, violence against civilians.
_ORDER = (
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Armed clash",
    "Excessive force against protesters",
    "Protest with intervention",
    "Violent demonstration",
    "Chemical weapon",
    "Suicide bomb",
    "Air/drone strike",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Grenade",
    "Sexual violence",
    "Mob violence",
    "Attack",
    "Abduction/forced disappearance",
    "Peaceful protest",
    "Disrupted weapons use",
    "Looting/property destruction",
    "Arrests",
    "Agreement",
    "Non-violent transfer of territory",
    "Change to group/activity",
    "Other",
)


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one coded note a row; the main event first."""
    texts = [(row["id"], _TAG.sub("", row["text"]), row["published"]) for row in rows]
    for key, report, _ in read_texts(texts):
        yield {"id": key, "events": coded(report)}


def coded(report: Report) -> list[dict[str, Any]]:
    """Return the events of a note as the scorer reads them; without an event, what else the note says."""
    events = [event for event in report.events if event.status in _REAL and event.acled]
    events.sort(key=lambda event: (not _is_headed(event, report), _rank(event), event.trigger.start))
    return [_row(event, report) for event in events] or [_row(None, report)]


def _rank(event: Event) -> int:
    return _ORDER.index(event.acled or "Other")


def _is_headed(event: Event, report: Report) -> bool:
    """Whether the heading of the note ("Displacement: On …") names the event."""
    end = _HEADING.match(report.document.text)
    return end is not None and any(span.end < end.end() for span in (event.trigger, *event.mentions))


def _row(event: Event | None, report: Report) -> dict[str, Any]:
    place = _place(event, report)
    country = _country(place.country) if place is not None and place.country else None
    return {
        "acled": event.acled if event else None,
        "date": _date(event, report),
        "country": country,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "fatalities": _deaths(report),
        "actors": [_actor(m, country) for m in _participants(event, report)],
        "rule": event.rule if event else "no event",
    }


#: Where ACLED's name for a country differs from ours.
_ACLED_NAMES = {
    "Hong Kong": "China",
    "Macao": "China",
    "Democratic Republic of the Congo": "Democratic Republic of Congo",
    "Eswatini": "eSwatini",
}


def _country(code: str) -> str | None:
    """Return a country or territory (ISO 3166 alpha-2) by ACLED's name."""
    named = open_gazetteer().country_place(code)
    name = states().title.get(code) or (named.name if named else None)
    return _ACLED_NAMES.get(name or "", name)


def _participants(event: Event | None, report: Report) -> list[Mention]:
    """Return the sides of the event, then those of the other deeds of the note: it is coded as one row."""
    others = (other for other in report.events if other is not event and other.status in _REAL)
    return [
        mention
        for one in (*((event,) if event else ()), *others)
        for mention in (*one.roles.actor, *one.roles.target, *one.roles.victim, *one.roles.alongside)
    ]


def _actor(mention: Mention, where: str | None) -> str:
    """Return a participant as ACLED names it: by its alias, else with its state, for state forces where they act."""
    aliases = [one.acled or one.name for one in names_in(mention.name)]
    if _CRIME.search(mention.name):
        aliases.append("gang")
    own = states().title.get(mention.country or "")
    country = own or (where if side_of(mention) == "state" or _OF_STATE & set(mention.name.lower().split()) else None)
    return " ".join([mention.name, *aliases, *([country] if country else [])])


def _place(event: Event | None, report: Report) -> PlaceRef | None:
    own = event.place if event is not None else None
    if own is not None and own.latitude is not None and not _is_somewhere(own):
        return own
    named = [p for p in report.places if p.latitude is not None and p.precision is not PlacePrecision.COUNTRY]
    first = next(iter(named), own or next(iter(report.places), None))
    if first is None or first.precision is not PlacePrecision.ADMIN1:
        return first
    inside = (p for p in named if p.precision is PlacePrecision.SETTLEMENT and _lies_in(p, first))
    return next(inside, first)


def _is_somewhere(place: PlaceRef) -> bool:
    """Whether a place that the gazetteer lacks is only known to be somewhere in a country."""
    return place.precision is PlacePrecision.COUNTRY and place.reason is not None


def _lies_in(inner: PlaceRef, outer: PlaceRef) -> bool:
    return inner.country == outer.country and inner.admin1 == outer.name


def _date(event: Event | None, report: Report) -> str | None:
    if event is not None and event.time is not None and event.time.start:
        return event.time.start
    return next((time.start for time in report.times if time.start), None)


def _deaths(report: Report) -> int:
    """Return the number killed as ACLED takes it: a stated total, else the sum of the distinct lowest figures."""
    told = [q for event in report.events if event.status in _REAL for q in event.counts]
    killed = [q for q in told if q.kind is CountKind.KILLED and q.part_of is None]
    totals = [q for q in report.quantities if q.kind is CountKind.KILLED and _is_total(q, report.document.text)]
    if totals:
        return int(totals[-1].low or totals[-1].best or 0)
    distinct = {(q.low if q.low is not None else q.best or 0.0, (q.of or "").lower()): None for q in killed}
    return int(sum(number for number, _ in distinct))


def _is_total(quantity: Quantity, text: str) -> bool:
    """Whether a figure is the note's own sum ("3 fatalities", "unknown fatalities coded as 10")."""
    if quantity.of:
        return "fatalit" in quantity.of.lower()
    return _CODED.search(text[max(0, quantity.span.start - 80) : quantity.span.start]) is not None


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield the note where its sub-event type is wrong."""
    gold, events = row["gold"], prediction["events"]
    said = events[0] if events else {"acled": None, "rule": "no event"}
    if said["acled"] != gold["sub_event_type"]:
        violent = gold["event_type"] not in ("Protests", "Riots")
        yield 1.0 + violent, row["text"], gold["sub_event_type"], str(said["acled"]), str(said["rule"])
