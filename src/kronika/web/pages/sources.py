"""Sources: what was read, from whom and when, and what was refused; so that "nothing" and "not looked" differ."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection, func, select

from kronika.store.schema import rejects
from kronika.web.answers import Utf8Json, csv_answer
from kronika.web.templating import render

router = APIRouter()
_MOST_REJECTS = 200


def refused(connection: Connection) -> list[dict[str, Any]]:
    """Return the documents that were refused, each with the reason, as far as they are shown."""
    rows = connection.execute(select(rejects).order_by(rejects.c.place).limit(_MOST_REJECTS)).mappings()
    return [dict(row) for row in rows]


@router.get("/sources", response_model=None)
def sources_page(request: Request) -> Response:
    """Show what was read and what was refused."""
    state = request.app.state
    with state.store.connect() as connection:
        problems = refused(connection)
        count = connection.execute(select(func.count()).select_from(rejects)).scalar_one()
    return render(request, "sources.html", rows=state.desk.coverage(), refused=problems, refused_count=count)


@router.get("/sources.json", response_model=None)
def sources_json(request: Request) -> Response:
    """Return the rows of the page: the coverage, and what was refused."""
    state = request.app.state
    with state.store.connect() as connection:
        return Utf8Json({"rows": state.desk.coverage(), "refused": refused(connection)})


@router.get("/sources.csv", response_model=None)
def sources_csv(request: Request) -> Response:
    """Return the coverage as CSV."""
    return csv_answer(request.app.state.desk.coverage(), "sources")
