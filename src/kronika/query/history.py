"""History: what people decided about something, and how it came into the record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from kronika.errors import RecordError
from kronika.query.incidents import read_incident
from kronika.records import Decision, Document, Event
from kronika.store import Store
from kronika.store.codec import from_json
from kronika.store.decisions import read_decisions, standing_decisions
from kronika.store.links import select_all
from kronika.store.schema import documents, events, incidents, origins

Row = dict[str, Any]


def read_history(store: Store, key: str | None = None) -> list[Row]:
    """Return what was done to ``key``, an incident, event, document or decision (None: every decision), oldest first.

    Raises:
        RecordError: the record has nothing with this id.
    """
    with store.connect() as connection:
        every = list(read_decisions(connection))
        if key is None:
            return [_decision_row(one, every) for one in every]
        asked, rows = _subjects(connection, key, every)
        found = [one for one in every if asked & {one.id, *one.subjects}]
        undoing = {one.id for one in found}
        found += [one for one in every if one not in found and undoing & set(one.subjects)]
    return [*rows, *(_decision_row(one, every) for one in every if one in found)]


def _subjects(connection: Connection, key: str, every: list[Decision]) -> tuple[set[str], list[Row]]:
    """Return the ids that decisions about ``key`` speak of, and how it came into the record."""
    number = connection.execute(select(incidents.c.number).where(incidents.c.id == key)).scalar_one_or_none()
    if number is not None:
        incident = read_incident(connection, number)
        reasons = {match.event: match for match in incident.matches}
        rows = [_report_row(connection, event, reasons.get(event)) for event in incident.reports]
        return {*incident.reports}, rows
    body = connection.execute(select(events.c.body).where(events.c.id == key)).scalar_one_or_none()
    if body is not None:
        return {key}, [_event_row(connection, from_json(Event, body))]
    row = connection.execute(select(documents.c.body, documents.c.version).where(documents.c.id == key)).one_or_none()
    if row is not None:
        inside = connection.execute(select(events.c.id).where(events.c.document == key)).scalars()
        return set(inside), _document_rows(connection, from_json(Document, row.body), row.version)
    if key in {one.id for one in every} | {subject for one in every for subject in one.subjects}:
        return {key}, []
    raise RecordError(f"the record has nothing with the id {key}", "list them: kronika incidents RECORD --brief")


def _row(when: str, what: str, key: str, **rest: str) -> Row:
    empty = dict.fromkeys(("who", "field", "value", "reason", "state"), "")
    return {"when": when, "what": what, **empty, **rest, "id": key}


def _decision_row(decision: Decision, every: list[Decision]) -> Row:
    holds = decision in standing_decisions(every)
    return {
        **_row(decision.when, decision.verdict.value, decision.id),
        "who": decision.who,
        "field": decision.field or "",
        "value": decision.value or "",
        "reason": decision.reason or "",
        "state": "holds" if holds else "" if decision.verdict.value == "undo" else "undone",
        "subjects": "; ".join(decision.subjects),
    }


def _report_row(connection: Connection, event: str, match: Any) -> Row:
    body = connection.execute(select(events.c.body).where(events.c.id == event)).scalar_one()
    row = _event_row(connection, from_json(Event, body))
    if match is None:
        return {**row, "what": "first report"}
    why = match.constraint or f"matched with {match.weight:+.2f} bits"
    return {**row, "what": "report joined", "reason": why}


def _event_row(connection: Connection, event: Event) -> Row:
    rows = select_all(connection, select(documents.c.body, documents.c.version), documents.c.id, [event.document])
    document = from_json(Document, rows[0].body)
    row = _row((document.published or "")[:10], "read", event.id, who=document.publisher or "", value=rows[0].version)
    return {**row, "subjects": document.id, "reason": f"rule {event.rule}" if event.rule else ""}


def _document_rows(connection: Connection, document: Document, version: str) -> list[Row]:
    found = connection.execute(select(origins.c.place).where(origins.c.document == document.id).order_by("place"))
    published = (document.published or "")[:10]
    rows = [_row(published, "published", document.id, who=document.publisher or "")]
    rows += [_row(document.fetched_at or "", "found at", document.id, value=place) for place in found.scalars()]
    rows.append(_row("", "read by version", document.id, value=version))
    return [{**row, "subjects": ""} for row in rows]


def lost_row(decision: Decision, missing: tuple[str, ...]) -> Row:
    """Return the flat row of a decision that speaks of events the record no longer has."""
    return {
        "when": decision.when,
        "verdict": decision.verdict.value,
        "who": decision.who,
        "field": decision.field or "",
        "value": decision.value or "",
        "reason": decision.reason or "",
        "missing": "; ".join(missing),
        "subjects": "; ".join(decision.subjects),
        "id": decision.id,
    }
