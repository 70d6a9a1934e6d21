"""Habits, campaigns and tallies are left out, held to a table."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.pipeline import read_documents
from kronika.records import Document

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "generalities.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:70] for case in CASES])
def test_what_is_no_single_happening_is_no_event(case):
    report = next(read_documents([Document.of(case["text"], published=case["published"])]))
    assert [event.trigger.text for event in report.events] == case["events"]
