"""Entities on disk: the things that names lead to, brought up to date when documents come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from kronika.link.facilities import FULL_NAMES_ONLY, GROWING, Naming, alias_keys, grow_entities
from kronika.link.names import fold_translit
from kronika.records import Entity, Event, Mention, MentionKind, PlacePrecision, PlaceRef, Relation, Span
from kronika.store.codec import from_json, to_json
from kronika.store.links import parts, select_all
from kronika.store.schema import aliases, entities, entity_spans, namings, places, relations

#: Document, start, end.
At = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Renamed:
    """What a change of the entities touches: folded names that mean something else now, events whose things moved."""

    names: frozenset[str]
    events: frozenset[str]


def write_namings(connection: Connection, events: Iterable[Event]) -> None:
    """Keep who and what is named in ``events``, each with the town that its document puts it in.

    Where a document says of a site in what town it stands, that holds; else it is where the event was.
    """
    found = list(events)
    towns = _stated_towns(connection, {event.document for event in found})
    rows = [row for event in found for row in _rows(event, towns)]
    if rows:
        connection.execute(insert(namings), rows)


def _stated_towns(connection: Connection, keys: Iterable[str]) -> dict[tuple[str, str], PlaceRef]:
    """Return, by document and folded name, the town that a site is said to stand in."""
    query = select(relations.c.body).where(relations.c.predicate == "located in")
    told = [from_json(Relation, row.body) for row in select_all(connection, query, relations.c.document, sorted(keys))]
    documents = sorted({one.evidence.document for one in told})
    read = (
        from_json(PlaceRef, row.body) for row in select_all(connection, select(places), places.c.document, documents)
    )
    towns = {(place.span.document, place.id): place for place in read if place.precision is PlacePrecision.SETTLEMENT}
    found: dict[tuple[str, str], PlaceRef] = {}
    for one in told:
        town = towns.get((one.evidence.document, one.object.entity))
        if town is not None:
            found.setdefault((one.evidence.document, fold_translit(one.subject.name)), town)
    return found


def _rows(event: Event, towns: Mapping[tuple[str, str], PlaceRef]) -> Iterator[dict[str, Any]]:
    place, roles = event.place, event.roles
    venue = place if place is not None and place.precision is PlacePrecision.SETTLEMENT else None
    seen: set[tuple[int, int]] = set()
    for mention in (*roles.actor, *roles.target, *roles.victim, *roles.recipient, *roles.origin):
        key = (mention.span.start, mention.span.end)
        is_resolved = mention.kind in GROWING or mention.kind in FULL_NAMES_ONLY
        if not is_resolved or key in seen or not any(letter.isupper() for letter in mention.name):
            continue
        seen.add(key)
        town = towns.get((event.document, fold_translit(mention.name)), venue)
        yield {
            "event": event.id,
            "document": mention.span.document,
            "start": mention.span.start,
            "end": mention.span.end,
            "kind": mention.kind.value,
            "text": mention.span.text,
            "name": mention.name,
            "folded": fold_translit(mention.name),
            "settlement": town.id if town else None,
            "settlement_name": town.name if town else None,
        }


def _read_namings(connection: Connection) -> Iterator[Naming]:
    column = namings.c
    order = (column.document, column.start, column.end, column.event)
    for row in connection.execute(select(namings).order_by(*order)):
        span = Span(row.document, row.start, row.end, row.text)
        yield Naming(Mention(span, MentionKind(row.kind), "", row.name), row.settlement, row.settlement_name)


def update_entities(connection: Connection) -> Renamed:
    """Grow the entities from all names that are kept, write those that differ, and return what that touches."""
    things = {entity.id: entity for entity in reversed(grow_entities(_read_namings(connection)))}
    bodies = {key: to_json(things[key]) for key in sorted(things)}
    query = select(entities.c.id, entities.c.body)
    old = {row.id: row.body for row in connection.execute(query)}
    gone = [key for key in old if bodies.get(key) != old[key]]
    fresh = [key for key in bodies if old.get(key) != bodies[key]]
    before = _spans_on_file(connection, gone)
    for part in parts(gone):
        connection.execute(delete(entity_spans).where(entity_spans.c.entity.in_(part)))
        connection.execute(delete(entities).where(entities.c.id.in_(part)))
    after = _write(connection, [things[key] for key in fresh], bodies)
    moved = {at for at in {*before, *after} if before.get(at) != after.get(at)}
    return Renamed(_update_aliases(connection, things.values()), frozenset(_events_at(connection, moved)))


def _spans_on_file(connection: Connection, keys: Iterable[str]) -> dict[At, str]:
    rows = select_all(connection, select(entity_spans), entity_spans.c.entity, keys)
    return {(row.document, row.start, row.end): row.entity for row in rows}


def _write(connection: Connection, things: list[Entity], bodies: dict[str, str]) -> dict[At, str]:
    """Write entities with their spans; a span that two would have goes to the first."""
    rows = [{"id": e.id, "kind": e.kind.value, "name": e.name, "body": bodies[e.id]} for e in things]
    named: dict[At, str] = {}
    for entity in things:
        for alias in entity.aliases:
            for span in alias.spans:
                named.setdefault((span.document, span.start, span.end), entity.id)
    if rows:
        connection.execute(insert(entities), rows)
    spans = [{"document": d, "start": start, "end": end, "entity": key} for (d, start, end), key in named.items()]
    for part in parts(spans):
        connection.execute(insert(entity_spans).prefix_with("OR IGNORE"), part)
    return named


def _update_aliases(connection: Connection, things: Iterable[Entity]) -> frozenset[str]:
    old: dict[str, str] = {row.folded: row.entity for row in connection.execute(select(aliases))}
    new = alias_keys(things)
    changed = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    for part in parts(sorted(changed)):
        connection.execute(delete(aliases).where(aliases.c.folded.in_(part)))
    rows = [{"folded": name, "entity": new[name]} for name in sorted(changed) if name in new]
    if rows:
        connection.execute(insert(aliases), rows)
    return frozenset(changed)


def _events_at(connection: Connection, places: set[At]) -> set[str]:
    keys = sorted({document for document, _, _ in places})
    rows = select_all(connection, select(namings), namings.c.document, keys)
    return {row.event for row in rows if (row.document, row.start, row.end) in places}


def events_naming(connection: Connection, folded: Iterable[str]) -> set[str]:
    """Return the events in which something goes by one of these folded names."""
    rows = select_all(connection, select(namings.c.event), namings.c.folded, sorted(folded))
    return {row.event for row in rows}


def read_aliases(connection: Connection) -> dict[str, str]:
    """Return entity ids by folded name (:func:`kronika.link.facilities.alias_keys`)."""
    return {row.folded: row.entity for row in connection.execute(select(aliases).order_by(aliases.c.folded))}


def read_entities(connection: Connection, keys: Iterable[str] | None = None) -> list[Entity]:
    """Return the entities with these ids, or all, in order of id."""
    query = select(entities.c.body)
    if keys is None:
        bodies = list(connection.execute(query.order_by(entities.c.id)).scalars())
    else:
        bodies = [row[0] for row in select_all(connection, query, entities.c.id, sorted(keys))]
    return [from_json(Entity, body) for body in bodies]


def names_of(entity: Entity) -> list[str]:
    """Return every name of an entity, its own first."""
    return list(dict.fromkeys([entity.name, *(alias.name for alias in entity.aliases)]))
