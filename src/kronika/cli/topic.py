"""``kronika topic``."""

from __future__ import annotations

import click

from kronika.cli.dossier import dossier_options, write_dossier


@click.command()
@click.argument("record")
@click.argument("words")
@click.option("--speaker", metavar="NAME", help="Only the statements of one person or body.")
@dossier_options("incidents", "deployments", "supply", "money", "statements")
def topic(record: str, words: str, speaker: str | None, part: str | None, form: str) -> None:
    """What RECORD holds on a matter: incidents, relations, sums of money, and statements in order.

    \b
    Examples:
      kronika topic war.kronika "frozen Russian assets"
      kronika topic war.kronika casualties --speaker "Pavel Malkov" --part statements
    """
    from kronika.api import Record
    from kronika.query.dossier import topic_dossier
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        opened.link()
        write_dossier(topic_dossier(opened.store, words, speaker), part, form)
