"""From the events on disk to the incidents on disk: of what is new, and of what that touches.

Everything happens in one transaction: a run that is killed leaves the record as it was. What linking compares of an
event and the scored pairs are kept, and depend on single events or pairs; so linking documents as they come gives the
incidents of linking all of them at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from kronika.engine.copying import families_of, update_families
from kronika.link.blocking import candidate_pairs
from kronika.link.cluster import FLOOR, Decided, cluster
from kronika.link.features import EventRow, event_rows
from kronika.link.incidents import assemble, link_events
from kronika.link.model import Edge, load_match_model, score_pairs
from kronika.records import Claim, Decision, Document, Event, Incident, Status, Verdict
from kronika.store import Store
from kronika.store.codec import from_json
from kronika.store.decisions import STRUCTURAL, decided_pairs, read_decisions
from kronika.store.entities import events_naming, read_aliases, update_entities, write_namings
from kronika.store.incidents import add_incidents, incidents_with, next_number, remove_incidents
from kronika.store.links import (
    component,
    count_rows,
    edges_at,
    events_of,
    forget_all,
    forget_documents,
    forget_edges,
    mark_linked,
    neighbours,
    parts,
    read_rows,
    select_all,
    unlinked_documents,
    write_edges,
    write_rows,
)
from kronika.store.schema import claims, decisions, documents, events, incident_reports, incidents, linkings

#: Goes up when rows, keys or constraints change their meaning: a record linked by older rules is linked anew.
RULES = 8
#: From so many new events on, Splink proposes the pairs; below, they are fewer than its start costs.
MANY = 20_000
#: Where one event in so many is new, all rows are read rather than the neighbours of each.
MOST = 20
#: Documents whose events, and groups whose reports, are in memory at a time.
_DOCUMENTS = 2_000
_GROUPS = 2_000


@dataclass(frozen=True, slots=True)
class Linking:
    """What a run did: documents that were new to it, and incidents that it put together."""

    documents: int
    incidents: int


def link_record(store: Store, *, again: bool = False) -> Linking:
    """Put together the incidents that new documents and decisions touch; all of them if ``again``.

    Decisions that events are the same or different are obeyed. Nothing is written unless all is.
    """
    with store.begin() as connection:
        found = list(read_decisions(connection))
        is_current = _state(connection)[0] == _rules()
        if again or not is_current:
            forget_all(connection)
        run = _Run(connection, decided_pairs(found))
        run.touch_decided(found[_state(connection)[1] if is_current else 0 :])
        linking = run.link(unlinked_documents(connection), is_all=again or not is_current)
        _write_state(connection, len(found))
    return linking


def link_if_needed(store: Store) -> bool:
    """Link the record if documents or decisions came after it was linked; return whether that was so."""
    with store.connect() as connection:
        if is_linked(connection):
            return False
    link_record(store)
    return True


def is_linked(connection: Connection) -> bool:
    """Whether the incidents are those of the documents and decisions that the record holds now."""
    state = (_rules(), connection.execute(select(func.count()).select_from(decisions)).scalar_one())
    return _state(connection) == state and not unlinked_documents(connection)


def relink(connection: Connection, touched: Collection[str]) -> list[int]:
    """Put together again the incidents that ``touched`` events are in; return the numbers of what came of them.

    Everything but the decisions being as it was, the other incidents can't change. ``connection`` must be in a
    transaction that writes.
    """
    found = list(read_decisions(connection))
    run = _Run(connection, decided_pairs(found))
    run.touched.update(touched)
    first = next_number(connection)
    run.write(run.reach())
    if _state(connection)[0] == _rules():
        _write_state(connection, len(found))
    touched_now = select_all(connection, select(incident_reports.c.number), incident_reports.c.event, sorted(touched))
    return sorted({row.number for row in touched_now if row.number >= first})


def incidents_joined(connection: Connection, touched: Collection[str]) -> list[Incident]:
    """Return the incident that all reports in ``touched`` would make as one; nothing is written."""
    read = events_with(connection, touched)
    keys = sorted({event.document for event in read})
    families, others = families_of(connection, keys)
    pairs = tuple(combinations(sorted(touched), 2))
    papers, said = _papers(connection, [*keys, *others]), _claims(connection, keys)
    return link_events(read, papers, said, families, aliases=read_aliases(connection), decided=Decided(pairs)).incidents


class _Run:
    """One run of linking: the events that it touches, gathered step by step."""

    def __init__(self, connection: Connection, decided: Decided) -> None:
        self.connection = connection
        self.decided = decided
        self.touched: set[str] = set()
        self.least = load_match_model().threshold

    def touch_decided(self, late: Iterable[Decision]) -> None:
        """Touch the events that these decisions, or those that they undo, join or part."""
        known = {decision.id: decision for decision in read_decisions(self.connection)}
        for decision in late:
            step = decision
            while step.verdict is Verdict.UNDO and step.subjects and step.subjects[0] in known:
                step = known[step.subjects[0]]
            if step.verdict in STRUCTURAL:
                self.touched.update(step.subjects)

    def link(self, fresh: Sequence[str], *, is_all: bool) -> Linking:
        """Link the documents ``fresh``, which linking has not seen since they were last read."""
        connection = self.connection
        gone = events_of(connection, fresh)
        self.touched |= self.reach(gone)  # what hung together with what is gone
        forget_documents(connection, fresh)
        for keys in parts(fresh, _DOCUMENTS):
            write_namings(connection, _events_in(connection, keys))
        for keys in parts(sorted(update_families(connection, fresh))):
            self.touched |= events_of(connection, keys)
        renamed = update_entities(connection)
        self.touched |= renamed.events
        new = {row for keys in parts(fresh, _DOCUMENTS) for row in self._write_rows(_events_in(connection, keys))}
        older = events_naming(connection, renamed.names) - new
        self.touched |= self.reach(older)
        forget_edges(connection, older)
        changed = new | set(self._write_rows(iter(events_with(connection, older))))
        write_edges(connection, _score(connection, changed))
        self.touched |= changed
        mark_linked(connection, fresh)
        made = self.write(None if is_all else self.reach(), gone)
        return Linking(len(fresh), made)

    def _write_rows(self, found: Iterator[Event]) -> list[str]:
        read = list(found)
        names = read_aliases(self.connection)
        rows = list(event_rows(read, _texts(self.connection, {event.document for event in read}), names))
        write_rows(self.connection, rows)
        return [row.event for row in rows]

    def reach(self, start: Iterable[str] | None = None) -> set[str]:
        """Return all events that hang together with ``start`` (by default with what is touched)."""
        begin = self.touched if start is None else start
        return component(self.connection, begin, self.least, self.decided.same)

    def write(self, touched: Collection[str] | None, gone: Collection[str] = ()) -> int:
        """Cluster these events (all of them for None) and write their incidents in place of the old ones."""
        rows = read_rows(self.connection, touched)
        edges = [e for e in edges_at(self.connection, touched) if e.one in rows and e.other in rows]
        groups = cluster(rows, edges, self.decided).groups
        number = next_number(self.connection)
        old = None if touched is None else incidents_with(self.connection, {*touched, *gone})
        remove_incidents(self.connection, _numbers(self.connection) if old is None else old)
        home = {event: at for at, group in enumerate(groups) for event in group}
        inside: dict[int, list[Edge]] = {}
        for edge in edges:
            if home[edge.one] == home[edge.other]:
                inside.setdefault(home[edge.one], []).append(edge)
        first = number
        for start in range(0, len(groups), _GROUPS):
            part = groups[start : start + _GROUPS]
            scored = [edge for at in range(start, start + len(part)) for edge in inside.get(at, ())]
            number += self._write_incidents(part, rows, scored, number)
        return number - first

    def _write_incidents(
        self, groups: Sequence[Sequence[str]], rows: dict[str, EventRow], edges: list[Edge], number: int
    ) -> int:
        read = events_with(self.connection, [event for group in groups for event in group])
        keys = sorted({event.document for event in read})
        families, others = families_of(self.connection, keys)
        papers, said = _papers(self.connection, [*keys, *others]), _claims(self.connection, keys)
        made = assemble(groups, read, papers, said, families, rows, edges)
        return len(add_incidents(self.connection, made, {event.id: event for event in read}, number))


def _score(connection: Connection, changed: Collection[str]) -> list[Edge]:
    """Return the scored pairs with one of the ``changed`` events, down to what clustering looks at."""
    if len(changed) < MANY:
        mine = read_rows(connection, changed)
        is_most = MOST * len(changed) > count_rows(connection)
        near = None if is_most else neighbours(connection, mine.values()) | set(changed)
        rows = read_rows(connection, near)
        return list(score_pairs(candidate_pairs(rows.values(), frozenset(changed)), FLOOR))
    from kronika.link.scoring import score_events

    rows = read_rows(connection)
    # weighed again, so that the last bit does not depend on how many documents came at once
    proposed = score_events(rows.values(), FLOOR - 0.01)
    pairs = ((rows[e.one], rows[e.other]) for e in proposed if e.one in changed or e.other in changed)
    return list(score_pairs(pairs, FLOOR))


def events_with(connection: Connection, keys: Iterable[str]) -> list[Event]:
    """Return the events with these ids that linking looks at, in order of id."""
    query = select(events.c.id, events.c.body).where(events.c.status != Status.HYPOTHETICAL.value)
    rows = select_all(connection, query, events.c.id, sorted(keys))
    return [from_json(Event, body) for _, body in sorted(tuple(row) for row in rows)]


def _events_in(connection: Connection, keys: Iterable[str]) -> Iterator[Event]:
    query = select(events.c.body).where(events.c.status != Status.HYPOTHETICAL.value)
    for row in select_all(connection, query, events.c.document, keys):
        yield from_json(Event, row.body)


def _papers(connection: Connection, keys: Iterable[str]) -> list[Document]:
    rows = select_all(connection, select(documents.c.body), documents.c.id, keys)
    return [from_json(Document, row.body) for row in rows]


def _texts(connection: Connection, keys: Iterable[str]) -> Iterator[Document]:
    """Yield these documents with their texts and dates, and nothing else."""
    query = select(documents.c.id, documents.c.text, documents.c.published)
    for row in select_all(connection, query, documents.c.id, sorted(keys)):
        yield Document(row.id, row.text, published=row.published)


def _claims(connection: Connection, keys: Iterable[str]) -> list[Claim]:
    return [
        from_json(Claim, row.body) for row in select_all(connection, select(claims.c.body), claims.c.document, keys)
    ]


def _numbers(connection: Connection) -> list[int]:
    return list(connection.execute(select(incidents.c.number).order_by(incidents.c.number)).scalars())


def _rules() -> str:
    return f"rules {RULES}, weights {load_match_model().version}"


def _state(connection: Connection) -> tuple[str, int]:
    """Return the rules that the record was linked by, and how many decisions it had then."""
    found = connection.execute(select(linkings.c.state)).scalar_one_or_none() or ""
    rules, _, decided = found.partition("; decisions ")
    return rules, int(decided) if decided.isdigit() else 0


def _write_state(connection: Connection, decided: int) -> None:
    row: dict[str, Any] = {"number": 1, "state": f"{_rules()}; decisions {decided}"}
    connection.execute(upsert(linkings).values(row).on_conflict_do_update(index_elements=["number"], set_=row))
