"""The record: idempotent, resumable, held to its evidence."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

import kronika
from kronika.errors import EvidenceError, RecordError
from kronika.records import Document, Report, Span
from kronika.store import Store
from kronika.store.codec import to_json

TESTS = Path(__file__).resolve().parents[1]
PRELUDE = f"import sys; sys.path.insert(0, {str(TESTS)!r}); import fake_pipeline, kronika.pipeline as p; \
p.read_documents = fake_pipeline.read_documents\n"


@pytest.fixture(autouse=True)
def fake_pipeline(monkeypatch):
    monkeypatch.syspath_prepend(str(TESTS))
    import fake_pipeline

    monkeypatch.setattr("kronika.pipeline.read_documents", fake_pipeline.read_documents, raising=False)
    monkeypatch.setattr("kronika.pipeline.VERSION", "0.1.0", raising=False)


@pytest.fixture
def articles(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        head = f"---\npublished: 2025-04-{number % 28 + 1:02d}\n---\n"
        (folder / f"{number:02d}.txt").write_text(f"{head}Drones struck the depot{number} near the river at night.\n")
    return folder


def dump(record) -> str:
    parts = [to_json(report) for report in record.reports()]
    return "\n".join([*parts, *(to_json(incident) for incident in record.incidents()), *map(str, record.rejects())])


def test_a_report_comes_out_as_it_went_in(articles):
    with kronika.open(":memory:") as record:
        added = record.add(articles)
        assert (added.read, added.known, added.rejected) == (40, 0, 0)
        report = next(record.reports())
        assert report.events[0].evidence.text in report.document.text
        assert record.store.raw(report.document.id).startswith(b"---")
        assert len(record.incidents(facility="DEPOT7")) == 1
        assert len(record.incidents(since="2025-04-28")) == 1


def test_adding_twice_changes_nothing(articles, tmp_path):
    with kronika.open(tmp_path / "a.kronika") as record:
        record.add(articles)
        before = dump(record)
        assert record.add(articles).known == 40
        assert dump(record) == before
        assert record.add(articles, again=True).read == 40
        assert dump(record) == before


def test_a_killed_run_goes_on_to_the_same_record(articles, tmp_path):
    slow = "import time; write = kronika.store.Store.write\n"
    slow += "def wait(*a, **k): write(*a, **k); time.sleep(0.05)\n"
    program = PRELUDE + "import kronika, kronika.store\n" + slow + "kronika.store.Store.write = wait\n"
    program += f"kronika.open({str(tmp_path / 'b.kronika')!r}).add({str(articles)!r})"
    process = subprocess.Popen([sys.executable, "-c", program])
    deadline = time.monotonic() + 30
    stored = 0
    while stored < 3 and time.monotonic() < deadline:
        time.sleep(0.1)
        if (tmp_path / "b.kronika").exists():
            with kronika.open(tmp_path / "b.kronika") as record:
                stored = len(record.documents())
    process.kill()
    process.wait()
    with kronika.open(tmp_path / "a.kronika") as whole, kronika.open(tmp_path / "b.kronika") as resumed:
        whole.add(articles)
        assert 0 < len(resumed.documents()) < 40
        resumed.add(articles)
        assert dump(resumed) == dump(whole)


def test_a_document_that_breaks_the_pipeline_is_refused_and_the_others_are_read(articles):
    (articles / "05.txt").write_text("Drones struck the poison depot.")
    with kronika.open(":memory:") as record:
        added = record.add(articles)
        assert (added.read, added.rejected) == (39, 1)
        assert [reject.reason for reject in record.rejects()] == ["pipeline_error"]
        (articles / "05.txt").write_text("Drones struck the other depot.")
        record.add(articles)
        assert len(record.rejects()) == 0


def test_evidence_that_the_text_does_not_say_is_never_written():
    document = Document.of("Drones struck the depot.")
    import fake_pipeline

    event = next(fake_pipeline.read_documents([document])).events[0]
    false = replace(event, evidence=Span(document.id, 0, 6, "Shells"))
    store = Store.open(":memory:")
    with pytest.raises(EvidenceError):
        store.write(Report(document, "ok", (false,)), where="a", key="k")
    assert list(store.documents()) == []


def test_a_file_that_is_no_record_is_refused(tmp_path):
    (tmp_path / "a.kronika").write_text("not a database, only text that is long enough to be looked at" * 20)
    with pytest.raises(RecordError, match="record"):
        kronika.open(tmp_path / "a.kronika")


def test_a_record_of_a_newer_schema_is_not_touched(tmp_path):
    import sqlite3

    kronika.open(tmp_path / "a.kronika").close()
    connection = sqlite3.connect(tmp_path / "a.kronika")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(RecordError, match="999"):
        kronika.open(tmp_path / "a.kronika")


def test_the_migrations_make_the_tables_that_the_code_describes():
    from sqlalchemy import MetaData

    from kronika.store.schema import metadata

    found = MetaData()
    with Store.open(":memory:").connect() as connection:
        found.reflect(connection)
    for name, table in metadata.tables.items():
        assert {column.name for column in table.columns} == {column.name for column in found.tables[name].columns}
        assert {index.name for index in table.indexes} == {index.name for index in found.tables[name].indexes}
