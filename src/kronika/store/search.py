"""Full-text search over documents and evidence (SQLite FTS5)."""

from __future__ import annotations

import re

from sqlalchemy import Connection, text

from kronika.records import Report

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


def find_documents(connection: Connection, words: str) -> list[str]:
    """Return the ids of the documents that hold all ``words`` ("quoted phrases" hold together), in order of id."""
    query = text(
        "SELECT documents.id FROM documents_search JOIN documents ON documents.number = documents_search.rowid "
        "WHERE documents_search MATCH :match ORDER BY documents.id"
    )
    return list(connection.execute(query, {"match": match_expression(words)}).scalars()) if words.strip() else []


def find_events(connection: Connection, words: str) -> list[str]:
    """Return the ids of the events whose evidence holds all ``words``, in order of id."""
    query = text("SELECT event FROM evidence_search WHERE evidence_search MATCH :match ORDER BY event")
    return list(connection.execute(query, {"match": match_expression(words)}).scalars()) if words.strip() else []


def match_expression(words: str) -> str:
    """Return ``words`` in FTS5's language with nothing left in them that it would take for an operator.

    >>> match_expression('oil depot OR "air base"')
    '"oil" "depot" "OR" "air base"'
    """
    found = [word.strip('"') for word in _WORD.findall(words)]
    return " ".join(f'"{word}"' for word in found) or '""'
