"""An article is held to what a reader expects of it, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from evals.seed import run

ARTICLE = (
    "Drones struck the Lysva plant in the Perm region on Monday. Governor Jane Roe said three workers were wounded.\n"
    "The plant produces gunpowder and propellant. On Tuesday, 28 April 2025, the fire was out.\n"
)


@pytest.fixture
def judge(tmp_path: Path):
    def judged(**expected: object) -> dict:
        (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
        key = {"published": "2025-04-29", "title": None, **expected}
        (tmp_path / "expected.yaml").write_text(yaml.safe_dump(key), encoding="utf-8")
        return run(tmp_path)

    return judged


def test_an_item_is_found_only_if_every_field_is_right(judge):
    event = {"evidence": "Drones struck the Lysva plant", "type": "ASSAULT", "mode": "drone", "target": "Lysva plant"}
    assert judge(events=[event])["found"] == 1
    (missing,) = judge(events=[{**event, "mode": "firearms", "target": "Perm plant"}])["missing"]
    assert [field.split("=")[0].split(" ")[0] for field in missing["fields"]] == ["mode", "target"]


def test_what_the_record_lacks_is_missing(judge):
    score = judge(claims=[{"speaker": "John Doe", "stance": "says", "content": "three workers"}])
    assert (score["found"], score["of"], score["found_share"]) == (0, 1, 0.0)


def test_relations_claims_and_findings_are_compared(judge):
    score = judge(
        relations=[{"subject": "Lysva", "predicate": "produces", "objects": ["gunpowder", "propellant"]}],
        claims=[{"speaker": "Jane Roe", "office": "Governor", "stance": "says", "content": "three workers"}],
        findings=[{"kind": "date", "evidence": "Tuesday, 28 April 2025", "expected": "28 April 2025 was a Monday"}],
    )
    assert score["missing"] == []


def test_a_forbidden_event_and_an_unread_line_are_violations(judge):
    score = judge(must_not=["Lysva as a facility", "an event dated 2025 as if it were new", "a sad ending"])
    assert any(line.startswith("dated 2025") for line in score["violations"])
    assert score["violations"][-1].startswith("not checked")


def test_the_article_that_began_the_project_is_read_in_full(shared):
    score = run(shared / "seed")
    assert score["missing"] == []
    assert score["violations"] == []
