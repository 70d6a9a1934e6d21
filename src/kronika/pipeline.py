"""The stages in order: documents in, reports out. One process, streaming, without I/O."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.annotate.money import find_money
from kronika.annotate.quantities import find_quantities
from kronika.annotate.speech import find_attributions
from kronika.annotate.syntax import parse
from kronika.check.counts import check_counts
from kronika.check.money import check_money
from kronika.extract.claims import build_claims
from kronika.records import Document, Report
from kronika.version import VERSION


def read_documents(documents: Iterable[Document]) -> Iterator[Report]:
    """Read each document, in order; yields one report a document."""
    for document, doc in parse(documents):
        yield read_document(document, doc)


def read_document(document: Document, doc: Any) -> Report:
    """Return what one parsed document says."""
    quantities = find_quantities(doc, document.id)
    money = find_money(doc, document.id)
    claims = build_claims(document, doc, find_attributions(doc))
    findings = (*check_money(money, document.published), *check_counts(quantities, document))
    return Report(
        document=document,
        status="events are not read by this version",
        claims=tuple(claims),
        quantities=tuple(quantities),
        money=tuple(money),
        findings=findings,
        version=VERSION,
    )
