"""What linking keeps on disk between its runs: rows to compare, scored pairs, and which documents it has seen."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select

from kronika.link.blocking import MONTH_DAYS, PRINTED_DAYS, REGION_DAYS, Whereabouts
from kronika.link.features import EventRow
from kronika.link.model import Edge
from kronika.store.schema import (
    aliases,
    copies,
    copy_keys,
    documents,
    entities,
    entity_spans,
    fresh_copy_keys,
    link_edges,
    link_rows,
    linked_documents,
    namings,
)

#: SQLite takes no more values than this in one statement, several times over.
AT_ONCE = 5_000


def parts(keys: Iterable[Any], size: int = AT_ONCE) -> Iterator[list[Any]]:
    """Yield ``keys`` in lists that one statement can take."""
    wanted = list(keys)
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]


def select_all(connection: Connection, query: Any, column: Any, keys: Iterable[Any]) -> list[Any]:
    """Return the rows of ``query`` whose ``column`` is one of ``keys``."""
    return [row for part in parts(keys) for row in connection.execute(query.where(column.in_(part)))]


def unlinked_documents(connection: Connection) -> list[str]:
    """Return the documents that linking has not seen since they were last read, in order of id."""
    known = select(linked_documents.c.document)
    return list(connection.execute(select(documents.c.id).where(documents.c.id.not_in(known)).order_by("id")).scalars())


def mark_linked(connection: Connection, keys: Iterable[str]) -> None:
    """Note that linking has seen these documents."""
    _insert(connection, linked_documents, [{"document": key} for key in keys])


def events_of(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Return the events of these documents that have rows."""
    return {row[0] for row in select_all(connection, select(link_rows.c.event), link_rows.c.document, keys)}


def forget_documents(connection: Connection, keys: Collection[str]) -> None:
    """Take out everything that was kept of these documents' events; their texts do not change, so copy keys stay."""
    forget_edges(connection, events_of(connection, keys))
    for part in parts(keys):
        connection.execute(delete(link_rows).where(link_rows.c.document.in_(part)))
        connection.execute(delete(namings).where(namings.c.document.in_(part)))


def forget_edges(connection: Connection, events: Iterable[str]) -> None:
    """Take out the scored pairs with one of these events."""
    for part in parts(sorted(events)):
        connection.execute(delete(link_edges).where(or_(link_edges.c.one.in_(part), link_edges.c.other.in_(part))))


def forget_all(connection: Connection) -> None:
    """Take out everything that linking kept; the incidents stay until they are replaced."""
    for table in (linked_documents, link_rows, link_edges, namings, aliases, copy_keys, copies, entity_spans, entities):
        connection.execute(delete(table))


# -- rows and pairs ---------------------------------------------------------------------------------------------------


def write_rows(connection: Connection, rows: Iterable[EventRow]) -> None:
    """Write rows, in place of those of the same events."""
    for part in parts(rows):
        for events in parts([row.event for row in part]):
            connection.execute(delete(link_rows).where(link_rows.c.event.in_(events)))
        _insert(connection, link_rows, [_columns(row) for row in part])


def _columns(row: EventRow) -> dict[str, Any]:
    at = Whereabouts.of(row)
    where = {name: getattr(at, name) for name in Whereabouts.__slots__}
    body = json.dumps([getattr(row, name) for name in EventRow.__slots__], ensure_ascii=False, separators=(",", ":"))
    return {"event": row.event, "document": row.document, "body": body, **where}


def read_rows(connection: Connection, events: Iterable[str] | None = None) -> dict[str, EventRow]:
    """Return rows by event: those of ``events``, or all, in order of id."""
    query = select(link_rows.c.body)
    if events is None:
        bodies: Iterable[str] = connection.execute(query.order_by(link_rows.c.event)).scalars()
    else:
        bodies = sorted(row[0] for row in select_all(connection, query, link_rows.c.event, events))
    rows = (EventRow(*json.loads(body)) for body in bodies)
    return {row.event: row for row in rows}


def count_rows(connection: Connection) -> int:
    """Return how many events have rows."""
    return int(connection.execute(select(func.count()).select_from(link_rows)).scalar_one())


def neighbours(connection: Connection, rows: Iterable[EventRow]) -> set[str]:
    """Return all events whose rows can share a blocking key with one of ``rows``, and some more."""
    column, found = link_rows.c, set[str]()
    for at in {Whereabouts.of(row) for row in rows}:
        if at.wording is not None and at.printed is not None:
            printed = column.printed.between(at.printed - PRINTED_DAYS, at.printed + PRINTED_DAYS)
            same = connection.execute(select(column.event).where(column.wording == at.wording, printed))
            found.update(same.scalars())
        if at.middle is None:
            continue
        month = column.middle.between(at.middle - MONTH_DAYS, at.middle + MONTH_DAYS)
        near = column.middle.between(at.middle - REGION_DAYS, at.middle + REGION_DAYS)
        if at.target is not None:
            found.update(connection.execute(select(column.event).where(column.target == at.target, month)).scalars())
        if at.counted is not None:
            found.update(connection.execute(select(column.event).where(column.counted == at.counted, near)).scalars())
        if at.x is not None and at.y is not None:
            cells = column.x.in_(range(at.x - 1, at.x + 2)), column.y.in_(range(at.y - 1, at.y + 2))
            found.update(connection.execute(select(column.event).where(*cells, month)).scalars())
        if at.region is not None:
            found.update(connection.execute(select(column.event).where(column.region == at.region, near)).scalars())
    return found


def write_edges(connection: Connection, edges: Iterable[Edge]) -> None:
    """Write scored pairs."""
    for part in parts(edges, 50_000):
        _insert(connection, link_edges, [{"one": e.one, "other": e.other, "weight": e.weight} for e in part])


def edges_at(connection: Connection, events: Collection[str] | None = None, least: float | None = None) -> list[Edge]:
    """Return the scored pairs with one of ``events`` (or all) that weigh at least ``least``, sorted."""
    query = select(link_edges.c.one, link_edges.c.other, link_edges.c.weight)
    if least is not None:
        query = query.where(link_edges.c.weight >= least)
    if events is None:
        return [Edge(*row) for row in connection.execute(query.order_by("one", "other"))]
    keys = sorted(events)
    rows = {*select_all(connection, query, link_edges.c.one, keys)}
    rows.update(select_all(connection, query, link_edges.c.other, keys))
    return [Edge(*row) for row in sorted(tuple(row) for row in rows)]


def component(
    connection: Connection, start: Iterable[str], least: float, same: Iterable[tuple[str, str]] = ()
) -> set[str]:
    """Return every event that chains of pairs (of weight ``least`` or more, or in ``same``) lead to from ``start``."""
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in same:
        joined[one].add(other)
        joined[other].add(one)
    found = set(start)
    edge = set(found)
    while edge:
        near = {event for pair in edges_at(connection, edge, least) for event in (pair.one, pair.other)}
        near.update(other for event in edge for other in joined[event])
        edge = near - found
        found |= edge
    return found


# -- copies -----------------------------------------------------------------------------------------------------------


def propose_copies(connection: Connection, keys: Mapping[int, Collection[int]], most: int) -> list[tuple[int, int]]:
    """Keep the copy keys of documents that are new to linking; return the pairs that share one with what is kept.

    Documents are given and returned by their number. A key of a single shingle that more than ``most`` hold is
    boilerplate, and proposes nothing.
    """
    fresh_copy_keys.create(connection, checkfirst=True)
    connection.execute(delete(fresh_copy_keys))
    rows = [{"key": key, "document": document} for document, shared in keys.items() for key in shared]
    _insert(connection, fresh_copy_keys, rows)
    columns = ("key", "document")
    connection.execute(insert(copy_keys).prefix_with("OR IGNORE").from_select(columns, select(fresh_copy_keys)))
    mine, kept, held = fresh_copy_keys, copy_keys, copy_keys.alias()
    too_many = select(held.c.document).where(held.c.key == mine.c.key).limit(1).offset(most).exists()
    query = (
        select(func.min(mine.c.document, kept.c.document), func.max(mine.c.document, kept.c.document))
        .join_from(mine, kept, (kept.c.key == mine.c.key) & (kept.c.document != mine.c.document))
        .where((mine.c.key % 2 == 0) | ~too_many)
        .distinct()
    )
    return sorted((one, other) for one, other in connection.execute(query))


def _insert(connection: Connection, table: Any, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
