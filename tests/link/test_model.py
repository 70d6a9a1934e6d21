from __future__ import annotations

import re
from dataclasses import replace

import pytest

from benchmarks.stream_world import stream
from kronika.link.blocking import Whereabouts, blocking_keys, candidate_pairs
from kronika.link.facilities import any_site
from kronika.link.features import event_row
from kronika.link.model import explain, load_match_model, score_pairs
from kronika.link.scoring import score_events, splink_settings
from kronika.records import CountKind, Mention, MentionKind, Roles, Span, Status


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


def test_reports_that_count_a_deed_alike_are_compared_where_one_names_no_place(made):
    given = {"target": "depot", "ordinal": 3, "since": "2025-01-01"}
    one = event_row(made.event("a", "2025-05-01", "Lyskovo", **given))
    two = event_row(made.event("b", "2025-05-02", **given))
    other = event_row(made.event("c", "2025-05-02", **{**given, "ordinal": 4}))
    assert [(a.document, b.document) for a, b in candidate_pairs([one, two, other])] == [("a", "b")]
    assert Whereabouts.of(one).counted == Whereabouts.of(two).counted != Whereabouts.of(other).counted


def test_what_is_known_by_its_name_alone_is_a_target_and_the_first_named_counts(made):
    event = made.event("a", "2025-05-01")
    names = tuple(
        replace(mention(name, MentionKind.UNKNOWN), head=name) for name in ("Volgoprom", "Altaineft", "firms")
    )
    assert event_row(replace(event, roles=replace(event.roles, recipient=names))).target == "volgoprom"
    assert event_row(replace(event, roles=replace(event.roles, recipient=names[2:]))).target is None


def test_a_report_without_a_day_is_dated_by_its_publication_unless_it_recalls_the_past(made):
    row = event_row(made.event("a", town="Lyskovo"), "2025-05-02")
    assert (row.width, row.is_dated) == (3, False)
    assert event_row(made.event("b", status=Status.HISTORICAL), "2025-05-02").first_day is None
    assert event_row(made.event("c", status=Status.HYPOTHETICAL), "2025-05-02") is None


# -- features ---------------------------------------------------------------------------------------------------------

LEAD = "Drones hit the bearing works at Lyskovo before dawn on Thursday and set two halls on fire"


def told(made, name, text, trigger="hit", **given):
    """An event that is told where ``trigger`` stands in ``text``."""
    event = made.event(name, town="Lyskovo", **given)
    start = text.index(trigger)
    return replace(event, trigger=Span(name, start, start + len(trigger), trigger)), text


def test_copies_share_the_wording_of_a_sentence_whatever_was_read_around_it(made):
    one, other = told(made, "a", f"{LEAD}.\nMore soon."), told(made, "b", f"Works burn\n{LEAD}. By our staff.")
    keys = [event_row(event, "2025-05-02", text=text).wording for event, text in (one, other)]
    assert keys[0] == keys[1] is not None
    weights = {name: (level, weight) for name, level, weight in explain(*_rows(one, other)).rows}
    assert weights["wording"][0] == "same sentence"
    assert weights["wording"][1] > 6


def test_an_undated_memory_in_copies_is_one_by_its_wording_and_a_short_sentence_has_none(made):
    one, other = (told(made, name, f"{LEAD}.", status=Status.HISTORICAL) for name in "ab")
    rows = _rows(one, other)
    assert rows[0].middle is None
    assert [(a.document, b.document) for a, b in candidate_pairs(rows)] == [("a", "b")]
    late = replace(rows[1], printed=rows[1].printed + 400)
    assert list(candidate_pairs([rows[0], late])) == []
    assert _rows(told(made, "c", "Drones hit the works."))[0].wording is None


def _rows(*found):
    return [event_row(event, "2025-05-02", text=text) for event, text in found]


def mention(name, kind=MentionKind.FACILITY, head=None, antecedent=False):
    span = Span("a", 0, len(name), name)
    return Mention(span, kind, head or name.split()[-1], name, antecedent=span if antecedent else None)


def row_of(made, *targets, instruments=()):
    event = made.event(f"d{len(made.events)}", "2025-05-01", "Lyskovo")
    return event_row(replace(event, roles=Roles(target=targets, instrument=instruments)))


def test_a_pronoun_stands_for_what_it_leads_back_to_and_a_region_is_no_target(made):
    assert row_of(made, mention("oil depot", head="it", antecedent=True)).target_head == "depot"
    assert row_of(made, mention("Vyatka region", MentionKind.PLACE), mention("depot")).target_head == "depot"
    assert row_of(made, mention("Vyatka region", MentionKind.PLACE)).target_head is None


def test_weapons_of_one_class_are_one_and_what_shot_them_down_is_none(made):
    uav, drone, guns = (
        mention(name, MentionKind.WEAPON) for name in ("unmanned aerial vehicle", "drone", "air defence")
    )
    assert row_of(made, instruments=(guns, uav)).weapon == row_of(made, instruments=(drone,)).weapon == "drone"
    assert row_of(made, instruments=(guns,)).weapon is None


def test_an_enterprise_may_be_any_site_in_python_and_in_sql(made):
    refinery, enterprise, bridge = (row_of(made, mention(name)) for name in ("refinery", "enterprise", "bridge"))
    labels = [{n: level for n, level, _ in explain(refinery, x).rows}["target"] for x in (enterprise, bridge)]
    assert labels == ["any site", "different head words"]
    (sql,) = [lv.sql for c in load_match_model().comparisons for lv in c.levels if lv.label == "any site"]
    assert set(re.findall(r"'(\w+)'", sql)) == any_site()


def test_two_raids_without_a_place_are_compared_where_as_many_drones_were_shot_down(made):
    def raid(paper, day, number, town=None):
        return event_row(made.event(paper, day, town, counts={CountKind.INTERCEPTED: number}))

    one, two, other = raid("a", "2025-05-01", 121), raid("b", "2025-05-02", 121), raid("c", "2025-05-01", 64)
    assert [(a.document, b.document) for a, b in candidate_pairs([one, two, other])] == [("a", "b")]
    assert Whereabouts.of(one).counted == Whereabouts.of(two).counted != Whereabouts.of(other).counted
    few, late, placed = (
        raid("d", "2025-05-01", 3),
        raid("e", "2025-05-20", 121),
        raid("f", "2025-05-01", 121, "Lyskovo"),
    )
    again = raid("g", "2025-05-01", 3)
    assert list(candidate_pairs([few, again])) == list(candidate_pairs([one, late])) == []
    assert list(candidate_pairs([one, placed])) == []
