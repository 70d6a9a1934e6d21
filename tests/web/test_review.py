"""Decisions are appended, take effect, and can be undone."""

from __future__ import annotations

import pytest

from kronika.store import Store
from kronika.store.decisions import read_decisions, verify_chain


def several(visitor) -> dict:
    return visitor.rows("?sort=reports")[0]


def groups(visitor) -> set[tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    with visitor.client.app.state.store.connect() as connection:
        for event, number in connection.exec_driver_sql("SELECT event, number FROM incident_reports ORDER BY event"):
            found.setdefault(number, []).append(event)
    return {tuple(events) for events in found.values()}


def test_accepting_takes_an_incident_out_of_the_queue(reviewer):
    before = reviewer.get("/review.json").json()
    key = before["rows"][0]["id"]
    assert reviewer.decide("accept", incident=key).status_code == 200
    after = reviewer.get("/review.json").json()
    assert after["waiting"] == before["waiting"] - 1
    assert key not in [row["id"] for row in after["rows"]]
    assert reviewer.get(f"/incident/{key}.json").json()["row"]["reviewed"] == "accepted"


def test_a_rejection_keeps_its_reason_and_can_be_filtered_by(reviewer):
    key = reviewer.rows()[0]["id"]
    reviewer.decide("reject", incident=key, reason="wrong place")
    assert [row["id"] for row in reviewer.rows("?reviewed=rejected")] == [key]
    assert reviewer.get("/log.json").json()["rows"][0]["reason"] == "wrong place"


def test_a_correction_changes_the_row_the_filter_and_nothing_that_was_read(reviewer):
    row = reviewer.rows("?type=ASSAULT")[0]
    reviewer.decide("edit", incident=row["id"], field="type", value="PROTEST", reason="a march")
    assert [one["id"] for one in reviewer.rows("?type=PROTEST")] == [row["id"]]
    twin = reviewer.get(f"/incident/{row['id']}.json").json()
    assert twin["row"]["edited"] == "type"
    assert twin["incident"]["type"] == "ASSAULT"


@pytest.mark.parametrize(
    ("field", "value"), [("type", ""), ("status", "happened"), ("start", "tomorrow"), ("id", "i-1"), ("place", "Kyiv")]
)
def test_what_can_not_be_corrected_is_refused(reviewer, field, value):
    key = reviewer.rows()[0]["id"]
    assert reviewer.decide("edit", incident=key, field=field, value=value).status_code == 400
    assert reviewer.get("/log.json").json()["count"] == 0


def test_split_merge_and_undo_lead_back_to_where_it_began(reviewer):
    before = groups(reviewer)
    row = several(reviewer)
    events = [one["event"]["id"] for one in reviewer.get(f"/incident/{row['id']}.json").json()["reports"]]
    split = reviewer.decide("split", report=events[-1]).json()
    assert groups(reviewer) != before
    parts = {reviewer.get(f"/incident/{event}.json").json()["row"]["id"] for event in events}
    assert len(parts) > 1
    assert reviewer.decide("undo", decision=split["id"]).status_code == 200
    assert groups(reviewer) == before


def test_merge_undo_and_redo_are_three_entries_in_the_log(reviewer):
    before = groups(reviewer)
    one, other = reviewer.rows()[:2]
    merge = reviewer.decide("merge", incident=one["id"], other=other["id"]).json()
    merged = groups(reviewer)
    assert len(merged) == len(before) - 1
    undo = reviewer.decide("undo", decision=merge["id"]).json()
    assert groups(reviewer) == before
    reviewer.decide("undo", decision=undo["id"])
    assert groups(reviewer) == merged
    assert [row["verdict"] for row in reviewer.get("/log.json").json()["rows"]] == ["undo", "undo", "merge"]


def test_a_merge_is_previewed_field_by_field(reviewer):
    one, other = reviewer.rows()[:2]
    page = reviewer.get(f"/review?at={one['id']}&other={other['id']}").text
    assert f"If merged with {other['id']}" in page
    assert "would move" in page


def test_undoing_twice_is_refused(reviewer):
    decision = reviewer.decide("accept", incident=reviewer.rows()[0]["id"]).json()
    assert reviewer.decide("undo", decision=decision["id"]).status_code == 200
    assert reviewer.decide("undo", decision=decision["id"]).status_code == 409


def test_decisions_about_nothing_are_refused(reviewer):
    assert reviewer.decide("accept", incident="i-none").status_code == 404
    assert reviewer.decide("undo", decision="none").status_code == 404
    assert reviewer.decide("split", report="e-none").status_code == 404
    assert reviewer.decide("burn", incident="i-none").status_code == 400


def test_decisions_are_signed_with_the_name_that_was_given(reviewer):
    form = {"csrf": reviewer.csrf(), "name": "Зоя O'Neill", "next": "//attacker.example/"}
    answer = reviewer.client.post("/reviewer", data=form, headers={"origin": reviewer.origin}, follow_redirects=False)
    assert answer.headers["location"] == "/review"
    reviewer.decide("accept", incident=reviewer.rows()[0]["id"])
    assert reviewer.get("/log.json").json()["rows"][0]["who"] == "Зоя O'Neill"


def test_the_chain_over_the_decisions_holds_and_shows_what_was_altered(reviewer, tmp_path):
    import sqlite3

    for row in reviewer.rows()[:3]:
        reviewer.decide("accept", incident=row["id"])
    store: Store = reviewer.client.app.state.store
    with store.connect() as connection:
        verify_chain(read_decisions(connection))
    assert reviewer.get("/log.json").json()["problem"] == ""
    raw = sqlite3.connect(tmp_path / "own.kronika")
    with pytest.raises(sqlite3.IntegrityError, match="never altered"):
        raw.execute("UPDATE decisions SET who = 'Eve'")
    raw.execute("DROP TRIGGER decisions_are_not_altered")
    raw.execute("UPDATE decisions SET who = 'Eve' WHERE number = 2")
    raw.commit()
    raw.close()
    assert "altered" in reviewer.get("/log.json").json()["problem"]


def test_decisions_survive_a_new_linking(reviewer, tmp_path):
    from kronika.engine.linking import link_record

    row = several(reviewer)
    reviewer.decide("reject", incident=row["id"])
    one, other = reviewer.rows("?reviewed=open")[:2]
    reviewer.decide("merge", incident=one["id"], other=other["id"])
    before = groups(reviewer)
    link_record(Store.open(tmp_path / "own.kronika"), again=True)
    assert groups(reviewer) == before
    assert [found["id"] for found in reviewer.rows("?reviewed=rejected")] == [row["id"]]


def test_the_log_says_in_words_what_was_decided_about(reviewer):
    row = reviewer.rows("?q=fasher")[0]
    first = reviewer.decide("accept", incident=row["id"]).json()
    reviewer.decide("undo", decision=first["id"])
    undone, accepted = reviewer.get("/log.json").json()["rows"]
    assert accepted["about"] == [[row["id"], accepted["about"][0][1]]]
    assert "El Fasher" in accepted["about"][0][1]
    assert (undone["verdict"], undone["of"], undone["about"]) == ("undo", "accept", accepted["about"])
    assert "El Fasher" in reviewer.get("/log").text


def test_the_log_has_the_rows_of_its_twins(reviewer):
    import csv
    import io
    import re

    for row in reviewer.rows()[:3]:
        reviewer.decide("reject", incident=row["id"], reason="wrong place")
    shown = re.findall(r'<tr data-id="([^"]+)"', reviewer.get("/log").text)
    assert len(shown) == 3
    assert shown == [row["id"] for row in reviewer.get("/log.json").json()["rows"]]
    assert shown == [row["id"] for row in csv.DictReader(io.StringIO(reviewer.get("/log.csv").text))]
