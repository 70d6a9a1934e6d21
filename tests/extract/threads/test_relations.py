"""Relations are read from tables of sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kronika.extract.threads.relations import read_relations
from kronika.gazetteer import open_gazetteer
from kronika.pipeline import prepare
from kronika.records import Document

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "relations.yaml").read_text(encoding="utf-8"))


def relations(nlp, text):
    document = Document.of(text)
    return read_relations(prepare(document, nlp(text), open_gazetteer(), []))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_every_relation_that_a_sentence_states_is_read(nlp, case):
    found = [[r.subject.name, r.predicate, r.object.name] for r in relations(nlp, case["text"])]
    assert sorted(found) == sorted(case["relations"])


def test_every_side_of_a_relation_is_a_stretch_of_the_text(nlp):
    text = "The Ostrov plant, a maker of sights, supplies optics to the army.\nIts lenses are used in T-72 tanks."
    found = relations(nlp, text)
    assert found
    for relation in found:
        for span in (relation.subject.span, relation.object.span, relation.evidence):
            span.verify(text)
