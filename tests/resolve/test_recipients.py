"""Recipients as PLOVER lists them: parties, and a place where a deed is directed at one."""

from __future__ import annotations

import pytest

from kronika.pipeline import read_documents
from kronika.records import Document, PlaceRef
from kronika.resolve.recipients import recipients


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Turkish authorities imposed a curfew in Mardin on Monday.", ["Mardin"]),
        ("Police arrested two farmers in Mardin on Monday.", ["farmers"]),
        ("Uganda sent troops to Rwanda.", ["troops", "Rwanda"]),
        ("Denmark pulled its soldiers out of Mali.", ["soldiers", "Mali"]),
    ],
)
def test_a_deed_is_directed_at_these(text, wanted):
    report = next(read_documents([Document.of(text, published="2015-06-01")]))
    found = [p.surface if isinstance(p, PlaceRef) else p.name for p in recipients(report.events[0])]
    assert found == wanted
