"""Review from the keyboard, its log, and what becomes of decisions when documents are read again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest
from click.testing import CliRunner

import kronika
from kronika.cli.main import kronika as command
from kronika.cli.main import run
from kronika.records import Report, Verdict
from kronika.store import Store
from kronika.store.decisions import Proposal, read_decisions


@pytest.fixture
def record(corpus_record, tmp_path) -> str:
    return str(shutil.copy(corpus_record, tmp_path / "a.kronika"))


def review(record: str, keys: str, *options: str) -> str:
    """Press ``keys``; a new line ends what is asked for in words. Returns everything that was printed."""
    result = CliRunner().invoke(command, ["review", record, "--who", "Ada", *options], input=keys)
    assert result.exit_code == 0, result.output
    return result.output


def incidents(record: str) -> dict[str, tuple[str, ...]]:
    """The reports of each incident, by id."""
    with kronika.open(record) as opened:
        return {one.id: one.reports for one in opened.incidents(rejected=True)}


def home(record: str, event: str) -> str:
    return next(key for key, reports in incidents(record).items() if event in reports)


def state(record: str, key: str) -> str:
    with kronika.open(record) as opened:
        return opened.review_states(opened.incidents_by_id([key]))[key]


def logged(record: str, capsys, *options: str) -> list[dict[str, str]]:
    capsys.readouterr()
    assert run(["log", record, *options, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def widest(record: str) -> tuple[int, str, tuple[str, ...]]:
    """The place in the queue, id and reports of an incident with three reports or more."""
    return next((at, key, reports) for at, (key, reports) in enumerate(incidents(record).items()) if len(reports) > 2)


def test_accepting_and_rejecting_go_on_to_the_next_and_are_logged_with_their_reasons(record, capsys):
    first, second, third = list(incidents(record))[:3]
    out = review(record, "a\nxno such place\nq")
    assert "2 decisions appended" in out
    assert [state(record, key) for key in (first, second, third)] == ["accepted", "rejected", "open"]
    rows = logged(record, capsys)
    assert [(row["what"], row["who"], row["reason"], row["state"]) for row in rows] == [
        ("accept", "Ada", "", "holds"),
        ("reject", "Ada", "no such place", "holds"),
    ]
    assert first not in review(record, "q")
    with kronika.open(record) as opened:
        assert second not in [one.id for one in opened.incidents()]


def test_what_was_decided_already_is_shown_again_if_asked_for(record):
    first = next(iter(incidents(record)))
    review(record, "a\nq")
    assert first in review(record, "q", "--all")


def test_a_field_is_corrected_and_what_was_read_stays(record, capsys):
    first = next(iter(incidents(record)))
    review(record, "etype\nPROTEST\na march\nq")
    with kronika.open(record) as opened:
        assert opened.incidents_by_id([first])[0].type == "PROTEST"
        assert {event.type for event in opened.store.events(incidents(record)[first])} == {"ASSAULT"}
    (row,) = logged(record, capsys)
    assert (row["field"], row["value"], row["reason"]) == ("type", "PROTEST", "a march")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [("type", "MARCH", "is no type"), ("status", "happened", "is no status"), ("start", "tomorrow", "is no day")],
)
def test_a_correction_to_nothing_that_there_is_is_refused_and_the_session_goes_on(record, field, value, message):
    out = review(record, f"e{field}\n{value}\n\nq")
    assert message in out
    assert "0 decisions" in out


def test_merging_makes_one_incident_that_is_shown_next(record):
    before = incidents(record)
    first = next(iter(before))
    out = review(record, "m1\nthe same night\nq")
    after = incidents(record)
    (merged,) = [reports for reports in after.values() if set(before[first]) < set(reports)]
    assert len(after) == len(before) - 1
    assert home(record, merged[0]) in out.rsplit("merge:", 1)[1]


def test_an_incident_is_not_merged_with_itself_or_with_one_that_is_not_there(record):
    first = next(iter(incidents(record)))
    out = review(record, f"m{first}\nmi-none\nm\nq")
    assert "that is this incident" in out
    assert "there is no incident i-none" in out
    assert "0 decisions" in out


def test_a_report_that_is_split_off_is_an_incident_of_its_own_and_comes_next(record):
    at, key, reports = widest(record)
    out = review(record, "j" * at + "s2\nanother street\nq")
    assert home(record, reports[1]) != home(record, reports[0])
    assert home(record, reports[1]) in out.rsplit("split:", 1)[1] or key in out.rsplit("split:", 1)[1]


def test_a_single_report_can_not_be_split_off(record):
    at = [len(reports) for reports in incidents(record).values()].index(1)
    assert "there is nothing to split off" in review(record, "j" * at + "sq")


def test_same_brings_one_report_over_and_different_keeps_incidents_apart(record):
    one, other = list(incidents(record).items())[:2]
    review(record, f"={other[0]}\n1\n\nq")
    assert home(record, one[1][0]) == home(record, other[1][0])
    review(record, "uq")
    joined = home(record, one[1][0])
    at = list(incidents(record)).index(joined)
    review(record, "j" * at + f"s{incidents(record)[joined].index(other[1][0]) + 1}\n\nq")
    assert home(record, one[1][0]) != home(record, other[1][0])


def test_different_holds_against_what_the_weights_say(record):
    at, _, reports = widest(record)
    review(record, "j" * at + "s2\n\nq")
    apart = home(record, reports[1])
    review(record, "j" * list(incidents(record)).index(home(record, reports[0])) + f"d{apart}\n\nq", "--all")
    with kronika.open(record) as opened:
        (split,) = [one for one in _decisions(opened.store) if one.verdict is Verdict.SPLIT]
        opened.decide(Proposal("Ada", "2025-06-01T00:00:00Z", Verdict.UNDO, (split.id,)))
    assert home(record, reports[1]) != home(record, reports[0])


def _decisions(store: Store):
    with store.connect() as connection:
        return list(read_decisions(connection))


@pytest.mark.parametrize(
    "keys", ["a\nu", "xwrong\nu", "etype\nAID\n\nu", "m1\n\nu", "={other}\n1\n\nu", "d{other}\n\nu"]
)
def test_undo_leads_back_to_where_it_began_and_stays_in_the_log(record, capsys, keys):
    before = incidents(record)
    first, other = list(before)[:2]
    out = review(record, keys.format(other=other) + "uq")
    assert "2 decisions appended" in out
    assert incidents(record) == before
    assert state(record, first) == "open"
    rows = logged(record, capsys)
    assert [row["state"] for row in rows] == ["undone", ""]
    assert first in out.rsplit("undone:", 1)[1]


def test_there_is_nothing_to_undo_before_a_decision(record):
    assert "nothing was decided in this session" in review(record, "uq")


def test_keys_that_mean_nothing_show_the_keys_and_the_end_of_input_ends_it(record):
    out = review(record, "zw")
    assert "quit; what was decided is kept" in out
    assert "0 decisions" in out


def test_a_question_that_is_left_decides_nothing(record, monkeypatch):
    import click

    def leave(*_: object, **__: object) -> None:
        raise click.Abort

    monkeypatch.setattr("click.prompt", leave)
    out = review(record, "aq")
    assert "nothing was decided" in out
    assert "0 decisions" in out


def test_review_without_a_keyboard_says_so(record, monkeypatch, capsys):
    def none() -> str:
        raise OSError("no tty")

    monkeypatch.setattr("click.getchar", none)
    assert run(["review", record]) == 1
    assert "there is no keyboard" in capsys.readouterr().err


# -- read again by a newer version ------------------------------------------------------------------------------------


def read_again(record: str, change: Callable[[Report], Report]) -> None:
    """Write every document anew, as a newer version would that reads ``change`` of it."""
    store = Store.open(record)
    for number, report in enumerate(list(store.reports())):
        store.write(change(report), where=f"again {number}", key=f"again {number}")
    store.close()


def test_decisions_hold_when_a_newer_version_reads_the_documents_again(record, capsys):
    from dataclasses import replace

    first, second = list(incidents(record))[:2]
    told = incidents(record)[second]
    review(record, "xno\netype\nAID\n\nm1\n\nq")
    before = incidents(record)
    read_again(record, lambda report: replace(report, version="9.9"))
    assert incidents(record) == before
    assert state(record, first) == "rejected"
    assert logged(record, capsys, "--lost") == []
    with kronika.open(record) as opened:
        (merged,) = [one for one in opened.incidents() if set(told) < set(one.reports)]
        assert merged.type == "AID"


def test_decisions_about_what_is_no_longer_read_are_listed_and_none_is_dropped(record, capsys):
    from dataclasses import replace

    gone = next(iter(incidents(record).values()))
    review(record, "xno\na\nq")
    whole = {report.document.id: report for report in _reports(record)}

    def without(report: Report) -> Report:
        kept = tuple(event for event in report.events if event.id not in gone)
        return replace(report, version="9.9", events=kept, deployments=())

    read_again(record, without)
    (lost,) = logged(record, capsys, "--lost")
    assert lost["verdict"] == "reject"
    assert set(lost["missing"].split("; ")) == set(gone)
    assert len(logged(record, capsys)) == 2
    out = review(record, "q")
    assert "1 decision speaks of what the record no longer has: kronika log RECORD --lost" in out
    read_again(record, lambda report: whole[report.document.id])
    assert logged(record, capsys, "--lost") == []
    assert state(record, home(record, gone[0])) == "rejected"


def _reports(record: str) -> list[Report]:
    store = Store.open(record)
    try:
        return list(store.reports())
    finally:
        store.close()


# -- the log ----------------------------------------------------------------------------------------------------------


def test_the_log_of_an_incident_tells_how_it_was_put_together_and_what_was_decided(record, capsys):
    at, key, reports = widest(record)
    review(record, "j" * at + "alooks right\nq")
    rows = logged(record, capsys, key)
    assert [row["what"] for row in rows] == ["first report", *["report joined"] * (len(reports) - 1), "accept"]
    assert all("bits" in row["reason"] for row in rows[1:-1])
    (event, decided) = logged(record, capsys, reports[-1])
    assert (event["what"], decided["reason"]) == ("read", "looks right")


def test_the_log_of_a_document_says_where_it_was_found_and_of_nothing_is_an_error(record, capsys):
    with kronika.open(record) as opened:
        key = opened.documents()[0].id
    assert {"published", "found at", "read by version"} <= {row["what"] for row in logged(record, capsys, key)}
    assert run(["log", record, "e-none"]) == 1
    assert "nothing with the id e-none" in capsys.readouterr().err
    assert run(["log", record, "e-none", "--lost"]) == 2
