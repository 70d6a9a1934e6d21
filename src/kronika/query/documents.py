"""Documents and rejects of a record as flat rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kronika.link.copies import Change, Family
from kronika.link.publication import publication_order
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


@dataclass(frozen=True, slots=True)
class CopyOf:
    """One document of a family of copies; the shares are with the text that was published first, from 0 to 1."""

    family: str
    document: str
    is_first: bool
    published: str | None
    publisher: str | None
    title: str | None
    resemblance: float
    containment: float


def copies_of(families: Iterable[Family], documents: Mapping[str, Document]) -> Iterator[CopyOf]:
    """Yield the members of each family, by publication date and id."""
    for family in families:
        members = sorted(family.members, key=lambda m: (publication_order(documents[m.document].published), m.document))
        for member in members:
            document = documents[member.document]
            yield CopyOf(
                family=family.id,
                document=document.id,
                is_first=document.id == family.first,
                published=document.published,
                publisher=document.publisher,
                title=document.title,
                resemblance=member.resemblance,
                containment=member.containment,
            )


def copy_row(copy: CopyOf) -> dict[str, Any]:
    """Return the flat row of a copy."""
    return {
        "family": copy.family,
        "id": copy.document,
        "is_first": "first" if copy.is_first else "",
        "published": copy.published or "",
        "publisher": copy.publisher or "",
        "title": copy.title or "",
        "resemblance": f"{copy.resemblance:.2f}",
        "containment": f"{copy.containment:.2f}",
    }


def change_row(change: Change) -> dict[str, Any]:
    """Return the flat row of a stretch that differs; a side that has nothing there is empty."""
    sides = {"before": change.before, "after": change.after}
    words = {name: " ".join(span.text.split()) if span else "" for name, span in sides.items()}
    places = {f"{name}_start": span.start if span else None for name, span in sides.items()}
    return {**words, **places}
