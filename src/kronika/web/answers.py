"""Answers other than pages: the twins in JSON and CSV, GeoJSON, and the message that says what was wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

from kronika.web.templating import render

Row = dict[str, Any]
#: A cell that begins so is taken for a formula by spreadsheets; it gets an apostrophe before it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Utf8Json(JSONResponse):
    """JSON that people can read: indented, in UTF-8."""

    def render(self, content: Any) -> bytes:
        """Return the bytes of ``content``."""
        return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def csv_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield flat rows as lines of CSV, the header first; numbers stay numbers, formulas become text."""
    writer = None
    for row in rows:
        buffer = io.StringIO()
        if writer is None:
            csv.writer(buffer, lineterminator="\n").writerow(list(row))
            writer = True
        csv.writer(buffer, lineterminator="\n").writerow([_cell(value) for value in row.values()])
        yield buffer.getvalue()


def csv_answer(rows: Iterable[Row], name: str) -> StreamingResponse:
    """Return flat rows as a CSV file to download."""
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    lines = (line.encode("utf-8", "replace") for line in csv_lines(rows))
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def lines_answer(rows: Iterable[Row], name: str) -> StreamingResponse:
    """Return flat rows as a file of JSON lines to download."""
    headers = {"content-disposition": f'attachment; filename="{name}.jsonl"'}
    lines = ((json.dumps(row, ensure_ascii=False) + "\n").encode("utf-8", "replace") for row in rows)
    return StreamingResponse(lines, media_type="application/x-ndjson", headers=headers)


def geojson_answer(rows: Iterable[Row], name: str) -> StreamingResponse:
    """Return rows as GeoJSON; what has no point has a null geometry, as the standard has it."""

    def pieces() -> Iterator[bytes]:
        yield b'{"type":"FeatureCollection","features":['
        for index, row in enumerate(rows):
            yield (b",\n" if index else b"\n") + json.dumps(_feature(row), ensure_ascii=False).encode(
                "utf-8", "replace"
            )
        yield b"\n]}\n"

    headers = {"content-disposition": f'attachment; filename="{name}.geojson"'}
    return StreamingResponse(pieces(), media_type="application/geo+json", headers=headers)


def _feature(row: Row) -> Row:
    has_point = row["longitude"] is not None and row["precision"] in ("site", "settlement", "admin2", "admin1")
    geometry = {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]} if has_point else None
    rest = {name: value for name, value in row.items() if name not in ("longitude", "latitude")}
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": rest}


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def wants_json(request: Request) -> bool:
    """Whether a program asked: a twin's path, or a header that says so."""
    path = request.url.path
    accepts = request.headers.get("accept", "")
    return path.endswith((".json", ".csv", ".jsonl", ".geojson")) or accepts.startswith("application/json")


def say(request: Request, status: int, title: str, message: str, hint: str = "") -> Response:
    """Return a message as a page or as JSON, whichever was asked for."""
    if wants_json(request):
        return Utf8Json({"error": title, "message": message, "hint": hint}, status)
    return render(request, "message.html", status, title=title, message=message, hint=hint)


def not_found(request: Request, what: str, key: str) -> Response:
    """Return that the record has no such thing."""
    return say(request, 404, f"No such {what}", f"The record has no {what} {key!r}.", "It may have been linked anew.")
