"""The whole line with the real pipeline: articles in, a record out, whatever happens on the way."""

from __future__ import annotations

import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import kronika
from kronika.cli.main import run

ARTICLES = Path(__file__).resolve().parents[2] / "examples" / "articles"
KRONIKA = [sys.executable, "-m", "kronika"]
STRIKE = "A drone struck the fuel depot of the town of Engels on Monday night, the governor of the region said.\n"
EXPORTS = (("incidents", "jsonl"), ("incidents", "csv"), ("check", "jsonl"), ("documents", "json"))


def exports(record: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return everything that the listings say of ``record``, and every report."""
    capsys.readouterr()
    for command, form in EXPORTS:
        assert run([command, str(record), "--format", form]) == 0
    listed = capsys.readouterr().out
    from kronika.store.codec import to_json

    with kronika.open(record) as opened:
        return listed + "\n".join(map(to_json, opened.reports()))


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    """The sample corpus, read in one undisturbed run."""
    path = tmp_path_factory.mktemp("record") / "whole.kronika"
    assert run(["add", str(path), str(ARTICLES), "--quiet"]) == 0
    return path


def test_every_article_of_the_corpus_is_read_and_says_something(record):
    with kronika.open(record) as opened:
        counts = opened.store.counts()
        assert counts["documents"] == 34
        assert counts["events"] > 100
        assert counts["claims"] > 100
        assert len(opened.rejects()) == 0
        assert {report.status for report in opened.reports()} <= {"ok", "no events found"}


@pytest.mark.slow
def test_two_workers_write_the_same_bytes_as_one(record, tmp_path, capsys):
    assert run(["add", str(tmp_path / "two.kronika"), str(ARTICLES), "--quiet", "--workers", "2"]) == 0
    assert exports(tmp_path / "two.kronika", capsys) == exports(record, capsys)


@pytest.mark.slow
@pytest.mark.parametrize(("workers", "kills"), [("1", 3), ("2", 2)])
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_record(record, tmp_path, capsys, workers, kills):
    path, chosen = tmp_path / "killed.kronika", random.Random(int(workers))
    add = [*KRONIKA, "add", str(path), str(ARTICLES), "--quiet", "--workers", workers]
    stored = []
    for _ in range(kills):
        process = subprocess.Popen(add, stderr=subprocess.DEVNULL)
        before, deadline = len(stored) and stored[-1], time.monotonic() + 60
        while documents(path) <= before and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(chosen.uniform(0.0, 0.3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        stored.append(documents(path))
    assert stored == sorted(stored)
    assert stored[0] > 0
    assert run(add[len(KRONIKA) :]) == 0
    assert exports(path, capsys) == exports(record, capsys)


def documents(path: Path) -> int:
    if not path.exists():
        return 0
    import sqlite3

    with sqlite3.connect(path, timeout=10) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
        except sqlite3.OperationalError:  # the tables are not there yet
            return 0
        finally:
            connection.rollback()


def test_articles_are_put_in_order_whatever_the_order_they_came_in(record, tmp_path, capsys):
    names = sorted(str(path) for path in ARTICLES.iterdir() if path.suffix != ".json")
    assert run(["add", str(tmp_path / "back.kronika"), *reversed(names), "--quiet"]) == 0
    assert exports(tmp_path / "back.kronika", capsys) == exports(record, capsys)


def test_reading_goes_on_after_an_article_that_is_refused(tmp_path, capsys):
    for name, content in (("a.txt", STRIKE), ("b.txt", ""), ("c.txt", STRIKE)):
        (tmp_path / name).write_text(content)
    names = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]
    assert run(["read", *names, "--published", "2025-04-29"]) == 3
    out, err = capsys.readouterr()
    assert out.count("EVENTS") == 2
    assert "b.txt: the file is empty" in err


@pytest.mark.parametrize(
    ("name", "content", "beside", "where"),
    [
        ("a.txt", f"---\npublished: 5/6/24\n---\n{STRIKE}", None, "a.txt: front matter: '5/6/24'"),
        ("a.txt", STRIKE, {"published": "in May"}, "a.txt: sidecar a.json: 'in May'"),
        (
            "a.jsonl",
            json.dumps({"text": STRIKE, "published": "29th of April"}),
            None,
            "a.jsonl:1: json line: '29th of April'",
        ),
        (
            "a.jsonl",
            json.dumps({"text": STRIKE, "published": [2025, 4, 29]}),
            None,
            "a.jsonl:1: json line: '[2025, 4, 29]'",
        ),
    ],
)
def test_a_date_that_can_not_be_read_is_said_and_the_article_is_read(tmp_path, capsys, name, content, beside, where):
    (tmp_path / name).write_text(content)
    if beside is not None:
        (tmp_path / "a.json").write_text(json.dumps(beside))
    assert run(["read", str(tmp_path / name)]) == 0
    out, err = capsys.readouterr()
    assert f"{where} is no ISO 8601 date; read without it, relative times stay unresolved" in err
    assert "EVENTS" in out
    assert "is no ISO 8601 date: relative dates stay unresolved" in out
    assert run(["read", str(tmp_path / name), "--format", "json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    (event,) = report["events"]
    assert event["time"]["start"] is None
    assert event["time"]["reason"] == "no publication date to count from"
    assert run(["add", str(tmp_path / "war.kronika"), str(tmp_path / name), "-q"]) == 0
    assert f"{where} is no ISO 8601 date" in capsys.readouterr().err


def test_a_report_shows_who_what_where_and_when_with_the_sentence(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(STRIKE)
    assert run(["read", str(tmp_path / "a.txt"), "--published", "2025-04-29"]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    for words in ("ASSAULT drone · occurred", "“" + STRIKE.strip() + "”", "“Monday night”", "settlement", "governor"):
        assert words in out


def test_an_article_is_read_from_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STRIKE.encode())))
    assert run(["read", "-", "--published", "2025-04-29", "--format", "json"]) == 0
    (report,) = json.loads(capsys.readouterr().out)
    assert report["document"]["text"] == STRIKE.strip()
    assert report["events"]


def test_an_article_without_a_date_is_read_and_says_that_dates_stay_open(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(STRIKE)
    assert run(["read", str(tmp_path / "a.txt")]) == 0
    assert "no publication date" in capsys.readouterr().out


def test_a_search_shows_the_passage(record, capsys):
    assert run(["documents", str(record), "--search", 'refinery "storage tanks"']) == 0
    out, err = capsys.readouterr()
    assert "storage tanks" in out
    assert int(err.split()[0]) == out.count("“") > 0
    assert run(["documents", str(record), "--search", "hovercraft"]) == 0
    assert capsys.readouterr().err == "nothing found\n"


def test_a_passage_stands_where_it_says(record):
    with kronika.open(record) as opened:
        texts = {document.id: document.text for document in opened.documents()}
        found = opened.search("ryazan drones")
        assert len(found) > 3
        for passage in found:
            for span in (passage.span, *passage.matches):
                assert texts[passage.document][span.start : span.end] == span.text


def test_findings_are_shown_with_both_sides_and_their_source(record, capsys):
    assert run(["check", str(record), "--kind", "money"]) == 0
    out = capsys.readouterr().out
    assert (
        "“London has transferred £752 million (about $1.5 billion) to Ukraine.” — Front Page Today, 2025-04-15" in out
    )


def test_an_incident_is_shown_with_the_sentence_and_its_source(record, capsys):
    assert run(["incidents", str(record), "--facility", "hospital", "--limit", "1"]) == 0
    out = capsys.readouterr().out
    assert "ASSAULT" in out
    assert re.search(r"“.+” — \S.*, 20\d\d-\d\d-\d\d\n", out)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["read"], 2, "Missing argument"),
        (["read", "absent.txt"], 1, "absent.txt: no such file"),
        (["read", "{record}", "--published", "yesterday"], 1, "'yesterday' is no date of publication"),
        (["add", "{record}", ".", "--published", "5/6/24"], 1, "'5/6/24' is no date of publication"),
        (["reed"], 2, "No such command"),
        (["add", "a.kronika"], 2, "Missing argument"),
        (["incidents", "absent.kronika"], 1, "there is no such record"),
        (["incidents", "{record}", "--since", "april"], 1, "'april' is no date"),
        (["incidents", "{record}", "--country", "Atlantis"], 1, "no country is called 'Atlantis'"),
        (["incidents", "{record}", "--format", "xml"], 2, "'xml' is not one of"),
        (["check", "{record}", "--kind", "spelling"], 2, "'spelling' is not one of"),
        (["documents", "{record}", "--search", "a", "--rejected"], 2, "give one of them"),
    ],
)
def test_wrong_arguments_are_told_with_their_exit_code(record, capsys, arguments, code, said):
    assert run([part.replace("{record}", str(record)) for part in arguments]) == code
    assert said in capsys.readouterr().err


def test_a_folder_without_articles_says_what_articles_are(tmp_path, capsys):
    (tmp_path / "folder").mkdir()
    assert run(["add", str(tmp_path / "a.kronika"), str(tmp_path / "folder")]) == 1
    err = capsys.readouterr().err
    assert "the folder is empty" in err
    assert "hint: articles are files in .htm" in err


def test_a_reader_that_has_seen_enough_is_no_error(record):
    process = subprocess.Popen([*KRONIKA, "incidents", str(record)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


@pytest.mark.slow
@pytest.mark.parametrize("stored", [0, 1])
def test_an_interruption_ends_workers_and_all_with_one_word(tmp_path, stored):
    path = tmp_path / "a.kronika"
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(f"{number} drones were shot down. " + STRIKE * 10)
    arguments = ["add", str(path), str(tmp_path), "--workers", "2"]
    process = subprocess.Popen([*KRONIKA, *arguments], stderr=subprocess.PIPE, text=True, start_new_session=True)
    while process.poll() is None and not (path.exists() and documents(path) >= stored):
        time.sleep(0.05)
    time.sleep(0.5)  # without documents: while the workers are being started
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does on Ctrl-C
    assert process.stderr.read().strip() == "interrupted"
    process.stderr.close()
    assert process.wait() == 130


def test_the_model_of_the_settings_is_the_one_that_reads(tmp_path):
    (tmp_path / "a.txt").write_text(STRIKE)
    (tmp_path / "kronika.toml").write_text('model = "a_model_that_is_not_there"\n')
    done = subprocess.run([*KRONIKA, "read", "a.txt"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("error: the language model a_model_that_is_not_there is not installed\nhint: ")
