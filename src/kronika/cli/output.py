"""Listings on stdout: a table for people, JSON, JSON lines or CSV for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from itertools import islice
from typing import Any, TypeVar

import click

C = TypeVar("C", bound=Callable[..., Any])
FORMATS = ("table", "json", "jsonl", "csv")
#: Wide enough that no cell is cut when the table is piped.
_PIPED_WIDTH = 400


def format_option(command: C) -> C:
    """Give ``command`` the option ``--format``, as its argument ``form``."""
    option: Callable[[C], C] = click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How to print it."
    )
    return option(command)


def limit_option(command: C) -> C:
    """Give ``command`` the option ``--limit``, as its argument ``limit``."""
    option: Callable[[C], C] = click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N of them.")
    return option(command)


def write_listing(listing: Any, form: str, columns: tuple[str, ...], limit: int | None = None) -> None:
    """Print a :class:`kronika.query.Listing`, at most ``limit``; a table shows ``columns``, CSV the whole flat row."""
    items = islice(listing, limit)
    if form == "table":
        write_table([listing.row_of(item) for item in items], columns)
        return
    from kronika.export import write_csv, write_json, write_jsonl

    stream = sys.stdout
    if form == "json":
        write_json(items, stream)
    elif form == "jsonl":
        write_jsonl(items, stream)
    else:
        write_csv([listing.row_of(item) for item in items], stream)
    stream.flush()


def console() -> Any:
    """Return the console for stdout: coloured on a terminal, plain and wide when piped."""
    from rich.console import Console

    class Output(Console):
        def on_broken_pipe(self) -> None:
            """Leave it to the command line: that ``head`` has seen enough is no error, as rich would have it."""
            raise BrokenPipeError

    return Output(
        width=None if sys.stdout.isatty() else _PIPED_WIDTH, highlight=False, soft_wrap=not sys.stdout.isatty()
    )


def write_table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> None:
    """Print ``rows`` as a table with ``columns``; says so on stderr where there are none."""
    from rich.table import Table
    from rich.text import Text

    if not rows:
        click.echo("nothing found", err=True)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if row[column] is None else str(row[column])) for column in columns))
    console().print(table)
