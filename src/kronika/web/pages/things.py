"""Facilities, places and actors: their ledgers, names, relations and deployments over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote

import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import Connection, select

from kronika.link.ledger import Ledger, ledger
from kronika.records import Entity, Event, Incident
from kronika.store.codec import from_json, to_dict
from kronika.store.schema import entities, events, incident_bodies, incident_reports
from kronika.web import atlas
from kronika.web.answers import Row, Utf8Json, csv_answer, not_found
from kronika.web.board import NO_DAY, Board, Ints
from kronika.web.reading import incident_rows
from kronika.web.standing import Strip, deployments_of, relations_of, strips
from kronika.web.templating import render
from kronika.web.view import Text

router = APIRouter()
ROWS = 100
#: A ledger of more incidents is listed without comparing the counts that documents assert.
MOST_COMPARED = 400
Kind = Literal["facility", "place", "actor"]
_ROLE = {"facility": "target", "actor": "actor"}
_PLURAL = {"facility": "facilities", "place": "places", "actor": "actors"}


class Index(BaseModel):
    """Which things are listed."""

    model_config = ConfigDict(frozen=True)
    q: Text = ""
    page: Annotated[int, BeforeValidator(lambda value: value or 1), Field(ge=1, le=100_000)] = 1


@dataclass(frozen=True, slots=True)
class Thing:
    """A facility, place or actor with the rows of its incidents, by date."""

    kind: str
    key: str
    name: str
    entity: Entity | None
    rows: Ints


def address(kind: str, key: str) -> str:
    """Return the address of a thing's page."""
    return f"/{kind}/{quote(key, safe='')}"


def find_thing(connection: Connection, board: Board, kind: str, key: str) -> Thing | None:
    """Return the thing with this id or, where names are all there is, this name."""
    if kind == "place":
        mask = board.coded["place_id"].among((key,)) if key else np.zeros(len(board), dtype=bool)
        rows = _by_date(board, mask)
        name = board.places.values[board.places.codes[rows[0]]] if len(rows) else ""
        return Thing(kind, key, name, None, rows) if len(rows) else None
    named = board.named[_ROLE[kind]]
    folded = key.casefold()
    codes = [
        code
        for code, (name, entity) in enumerate(zip(named.folded, named.entities, strict=True))
        if key and (entity == key or name == folded)
    ]
    if not codes:
        return None
    mask = np.zeros(len(board), dtype=bool)
    mask[named.rows[np.isin(named.codes, codes)]] = True
    entity_id = next((named.entities[code] for code in codes if named.entities[code]), "")
    body = connection.execute(select(entities.c.body).where(entities.c.id == entity_id)).scalar_one_or_none()
    entity = from_json(Entity, body) if body else None
    return Thing(kind, key, entity.name if entity else named.names[codes[0]], entity, _by_date(board, mask))


def _by_date(board: Board, mask: Any) -> Ints:
    rows: Ints = board.by_start[mask[board.by_start]]
    undated = int((board.start[rows] == NO_DAY).sum())
    return np.concatenate((rows[undated:], rows[:undated]))


def book_of(connection: Connection, board: Board, thing: Thing) -> Ledger | None:
    """Return the ledger with the counts that documents assert; None for more incidents than are compared."""
    if len(thing.rows) > MOST_COMPARED:
        return None
    numbers = [int(board.numbers[row]) for row in thing.rows]
    bodies = connection.execute(select(incident_bodies.c.body).where(incident_bodies.c.number.in_(numbers))).scalars()
    query = select(events.c.body).join(incident_reports, incident_reports.c.event == events.c.id)
    reports = connection.execute(query.where(incident_reports.c.number.in_(numbers))).scalars()
    return ledger([from_json(Incident, body) for body in bodies], [from_json(Event, body) for body in reports])


def things(board: Board, kind: str, words: str) -> list[Row]:
    """Return the things of a kind with how many incidents they have, those with most first."""
    if kind == "place":
        coded = board.coded["place_id"]
        counts = np.bincount(coded.codes, minlength=len(coded.values))
        first = {int(code): row for row, code in reversed(list(enumerate(coded.codes[:])))} if len(board) else {}
        found = [
            {"key": value, "name": board.places.values[board.places.codes[first[code]]], "incidents": int(counts[code])}
            for code, value in enumerate(coded.values)
            if value
        ]
    else:
        named = board.named[_ROLE[kind]]
        counts = np.bincount(named.codes, minlength=len(named.names))
        by_key: dict[str, Row] = {}
        for code, name in enumerate(named.names):
            key = named.entities[code] or named.folded[code]
            row = by_key.setdefault(key, {"key": key, "name": name, "incidents": 0})
            row["incidents"] += int(counts[code])
        found = list(by_key.values())
    folded = words.casefold().strip()
    chosen = [row for row in found if folded in row["name"].casefold()]
    return sorted(chosen, key=lambda row: (-row["incidents"], row["name"], row["key"]))


def _register(kind: Kind) -> None:
    """Add the routes of one kind: its index with twins, and the page of each with its twin."""
    plural = _PLURAL[kind]

    def index_page(request: Request, asked: Annotated[Index, Query()]) -> Response:
        found = things(request.app.state.desk.board(), kind, asked.q)
        first = (asked.page - 1) * ROWS
        shown = [{**row, "href": address(kind, row["key"])} for row in found[first : first + ROWS]]
        return render(
            request, "things.html", kind=kind, plural=plural, asked=asked, count=len(found), rows=shown, per_page=ROWS
        )

    def index_json(request: Request, asked: Annotated[Index, Query()]) -> Response:
        found = things(request.app.state.desk.board(), kind, asked.q)
        first = (asked.page - 1) * ROWS
        return Utf8Json({"count": len(found), "page": asked.page, "rows": found[first : first + ROWS]})

    def index_csv(request: Request, asked: Annotated[Index, Query()]) -> Response:
        return csv_answer(things(request.app.state.desk.board(), kind, asked.q), plural)

    def thing_json(request: Request, key: str) -> Response:
        return _thing_json(request, kind, key)

    def thing_page(request: Request, key: str, asked: Annotated[Index, Query()]) -> Response:
        return _thing_page(request, kind, key, asked)

    for path, answer in (
        (f"/{plural}", index_page),
        (f"/{plural}.json", index_json),
        (f"/{plural}.csv", index_csv),
        (f"/{kind}/{{key:path}}.json", thing_json),
        (f"/{kind}/{{key:path}}", thing_page),
    ):
        name = f"{answer.__name__}_{kind}"
        router.add_api_route(path, answer, response_model=None, operation_id=name, summary=f"{path} as a page or twin")


def _thing_json(request: Request, kind: Kind, key: str) -> Response:
    state = request.app.state
    board = state.desk.board()
    with state.store.connect() as connection:
        thing = find_thing(connection, board, kind, key)
        if thing is None:
            return not_found(request, kind, key)
        book = book_of(connection, board, thing)
        return Utf8Json(
            {
                "kind": kind,
                "key": key,
                "name": thing.name,
                "entity": to_dict(thing.entity) if thing.entity else None,
                "count": len(thing.rows),
                "rows": incident_rows(connection, board, thing.rows[:ROWS]),
                "ledger": to_dict(book) if book else None,
                "relations": relations_of(connection, thing.name, thing.entity),
                "deployments": deployments_of(connection, thing.name, thing.entity),
            }
        )


def _thing_page(request: Request, kind: Kind, key: str, asked: Index) -> Response:
    state = request.app.state
    board = state.desk.board()
    with state.store.connect() as connection:
        thing = find_thing(connection, board, kind, key)
        if thing is None:
            return not_found(request, kind, key)
        book = book_of(connection, board, thing)
        first = (asked.page - 1) * ROWS
        rows = incident_rows(connection, board, thing.rows[first : first + ROWS])
        relations = relations_of(connection, thing.name, thing.entity)
        sent = deployments_of(connection, thing.name, thing.entity)
    small: list[Strip] = strips(board, thing.rows)
    numbers = {row.incident: row for row in book.rows} if book else {}
    return render(
        request,
        "thing.html",
        kind=kind,
        plural=_PLURAL[kind],
        thing=thing,
        rows=rows,
        count=len(thing.rows),
        book=book,
        ledger_rows=numbers,
        strips=small,
        settlement=_place_name(board, thing.entity.settlement) if thing.entity else "",
        relations=relations,
        deployments=sent,
        drawing=atlas.drawing(board, thing.rows),
        caveat=atlas.CAVEAT,
        asked=asked,
        per_page=ROWS,
        more=f"/incidents?{_parameter(kind)}={quote(thing.key, safe='')}",
    )


def _place_name(board: Board, key: str | None) -> str:
    """Return the name of the place with this id, as far as an incident is there."""
    coded = board.coded["place_id"]
    if not key or key not in coded.values:
        return ""
    row = int(np.argmax(coded.codes == coded.values.index(key)))
    name: str = board.places.values[board.places.codes[row]]
    return name


def _parameter(kind: str) -> str:
    return {"facility": "target", "actor": "actor", "place": "place"}[kind]


for _kind in ("facility", "place", "actor"):
    _register(_kind)
