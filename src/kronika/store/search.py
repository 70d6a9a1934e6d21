"""Full-text search over documents and evidence (SQLite FTS5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from kronika.records import Report

#: Around each match in a passage; no document holds them (``kronika.documents.decoding.tidy``).
MARKS = ("\x02", "\x03")
_PASSAGE_WORDS = 28
_WORD = re.compile(r"[\w-]+|\"[^\"]+\"")


def index_evidence(connection: Connection, report: Report) -> None:
    """Put the evidence sentence of every event into the index."""
    rows = [{"event": event.id, "document": report.document.id, "text": event.evidence.text} for event in report.events]
    if rows:
        connection.execute(
            text("INSERT INTO evidence_search (event, document, text) VALUES (:event, :document, :text)"), rows
        )


def forget_evidence(connection: Connection, document: str) -> None:
    """Take the evidence of ``document`` out of the index."""
    connection.execute(text("DELETE FROM evidence_search WHERE document = :document"), {"document": document})


def find_passages(connection: Connection, words: str) -> Iterator[tuple[str, str, str]]:
    """Yield (body, text, passage) of each document that holds all ``words``; "quoted phrases" hold together.

    The best match comes first. ``passage`` is a stretch of the text with :data:`MARKS` around what was found in it.
    """
    query = text(
        "SELECT documents.body, documents.text, snippet(documents_search, 1, :first, :last, '', :size) "
        "FROM documents_search JOIN documents ON documents.number = documents_search.rowid "
        "WHERE documents_search MATCH :match ORDER BY documents_search.rank, documents.id"
    )
    first, last = MARKS
    found = {"match": match_expression(words), "first": first, "last": last, "size": _PASSAGE_WORDS}
    for row in connection.execute(query, found) if words.strip() else ():
        yield row[0], row[1], row[2]


def match_expression(words: str) -> str:
    """Return ``words`` in FTS5's language with nothing left in them that it would take for an operator.

    >>> match_expression('oil depot OR "air base"')
    '"oil" "depot" "OR" "air base"'
    """
    found = [word.strip('"') for word in _WORD.findall(words)]
    return " ".join(f'"{word}"' for word in found) or '""'
