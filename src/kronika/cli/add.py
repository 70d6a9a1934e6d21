"""``kronika add``."""

from __future__ import annotations

import click


@click.command()
@click.argument("record")
@click.argument("sources", nargs=-1, required=True)
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read.")
@click.option("--publisher", help="The publisher of all of them.")
@click.option("--published", help="The publication date of all of them, ISO 8601.")
@click.option("--encoding", help="The encoding of files that do not say; UTF-8 otherwise.")
@click.option("--again", is_flag=True, help="Read also what was read before.")
@click.option("--quiet", "-q", is_flag=True, help="No progress, only errors.")
def add(
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
    from kronika.cli.progress import Reading, ready_gazetteer
    from kronika.sources import count_articles

    stated = {name: value for name, value in (("publisher", publisher), ("published", published)) if value}
    with kronika.open(record) as opened:
        ready_gazetteer(quiet)
        with Reading(count_articles(sources), quiet) as reading:
            added = opened.add(
                *sources,
                workers=workers,
                again=again,
                stated=stated,
                encoding=encoding,
                progress=reading.show,
                notice=reading.notice,
            )
        counts = opened.store.counts()
    if not quiet:
        click.echo(f"{added.read:,} read, {added.known:,} known already, {added.rejected:,} refused", err=True)
        parts = ", ".join(f"{counts[name]:,} {name}" for name in ("events", "claims", "findings"))
        click.echo(f"{record} now holds {counts['documents']:,} documents: {parts}", err=True)
    if added.rejected and not quiet:
        click.echo(f"what was refused, and why: kronika documents {record} --rejected", err=True)
    return REJECTED if added.rejected else OK
