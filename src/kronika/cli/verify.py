"""``kronika verify``."""

from __future__ import annotations

import click

from kronika.cli.output import format_option, write_listing


@click.command()
@click.argument("record")
@format_option
def verify(record: str, form: str) -> int:
    """Check that RECORD holds what was written: raw bytes, documents, evidence and the log of decisions.

    Raw bytes are held to their SHA-256, documents to their ids, every span to the text, decisions to the chain of
    their hashes. What was altered is named, and the exit code is 1. The id of the last decision is printed: kept
    elsewhere, it shows if the end of the log was cut off.

    \b
    Examples:
      kronika verify war.kronika
      kronika verify war.kronika --format jsonl
    """
    from kronika.api import Record
    from kronika.store import Store
    from kronika.store.decisions import read_decisions

    with Record(Store.open(record, create=False)) as opened:
        listing = opened.verify()
        if len(listing):
            write_listing(listing, form, ("what", "id", "problem"))
            click.echo(f"{len(listing):,} altered", err=True)
            return 1
        counts = opened.store.counts()
        with opened.store.connect() as connection:
            decided = list(read_decisions(connection))
    last = f"; the last of {len(decided):,} decisions is {decided[-1].id}" if decided else ""
    click.echo(f"nothing was altered: {counts['documents']:,} documents, {counts['events']:,} events{last}", err=True)
    return 0
