"""From the events on disk to the incidents on disk: all of them, or the few that a decision touches."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, select

from kronika.link.cluster import Decided
from kronika.link.copies import Family, find_copies
from kronika.link.facilities import Naming, grow_entities
from kronika.link.incidents import link_events
from kronika.records import Claim, Decision, Document, Event, Incident, Status, Verdict
from kronika.store import Store
from kronika.store.codec import from_json
from kronika.store.decisions import read_decisions, standing_decisions
from kronika.store.incidents import CopyOf, add_incidents, is_linked, remove_incidents, replace_all
from kronika.store.schema import claims, copies, documents, events, incident_reports

_JOINING = (Verdict.MERGE, Verdict.SAME)
_PARTING = (Verdict.SPLIT, Verdict.DIFFERENT)
#: SQLite takes no more values than this in one statement.
_AT_ONCE = 5_000


def link_record(store: Store) -> int:
    """Put together the incidents of the whole record, in place of those it holds, and return how many there are.

    Decisions that events are the same or different are obeyed.
    """
    with store.begin() as connection:
        read = list(_events(connection))
        papers = [from_json(Document, row) for row in connection.execute(select(documents.c.body)).scalars()]
        said = [from_json(Claim, body) for body in connection.execute(select(claims.c.body)).scalars()]
        families = find_copies(store.documents())
        decided = decided_pairs(read_decisions(connection))
        made = link_events(read, papers, said, families, decided=decided).incidents
        things = grow_entities(_namings(read))
        replace_all(connection, made, {event.id: event for event in read}, things, _copies(families))
    return len(made)


def link_if_needed(store: Store) -> bool:
    """Link the record if documents came after it was linked; return whether that was so."""
    with store.connect() as connection:
        if is_linked(connection):
            return False
    link_record(store)
    return True


def relink(connection: Connection, touched: Collection[str]) -> list[int]:
    """Put together again the incidents that ``touched`` events are in; return the numbers of what came of them.

    Everything but the decisions being as it was, the other incidents can't change. ``connection`` must be in a
    transaction that writes.
    """
    numbers = _select(connection, select(incident_reports.c.number), incident_reports.c.event, touched)
    reports = _select(connection, select(incident_reports.c.event), incident_reports.c.number, sorted(set(numbers)))
    read = list(_events(connection, sorted({*reports, *touched})))
    keys = sorted({event.document for event in read})
    papers = [from_json(Document, body) for body in _select(connection, select(documents.c.body), documents.c.id, keys)]
    said = [from_json(Claim, body) for body in _select(connection, select(claims.c.body), claims.c.document, keys)]
    decided = decided_pairs(read_decisions(connection))
    made = link_events(read, papers, said, _families(connection, keys), decided=decided).incidents
    remove_incidents(connection, sorted(set(numbers)))
    return add_incidents(connection, made, {event.id: event for event in read})


def decided_pairs(found: Iterable[Decision]) -> Decided:
    """Return the pairs of events that the standing decisions join or part; the last word on a pair holds.

    The first subject of a split is the event that leaves the others.
    """
    pairs: dict[tuple[str, str], bool] = {}
    for decision in standing_decisions(found):
        if decision.verdict in _JOINING:
            pairs.update({(min(pair), max(pair)): True for pair in combinations(decision.subjects, 2)})
        elif decision.verdict in _PARTING and decision.subjects:
            one, *others = decision.subjects
            pairs.update({(min(one, other), max(one, other)): False for other in others})
    same = tuple(sorted(pair for pair, is_same in pairs.items() if is_same))
    return Decided(same, tuple(sorted(pair for pair, is_same in pairs.items() if not is_same)))


def incidents_joined(connection: Connection, touched: Collection[str]) -> list[Incident]:
    """Return the incident that all reports in ``touched`` would make as one; nothing is written."""
    read = list(_events(connection, sorted(touched)))
    keys = sorted({event.document for event in read})
    papers = [from_json(Document, body) for body in _select(connection, select(documents.c.body), documents.c.id, keys)]
    said = [from_json(Claim, body) for body in _select(connection, select(claims.c.body), claims.c.document, keys)]
    pairs = tuple(combinations(sorted(touched), 2))
    return link_events(read, papers, said, _families(connection, keys), decided=Decided(pairs)).incidents


def _events(connection: Connection, keys: Collection[str] | None = None) -> Iterator[Event]:
    query = select(events.c.body).where(events.c.status != Status.HYPOTHETICAL.value)
    if keys is None:
        bodies: Iterable[str] = connection.execute(query.order_by(events.c.id)).scalars()
    else:
        bodies = _select(connection, query, events.c.id, keys)
    for body in bodies:
        yield from_json(Event, body)


def _select(connection: Connection, query: Any, column: Any, keys: Collection[str] | Collection[int]) -> list[Any]:
    found: list[Any] = []
    wanted = list(keys)
    for start in range(0, len(wanted), _AT_ONCE):
        chosen = query.where(column.in_(wanted[start : start + _AT_ONCE]))
        found += connection.execute(chosen).scalars()
    return found


def _namings(read: Iterable[Event]) -> Iterator[Naming]:
    for event in read:
        place = event.place if event.place and event.place.precision.value in ("settlement", "site") else None
        for mention in (*event.roles.actor, *event.roles.target, *event.roles.victim, *event.roles.origin):
            yield Naming(mention, place.id if place else None, place.name if place else None)


def _copies(families: Sequence[Family]) -> list[CopyOf]:
    return [
        CopyOf(member.document, family.id, family.first, member.resemblance, member.containment)
        for family in families
        for member in family.members
    ]


def _families(connection: Connection, keys: Collection[str]) -> list[Family]:
    from kronika.link.copies import Copy

    found: dict[str, list[Copy]] = {}
    first: dict[str, str] = {}
    for start in range(0, len(list(keys)), _AT_ONCE):
        part = list(keys)[start : start + _AT_ONCE]
        for row in connection.execute(select(copies).where(copies.c.document.in_(part))).mappings():
            found.setdefault(row["family"], []).append(Copy(row["document"], row["resemblance"], row["containment"]))
            first[row["family"]] = row["first"]
    return [Family(key, first[key], tuple(members)) for key, members in sorted(found.items())]
