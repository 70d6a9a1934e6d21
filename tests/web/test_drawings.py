"""Timeline, map and the small drawings beside a ledger, as geometry."""

from __future__ import annotations

import json
import re
from types import SimpleNamespace

import numpy as np
import pytest

import kronika
from kronika.web import atlas
from kronika.web.app import Options, site_of
from kronika.web.choose import choose
from kronika.web.sketches import chart, graph
from kronika.web.timeline import timeline
from kronika.web.view import View


@pytest.fixture(scope="module")
def board(reader):
    return reader.client.app.state.desk.board()


def test_what_has_no_end_is_drawn_open_and_what_is_known_to_the_month_hatched(tmp_path):
    path, articles = tmp_path / "looks.kronika", tmp_path / "articles.jsonl"
    times = ("in March 2024", "on 3 May 2024", "since April 2024")
    told = [f"Troops have shelled the market in Kut {when}." for when in times]
    lines = [json.dumps({"text": text, "published": "2024-05-04", "publisher": text}) for text in told]
    articles.write_text("\n".join(lines), encoding="utf-8")
    with kronika.open(path) as record:
        record.add(articles)
    board = site_of(path, Options()).state.desk.board()
    found = choose(board, View())
    marks = {mark.id: mark for mark in timeline(found, View()).marks}
    precision = board.coded["time_precision"]
    looks = {}
    for row in found.rows:
        mark = marks.get(board.ids[row])
        if mark:
            looks.setdefault(precision.values[precision.codes[row]], set()).add(mark.look)
    assert looks["open"] == {"open"}
    assert looks["month"] == {"hatched"}
    assert looks["day"] == {"sharp"}


def test_a_mark_says_when_what_and_where_in_words(board):
    found = choose(board, View(place="El Fasher"))
    labels = [mark.label for mark in timeline(found, View()).marks]
    assert any(re.fullmatch(r"2025-01-2\d: assault, El Fasher; (stated|attributed|contested)", one) for one in labels)


def test_names_on_a_map_hide_neither_dots_nor_each_other(board):
    drawn = atlas.drawing(board, choose(board, View()).rows).clusters
    assert any(one.label for one in drawn)
    boxes = []
    for one in drawn:
        if not one.label:
            continue
        words = f"{one.cluster.place} {one.cluster.count}" if one.cluster.count > 1 else one.cluster.place
        long = len(words) * 6.0
        left = one.x + one.dot + 2 if one.label == "start" else one.x - one.dot - 2 - long
        assert left > 0
        assert left + long < atlas.WIDTH
        boxes.append((left, one.y - 5, left + long, one.y + 5))
    for index, box in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert not (box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3])


def test_the_map_of_one_place_shows_enough_around_it_and_has_it_in_the_middle(board):
    row = choose(board, View(place="El Fasher")).rows[:1]
    found = atlas.drawing(board, row)
    west, _, east, _ = found.box
    assert east - west > 20
    assert (found.clusters[0].x, found.clusters[0].y) == pytest.approx((atlas.WIDTH / 2, atlas.HEIGHT / 2), abs=0.1)


def test_clusters_hold_every_point_once_at_any_zoom(board):
    rows = choose(board, View()).rows
    pinned = int(board.is_pinned[rows].sum())
    for zoom in (0, 3, 7.5, 12, 22):
        assert sum(one.count for one in atlas.clusters(board, rows, zoom)) == pinned


def test_the_base_map_has_no_more_points_than_can_be_seen(monkeypatch):
    angle = np.linspace(0, 2 * np.pi, 100_000)
    coast = (0.5 + 0.2 * np.cos(angle), 0.5 + 0.2 * np.sin(angle))
    speck = (coast[0] * 1e-6, coast[1] * 1e-6)
    monkeypatch.setattr(atlas, "_base", lambda: {"land": [coast, speck], "lines": [], "disputed": []})
    atlas._shapes.cache_clear()
    atlas._paths.cache_clear()
    try:
        land, _, _ = atlas._paths(0.0, 0.0, atlas.WIDTH)
    finally:
        atlas._shapes.cache_clear()
        atlas._paths.cache_clear()
    assert land.count("M") == 1
    assert 200 < len(re.findall(r"-?\d+", land)) < 5_000


def relation(subject: str, predicate: str, other: str) -> dict:
    return {"subject": subject, "predicate": predicate, "object": other, "read": []}


def test_a_graph_has_suppliers_left_customers_right_and_each_once():
    found = graph(
        ["The Works", "the plant"],
        [
            relation("Mine", "supplies", "The Works"),
            relation("the plant", "produces", "fuel"),
            relation("The Works", "owned by", "Concern"),
            relation("the works", "part of", "Concern"),
        ],
    )
    own, *others = found.nodes
    sides = {node.name: node.x < own.x for node in others}
    assert own.name == "The Works"
    assert sides == {"Mine": True, "fuel": False, "Concern": False}
    assert [link.words for link in found.links] == ["supplies", "produces", "owned by, part of"]


def test_a_graph_says_how_many_it_leaves_out():
    found = graph(["A"], [relation("A", "supplies", f"customer {number}") for number in range(20)])
    assert len(found.nodes) == 13
    assert found.more == 8
    assert graph(["A"], []) is None


def deployment(start: str | None, number: tuple[float, float, float] | None, **more: str) -> dict:
    counted = dict(zip(("low", "best", "high"), number, strict=True)) if number else None
    row = {"start": start, "end": start, "number": counted, "figures": "some", "force": "troops"}
    return {**row, "document": "d-1", "at": "0-5", **more}


def test_deployments_stand_in_order_of_time_and_size_each_with_its_doubt():
    rows = [
        deployment("2024-10-01", (3000, 3000, 3000)),
        deployment("2024-12-01", (10000, 11000, 12000)),
        deployment("2025-01-01", (100, 100, 100), end="2025-01-31"),
        deployment(None, (5, 5, 5)),
        deployment("2025-02-01", None),
    ]
    found = chart(rows)
    first, second, third = found.points
    assert first.x < second.x < third.x
    assert second.y < first.y < third.y  # more is higher up
    assert second.high < second.y < second.low
    assert third.width > 0
    assert first.width == 0
    assert (found.first, found.last, found.left_out) == ("2024-10-01", "2025-01-31", 2)
    assert chart(rows[3:]) is None


def test_a_strip_of_one_day_is_a_thin_bar(board):
    from kronika.web.standing import WIDTH, strips

    rows = choose(board, View(place="El Fasher")).rows[:1]
    (strip,) = strips(board, rows)
    assert strip.bar_width < WIDTH / 10


def test_coverage_is_read_once_until_documents_are_added(reader, monkeypatch):
    from kronika.web import board as module

    desk = module.Desk(reader.client.app.state.store)
    first = desk.coverage()
    assert sum(row["documents"] for row in first) > 30
    monkeypatch.setattr(module, "read_coverage", lambda _: pytest.fail("read again"))
    assert desk.coverage() == first


def test_a_number_of_a_deployment_falls_back_to_what_is_known():
    from kronika.web.standing import _number

    known = SimpleNamespace(low=None, best=None, high=12000.0, negated=False)
    assert _number(known) == {"low": 12000.0, "best": 12000.0, "high": 12000.0}
    assert _number(SimpleNamespace(low=None, best=0.0, high=None, negated=False)) is None
