"""``kronika check``."""

from __future__ import annotations

import click

from kronika.cli.output import format_option, write_listing


@click.command()
@click.argument("record")
@click.option("--kind", type=click.Choice(["geography", "office", "money", "count", "date"]), help="Only these.")
@format_option
def check(record: str, kind: str | None, form: str) -> None:
    """Contradictions in RECORD, with both their sides.

    \b
    Examples:
      kronika check war.kronika
      kronika check war.kronika --kind money --format jsonl
    """
    from kronika.api import Record
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        write_listing(opened.findings(kind), form, ("kind", "severity", "explanation", "evidence", "document"))
