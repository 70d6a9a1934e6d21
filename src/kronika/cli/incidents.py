"""``kronika incidents``."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from kronika.cli.output import format_option, limit_option, write_listing

if TYPE_CHECKING:
    from kronika.api import Record
    from kronika.cli.page import Page
    from kronika.query import Listing
    from kronika.records import Figure, Incident

_COLUMNS = ("date", "type", "mode", "status", "place", "country", "actors", "targets", "instruments", "reports", "id")
#: Reports that are quoted of one incident.
_QUOTED = 3


@click.command()
@click.argument("record")
@click.option("--facility", help="Part of the name of a target or place.")
@click.option("--actor", help="Part of the name of a participant.")
@click.option("--country", help="ISO 3166 code or English name.")
@click.option("--since", help="ISO date or prefix: 2025-04-29, 2025-04.")
@click.option("--until", help="ISO date or prefix.")
@click.option("--type", "type_", help="PLOVER type, for instance ASSAULT.")
@click.option("--brief", is_flag=True, help="A table with one line for each, without the sentences.")
@limit_option
@format_option
def incidents(
    record: str,
    facility: str | None,
    actor: str | None,
    country: str | None,
    since: str | None,
    until: str | None,
    type_: str | None,
    brief: bool,
    limit: int | None,
    form: str,
) -> None:
    """What happened, per all reports in RECORD.

    \b
    Examples:
      kronika incidents war.kronika --country RU --since 2025-04
      kronika incidents war.kronika --facility refinery --format csv > refinery.csv
    """
    from kronika.api import Record
    from kronika.store import Store

    with Record(Store.open(record, create=False)) as opened:
        listing = opened.incidents(
            facility=facility, actor=actor, country=country, since=since, until=until, type=type_
        )
        if form == "table" and not brief:
            _show(opened, listing, limit)
        else:
            write_listing(listing, form, _COLUMNS, limit)


def _show(record: Record, listing: Listing[Incident], limit: int | None) -> None:
    """Print every incident with the sentences of its reports."""
    from kronika.cli.page import Page

    page, shown = Page(), 0
    for incident in islice(listing, limit):
        if shown:
            page.line("")
        show_incident(page, record, incident)
        shown += 1
    more = f" of {len(listing):,}" if limit is not None and shown == limit else ""
    click.echo(f"\n{shown:,}{more} incidents" if shown else "nothing found", err=True)


def show_incident(page: Page, record: Record, incident: Incident) -> None:
    """Print one incident with the sentences of its first reports."""
    from kronika.cli.page import source
    from kronika.cli.report import PLACE, ROLE, TRIGGER, place_words

    when = (incident.time.edtf if incident.time else "") or "no date"
    kind = f"{incident.type} {incident.mode}".strip()
    page.line((when, "bold"), "  ", (kind, "bold cyan"), f" · {incident.status.value}", (f"  {incident.id}", "dim"))
    if incident.place is not None:
        page.field("where", (place_words(incident.place), PLACE))
    for name, value in _facts(incident):
        page.field(name, (value, ROLE))
    for event in record.store.events(incident.reports[:_QUOTED]):
        document = record.store.document(event.document)
        evidence = event.evidence
        marks = [(event.trigger, TRIGGER)]
        page.quote(evidence.text, evidence.start, marks, tail=f"— {source(document)}")
    if len(incident.reports) > _QUOTED:
        page.line((f"and {len(incident.reports) - _QUOTED} more reports", "dim"), indent=3)


def _facts(incident: Incident) -> list[tuple[str, str]]:
    """Return label and value of everything else that is known of ``incident``."""
    from kronika.query.events import names

    effects = (("no " if effect.negated else "") + effect.kind for effect in incident.effects)
    found = [
        ("by", names(incident.actors)),
        ("shot down by", names(incident.defenders)),
        ("target", names(incident.targets)),
        ("with", names(incident.instruments)),
        ("effects", "; ".join(dict.fromkeys(effects))),
    ]
    found += [(figure.kind, _figure(figure)) for figure in incident.figures]
    parties: dict[str, list[str]] = {}
    for position in incident.positions:
        parties.setdefault(position.stance, []).append(position.label)
    found += [(stance, "; ".join(dict.fromkeys(named))) for stance, named in parties.items()]
    if len(incident.reports) > 1:
        sources = incident.independent_sources
        found.append(("sources", f"{sources} independent, in {len(incident.reports)} reports"))
    return [(name, value) for name, value in found if value]


def _figure(figure: Figure) -> str:
    """Return every value with its speaker; before them, where they differ, the least, the best and the most."""
    from kronika.query.incidents import bounds_words

    said = "; ".join(
        dict.fromkeys(
            f"{value.quantity.span.text} ({'possible, ' if value.quantity.possible else ''}"
            f"{'denied by ' if value.is_denied else ''}{value.speaker})"
            for value in figure.values
        )
    )
    if figure.low == figure.high or len({value.quantity.span.text for value in figure.values}) == 1:
        return said
    return f"{bounds_words(figure)} by GED's rule: {said}"
