"""Reading the texts of a bench through the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kronika.pipeline import read_documents
from kronika.records import Document, Report


def read_texts(texts: Iterable[tuple[str, str, str | None]]) -> Iterator[tuple[str, Report]]:
    """Yield (id, report) for (id, text, published) in order."""
    rows = list(texts)
    documents = (Document.of(text, published=published) for _, text, published in rows)
    for (key, _, _), report in zip(rows, read_documents(documents), strict=True):
        yield key, report
