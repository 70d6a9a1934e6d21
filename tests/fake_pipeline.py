"""A pipeline of one rule, for tests of what stands around the pipeline: every "struck" is a strike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kronika.records import (
    Document,
    Event,
    Mention,
    MentionKind,
    Report,
    Roles,
    Span,
    Status,
    TimePrecision,
    TimeRef,
    content_id,
)


def read_documents(documents: Iterable[Document]) -> Iterator[Report]:
    """Yield the report of each document; the word "poison" breaks it."""
    for document in documents:
        if "poison" in document.text:
            raise ValueError("poison")
        yield Report(document, "ok", tuple(_events(document)), version="0.1.0")


def _events(document: Document) -> Iterator[Event]:
    for found in re.finditer(r"(\w+) struck the (\w+)[^.\n]*\.?", document.text):
        target = _span(document, found.start(2), found.end(2))
        time = document.published and TimeRef(
            document.published, document.published, document.published, TimePrecision.DAY
        )
        yield Event(
            id=content_id("e", document.id, found.start()),
            document=document.id,
            type="ASSAULT",
            mode="drone",
            acled=None,
            cameo=None,
            status=Status.OCCURRED,
            trigger=_span(document, found.end(1) + 1, found.end(1) + 7),
            evidence=_span(document, found.start(), found.end()),
            roles=Roles(target=(Mention(target, MentionKind.FACILITY, target.text, target.text),)),
            time=time or None,
        )


def _span(document: Document, start: int, end: int) -> Span:
    return Span(document.id, start, end, document.text[start:end])
