"""Review: a queue with one card at a time, and the address that decisions are sent to."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ConfigDict, Field

from kronika.engine.linking import incidents_joined
from kronika.records import Verdict
from kronika.store.codec import to_dict
from kronika.web.answers import Utf8Json, wants_json
from kronika.web.atlas import CAVEAT, SMALL, drawing
from kronika.web.board import Board, Ints
from kronika.web.choose import choose, search_numbers
from kronika.web.deciding import decide
from kronika.web.forms import FORM, local_address, read_form
from kronika.web.pages.incident import Dossier, neighbours, read_dossier
from kronika.web.pages.overview import dict_of, unknown
from kronika.web.reading import around, incident_rows
from kronika.web.reviewer import keep_reviewer
from kronika.web.templating import render
from kronika.web.view import Text, View

router = APIRouter()
#: What can be given as the reason of a rejection, by its key.
REASONS = (
    "no such happening",
    "wrong kind",
    "wrong place",
    "wrong time",
    "wrong actor or target",
    "background, not news",
    "planned or feared only",
    "duplicate",
    "other",
)
#: What a merge is previewed by, in the words of the page.
COMPARED = {
    "type": "kind",
    "acled": "ACLED",
    "status": "status",
    "outcome": "outcome",
    "edtf": "when",
    "place": "where",
    "country": "country",
    "precision": "placed to",
    "standing": "stands",
    "sources": "sources",
    "reports": "reports",
}
Form = Annotated[dict[str, str], Depends(read_form)]


class Queue(View):
    """Which incidents wait to be reviewed; ``at`` is the card that is shown, ``other`` what it would be merged with."""

    model_config = ConfigDict(frozen=True)
    at: Text = Field("", description="id of an incident")
    other: Text = Field("", description="id of the incident that would be merged into it")

    def at_query(self, key: str) -> str:
        """Return the query string of another card of the same queue."""
        return self.query(at=key, other="", page=self.page)


def waiting(request: Request, queue: Queue) -> tuple[Board, Ints]:
    """Return the rows of the queue: open ones unless asked otherwise, contested ones first, then by date."""
    state = request.app.state
    board = state.desk.board()
    wanted = queue if queue.reviewed else queue.model_copy(update={"reviewed": ("open", "partly")})
    found = choose(board, wanted, search_numbers(state.store, queue.q), with_facets=False)
    contested = board.coded["standing"].among(("contested",))[found.rows]
    return board, found.rows[np.argsort(~contested, kind="stable")]


def _place_in(board: Board, rows: Ints, key: str) -> int | None:
    """Return where the incident stands in the queue, None where it has left it."""
    if not key or key not in board.ids:
        return None
    found = np.flatnonzero(rows == board.ids.index(key))
    return int(found[0]) if len(found) else None


@router.get("/review", response_model=None)
def review_page(request: Request, queue: Annotated[Queue, Query()]) -> Response:
    """Show the next card of the queue."""
    board, rows = waiting(request, queue)
    position = _place_in(board, rows, queue.at)
    key = queue.at if queue.at in board.ids else (board.ids[rows[0]] if len(rows) else "")
    if position is None and key and not queue.at:
        position = 0
    with request.app.state.store.connect() as connection:
        dossier = read_dossier(connection, board, key) if key else None
        near = incident_rows(connection, board, neighbours(board, dossier.board_row)) if dossier else []
        merged = _preview(connection, board, dossier, queue.other) if dossier else None
        beside = around(connection, dossier.reports) if dossier else {}
    return render(
        request,
        "review.html",
        queue=queue,
        dossier=dossier,
        row=dossier.row if dossier else None,
        near=near,
        merged=merged,
        around=beside,
        drawing=drawing(board, np.array([dossier.board_row], dtype=np.int32), SMALL) if dossier else None,
        caveat=CAVEAT,
        waiting=len(rows),
        position=position,
        before=_neighbour(board, rows, position, -1),
        after=_neighbour(board, rows, position, +1),
        reasons=REASONS,
        unknown=unknown(request, Queue),
    )


def _neighbour(board: Board, rows: Ints, position: int | None, step: int) -> str:
    if not len(rows):
        return ""
    if position is None:
        return board.ids[rows[0]] if step > 0 else ""
    wanted = position + step
    return board.ids[rows[wanted]] if 0 <= wanted < len(rows) else ""


def _preview(connection: Any, board: Board, dossier: Dossier, key: str) -> dict[str, Any] | None:
    """Return what merging with the incident ``key`` would make: each field of both, and of the one that results."""
    other = read_dossier(connection, board, key) if key and key != dossier.row["id"] else None
    if other is None:
        return None
    joined = incidents_joined(connection, (*dossier.incident.reports, *other.incident.reports))
    from kronika.store.incidents import incident_columns

    events = {report.event.id: report.event for report in (*dossier.reports, *other.reports)}
    result = joined[0]
    columns = incident_columns(result, [events[one] for one in result.reports])
    rows = [(words, dossier.row[name], other.row[name], columns[name]) for name, words in COMPARED.items()]
    return {"other": other, "rows": rows, "is_one": len(joined) == 1}


@router.get("/review.json", response_model=None)
def review_json(request: Request, queue: Annotated[Queue, Query()]) -> Response:
    """Return the queue: how many wait, and the first hundred."""
    board, rows = waiting(request, queue)
    with request.app.state.store.connect() as connection:
        shown = incident_rows(connection, board, rows[:100])
    return Utf8Json({"query": dict_of(queue), "waiting": len(rows), "rows": shown})


@router.post("/decisions", response_model=None, openapi_extra=FORM)
def post_decision(request: Request, form: Form) -> Response:
    """Take a decision: it is appended to the log, and what it touches is put together anew."""
    state = request.app.state
    decision = decide(state.store, form, state.reviewer(request))
    state.desk.decided(decision)
    if wants_json(request):
        return Utf8Json(to_dict(decision))
    target = local_address(form.get("next", ""), "/log")
    if decision.verdict is Verdict.UNDO and "next" not in form:
        target = "/log"
    return RedirectResponse(target, 303)


@router.post("/reviewer", response_model=None, openapi_extra=FORM)
def post_reviewer(form: Form) -> Response:
    """Sign decisions with another name from now on."""
    answer = RedirectResponse(local_address(form.get("next", ""), "/review"), 303)
    keep_reviewer(answer, form.get("name", ""))
    return answer
