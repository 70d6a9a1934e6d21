"""Senses: words of war and politics that tell a deed in one sentence and none in another."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.pipeline import read_documents
from kronika.records import Document

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "senses.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_tells_a_deed_only_in_its_sense(case):
    document = Document.of(case["text"], published="2024-05-15")
    report = next(read_documents([document]))
    assert [event.type for event in report.events] == case["tells"]
