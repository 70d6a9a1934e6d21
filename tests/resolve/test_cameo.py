"""Sentences of every CAMEO root, held to a table: the states of source and target, and the root between them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.pipeline import read_documents
from kronika.records import Document
from kronika.resolve.dyads import cameo_dyads

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "cameo.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_a_sentence_gives_the_lines_of_the_table(case):
    report = next(read_documents([Document.of(case["text"], published="2024-06-05")]))
    dyads = [dyad for event in report.events for dyad in cameo_dyads(event)]
    assert {f"{str(dyad.source)[:3]} {dyad.code[:2]} {str(dyad.target)[:3]}" for dyad in dyads} == set(case["dyads"])


def test_every_root_that_an_event_can_have_has_its_sentences():
    roots = {dyad.split()[1] for case in CASES for dyad in case["dyads"]}
    assert roots >= {f"{root:02}" for root in range(1, 21)}
