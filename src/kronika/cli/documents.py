"""``kronika documents``."""

from __future__ import annotations

import click

from kronika.cli.output import format_option, write_listing


@click.command()
@click.argument("record")
@click.option("--rejected", is_flag=True, help="Those that were refused, with the reason.")
@format_option
def documents(record: str, rejected: bool, form: str) -> None:
    """The documents of RECORD, or those that were refused.

    \b
    Examples:
      kronika documents war.kronika
      kronika documents war.kronika --rejected
    """
    from kronika.api import Record
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        if rejected:
            write_listing(opened.rejects(), form, ("where", "reason", "message", "hint"))
        else:
            write_listing(opened.documents(), form, ("id", "published", "publisher", "title", "language", "characters"))
