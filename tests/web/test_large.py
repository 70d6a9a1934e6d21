"""The made-up record that speed is measured on: it counts as linked, and every page has something to show of it."""

from __future__ import annotations

import pytest

from benchmarks.large_record import fill
from benchmarks.site_pages import pages
from kronika.engine.linking import link_if_needed
from kronika.store import Store
from kronika.web.app import Options, create_app

from .conftest import Visitor


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Visitor:
    store = Store.open(tmp_path_factory.mktemp("large") / "made.kronika")
    fill(store, 400, 1_200)
    assert not link_if_needed(store)
    return Visitor(create_app(store, Options(title="made")))


def test_it_has_as_many_incidents_and_documents_as_were_asked_for(made):
    assert made.get("/incidents.json?status=any").json()["count"] == 400
    assert made.get("/documents.json").json()["count"] == 1_200


def test_every_page_that_is_timed_is_answered(made):
    import random

    class Asked:
        def rows(self, path: str) -> list[dict]:
            return made.get(path.replace("page=40", "page=2").replace("page=700", "page=3")).json()["rows"]

    for name, address in pages(Asked(), random.Random(1)).items():
        assert made.get(address()).status_code == 200, name


def test_documents_come_the_newest_first_and_none_twice(made):
    found, page = [], 1
    while rows := made.get(f"/documents.json?page={page}").json()["rows"]:
        found += rows
        page += 1
    assert len({row["id"] for row in found}) == 1_200
    days = [row["published"] for row in found]
    assert days == sorted(days, reverse=True)


def test_many_incidents_are_counted_in_bins_and_clustered(made):
    page = made.get("/incidents").text
    assert 'class="bar ' not in page
    assert 'class="bin"' in page
    shown = made.get("/map.json?zoom=3").json()["features"]
    assert len(shown) < 120
    assert sum(one["properties"]["count"] for one in shown) > 350


def test_supplies_and_deployments_are_drawn(made):
    with made.client.app.state.store.connect() as connection:
        query = "SELECT folded FROM deployments d JOIN roles r ON r.event = d.event WHERE role = 'actor'"
        actor = connection.exec_driver_sql(query).scalars().first()
        facility = connection.exec_driver_sql("SELECT 'site:' || subject FROM relations").scalars().first()
    assert 'class="chart"' in made.get(f"/actor/{actor}").text
    assert 'class="graph"' in made.get(f"/facility/{facility}").text
