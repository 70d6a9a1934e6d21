"""What the pages show, read from the record: rows for lists, whole incidents, things and documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from kronika.documents.sentences import sentence_bounds
from kronika.records import Claim, Decision, Document, Event, Incident
from kronika.store.codec import from_json
from kronika.store.decisions import read_decisions, standing_decisions
from kronika.store.schema import (
    claims,
    copies,
    documents,
    events,
    incident_bodies,
    incident_names,
    incident_reports,
    incidents,
)
from kronika.web.board import REVIEW, Board

Row = dict[str, Any]
_SHOWN = (
    *("id", "edtf", "start", "end", "time_precision", "type", "mode", "acled", "status", "outcome", "standing"),
    *("certainty", "place", "place_id", "admin1", "country", "latitude", "longitude", "precision", "radius_km"),
)
_AT_ONCE = 5_000
#: A sentence beside the evidence is looked for in so many characters.
_CONTEXT = 600


@dataclass(frozen=True, slots=True)
class Report:
    """One report of an incident: the event, its document without its text, the claims it stands in, and its family.

    ``copy_of`` is the first text of the family where the document is a later copy.
    """

    event: Event
    document: Document
    claims: tuple[Claim, ...]
    copy_of: str | None


def incident_rows(connection: Connection, board: Board, rows: Iterable[int]) -> list[Row]:
    """Return the flat rows of some of the board's incidents, in the order asked for, with corrections in place."""
    wanted = [int(row) for row in rows]
    numbers = [int(board.numbers[row]) for row in wanted]
    names = ("number", *_SHOWN, "sources", "reports", "document", "sentence")
    query = select(*(incidents.c[name] for name in names))
    read = {row["number"]: dict(row) for row in _mappings(connection, query, incidents.c.number, numbers)}
    called = _names(connection, numbers)
    found = []
    for row, number in zip(wanted, numbers, strict=True):
        if number not in read:
            continue
        flat = read[number]
        del flat["number"]
        flat.update({name: decision.value for name, decision in board.edits.get(row, {}).items()})
        for role in ("actor", "target", "instrument"):
            flat[f"{role}s"] = "; ".join(dict.fromkeys(called[number, role]))
        flat["reviewed"] = REVIEW[board.review[row]]
        flat["edited"] = "; ".join(sorted(board.edits.get(row, ())))
        found.append(flat)
    return found


def _names(connection: Connection, numbers: Sequence[int]) -> Mapping[tuple[int, str], list[str]]:
    found: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    query = select(incident_names.c.number, incident_names.c.role, incident_names.c.name).order_by(
        incident_names.c.number, incident_names.c.role, incident_names.c.position
    )
    for row in _mappings(connection, query, incident_names.c.number, numbers):
        found[row["number"], row["role"]].append(row["name"])
    return found


def _mappings(connection: Connection, query: Any, column: Any, keys: Sequence[Any]) -> Iterable[Any]:
    for first in range(0, len(keys), _AT_ONCE):
        yield from connection.execute(query.where(column.in_(keys[first : first + _AT_ONCE]))).mappings()


def incident_number(connection: Connection, key: str) -> int | None:
    """Return the number of the incident with this id, or of the one that the event with this id is in."""
    number = connection.execute(select(incidents.c.number).where(incidents.c.id == key)).scalar_one_or_none()
    if number is None:
        query = select(incident_reports.c.number).where(incident_reports.c.event == key)
        number = connection.execute(query).scalar_one_or_none()
    return number


def read_incident(connection: Connection, number: int) -> Incident:
    """Return an incident whole."""
    body = connection.execute(select(incident_bodies.c.body).where(incident_bodies.c.number == number)).scalar_one()
    return from_json(Incident, body)


def read_reports(connection: Connection, keys: Sequence[str]) -> list[Report]:
    """Return the events with these ids as reports, in the order given."""
    query = select(events.c.id, events.c.body)
    found = {row["id"]: from_json(Event, row["body"]) for row in _mappings(connection, query, events.c.id, keys)}
    wanted = sorted({event.document for event in found.values()})
    papers = read_documents(connection, wanted)
    said = sorted({key for event in found.values() for key in event.claims})
    claimed = {
        row["id"]: from_json(Claim, row["body"])
        for row in _mappings(connection, select(claims.c.id, claims.c.body), claims.c.id, said)
    }
    families = {
        row["document"]: row["first"]
        for row in _mappings(connection, select(copies.c.document, copies.c.first), copies.c.document, wanted)
    }
    reports = []
    for event in (found[key] for key in keys if key in found):
        first = families.get(event.document)
        said_here = tuple(claimed[key] for key in event.claims if key in claimed)
        is_copy = first is not None and first != event.document
        reports.append(Report(event, papers[event.document], said_here, first if is_copy else None))
    return reports


def around(connection: Connection, reports: Iterable[Report]) -> dict[str, tuple[str, str]]:
    """Return the sentences before and after that of each report, by event; empty at the edges of a text."""
    wanted = list(reports)
    keys = sorted({report.event.document for report in wanted})
    query = select(documents.c.id, documents.c.text)
    texts = {row["id"]: str(row["text"]) for row in _mappings(connection, query, documents.c.id, keys)}
    found = {}
    for report in wanted:
        span = report.event.evidence
        whole = texts.get(span.document, "")
        before = whole[max(0, span.start - _CONTEXT) : span.start].rstrip()
        after = whole[span.end : span.end + _CONTEXT].lstrip()
        start = sentence_bounds(before, len(before) - 1, len(before))[0] if before else 0
        end = sentence_bounds(after, 0, 1)[1] if after else 0
        found[report.event.id] = (before[start:], after[:end])
    return found


def read_documents(connection: Connection, keys: Sequence[str]) -> dict[str, Document]:
    """Return documents without their texts, by id."""
    query = select(documents.c.id, documents.c.body)
    return {row["id"]: from_json(Document, row["body"]) for row in _mappings(connection, query, documents.c.id, keys)}


def homes_of(connection: Connection, document: str) -> dict[str, str]:
    """Return the address of the incident that each event of a document is in."""
    query = (
        select(incident_reports.c.event, incidents.c.id)
        .join(incidents, incidents.c.number == incident_reports.c.number)
        .where(incident_reports.c.document == document)
    )
    return {event: f"/incident/{key}" for event, key in connection.execute(query)}


def family_of(connection: Connection, document: str) -> list[Row]:
    """Return the other copies of a document's text: id, title, publisher, published, and the overlap with the first."""
    family = select(copies.c.family).where(copies.c.document == document).scalar_subquery()
    columns = (documents.c.id, documents.c.title, documents.c.publisher, documents.c.published)
    query = (
        select(*columns, copies.c.first, copies.c.resemblance, copies.c.containment)
        .join(copies, copies.c.document == documents.c.id)
        .where(copies.c.family == family, documents.c.id != document)
        .order_by(documents.c.published, documents.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def decisions_on(connection: Connection, keys: Iterable[str]) -> list[Decision]:
    """Return the decisions that speak of any of these ids, and what undid them, the oldest first."""
    wanted = set(keys)
    found = []
    for decision in read_decisions(connection):
        if wanted.intersection(decision.subjects):
            found.append(decision)
            wanted.add(decision.id)
    return found


def holding(connection: Connection) -> set[str]:
    """Return the ids of the decisions that hold: not undone."""
    return {decision.id for decision in standing_decisions(read_decisions(connection))}


def totals(connection: Connection) -> Row:
    """Return how much the record holds."""
    counts = {}
    for name, table in (("documents", documents), ("incidents", incidents)):
        counts[name] = connection.execute(select(func.max(table.c.number))).scalar_one() or 0
    return counts
