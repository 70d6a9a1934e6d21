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
    "/cite",
    "/help",
)
TWINS = ("/incidents", "/facilities", "/places", "/actors", "/documents", "/findings", "/review", "/log", "/sources")
QUERIES = ("", "?country=RU", "?q=refinery", "?standing=contested", "?since=2025-01&until=2025-02", "?sources=2")


#: Lists with what names a row in the page, in the twins, and the parameters that they are asked with.
LISTS = (
    ("/facilities", "key", ("", "?all=true", "?q=refinery")),
    ("/places", "key", ("", "?q=ryazan")),
    ("/actors", "key", ("", "?q=russia")),
    ("/documents", "id", ("", "?q=refinery", "?publisher=Meridian+Wire", "?q=refinery&since=2025")),
    ("/findings", "id", ("", "?kind=money&severity=warning")),
    ("/sources", "publisher", ("",)),
)


def ids(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'<(?:tr data-id|article class="finding" id)="([^"]*)"', html)]


def records(answer) -> list[dict]:
    return list(csv.DictReader(io.StringIO(answer.text)))


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
    rows = records(reader.get(f"/incidents.csv{query}"))
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


@pytest.mark.parametrize(
    ("path", "name", "query"), [(path, name, query) for path, name, queries in LISTS for query in queries]
)
def test_every_list_has_the_rows_of_its_twins(reader, path, name, query):
    twin = reader.get(f"{path}.json{query}").json()
    shown = ids(reader.get(f"{path}{query}").text)
    assert shown
    assert shown == [row[name] for row in twin["rows"]]
    every = [row[name] for row in records(reader.get(f"{path}.csv{query}"))]
    assert len(every) == twin.get("count", len(shown))
    assert every[: len(shown)] == shown


def test_any_incident_or_document_is_cited_by_its_id(reader):
    row = reader.rows()[0]
    for key, address in ((row["id"], f"/incident/{row['id']}"), (row["document"], f"/document/{row['document']}")):
        twin = reader.get(f"/cite.json?id={key}").json()
        assert twin["citation"] == reader.get(f"{address}.json").json()["citation"]
        assert twin["citation"] in unescape(reader.get(f"/cite?id={key}").text)
    assert reader.get("/cite?id=none").status_code == 404
    assert 'action="/cite"' in reader.get("/export").text


@pytest.mark.parametrize("kind", ["facility", "place", "actor"])
def test_every_ledger_has_the_rows_of_its_twins(reader, kind):
    plural = {"facility": "facilities"}.get(kind, f"{kind}s")
    for row in reader.get(f"/{plural}.json").json()["rows"][:4]:
        address = f"/{kind}/{quote(row['key'], safe='')}"
        twin = reader.get(f"{address}.json").json()
        assert ids(reader.get(address).text) == [one["id"] for one in twin["rows"]]
        assert {one["id"] for one in twin["rows"]} == {one["id"] for one in records(reader.get(f"{address}.csv"))}
        assert twin["count"] == row["incidents"] == len(twin["rows"])


def test_the_card_of_the_review_is_the_first_row_of_its_twin(reader):
    first = reader.get("/review.json").json()["rows"][0]
    assert f'href="/incident/{first["id"]}">{first["id"]}' in reader.get("/review").text


def test_only_what_was_identified_is_a_facility_until_all_targets_are_asked_for(reader):
    few = [row["name"] for row in reader.get("/facilities.json").json()["rows"]]
    many = [row["name"] for row in reader.get("/facilities.json?all=true").json()["rows"]]
    assert "Ryazan oil refinery" in few
    assert "people" not in few
    assert {*few, "people"} <= set(many)


def test_a_count_of_strikes_on_a_plant_is_not_held_against_the_town(reader):
    place = reader.get("/places.json?q=ryazan").json()["rows"][0]
    plant = next(row for row in reader.get("/facilities.json?q=ryazan oil").json()["rows"] if row["incidents"] > 1)
    town = reader.get(f"/place/{place['key']}.json").json()["ledger"]["asserted"]
    assert reader.get(f"/facility/{plant['key']}.json").json()["ledger"]["asserted"]
    assert not [one for one in town if "strike" in one["span"]["text"]]


def test_a_place_has_the_names_that_reports_give_it(reader):
    place = reader.get("/places.json?q=ryazan").json()["rows"][0]
    names = reader.get(f"/place/{place['key']}.json").json()["names"]
    assert "Ryazan" in [name["name"] for name in names]
    assert all(name["spans"] for name in names)


def test_a_review_card_has_the_sentences_around_its_own(reader):
    key = reader.rows("?sort=reports")[0]["id"]
    around = re.findall(r'<span class="around">([^<]*)</span>', reader.get(f"/review?at={key}").text)
    reports = reader.get(f"/incident/{key}.json").json()["reports"]
    assert len(around) == 2 * len(reports)
    documents = [reader.get(f"/document/{one['document']['id']}.json").json() for one in reports]
    texts = " ".join(" ".join(one["report"]["document"]["text"].split()) for one in documents)
    found = [" ".join(unescape(one).split()) for one in around if one.strip()]
    assert found
    assert all(one in texts for one in found)
