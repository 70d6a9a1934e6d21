"""Pages hold what their URL asks for, and the same as their twins."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from urllib.parse import quote

import pytest

PAGES = (
    "/incidents",
    "/facilities",
    "/places",
    "/actors",
    "/documents",
    "/findings",
    "/review",
    "/log",
    "/sources",
    "/export",
    "/help",
)
TWINS = ("/incidents", "/facilities", "/places", "/actors", "/documents", "/findings", "/review", "/log", "/sources")
QUERIES = ("", "?country=RU", "?q=refinery", "?standing=contested", "?since=2025-01&until=2025-02", "?sources=2")


def ids(html: str) -> list[str]:
    return re.findall(r'<tr data-id="([^"]+)"', html)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_and_names_itself(reader, path):
    answer = reader.get(path)
    assert answer.status_code == 200
    assert "<title>" in answer.text
    assert '<html lang="en">' in answer.text


@pytest.mark.parametrize("path", TWINS)
def test_every_page_has_its_json(reader, path):
    assert reader.get(f"{path}.json").status_code == 200


@pytest.mark.parametrize("query", QUERIES)
def test_the_list_has_the_rows_of_its_json(reader, query):
    page, twin = reader.get(f"/incidents{query}"), reader.get(f"/incidents.json{query}").json()
    assert ids(page.text) == [row["id"] for row in twin["rows"]]
    assert f"<strong>{twin['count']} incident" in page.text


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_taken_away_is_all_of_the_view(reader, query):
    count = reader.get(f"/incidents.json{query}").json()["count"]
    rows = list(csv.DictReader(io.StringIO(reader.get(f"/incidents.csv{query}").text)))
    lines = [json.loads(line) for line in reader.get(f"/incidents.jsonl{query}").text.splitlines()]
    features = reader.get(f"/incidents.geojson{query}").json()["features"]
    assert len(rows) == len(lines) == len(features) == count
    assert [row["id"] for row in rows] == [line["id"] for line in lines]


def test_every_row_of_a_filtered_view_fits_the_filter(reader):
    rows = reader.rows("?country=RU&type=ASSAULT")
    assert rows
    assert {(row["country"], row["type"]) for row in rows} == {("RU", "ASSAULT")}


def test_the_number_at_a_facet_is_the_number_of_rows_it_gives(reader):
    facets = reader.get("/incidents.json").json()["facets"]
    for name in ("type", "country", "standing", "certainty"):
        for option in facets[name][:3]:
            found = reader.get(f"/incidents.json?{name}={quote(option['value'])}").json()["count"]
            assert found == option["count"], (name, option)


def test_incidents_without_a_place_are_counted_but_not_pinned(reader):
    twin = reader.get("/incidents.json").json()
    shown = reader.get("/map.json?zoom=4").json()
    pinned = sum(feature["properties"]["count"] for feature in shown["features"])
    assert twin["not_on_the_map"] > 0
    assert pinned + twin["not_on_the_map"] == twin["count"]


def test_what_is_known_to_the_country_only_has_no_point(reader):
    for feature in reader.get("/incidents.geojson?status=any").json()["features"]:
        if feature["properties"]["precision"] in ("country", "none", "region", "water"):
            assert feature["geometry"] is None


def test_an_address_is_put_in_its_one_order(reader):
    answer = reader.get("/incidents?country=RU&q=drone&since=", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/incidents?q=drone&country=RU"


def test_a_form_that_is_sent_empty_is_the_whole_list(reader):
    names = ["q", "since", "until", "place", "target", "actor", "weapon", "sources", "page", "sort", "box", "type"]
    answer = reader.get("/incidents?" + "&".join(f"{name}=" for name in names))
    assert answer.status_code == 200
    assert str(answer.url).endswith("/incidents")


def test_an_unknown_parameter_is_named_and_the_page_is_not_empty(reader):
    answer = reader.get("/incidents?colour=red")
    assert "left out: colour" in answer.text
    assert ids(answer.text)


@pytest.mark.parametrize(
    "query", ["since=yesterday", "until=2025-13", "box=1,2,3", "box=0,9,1,2", "page=0", "sources=x"]
)
def test_a_wrong_value_is_said_with_a_hint(reader, query):
    answer = reader.get(f"/incidents?{query}")
    assert answer.status_code == 422
    assert query.split("=")[0] in answer.text


def test_an_incident_shows_every_report_with_its_sentence(reader):
    key = reader.rows("?sort=reports")[0]["id"]
    page, twin = reader.get(f"/incident/{key}").text, reader.get(f"/incident/{key}.json").json()
    assert len(twin["reports"]) > 1
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    for report in twin["reports"]:
        assert " ".join(report["event"]["evidence"]["text"].split()) in text


def test_an_incident_says_why_its_reports_belong_together(reader):
    key = reader.rows("?sort=reports")[0]["id"]
    assert "Why these reports are one incident" in reader.get(f"/incident/{key}").text


def test_the_address_of_a_report_leads_to_its_incident(reader):
    row = reader.rows("?sort=reports")[0]
    event = reader.get(f"/incident/{row['id']}.json").json()["reports"][0]["event"]["id"]
    assert reader.get(f"/incident/{event}.json").json()["row"]["id"] == row["id"]


def test_a_document_shows_its_whole_text_and_marks_where_it_is_pointed_at(reader):
    key = reader.rows()[0]["document"]
    text = reader.get(f"/document/{key}.json").json()["report"]["document"]["text"]
    page = reader.get(f"/document/{key}?at=5-12").text
    shown = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL).group(1)
    assert unescape(re.sub(r"<[^>]+>", "", shown)) == text
    here = "".join(re.findall(r'class="m[^"]*m-here[^"]*"[^>]*>([^<]*)<', shown))
    assert unescape(here) == text[5:12]


def test_highlights_lead_to_the_incidents_that_they_support(reader):
    row = reader.rows()[0]
    assert f'href="/incident/{row["id"]}"' in reader.get(f"/document/{row['document']}").text


def test_search_marks_the_words_that_were_found(reader):
    page = reader.get("/documents?q=refinery").text
    assert re.search(r'<mark class="m m-hit">[Rr]efiner', page)
    assert "whose evidence says so" in page


def test_facilities_places_and_actors_open_from_their_lists(reader):
    for plural, kind in (("facilities", "facility"), ("places", "place"), ("actors", "actor")):
        rows = reader.get(f"/{plural}.json").json()["rows"]
        assert rows
        for row in rows[:5]:
            address = f"/{kind}/{quote(row['key'], safe='')}"
            assert reader.get(address).status_code == 200
            assert reader.get(f"{address}.json").json()["count"] > 0


@pytest.mark.parametrize(
    "path", ["/incident/none", "/document/none", "/facility/none", "/place/none", "/actor/none", "/x"]
)
def test_what_the_record_does_not_have_is_not_found(reader, path):
    assert reader.get(path).status_code == 404


def test_every_document_and_incident_can_be_cited(reader):
    row = reader.rows()[0]
    assert row["id"] in reader.get(f"/incident/{row['id']}.json").json()["citation"]
    assert row["document"] in reader.get(f"/document/{row['document']}.json").json()["citation"]


def test_the_timeline_has_every_dated_incident(reader):
    twin = reader.get("/incidents.json?country=RU").json()
    page = reader.get("/incidents?country=RU").text
    assert len(re.findall(r'<rect class="bar ', page)) == twin["count"] - twin["without_day"]
