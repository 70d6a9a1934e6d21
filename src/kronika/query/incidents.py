"""Incidents of a record: what happened, per all reports, as people left it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from kronika.query.events import names
from kronika.query.filters import Filter
from kronika.query.reviewed import Review
from kronika.records import Figure, Incident, Status
from kronika.store import Store
from kronika.store.codec import from_json
from kronika.store.links import select_all
from kronika.store.schema import incident_bodies, incident_reports, incidents

#: What is said to have happened; what is planned, feared, denied or long past is not asked for unless it is named.
HAPPENED = (Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED)
#: Days apart within which incidents are near each other, whatever their places.
_NEAR_DAYS = 3


def read_incidents(store: Store, wanted: Filter | None = None, *, rejected: bool = False) -> Iterator[Incident]:
    """Yield the incidents that ``wanted`` keeps, by date, place and id; those that a person ``rejected`` if asked."""
    asked = wanted or Filter()
    asked = replace(asked, status=asked.status or tuple(status.value for status in HAPPENED))
    order = (incidents.c.start.is_(None), incidents.c.start, incidents.c.country, incidents.c.place_id, incidents.c.id)
    with store.connect() as connection:
        review = Review.read(connection)
        numbers = connection.execute(
            select(incidents.c.number).where(*asked.incident_conditions()).order_by(*order)
        ).scalars()
        for number in numbers.all():
            incident = read_incident(connection, number)
            if rejected or review.state(incident) != "rejected":
                yield review.apply(incident)


def incidents_by_id(store: Store, ids: Iterable[str]) -> list[Incident]:
    """Return the incidents with these ids as people left them, rejected ones too, in order of id."""
    with store.connect() as connection:
        review = Review.read(connection)
        query = select(incidents.c.id, incident_bodies.c.body).join(
            incident_bodies, incident_bodies.c.number == incidents.c.number
        )
        rows = sorted(tuple(row) for row in select_all(connection, query, incidents.c.id, sorted(set(ids))))
    return [review.apply(from_json(Incident, body)) for _, body in rows]


def incidents_reported_by(store: Store, events: Iterable[str]) -> list[Incident]:
    """Return the incidents that these events are reports of as people left them, rejected ones too, in order of id."""
    query = select(incidents.c.id).join(incident_reports, incident_reports.c.number == incidents.c.number)
    with store.connect() as connection:
        ids = {row.id for row in select_all(connection, query, incident_reports.c.event, sorted(set(events)))}
    return incidents_by_id(store, ids)


def incidents_near(store: Store, incident: Incident, limit: int) -> list[Incident]:
    """Return up to ``limit`` other incidents, by how near they are in kind, place and time."""
    column = incidents.c
    start = incident.time.start if incident.time else None
    place, country = (incident.place.id, incident.place.country) if incident.place else (None, None)
    apart = func.abs(func.julianday(column.start) - func.julianday(start)) if start else None
    order = [column.type != incident.type]
    order += [apart.is_(None), apart > _NEAR_DAYS] if apart is not None else []
    order += [func.coalesce(column.place_id, "") != place] if place else []
    order += [func.coalesce(column.country, "") != country] if country else []
    order += [apart] if apart is not None else []
    query = select(column.id).where(column.id != incident.id).order_by(*order, column.id).limit(limit)
    with store.connect() as connection:
        ids = list(connection.execute(query).scalars())
    found = {one.id: one for one in incidents_by_id(store, ids)}
    return [found[key] for key in ids]


def read_incident(connection: Connection, number: int) -> Incident:
    """Return the incident with this number."""
    query = select(incident_bodies.c.body).where(incident_bodies.c.number == number)
    return from_json(Incident, connection.execute(query).scalar_one())


def incidents_numbered(connection: Connection, numbers: Iterable[int], review: Review | None = None) -> list[Incident]:
    """Return the incidents with these numbers as people left them, without rejected ones, in order of number."""
    seen = review or Review.read(connection)
    query = select(incident_bodies.c.number, incident_bodies.c.body)
    rows = sorted(tuple(row) for row in select_all(connection, query, incident_bodies.c.number, sorted(numbers)))
    found = (from_json(Incident, body) for _, body in rows)
    return [seen.apply(incident) for incident in found if seen.state(incident) != "rejected"]


def incident_row(incident: Incident) -> dict[str, Any]:
    """Return the flat row of an incident."""
    time, place = incident.time, incident.place
    return {
        "id": incident.id,
        "date": time.edtf if time else "",
        "type": incident.type,
        "mode": incident.mode,
        "acled": incident.acled or "",
        "status": incident.status.value,
        "outcome": incident.outcome.value,
        "place": (place.name or place.surface) if place else "",
        "admin1": (place.admin1 or "") if place else "",
        "country": (place.country or "") if place else "",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision.value if place else "",
        "actors": names(incident.actors),
        "targets": names(incident.targets),
        "instruments": names(incident.instruments),
        "defenders": names(incident.defenders),
        "figures": "; ".join(figure_words(figure) for figure in incident.figures),
        "effects": "; ".join(dict.fromkeys(effect.kind for effect in incident.effects)),
        "confirmed_by": _parties(incident, "confirms"),
        "denied_by": _parties(incident, "denies"),
        "shot_down_by_word_of": _parties(incident, "intercepted"),
        "sources": incident.independent_sources,
        "reports": len(incident.reports),
        "first_report": incident.first_report or "",
    }


def _parties(incident: Incident, stance: str) -> str:
    return "; ".join(dict.fromkeys(one.label for one in incident.positions if one.stance == stance))


def figure_words(figure: Figure) -> str:
    """Return a figure for people: its kind, low, best and high where known.

    >>> from kronika.records import Figure
    >>> figure_words(Figure("killed", 30.0, 70.0, 70.0, (), ""))
    'killed 30 to 70, best 70'
    """
    return f"{figure.kind} {bounds_words(figure)}"


def bounds_words(figure: Figure) -> str:
    """Return low, best and high of a figure for people, as far as they are known."""
    low, best, high = (None if number is None else f"{number:g}" for number in (figure.low, figure.best, figure.high))
    if low == high and low is not None:
        return low
    bounds = f"{low} to {high}" if low and high else f"at least {low}" if low else f"at most {high}" if high else "?"
    return bounds + (f", best {best}" if best else "")
