"""Families of copies on disk, brought up to date when documents come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Connection, delete, insert, select

from kronika.link.copies import MOST_HOLDERS, Copy, Family, copy_keys, family, is_copy
from kronika.link.groups import Groups
from kronika.link.publication import publication_order
from kronika.records import Document
from kronika.store.codec import from_json
from kronika.store.links import parts, propose_copies, select_all
from kronika.store.schema import copies, documents

_AT_ONCE = 500


def update_families(connection: Connection, fresh: Sequence[str]) -> set[str]:
    """Put the documents ``fresh`` with the texts they are copies of; return all documents of families that changed.

    A text does not change, and neither do its keys: looking at a document again finds what was found before.
    """
    groups, touched = Groups(), set[str]()
    for keys in parts(fresh, _AT_ONCE):
        texts = _texts(connection, documents.c.id, keys)
        shared = {number: copy_keys(text) for number, (_, text) in sorted(texts.items())}
        pairs = propose_copies(connection, shared, MOST_HOLDERS)
        texts |= _texts(connection, documents.c.number, {number for pair in pairs for number in pair} - texts.keys())
        for (one, left), (other, right) in ((texts[one], texts[other]) for one, other in pairs):
            if groups.root(one) != groups.root(other) and is_copy(left, right):
                groups.join(one, other)
                touched.update((one, other))
    if not touched:
        return set()
    for found in families_of(connection, sorted(touched))[0]:
        for member in found.members:
            groups.join(found.first, member.document)
    made = [keys for keys in groups.members() if len(keys) > 1]
    changed = {key for keys in made for key in keys}
    for some in parts(sorted(changed)):
        connection.execute(delete(copies).where(copies.c.document.in_(some)))
    rows = [row for keys in made for row in _rows(family(_documents(connection, keys)))]
    connection.execute(insert(copies), rows)
    return changed


def families_of(connection: Connection, keys: Collection[str]) -> tuple[list[Family], list[str]]:
    """Return the families that these documents are in, and their other members."""
    names = {row.family for row in select_all(connection, select(copies.c.family), copies.c.document, sorted(keys))}
    return _families(connection, names, set(keys))


def all_families(connection: Connection) -> list[Family]:
    """Return every family of copies, by the date and id of its first text."""
    names = connection.execute(select(copies.c.family).distinct()).scalars().all()
    dates = {row.id: row.published for row in connection.execute(select(documents.c.id, documents.c.published))}
    found, _ = _families(connection, set(names), set())
    return sorted(found, key=lambda one: (publication_order(dates.get(one.first)), one.first))


def _families(connection: Connection, names: set[str], known: set[str]) -> tuple[list[Family], list[str]]:
    members: dict[str, list[Copy]] = {}
    first: dict[str, str] = {}
    for row in select_all(connection, select(copies), copies.c.family, sorted(names)):
        members.setdefault(row.family, []).append(Copy(row.document, row.resemblance, row.containment))
        first[row.family] = row.first
    found = [Family(key, first[key], tuple(sorted(members[key], key=lambda c: c.document))) for key in sorted(members)]
    return found, sorted({copy.document for one in found for copy in one.members} - known)


def _rows(found: Family) -> list[dict[str, object]]:
    shared = {"family": found.id, "first": found.first}
    return [
        {"document": copy.document, "resemblance": copy.resemblance, "containment": copy.containment, **shared}
        for copy in found.members
    ]


def _texts(connection: Connection, column: Column[Any], keys: Iterable[Any]) -> dict[int, tuple[str, str]]:
    """Return, by number, the ids and texts of the documents whose ``column`` is one of ``keys``."""
    query = select(documents.c.number, documents.c.id, documents.c.text)
    return {row.number: (row.id, row.text) for row in select_all(connection, query, column, sorted(keys))}


def _documents(connection: Connection, keys: Iterable[str]) -> list[Document]:
    query = select(documents.c.body, documents.c.text)
    rows = select_all(connection, query, documents.c.id, keys)
    return [replace(from_json(Document, row.body), text=row.text) for row in rows]
