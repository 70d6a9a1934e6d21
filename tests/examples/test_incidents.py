"""The incidents read from the sample corpus are those of its key, all of them and no others."""

from __future__ import annotations

from pathlib import Path

import yaml

import kronika
from tests.examples.judging import Found, judge
from tests.examples.knowledge import judge_knowledge

KEY = Path(__file__).resolve().parents[2] / "examples" / "expected.yaml"


def test_the_incidents_are_those_of_the_key(corpus_record):
    key = yaml.safe_load(KEY.read_text(encoding="utf-8"))
    with kronika.open(corpus_record) as record:
        failures = list(judge(Found.of(record), key))
    told = "\n".join(f"{f.cause} | {f.incident} | {f.file} | {f.detail}" for f in failures)
    assert not failures, told


def test_incidents_know_the_figures_effects_speakers_positions_and_sources_of_the_key(corpus_record):
    key = yaml.safe_load(KEY.read_text(encoding="utf-8"))
    with kronika.open(corpus_record) as record:
        failures = list(judge_knowledge(Found.of(record), key))
    told = "\n".join(f"{f.cause} | {f.incident} | {f.file} | {f.detail}" for f in failures)
    assert not failures, told


def test_deployments_sanctions_and_money_know_what_the_key_has_of_them(corpus_record):
    key = yaml.safe_load(KEY.read_text(encoding="utf-8"))
    with kronika.open(corpus_record) as record:
        failures = list(judge_knowledge(Found.of(record), key, "other_incidents"))
    told = "\n".join(f"{f.cause} | {f.incident} | {f.file} | {f.detail}" for f in failures)
    assert not failures, told
