"""Dossiers: everything a record holds about one facility, actor or topic, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, select

from kronika.errors import RecordError
from kronika.query.incidents import incident_row, incidents_numbered
from kronika.query.ledgers import asserted_row, ledger_row, read_ledger
from kronika.query.things import ACTORS, FACILITIES, Thing, find_thing
from kronika.query.threads import Papers, Row, read_deployments, read_money, read_statements, read_supply
from kronika.records import Incident
from kronika.store import Store
from kronika.store.codec import to_dict
from kronika.store.schema import incident_names
from kronika.store.search import match_expression


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the record holds about a thing; each part is a list of flat rows, in order."""

    thing: Thing
    parts: Mapping[str, list[Row]]

    def to_dict(self) -> dict[str, Any]:
        """Return the whole dossier as plain dictionaries; each alias says where it was read."""
        thing = {name: value for name, value in asdict(self.thing).items() if name != "entity"}
        aliases = to_dict(self.thing.entity)["aliases"] if self.thing.entity else []
        id_ = self.thing.entity.id if self.thing.entity else None
        return {"id": id_, **thing, "aliases": aliases, **self.parts}


def facility_dossier(store: Store, words: str) -> Dossier:
    """Return the ledger of a facility or town, the counts asserted about it, and its threads.

    Raises:
        RecordError: there is none of that name, or several.
    """
    with store.connect() as connection:
        thing = find_thing(connection, words, (*FACILITIES, *ACTORS))
        book, _, reports = read_ledger(connection, thing)
        homes = {event.id: event.document for event in reports}
        papers = Papers.read(connection, homes.values())
        asserted = sorted(book.asserted, key=lambda one: (papers.order(homes[one.event]), one.span.start))
        return Dossier(
            thing,
            {
                "ledger": [ledger_row(row) for row in book.rows],
                "counts": [asserted_row(one, papers.documents[homes[one.event]]) for one in asserted],
                "supply": read_supply(connection, thing),
                "deployments": read_deployments(connection, thing),
                "money": read_money(connection, thing),
            },
        )


def actor_dossier(store: Store, words: str) -> Dossier:
    """Return what a person, body, state or force did, sent, paid and said.

    Raises:
        RecordError: there is none of that name, or several.
    """
    with store.connect() as connection:
        thing = find_thing(connection, words, ACTORS)
        return Dossier(
            thing,
            {
                "incidents": [incident_row(one) for one in _incidents_by(connection, thing)],
                "deployments": read_deployments(connection, thing),
                "supply": read_supply(connection, thing),
                "money": read_money(connection, thing),
                "statements": read_statements(connection, thing),
            },
        )


def topic_dossier(store: Store, words: str, speaker: str | None = None) -> Dossier:
    """Return what was done and said about a matter: reports that hold all ``words``, statements, money, supply.

    ``speaker`` keeps the statements of one person or body.

    Raises:
        RecordError: the record holds nothing of it, or no such speaker.
    """
    with store.connect() as connection:
        thing = Thing("topic", words, (words,))
        who = find_thing(connection, speaker, ACTORS) if speaker else None
        parts = {
            "incidents": [incident_row(one) for one in _incidents_about(connection, words)] if who is None else [],
            "deployments": read_deployments(connection, thing) if who is None else [],
            "supply": read_supply(connection, thing) if who is None else [],
            "money": read_money(connection, thing) if who is None else [],
            "statements": read_statements(connection, who, words),
        }
    if not any(parts.values()):
        raise RecordError(f"the record holds nothing about {words!r}", "try fewer or other words")
    return Dossier(thing, parts)


def _incidents_by(connection: Connection, thing: Thing) -> list[Incident]:
    query = select(incident_names.c.number).where(
        incident_names.c.role.in_(("actor", "defender")), thing.is_named(incident_names.c.name)
    )
    return _by_date(incidents_numbered(connection, set(connection.execute(query).scalars())))


def _incidents_about(connection: Connection, words: str) -> list[Incident]:
    from sqlalchemy import text

    query = text("SELECT rowid FROM incidents_search WHERE incidents_search MATCH :match")
    numbers = set(connection.execute(query, {"match": match_expression(words)}).scalars()) if words.strip() else set()
    return _by_date(incidents_numbered(connection, numbers))


def _by_date(found: list[Incident]) -> list[Incident]:
    return sorted(found, key=lambda one: ((one.time.start if one.time else None) or "9999", one.id))
