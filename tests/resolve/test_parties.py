"""Who acts and whom it is directed at, held to a table of sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from kronika.pipeline import read_documents
from kronika.records import Document, PlaceRef
from kronika.resolve.recipients import recipients

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "parties.yaml").read_text("utf-8"))
_WORD = re.compile(r"[^\W\d_]+")


def _words(parties):
    names = (p.surface if isinstance(p, PlaceRef) else f"{p.span.text} {p.name}" for p in parties)
    return {word.lower() for name in names for word in _WORD.findall(name)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_an_event_has_these_parties(case):
    report = next(read_documents([Document.of(case["text"], published="2024-06-05")]))
    assert case["type"] in {event.type for event in report.events}
    assert set(case["actor"]) <= _words(m for event in report.events for m in event.roles.actor)
    assert set(case["target"]) <= _words(m for event in report.events for m in recipients(event))
