"""Linking on the command line: the table that explains a match, families of copies and what differs in them."""

from __future__ import annotations

import json
import re
import shutil

import pytest

import kronika
from kronika.cli.main import run
from kronika.records import Figure, Quantity, Span, StatedValue, Verdict
from kronika.store.decisions import Proposal


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
    assert "one incident: they weigh" in capsys.readouterr().out


def test_two_events_of_one_document_are_kept_apart_by_a_constraint(record, capsys):
    homes: dict[str, list[str]] = {}
    for incident in listed(capsys, "incidents", record, "--type", "assault"):
        place = incident["targets"][0]["span"]["document"] if incident["targets"] else ""
        homes.setdefault(place, []).append(incident["id"])
    one, other = next(found for place, found in homes.items() if place and len(found) > 1)[:2]
    assert run(["link", record, "--explain", one, other]) == 0
    out = capsys.readouterr().out
    assert "two incidents: they weigh" in out
    assert "kept apart because one document counts them apart" in out


def test_an_explanation_names_things_as_reports_do_and_a_decision_that_overrules_the_weights(record, capsys):
    incident = next(one for one in listed(capsys, "incidents", record) if len(one["reports"]) > 1 and one["place"])
    one, other = incident["reports"][:2]
    rows = {row["comparison"]: row for row in listed(capsys, "link", record, "--explain", one, other)}
    assert incident["place"]["name"] in (rows["place"]["one"], rows["place"]["other"])
    with kronika.open(record) as opened:
        opened.decide(Proposal("Ada", "2025-06-01T00:00:00Z", Verdict.DIFFERENT, (one, other)))
    assert run(["link", record, "--explain", one, other]) == 0
    out = capsys.readouterr().out
    assert "two incidents" in out
    assert "a person decided that they are different" in out


def test_what_is_not_even_compared_is_said_to_be_so(record, capsys):
    incidents = listed(capsys, "incidents", record)
    far = [one["id"] for one in incidents if one["time"] and one["time"]["precision"] == "day"]
    assert run(["link", record, "--explain", far[0], far[-1]]) == 0
    assert "two incidents" in (out := capsys.readouterr().out)
    assert "not compared when they were linked" in out or "kept apart because" in out


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
    capsys.readouterr()
    assert run(["documents", record, "--diff", first, other]) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0].startswith("- ")
    assert lines[1].startswith("+ ")
    assert f"{len(changes)} stretches of words differ" in printed.err
    assert run(["documents", record, "--diff", first, first]) == 0
    assert "no word differs" in capsys.readouterr().err


def test_figures_that_differ_are_shown_with_least_best_and_most_and_everybody_who_gave_them(record, capsys):
    assert run(["incidents", record, "--country", "SD"]) == 0
    out = capsys.readouterr().out
    assert "sources     " in out
    for line in out.splitlines():
        if "by GED's rule" in line:
            assert re.search(r"\d+ to \d+, best \d+ by GED's rule: .*\(.+\); ", line)


def test_a_figure_is_put_into_words_with_its_bounds_and_denials():
    from kronika.cli.incidents import _figure

    def value(number: int, speaker: str, *, is_denied: bool = False) -> StatedValue:
        quantity = Quantity(f"q-{number}", Span("d", 0, 2, str(number)), number, number, number)
        return StatedValue(quantity, "d", "e", speaker, is_denied=is_denied)

    three, nine = value(3, "the mayor"), value(9, "a source", is_denied=True)
    assert _figure(Figure("killed", 3, 3, 3, (three,), "")) == "3 (the mayor)"
    both = Figure("killed", 3, 3, 5, (three, value(5, "Radio")), "")
    assert _figure(both) == "3 to 5, best 3 by GED's rule: 3 (the mayor); 5 (Radio)"
    assert _figure(Figure("killed", 3, 3, 3, (three, nine), "")) == "3 (the mayor); 9 (denied by a source)"
