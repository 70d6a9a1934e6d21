"""Citations: the line, and CSL-JSON, of any incident or document by its id."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict

from kronika.errors import RecordError
from kronika.version import VERSION
from kronika.web.answers import Utf8Json, not_found
from kronika.web.citation import cite_document, cite_incident, csl
from kronika.web.pages.overview import unknown
from kronika.web.reading import incident_number, incident_rows
from kronika.web.templating import render
from kronika.web.view import Text

router = APIRouter()


class Cited(BaseModel):
    """What is cited."""

    model_config = ConfigDict(frozen=True)
    id: Text = ""


def citation(request: Request, key: str) -> dict[str, Any] | None:
    """Return the citation of the incident or document with this id, and its address; None where there is neither."""
    state = request.app.state
    board = state.desk.board()
    with state.store.connect() as connection:
        number = incident_number(connection, key)
        row = board.row_of(number) if number is not None else None
        if row is not None:
            (found,) = incident_rows(connection, board, [row])
            line = cite_incident(found, state.options.title, VERSION)
            return {"id": found["id"], "citation": line, "href": f"/incident/{found['id']}", "csl": None}
    try:
        document = state.store.document(key)
    except RecordError:
        return None
    line = cite_document(document)
    return {"id": key, "citation": line, "href": f"/document/{key}", "csl": csl(document)}


@router.get("/cite", response_model=None)
def cite_page(request: Request, asked: Annotated[Cited, Query()]) -> Response:
    """Show a citation, and a form to ask for another."""
    found = citation(request, asked.id.strip()) if asked.id.strip() else None
    if found is None and asked.id.strip():
        return not_found(request, "incident or document", asked.id)
    return render(request, "cite.html", asked=asked, found=found, unknown=unknown(request, Cited))


@router.get("/cite.json", response_model=None)
def cite_json(request: Request, asked: Annotated[Cited, Query()]) -> Response:
    """Return a citation."""
    found = citation(request, asked.id.strip())
    return Utf8Json(found) if found else not_found(request, "incident or document", asked.id)
