"""Claims: who says what, read from sentences that a person can check."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kronika.annotate.sayings.quotes import find_quotes
from kronika.annotate.sayings.speech import find_attributions
from kronika.extract.assertions.claims import build_claims
from kronika.records import Document

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "claims.yaml").read_text("utf-8"))


def claims_of(nlp, text):
    document = Document.of(text)
    doc = nlp(text)
    return build_claims(document, doc, find_attributions(doc))


def as_row(claim, by_id):
    return {
        "speaker": claim.speaker.description,
        "kind": str(claim.speaker.kind),
        "office": claim.speaker.office,
        "cue": claim.cue.text,
        "content": [span.text for span in claim.content],
        "stance": str(claim.stance),
        "certainty": str(claim.certainty),
        "quote": claim.is_quote,
        "channel": claim.channel,
        "hedges": [span.text for span in claim.hedges],
        "inside": by_id[claim.inside].cue.text if claim.inside else None,
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_claims_have_the_speaker_cue_content_and_stance_of_the_table(nlp, case):
    claims = claims_of(nlp, case["text"])
    by_id = {claim.id: claim for claim in claims}
    rows = [as_row(claim, by_id) for claim in claims]
    got = [{key: row[key] for key in expected} for row, expected in zip(rows, case["claims"], strict=False)]
    assert (got, len(rows)) == (case["claims"], len(case["claims"])), rows


def test_every_span_of_a_claim_says_what_the_text_says(nlp):
    for case in CASES:
        for claim in claims_of(nlp, case["text"]):
            for span in (claim.cue, *claim.content, *claim.hedges):
                assert span.text == case["text"][span.start : span.end] != ""


def test_the_same_text_gives_the_same_claims(nlp):
    text = " ".join(case["text"] for case in CASES)
    assert claims_of(nlp, text) == claims_of(nlp, text)


def test_a_quoted_speakers_own_opinions_are_no_reports(nlp):
    claims = claims_of(nlp, '"I think we want to win this," said Ana Ruiz.')
    assert [claim.cue.text for claim in claims] == ["said"]


def test_a_quote_over_two_sentences_is_one_content(nlp):
    (claim,) = claims_of(nlp, '"The bridge is gone. Nothing can cross the river," said Ana Ruiz.')
    assert claim.content[0].text == '"The bridge is gone. Nothing can cross the river,"'


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The ministry did not confirm that the pilot was dead.", "doubtful"),
        ("The ministry said that the pilot was probably dead.", "probable"),
        ("The ministry said that the pilot may be dead.", "possible"),
    ],
)
def test_hedges_and_negation_loosen_a_claim(nlp, text, certainty):
    assert claims_of(nlp, text)[0].certainty == certainty


@given(st.text(alphabet='ab "“”«»\n', max_size=60))
def test_quotes_are_ordered_and_apart(text):
    quotes = find_quotes(text)
    assert all(0 <= a < b <= len(text) for a, b in quotes)
    assert all(first[1] <= second[0] for first, second in pairwise(quotes))


@given(st.text(alphabet='He said that "“” towns, fell.\n:', max_size=80))
@settings(max_examples=25)
def test_any_text_gives_claims_whose_spans_hold(nlp, text):
    for claim in claims_of(nlp, text):
        assert claim.content
        for span in (claim.cue, *claim.content):
            assert span.text == text[span.start : span.end] != ""
