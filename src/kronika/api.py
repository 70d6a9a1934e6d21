"""The public verbs: read one article, open a record, add to it, ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from kronika.documents import make_document
from kronika.documents.dates import iso_date
from kronika.engine import run
from kronika.engine.chunk import UNSUPPORTED, version
from kronika.engine.copying import all_families
from kronika.engine.linking import Linking, link_if_needed, link_record
from kronika.errors import EvidenceError, RejectedDocument, SourceError
from kronika.link.copies import Change, diff
from kronika.query import Filter, Listing
from kronika.query.documents import CopyOf, change_row, copies_of, copy_row, document_row, reject_row
from kronika.query.events import event_row, finding_row, read_events, read_findings
from kronika.query.incidents import incident_row, read_incidents
from kronika.query.ledgers import record_count_findings
from kronika.query.search import Passage, passage_row, search
from kronika.records import Document, Event, Finding, Incident, Report
from kronika.settings import settings
from kronika.sources import Kind, Raw, Refusal, read_sources
from kronika.store import Reject, Store


def read(
    text: str,
    *,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Report:
    """Return what one article says; nothing is stored.

    ``published`` is an ISO 8601 date or date-time ("2025-04-29"); without it relative dates stay unresolved. Offsets
    of the evidence are code points into ``report.document.text``.

    >>> import kronika
    >>> report = kronika.read("Drones struck the oil depot in Engels on Monday.", published="2025-04-29")
    >>> report.document.published
    '2025-04-29'

    Raises:
        SourceError: ``published`` is no date.
        RejectedDocument: the text is empty or too long, or the pipeline can't read it.
        ModelError: the language model is not installed.
    """
    _check_date(published)
    stated = {"published": published, "title": title, "url": url, "publisher": publisher}
    raw = Raw("text", text.encode("utf-8", errors="replace"), Kind.TEXT, encoding="utf-8")
    return next(read_raws(_flagged(raw, stated)))


def open(path: str | Path) -> Record:
    """Open the record at ``path``, or make one there. ``":memory:"`` is kept nowhere.

    Raises:
        RecordError: the file is no record, is damaged, or was written by a newer kronika.
    """
    return Record(Store.open(path))


def read_raws(raws: Iterable[Raw]) -> Iterator[Report]:
    """Yield the report of every article, without storing it.

    Raises:
        RejectedDocument: an article is refused.
    """
    for item in read_each(raws):
        if isinstance(item, Refusal):
            raise RejectedDocument(item.message, item.reason, item.hint)
        yield item


def read_articles(
    sources: Iterable[str], *, stated: dict[str, str] | None = None, encoding: str | None = None
) -> Iterator[Report | Refusal]:
    """Yield the report of every article of ``sources``, or why there is none, without storing it.

    Raises:
        SourceError: a named file or folder does not exist, or the ``published`` of ``stated`` is no date.
    """
    _check_date((stated or {}).get("published"))
    yield from read_each(read_sources(sources, settings(), stated=stated, encoding=encoding))


def read_each(items: Iterable[Raw | Refusal]) -> Iterator[Report | Refusal]:
    """Yield the report of every article, or why there is none, without storing it."""
    refused: list[Refusal] = []

    def documents() -> Iterator[Document]:
        for item in items:
            try:
                if isinstance(item, Refusal):
                    refused.append(item)
                else:
                    yield make_document(item, settings())
            except RejectedDocument as error:
                refused.append(Refusal.of(item.where, error))

    for _, result in run(documents()):
        yield from refused
        refused.clear()
        yield result
    yield from refused


@dataclass(frozen=True, slots=True)
class Added:
    """What a run of :meth:`Record.add` did: documents read, documents the record had already, documents refused."""

    read: int = 0
    known: int = 0
    rejected: int = 0

    @property
    def seen(self) -> int:
        """Every article that was looked at."""
        return self.read + self.known + self.rejected


class Record:
    """A record on disk: documents, what they say, and what was refused.

    >>> import kronika
    >>> with kronika.open(":memory:") as record:
    ...     record.documents().to_dicts()
    []
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; everything added is stored."""
        self.store.close()

    def add(
        self,
        *sources: str | Path,
        workers: int = 1,
        again: bool = False,
        stated: dict[str, str] | None = None,
        encoding: str | None = None,
        progress: Callable[[Added, Refusal | None], None] | None = None,
    ) -> Added:
        """Read files, folders, web addresses or ``"-"`` (standard input) into the record.

        Every document is written on its own: stopped at any moment and called again, the record ends as if nothing
        had happened. What this version has read before is left alone, unless ``again``. ``stated`` is metadata that
        wins over what the sources state. ``progress`` is called after every document with the counts so far, and with
        the refusal if it was refused.

        Raises:
            SourceError: a named file or folder does not exist, or the ``published`` of ``stated`` is no date.
            RecordError: the record can't be written.
        """
        _check_date((stated or {}).get("published"))
        items = read_sources([str(source) for source in sources], settings(), stated=stated, encoding=encoding)
        return _Adding(self.store, again, progress).add(items, workers)

    def documents(self) -> Listing[Document]:
        """Return the documents, by publication date and id."""
        return Listing(self.store.documents, document_row)

    def copies(self) -> Listing[CopyOf]:
        """Return the documents that are copies of one text, family by family, the text published first first."""
        return Listing(lambda: self._copies(), copy_row)

    def _copies(self) -> Iterator[CopyOf]:
        link_if_needed(self.store)
        with self.store.connect() as connection:
            yield from copies_of(all_families(connection), {one.id: one for one in self.store.documents()})

    def diff(self, before: str, after: str) -> Listing[Change]:
        """Return what differs between two documents, word by word, each side with its place in its text.

        Raises:
            RecordError: the record has no such document.
        """
        one, other = self.store.document(before), self.store.document(after)
        return Listing(lambda: iter(diff(one, other)), change_row)

    def reports(self) -> Iterator[Report]:
        """Yield what every document says, by publication date and id."""
        return self.store.reports()

    def events(
        self,
        *,
        facility: str | None = None,
        actor: str | None = None,
        country: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
    ) -> Listing[Event]:
        """Return the events that the documents report, in every status, by date, place and id."""
        wanted = Filter(facility, actor, country, since, until, type)
        wanted.conditions()  # a wrong date or country is said now, not when the listing is read
        return Listing(lambda: read_events(self.store, wanted), event_row)

    def incidents(
        self,
        *,
        facility: str | None = None,
        actor: str | None = None,
        country: str | None = None,
        since: str | None = None,
        until: str | None = None,
        type: str | None = None,
    ) -> Listing[Incident]:
        """Return what is said to have happened, by date, place and id.

        ``facility`` is looked for in the names of targets and places, ``actor`` in all participants; ``country`` is an
        ISO 3166 code or an English name; ``since`` and ``until`` are ISO dates or prefixes and leave out what has no
        date; ``type`` is a PLOVER type ("ASSAULT").
        """
        wanted = Filter(facility, actor, country, since, until, type)
        wanted.incident_conditions()
        return Listing(lambda: self._linked(read_incidents, wanted), incident_row)

    def link(self, *, again: bool = False) -> Linking:
        """Put together the incidents that new documents and decisions touch; all of them if ``again``.

        Incidents are linked by themselves when they are asked for; call this to choose the moment.
        """
        return link_record(self.store, again=again)

    def _linked(self, read: Callable[[Store, Filter], Iterator[Incident]], wanted: Filter) -> Iterator[Incident]:
        link_if_needed(self.store)
        yield from read(self.store, wanted)

    def findings(self, kind: str | None = None) -> Listing[Finding]:
        """Return the contradictions found, of one ``kind`` if given ("geography", "money" …), by document.

        Counts that documents assert of a facility, and that the record does not bear out, come last.
        """
        return Listing(lambda: self._findings(kind), finding_row)

    def _findings(self, kind: str | None) -> Iterator[Finding]:
        yield from read_findings(self.store, kind)
        if kind in (None, "count"):
            link_if_needed(self.store)
            with self.store.connect() as connection:
                yield from record_count_findings(connection)

    def search(self, words: str) -> Listing[Passage]:
        """Return a passage of each document that holds all ``words``, the best match first.

        "Quoted words" must stand together. Upper and lower case, and accents, do not matter.

        >>> import kronika
        >>> with kronika.open(":memory:") as record:
        ...     len(record.search('"oil depot" fire'))
        0
        """
        return Listing(lambda: search(self.store, words), passage_row)

    def rejects(self) -> Listing[Reject]:
        """Return the documents that were refused, by place, each with its reason."""
        return Listing(self.store.rejects, reject_row)


class _Adding:
    """One run of ``add``: articles in, rows out."""

    def __init__(self, store: Store, again: bool, progress: Callable[[Added, Refusal | None], None] | None) -> None:
        self.store = store
        self.again = again
        self.progress = progress
        self.version = version()
        self.counts = {"read": 0, "known": 0, "rejected": 0}
        self.waiting: dict[str, list[Raw]] = {}  # articles of each document that is being read

    def add(self, items: Iterable[Raw | Refusal], workers: int) -> Added:
        for document, item in run(self._documents(items), workers):
            raws = self.waiting.pop(document.id)
            if isinstance(item, Refusal):
                for raw in raws:
                    self._refuse(Refusal(raw.where, item.reason, f"{raw.where}: {item.message}", item.hint, raw.sha256))
            else:
                self._write(item, raws)
        return Added(**self.counts)

    def _documents(self, items: Iterable[Raw | Refusal]) -> Iterator[Document]:
        """Yield the documents that are to be read; note those that are known and those that are refused."""
        for item in items:
            if isinstance(item, Refusal):
                self._refuse(item)
                continue
            if not self.again and (known := self.store.known(item.key, self.version)):
                self._known(item, known)
                continue
            try:
                document = make_document(item, settings())
            except RejectedDocument as error:
                self._refuse(Refusal.of(item.where, error, item.sha256))
                continue
            if document.id in self.waiting:
                self.waiting[document.id].append(item)
            elif not self.again and self.store.has(document.id, self.version):
                self._known(item, document.id)
            else:
                self.waiting[document.id] = [item]
                yield document

    def _write(self, report: Report, raws: list[Raw]) -> None:
        try:
            self.store.write(report, where=raws[0].where, key=raws[0].key, raw=raws[0].content)
            for raw in raws[1:]:
                self.store.add_origin(raw.where, raw.key, report.document.id)
        except EvidenceError as error:
            self._refuse(Refusal(raws[0].where, "evidence", f"{raws[0].where}: {error.message}", error.hint))
            return
        except RejectedDocument as error:
            self._refuse(Refusal.of(raws[0].where, error, raws[0].sha256))
            return
        if report.status == UNSUPPORTED:
            for raw in raws:
                message = f"{raw.where}: in {report.document.language}, a language that is not read yet"
                self._refuse(Refusal(raw.where, "unsupported_language", message, "", raw.sha256))
        else:
            self._count("read", len(raws))

    def _known(self, raw: Raw, document: str) -> None:
        self.store.add_origin(raw.where, raw.key, document)
        self._count("known")

    def _refuse(self, refusal: Refusal) -> None:
        self.store.refuse(
            Reject(refusal.where, refusal.reason, refusal.message, refusal.hint, refusal.raw_sha256),
        )
        self._count("rejected", refusal=refusal)

    def _count(self, what: str, number: int = 1, refusal: Refusal | None = None) -> None:
        self.counts[what] += number
        if self.progress is not None:
            self.progress(Added(**self.counts), refusal)


def _check_date(published: str | None) -> None:
    if published and iso_date(published) is None:
        raise SourceError(f"{published!r} is no date of publication", "dates are written 2025-04-29, 2025-04 or 2025")


def _flagged(raw: Raw, stated: dict[str, str | None]) -> Iterator[Raw]:
    from dataclasses import replace

    from kronika.records import Stated

    yield replace(raw, stated={name: Stated(value, "argument") for name, value in stated.items() if value})
