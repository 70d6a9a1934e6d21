"""Findings: a report compared with itself and with what is known."""

from __future__ import annotations

from kronika.check.counts import check_counts
from kronika.check.dates import check_dates
from kronika.check.geography import check_geography
from kronika.check.money import check_money
from kronika.check.office import check_offices
from kronika.records import Finding, Report

__all__ = ["check_report"]


def check_report(report: Report) -> tuple[Finding, ...]:
    """Return where a report contradicts itself or what is known, in the order of the text; nothing is changed.

    What needs more than one document (asserted counts against the strikes on record) is left to the record.
    """
    document = report.document
    found = [
        *check_geography(report.places, document),
        *check_offices(document, report.mentions),
        *check_money(report.money, document.published),
        *check_counts(report.quantities, document),
        *check_dates(document, report.events),
    ]
    return tuple(sorted(found, key=lambda finding: (finding.evidence[0].start, finding.kind, finding.id)))
