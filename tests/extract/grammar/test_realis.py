"""Realis and factuality: in which sense a word is said to happen."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.extract.grammar.factuality import factuality
from kronika.extract.grammar.realis import status_of

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "realis.yaml").read_text("utf-8"))


def find(nlp, text, word):
    doc = nlp(text)
    return next(token for token in doc if token.text == word), doc


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['word']}: {case['text'][:50]}")
def test_the_status_is_that_of_the_table(nlp, case):
    verdict = status_of(*find(nlp, case["text"], case["word"]))
    assert verdict.status == case["status"], verdict


def test_a_year_is_background_only_before_the_publication(nlp):
    token, doc = find(nlp, "The plant was shelled in 2014.", "shelled")
    assert status_of(token, doc, published_year=2014).status == "occurred"
    assert status_of(token, doc, published_year=2025).status == "historical"


def test_a_hedge_loosens_the_certainty_and_leaves_the_status(nlp):
    verdict = status_of(*find(nlp, "The depot was reportedly destroyed.", "destroyed"))
    assert (verdict.status, verdict.certainty) == ("occurred", "probable")


def test_a_verdict_names_the_words_it_rests_on(nlp):
    token, doc = find(nlp, "They failed to capture the hill.", "capture")
    assert [doc[index].text for index in status_of(token, doc).cues] == ["failed"]


def test_the_grades_are_in_the_order_of_the_senses(nlp):
    texts = ("They hit the depot.", "They will hit the depot.", "They did not hit the depot.")
    grades = [factuality(*find(nlp, text, "hit")) for text in texts]
    assert grades == sorted(grades, reverse=True)
    assert grades[0] > grades[1] > 0 > grades[2]
    assert all(-3 <= grade <= 3 for grade in grades)
