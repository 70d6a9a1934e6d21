"""``kronika facility``."""

from __future__ import annotations

import click

from kronika.cli.dossier import dossier_options, write_dossier


@click.command()
@click.argument("record")
@click.argument("name")
@dossier_options("ledger", "counts", "supply", "deployments", "money")
def facility(record: str, name: str, part: str | None, form: str) -> None:
    """The ledger of a facility, town or unit in RECORD: what happened there, in order.

    Counts that documents assert ("the fifth strike this year") are compared with what the record holds: borne out,
    contradicted, or incomplete with how many are missing and between which dates.

    \b
    Examples:
      kronika facility war.kronika "Ryazan oil refinery"
      kronika facility war.kronika "Kremniy EL" --part counts --format csv
    """
    from kronika.api import Record
    from kronika.query.dossier import facility_dossier
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        opened.link()
        write_dossier(facility_dossier(opened.store, name), part, form)
