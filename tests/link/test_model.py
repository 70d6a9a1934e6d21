from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.stream_world import stream
from kronika.link.blocking import blocking_keys, candidate_pairs
from kronika.link.features import event_row
from kronika.link.model import explain, load_match_model, score_pairs
from kronika.link.scoring import score_events, splink_settings
from kronika.records import Status


@pytest.fixture(scope="module")
def rows():
    return [truth.row for truth in stream(1500, seed=3, noise=2.0)]


def test_splink_and_plain_python_give_the_same_weights_for_the_same_pairs(rows):
    plain = {(edge.one, edge.other): edge.weight for edge in score_pairs(candidate_pairs(rows), -99)}
    by_splink = {(edge.one, edge.other): edge.weight for edge in score_events(rows, -99)}
    assert plain.keys() == by_splink.keys()
    assert all(abs(plain[pair] - by_splink[pair]) < 1e-9 for pair in plain)


def test_an_explanation_is_the_sum_of_its_rows_and_symmetric(rows):
    for one, other in list(candidate_pairs(rows))[:300]:
        explanation = explain(one, other)
        assert explanation.weight == pytest.approx(sum(weight for _, _, weight in explanation.rows))
        assert explanation == explain(other, one)


def test_every_level_of_the_model_is_reached_by_its_python_comparison(rows):
    model = load_match_model()
    reached = {(name, label) for pair in candidate_pairs(rows) for name, label, _ in explain(*pair).rows}
    known = {(c.name, level.label) for c in model.comparisons for level in c.levels}
    assert reached - known == {("prior", "a candidate pair")}


def test_nothing_stated_weighs_nothing(rows):
    bare = replace(rows[0], place=None, level=0, target=None, target_head=None, mode=None, actor=None, weapon=None,
                   killed=None, wounded=None, first_day=None, last_day=None)  # fmt: skip
    weights = {name: weight for name, _, weight in explain(bare, rows[1]).rows}
    assert {weights[name] for name in ("place", "time", "target", "mode", "actor", "weapon", "killed")} == {0.0}


def test_the_settings_have_a_share_for_every_level_that_is_stated():
    for comparison in splink_settings()["comparisons"]:
        for level in comparison["comparison_levels"]:
            assert level.get("is_null_level") or 0 < level["m_probability"] < 1


def test_keys_depend_on_the_row_alone_and_meet_within_half_a_window(made):
    one = event_row(made.event("a", "2025-05-01", "Lyskovo"))
    two = event_row(made.event("b", "2025-05-03", "Lyskovo"))
    far = event_row(made.event("c", "2025-05-20", "Lyskovo"))
    assert set(blocking_keys(one).items()) & set(blocking_keys(two).items())
    assert [(a.document, b.document) for a, b in candidate_pairs([one, two, far])] == [("a", "b")]


def test_a_report_without_a_day_is_dated_by_its_publication_unless_it_recalls_the_past(made):
    row = event_row(made.event("a", town="Lyskovo"), "2025-05-02")
    assert (row.width, row.is_dated) == (3, False)
    assert event_row(made.event("b", status=Status.HISTORICAL), "2025-05-02").first_day is None
    assert event_row(made.event("c", status=Status.HYPOTHETICAL), "2025-05-02") is None
