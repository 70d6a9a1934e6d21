"""Verification: is everything on disk what it was when it was written?"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from kronika.errors import EvidenceError, RecordError
from kronika.records import Document, Incident
from kronika.store.codec import from_json
from kronika.store.decisions import read_decisions, verify_chain
from kronika.store.evidence import spans, verify_report
from kronika.store.schema import documents, incident_bodies, raws
from kronika.store.store import Store


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
    texts: dict[str, str] = {}
    for key, text, problem in _documents(store):
        texts[key] = text
        if problem:
            yield Altered("document", key, problem)
        yield from _report(store, key)
    yield from _incidents(store, texts)
    with store.connect() as connection:
        try:
            verify_chain(read_decisions(connection))
        except RecordError as error:
            yield Altered("decision", _named(error.message), error.message)


def _named(message: str) -> str:
    words = message.split()
    return words[2] if len(words) > 2 else ""


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


def _documents(store: Store) -> Iterator[tuple[str, str, str]]:
    """Yield id and text of each document, and what is wrong with it, if anything."""
    with store.connect() as connection:
        rows = connection.execute(select(documents).order_by(documents.c.id)).mappings().all()
    for row in rows:
        try:
            document = replace(from_json(Document, row["body"]), text=row["text"])
        except ValueError:
            yield row["id"], row["text"], "its metadata can't be read"
            continue
        again = Document.of(
            document.text,
            url=document.url,
            publisher=document.publisher,
            title=document.title,
            published=document.published,
        )
        columns = ("id", "url", "publisher", "title", "published", "raw_sha256")
        differing = [name for name in columns if row[name] != getattr(document, name)]
        if again.id != row["id"]:
            yield row["id"], row["text"], "its text or what identifies its publication was altered"
        elif differing:
            yield row["id"], row["text"], f"{', '.join(differing)} in its columns differs from what was written"
        else:
            yield row["id"], row["text"], ""


def _report(store: Store, key: str) -> Iterator[Altered]:
    try:
        verify_report(store.report(key))
    except EvidenceError as error:
        yield Altered("evidence", key, error.message)
    except ValueError as error:
        yield Altered("report", key, f"can't be read ({str(error).splitlines()[0]})")


def _incidents(store: Store, texts: dict[str, str]) -> Iterator[Altered]:
    with store.connect() as connection:
        for body in connection.execute(select(incident_bodies.c.body).order_by(incident_bodies.c.number)).scalars():
            incident = from_json(Incident, body)
            for span in spans(incident):
                if texts.get(span.document, "")[span.start : span.end] != span.text:
                    problem = f"span {span.start}-{span.end} of {span.document} is not {span.text!r}"
                    yield Altered("incident", incident.id, problem)
                    break
