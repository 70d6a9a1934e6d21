"""Linking a record: as it grows or all at once, killed or not, the incidents are the same."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import text

from kronika.engine.linking import link_if_needed, link_record, relink
from kronika.records import Report, Verdict
from kronika.store import Store
from kronika.store.decisions import Proposal, append_decision

#: Everything that linking writes but the numbers, which count its runs.
QUERIES = (
    "SELECT i.id, b.body, i.sources, i.standing, i.sentence FROM incidents i JOIN incident_bodies b USING (number)",
    "SELECT i.id, n.role, n.position, n.name, n.entity FROM incident_names n JOIN incidents i USING (number)",
    "SELECT i.id, s.text FROM incidents_search s JOIN incidents i ON i.number = s.rowid",
    "SELECT event, body FROM link_rows",
    "SELECT one, other, weight FROM link_edges",
    "SELECT id, body FROM entities",
    "SELECT * FROM entity_spans",
    "SELECT * FROM aliases",
    "SELECT * FROM copies",
    "SELECT * FROM linked_documents",
)


def dump(store: Store) -> list[list[tuple[object, ...]]]:
    with store.connect() as connection:
        return [sorted(tuple(row) for row in connection.execute(text(query))) for query in QUERIES]


def reports(path: Path) -> list[Report]:
    store = Store.open(path)
    try:
        return list(store.reports())
    finally:
        store.close()


def grown(found: Iterable[Report], size: int) -> Store:
    """A record that got ``size`` documents at a time, linked after each."""
    store = Store.open(":memory:")
    for number, report in enumerate(found, 1):
        store.write(report, where=f"{number}.txt", key=str(number))
        if number % size == 0:
            link_record(store)
    link_record(store)
    return store


@pytest.mark.parametrize(("size", "step"), [(1, 1), (5, 1), (4, -1), (3, 7)])
def test_documents_that_come_one_after_the_other_make_the_incidents_of_all_at_once(corpus_record, size, step):
    found = reports(corpus_record)
    ordered = found[::step] if step < 2 else [report for start in range(step) for report in found[start::step]]
    assert dump(grown(ordered, size)) == dump(grown(found, len(found)))


def test_linking_again_changes_nothing(corpus_record, tmp_path):
    store = Store.open(shutil.copy(corpus_record, tmp_path / "a.kronika"))
    before = dump(store)
    assert not link_if_needed(store)
    assert link_record(store).documents == 0
    assert dump(store) == before
    assert link_record(store, again=True).documents == 34
    assert dump(store) == before


def test_a_document_that_is_read_again_is_linked_again(corpus_record):
    found = reports(corpus_record)
    store = grown(found, len(found))
    busiest = max(found, key=lambda report: len(report.events))
    fewer = Report(busiest.document, "ok", busiest.events[1:], version="2")
    store.write(fewer, where="again.txt", key="again")
    assert link_if_needed(store)
    others = [fewer if report is busiest else report for report in found]
    assert dump(store) == dump(grown(others, len(others)))


def test_a_decision_holds_however_the_record_grows(corpus_record):
    found = reports(corpus_record)
    one, other = (report.events[0].id for report in found[:2])

    def decided(store: Store) -> Store:
        with store.begin() as connection:
            append_decision(connection, Proposal("Ada", "2025-05-01", Verdict.SAME, (one, other)))
            relink(connection, (one, other))
        return store

    late = decided(grown(found, len(found)))
    early = decided(grown(found[:10], 10))
    for number, report in enumerate(found[10:]):
        early.write(report, where=f"late {number}", key=f"late {number}")
    link_record(early)
    assert dump(late) == dump(early)
    with late.connect() as connection:
        query = text("SELECT count(DISTINCT number) FROM incident_reports WHERE event IN (:one, :other)")
        assert connection.execute(query, {"one": one, "other": other}).scalar_one() == 1


PROGRAM = """
import os, signal, sys
import kronika.engine.linking as linking
from kronika.store import Store
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(linking, sys.argv[2], die)
linking.link_record(Store.open(sys.argv[1]), again=sys.argv[3] == "again")
"""
STEPS = ["write_namings", "update_families", "update_entities", "write_rows", "write_edges", "add_incidents"]


@pytest.mark.parametrize(("step", "mode"), [*((step, "new") for step in STEPS), ("_write_state", "again")])
def test_a_run_that_is_killed_leaves_no_trace(corpus_record, tmp_path, step, mode):
    path = tmp_path / "a.kronika"
    shutil.copy(corpus_record, path)
    store = Store.open(path)
    expected = dump(store)
    if mode == "new":
        with store.begin() as connection:
            connection.execute(text("DELETE FROM linked_documents WHERE document > 'd-h'"))
    store.close()
    process = subprocess.run([sys.executable, "-c", PROGRAM, str(path), step, mode], check=False)
    assert process.returncode == -signal.SIGKILL
    store = Store.open(path)
    if mode == "again":
        assert dump(store) == expected
    link_record(store)
    assert dump(store) == expected
    store.close()
