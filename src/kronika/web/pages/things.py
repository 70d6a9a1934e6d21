"""Facilities, places and actors: their ledgers, names, relations and deployments over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import Connection, func, select

from kronika.link.ledger import Ledger, ledger
from kronika.records import Alias, Entity, Event, Incident
from kronika.store.codec import from_json, to_dict
from kronika.store.schema import documents, entities, events, incident_bodies, incident_reports
from kronika.web import atlas
from kronika.web.answers import Row, Utf8Json, csv_answer, not_found
from kronika.web.board import NO_DAY, Board, Ints
from kronika.web.directory import ROLE, Kind, directory, place_name, with_places
from kronika.web.pages.overview import dict_of, every_row, unknown
from kronika.web.reading import incident_rows
from kronika.web.sketches import chart, graph
from kronika.web.standing import deployments_of, relations_of, strips, surfaces_of
from kronika.web.templating import render
from kronika.web.view import Text

router = APIRouter()
ROWS = 100
#: A ledger of more incidents is listed without comparing the counts that documents assert.
MOST_COMPARED = 250
_PLURAL = {"facility": "facilities", "place": "places", "actor": "actors"}


Page = Annotated[int, BeforeValidator(lambda value: value or 1), Field(ge=1, le=100_000)]


class Ledgered(BaseModel):
    """Which part of a ledger is shown."""

    model_config = ConfigDict(frozen=True)
    page: Page = 1


class Index(BaseModel):
    """Which things are listed."""

    model_config = ConfigDict(frozen=True)
    q: Text = Field("", description="part of the name")
    all: bool = Field(False, description="facilities: also targets that are known by their words only")
    page: Page = 1


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
    named = board.named[ROLE[kind]]
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
    query = (
        select(events.c.body, documents.c.published)
        .join(incident_reports, incident_reports.c.event == events.c.id)
        .join(documents, documents.c.id == events.c.document)
        .where(incident_reports.c.number.in_(numbers), func.json_extract(events.c.body, "$.ordinal").is_not(None))
    )
    read = [(from_json(Event, body), published) for body, published in connection.execute(query)]
    counting = [(event, published) for event, published in read if _is_counted(thing.kind, event)]
    dates = {event.document: published for event, published in counting if published}
    return ledger([from_json(Incident, body) for body in bodies], [event for event, _ in counting], dates)


def _is_counted(kind: str, event: Event) -> bool:
    """Whether a count that an event asserts ("the fifth strike") is one of this kind of thing.

    It is of what was hit: of a place only where nothing in it is named as the target, and never of an actor.
    """
    return kind == "facility" or (kind == "place" and not event.roles.target)


def ledger_rows(connection: Connection, board: Board, thing: Thing, book: Ledger | None, asked: Ledgered) -> list[Row]:
    """Return the rows of the page of a thing, in the order in which its ledger counts them."""
    order = {row.incident: at for at, row in enumerate(book.rows)} if book else {}
    rows = sorted((int(row) for row in thing.rows), key=lambda row: order.get(board.ids[row], 0))
    return incident_rows(connection, board, rows[(asked.page - 1) * ROWS : asked.page * ROWS])


def listed(request: Request, kind: Kind, asked: Index, *, is_paged: bool = True) -> tuple[int, list[Row]]:
    """Return how many things the directory has, and the rows of the page, or all of them."""
    state = request.app.state
    board = state.desk.board()
    found = directory(board, kind, asked.q, is_whole=asked.all)
    first = (asked.page - 1) * ROWS
    shown = found[first : first + ROWS] if is_paged else found
    if kind != "facility":
        return len(found), [{name: row[name] for name in ("key", "name", "incidents")} for row in shown]
    with state.store.connect() as connection:
        return len(found), with_places(connection, board, shown)


def _register(kind: Kind) -> None:
    """Add the routes of one kind: its index with twins, and the page of each with its twin."""
    plural = _PLURAL[kind]

    def index_page(request: Request, asked: Annotated[Index, Query()]) -> Response:
        count, found = listed(request, kind, asked)
        shown = [{**row, "href": address(kind, row["key"])} for row in found]
        return render(
            request,
            "things.html",
            kind=kind,
            plural=plural,
            asked=asked,
            count=count,
            rows=shown,
            per_page=ROWS,
            query=dict_of(asked),
            unknown=unknown(request, Index),
        )

    def index_json(request: Request, asked: Annotated[Index, Query()]) -> Response:
        count, found = listed(request, kind, asked)
        return Utf8Json({"query": dict_of(asked), "count": count, "page": asked.page, "per_page": ROWS, "rows": found})

    def index_csv(request: Request, asked: Annotated[Index, Query()]) -> Response:
        return csv_answer(listed(request, kind, asked, is_paged=False)[1], plural)

    def thing_json(request: Request, key: str, asked: Annotated[Ledgered, Query()]) -> Response:
        return _thing_json(request, kind, key, asked)

    def thing_csv(request: Request, key: str) -> Response:
        return _thing_csv(request, kind, key)

    def thing_page(request: Request, key: str, asked: Annotated[Ledgered, Query()]) -> Response:
        return _thing_page(request, kind, key, asked)

    for path, answer in (
        (f"/{plural}", index_page),
        (f"/{plural}.json", index_json),
        (f"/{plural}.csv", index_csv),
        (f"/{kind}/{{key:path}}.json", thing_json),
        (f"/{kind}/{{key:path}}.csv", thing_csv),
        (f"/{kind}/{{key:path}}", thing_page),
    ):
        name = f"{answer.__name__}_{kind}"
        router.add_api_route(path, answer, response_model=None, operation_id=name, summary=f"{path} as a page or twin")


def _thing_csv(request: Request, kind: Kind, key: str) -> Response:
    """Return all incidents of a ledger as CSV."""
    state = request.app.state
    board = state.desk.board()
    with state.store.connect() as connection:
        thing = find_thing(connection, board, kind, key)
    if thing is None:
        return not_found(request, kind, key)
    return csv_answer(every_row(request, board, thing.rows), kind)


def _thing_json(request: Request, kind: Kind, key: str, asked: Ledgered) -> Response:
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
                "names": [to_dict(alias) for alias in names_of(connection, thing)],
                "entity": to_dict(thing.entity) if thing.entity else None,
                "count": len(thing.rows),
                "page": asked.page,
                "per_page": ROWS,
                "rows": ledger_rows(connection, board, thing, book, asked),
                "ledger": to_dict(book) if book else None,
                "relations": relations_of(connection, thing.name, thing.entity),
                "deployments": deployments_of(connection, thing.name, thing.entity),
            }
        )


def _thing_page(request: Request, kind: Kind, key: str, asked: Ledgered) -> Response:
    state = request.app.state
    board = state.desk.board()
    with state.store.connect() as connection:
        thing = find_thing(connection, board, kind, key)
        if thing is None:
            return not_found(request, kind, key)
        book = book_of(connection, board, thing)
        rows = ledger_rows(connection, board, thing, book, asked)
        relations = relations_of(connection, thing.name, thing.entity)
        sent = deployments_of(connection, thing.name, thing.entity)
        called = names_of(connection, thing)
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
        strips=strips(board, thing.rows),
        names=called,
        settlement=place_name(board, thing.entity.settlement) if thing.entity else "",
        relations=relations,
        graph=graph([thing.name, *(alias.name for alias in called)], relations),
        deployments=sent,
        chart=chart(sent),
        drawing=atlas.drawing(board, thing.rows, atlas.SMALL),
        caveat=atlas.CAVEAT,
        asked=asked,
        per_page=ROWS,
        more=f"/incidents?{_parameter(kind)}={quote(thing.key, safe='')}",
    )


def names_of(connection: Connection, thing: Thing) -> list[Alias]:
    """Return what a thing is called and where, as far as that was kept."""
    if thing.kind == "place":
        return surfaces_of(connection, thing.key)
    return list(thing.entity.aliases) if thing.entity else []


def _parameter(kind: str) -> str:
    return {"facility": "target", "actor": "actor", "place": "place"}[kind]


for _kind in ("facility", "place", "actor"):
    _register(_kind)
