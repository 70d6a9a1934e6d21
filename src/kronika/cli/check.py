"""``kronika check``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import click

from kronika.cli.output import format_option, limit_option, write_listing

if TYPE_CHECKING:
    from kronika.api import Record
    from kronika.cli.page import Page
    from kronika.query import Listing
    from kronika.records import Finding, Report, Span

#: Sentences of other documents that are quoted beside a finding.
_QUOTED = 3


@click.command()
@click.argument("record")
@click.option("--kind", type=click.Choice(["geography", "office", "money", "count", "date"]), help="Only these.")
@limit_option
@format_option
def check(record: str, kind: str | None, limit: int | None, form: str) -> None:
    """Contradictions in RECORD, with both their sides.

    \b
    Examples:
      kronika check war.kronika
      kronika check war.kronika --kind money --format jsonl
    """
    from kronika.api import Record
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        listing = opened.findings(kind)
        if form == "table":
            _show(opened, listing, limit)
        else:
            write_listing(listing, form, (), limit)


def _show(record: Record, listing: Listing[Finding], limit: int | None) -> None:
    """Print every finding with the sentences that hold its sides."""
    from kronika.cli.page import Page, source
    from kronika.cli.report import show_finding

    page, shown = Page(), 0
    report: Report | None = None
    for finding in islice(listing, limit):
        document = finding.evidence[0].document
        if report is None or report.document.id != document:
            report = record.store.report(document)
        if shown:
            page.line("")
        here = tuple(span for span in finding.evidence if span.document == document)
        show_finding(page, replace(finding, evidence=here), report, f"— {source(report.document)}", indent=0)
        _show_elsewhere(page, record, [span for span in finding.evidence if span.document != document])
        shown += 1
    click.echo(f"\n{shown:,} findings" if shown else "nothing found", err=True)


def _show_elsewhere(page: Page, record: Record, spans: Sequence[Span]) -> None:
    """Print the other side of a finding where it stands in other documents."""
    from kronika.cli.page import sentence, source
    from kronika.cli.report import TRIGGER

    for span in spans[:_QUOTED]:
        document = record.store.document(span.document)
        start, end = sentence(document.text, span.start, span.end)
        page.quote(document.text[start:end], start, [(span, TRIGGER)], tail=f"— {source(document)}", indent=3)
    if len(spans) > _QUOTED:
        page.line((f"and {len(spans) - _QUOTED} more on file", "dim"), indent=3)
