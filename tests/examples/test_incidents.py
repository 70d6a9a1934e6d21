"""The incidents read from the sample corpus are those of its key, all of them and no others."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
import yaml

import kronika
from tests.examples.judging import Found, judge
from tests.examples.knowledge import judge_knowledge

KEY = Path(__file__).resolve().parents[2] / "examples" / "expected.yaml"


@pytest.mark.parametrize("judged", [judge, judge_knowledge, partial(judge_knowledge, part="other_incidents")])
def test_the_incidents_and_what_they_know_are_those_of_the_key(corpus_record, judged):
    key = yaml.safe_load(KEY.read_text(encoding="utf-8"))
    with kronika.open(corpus_record) as record:
        failures = list(judged(Found.of(record), key))
    told = "\n".join(f"{f.cause} | {f.incident} | {f.file} | {f.detail}" for f in failures)
    assert not failures, told
