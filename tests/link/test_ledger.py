from __future__ import annotations

from dataclasses import replace

from kronika.link.incidents import link_events
from kronika.link.ledger import Verdict, count_findings, incidents_of, ledger
from kronika.link.names import fold_translit
from kronika.records import Severity, Status

WORKS = "Lyskovo Bearing Works"


def book_of(made):
    incidents = link_events(made.events, made.documents.values(), made.claims).incidents
    chosen = incidents_of(incidents, {fold_translit(WORKS)})
    return ledger(chosen, made.events), chosen


def strike(made, name, day, **given):
    return made.event(name, day, "Lyskovo", target=WORKS, **given)


def test_incidents_stand_in_order_and_denied_ones_have_no_number(made):
    strike(made, "a", "2025-05-01")
    strike(made, "b", "2024-11-12")
    strike(made, "c", "2025-02-02", status=Status.DENIED)
    book, _ = book_of(made)
    assert [(row.number, row.start) for row in book.rows] == [(1, "2024-11-12"), (0, "2025-02-02"), (2, "2025-05-01")]


def test_a_count_that_the_record_holds_is_borne_out(made):
    strike(made, "a", "2024-11-12")
    strike(made, "b", "2025-05-01", ordinal=2, since="2022")
    book, chosen = book_of(made)
    assert [one.verdict for one in book.asserted] == [Verdict.BORNE_OUT]
    assert count_findings(book, chosen, made.events) == []


def test_a_higher_count_says_how_many_are_missing_and_between_which_days(made):
    strike(made, "a", "2024-11-12", ordinal=1, since="2022")
    last = strike(made, "b", "2025-05-01", ordinal=5, since="2022")
    book, chosen = book_of(made)
    asserted = book.asserted[-1]
    assert (asserted.event, asserted.verdict, asserted.missing) == (last.id, Verdict.INCOMPLETE, 3)
    assert (asserted.after, asserted.before) == ("2024-11-12", "2025-05-01")
    (finding,) = count_findings(book, chosen, made.events)
    assert finding.severity is Severity.NOTE
    assert "3 are missing between 2024-11-12 and 2025-05-01" in finding.explanation


def test_a_lower_count_is_contradicted_by_what_is_on_file(made):
    for name, day in (("a", "2024-01-10"), ("b", "2024-06-10"), ("c", "2024-09-10")):
        strike(made, name, day)
    strike(made, "d", "2025-05-01", ordinal=2, since="2022")
    book, chosen = book_of(made)
    assert book.asserted[0].verdict is Verdict.CONTRADICTED
    (finding,) = count_findings(book, chosen, made.events)
    assert finding.severity is Severity.WARNING
    assert len(finding.evidence) == 5


def test_strikes_before_the_year_that_is_counted_from_do_not_count(made):
    strike(made, "a", "2021-11-12")
    strike(made, "b", "2025-05-01", ordinal=1, since="2022")
    assert book_of(made)[0].asserted[0].verdict is Verdict.BORNE_OUT


def test_again_asks_for_two_or_more(made):
    strike(made, "a", "2025-05-01", ordinal=2, again=True)
    assert book_of(made)[0].asserted[0].missing == 1
    strike(made, "b", "2025-01-01")
    strike(made, "c", "2025-02-01")
    assert book_of(made)[0].asserted[0].verdict is Verdict.BORNE_OUT


def test_a_second_one_on_a_day_is_listed_and_not_counted_and_two_nights_are_two(made):
    strike(made, "a", "2025-04-30", last="2025-05-01")
    strike(made, "a", "2025-05-01", last="2025-05-02")
    strike(made, "a", "2025-05-02")
    strike(made, "a", "2025-05-02", last="2025-05-03", ordinal=3, since="2022")
    book, _ = book_of(made)
    assert [row.number for row in book.rows] == [1, 2, 0, 3]
    (count,) = book.asserted
    assert (count.on_record, count.verdict) == (3, Verdict.BORNE_OUT)


def test_a_count_that_is_told_of_a_second_one_on_a_day_counts_that_day_once(made):
    strike(made, "a", "2025-05-01")
    strike(made, "a", "2025-05-01", ordinal=1, since="2022")
    (count,) = book_of(made)[0].asserted
    assert (count.on_record, count.verdict) == (1, Verdict.BORNE_OUT)


def test_a_row_says_what_kind_it_was_and_of_what(made):
    strike(made, "a", "2025-05-01")
    (row,) = book_of(made)[0].rows
    assert (row.kind, row.targets) == ("ASSAULT drone", (WORKS,))


def test_a_gap_that_an_earlier_count_knew_lies_before_that_count(made):
    strike(made, "a", "2025-01-10", ordinal=1, since="2025")
    strike(made, "b", "2025-03-01", last="2025-03-02", ordinal=3, since="2025")
    strike(made, "c", "2025-06-01", ordinal=4, since="2025")
    gaps = [(one.missing, one.after, one.before) for one in book_of(made)[0].asserted]
    assert gaps == [(0, None, "2025-01-10"), (1, "2025-01-10", "2025-03-02"), (1, "2025-01-10", "2025-03-02")]


def test_a_count_that_is_told_of_a_happening_without_a_day_is_of_one_on_file(made):
    strike(made, "a", "2025-01-10")
    strike(made, "b", None, ordinal=3, published="2025-02-01", status=Status.HISTORICAL)
    incidents = link_events(made.events, made.documents.values(), made.claims).incidents
    memory = made.events[1]
    held = replace(incidents[0], reports=(*incidents[0].reports, memory.id))
    (count,) = ledger([held], made.events).asserted
    assert (count.on_record, count.missing) == (1, 2)


def test_what_is_dated_after_all_its_reports_is_not_counted(made):
    strike(made, "a", "2025-05-01")
    strike(made, "b", "2026-01-01", published="2025-12-08")
    incidents = link_events(made.events, made.documents.values()).incidents
    published = {key: document.published for key, document in made.documents.items()}
    assert [row.number for row in ledger(incidents, made.events, published).rows] == [1, 0]
