"""Findings: contradictions by kind, both their sides quoted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import Connection, func, select

from kronika.query.events import finding_row
from kronika.records import Document, Finding
from kronika.store.codec import from_json
from kronika.store.schema import findings
from kronika.web.answers import Utf8Json, csv_answer
from kronika.web.pages.overview import dict_of, unknown
from kronika.web.reading import read_documents
from kronika.web.templating import render
from kronika.web.view import Text

router = APIRouter()
ROWS = 50


class Contradictions(BaseModel):
    """Which findings are asked for."""

    model_config = ConfigDict(frozen=True)
    kind: Text = Field("", description="geography, office, money, count, date")
    severity: Text = Field("", description="note, warning, error")
    page: Annotated[int, BeforeValidator(lambda value: value or 1), Field(ge=1, le=100_000)] = 1


def conditions(asked: Contradictions) -> list[Any]:
    """Return what SQL asks for."""
    return [findings.c[name] == getattr(asked, name) for name in ("kind", "severity") if getattr(asked, name)]


def read(connection: Connection, asked: Contradictions) -> tuple[int, list[Finding], dict[str, Document]]:
    """Return how many findings are asked for, those of the page, and the documents they quote."""
    wanted = conditions(asked)
    count = connection.execute(select(func.count()).select_from(findings).where(*wanted)).scalar_one()
    query = select(findings.c.body).where(*wanted).order_by(findings.c.document, findings.c.position)
    bodies = connection.execute(query.limit(ROWS).offset((asked.page - 1) * ROWS)).scalars()
    found = [from_json(Finding, body) for body in bodies]
    papers = sorted({span.document for finding in found for span in finding.evidence})
    return count, found, read_documents(connection, papers)


@router.get("/findings", response_model=None)
def findings_page(request: Request, asked: Annotated[Contradictions, Query()]) -> Response:
    """Show contradictions."""
    with request.app.state.store.connect() as connection:
        count, found, papers = read(connection, asked)
        by_kind = connection.execute(
            select(findings.c.kind, findings.c.severity, func.count())
            .group_by(findings.c.kind, findings.c.severity)
            .order_by(findings.c.kind, findings.c.severity)
        ).all()
    return render(
        request,
        "findings.html",
        asked=asked,
        count=count,
        findings=found,
        papers=papers,
        by_kind=[tuple(row) for row in by_kind],
        per_page=ROWS,
        query=dict_of(asked),
        unknown=unknown(request, Contradictions),
    )


@router.get("/findings.json", response_model=None)
def findings_json(request: Request, asked: Annotated[Contradictions, Query()]) -> Response:
    """Return the rows of the page of findings."""
    with request.app.state.store.connect() as connection:
        count, found, _ = read(connection, asked)
    shown = {"query": dict_of(asked), "count": count, "page": asked.page, "per_page": ROWS}
    return Utf8Json({**shown, "rows": [finding_row(one) for one in found]})


@router.get("/findings.csv", response_model=None)
def findings_csv(request: Request, asked: Annotated[Contradictions, Query()]) -> Response:
    """Return all findings that are asked for as CSV."""
    query = select(findings.c.body).where(*conditions(asked)).order_by(findings.c.document, findings.c.position)
    with request.app.state.store.connect() as connection:
        bodies = list(connection.execute(query).scalars())
    return csv_answer((finding_row(from_json(Finding, body)) for body in bodies), "findings")
