"""Findings of whole texts, against a table; and none in articles that only look contradictory."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.check import check_report
from kronika.gazetteer import open_gazetteer
from kronika.pipeline import read_document
from kronika.records import Document

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "findings.yaml").read_text(encoding="utf-8"))


def read(nlp, text, published=None):
    return read_document(Document.of(text, published=published), nlp(text), open_gazetteer())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_every_contradiction_is_found_and_nothing_else(nlp, case):
    found = read(nlp, case["text"], case.get("published")).findings
    assert [[f.kind, f.severity] for f in found] == [[kind, severity] for kind, severity, _ in case["findings"]]
    for finding, (_, _, words) in zip(found, case["findings"], strict=True):
        assert any(words in span.text for span in finding.evidence)


def test_a_finding_shows_both_sides_of_the_text(nlp):
    (finding,) = read(nlp, "Governor Ivan Petrenko spoke. Mayor Petrenko asked for calm.").findings
    assert [span.text for span in finding.evidence] == ["Governor Ivan Petrenko", "Mayor Petrenko"]
    assert "governor" in finding.explanation
    assert "mayor" in finding.explanation


def test_a_report_is_checked_the_same_again(nlp):
    report = read(nlp, "On Tuesday, 24 February 2025, shells fell on the Belgorod region of Ukraine.")
    assert check_report(report) == report.findings
    assert [finding.kind for finding in report.findings] == ["date", "geography"]
