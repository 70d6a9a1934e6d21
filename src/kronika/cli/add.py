"""``kronika add``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kronika.api import Added
    from kronika.sources import Refusal


@click.command()
@click.argument("record")
@click.argument("sources", nargs=-1, required=True)
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
@click.option("--publisher", help="The publisher of all of them.")
@click.option("--published", help="The publication date of all of them, ISO 8601.")
@click.option("--encoding", help="The encoding of files that do not say; UTF-8 otherwise.")
@click.option("--again", is_flag=True, help="Read also what was read before.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, only errors.")
@click.pass_context
def add(
    ctx: click.Context,
    record: str,
    sources: tuple[str, ...],
    workers: int,
    publisher: str | None,
    published: str | None,
    encoding: str | None,
    again: bool,
    quiet: bool,
) -> int:
    """Read SOURCES (files, folders, JSON lines, web addresses, - for stdin) into RECORD.

    Stopped at any moment and started again, it goes on where it stopped.

    \b
    Examples:
      kronika add war.kronika articles/ --workers 2
      kronika add war.kronika news.jsonl.gz https://example.org/story
    """
    import kronika
    from kronika.cli.main import OK, REJECTED

    stated = {name: value for name, value in (("publisher", publisher), ("published", published)) if value}
    with kronika.open(record) as opened, _Progress(quiet) as progress:
        added = opened.add(
            *sources, workers=workers, again=again, stated=stated, encoding=encoding, progress=progress.show
        )
    if not quiet:
        click.echo(f"{added.read:,} read, {added.known:,} known already, {added.rejected:,} refused", err=True)
    return REJECTED if added.rejected else OK


class _Progress:
    """A line on stderr: documents done, documents a second, refused; plain messages for what was refused."""

    def __init__(self, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self.console = Console(stderr=True, highlight=False)
        self.bar = Progress(
            SpinnerColumn(),
            TextColumn("reading"),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]} · {task.fields[rejected]} refused"),
            TimeElapsedColumn(),
            console=self.console,
            disable=quiet or not self.console.is_terminal,
        )
        self.task = self.bar.add_task("reading", total=None, rate="", rejected=0)

    def __enter__(self) -> _Progress:
        self.bar.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.bar.stop()

    def show(self, added: Added, refusal: Refusal | None) -> None:
        """Show the counts so far, and the message of a refusal."""
        if refusal is not None:
            hint = f" ({refusal.hint})" if refusal.hint else ""
            self.bar.console.print(f"refused: {refusal.message}{hint}", markup=False, soft_wrap=True)
        speed = self.bar.tasks[0].speed
        rate = f"{speed:.1f} documents/s" if speed else ""
        self.bar.update(self.task, completed=added.seen, rate=rate, rejected=added.rejected)
