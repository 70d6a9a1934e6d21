"""JSON lines: one article a line, ``{"url", "title", "text" | "html", "published", "publisher", "lang"}``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from kronika.errors import RejectedDocument
from kronika.records import Stated
from kronika.sources.compressed import lines
from kronika.sources.raw import Kind, Raw, Refusal

#: The names under which each field is found, first match wins.
NAMES = {
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at"),
    "url": ("url", "link"),
    "publisher": ("publisher", "source", "outlet"),
    "language": ("language", "lang"),
}


def read_jsonl(stream: IO[bytes], where: str, max_bytes: int) -> Iterator[Raw | Refusal]:
    """Yield the article of every line that is not blank; a bad line is refused and the next one is read."""
    for number, line in lines(stream, where, max_bytes):
        place = f"{where}:{number}"
        try:
            if isinstance(line, RejectedDocument):
                raise line
            if line.strip():
                yield _article(line, place)
        except RejectedDocument as error:
            yield Refusal.of(place, error)


def stated_in(mapping: dict[str, Any], origin: str) -> dict[str, Stated]:
    """Return the metadata that ``mapping`` states under any of the accepted names."""
    found = {}
    for field, names in NAMES.items():
        value = next((mapping[name] for name in names if mapping.get(name) not in (None, "")), None)
        is_plain = isinstance(value, (str, int)) and not isinstance(value, bool)
        if is_plain or (field == "published" and value is not None):  # a date of any other kind is said, not dropped
            found[field] = Stated(str(value).strip(), origin)
    return found


def _article(line: bytes, where: str) -> Raw:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise RejectedDocument(
            f"{where}: not UTF-8 (byte {error.start})", "encoding", "JSON lines are UTF-8"
        ) from error
    except (ValueError, RecursionError) as error:
        raise RejectedDocument(f"{where}: not JSON ({error})", "bad_json", "one JSON object a line") from error
    if not isinstance(value, dict):
        raise RejectedDocument(f"{where}: a JSON {type(value).__name__}, not an object", "bad_json")
    kind = Kind.TEXT if isinstance(value.get("text"), str) else Kind.HTML
    body = value.get(kind.value)
    if not isinstance(body, str):
        raise RejectedDocument(
            f'{where}: no "text" and no "html"', "no_text", 'name the article\'s field "text" or "html"'
        )
    # a lone surrogate is legal in JSON and in no encoding
    content = body.encode("utf-8", errors="replace")
    return Raw(where, content, kind, stated_in(value, "json line"), encoding="utf-8")
