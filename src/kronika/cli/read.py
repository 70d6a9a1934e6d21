"""``kronika read``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kronika.cli.output import format_option

if TYPE_CHECKING:
    from kronika.records import Event, Report
    from kronika.sources import Refusal


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE…")
@click.option("--published", help="Publication date, ISO 8601: 2025-04-29.")
@click.option("--title", help="The headline.")
@click.option("--publisher", help="Who published it.")
@click.option("--url", help="Where it was published.")
@click.option("--encoding", help="The encoding of a file that does not say; UTF-8 otherwise.")
@click.option(
    "--map", "map_file", type=click.Path(dir_okay=False, path_type=Path), help="Draw its places into this HTML file."
)
@format_option
def read(
    articles: tuple[str, ...],
    published: str | None,
    title: str | None,
    publisher: str | None,
    url: str | None,
    encoding: str | None,
    map_file: Path | None,
    form: str,
) -> int:
    """What each ARTICLE (a file, a folder, a web address, or - for stdin) says, with its evidence and findings.

    Nothing is stored. CSV has one row for each event. A map (--map) is one file that opens without a network.

    \b
    Examples:
      kronika read article.txt --published 2025-04-29
      kronika read page.html --format json | jq '.[].events[].type'
      kronika read article.txt --map places.html
      curl -s https://example.org/story | kronika read -
    """
    from kronika.cli.main import OK, REJECTED

    stated = {"published": published, "title": title, "publisher": publisher, "url": url}
    refused: list[str] = []
    reports = _reports(_read(articles, {name: value for name, value in stated.items() if value}, encoding), refused)
    if map_file is not None:
        kept = list(reports)
        _draw(kept, map_file)
        reports = iter(kept)
    _write(reports, form)
    return REJECTED if refused else OK


def _reports(items: Iterator[Report | Refusal], refused: list[str]) -> Iterator[Report]:
    """Yield the reports, their evidence verified; say what is refused, and note it in ``refused``."""
    from kronika.errors import EvidenceError
    from kronika.records import Report
    from kronika.store.evidence import verify_report

    for item in items:
        if not isinstance(item, Report):
            refused.append(f"{item.message}{f' ({item.hint})' if item.hint else ''}")
            click.echo(f"refused: {refused[-1]}", err=True)
            continue
        if item.status == "unsupported language":
            refused.append(f"the article is in {item.document.language}, which is not read yet")
            click.echo(f"refused: {refused[-1]}", err=True)
        try:
            verify_report(item)
        except EvidenceError as error:
            raise click.ClickException(f"{error.message} ({error.hint})") from error
        yield item


def _read(articles: tuple[str, ...], stated: dict[str, str], encoding: str | None) -> Iterator[Report | Refusal]:
    import sys

    from kronika.api import read_articles
    from kronika.cli.progress import ready_gazetteer

    if "-" in articles and sys.stdin.isatty():
        click.echo("reading from the keyboard; end the article with Ctrl-D", err=True)
    ready_gazetteer()
    yield from read_articles(articles, stated=stated, encoding=encoding, notice=_notice)


def _notice(message: str) -> None:
    click.echo(f"notice: {message}", err=True)


def _draw(reports: list[Report], path: Path) -> None:
    from kronika.errors import KronikaError
    from kronika.export.place_map import write_place_map
    from kronika.gazetteer import open_gazetteer

    try:
        with path.open("w", encoding="utf-8") as stream:
            write_place_map(reports, stream, open_gazetteer())
    except OSError as error:
        raise KronikaError(f"the map can't be written to {path}: {error.strerror}") from error
    click.echo(f"map: {path}", err=True)


def _write(reports: Iterator[Report], form: str) -> None:
    from kronika.cli.output import write_listing
    from kronika.query import Listing
    from kronika.query.events import event_row

    if form == "table":
        from kronika.cli.report import show_report

        for number, report in enumerate(reports):
            if number:
                click.echo()
            show_report(report)
    elif form == "csv":
        events: Listing[Event] = Listing(lambda: (event for report in reports for event in report.events), event_row)
        write_listing(events, form, ())
    else:
        write_listing(Listing(lambda: reports, lambda report: {}), form, ())
