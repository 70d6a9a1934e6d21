"""Full-text search: which documents say these words, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kronika.records import Document, Span
from kronika.store import Store
from kronika.store.codec import from_json
from kronika.store.search import MARKS, find_passages

_FOUND = re.compile(f"{MARKS[0]}([^{MARKS[1]}]*){MARKS[1]}")


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document answers a search: a stretch of its text and the ``matches`` inside it.

    ``matches`` is empty where the words stand in the title only; the passage is then the beginning of the text.
    """

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    span: Span
    matches: tuple[Span, ...]


def search(store: Store, words: str) -> Iterator[Passage]:
    """Yield a passage of each document that holds all ``words``, the best match first."""
    with store.connect() as connection:
        for body, text, marked in find_passages(connection, words):
            yield _passage(from_json(Document, body), text, marked)


def _passage(document: Document, text: str, marked: str) -> Passage:
    plain = marked.replace(MARKS[0], "").replace(MARKS[1], "")
    start = text.index(plain)
    matches = []
    for number, found in enumerate(_FOUND.finditer(marked)):
        at = start + found.start() - 2 * number  # the marks of the matches before it are not in the text
        matches.append(Span(document.id, at, at + len(found.group(1)), found.group(1)))
    span = Span(document.id, start, start + len(plain), plain)
    return Passage(document.id, document.title, document.publisher, document.published, span, tuple(matches))


def passage_row(passage: Passage) -> dict[str, Any]:
    """Return the flat row of a passage."""
    return {
        "id": passage.document,
        "published": passage.published or "",
        "publisher": passage.publisher or "",
        "title": passage.title or "",
        "start": passage.span.start,
        "end": passage.span.end,
        "passage": " ".join(passage.span.text.split()),
        "matches": "; ".join(dict.fromkeys(match.text for match in passage.matches)),
    }
