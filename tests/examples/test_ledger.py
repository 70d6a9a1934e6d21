"""The ledgers of the sample corpus are those of its key, with the counts that the record does not bear out."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from kronika.cli.main import run
from kronika.store import Store
from tests.examples.judging import place_of
from tests.examples.test_corpus import INCIDENTS, LEDGERS

#: Counts of the key that are read so far; the number may only rise.
READ = {"Ryazan oil refinery": 9, "Kremniy EL plant": 1}


@pytest.fixture(params=sorted(READ))
def book(request, corpus_record, capsys):
    """The name of a target of the key, and its dossier."""
    assert run(["facility", str(corpus_record), request.param, "--format", "json"]) == 0
    (dossier,) = json.loads(capsys.readouterr().out)
    return request.param, dossier


def mornings(when: str) -> tuple[str, ...]:
    """The days by which the key may date an incident: a night by the morning it ends in."""
    return when[-10:], (date.fromisoformat(when[-10:]) - timedelta(days=1)).isoformat()


def test_the_incidents_of_a_ledger_are_those_of_the_key_in_order(book):
    name, dossier = book
    expected = [INCIDENTS[key]["date"] for key in LEDGERS[name]["incidents"]]
    found = [row["date"] for row in dossier["ledger"] if row["number"]]
    assert len(found) == len(expected)
    assert all(day in mornings(when) for day, when in zip(expected, found, strict=True))


def test_each_count_is_judged_as_in_the_key(book, corpus_record):
    name, dossier = book
    store = Store.open(corpus_record)
    files = {d.id: (Path(place).name, d) for d in store.documents() for place in store.origins(d.id)}
    keys = {count["file"]: count for count in LEDGERS[name]["counts"]}
    judged = 0
    for row in dossier["counts"]:
        file, document = files[row["document"]]
        key = keys.get(file)
        if key is None:  # the blog of 8 December quotes the count of others
            continue
        start, end = place_of(key["words"], document.text)
        assert start <= row["start"] < end
        assert row["asserted"].removeprefix("at least ") == str(key["asserted"])
        assert (row["verdict"], row["on_record"]) == (key["verdict"], key["on_file"])
        assert (row["missing"] or 0) == key.get("missing", 0)
        if "between" in key:
            assert row["between"] == " and ".join(key["between"])
        judged += 1
    store.close()
    assert judged >= READ[name]


def test_what_the_record_contradicts_is_a_warning_and_what_it_lacks_a_note(corpus_record, capsys):
    assert run(["check", str(corpus_record), "--kind", "count", "--format", "json"]) == 0
    found = [one for one in json.loads(capsys.readouterr().out) if one["compared_with"] == "the record"]
    ryazan = [one["severity"] for one in found if one["explanation"].startswith("Ryazan oil refinery")]
    assert sorted(ryazan) == ["note"] * 4 + ["warning"]
