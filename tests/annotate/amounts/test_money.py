"""Sums of money are found with currency, purpose and holder, and paired where the text pairs them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.annotate.amounts.money import find_money

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "money.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_sums_are_read_as_the_text_gives_them(case, nlp):
    found = find_money(nlp(case["text"]), "d")
    assert len(found) == len(case["sums"]), found
    for money, expected in zip(found, case["sums"], strict=True):
        money.span.verify(case["text"])
        for field, value in expected.items():
            if field == "also":
                assert money.also == found[value].id
            elif field == "text":
                assert money.span.text == value
            else:
                assert getattr(money, field) == value, field
