"""The commands: data on stdout, talk on stderr, documented exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kronika.cli.main import COMMANDS, run

TESTS = Path(__file__).resolve().parents[1]
TEXT = "Drones struck the depot near the river at night, the governor of the region said in a short statement.\n"


@pytest.fixture(autouse=True)
def fake_pipeline(monkeypatch):
    monkeypatch.syspath_prepend(str(TESTS))
    import fake_pipeline

    monkeypatch.setattr("kronika.pipeline.read_documents", fake_pipeline.read_documents, raising=False)
    monkeypatch.setattr("kronika.pipeline.VERSION", "0.1.0", raising=False)


@pytest.fixture
def record(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    path = str(tmp_path / "a.kronika")
    assert run(["add", path, str(tmp_path / "a.txt"), "--published", "2025-04-29", "-q"]) == 0
    return path


def test_reading_prints_the_event_and_its_sentence_without_colour_when_piped(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(TEXT)
    assert run(["read", str(tmp_path / "a.txt")]) == 0
    out = capsys.readouterr().out
    assert "ASSAULT drone · occurred · certain" in out
    assert TEXT.strip() in out
    assert "\x1b" not in out


@pytest.mark.parametrize("command", ["incidents", "documents"])
def test_listings_come_in_four_formats(record, command, capsys):
    found = {}
    for form in ("table", "json", "jsonl", "csv"):
        assert run([command, record, "--format", form]) == 0
        found[form] = capsys.readouterr().out
    (whole,) = json.loads(found["json"])
    assert json.loads(found["jsonl"]) == whole
    (row,) = csv.DictReader(io.StringIO(found["csv"]))
    assert row["id"] == whole["id"]
    assert whole["id"] in found["table"]


def test_a_refused_document_gives_exit_code_3_and_is_listed(record, tmp_path, capsys):
    (tmp_path / "empty.txt").write_text("")
    assert run(["add", record, str(tmp_path / "empty.txt")]) == 3
    assert "empty.txt: the file is empty" in capsys.readouterr().err
    assert run(["documents", record, "--rejected", "--format", "csv"]) == 0
    assert "empty" in capsys.readouterr().out


def test_a_document_in_another_language_is_stored_and_refused_each_time(record, tmp_path, capsys):
    (tmp_path / "ru.txt").write_text("Губернатор сообщил, что ночью над областью были сбиты беспилотники. " * 3)
    for _ in range(2):
        assert run(["add", record, str(tmp_path / "ru.txt")]) == 3
        assert "in ru, a language that is not read yet" in capsys.readouterr().err
    run(["documents", record, "--format", "json"])
    assert {"en", "ru"} == {document["language"] for document in json.loads(capsys.readouterr().out)}


def test_errors_are_a_message_and_a_hint(tmp_path, capsys):
    assert run(["incidents", str(tmp_path / "none.kronika")]) == 1
    err = capsys.readouterr().err
    assert err.startswith("error: ")
    assert "hint: make it: kronika add" in err
    assert run(["incidents"]) == 2


def test_every_command_is_documented_with_an_example(capsys):
    for command in COMMANDS:
        if command == "gazetteer":
            continue
        assert run([command, "--help"]) == 0
        assert f"kronika {command} " in capsys.readouterr().out


def test_help_imports_nothing_heavy():
    program = "import sys; from kronika.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
    program += "print(sorted({'spacy', 'pydantic', 'sqlalchemy', 'rich', 'numpy'} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_error(record):
    program = f"from kronika.cli import main; main(['documents', {record!r}, '--format', 'csv'])"
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0
