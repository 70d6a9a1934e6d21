"""Ledgers: the incidents of a facility or town in order, and what documents assert about their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from kronika.link.facilities import head_word, is_name
from kronika.link.ledger import Asserted, Ledger, LedgerRow, count_findings, ledger
from kronika.query.incidents import incidents_numbered
from kronika.query.reviewed import Review
from kronika.query.things import Thing
from kronika.records import Document, Entity, Event, Finding, Incident, MentionKind
from kronika.store.codec import from_json
from kronika.store.entities import read_entities
from kronika.store.links import select_all
from kronika.store.schema import copies, documents, entities, events, incident_names, incidents


def incidents_of(connection: Connection, thing: Thing, review: Review | None = None) -> list[Incident]:
    """Return the incidents with ``thing`` as their target, or at it where it is a town.

    A target without a name of its own ("the oil refinery") counts where it is at the thing's town and of its kind, and
    the record knows no other of that kind there.
    """
    column = incident_names.c
    if thing.kind == "place":
        numbers = set(
            connection.execute(select(incidents.c.number).where(incidents.c.place_id == thing.place)).scalars()
        )
    else:
        folded = [name.casefold() for name in thing.names]
        named: ColumnElement[bool] = column.folded.in_(folded)
        if thing.entity is not None:
            named = named & column.entity.is_(None) | (column.entity == thing.entity.id)
        query = select(column.number).where(column.role == "target", named)
        numbers = set(connection.execute(query).scalars())
        numbers |= _described(connection, thing)
    return incidents_numbered(connection, numbers, review)


def _described(connection: Connection, thing: Thing) -> set[int]:
    head = head_word(thing.name)
    if thing.entity is None or thing.place is None or head is None or _has_double(connection, thing.entity, head):
        return set()
    column = incident_names.c
    query = (
        select(column.number, column.name)
        .join(incidents, incidents.c.number == column.number)
        .where(incidents.c.place_id == thing.place, column.role == "target", column.entity.is_(None))
    )
    return {row.number for row in connection.execute(query) if not is_name(row.name) and head_word(row.name) == head}


def _has_double(connection: Connection, thing: Entity, head: str) -> bool:
    query = select(entities.c.body).where(entities.c.kind == thing.kind.value, entities.c.id != thing.id)
    others = (from_json(Entity, body) for body in connection.execute(query).scalars())
    return any(other.settlement == thing.settlement and head_word(other.name) == head for other in others)


def read_ledger(connection: Connection, thing: Thing) -> tuple[Ledger, list[Incident], list[Event]]:
    """Return the ledger of ``thing`` with its incidents and their reports."""
    found = incidents_of(connection, thing)
    reports = reports_of(connection, found)
    return ledger(found, reports, _published(connection, reports)), found, reports


def _published(connection: Connection, reports: Iterable[Event]) -> dict[str, str]:
    query = select(documents.c.id, documents.c.published)
    rows = select_all(connection, query, documents.c.id, sorted({event.document for event in reports}))
    return {row.id: row.published for row in rows}


def reports_of(connection: Connection, found: Iterable[Incident]) -> list[Event]:
    """Return the events that these incidents are made of, in order of id."""
    keys = sorted({event for incident in found for event in incident.reports})
    bodies = select_all(connection, select(events.c.body), events.c.id, keys)
    return sorted((from_json(Event, row.body) for row in bodies), key=lambda event: event.id)


def record_count_findings(connection: Connection) -> Iterator[Finding]:
    """Yield a finding for each count that documents assert of a facility and the record does not bear out.

    A copy asserts nothing of its own.
    """
    review = Review.read(connection)
    copied = set(connection.execute(select(copies.c.document).where(copies.c.document != copies.c.first)).scalars())
    seen: set[str] = set()
    for entity in read_entities(connection):
        if entity.kind is not MentionKind.FACILITY:
            continue
        names = tuple(dict.fromkeys([entity.name, *(alias.name for alias in entity.aliases)]))
        thing = Thing(entity.kind.value, entity.name, names, entity, entity.settlement)
        found = incidents_of(connection, thing, review)
        reports = reports_of(connection, found)
        if not any(event.ordinal for event in reports):
            continue
        book = ledger(found, reports, _published(connection, reports))
        for finding in count_findings(book, found, reports, thing.name):
            if finding.id not in seen and finding.evidence[0].document not in copied:
                seen.add(finding.id)
                yield finding


def ledger_row(row: LedgerRow) -> dict[str, Any]:
    """Return the flat row of one incident in its place."""
    days = [day for day in (row.start, row.end) if day]
    return {
        "number": row.number or "",
        "date": "/".join(dict.fromkeys(days)) or "no date",
        "kind": row.kind,
        "status": row.status,
        "targets": "; ".join(row.targets),
        "sources": row.independent_sources,
        "reports": row.reports,
        "denied_by": "; ".join(row.denied_by),
        "incident": row.incident,
    }


def asserted_row(one: Asserted, document: Document) -> dict[str, Any]:
    """Return the flat row of a count that ``document`` asserts."""
    between = f"{one.after or 'the beginning'} and {one.before or 'an unknown day'}" if one.missing else ""
    return {
        "published": (document.published or "")[:10],
        "publisher": document.publisher or "",
        "words": " ".join(one.span.text.split()),
        "asserted": f"at least {one.value}" if one.at_least else str(one.value),
        "since": one.since or "",
        "on_record": one.on_record,
        "verdict": one.verdict.value,
        "missing": one.missing or "",
        "between": between,
        "document": document.id,
        "start": one.span.start,
        "end": one.span.end,
        "incident": one.incident or "",
    }
