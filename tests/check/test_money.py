"""Paired sums are compared at the rate of the publication date."""

from __future__ import annotations

import pytest

from kronika.annotate.amounts.money import find_money
from kronika.check.money import check_money
from kronika.records import Severity


def _findings(nlp, text, published="2025-04-29"):
    return check_money(find_money(nlp(text), "d"), published)


def test_an_agreeing_pair_is_a_note_with_rate_source_and_date(nlp):
    (finding,) = _findings(nlp, "They raised about £4 billion (about $5.3 billion) for repairs.")
    assert finding.severity is Severity.NOTE
    assert len(finding.evidence) == 2
    assert "2025-04-29" in finding.explanation
    assert "European Central Bank" in (finding.compared_with or "")


def test_a_pair_that_is_far_off_is_a_warning(nlp):
    (finding,) = _findings(nlp, "They raised £4 billion ($9 billion) for repairs.")
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize("published", [None, "2025-04", "not a date"])
def test_without_a_day_nothing_is_compared(nlp, published):
    assert _findings(nlp, "They raised £4 billion ($9 billion).", published) == []


def test_without_a_rate_nothing_is_found(nlp):
    assert _findings(nlp, "They raised 40 billion hryvnias ($1 billion).") == []
