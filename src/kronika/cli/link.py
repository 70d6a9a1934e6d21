"""``kronika link``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kronika.cli.output import format_option

if TYPE_CHECKING:
    from kronika.api import Record
    from kronika.query.explaining import Explained


@click.command()
@click.argument("record")
@click.option("--again", is_flag=True, help="Link everything anew, not only what came since.")
@click.option(
    "--explain", nargs=2, metavar="A B", help="Why two events, or the first reports of two incidents, are one or not."
)
@format_option
def link(record: str, again: bool, explain: tuple[str, str] | None, form: str) -> None:
    """Put together the incidents of RECORD from what its documents report.

    Only what is new is looked at; stopped at any moment and called again, the record ends as if nothing had happened.
    Other commands link by themselves what came since.

    \b
    Examples:
      kronika link war.kronika
      kronika link war.kronika --explain e-8k2m3np4qrst i-2xn7ece74ybg
    """
    from kronika.api import Record
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        if explain is not None:
            opened.link(again=again)
            _explain(opened, *explain, form)
            return
        done = opened.link(again=again)
        click.echo(f"{done.documents:,} documents linked, {done.incidents:,} incidents put together", err=True)


def _explain(record: Record, one: str, other: str, form: str) -> None:
    from kronika.cli.output import write_listing
    from kronika.query.explaining import explain_pair
    from kronika.query.listing import Listing

    found = explain_pair(record.store, one, other)
    if form != "table":
        rows = found.rows()
        write_listing(Listing(lambda: iter(rows), dict), form, ())
        return
    _show(record, found)


def _show(record: Record, found: Explained) -> None:
    from kronika.cli.output import write_table
    from kronika.cli.page import Page, source
    from kronika.cli.report import TRIGGER

    page = Page()
    for event in found.events:
        page.line((event.id, "bold"), f"  {event.type} {event.mode}".rstrip())
        tail = f"— {source(record.store.document(event.document))}"
        page.quote(event.evidence.text, event.evidence.start, [(event.trigger, TRIGGER)], tail=tail)
    write_table(found.rows(), ("comparison", "level", "one", "other", "weight"))
    page.line("")
    page.line((found.verdict, "bold"))
    for reason in found.reasons:
        page.line(reason)
