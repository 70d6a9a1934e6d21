"""The public verbs: read one article, open a record, add to it, ask it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from kronika.documents import make_document, notice_of
from kronika.documents.dates import iso_date
from kronika.engine import run
from kronika.engine.adding import Added, Adding
from kronika.engine.copying import all_families
from kronika.engine.deciding import decide, lost_decisions
from kronika.engine.linking import Linking, link_if_needed, link_record
from kronika.errors import RejectedDocument, SourceError
from kronika.link.copies import Change, diff
from kronika.query import Filter, Listing
from kronika.query.documents import CopyOf, change_row, copies_of, copy_row, document_row, reject_row
from kronika.query.events import event_row, finding_row, read_events, read_findings
from kronika.query.history import lost_row, read_history
from kronika.query.incidents import incident_row, incidents_by_id, incidents_near, incidents_reported_by, read_incidents
from kronika.query.ledgers import record_count_findings
from kronika.query.reviewed import Review
from kronika.query.search import Passage, passage_row, search
from kronika.records import Decision, Document, Event, Finding, Incident, Report
from kronika.settings import settings
from kronika.sources import Kind, Raw, Refusal, read_sources
from kronika.store import Reject, Store
from kronika.store.codec import to_dict
from kronika.store.decisions import Proposal
from kronika.store.verifying import Altered, verify_store


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
    sources: Iterable[str],
    *,
    stated: dict[str, str] | None = None,
    encoding: str | None = None,
    notice: Callable[[str], None] | None = None,
) -> Iterator[Report | Refusal]:
    """Yield the report of every article of ``sources``, or why there is none, without storing it.

    ``notice`` is called with what has to be said of an article that is read all the same (a date that can't be read).

    Raises:
        SourceError: a named file or folder does not exist, or the ``published`` of ``stated`` is no date.
    """
    _check_date((stated or {}).get("published"))
    yield from read_each(read_sources(sources, settings(), stated=stated, encoding=encoding), notice)


def read_each(
    items: Iterable[Raw | Refusal], notice: Callable[[str], None] | None = None
) -> Iterator[Report | Refusal]:
    """Yield the report of every article, or why there is none, without storing it."""
    refused: list[Refusal] = []

    def documents() -> Iterator[Document]:
        for item in items:
            try:
                if isinstance(item, Refusal):
                    refused.append(item)
                else:
                    document = make_document(item, settings())
                    if notice is not None and (said := notice_of(document, item.where)):
                        notice(said)
                    yield document
            except RejectedDocument as error:
                refused.append(Refusal.of(item.where, error))

    for _, result in run(documents()):
        yield from refused
        refused.clear()
        yield result
    yield from refused


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
        notice: Callable[[str], None] | None = None,
    ) -> Added:
        """Read files, folders, web addresses or ``"-"`` (standard input) into the record.

        Every document is written on its own: stopped at any moment and called again, the record ends as if nothing
        had happened. What this version has read before is left alone, unless ``again``. ``stated`` is metadata that
        wins over what the sources state. ``progress`` is called after every document with the counts so far, and with
        the refusal if it was refused; ``notice`` with what has to be said of an article that is read all the same, such
        as a publication date that can't be read.

        Raises:
            SourceError: a named file or folder does not exist, or the ``published`` of ``stated`` is no date.
            RecordError: the record can't be written.
        """
        _check_date((stated or {}).get("published"))
        items = read_sources([str(source) for source in sources], settings(), stated=stated, encoding=encoding)
        return Adding(self.store, again, progress, notice).add(items, workers)

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
        rejected: bool = False,
    ) -> Listing[Incident]:
        """Return what is said to have happened, by date, place and id.

        ``facility`` is looked for in the names of targets and places, ``actor`` in all participants; ``country`` is an
        ISO 3166 code or an English name; ``since`` and ``until`` are ISO dates or prefixes and leave out what has no
        date; ``type`` is a PLOVER type ("ASSAULT"). ``rejected`` keeps those that a person rejected.
        """
        wanted = Filter(facility, actor, country, since, until, type)
        wanted.incident_conditions()
        return Listing(lambda: self._incidents(wanted, rejected), incident_row)

    def incidents_by_id(self, ids: Iterable[str]) -> list[Incident]:
        """Return the incidents with these ids, those that a person rejected among them; others are left out."""
        return incidents_by_id(self.store, ids)

    def incidents_with(self, events: Iterable[str]) -> list[Incident]:
        """Return the incidents that these events are reports of, rejected ones too, in order of id."""
        return incidents_reported_by(self.store, events)

    def incidents_near(self, incident: Incident, limit: int) -> list[Incident]:
        """Return other incidents near ``incident`` in time, those of its kind and place first."""
        return incidents_near(self.store, incident, limit)

    def review_states(self, found: Iterable[Incident]) -> dict[str, str]:
        """Return, by incident id, "open", "partly", "accepted" or "rejected"."""
        incidents = list(found)
        with self.store.connect() as connection:
            review = Review.read(connection)
        return {incident.id: review.state(incident) for incident in incidents}

    def link(self, *, again: bool = False) -> Linking:
        """Put together the incidents that new documents and decisions touch; all of them if ``again``.

        Incidents are linked by themselves when they are asked for; call this to choose the moment.
        """
        return link_record(self.store, again=again)

    def _incidents(self, wanted: Filter, rejected: bool) -> Iterator[Incident]:
        link_if_needed(self.store)
        yield from read_incidents(self.store, wanted, rejected=rejected)

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

    def decide(self, proposal: Proposal) -> Decision:
        """Append a decision to the log and bring the incidents in line with it.

        Raises:
            RecordError: it speaks of what the record does not have.
        """
        link_if_needed(self.store)
        return decide(self.store, proposal)

    def history(self, key: str | None = None) -> Listing[dict[str, Any]]:
        """Return what was decided about ``key`` (an incident, event, document or decision), or all decisions.

        Raises:
            RecordError: the record has nothing with this id.
        """
        link_if_needed(self.store)
        rows = read_history(self.store, key)
        return Listing(lambda: iter(rows), dict)

    def lost_decisions(self) -> Listing[dict[str, Any]]:
        """Return the standing decisions about events that the record no longer has, with those events."""
        with self.store.connect() as connection:
            rows = [lost_row(decision, missing) for decision, missing in lost_decisions(connection)]
        return Listing(lambda: iter(rows), dict)

    def verify(self) -> Listing[Altered]:
        """Return everything in the record that is not what was written."""
        return Listing(lambda: verify_store(self.store), to_dict)

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


def _flagged(raw: Raw, stated: dict[str, str | None]) -> Iterator[Raw]:
    from dataclasses import replace

    from kronika.records import Stated

    yield replace(raw, stated={name: Stated(value, "argument") for name, value in stated.items() if value})


def _check_date(published: str | None) -> None:
    if published and iso_date(published) is None:
        raise SourceError(f"{published!r} is no date of publication", "dates are written 2025-04-29, 2025-04 or 2025")
