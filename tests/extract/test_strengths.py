"""What a movement of forces is told to be of, by whom, and who says that they are there, held to a table."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.pipeline import read_documents
from kronika.records import Document

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "deployments.yaml").read_text("utf-8"))


def as_rows(report):
    claims = {claim.id: claim for claim in report.claims}
    rows = []
    for event in (event for event in report.events if event.type == "MOBILIZE"):
        counts = {
            f"{'possible ' if count.possible else ''}{count.kind} {count.best:g}"
            for count in event.counts
            if count.best is not None
        }
        row = {"trigger": event.trigger.text, "status": str(event.status), "counts": sorted(counts)}
        told = [claims[key] for key in event.claims]
        row["positions"] = [f"{one.speaker.mention.name} {one.stance}" for one in told if one.speaker.mention]
        row["time"] = event.time and event.time.edtf
        rows.append(row)
    return rows


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:70] for case in CASES])
def test_a_movement_has_the_figures_and_the_answers_that_are_given_of_it(case):
    report = next(read_documents([Document.of(case["text"], published="2023-06-20")]))
    rows = as_rows(report)
    wanted = case["moves"]
    assert [{key: row[key] for key in one} for row, one in zip(rows, wanted, strict=True)] == wanted
