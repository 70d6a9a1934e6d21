"""A report as rows: the JSON of each part, and beside it the columns that queries ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from kronika.records import Claim, Document, Event, Mention, PlaceRef, Relation, Report, Roles, TimeRef
from kronika.store.codec import to_json

Row = dict[str, Any]


def document_row(document: Document, status: str, version: str) -> Row:
    """Return the row of a document; its text is a column of its own, the rest of it is in ``body``."""
    columns = ("id", "url", "publisher", "title", "published", "language", "raw_sha256", "text")
    row = {name: getattr(document, name) for name in columns}
    body = to_json(_without_text(document))
    return {**row, "status": status, "version": version, "body": body}


def part_rows(report: Report) -> dict[str, list[Row]]:
    """Return the rows of every part of ``report``, by table."""
    rows: dict[str, list[Row]] = {}
    for name, columns in _COLUMNS.items():
        rows[name] = [
            {"document": report.document.id, "position": position, **columns(part), "body": to_json(part)}
            for position, part in enumerate(getattr(report, name))
        ]
    return rows


def role_rows(event: Event) -> list[Row]:
    """Return one row for each participant of ``event``."""
    return [
        {
            "event": event.id,
            "role": field.name,
            "position": position,
            "kind": mention.kind.value,
            "name": mention.name,
            "folded": mention.name.casefold(),
            "entity": mention.entity,
            "country": mention.country,
        }
        for field in fields(Roles)
        for position, mention in enumerate(getattr(event.roles, field.name))
    ]


def _without_text(document: Document) -> Document:
    return replace(document, text="")


def _event(event: Event) -> Row:
    place, time = event.place, event.time
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "acled": event.acled,
        "status": event.status.value,
        "certainty": event.certainty.value,
        "place_id": place.id if place else None,
        "country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision.value if place else None,
        "start": time.start if time else None,
        "end": time.end if time else None,
    }


def _claim(claim: Claim) -> Row:
    speaker = claim.speaker
    name = speaker.mention.name if speaker.mention else speaker.description
    return {"id": claim.id, "stance": claim.stance.value, "certainty": claim.certainty.value, "speaker": name}


def _number(part: Any) -> Row:
    return {"id": part.id, "low": part.low, "best": part.best, "high": part.high}


def _relation(relation: Relation) -> Row:
    return {
        "id": relation.id,
        "subject": relation.subject.name,
        "predicate": relation.predicate,
        "object": relation.object.name,
    }


def _place(place: PlaceRef) -> Row:
    return {
        "surface": place.surface,
        "place_id": place.id,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }


def _time(time: TimeRef) -> Row:
    return {"start": time.start, "end": time.end}


def _mention(mention: Mention) -> Row:
    return {"kind": mention.kind.value, "name": mention.name, "entity": mention.entity}


_COLUMNS: dict[str, Callable[[Any], Row]] = {
    "events": _event,
    "claims": _claim,
    "quantities": lambda quantity: {**_number(quantity), "kind": quantity.kind.value},
    "money": lambda money: {**_number(money), "currency": money.currency},
    "relations": _relation,
    "deployments": lambda deployment: {"id": deployment.id, "event": deployment.event},
    "statements": lambda statement: {"id": statement.id, "speaker": statement.speaker},
    "places": _place,
    "times": _time,
    "mentions": _mention,
    "findings": lambda finding: {"id": finding.id, "kind": finding.kind.value, "severity": finding.severity.value},
}
