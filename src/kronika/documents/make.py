"""One article's bytes to its document."""

from __future__ import annotations

from kronika.documents.dates import iso_date
from kronika.documents.decoding import decode, tidy
from kronika.documents.front_matter import split_front_matter
from kronika.documents.language import detect_language
from kronika.documents.page import read_page
from kronika.errors import RejectedDocument
from kronika.records import Document, Stated
from kronika.settings import Settings
from kronika.sources import Kind, Raw


def make_document(raw: Raw, settings: Settings) -> Document:
    """Return the document of ``raw``.

    What was stated beside the bytes (flags, sidecar, JSON line) wins over front matter and over what a page says
    about itself; ``origins`` keeps where each value was read from. A publication date that can't be read without
    guessing is left out, and ``origins`` says so.

    >>> from kronika.sources import Kind, Raw
    >>> article = Raw("a.txt", b"---\\ndate: 2025-04-29\\n---\\nShells fell on the town.", Kind.TEXT)
    >>> document = make_document(article, Settings())
    >>> document.text, document.published, document.published_origin
    ('Shells fell on the town.', '2025-04-29', 'front matter')

    Raises:
        RejectedDocument: empty, binary, wrongly encoded, without an article, or longer than the settings allow.
    """
    if raw.kind is Kind.HTML:
        text, stated, extractor = read_page(raw)
    else:
        stated, text = split_front_matter(tidy(decode(raw.content, raw.where, raw.encoding)), raw.where)
        extractor = "text"
    text = tidy(text).strip()
    stated = {**stated, **raw.stated}
    if not text:
        raise RejectedDocument(f"{raw.where}: there is no text in it", "empty")
    if len(text) > settings.max_characters:
        raise RejectedDocument(
            f"{raw.where}: {len(text):,} characters; an article has at most {settings.max_characters:,}",
            "too_long",
            "split it into its articles",
        )
    published, origins = _published(stated)
    language = detect_language(text, settings.languages)
    origins["language"] = "text" if language else stated["language"].origin if "language" in stated else "default"
    return Document.of(
        text,
        url=_value(stated, "url"),
        publisher=_value(stated, "publisher"),
        title=_value(stated, "title"),
        published=published,
        published_origin=origins.get("published"),
        language=language or _stated_language(stated) or settings.read_languages[0],
        raw_sha256=raw.sha256,
        fetched_at=raw.fetched_at,
        extractor=extractor,
        origins=tuple(sorted(origins.items())),
    )


def notice_of(document: Document, where: str) -> str | None:
    """Return what has to be said of a document that is read all the same: its date can't be; None if there is nothing.

    >>> notice_of(Document("d", "Shells fell.", published_origin="json line: 'May' is no ISO 8601 date"), "a.jsonl:3")
    "a.jsonl:3: json line: 'May' is no ISO 8601 date; read without it, relative times stay unresolved"
    """
    if document.unread_date is None:
        return None
    return f"{where}: {document.unread_date}; read without it, relative times stay unresolved"


def _published(stated: dict[str, Stated]) -> tuple[str | None, dict[str, str]]:
    """Return the publication date, if it can be read, and the origins of all that is stated."""
    origins = {name: value.origin for name, value in stated.items()}
    if "published" not in stated:
        return None, origins
    published = iso_date(stated["published"].value)
    if published is None:
        origins["published"] = f"{stated['published'].origin}: {stated['published'].value!r} is no ISO 8601 date"
    return published, origins


def _value(stated: dict[str, Stated], name: str) -> str | None:
    return stated[name].value if name in stated else None


def _stated_language(stated: dict[str, Stated]) -> str | None:
    value = _value(stated, "language")
    return value.replace("_", "-").split("-")[0].lower() if value else None
