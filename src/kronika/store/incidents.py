"""Incidents on disk: written anew when the record is linked, or the few that a decision touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text

from kronika.records import Certainty, Event, Incident, PlacePrecision
from kronika.store.codec import to_json
from kronika.store.links import parts, select_all
from kronika.store.schema import entity_spans, incident_bodies, incident_names, incident_reports, incidents

_CERTAINTY_ORDER = tuple(Certainty)
#: Document, start, end.
Place = tuple[str, int, int]
_ROLES = {"actor": "actors", "target": "targets", "instrument": "instruments", "defender": "defenders"}


def incidents_with(connection: Connection, events: Iterable[str]) -> list[int]:
    """Return the numbers of the incidents that these events are reports of, in order."""
    rows = select_all(connection, select(incident_reports.c.number), incident_reports.c.event, sorted(events))
    return sorted({row.number for row in rows})


def next_number(connection: Connection) -> int:
    """Return the number that the next incident gets. Numbers are not used again: ask before incidents are removed."""
    return int(connection.execute(select(func.coalesce(func.max(incidents.c.number), 0))).scalar_one()) + 1


def add_incidents(
    connection: Connection, made: Iterable[Incident], events: Mapping[str, Event], first: int
) -> list[int]:
    """Write ``made`` beside the incidents that are there, numbered from ``first``, and return their numbers."""
    made = list(made)
    known = _known_places(connection, made)
    rows: dict[str, list[dict[str, Any]]] = {"incidents": [], "bodies": [], "names": [], "reports": [], "search": []}
    for number, incident in enumerate(made, first):
        reports = [events[key] for key in incident.reports]
        rows["incidents"].append({"number": number, **incident_columns(incident, reports)})
        rows["bodies"].append({"number": number, "body": to_json(incident)})
        rows["names"].extend({"number": number, **row} for row in _name_rows(incident, known))
        rows["reports"].extend({"event": e.id, "number": number, "document": e.document} for e in reports)
        rows["search"].append({"number": number, "text": _searched(incident, reports)})
    tables = {"incidents": incidents, "bodies": incident_bodies, "names": incident_names, "reports": incident_reports}
    for name, table in tables.items():
        _insert(connection, table, rows[name])
    if rows["search"]:
        connection.execute(text("INSERT INTO incidents_search (rowid, text) VALUES (:number, :text)"), rows["search"])
    return [row["number"] for row in rows["incidents"]]


def remove_incidents(connection: Connection, numbers: Iterable[int]) -> None:
    """Take incidents out of the tables; what reports them stays."""
    for part in parts(numbers):
        for table in (incident_reports, incident_names, incident_bodies, incidents):
            connection.execute(delete(table).where(table.c.number.in_(part)))
        gone = [{"number": number} for number in part]
        connection.execute(text("DELETE FROM incidents_search WHERE rowid = :number"), gone)


def incident_columns(incident: Incident, reports: Sequence[Event]) -> dict[str, Any]:
    """Return the columns of ``incident``; ``reports`` are the events it is made of, the first report first."""
    time, place = incident.time, incident.place
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "acled": incident.acled,
        "status": incident.status.value,
        "outcome": incident.outcome.value,
        "standing": standing(incident, reports),
        "certainty": min((e.certainty for e in reports), key=_CERTAINTY_ORDER.index, default=Certainty.CERTAIN).value,
        "edtf": time.edtf if time else "",
        "start": time.start if time else None,
        "end": time.end if time else None,
        "time_precision": time.precision.value if time else None,
        "place_id": place.id if place else None,
        "place": (place.name or place.surface) if place else "",
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision.value if place else PlacePrecision.NONE.value,
        "radius_km": place.radius_km if place else None,
        "sources": incident.independent_sources,
        "reports": len(incident.reports),
        "document": reports[0].document if reports else "",
        "sentence": " ".join(reports[0].evidence.text.split()) if reports else "",
    }


def standing(incident: Incident, reports: Sequence[Event]) -> str:
    """Return how an incident stands.

    "contested": a party denies it, or a report says it was not so. "stated": an outlet says so in its own voice, and as
    certain. "attributed": all reports give it as somebody's words.
    """
    denied = any(position.stance == "denies" for position in incident.positions)
    if denied or any(event.certainty is Certainty.DENIED or event.status.value == "denied" for event in reports):
        return "contested"
    if any(not event.claims and event.certainty is Certainty.CERTAIN for event in reports):
        return "stated"
    return "attributed"


def _name_rows(incident: Incident, known: Mapping[Place, str]) -> Iterable[dict[str, Any]]:
    for role, field in _ROLES.items():
        for position, mention in enumerate(getattr(incident, field)):
            span = mention.span
            entity = known.get((span.document, span.start, span.end)) or mention.entity
            folded = mention.name.casefold()
            yield {"role": role, "position": position, "name": mention.name, "folded": folded, "entity": entity}


def _searched(incident: Incident, reports: Sequence[Event]) -> str:
    place = incident.place
    words = [place.surface, place.name or "", place.admin1 or ""] if place else []
    words += [mention.name for field in _ROLES.values() for mention in getattr(incident, field)]
    return "\n".join(dict.fromkeys([*words, *(event.evidence.text for event in reports)]))


def _known_places(connection: Connection, made: Iterable[Incident]) -> dict[Place, str]:
    keys = {m.span.document for incident in made for field in _ROLES.values() for m in getattr(incident, field)}
    rows = select_all(connection, select(entity_spans), entity_spans.c.document, sorted(keys))
    return {(row.document, row.start, row.end): row.entity for row in rows}


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
