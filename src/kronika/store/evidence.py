"""The first rule, held where it counts: what is written points at words that the document says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from kronika.errors import EvidenceError
from kronika.records import Document, Report, Span


@lru_cache(maxsize=128)
def _fields(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a record that can hold a span: most hold words and numbers only."""
    if not is_dataclass(kind) or kind is Document:
        return ()
    hints = get_type_hints(kind)
    return tuple(field.name for field in fields(kind) if _may_hold(hints[field.name]))


def _may_hold(hint: Any) -> bool:
    if isinstance(hint, type) and not get_args(hint):
        return hint is Span or bool(_fields(hint))
    return any(_may_hold(part) for part in get_args(hint))


def spans(value: object) -> Iterator[Span]:
    """Yield every span inside ``value``, however deep."""
    waiting = [value]
    while waiting:
        part: Any = waiting.pop()
        if isinstance(part, Span):
            yield part
        elif isinstance(part, tuple):
            waiting.extend(part)
        else:
            kind: Any = type(part)
            waiting += [inner for name in _fields(kind) if (inner := getattr(part, name))]


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
