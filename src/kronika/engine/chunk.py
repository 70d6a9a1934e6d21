"""One chunk of documents through the pipeline; a document that breaks it is set aside, the others are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kronika.errors import CodebookError, GazetteerError, ModelError, RejectedDocument, SettingsError
from kronika.records import Document, Report
from kronika.settings import settings
from kronika.sources import Refusal

#: What is wrong with the installation, not with a document: the run ends.
FATAL = (ModelError, GazetteerError, CodebookError, SettingsError)
UNSUPPORTED = "unsupported language"


def read_chunk(documents: Sequence[Document]) -> list[Report | Refusal]:
    """Return the report of every document, in order, or why there is none."""
    readable = [document for document in documents if _is_readable(document)]
    try:
        found = _read(readable)
    except FATAL:
        raise
    except Exception:  # one document breaks the batch: find it
        found = {document.id: _read_alone(document) for document in readable}
    return [found.get(document.id) or Report(document, UNSUPPORTED, version=version()) for document in documents]


def version() -> str:
    """Return the version of the pipeline, which reports keep."""
    from importlib import metadata

    from kronika import pipeline

    return str(getattr(pipeline, "VERSION", None) or metadata.version("kronika"))


def _is_readable(document: Document) -> bool:
    return document.language is None or document.language in settings().read_languages


def _read(documents: Iterable[Document]) -> dict[str, Report | Refusal]:
    from kronika.pipeline import read_documents

    return {report.document.id: report for report in read_documents(documents)}


def _read_alone(document: Document) -> Report | Refusal:
    try:
        return next(iter(_read([document]).values()))
    except FATAL:
        raise
    except RejectedDocument as error:
        return Refusal.of(document.id, error)
    except Exception as error:  # kept in the record with its reason, and shown: it hides nothing
        message = f"the pipeline failed on it: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return Refusal(document.id, "pipeline_error", message, "please report it with the document")
