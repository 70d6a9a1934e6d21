"""How fast place names are resolved, and what share of reading an article that takes.

``python -m benchmarks.resolve_places`` (``--words 20000 --rounds 3``)

The texts are those of :mod:`benchmarks.read_articles`. Names are found before the clock starts; each document's names
are then resolved together, as the pipeline does it, in one process. The best round counts, in processor time, so that
what else the machine does counts less. The share is of the whole way from text to report, the parse included.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.read_articles import corpus, exhaust, seconds
from kronika import pipeline
from kronika.annotate.parsing.syntax import parse
from kronika.annotate.toponyms.finding import find_toponyms
from kronika.annotate.toponyms.toponym import Toponym
from kronika.gazetteer import Gazetteer, open_gazetteer
from kronika.records import Document
from kronika.resolve.places.resolving import resolve_toponyms

RATE_LIMIT, SHARE_LIMIT = 5_000, 0.05

Names = list[tuple[Document, list[Toponym]]]


def measure(documents: list[Document], rounds: int) -> tuple[int, float, float, float]:
    """Return the number of toponyms and the best seconds of finding, of resolving and of reading everything."""
    gazetteer = open_gazetteer()
    parsed = list(parse(documents))
    names = [(document, find_toponyms(doc, gazetteer)) for document, doc in parsed]
    exhaust(pipeline.read_documents(documents[:16]))  # first use: lexicons, caches
    finding = resolving = reading = float("inf")
    for _ in range(rounds):
        finding = min(finding, seconds(lambda: [find_toponyms(doc, gazetteer) for _, doc in parsed]))
        resolving = min(resolving, seconds(lambda: resolve(names, gazetteer)))
        reading = min(reading, seconds(lambda: exhaust(pipeline.read_documents(documents))))
    return sum(len(found) for _, found in names), finding, resolving, reading


def resolve(names: Names, gazetteer: Gazetteer) -> None:
    """Resolve the names of every document as the pipeline does."""
    for document, found in names:
        resolve_toponyms(
            found, gazetteer, document=document.id, publisher=document.publisher, published=document.published
        )


def main() -> int:
    """Run from the command line; exit code 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=20_000, help="words in all (default 20000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, of which the best counts (default 3)")
    asked = parser.parse_args()
    documents = corpus(asked.words)
    count, finding, resolving, reading = measure(documents, asked.rounds)
    print(f"{len(documents)} articles, {count:,} toponyms, best of {asked.rounds} rounds")
    print(f"{count / resolving:,.0f} toponyms resolved a second (limit {RATE_LIMIT:,})")
    print(f"resolving is {resolving / reading:.1%} of reading (limit {SHARE_LIMIT:.0%})")
    print(f"finding names is {finding / reading:.1%} of reading")
    return 0 if count / resolving >= RATE_LIMIT and resolving / reading <= SHARE_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
