"""Citations: a line to paste into a text, and CSL-JSON for reference managers.

The line has the form that Security Force Monitor uses: title, publisher, date, address.
"""

from __future__ import annotations

from typing import Any

from kronika.records import Document
from kronika.web.words import full_day, what, when


def cite_document(document: Document) -> str:
    """Return the citation of a document; a missing date is "n.d.".

    >>> cite_document(Document.of("text", title="Fire at depot", publisher="Harbour Post", published="2025-01-24"))
    'Fire at depot. Harbour Post. 24 January 2025. kronika document d-h9wcyhsjsnne.'
    """
    title = (document.title or " ".join(document.text.split())[:80] or "Untitled").rstrip(".")
    day = full_day(document.published) if document.published else "n.d."
    parts = [title, document.publisher or "Publisher not known", day]
    if document.url:
        parts.append(document.url)
    if document.fetched_at:
        parts.append(f"Accessed {full_day(document.fetched_at)}")
    seal = f", sha256 {document.raw_sha256[:16]}" if document.raw_sha256 else ""
    return ". ".join([*parts, f"kronika document {document.id}{seal}"]) + "."


def cite_incident(row: dict[str, Any], record: str, version: str) -> str:
    """Return the citation of an incident: what, where, when, on how many sources it rests, and in which record."""
    place = ", ".join(part for part in (row["place"], row["country"]) if part) or "place not known"
    sources = f"{row['reports']} report{'s' * (row['reports'] != 1)} from {row['sources']} independent"
    return f"{what(row)}, {place}, {when(row)}: {sources}. kronika {version}, record {record}, incident {row['id']}."


def csl(document: Document) -> dict[str, Any]:
    """Return a document as a CSL-JSON item."""
    item: dict[str, Any] = {"id": document.id, "type": "article-newspaper", "title": document.title or "Untitled"}
    if document.publisher:
        item["container-title"] = document.publisher
    if document.published:
        day = document.published[:10].split("-")
        item["issued"] = {"date-parts": [[int(part) for part in day if part.isdigit()]]}
    if document.url:
        item["URL"] = document.url
    return item
