"""Verification names what was altered behind kronika's back."""

from __future__ import annotations

import json
import shutil
import sqlite3

import pytest

import kronika
from kronika.cli.main import run
from kronika.records import Verdict
from kronika.store.decisions import Proposal


@pytest.fixture
def record(corpus_record, tmp_path) -> str:
    path = str(shutil.copy(corpus_record, tmp_path / "a.kronika"))
    with kronika.open(path) as opened:
        for incident in list(opened.incidents())[:3]:
            opened.decide(Proposal("Ada", "2025-06-01T00:00:00Z", Verdict.ACCEPT, incident.reports))
    return path


def alter(record: str, statement: str) -> None:
    """Change the file as somebody would who takes its guards off first."""
    with sqlite3.connect(record) as raw:
        for (guard,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {guard}")
        raw.execute(statement)
    raw.close()


def altered(record: str, capsys) -> dict[str, list[str]]:
    capsys.readouterr()
    assert run(["verify", record, "--format", "json"]) == 1
    found: dict[str, list[str]] = {}
    for row in json.loads(capsys.readouterr().out):
        found.setdefault(row["what"], []).append(row["id"])
    return found


def asked(record: str, query: str) -> str:
    with sqlite3.connect(record) as raw:
        (found,) = raw.execute(query).fetchone()
    raw.close()
    return found


def test_a_record_that_nobody_touched_is_whole_and_names_the_last_decision(record, capsys):
    assert run(["verify", record]) == 0
    err = capsys.readouterr().err
    last = asked(record, "SELECT id FROM decisions ORDER BY number DESC LIMIT 1")
    assert err.startswith("nothing was altered: 34 documents, ")
    assert err.endswith(f"; the last of 3 decisions is {last}\n")


def test_the_guards_of_the_file_let_nobody_alter_a_text_or_a_decision(record):
    for statement in ("UPDATE documents SET text = ''", "UPDATE decisions SET who = 'Eve'", "DELETE FROM decisions"):
        with sqlite3.connect(record) as raw, pytest.raises(sqlite3.IntegrityError, match="never"):
            raw.execute(statement)
        raw.close()


def test_an_altered_text_is_named_with_the_evidence_and_the_incidents_that_rest_on_it(record, capsys):
    key = asked(record, "SELECT document FROM events GROUP BY document ORDER BY count(*) DESC LIMIT 1")
    alter(record, f"UPDATE documents SET text = upper(text) WHERE id = '{key}'")
    found = altered(record, capsys)
    assert found["document"] == [key]
    assert found["evidence"] == [key]
    assert found["incident"]


@pytest.mark.parametrize("column", ["published", "publisher", "url", "title"])
def test_an_altered_date_or_name_of_a_document_is_named(record, capsys, column):
    key = asked(record, "SELECT min(id) FROM documents")
    alter(record, f"UPDATE documents SET {column} = '2020-01-01' WHERE id = '{key}'")
    assert altered(record, capsys) == {"document": [key]}


def test_altered_evidence_is_named_by_its_document(record, capsys):
    key, document = asked(record, "SELECT id || ' ' || document FROM events ORDER BY id LIMIT 1").split()
    alter(record, f"UPDATE events SET body = json_set(body, '$.trigger.text', 'embraced') WHERE id = '{key}'")
    assert altered(record, capsys) == {"evidence": [document]}


def test_altered_bytes_are_named_by_their_hash(record, capsys):
    key = asked(record, "SELECT min(sha256) FROM raws")
    alter(record, f"UPDATE raws SET content = x'00' WHERE sha256 = '{key}'")
    assert altered(record, capsys) == {"raw": [key]}


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE decisions SET who = 'Eve' WHERE number = 2", 2),
        ("UPDATE decisions SET verdict = 'reject' WHERE number = 3", 3),
        ("DELETE FROM decisions WHERE number = 1", 2),
        (
            "UPDATE decision_subjects SET subject = 'e-other'"
            " WHERE decision = (SELECT id FROM decisions WHERE number = 1)",
            1,
        ),
    ],
)
def test_an_altered_decision_is_named(record, capsys, statement, number):
    key = asked(record, f"SELECT id FROM decisions WHERE number = {number}")
    alter(record, statement)
    assert altered(record, capsys) == {"decision": [key]}


def test_what_is_no_record_is_an_error(tmp_path, capsys):
    assert run(["verify", str(tmp_path / "none.kronika")]) == 1
    assert "there is no such record" in capsys.readouterr().err
    (tmp_path / "a.kronika").write_text("not a record")
    assert run(["verify", str(tmp_path / "a.kronika")]) == 1
    assert "is it a kronika record?" in capsys.readouterr().err
