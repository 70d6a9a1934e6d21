"""``kronika documents``."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from kronika.cli.output import format_option, limit_option, write_listing

if TYPE_CHECKING:
    from kronika.api import Record
    from kronika.query import Listing
    from kronika.query.search import Passage


_COPY_COLUMNS = ("family", "published", "publisher", "title", "resemblance", "containment", "is_first", "id")


@click.command()
@click.argument("record")
@click.option("--search", metavar="WORDS", help='Those that hold all WORDS; "quoted words" must stand together.')
@click.option("--copies", is_flag=True, help="The families of copies: which texts were published more than once.")
@click.option("--diff", nargs=2, metavar="A B", help="What differs between two documents, word by word.")
@click.option("--rejected", is_flag=True, help="Those that were refused, with the reason.")
@limit_option
@format_option
def documents(
    record: str,
    search: str | None,
    copies: bool,
    diff: tuple[str, str] | None,
    rejected: bool,
    limit: int | None,
    form: str,
) -> None:
    """The documents of RECORD, those that hold certain words, those that are copies, or those that were refused.

    \b
    Examples:
      kronika documents war.kronika
      kronika documents war.kronika --search 'refinery "air defence"'
      kronika documents war.kronika --copies
      kronika documents war.kronika --diff d-2xn7ece74ybg d-8k2m3np4qrst
      kronika documents war.kronika --rejected
    """
    if (search is not None) + rejected + copies + (diff is not None) > 1:
        raise click.UsageError("--search, --copies, --diff and --rejected ask for different things: give one of them")
    from kronika.api import Record
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        if rejected:
            write_listing(opened.rejects(), form, ("where", "reason", "message", "hint"), limit)
        elif copies:
            write_listing(opened.copies(), form, _COPY_COLUMNS, limit)
        elif diff is not None and form == "table":
            _show_diff(opened, *diff, limit)
        elif diff is not None:
            write_listing(opened.diff(*diff), form, (), limit)
        elif search is None:
            write_listing(opened.documents(), form, ("published", "publisher", "title", "characters", "id"), limit)
        elif form == "table":
            _show(opened.search(search), limit)
        else:
            write_listing(opened.search(search), form, (), limit)


def _show(listing: Listing[Passage], limit: int | None) -> None:
    """Print every document that was found, with the passage that answers."""
    from kronika.cli.page import Page
    from kronika.cli.report import TRIGGER

    page, shown = Page(), 0
    for found in islice(listing, limit):
        about = " · ".join(part for part in (found.publisher, (found.published or "")[:10], found.document) if part)
        page.line((found.title or "untitled", "bold"), (f"  {about}", "dim"))
        page.quote(found.span.text, found.span.start, [(match, TRIGGER) for match in found.matches])
        shown += 1
    click.echo(f"\n{shown:,} documents" if shown else "nothing found", err=True)


def _show_diff(record: Record, before: str, after: str, limit: int | None) -> None:
    """Print what differs between two documents, what the first has above what the second has."""
    from kronika.cli.page import Page, source

    page, changes = Page(), record.diff(before, after)
    for mark, key in (("-", before), ("+", after)):
        document = record.store.document(key)
        page.line((f"{mark} {document.title or 'untitled'}", "bold"), (f"  {source(document)}  {key}", "dim"))
    for change in islice(changes, limit):
        page.line("")
        for mark, span, style in (("-", change.before, "red"), ("+", change.after, "green")):
            if span is not None:
                page.line((f"{mark} {' '.join(span.text.split())}", style), hang=2)
    stretches = f"{len(changes):,} stretch{'' if len(changes) == 1 else 'es'} of words"
    click.echo(f"\n{stretches} differ" if changes else "no word differs", err=True)
