"""The stages in order: documents in, reports out. One process, streaming, without I/O beyond the gazetteer's index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.annotate.amounts.money import find_money
from kronika.annotate.amounts.quantities import find_quantities
from kronika.annotate.mentions import Mentions
from kronika.annotate.parsing.syntax import parse
from kronika.annotate.sayings.speech import find_attributions
from kronika.annotate.times.finding import find_times
from kronika.annotate.toponyms.finding import find_toponyms
from kronika.annotate.toponyms.toponym import Toponym
from kronika.annotate.weapons import find_weapons
from kronika.check import check_report
from kronika.codebook.homes import homes_in
from kronika.codebook.states import states
from kronika.extract.assertions.about import link_claims, link_relations
from kronika.extract.assertions.bearing import bear
from kronika.extract.assertions.claims import build_claims
from kronika.extract.assertions.continuing import with_continued
from kronika.extract.assertions.denials import answer
from kronika.extract.assertions.presence import acknowledge
from kronika.extract.assertions.statements import read_statements
from kronika.extract.circumstances.spots import mark_datelines, point_back
from kronika.extract.events import read_events
from kronika.extract.grammar.references import resolve_references
from kronika.extract.reading import Counted, Located, Reading, Timed
from kronika.extract.threads.deployments import read_deployments
from kronika.extract.threads.relations import read_relations
from kronika.gazetteer import Gazetteer, open_gazetteer
from kronika.records import Document, Quantity, Report
from kronika.records.quick import replace
from kronika.resolve.places.resolving import resolve_toponyms
from kronika.resolve.times.resolving import resolve_times
from kronika.settings import settings
from kronika.version import VERSION


def read_documents(documents: Iterable[Document]) -> Iterator[Report]:
    """Read each document, in order; yields one report a document."""
    gazetteer = open_gazetteer()
    for document, doc in parse(documents, settings().model):
        report = read_document(document, doc, gazetteer)
        doc.release()
        yield report


def read_document(document: Document, doc: Any, gazetteer: Gazetteer) -> Report:
    """Return what one parsed document says."""
    quantities = find_quantities(doc, document.id)
    money = find_money(doc, document.id)
    reading = prepare(document, doc, gazetteer, quantities)
    claims = build_claims(document, doc, find_attributions(doc), reading.mentions.describe)
    claims = with_continued(claims, reading)
    events = read_events(reading)
    counts = {q.id: q for event in events for q in event.counts}
    quantities = sorted({**{q.id: q for q in quantities}, **counts}.values(), key=_position)
    events, claims = link_claims(events, claims, [*quantities, *money])
    events, claims = bear(*acknowledge(*answer(events, claims, reading), reading))
    relations, claims = link_relations(read_relations(reading), claims)
    report = Report(
        document=document,
        status="ok" if events else "no events found",
        events=tuple(events),
        claims=tuple(claims),
        quantities=tuple(quantities),
        money=tuple(money),
        relations=tuple(relations),
        deployments=tuple(read_deployments(reading, events, quantities)),
        statements=tuple(read_statements(reading, claims, events, quantities)),
        places=tuple(located.place for located in reading.places if not located.is_reference),
        times=tuple(timed.time for timed in reading.times),
        mentions=tuple(reading.mentions.described()),
        version=VERSION,
    )
    return replace(report, findings=check_report(report))


def prepare(document: Document, doc: Any, gazetteer: Gazetteer, quantities: list[Quantity]) -> Reading:
    """Return everything about a parsed document that its events are read from."""
    toponyms = find_toponyms(doc, gazetteer)
    places = resolve_toponyms(
        toponyms,
        gazetteer,
        document=document.id,
        publisher=document.publisher,
        published=document.published,
        homes=homes_in(document.text),
    )
    held = {parent: name.token_start for name in toponyms for parent in name.stated}
    located = [
        Located(name.token_start, name.token_end, place, is_actor=_acts(name), holds=held.get(number, -1))
        for number, (name, place) in enumerate(zip(toponyms, places, strict=True))
        if not name.demonym
    ]
    located = mark_datelines(document.text, located, doc)
    located = sorted([*located, *point_back(document, doc, located)], key=lambda one: one.first)
    expressions = find_times(doc)
    timed = [
        Timed(*_tokens(doc, found.start, found.end), time, found.meaning.whole_days)
        for found, time in zip(
            expressions, resolve_times(expressions, doc, document.published, document.id), strict=True
        )
    ]
    mentions = Mentions(document, doc, find_weapons(doc), [(at.first, at.end, at.place) for at in located])
    resolve_references(doc, mentions)
    counted = [Counted(_tokens(doc, found.span.start, found.span.end)[1] - 1, found) for found in quantities]
    year = int(document.published[:4]) if document.published else None
    return Reading(document, doc, mentions, located, timed, counted, year)


def _acts(name: Toponym) -> bool:
    """Whether a place name stands for a government: said to act, or a seat that is only ever named for one."""
    return name.metonymic or name.surface.lower() in states().seats


def _position(quantity: Quantity) -> tuple[int, int, str]:
    return quantity.span.start, quantity.span.end, quantity.id


def _tokens(doc: Any, start: int, end: int) -> tuple[int, int]:
    """Return the tokens (end exclusive) that cover the code points from ``start`` to ``end``."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span.start, span.end
