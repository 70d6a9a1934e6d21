"""``kronika review``."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kronika.api import Record


@click.command()
@click.argument("record")
@click.option("--who", metavar="NAME", help="Who decides; by default the name you are logged in by.")
@click.option("--facility", help="Only incidents with this part of a name of a target or place.")
@click.option("--since", help="Only incidents since this ISO date or prefix.")
@click.option("--until", help="Only incidents until this ISO date or prefix.")
@click.option("--all", "everything", is_flag=True, help="Also those that were accepted or rejected already.")
def review(
    record: str, who: str | None, facility: str | None, since: str | None, until: str | None, everything: bool
) -> None:
    """Decide about the incidents of RECORD, one after the other, from the keyboard.

    Every decision is appended to the log with who, when and why, and survives when documents are read again by a newer
    version. Press ? for the keys.

    \b
    Examples:
      kronika review war.kronika
      kronika review war.kronika --facility refinery --since 2025-01 --who Ada
    """
    from kronika.api import Record
    from kronika.cli.page import Page
    from kronika.cli.reviewing import Session
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        found = opened.incidents(facility=facility, since=since, until=until, rejected=everything)
        states = opened.review_states(found)
        queue = [one.id for one in found if everything or states[one.id] in ("open", "partly")]
        if not queue:
            click.echo("nothing is left to review", err=True)
            return
        made = Session(opened, who or _login(), _now, queue, Page()).run()
        _say_what_is_lost(opened)
    click.echo(f"{made:,} decision{'' if made == 1 else 's'} appended to the log", err=True)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no entry for this user
        return "unknown"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _say_what_is_lost(opened: Record) -> None:
    lost = len(opened.lost_decisions())
    if lost:
        are = "decision speaks" if lost == 1 else "decisions speak"
        click.echo(f"{lost:,} {are} of what the record no longer has: kronika log RECORD --lost", err=True)
