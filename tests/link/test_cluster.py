from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.link_stream import pair_scores
from benchmarks.stream_world import stream
from kronika.link.blocking import candidate_pairs
from kronika.link.cluster import FLOOR, Decided, cluster, link_rows, touched_events
from kronika.link.constraints import forbids
from kronika.link.features import event_row, event_rows
from kronika.link.model import score_pairs
from kronika.records import PlacePrecision


def groups_of(made, decided=None):
    rows = event_rows(made.events, made.documents.values())
    found, _ = link_rows(rows, decided)
    return sorted(tuple(sorted(key.split("-")[1] for key in group)) for group in found.groups)


def test_two_papers_on_one_strike_make_one_group(made):
    made.event("a", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    made.event("b", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    assert groups_of(made) == [("a", "b")]


def test_strikes_that_one_document_counts_apart_stay_apart(made):
    made.event("a", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    made.event("a", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    made.event("b", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    assert groups_of(made) == [("a",), ("a", "b")]


def test_different_days_are_not_joined_by_a_report_of_the_whole_week(made):
    made.event("a", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    made.event("b", "2025-05-02", "Lyskovo", target="Lyskovo Bearing Works")
    made.event("c", "2025-04-30", "Lyskovo", target="Lyskovo Bearing Works", last="2025-05-03")
    assert not any({"a", "b"} <= set(group) for group in groups_of(made))


def test_distant_towns_are_not_joined_by_a_report_of_the_region(made):
    made.event("a", "2025-05-01", "Lyskovo")
    made.event("b", "2025-05-01", "Orlovo")
    made.event("c", "2025-05-01", "Lyskovo", level=PlacePrecision.ADMIN1)
    assert not any({"a", "b"} <= set(group) for group in groups_of(made))


def test_an_ordinal_separates_and_again_separates_from_the_first(made):
    third, fourth, again, first = (
        event_row(made.event(name, "2025-05-01", "Lyskovo", ordinal=n, again=again))
        for name, n, again in (("a", 3, False), ("b", 4, False), ("c", 2, True), ("d", 1, False))
    )
    assert forbids(third, fourth) == "their ordinals differ"
    assert forbids(again, first) == "their ordinals differ"
    assert forbids(again, third) is None
    since = event_row(made.event("e", "2025-05-01", "Lyskovo", ordinal=7, since="2022"))
    assert forbids(third, since) is None


def test_people_have_the_last_word(made):
    one = made.event("a", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    two = made.event("b", "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works")
    far = made.event("c", "2025-05-09", "Orlovo")
    assert ("a",) in groups_of(made, Decided(different=((one.id, two.id),)))
    assert groups_of(made, Decided(same=((two.id, far.id),))) == [("a",), ("b", "c")]


def test_two_works_in_one_town_on_one_day_stay_apart(made):
    for name in "ab":
        made.event(name, "2025-05-01", "Lyskovo", target="Lyskovo Bearing Works", level=PlacePrecision.SITE)
    made.event("c", "2025-05-01", "Lyskovo", target="Zarya Oil Depot", mode="explosives")
    assert groups_of(made) == [("a", "b"), ("c",)]


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_the_order_of_input_does_not_matter(seed):
    rows = [truth.row for truth in stream(300, seed=2)]
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    assert link_rows(shuffled)[0] == link_rows(rows)[0]


def test_adding_documents_ends_with_the_groups_of_linking_everything_at_once():
    rows = {truth.row.event: truth.row for truth in stream(3000, seed=4)}
    everything, _ = link_rows(rows.values())
    new = frozenset(random.Random(0).sample(sorted(rows), 100))
    old = {key: row for key, row in rows.items() if key not in new}
    before, edges = link_rows(old.values())
    edges += score_pairs(candidate_pairs(rows.values(), new), FLOOR)
    touched = touched_events(edges, new) | new
    again = cluster({key: rows[key] for key in touched}, [e for e in edges if e.one in touched and e.other in touched])
    kept = [group for group in before.groups if touched.isdisjoint(group)]
    assert sorted([*kept, *again.groups]) == list(everything.groups)
    assert len(touched) < len(rows)


def test_pairs_of_a_noisy_stream_are_found():
    truths = list(stream(3000, seed=9))
    found, _ = link_rows(truth.row for truth in truths)
    scores = pair_scores({truth.row.event: truth.incident for truth in truths}, found.groups)
    assert scores["f1"] > 0.96


def test_two_neighbouring_nights_are_never_one(made):
    from dataclasses import replace

    from kronika.link.constraints import forbids
    from kronika.link.features import event_row
    from kronika.records import TimePrecision

    def night(document: str, first: str, last: str):
        event = made.event(document, first, "Lyskovo", last=last)
        return event_row(replace(event, time=replace(event.time, precision=TimePrecision.NIGHT)))

    one, other = night("a", "2025-05-01", "2025-05-02"), night("b", "2025-05-02", "2025-05-03")
    assert forbids(one, other) == "their nights differ"
    assert forbids(one, event_row(made.event("c", "2025-05-02", "Lyskovo"))) is None
