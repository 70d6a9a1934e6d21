"""``kronika actor``."""

from __future__ import annotations

import click

from kronika.cli.dossier import dossier_options, write_dossier


@click.command()
@click.argument("record")
@click.argument("name")
@dossier_options("incidents", "deployments", "supply", "money", "statements")
def actor(record: str, name: str, part: str | None, form: str) -> None:
    """What a person, body, state or force in RECORD did, sent, paid and said, in order.

    Figures of a deployment stand with their speakers, parts with their whole. Copies of a text are left out.

    \b
    Examples:
      kronika actor war.kronika "Pavel Malkov" --part statements
      kronika actor war.kronika "North Korea" --format json
    """
    from kronika.api import Record
    from kronika.query.dossier import actor_dossier
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        opened.link()
        write_dossier(actor_dossier(opened.store, name), part, form)
