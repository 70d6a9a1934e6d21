"""A record on disk: one SQLite file, written in one transaction a document."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError, IntegrityError

from kronika.errors import RecordError, RejectedDocument
from kronika.records import (
    Claim,
    Deployment,
    Document,
    Event,
    Finding,
    Mention,
    Money,
    PlaceRef,
    Quantity,
    Relation,
    Report,
    Statement,
    TimeRef,
)
from kronika.store.codec import from_json
from kronika.store.evidence import verify_report
from kronika.store.migrations import APPLICATION_ID, migrate
from kronika.store.rows import document_row, part_rows, role_rows
from kronika.store.schema import PARTS, documents, origins, raws, rejects, roles
from kronika.store.search import forget_evidence, index_evidence

#: zlib's level: fixed, so that the same bytes are stored as the same bytes.
_LEVEL = 6
_KINDS: dict[str, Any] = {
    "events": Event,
    "claims": Claim,
    "quantities": Quantity,
    "money": Money,
    "relations": Relation,
    "deployments": Deployment,
    "statements": Statement,
    "places": PlaceRef,
    "times": TimeRef,
    "mentions": Mention,
    "findings": Finding,
}


@dataclass(frozen=True, slots=True)
class Reject:
    """One document that was refused, as the record keeps it."""

    where: str
    reason: str
    message: str
    hint: str = ""
    raw_sha256: str | None = None


class Store:
    """The tables of one record, opened.

    >>> store = Store.open(":memory:")
    >>> article = Document.of("Shells fell on the town.")
    >>> store.write(Report(article, "ok"), where="a.txt", key="w-1")
    >>> [document.id for document in store.documents()] == [article.id]
    True
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, path: str | Path, *, create: bool = True) -> Store:
        """Open the record at ``path``, its tables brought up to date; make it if it is not there and ``create``.

        Raises:
            RecordError: there is none, it is no record, is damaged, or is of a newer kronika.
        """
        in_memory = str(path) == ":memory:"
        if not in_memory and not create and not Path(path).exists():
            raise RecordError(f"{path}: there is no such record", f"make it: kronika add {path} ARTICLES")
        if not in_memory and not Path(path).absolute().parent.is_dir():
            raise RecordError(f"{path}: the folder does not exist", "make the folder first")
        engine = create_engine(f"sqlite+pysqlite:///{path}", connect_args={"timeout": 60})
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        try:
            with engine.execution_options(write=True).begin() as connection:
                _check_is_record(connection, str(path))
                migrate(connection)
        except DatabaseError as error:
            raise RecordError(
                f"{path}: can't be opened as a record ({error.orig})", "is it a kronika record?"
            ) from error
        return cls(engine)

    def close(self) -> None:
        """Close the file; what was written stays."""
        self._engine.dispose()

    def begin(self) -> AbstractContextManager[Connection]:
        """Return a transaction: all of it is written or nothing."""
        return self._engine.execution_options(write=True).begin()

    # -- writing -----------------------------------------------------------------------------------------------------

    def write(self, report: Report, *, where: str, key: str, raw: bytes | None = None) -> None:
        """Write one document with what it says, in one transaction. What an earlier run said of it is replaced.

        ``where`` is the place it came from, ``key`` the id of what it was made from (:attr:`kronika.sources.Raw.key`),
        ``raw`` the bytes as they came.

        Raises:
            EvidenceError: a span does not say what the text says; nothing is written.
            RejectedDocument: two parts have one id; nothing is written.
            RecordError: the file can't be written.
        """
        verify_report(report)
        document = report.document if raw is not None else replace(report.document, raw_sha256=None)
        try:
            with self.begin() as connection:
                if raw is not None and document.raw_sha256 is not None:
                    _write_raw(connection, document.raw_sha256, raw)
                is_new = _write_document(connection, document, report)
                if not is_new:
                    _forget_parts(connection, document.id)
                _write_parts(connection, report)
                _write_origin(connection, where, key, document.id)
        except IntegrityError as error:
            raise RejectedDocument(
                f"{where}: the report contradicts itself ({error.orig})", "inconsistent", "this is a fault in kronika"
            ) from error
        except DatabaseError as error:
            raise RecordError(
                f"{where}: can't be written ({error.orig})", "is the disk full, or the record damaged?"
            ) from error

    def add_origin(self, where: str, key: str, document: str) -> None:
        """Note that a document that is stored already was also found at ``where``."""
        with self.begin() as connection:
            _write_origin(connection, where, key, document)

    def refuse(self, reject: Reject) -> None:
        """Keep a document that was refused, with the reason; an earlier refusal of the same place is replaced."""
        row = {
            "place": reject.where,
            "reason": reject.reason,
            "message": reject.message,
            "hint": reject.hint,
            "raw_sha256": reject.raw_sha256,
        }
        with self.begin() as connection:
            connection.execute(upsert(rejects).values(row).on_conflict_do_update(index_elements=["place"], set_=row))

    # -- reading -----------------------------------------------------------------------------------------------------

    def known(self, key: str, version: str) -> str | None:
        """Return the id of the document made from ``key`` if ``version`` of the pipeline has read it, else None."""
        query = (
            select(documents.c.id)
            .join(origins, origins.c.document == documents.c.id)
            .where(origins.c.key == key, documents.c.version == version, _IS_READ)
            .limit(1)
        )
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none()

    def has(self, document: str, version: str) -> bool:
        """Whether ``version`` of the pipeline has read ``document``."""
        query = select(documents.c.id).where(documents.c.id == document, documents.c.version == version, _IS_READ)
        with self._engine.connect() as connection:
            return connection.execute(query).scalar_one_or_none() is not None

    def documents(self) -> Iterator[Document]:
        """Yield every document, by publication date and id."""
        query = select(documents.c.body, documents.c.text).order_by(*_BY_DATE)
        with self._engine.connect() as connection:
            for body, text in connection.execute(query):
                yield replace(from_json(Document, body), text=text)

    def document(self, document: str) -> Document:
        """Return the document with this id.

        Raises:
            RecordError: the record has no such document.
        """
        with self._engine.connect() as connection:
            query = select(documents.c.body, documents.c.text).where(documents.c.id == document)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise _absent(document)
        return replace(from_json(Document, row[0]), text=row[1])

    def events(self, ids: Sequence[str]) -> list[Event]:
        """Return the events with these ids, in the order given; those that are not there are left out."""
        table = PARTS["events"]
        with self._engine.connect() as connection:
            rows = connection.execute(select(table.c.id, table.c.body).where(table.c.id.in_(ids)))
            bodies = {row.id: row.body for row in rows}
        return [from_json(Event, bodies[key]) for key in ids if key in bodies]

    def counts(self) -> dict[str, int]:
        """Return how many documents the record has, and how many of each of their parts."""
        with self._engine.connect() as connection:
            return {
                name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for name, table in {"documents": documents, **PARTS}.items()
            }

    def reports(self) -> Iterator[Report]:
        """Yield the report of every document, by publication date and id."""
        with self._engine.connect() as connection:
            keys = connection.execute(select(documents.c.id).order_by(*_BY_DATE)).scalars().all()
        for key in keys:
            yield self.report(key)

    def report(self, document: str) -> Report:
        """Return what ``document`` says.

        Raises:
            RecordError: the record has no such document.
        """
        with self._engine.connect() as connection:
            query = select(documents.c.body, documents.c.text, documents.c.status, documents.c.version)
            row = connection.execute(query.where(documents.c.id == document)).one_or_none()
            if row is None:
                raise _absent(document)
            parts = {}
            for name, table in PARTS.items():
                bodies = connection.execute(
                    select(table.c.body).where(table.c.document == document).order_by(table.c.position)
                )
                parts[name] = tuple(from_json(_KINDS[name], body) for body in bodies.scalars())
        body, text, status, version = row
        return Report(replace(from_json(Document, body), text=text), status, **parts, version=version)

    def raw(self, document: str) -> bytes | None:
        """Return the bytes that ``document`` was made from, None where they were not kept."""
        query = select(raws.c.content).join(documents, documents.c.raw_sha256 == raws.c.sha256)
        with self._engine.connect() as connection:
            content = connection.execute(query.where(documents.c.id == document)).scalar_one_or_none()
        return zlib.decompress(content) if content is not None else None

    def origins(self, document: str) -> list[str]:
        """Return every place that ``document`` was found at, in order."""
        query = select(origins.c.place).where(origins.c.document == document).order_by(origins.c.place)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def rejects(self) -> Iterator[Reject]:
        """Yield what was refused, by place."""
        with self._engine.connect() as connection:
            for row in connection.execute(select(rejects).order_by(rejects.c.place)):
                yield Reject(*row)

    def connect(self) -> Connection:
        """Return a connection for queries."""
        return self._engine.connect()


#: A document in a language that is not read is looked at again: it costs nothing, and its refusal is shown again.
_IS_READ = documents.c.status != "unsupported language"
_BY_DATE = (documents.c.published.is_(None), documents.c.published, documents.c.id)


def _absent(document: str) -> RecordError:
    return RecordError(f"the record has no document {document}", "list them: kronika documents RECORD")


def _prepare(connection: Any, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event begins, not the driver
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that writes takes its lock at once, so that it can't fail in the middle."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")


def _check_is_record(connection: Connection, path: str) -> None:
    mark = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    is_empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if mark != APPLICATION_ID and not is_empty:
        raise RecordError(f"{path}: an SQLite file, but no kronika record", "name another file")


def _write_raw(connection: Connection, sha256: str, content: bytes) -> None:
    row = {"sha256": sha256, "size": len(content), "content": zlib.compress(content, _LEVEL)}
    connection.execute(upsert(raws).values(row).on_conflict_do_nothing())


def _write_document(connection: Connection, document: Document, report: Report) -> bool:
    """Insert the document, or bring its status up to date; return whether it is new.

    The same article found twice keeps the bytes whose hash is smaller, whichever came first.
    """
    row = document_row(document, report.status, report.version)
    stored = connection.execute(select(documents.c.raw_sha256).where(documents.c.id == document.id)).one_or_none()
    if stored is None:
        connection.execute(insert(documents).values(row))
        return True
    keep: tuple[str, ...] = ("status", "version")
    if stored[0] is None or (document.raw_sha256 is not None and document.raw_sha256 < stored[0]):
        keep = ("status", "version", "raw_sha256", "body")
    changed = {name: row[name] for name in keep}
    connection.execute(update(documents).where(documents.c.id == document.id).values(changed))
    return False


def _forget_parts(connection: Connection, document: str) -> None:
    forget_evidence(connection, document)
    for table in PARTS.values():
        connection.execute(delete(table).where(table.c.document == document))


def _write_parts(connection: Connection, report: Report) -> None:
    for name, rows in part_rows(report).items():
        if rows:
            connection.execute(insert(PARTS[name]), rows)
    participants = [row for event in report.events for row in role_rows(event)]
    if participants:
        connection.execute(insert(roles), participants)
    index_evidence(connection, report)


def _write_origin(connection: Connection, where: str, key: str, document: str) -> None:
    row = {"place": where, "key": key, "document": document}
    connection.execute(upsert(origins).values(row).on_conflict_do_update(index_elements=["place"], set_=row))
    connection.execute(delete(rejects).where(rejects.c.place == where))
