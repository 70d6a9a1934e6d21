"""The first rule, held where it counts: what is written points at words that the document says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from kronika.errors import EvidenceError
from kronika.records import Document, Report, Span


@lru_cache(maxsize=128)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def spans(value: object) -> Iterator[Span]:
    """Yield every span inside ``value``, however deep."""
    if value is None or isinstance(value, (str, int, float, Enum)):
        return
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from spans(part)
    elif is_dataclass(value) and not isinstance(value, Document):
        kind: Any = type(value)
        for name in _names(kind):
            yield from spans(getattr(value, name))


def verify_report(report: Report) -> None:
    """Check every span of ``report`` against the text of its document.

    Raises:
        EvidenceError: a span belongs to another document, is empty, or says something else than the text.
    """
    document = report.document
    for span in spans(report):
        if span.document != document.id:
            raise EvidenceError(
                f"a span of {span.document} in the report of {document.id}", "this is a fault in kronika"
            )
        if not 0 <= span.start < span.end <= len(document.text):
            raise EvidenceError(
                f"span {span.start}-{span.end} is not inside {document.id} ({len(document.text)} characters)",
                "this is a fault in kronika",
            )
        span.verify(document.text)
