"""``kronika incidents``."""

from __future__ import annotations

import click

from kronika.cli.output import format_option, write_listing

_COLUMNS = ("date", "type", "mode", "status", "place", "country", "actors", "targets", "instruments", "reports", "id")


@click.command()
@click.argument("record")
@click.option("--facility", help="Part of the name of a target or place.")
@click.option("--actor", help="Part of the name of a participant.")
@click.option("--country", help="ISO 3166 code or English name.")
@click.option("--since", help="ISO date or prefix: 2025-04-29, 2025-04.")
@click.option("--until", help="ISO date or prefix.")
@click.option("--type", "type_", help="PLOVER type, for instance ASSAULT.")
@format_option
def incidents(
    record: str,
    facility: str | None,
    actor: str | None,
    country: str | None,
    since: str | None,
    until: str | None,
    type_: str | None,
    form: str,
) -> None:
    """What happened, per all reports in RECORD.

    \b
    Examples:
      kronika incidents war.kronika --country RU --since 2025-04
      kronika incidents war.kronika --facility refinery --format csv > refinery.csv
    """
    from kronika.api import Record
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        listing = opened.incidents(
            facility=facility, actor=actor, country=country, since=since, until=until, type=type_
        )
        write_listing(listing, form, _COLUMNS)
