"""Documents to reports, in order, in one process or several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kronika.engine.chunk import read_chunk
from kronika.records import Document, Report
from kronika.sources import Refusal

#: Documents in a chunk: one of the parser's batches, so that what is read is stored soon.
CHUNK = 8


def run(documents: Iterable[Document], workers: int = 1) -> Iterator[tuple[Document, Report | Refusal]]:
    """Yield each document with its report, or with why there is none, in the order of ``documents``.

    The result is the same for every number of ``workers``. No more than a few chunks are in memory at a time.
    """
    sent: list[Document] = []

    def chunks() -> Iterator[Sequence[Document]]:
        iterator = iter(documents)
        while chunk := list(islice(iterator, CHUNK)):
            sent.extend(chunk)
            yield chunk

    if workers > 1:
        from kronika.engine.pool import run_pool
        from kronika.gazetteer import open_gazetteer

        open_gazetteer()  # built here, if it is not there: once, not in every worker

        results = run_pool(chunks(), workers)
    else:
        results = map(read_chunk, chunks())
    for result in results:
        yield from zip(list(sent[: len(result)]), result, strict=True)
        del sent[: len(result)]
