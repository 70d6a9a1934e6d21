"""Reading the texts of a bench through the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.annotate.parsing.syntax import parse
from kronika.gazetteer import open_gazetteer
from kronika.pipeline import read_document
from kronika.records import Document, Event, Report


def read_texts(texts: Iterable[tuple[str, str, str | None]]) -> Iterator[tuple[str, Report, Any]]:
    """Yield (id, report, parsed text) for (id, text, published) in order."""
    rows = list(texts)
    gazetteer = open_gazetteer()
    documents = (Document.of(text, published=published) for _, text, published in rows)
    for (key, _, _), (document, doc) in zip(rows, parse(documents), strict=True):
        yield key, read_document(document, doc, gazetteer), doc


def depth(event: Event, doc: Any) -> tuple[int, int]:
    """Return (sentence, steps from the root) of an event's trigger: what a text says first and foremost comes first."""
    span = doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")
    token, steps = span[0], 0
    while token.head.i != token.i:
        token, steps = token.head, steps + 1
    return span[0].sent.start, steps
