"""The log: every decision, newest first, each with who, when, why, and a way to undo it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import Connection

from kronika.errors import RecordError
from kronika.records import Decision
from kronika.store.decisions import read_decisions, standing_decisions, verify_chain
from kronika.web.answers import Row, Utf8Json, csv_answer
from kronika.web.pages.overview import dict_of, unknown
from kronika.web.templating import render
from kronika.web.view import Text

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
    return render(
        request,
        "log.html",
        asked=asked,
        count=len(rows),
        rows=rows[first : first + ROWS],
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
    return Utf8Json({"count": len(rows), "problem": problem, "rows": rows[first : first + ROWS]})


@router.get("/log.csv", response_model=None)
def log_csv(request: Request, asked: Annotated[Entries, Query()]) -> Response:
    """Return the whole log as CSV."""
    with request.app.state.store.connect() as connection:
        rows, _ = entries(connection, asked)
    return csv_answer(rows, "log")
