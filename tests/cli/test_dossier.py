"""Ledgers and threads on the command line, over the sample corpus."""

from __future__ import annotations

import csv
import io
import json
import shutil

import pytest

from kronika.cli.main import run


@pytest.fixture
def record(corpus_record, tmp_path) -> str:
    return str(shutil.copy(corpus_record, tmp_path / "a.kronika"))


def asked(capsys, *arguments: str):
    assert run([*arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_ledger_is_in_order_and_its_numbers_run_on(record, capsys):
    (dossier,) = asked(capsys, "facility", record, "Ryazan oil refinery")
    numbers = [row["number"] for row in dossier["ledger"] if row["number"]]
    assert numbers == list(range(1, len(numbers) + 1))
    days = [row["date"] for row in dossier["ledger"] if row["date"] != "no date"]
    assert days == sorted(days)


def test_every_alias_says_where_it_was_read(record, capsys):
    (dossier,) = asked(capsys, "facility", record, "ryazan refinery")
    assert {"Ryazan oil refinery", "Ryazan refinery"} <= {alias["name"] for alias in dossier["aliases"]}
    assert all(alias["spans"] for alias in dossier["aliases"])


def test_an_asserted_count_has_its_words_and_a_verdict(record, capsys):
    counts = asked(capsys, "facility", record, "Ryazan oil refinery", "--part", "counts")
    assert counts
    for row in counts:
        assert row["verdict"] in ("borne out", "contradicted", "incomplete")
        assert row["verdict"] != "incomplete" or row["missing"] >= 1


def test_a_count_that_the_record_does_not_bear_out_is_a_finding(record, capsys):
    findings = asked(capsys, "check", record, "--kind", "count")
    told = [finding for finding in findings if finding["compared_with"] == "the record"]
    assert told
    assert all("the record holds" in finding["explanation"] for finding in told)
    assert run(["check", record, "--kind", "count"]) == 0
    assert "Ryazan oil refinery: counted as number" in capsys.readouterr().out


def test_statements_of_one_person_are_in_order_and_without_copies(record, capsys):
    rows = asked(capsys, "actor", record, "Pavel Malkov", "--part", "statements")
    assert [row["published"] for row in rows] == sorted(row["published"] for row in rows)
    assert len({row["speaker"] for row in rows}) == 1
    assert "Harbour Post" not in {row["publisher"] for row in rows}


def test_a_topic_can_be_asked_of_one_speaker(record, capsys):
    everything = asked(capsys, "topic", record, "Ryazan", "--part", "statements")
    speaker = "Pavel Malkov"
    of_one = asked(capsys, "topic", record, "Ryazan", "--part", "statements", "--speaker", speaker)
    assert of_one == [row for row in everything if row["speaker"] == speaker]
    assert 0 < len(of_one) < len(everything)


def test_money_has_its_stage(record, capsys):
    stages = {row["sum"]: row["stage"] for row in asked(capsys, "topic", record, "London", "--part", "money")}
    assert stages["£752 million"] == "disbursed"


def test_csv_is_of_one_part(record, capsys):
    assert run(["facility", record, "Ryazan oil refinery", "--format", "csv"]) == 2
    capsys.readouterr()
    assert run(["facility", record, "Ryazan oil refinery", "--part", "ledger", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows[0]["number"] == "1"


def test_a_name_that_nothing_has_is_an_error_with_names_like_it(record, capsys):
    assert run(["facility", record, "Ryasan oil refinry"]) == 1
    assert "did you mean Ryazan oil refinery" in capsys.readouterr().err
