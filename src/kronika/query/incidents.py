"""Incidents: for now one for each event that is said to have taken place or to be under way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kronika.query.events import names, read_events
from kronika.query.filters import Filter
from kronika.records import Event, Incident, Status, content_id
from kronika.store import Store

#: What is said to have happened; what is planned, feared, denied or long past is no incident.
HAPPENED = (Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED)


def read_incidents(store: Store, wanted: Filter | None = None) -> Iterator[Incident]:
    """Yield the incidents that ``wanted`` keeps, by date, place and id."""
    asked = wanted or Filter()
    for event in read_events(store, replace(asked, status=asked.status or tuple(status.value for status in HAPPENED))):
        yield incident_of(event)


def incident_of(event: Event) -> Incident:
    """Return the incident that a single ``event`` reports."""
    return Incident(
        id=content_id("i", event.id),
        type=event.type,
        mode=event.mode,
        acled=event.acled,
        status=event.status,
        outcome=event.outcome,
        time=event.time,
        place=event.place,
        actors=event.roles.actor,
        targets=event.roles.target + event.roles.victim,
        instruments=event.roles.instrument,
        reports=(event.id,),
        effects=event.effects,
        first_report=event.id,
    )


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
        "place": (place.name or place.surface) if place else "",
        "admin1": (place.admin1 or "") if place else "",
        "country": (place.country or "") if place else "",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision.value if place else "",
        "actors": names(incident.actors),
        "targets": names(incident.targets),
        "instruments": names(incident.instruments),
        "effects": "; ".join(dict.fromkeys(effect.kind for effect in incident.effects)),
        "reports": len(incident.reports),
        "first_report": incident.first_report or "",
    }
