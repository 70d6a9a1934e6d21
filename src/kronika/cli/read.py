"""``kronika read``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from kronika.cli.output import console, format_option

if TYPE_CHECKING:
    from kronika.records import Event, Report


@click.command()
@click.argument("article")
@click.option("--published", help="Publication date, ISO 8601: 2025-04-29.")
@click.option("--title", help="The headline.")
@click.option("--publisher", help="Who published it.")
@click.option("--url", help="Where it was published.")
@click.option("--encoding", help="The encoding of a file that does not say; UTF-8 otherwise.")
@format_option
def read(
    article: str,
    published: str | None,
    title: str | None,
    publisher: str | None,
    url: str | None,
    encoding: str | None,
    form: str,
) -> None:
    """What ARTICLE (a file, a web address, or - for stdin) says, with its evidence and findings.

    \b
    Examples:
      kronika read article.txt --published 2025-04-29
      kronika read page.html --format json | jq '.[].events[].type'
      curl -s https://example.org/story | kronika read -
    """
    from kronika.cli.output import write_listing
    from kronika.query import Listing

    stated = {"published": published, "title": title, "publisher": publisher, "url": url}
    reports = list(_reports(article, {name: value for name, value in stated.items() if value}, encoding))
    if form == "csv":
        from kronika.query.events import event_row

        write_listing(Listing(lambda: (event for report in reports for event in report.events), event_row), form, ())
    elif form == "table":
        for report in reports:
            _show(report)
    else:
        write_listing(Listing(lambda: iter(reports), lambda report: {}), form, ())


def _reports(article: str, stated: dict[str, str], encoding: str | None) -> Iterator[Report]:
    from kronika.api import read_raws
    from kronika.errors import RejectedDocument
    from kronika.settings import settings
    from kronika.sources import Refusal, read_sources

    raws = []
    for item in read_sources([article], settings(), stated=stated, encoding=encoding):
        if isinstance(item, Refusal):
            raise RejectedDocument(item.message, item.reason, item.hint)
        raws.append(item)
    yield from read_raws(raws)


def _show(report: Report) -> None:
    """Print one report for people: each event with its sentence, the words that make it marked."""
    from rich.text import Text

    out = console()
    document = report.document
    head = " · ".join(part for part in (document.title, document.publisher, document.published) if part)
    out.print(Text(head or document.id, style="bold"))
    out.print(
        f"{report.status}: {len(report.events)} events, {len(report.claims)} claims, {len(report.findings)} findings"
    )
    for event in report.events:
        out.print()
        out.print(
            Text(" ".join(part for part in (event.type, event.mode, f"[{event.status.value}]") if part), "bold cyan")
        )
        for name, value in _facts(event):
            out.print(Text.assemble(("  " + name.ljust(11), "dim"), value))
        out.print(_evidence(event))
    for claim in report.claims:
        speaker = claim.speaker.mention.name if claim.speaker.mention else claim.speaker.description or "the article"
        said = " … ".join(" ".join(span.text.split()) for span in claim.content)
        out.print(
            Text.assemble("\n", (f"{speaker} {claim.stance.value}", "bold"), f" ({claim.certainty.value}): {said}")
        )
    for finding in report.findings:
        out.print(
            Text.assemble(
                "\n", (f"{finding.severity.value}: {finding.kind.value}", "bold yellow"), f" {finding.explanation}"
            )
        )
        for span in finding.evidence:
            out.print(Text(f"  “{' '.join(span.text.split())}”"))


def _facts(event: Event) -> Iterator[tuple[str, str]]:
    from dataclasses import fields

    from kronika.query.events import names

    for field in fields(event.roles):
        if mentions := getattr(event.roles, field.name):
            yield field.name, names(mentions)
    if event.time is not None:
        yield "time", event.time.edtf or (event.time.span.text if event.time.span else "")
    if event.place is not None:
        place = event.place
        parts = (place.name or place.surface, place.admin1, place.country)
        where = ", ".join(dict.fromkeys(part for part in parts if part))
        yield "place", f"{place.relation.value} {where} ({place.precision.value})"
    if event.effects:
        yield (
            "effects",
            "; ".join(dict.fromkeys(("no " if effect.negated else "") + effect.kind for effect in event.effects)),
        )
    for count in event.counts:
        yield count.kind.value, count.span.text
    if event.ordinal is not None:
        yield "ordinal", event.ordinal.span.text
    yield "certainty", event.certainty.value


def _evidence(event: Event) -> Any:
    from rich.text import Text

    sentence = event.evidence
    text = Text("  “" + sentence.text.replace("\n", " ") + "”")
    for span, style in (
        (event.trigger, "black on yellow"),
        *((m.span, "green") for m in event.roles.actor + event.roles.target),
    ):
        if sentence.contains(span):
            text.stylize(style, 3 + span.start - sentence.start, 3 + span.end - sentence.start)
    return text
