"""Events, claims and findings of a record, in an order that does not depend on when they were added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from kronika.query.filters import Filter
from kronika.records import Event, Finding
from kronika.store import Store
from kronika.store.codec import from_json
from kronika.store.schema import events, findings


def read_events(store: Store, wanted: Filter | None = None) -> Iterator[Event]:
    """Yield the events that ``wanted`` keeps, by date, place and id; those without a date come last."""
    query = (
        select(events.c.body)
        .where(*(wanted or Filter()).conditions())
        .order_by(events.c.start.is_(None), events.c.start, events.c.country, events.c.place_id, events.c.id)
    )
    with store.connect() as connection:
        for body in connection.execute(query).scalars():
            yield from_json(Event, body)


def read_findings(store: Store, kind: str | None = None) -> Iterator[Finding]:
    """Yield the findings, of one kind if given, by document and place in it."""
    query = select(findings.c.body).order_by(findings.c.document, findings.c.position)
    if kind:
        query = query.where(findings.c.kind == kind)
    with store.connect() as connection:
        for body in connection.execute(query).scalars():
            yield from_json(Finding, body)


def event_row(event: Event) -> dict[str, Any]:
    """Return the flat row of an event."""
    time, place = event.time, event.place
    return {
        "id": event.id,
        "date": time.edtf if time else "",
        "type": event.type,
        "mode": event.mode,
        "acled": event.acled or "",
        "status": event.status.value,
        "certainty": event.certainty.value,
        "place": (place.name or place.surface) if place else "",
        "relation": place.relation.value if place else "",
        "admin1": (place.admin1 or "") if place else "",
        "country": (place.country or "") if place else "",
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision.value if place else "",
        "actor": names(event.roles.actor),
        "target": names(event.roles.target + event.roles.victim),
        "recipient": names(event.roles.recipient),
        "instrument": names(event.roles.instrument),
        "document": event.document,
        "start": event.evidence.start,
        "end": event.evidence.end,
        "evidence": " ".join(event.evidence.text.split()),
    }


def finding_row(finding: Finding) -> dict[str, Any]:
    """Return the flat row of a finding."""
    return {
        "id": finding.id,
        "kind": finding.kind.value,
        "severity": finding.severity.value,
        "explanation": finding.explanation,
        "compared_with": finding.compared_with or "",
        "document": finding.evidence[0].document if finding.evidence else "",
        "evidence": " | ".join(" ".join(span.text.split()) for span in finding.evidence),
    }


def names(mentions: tuple[Any, ...]) -> str:
    """Return the names of ``mentions``, each once, in the order of the text."""
    return "; ".join(dict.fromkeys(mention.name for mention in mentions))
