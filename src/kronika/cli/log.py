"""``kronika log``."""

from __future__ import annotations

import click

from kronika.cli.output import format_option, limit_option, write_listing

_COLUMNS = ("when", "what", "who", "field", "value", "reason", "state", "id")


@click.command()
@click.argument("record")
@click.argument("key", metavar="[ID]", required=False)
@click.option("--lost", is_flag=True, help="Decisions about what a newer version no longer reads.")
@limit_option
@format_option
def log(record: str, key: str | None, lost: bool, limit: int | None, form: str) -> None:
    """The history of RECORD, or of one incident, event, document or decision in it: who decided what, when and why.

    \b
    Examples:
      kronika log war.kronika
      kronika log war.kronika i-2xn7ece74ybg
      kronika log war.kronika --lost
    """
    from kronika.api import Record
    from kronika.store import Store

    if lost and key:
        raise click.UsageError("--lost is of the whole record: give no id with it")
    with Record(Store.open(record, create=False)) as opened:
        listing = opened.lost_decisions() if lost else opened.history(key)
        columns = ("when", "verdict", "who", "reason", "missing", "id") if lost else _COLUMNS
        write_listing(listing, form, columns, limit)
