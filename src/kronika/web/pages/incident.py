"""One incident: everything the record holds of it, with the sentence behind every value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection

from kronika.records import Decision, Incident
from kronika.store.codec import to_dict
from kronika.version import VERSION
from kronika.web import atlas
from kronika.web.answers import Row, Utf8Json, not_found
from kronika.web.board import NO_DAY, Board
from kronika.web.citation import cite_incident
from kronika.web.marks import Stretch, claim_marks, event_marks, stretches
from kronika.web.reading import Report, decisions_on, holding, incident_number, incident_rows, read_incident
from kronika.web.reading import read_reports as reports_of
from kronika.web.templating import render

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Dossier:
    """An incident as its page shows it. ``row`` has corrections in place; ``original`` is what was read."""

    row: Row
    incident: Incident
    reports: list[Report]
    sentences: dict[str, list[Stretch]]
    decisions: list[Decision]
    holding: set[str]
    board_row: int


def read_dossier(connection: Connection, board: Board, key: str) -> Dossier | None:
    """Return the incident with this id, or the one that the event with this id is in."""
    number = incident_number(connection, key)
    row = board.row_of(number) if number is not None else None
    if number is None or row is None:
        return None
    incident = read_incident(connection, number)
    reports = reports_of(connection, incident.reports)
    reports.sort(key=lambda one: (one.document.published or "9999", one.event.id))
    return Dossier(
        row=incident_rows(connection, board, [row])[0],
        incident=incident,
        reports=reports,
        sentences={report.event.id: sentence(report) for report in reports},
        decisions=decisions_on(connection, incident.reports),
        holding=holding(connection),
        board_row=row,
    )


def sentence(report: Report) -> list[Stretch]:
    """Return a report's sentence with what was read from it highlighted."""
    event = report.event
    span = event.evidence
    shift = span.start
    marks = [mark for mark in event_marks(event) if mark.kind != "evidence"]
    marks += [mark for claim in report.claims for mark in claim_marks(claim)]
    moved = [
        type(mark)(mark.start - shift, mark.end - shift, mark.kind, "", mark.title)
        for mark in marks
        if mark.start >= span.start and mark.end <= span.end
    ]
    return stretches(span.text, moved)


def neighbours(board: Board, row: int, most: int = 6) -> list[int]:
    """Return rows that could be the same happening: at the same place within a week, the nearest first."""
    start = board.start[row]
    if start == NO_DAY:
        return []
    place, kind = board.coded["place_id"], board.coded["type"]
    near = (board.start != NO_DAY) & (np.abs(board.start.astype(np.int64) - int(start)) <= 7)
    near &= (place.codes == place.codes[row]) if place.values[place.codes[row]] else (kind.codes == kind.codes[row])
    near[row] = False
    rows = np.flatnonzero(near)
    distance = np.abs(board.start[rows].astype(np.int64) - int(start)) * 2 + (kind.codes[rows] != kind.codes[row])
    return [int(one) for one in rows[np.argsort(distance, kind="stable")][:most]]


@router.get("/incident/{key}.json", response_model=None)
def incident_json(request: Request, key: str) -> Response:
    """Return an incident whole, its reports, and the decisions about it."""
    state = request.app.state
    with state.store.connect() as connection:
        dossier = read_dossier(connection, state.desk.board(), key)
    if dossier is None:
        return not_found(request, "incident", key)
    return Utf8Json(
        {
            "row": dossier.row,
            "incident": to_dict(dossier.incident),
            "reports": [report_dict(one) for one in dossier.reports],
            "decisions": [to_dict(one) for one in dossier.decisions],
            "citation": cite_incident(dossier.row, state.options.title, VERSION),
        }
    )


def report_dict(report: Report) -> dict[str, Any]:
    """Return a report as JSON holds it, the document without its text."""
    document = to_dict(report.document)
    del document["text"]
    return {
        "event": to_dict(report.event),
        "document": document,
        "claims": [to_dict(claim) for claim in report.claims],
        "copy_of": report.copy_of,
    }


@router.get("/incident/{key}", response_model=None)
def incident_page(request: Request, key: str) -> Response:
    """Show an incident."""
    state = request.app.state
    board = state.desk.board()
    with state.store.connect() as connection:
        dossier = read_dossier(connection, board, key)
        if dossier is None:
            return not_found(request, "incident", key)
        near = incident_rows(connection, board, neighbours(board, dossier.board_row))
    papers = {report.event.id: report.document for report in dossier.reports}
    return render(
        request,
        "incident.html",
        dossier=dossier,
        row=dossier.row,
        incident=dossier.incident,
        papers=papers,
        documents={document.id: document for document in papers.values()},
        near=near,
        drawing=atlas.drawing(board, np.array([dossier.board_row], dtype=np.int32), atlas.SMALL),
        caveat=atlas.CAVEAT,
        citation=cite_incident(dossier.row, state.options.title, VERSION),
    )
