"""Documents: full-text search, and each text with its evidence highlighted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from sqlalchemy import Connection, func, select, text

from kronika.errors import RecordError
from kronika.records import Report
from kronika.store import Store
from kronika.store.codec import to_dict
from kronika.store.schema import documents
from kronika.store.search import MARKS, match_expression
from kronika.web.answers import Row, Utf8Json, csv_answer, not_found
from kronika.web.choose import search_numbers
from kronika.web.citation import cite_document, csl
from kronika.web.marks import KINDS, Mark, Stretch, report_marks, stretches
from kronika.web.pages.overview import dict_of, unknown
from kronika.web.reading import family_of, homes_of
from kronika.web.templating import render
from kronika.web.view import Day, Text

router = APIRouter()
ROWS = 40
#: A longer text is shown in parts of so many characters.
PART = 60_000
_AT = re.compile(r"(\d{1,9})-(\d{1,9})\Z", re.ASCII)
_COLUMNS = ("id", "published", "publisher", "title", "language", "status", "url")


class Papers(BaseModel):
    """Which documents are asked for."""

    model_config = ConfigDict(frozen=True)
    q: Text = Field("", description="words; quoted words stand together")
    publisher: Text = ""
    since: Day = ""
    until: Day = ""
    page: Annotated[int, BeforeValidator(lambda value: value or 1), Field(ge=1, le=100_000)] = 1


class Reading(BaseModel):
    """Which part of a document is shown, and which stretch of it is pointed at."""

    model_config = ConfigDict(frozen=True)
    at: Text = Field("", description="start-end, code points")
    part: Annotated[int, BeforeValidator(lambda value: value or 0), Field(ge=0, le=1_000_000)] = Field(
        0, description="counted from 1; 0 is the part that holds what is pointed at"
    )


def find_papers(connection: Connection, asked: Papers) -> tuple[int, list[Row]]:
    """Return how many documents are asked for, and the rows of the page; with words, each with its passage."""
    count, numbers = _numbers(connection, asked, (asked.page - 1) * ROWS, ROWS)
    passages = _passages(connection, match_expression(asked.q), numbers) if asked.q.strip() else {}
    return count, [{**row, "passage": passages.get(number, "")} for number, row in _rows(connection, numbers)]


def every_paper(store: Store, asked: Papers) -> Iterator[Row]:
    """Yield the rows of all documents asked for, without passages."""
    with store.connect() as connection:
        _, numbers = _numbers(connection, asked, 0, -1)
    for first in range(0, len(numbers), 1_000):
        with store.connect() as connection:
            yield from (row for _, row in _rows(connection, numbers[first : first + 1_000]))


def _numbers(connection: Connection, asked: Papers, first: int, most: int) -> tuple[int, list[int]]:
    """Return how many documents are asked for, and the numbers of ``most`` from ``first``: the newest first.

    Only indexes are read for it. With words, the order is that in which they were read.
    """
    conditions = []
    if asked.publisher:
        conditions.append(documents.c.publisher == asked.publisher)
    if asked.since:
        conditions.append(documents.c.published >= asked.since)
    if asked.until:
        conditions.append(documents.c.published <= asked.until + "~")
    if not asked.q.strip():
        count = connection.execute(select(func.count()).select_from(documents).where(*conditions)).scalar_one()
        order = (documents.c.published.desc(), documents.c.number.desc())
        query = select(documents.c.number).where(*conditions).order_by(*order).limit(most).offset(first)
        return count, list(connection.execute(query).scalars())
    found = "FROM documents_search WHERE documents_search MATCH :match"
    given: dict[str, Any] = {"match": match_expression(asked.q), "most": most, "first": first}
    if conditions:
        every = np.fromiter(connection.execute(text(f"SELECT rowid {found}"), given).scalars(), dtype=np.int64)
        among = connection.execute(select(documents.c.number).where(*conditions)).scalars()
        both = np.sort(np.intersect1d(every, np.fromiter(among, dtype=np.int64)))[::-1]
        return len(both), both[first : first + most if most >= 0 else None].tolist()
    count = connection.execute(text(f"SELECT count(*) {found}"), given).scalar_one()
    page = text(f"SELECT rowid {found} ORDER BY rowid DESC LIMIT :most OFFSET :first")
    return count, list(connection.execute(page, given).scalars())


def _rows(connection: Connection, numbers: list[int]) -> Iterator[tuple[int, Row]]:
    """Yield number and row of these documents, in this order."""
    columns = [documents.c[name] for name in _COLUMNS]
    rows = connection.execute(select(documents.c.number, *columns).where(documents.c.number.in_(numbers)))
    by_number = {row["number"]: {name: row[name] for name in _COLUMNS} for row in rows.mappings()}
    yield from ((number, by_number[number]) for number in numbers if number in by_number)


def _passages(connection: Connection, match: str, numbers: list[int]) -> dict[int, str]:
    """Return a passage of each of these documents with marks around what was found."""
    query = text(
        "SELECT rowid, snippet(documents_search, 1, :first, :last, ' … ', 32) FROM documents_search "
        "WHERE documents_search MATCH :match AND rowid = :number"
    )
    found = {}
    for number in numbers:
        given = {"match": match, "first": MARKS[0], "last": MARKS[1], "number": number}
        for key, passage in connection.execute(query, given):
            found[int(key)] = " ".join(str(passage).split(" "))
    return found


def passage_stretches(passage: str) -> list[Stretch]:
    """Return a passage cut at its marks.

    >>> [(one.text, one.kinds) for one in passage_stretches("a \\x02fire\\x03 at the depot")]
    [('a ', ()), ('fire', ('hit',)), (' at the depot', ())]
    """
    pieces = re.split(f"[{MARKS[0]}{MARKS[1]}]", passage)
    return [Stretch(piece, ("hit",) if index % 2 else ()) for index, piece in enumerate(pieces) if piece]


def _plain(row: Row) -> Row:
    return {**row, "passage": row["passage"].replace(MARKS[0], "").replace(MARKS[1], "")}


@router.get("/documents", response_model=None)
def documents_page(request: Request, asked: Annotated[Papers, Query()]) -> Response:
    """List documents, or find them by their words."""
    with request.app.state.store.connect() as connection:
        count, rows = find_papers(connection, asked)
    numbers = search_numbers(request.app.state.store, asked.q)
    return render(
        request,
        "documents.html",
        asked=asked,
        count=count,
        rows=rows,
        per_page=ROWS,
        passage_stretches=passage_stretches,
        incidents=None if numbers is None else len(numbers),
        unknown=unknown(request, Papers),
        query=dict_of(asked),
    )


@router.get("/documents.json", response_model=None)
def documents_json(request: Request, asked: Annotated[Papers, Query()]) -> Response:
    """Return the rows of the page of documents."""
    with request.app.state.store.connect() as connection:
        count, rows = find_papers(connection, asked)
    shown = {"query": dict_of(asked), "count": count, "page": asked.page, "per_page": ROWS}
    return Utf8Json({**shown, "rows": [_plain(row) for row in rows]})


@router.get("/documents.csv", response_model=None)
def documents_csv(request: Request, asked: Annotated[Papers, Query()]) -> Response:
    """Return all documents that are asked for as CSV."""
    return csv_answer(every_paper(request.app.state.store, asked), "documents")


def read_report(request: Request, key: str) -> Report | None:
    """Return what a document says; None where the record has none of this id."""
    try:
        return request.app.state.store.report(key)  # type: ignore[no-any-return]
    except RecordError:
        return None


@router.get("/document/{key}.json", response_model=None)
def document_json(request: Request, key: str) -> Response:
    """Return a document with everything that was read from it."""
    report = read_report(request, key)
    if report is None:
        return not_found(request, "document", key)
    with request.app.state.store.connect() as connection:
        family = family_of(connection, key)
    shown = {"report": to_dict(report), "copies": family, "citation": cite_document(report.document)}
    return Utf8Json({**shown, "csl": csl(report.document)})


@router.get("/document/{key}/raw", response_model=None)
def document_raw(request: Request, key: str) -> Response:
    """Return the bytes that a document was made from, to be saved, never shown."""
    content = request.app.state.store.raw(key)
    if content is None:
        return not_found(request, "capture of the document", key)
    name = re.sub(r"[^\w-]", "", key, flags=re.ASCII) or "document"
    headers = {"content-disposition": f'attachment; filename="{name}.bin"'}
    return Response(content, media_type="application/octet-stream", headers=headers)


@router.get("/document/{key}", response_model=None)
def document_page(request: Request, key: str, asked: Annotated[Reading, Query()]) -> Response:
    """Show a document, its evidence highlighted."""
    report = read_report(request, key)
    if report is None:
        return not_found(request, "document", key)
    store = request.app.state.store
    with store.connect() as connection:
        homes = homes_of(connection, key)
        family = family_of(connection, key)
    start, end, part, parts = _part(report, asked)
    marks = report_marks(report, homes)
    if start is not None and end is not None:
        marks.append(Mark(start, end, "here", anchor="at"))
    first = (part - 1) * PART
    without_text = replace(report, document=replace(report.document, text=""))
    return render(
        request,
        "document.html",
        report=report,
        document=report.document,
        homes=homes,
        family=family,
        pieces=stretches(report.document.text, marks, first, first + PART),
        part=part,
        part_count=parts,
        kinds=_kinds(marks),
        origins=store.origins(key),
        has_raw=without_text.document.raw_sha256 is not None,
        citation=cite_document(report.document),
    )


def _part(report: Report, asked: Reading) -> tuple[int | None, int | None, int, int]:
    length = len(report.document.text)
    parts = max(1, -(-length // PART))
    found = _AT.match(asked.at)
    start, end = (min(int(one), length) for one in found.groups()) if found else (None, None)
    part = asked.part or (start // PART + 1 if start is not None else 1)
    return start, end, min(max(part, 1), parts), parts


def _kinds(marks: list[Mark]) -> dict[str, Any]:
    """Return the kinds that occur, in the order of the legend, with their names."""
    present = {mark.kind for mark in marks}
    return {kind: name for kind, name in KINDS.items() if kind in present}
