"""Events as CAMEO writes them, held to a table that an analyst can read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.pipeline import read_documents
from kronika.records import Document
from kronika.resolve.dyads import cameo_dyads

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "dyads.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_report_gives_the_dyads_of_the_table(case):
    report = next(read_documents([Document.of(case["text"], published="2015-06-01")]))
    found = {f"{dyad.source} {dyad.code} {dyad.target}" for event in report.events for dyad in cameo_dyads(event)}
    assert found == set(case["dyads"])
