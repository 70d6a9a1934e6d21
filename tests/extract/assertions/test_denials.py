"""Denials are claims on what is told, held to a table."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.pipeline import read_documents
from kronika.records import Document, Stance

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "denials.yaml").read_text("utf-8"))


def as_rows(report):
    claims = {claim.id: claim for claim in report.claims}
    rows = []
    for event in report.events:
        denials = [claims[key] for key in event.claims if claims[key].stance is Stance.DENIES]
        speakers = [claim.speaker.mention.name for claim in denials]
        assert all(event.id in claim.about for claim in denials)
        rows.append({"trigger": event.trigger.text, "status": str(event.status), "denied_by": speakers})
    return rows


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:70] for case in CASES])
def test_a_denial_is_a_claim_on_the_deed_that_is_told(case):
    report = next(read_documents([Document.of(case["text"])]))
    assert as_rows(report) == case["events"]
