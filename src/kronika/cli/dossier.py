"""Dossiers on stdout, for ``kronika facility``, ``kronika actor`` and ``kronika topic``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kronika.cli.output import C, format_option

if TYPE_CHECKING:
    from kronika.query.dossier import Dossier

#: The columns of each part that a table shows; other formats have them all.
COLUMNS = {
    "ledger": ("number", "date", "kind", "status", "targets", "sources", "reports", "denied_by", "incident"),
    "counts": ("published", "publisher", "words", "asserted", "since", "on_record", "verdict", "missing", "between"),
    "incidents": ("date", "type", "mode", "status", "place", "targets", "figures", "sources", "id"),
    "supply": ("subject", "predicate", "object", "sources", "documents", "published", "publisher"),
    "deployments": ("published", "speaker", "sender", "force", "destination", "figure", "of", "part_of", "status"),
    "money": ("published", "publisher", "sum", "stage", "what", "holder"),
    "statements": ("published", "speaker", "stance", "certainty", "text", "publisher"),
}
_TITLES = {
    "ledger": "LEDGER",
    "counts": "COUNTS THAT DOCUMENTS ASSERT, AND WHAT THE RECORD HOLDS",
    "incidents": "INCIDENTS",
    "supply": "RELATIONS AND SUPPLY",
    "deployments": "DEPLOYMENTS",
    "money": "MONEY",
    "statements": "STATEMENTS",
}


#: What a thing is called that is no entity of the record.
_KINDS = {"name": "as reports write it", "place": "place", "topic": "topic"}


def dossier_options(*parts: str) -> Callable[[C], C]:
    """Give a command the options ``--part`` and ``--format``, as its arguments ``part`` and ``form``."""
    part = click.option("--part", type=click.Choice(parts), help="Only this part; CSV and JSON lines need one.")

    def add(command: C) -> C:
        return part(format_option(command))

    return add


def write_dossier(found: Dossier, part: str | None, form: str) -> None:
    """Print a dossier, or one part of it."""
    if form in ("csv", "jsonl") and part is None:
        raise click.UsageError(f"--format {form} is of one part: give --part {' or '.join(found.parts)}")
    if form == "table":
        _show(found, part)
        return
    from kronika.export import write_csv, write_json, write_jsonl

    rows = found.parts[part] if part else []
    if form == "csv":
        write_csv(rows, sys.stdout)
    elif form == "jsonl":
        write_jsonl(rows, sys.stdout)
    else:
        write_json(rows if part else [found.to_dict()], sys.stdout)
    sys.stdout.flush()


def _show(found: Dossier, part: str | None) -> None:
    from kronika.cli.output import write_table
    from kronika.cli.page import Page

    page, thing = Page(), found.thing
    page.line(
        (thing.name, "bold"),
        f"  {_KINDS.get(thing.kind, thing.kind)}",
        (f"  {thing.entity.id}" if thing.entity else "", "dim"),
    )
    for alias in thing.entity.aliases if thing.entity else ():
        documents = len({span.document for span in alias.spans})
        page.line((f"“{alias.name}” in {documents} document{'' if documents == 1 else 's'}", "dim"), indent=3)
    for name, rows in found.parts.items():
        if rows and part in (None, name):
            page.line("")
            page.line((_TITLES[name], "bold"))
            write_table([_shown(row) for row in rows], COLUMNS[name])
    if not any(rows for name, rows in found.parts.items() if part in (None, name)):
        click.echo("nothing found", err=True)


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    return {name: "" if value is None else value for name, value in row.items()}
