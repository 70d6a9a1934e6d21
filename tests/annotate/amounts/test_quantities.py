"""Figures are found with their bounds, what they count, what happened to it, and what they are part of."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kronika.annotate.amounts.numbers import find_numbers, word_value
from kronika.annotate.amounts.quantities import find_quantities

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "quantities.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_figures_are_read_as_the_text_gives_them(case, nlp):
    found = find_quantities(nlp(case["text"]), "d")
    assert len(found) == len(case["figures"]), found
    for quantity, expected in zip(found, case["figures"], strict=True):
        for field, value in expected.items():
            if field == "part":
                assert quantity.part_of == found[value].id
            elif field == "text":
                assert quantity.span.text == value
            else:
                assert getattr(quantity, field) == value, field


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_spans_say_what_the_text_says(case, nlp):
    text = case["text"]
    for quantity in find_quantities(nlp(text), "d"):
        for span in (quantity.span, *([quantity.of_span] if quantity.of_span else [])):
            assert span.text == text[span.start : span.end] != ""


@given(st.text(alphabet="0123456789,.-– abdehnotwy%$½/\u00a0\n", max_size=60))
def test_numbers_lie_inside_the_text_and_in_order(text):
    end = 0
    for number in find_numbers(text):
        assert 0 <= number.lead <= number.start < number.end <= number.tail <= len(text)
        assert number.start >= end
        end = number.end
        if number.low is not None and number.high is not None:
            assert number.low <= number.high


@pytest.mark.parametrize(
    ("words", "value"),
    [("one hundred and twenty", 120), ("two dozen", 24), ("three million", 3e6), ("ninety five", 95)],
)
def test_written_numbers_have_their_value(words, value):
    assert word_value(words) == value


def test_the_same_text_gives_the_same_ids(nlp):
    text = "Two people were killed and 14 wounded."
    assert find_quantities(nlp(text), "d") == find_quantities(nlp(text), "d")
