from __future__ import annotations

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
