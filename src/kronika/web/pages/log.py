"""The log: every decision, newest first, each with who, when, why, and a way to undo it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import Connection, select

from kronika.errors import RecordError
from kronika.records import Decision, Verdict
from kronika.store.decisions import read_decisions, standing_decisions, verify_chain
from kronika.store.links import select_all
from kronika.store.schema import incident_reports, incidents
from kronika.web.answers import Row, Utf8Json, csv_answer
from kronika.web.pages.overview import dict_of, unknown
from kronika.web.templating import render
from kronika.web.view import Text
from kronika.web.words import what, when

router = APIRouter()
ROWS = 100


class Entries(BaseModel):
    """Which decisions are asked for."""

    model_config = ConfigDict(frozen=True)
    who: Text = ""
    verdict: Text = ""
    page: Annotated[int, BeforeValidator(lambda value: value or 1), Field(ge=1, le=100_000)] = 1


def entries(connection: Connection, asked: Entries) -> tuple[list[Row], str]:
    """Return the decisions asked for as flat rows, the newest first, and what is wrong with the chain, if anything."""
    every = list(read_decisions(connection))
    try:
        verify_chain(every)
        problem = ""
    except RecordError as error:
        problem = error.message
    held = {decision.id for decision in standing_decisions(every)}
    rows = [row(decision, decision.id in held) for decision in reversed(every) if _is_asked(decision, asked)]
    return rows, problem


def with_matter(connection: Connection, rows: list[Row]) -> list[Row]:
    """Return rows of the log with what they are about, in words, under "about": incidents as (id, words).

    An undo is about what the decision that it takes back was about; ``of`` is the verdict that it takes back.
    """
    known = {decision.id: decision for decision in read_decisions(connection)}
    shown: list[tuple[Row, tuple[str, ...], str]] = []
    wanted: set[str] = set()
    for one in rows:
        step = known[one["id"]]
        first = known.get(step.subjects[0]) if step.verdict is Verdict.UNDO else None
        while step.verdict is Verdict.UNDO and step.subjects[0] in known:
            step = known[step.subjects[0]]
        wanted.update(step.subjects)
        shown.append((one, step.subjects, first.verdict.value if first else ""))
    words = _incidents_of(connection, sorted(wanted))
    return [
        {**one, "of": verdict, "about": list(dict.fromkeys(words[key] for key in keys if key in words))}
        for one, keys, verdict in shown
    ]


def _incidents_of(connection: Connection, events: list[str]) -> dict[str, tuple[str, str]]:
    """Return the id of the incident that each event is in now, with what, where and when."""
    names = ("id", "acled", "type", "mode", "place", "start", "end", "time_precision")
    query = select(incident_reports.c.event, *(incidents.c[name] for name in names)).join(
        incidents, incidents.c.number == incident_reports.c.number
    )
    found = {}
    for read in select_all(connection, query, incident_reports.c.event, events):
        told = read._mapping
        words = ", ".join(part for part in (what(told), told["place"], when(told)) if part)
        found[told["event"]] = (told["id"], words)
    return found


def _is_asked(decision: Decision, asked: Entries) -> bool:
    return asked.who in ("", decision.who) and asked.verdict in ("", decision.verdict.value)


def row(decision: Decision, holds: bool) -> Row:
    """Return the flat row of a decision; an undo never "holds", it takes effect through what it reverses."""
    return {
        "id": decision.id,
        "when": decision.when,
        "who": decision.who,
        "verdict": decision.verdict.value,
        "subjects": "; ".join(decision.subjects),
        "field": decision.field or "",
        "value": decision.value or "",
        "reason": decision.reason or "",
        "holds": holds,
        "previous": decision.previous,
    }


@router.get("/log", response_model=None)
def log_page(request: Request, asked: Annotated[Entries, Query()]) -> Response:
    """Show the log."""
    with request.app.state.store.connect() as connection:
        rows, problem = entries(connection, asked)
        first = (asked.page - 1) * ROWS
        shown = with_matter(connection, rows[first : first + ROWS])
    return render(
        request,
        "log.html",
        asked=asked,
        count=len(rows),
        rows=shown,
        problem=problem,
        per_page=ROWS,
        query=dict_of(asked),
        unknown=unknown(request, Entries),
    )


@router.get("/log.json", response_model=None)
def log_json(request: Request, asked: Annotated[Entries, Query()]) -> Response:
    """Return the rows of the page of the log."""
    with request.app.state.store.connect() as connection:
        rows, problem = entries(connection, asked)
        first = (asked.page - 1) * ROWS
        shown = with_matter(connection, rows[first : first + ROWS])
    return Utf8Json({"query": dict_of(asked), "count": len(rows), "problem": problem, "rows": shown})


@router.get("/log.csv", response_model=None)
def log_csv(request: Request, asked: Annotated[Entries, Query()]) -> Response:
    """Return the whole log as CSV."""
    with request.app.state.store.connect() as connection:
        rows, _ = entries(connection, asked)
    return csv_answer(rows, "log")
