"""Progress on stderr: a bar on a terminal, one line for what takes long elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kronika.engine.adding import Added
    from kronika.sources import Refusal


@contextmanager
def steps() -> Iterator[Callable[[str, float], None]]:
    """Show a bar for work that tells its step and the share of it that is done (0 to 1)."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("gazetteer: {task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda step, share: bar.update(task, description=step, completed=share)


def ready_gazetteer(quiet: bool = False) -> None:
    """Build the index of the gazetteer if there is none: once for each installation, some seconds.

    Raises:
        GazetteerError: it can't be built.
    """
    from kronika.gazetteer.index import index_to_build

    path = index_to_build()
    if path is None:
        return
    from kronika.gazetteer.build import build_index

    if not quiet:
        click.echo(f"building the gazetteer, this once: {path}", err=True)
    if quiet:
        build_index(path)
        return
    with steps() as progress:
        build_index(path, progress=progress)


class Reading:
    """The bar of ``kronika add``: documents done of all, a second, time left, refused; a line for each refusal."""

    def __init__(self, total: int | None, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self.console = Console(stderr=True, highlight=False)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            console=self.console,
            disable=quiet or not self.console.is_terminal,
        )
        self.total = total
        self.task = self.bar.add_task("loading the language model", total=total, rate="")

    def __enter__(self) -> Reading:
        self.bar.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.bar.stop()

    def show(self, added: Added, refusal: Refusal | None) -> None:
        """Show the counts so far, and the message of a refusal."""
        if refusal is not None:
            hint = f" ({refusal.hint})" if refusal.hint else ""
            self.bar.console.print(f"refused: {refusal.message}{hint}", markup=False, soft_wrap=True)
        task = self.bar.tasks[0]
        total = max(self.total, added.seen) if self.total else None
        rate = _rate(added.seen, (total or added.seen) - added.seen, task.elapsed or 0.0)
        self.bar.update(self.task, description="reading", completed=added.seen, total=total, rate=rate)

    def notice(self, message: str) -> None:
        """Show what has to be said of an article that is read all the same."""
        self.bar.console.print(f"notice: {message}", markup=False, soft_wrap=True)


def _rate(done: int, left: int, seconds: float) -> str:
    """Return documents a second and the time left, as far as they are known.

    >>> _rate(40, 120, 4.0)
    '10.0/s, 0:12 left'
    """
    if not done or seconds <= 0:
        return ""
    speed = done / seconds  # over the whole run: documents come in batches, and the last moment tells little
    minutes, rest = divmod(round(left / speed), 60)
    return f"{speed:,.1f}/s, {minutes}:{rest:02d} left"
