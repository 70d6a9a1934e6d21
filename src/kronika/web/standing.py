"""What stands beside a ledger: small multiples by kind, relations ("produces", "supplies"), deployments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, or_, select

from kronika.records import Alias, Deployment, Entity, Event, Quantity, Relation, Span
from kronika.store.codec import from_json
from kronika.store.schema import deployments, events, quantities, relations, roles
from kronika.web.board import NO_DAY, Board, Ints

WIDTH, HEIGHT = 300.0, 34.0
_BINS = 50
_MOST_STRIPS = 6
_LEAST_DAYS = 30
_MOST_ROWS = 200
_MOST_NAMINGS = 500


@dataclass(frozen=True, slots=True)
class Strip:
    """The incidents of one kind over time: bars as (x, height), all strips of a thing over the same days."""

    label: str
    count: int
    first: str
    last: str
    bars: tuple[tuple[float, float], ...]
    bar_width: float


def strips(board: Board, rows: Ints) -> list[Strip]:
    """Return a strip for each of the commonest kinds; none where nothing has a day."""
    dated = rows[board.start[rows] != NO_DAY]
    if not len(dated):
        return []
    first, last = int(board.start[dated].min()), int(board.start[dated].max())
    spare = max(0, _LEAST_DAYS - (last - first + 1))  # a single day is a thin bar, not all of the strip
    first, last = first - spare // 2, last + spare - spare // 2
    step = max(1, -(-(last - first + 1) // _BINS))
    count = -(-(last - first + 1) // step)
    kinds, modes = board.coded["type"], board.coded["mode"]
    by_kind: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for row in dated:
        by_kind[int(kinds.codes[row]), int(modes.codes[row])].append(int(row))
    ordered = sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_STRIPS]
    slots = {key: np.bincount((board.start[members] - first) // step, minlength=count) for key, members in ordered}
    highest = max(int(found.max()) for found in slots.values())
    width = WIDTH / count
    made = []
    for (kind, mode), members in ordered:
        found = slots[kind, mode]
        bars = tuple((round(i * width, 2), round(HEIGHT * int(n) / highest, 2)) for i, n in enumerate(found) if n)
        label = " ".join(part for part in (kinds.values[kind].lower(), modes.values[mode]) if part)
        made.append(Strip(label, len(members), _iso(first), _iso(last), bars, round(max(width - 0.5, 1.0), 2)))
    return made


def _iso(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=day)).isoformat()


def _called(name: str, entity: Entity | None) -> list[str]:
    return list(dict.fromkeys([name, *((alias.name for alias in entity.aliases) if entity else ())]))


def surfaces_of(connection: Connection, place: str) -> list[Alias]:
    """Return the names under which reports of happenings there give a place, the commonest first."""
    field = func.json_extract
    span = [field(events.c.body, f"$.place.span.{name}") for name in ("document", "start", "end", "text")]
    query = select(field(events.c.body, "$.place.surface"), *span).where(events.c.place_id == place)
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for surface, *at in connection.execute(query.order_by(events.c.start, events.c.id).limit(_MOST_NAMINGS)):
        found[surface].append(Span(*at))
    return [Alias(name, tuple(spans)) for name, spans in sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))]


def relations_of(connection: Connection, name: str, entity: Entity | None) -> list[dict[str, Any]]:
    """Return the relations that a thing is the subject or object of, each with where it was read."""
    names = _called(name, entity)
    query = select(relations.c.body, relations.c.document).where(
        or_(relations.c.subject.in_(names), relations.c.object.in_(names))
    )
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for body, document in connection.execute(query.order_by(relations.c.document).limit(_MOST_ROWS)):
        relation = from_json(Relation, body)
        key = (relation.subject.name, relation.predicate, relation.object.name)
        row = found.setdefault(key, {"subject": key[0], "predicate": key[1], "object": key[2], "read": []})
        row["read"].append(
            {
                "document": document,
                "start": relation.evidence.start,
                "end": relation.evidence.end,
                "text": relation.evidence.text,
            }
        )
    return list(found.values())


def deployments_of(connection: Connection, name: str, entity: Entity | None) -> list[dict[str, Any]]:
    """Return the deployments that a thing takes part in, by date, with their figures."""
    folded = [one.casefold() for one in _called(name, entity)]
    asked = select(roles.c.event).where(roles.c.folded.in_(folded))
    query = (
        select(deployments.c.body, events.c.body)
        .join(events, events.c.id == deployments.c.event)
        .where(deployments.c.event.in_(asked))
        .order_by(events.c.start, events.c.id)
        .limit(_MOST_ROWS)
    )
    read = [(from_json(Deployment, one), from_json(Event, other)) for one, other in connection.execute(query)]
    keys = [key for deployment, _ in read for key in deployment.figures]
    bodies = connection.execute(select(quantities.c.id, quantities.c.body).where(quantities.c.id.in_(keys)))
    figures = {key: from_json(Quantity, body) for key, body in bodies}
    return [_deployment_row(deployment, event, figures) for deployment, event in read]


def _deployment_row(deployment: Deployment, event: Event, figures: dict[str, Quantity]) -> dict[str, Any]:
    time, place = event.time, deployment.destination
    counted = [figures[key] for key in deployment.figures if key in figures]
    return {
        "event": event.id,
        "start": time.start if time else None,
        "end": time.end if time else None,
        "time_precision": time.precision.value if time else None,
        "status": event.status.value,
        "sender": "; ".join(mention.name for mention in deployment.sender),
        "force": "; ".join(mention.name for mention in deployment.force),
        "destination": (place.name or place.surface) if place else "",
        "figures": "; ".join(f"{one.span.text} {one.of or ''}".strip() for one in counted),
        "number": next((found for one in counted if (found := _number(one))), None),
        "document": event.document,
        "at": f"{deployment.evidence.start}-{deployment.evidence.end}",
        "text": " ".join(deployment.evidence.text.split()),
    }


def _number(quantity: Quantity) -> dict[str, float] | None:
    """Return low, best and high of a count, each standing in for another that is not known; None where none is."""
    known = [value for value in (quantity.best, quantity.low, quantity.high) if value is not None and value > 0]
    if not known or quantity.negated:
        return None
    low = quantity.low if quantity.low is not None and quantity.low > 0 else min(known)
    return {"low": low, "best": quantity.best or known[0], "high": max(known)}
