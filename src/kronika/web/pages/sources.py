"""Sources: what was read, from whom and when, and what was refused; so that "nothing" and "not looked" differ."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import Connection, func, select

from kronika.store.schema import documents, rejects
from kronika.web.answers import Utf8Json, csv_answer
from kronika.web.templating import render

router = APIRouter()
_MOST_REJECTS = 200


def coverage(connection: Connection) -> list[dict[str, Any]]:
    """Return each publisher with how many documents it has and from when to when."""
    publisher = func.coalesce(documents.c.publisher, "").label("publisher")
    query = select(
        publisher,
        func.count().label("documents"),
        func.min(documents.c.published).label("first"),
        func.max(documents.c.published).label("last"),
    )
    rows = connection.execute(query.group_by(publisher).order_by(func.count().desc(), publisher).limit(1_000))
    return [dict(row) for row in rows.mappings()]


@router.get("/sources", response_model=None)
def sources_page(request: Request) -> Response:
    """Show what was read and what was refused."""
    with request.app.state.store.connect() as connection:
        rows = coverage(connection)
        refused = connection.execute(select(rejects).order_by(rejects.c.place).limit(_MOST_REJECTS)).mappings().all()
    return render(request, "sources.html", rows=rows, refused=[dict(row) for row in refused])


@router.get("/sources.json", response_model=None)
def sources_json(request: Request) -> Response:
    """Return the coverage."""
    with request.app.state.store.connect() as connection:
        return Utf8Json({"rows": coverage(connection)})


@router.get("/sources.csv", response_model=None)
def sources_csv(request: Request) -> Response:
    """Return the coverage as CSV."""
    with request.app.state.store.connect() as connection:
        return csv_answer(coverage(connection), "sources")
