"""Documents and rejects of a record as flat rows."""

from __future__ import annotations

from typing import Any

from kronika.records import Document
from kronika.store import Reject


def document_row(document: Document) -> dict[str, Any]:
    """Return the flat row of a document, without its text."""
    return {
        "id": document.id,
        "published": document.published or "",
        "publisher": document.publisher or "",
        "title": document.title or " ".join(document.text.split())[:80],
        "language": document.language or "",
        "characters": len(document.text),
        "url": document.url or "",
        "raw_sha256": document.raw_sha256 or "",
    }


def reject_row(reject: Reject) -> dict[str, Any]:
    """Return the flat row of a document that was refused."""
    return {
        "where": reject.where,
        "reason": reject.reason,
        "message": reject.message,
        "hint": reject.hint,
        "raw_sha256": reject.raw_sha256 or "",
    }
