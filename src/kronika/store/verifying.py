"""Verification: is everything on disk what it was when it was written?"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, select

from kronika.errors import EvidenceError
from kronika.records import Document, Incident
from kronika.store.codec import from_json
from kronika.store.decisions import broken_decision, read_decisions
from kronika.store.evidence import spans, verify_report
from kronika.store.links import parts, select_all
from kronika.store.schema import documents, incident_bodies, raws
from kronika.store.store import Store

#: Documents, or incidents, that are in memory at a time.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Altered:
    """One thing that is not what it was: what it is, its id, and what is wrong with it."""

    what: str
    id: str
    problem: str


def verify_store(store: Store) -> Iterator[Altered]:
    """Yield everything that was altered since it was written.

    Raw bytes are held to their SHA-256, documents to their ids, every span to the text of its document, and decisions
    to the chain of their hashes.
    """
    yield from _file(store)
    yield from _raws(store)
    for key, problem in _documents(store):
        if problem:
            yield Altered("document", key, problem)
        yield from _report(store, key)
    yield from _incidents(store)
    with store.connect() as connection:
        broken = broken_decision(read_decisions(connection))
    if broken is not None:
        yield Altered("decision", broken.id, "it, or the one before it, was altered, taken out or put in")


def _file(store: Store) -> Iterator[Altered]:
    with store.connect() as connection:
        for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars():
            if line != "ok":
                yield Altered("file", "", str(line))


def _raws(store: Store) -> Iterator[Altered]:
    with store.connect() as connection:
        for row in connection.execute(select(raws.c.sha256, raws.c.content).order_by(raws.c.sha256)):
            try:
                content = zlib.decompress(row.content)
            except zlib.error as error:
                yield Altered("raw", row.sha256, f"can't be unpacked ({error})")
                continue
            if hashlib.sha256(content).hexdigest() != row.sha256:
                yield Altered("raw", row.sha256, "the bytes are not those of the hash")


def _documents(store: Store) -> Iterator[tuple[str, str]]:
    """Yield the id of each document, and what is wrong with it, if anything."""
    with store.connect() as connection:
        for keys in parts(connection.execute(select(documents.c.id).order_by(documents.c.id)).scalars(), _AT_ONCE):
            rows = connection.execute(select(documents).where(documents.c.id.in_(keys)).order_by(documents.c.id))
            for row in rows.mappings().all():
                yield row["id"], _problem(row)


def _problem(row: RowMapping) -> str:
    try:
        document = replace(from_json(Document, row["body"]), text=row["text"])
    except ValueError:
        return "its metadata can't be read"
    again = Document.of(
        document.text,
        url=document.url,
        publisher=document.publisher,
        title=document.title,
        published=document.published,
    )
    if again.id != row["id"]:
        return "its text or what identifies its publication was altered"
    columns = ("id", "url", "publisher", "title", "published", "raw_sha256")
    differing = [name for name in columns if row[name] != getattr(document, name)]
    return f"{', '.join(differing)} in its columns differs from what was written" if differing else ""


def _report(store: Store, key: str) -> Iterator[Altered]:
    try:
        verify_report(store.report(key))
    except EvidenceError as error:
        yield Altered("evidence", key, error.message)
    except ValueError as error:
        yield Altered("report", key, f"can't be read ({str(error).splitlines()[0]})")


def _incidents(store: Store) -> Iterator[Altered]:
    query = select(incident_bodies.c.body)
    with store.connect() as connection:
        numbers = connection.execute(select(incident_bodies.c.number).order_by(incident_bodies.c.number)).scalars()
        for part in parts(numbers, _AT_ONCE):
            bodies = connection.execute(query.where(incident_bodies.c.number.in_(part)).order_by("number")).scalars()
            found = [from_json(Incident, body) for body in bodies]
            named = sorted({span.document for incident in found for span in spans(incident)})
            rows = select_all(connection, select(documents.c.id, documents.c.text), documents.c.id, named)
            texts = {row.id: row.text for row in rows}
            for incident in found:
                for span in spans(incident):
                    if texts.get(span.document, "")[span.start : span.end] != span.text:
                        problem = f"span {span.start}-{span.end} of {span.document} is not {span.text!r}"
                        yield Altered("incident", incident.id, problem)
                        break
