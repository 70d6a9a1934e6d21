"""The ``kronika`` command: finds its subcommands, and turns errors into a message, a hint and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from kronika import __version__
from kronika.errors import KronikaError, RejectedDocument

#: Command to its module in this package and its one-line help; both fixed here so that ``--help`` imports nothing.
COMMANDS = {
    "read": "What one article says, with its evidence and findings.",
    "add": "Read documents into a record; goes on where it stopped.",
    "link": "Put together the incidents from what the documents report.",
    "incidents": "What happened, per all reports.",
    "facility": "The ledger of one facility or town, and what is counted about it.",
    "actor": "What one person, body, state or force did, sent, paid and said.",
    "topic": "What was done and said on one matter.",
    "check": "Contradictions, with both their sides.",
    "review": "Decide about incidents, from the keyboard.",
    "log": "Who decided what, when and why.",
    "verify": "Check that the record holds what was written.",
    "documents": "The documents of a record, or those that were refused.",
    "serve": "The record in the browser: look, follow, doubt, decide.",
    "gazetteer": "Build or look into the gazetteer.",
}
OK, ERROR, USAGE, REJECTED, INTERRUPTED = 0, 1, 2, 3, 130


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"kronika.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; that the reader of our output has gone is no error."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # nothing more can be said on stdout, at exit neither
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return OK
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all well, 1 error, 2 wrong usage, 3 something was refused, 130 interrupted.",
)
@click.version_option(__version__, prog_name="kronika")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def kronika(debug: bool) -> None:
    """Turn war reporting into a record you can audit.

    \b
    Examples:
      kronika read article.txt --published 2025-04-29
      kronika add war.kronika articles/ --workers 2
      kronika incidents war.kronika --since 2025-04 --format csv
      kronika check war.kronika
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    sys.exit(run(arguments))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; data goes to stdout, talk to stderr."""
    try:
        code = kronika.main(args=list(arguments), prog_name="kronika", standalone_mode=False)
    except (click.exceptions.Abort, KeyboardInterrupt):  # click turns only what comes within its own code into Abort
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except KronikaError as error:
        if "--debug" in arguments:
            raise
        click.echo(f"error: {error.message}", err=True)
        if error.hint:
            click.echo(f"hint: {error.hint}", err=True)
        return REJECTED if isinstance(error, RejectedDocument) else ERROR
    return code if isinstance(code, int) else OK
