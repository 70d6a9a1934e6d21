"""Adding documents to a record: each on its own, so that a run that is stopped goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kronika.documents import make_document, notice_of
from kronika.engine.chunk import UNSUPPORTED, version
from kronika.engine.run import run
from kronika.errors import EvidenceError, RejectedDocument
from kronika.records import Document, Report
from kronika.settings import settings
from kronika.sources import Raw, Refusal
from kronika.store import Reject, Store


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


class Adding:
    """One run of ``add``: articles in, rows out."""

    def __init__(
        self,
        store: Store,
        again: bool,
        progress: Callable[[Added, Refusal | None], None] | None,
        notice: Callable[[str], None] | None = None,
    ) -> None:
        self.store = store
        self.again = again
        self.progress = progress
        self.notice = notice
        self.version = version()
        self.counts = {"read": 0, "known": 0, "rejected": 0}
        self.waiting: dict[str, list[Raw]] = {}  # articles of each document that is being read

    def add(self, items: Iterable[Raw | Refusal], workers: int) -> Added:
        """Read ``items`` into the record, in ``workers`` processes, and return what was done."""
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
            if self.notice is not None and (said := notice_of(document, item.where)):
                self.notice(said)
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
