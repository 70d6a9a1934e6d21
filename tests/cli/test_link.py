"""Linking on the command line: the table that explains a match, families of copies and what differs in them."""

from __future__ import annotations

import json
import shutil

import pytest

from kronika.cli.main import run


@pytest.fixture
def record(corpus_record, tmp_path) -> str:
    return str(shutil.copy(corpus_record, tmp_path / "a.kronika"))


def listed(capsys, *arguments: str):
    assert run([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_match_is_explained_by_comparisons_that_add_up(record, capsys):
    incident = next(one for one in listed(capsys, "incidents", record) if len(one["reports"]) > 1)
    rows = listed(capsys, "link", record, "--explain", *incident["reports"][:2])
    assert rows[-1]["comparison"] == "sum"
    assert sum(float(row["weight"]) for row in rows[:-1]) == pytest.approx(float(rows[-1]["weight"]), abs=0.06)
    assert run(["link", record, "--explain", *incident["reports"][:2]]) == 0
    assert "one incident; they weigh" in capsys.readouterr().out


def test_two_events_of_one_document_are_kept_apart_by_a_constraint(record, capsys):
    homes: dict[str, list[str]] = {}
    for incident in listed(capsys, "incidents", record, "--type", "assault"):
        place = incident["targets"][0]["span"]["document"] if incident["targets"] else ""
        homes.setdefault(place, []).append(incident["id"])
    one, other = next(found for place, found in homes.items() if place and len(found) > 1)[:2]
    assert run(["link", record, "--explain", one, other]) == 0
    out = capsys.readouterr().out
    assert "two incidents; they weigh" in out
    assert "what forbids it: one document counts them apart" in out


def test_an_unknown_event_is_an_error_with_a_hint(record, capsys):
    assert run(["link", record, "--explain", "e-none", "e-other"]) == 1
    assert "no event or incident e-none" in capsys.readouterr().err


def test_families_of_copies_are_those_of_the_key_with_the_source_first(record, capsys):
    members: dict[str, list[str]] = {}
    for row in listed(capsys, "documents", record, "--copies"):
        members.setdefault(row["family"], []).append(f"{row['published'][:10]} {row['publisher']}")
    assert sorted(members.values()) == [
        ["2024-03-13 Meridian Wire", "2024-03-13 Harbour Post"],
        ["2025-01-24 Meridian Wire", "2025-01-24 Port Evening News", "2025-01-24 Northern Courier"],
        ["2025-12-06 Meridian Wire", "2025-12-06 Harbour Post"],
    ]


def test_the_difference_of_two_copies_is_shown_with_its_places(record, capsys):
    first, other = [row["document"] for row in listed(capsys, "documents", record, "--copies")][:2]
    changes = listed(capsys, "documents", record, "--diff", first, other)
    assert changes
    for change in changes:
        for side, document in (("before", first), ("after", other)):
            if change[side]:
                assert change[side]["document"] == document
    assert run(["documents", record, "--diff", first, "d-none"]) == 1
