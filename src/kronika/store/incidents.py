"""Incidents on disk: written anew when the record is linked, or the few that a decision touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert

from kronika.records import Certainty, Entity, Event, Incident, PlacePrecision
from kronika.store.codec import to_json
from kronika.store.schema import (
    copies,
    documents,
    entities,
    entity_spans,
    incident_bodies,
    incident_names,
    incident_reports,
    incidents,
    linkings,
)

_CERTAINTY_ORDER = tuple(Certainty)
#: Document, start, end.
Place = tuple[str, int, int]
_ROLES = {"actor": "actors", "target": "targets", "instrument": "instruments"}


@dataclass(frozen=True, slots=True)
class CopyOf:
    """A document of a family of copies; ``first`` is the one published first. Shares are from 0 to 1."""

    document: str
    family: str
    first: str
    resemblance: float
    containment: float


def documents_state(connection: Connection) -> str:
    """Return a mark that changes when documents are added or read again by another version."""
    query = select(func.count(), func.max(documents.c.number), func.max(documents.c.version))
    return " ".join(str(value) for value in connection.execute(query).one())


def is_linked(connection: Connection) -> bool:
    """Whether the incidents are those of the documents that the record holds now."""
    state = connection.execute(select(linkings.c.state)).scalar_one_or_none()
    return state == documents_state(connection)


def replace_all(
    connection: Connection,
    made: Iterable[Incident],
    events: Mapping[str, Event],
    things: Iterable[Entity] = (),
    families: Iterable[CopyOf] = (),
) -> None:
    """Write ``made`` in place of all incidents, and likewise the entities and families of copies."""
    for table in (incident_reports, incident_names, incident_bodies, incidents, entity_spans, entities, copies):
        connection.execute(delete(table))
    connection.execute(text("DELETE FROM incidents_search"))
    known = _write_entities(connection, things)
    add_incidents(connection, made, events, known)
    _insert(connection, copies, [_copy_row(copy) for copy in families])
    row = {"number": 1, "state": documents_state(connection)}
    connection.execute(upsert(linkings).values(row).on_conflict_do_update(index_elements=["number"], set_=row))


def add_incidents(
    connection: Connection,
    made: Iterable[Incident],
    events: Mapping[str, Event],
    known: Mapping[Place, str] | None = None,
) -> list[int]:
    """Write ``made`` beside the incidents that are there and return their numbers.

    ``known`` gives the entity that is named at a place of a text; without it the record is asked.
    """
    made = list(made)
    known = _known_places(connection, made) if known is None else known
    first = int(connection.execute(select(func.coalesce(func.max(incidents.c.number), 0))).scalar_one()) + 1
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


def remove_incidents(connection: Connection, numbers: Sequence[int]) -> None:
    """Take incidents out of the tables; what reports them stays."""
    for table in (incident_reports, incident_names, incident_bodies, incidents):
        connection.execute(delete(table).where(table.c.number.in_(numbers)))
    for number in numbers:
        connection.execute(text("DELETE FROM incidents_search WHERE rowid = :number"), {"number": number})


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
    query = select(entity_spans).where(entity_spans.c.document.in_(sorted(keys)))
    return {(row.document, row.start, row.end): row.entity for row in connection.execute(query)}


def _write_entities(connection: Connection, things: Iterable[Entity]) -> dict[Place, str]:
    """Write each entity once, the first of an id; return where each is named."""
    rows: dict[str, dict[str, Any]] = {}
    places: dict[Place, str] = {}
    for entity in things:
        if entity.id in rows:
            continue
        rows[entity.id] = {
            "id": entity.id,
            "kind": entity.kind.value,
            "name": entity.name,
            "body": to_json(entity),
        }
        for alias in entity.aliases:
            for span in alias.spans:
                places.setdefault((span.document, span.start, span.end), entity.id)
    _insert(connection, entities, list(rows.values()))
    names = [{"document": d, "start": start, "end": end, "entity": key} for (d, start, end), key in places.items()]
    _insert(connection, entity_spans, names)
    return places


def _copy_row(copy: CopyOf) -> dict[str, Any]:
    return {name: getattr(copy, name) for name in CopyOf.__slots__}


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
