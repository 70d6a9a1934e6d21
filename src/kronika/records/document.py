"""Documents: what was published, as it was stored."""

from __future__ import annotations

from dataclasses import dataclass

from kronika.records.ids import content_id


@dataclass(frozen=True, slots=True)
class Stated:
    """A metadata value and where it was read from ("json-ld", "meta og:title", "flag", "front matter" …)."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Document:
    """One article. ``text`` never changes once stored; all offsets are code points into it.

    ``published`` is an ISO 8601 date or date-time prefix ("2025-04-29", "2025-04-29T10:00:00+02:00", "2025-04");
    ``published_origin`` says where it was read from. ``fetched_at`` is given by the caller, never by a clock in
    the pipeline. ``origins`` says where each other metadata value was read from.
    """

    id: str
    text: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    published_origin: str | None = None
    language: str | None = None
    raw_sha256: str | None = None
    fetched_at: str | None = None
    extractor: str | None = None
    origins: tuple[tuple[str, str], ...] = ()

    @property
    def unread_date(self) -> str | None:
        """Return what was stated as the publication date and can't be read, with where; None if there is no such thing.

        >>> Document("d", "Shells fell.", published_origin="front matter: '5/6/24' is no ISO 8601 date").unread_date
        "front matter: '5/6/24' is no ISO 8601 date"
        """
        return None if self.published else self.published_origin

    @classmethod
    def of(
        cls,
        text: str,
        *,
        url: str | None = None,
        publisher: str | None = None,
        title: str | None = None,
        published: str | None = None,
        **rest: object,
    ) -> Document:
        """Make a document whose id is the hash of its text and of what identifies its publication.

        >>> Document.of("Shells fell on the town.", published="2025-04-29").id
        'd-rn8hhpqx2zx1'
        """
        key = content_id("d", text, url, publisher, title, published)
        return cls(
            id=key,
            text=text,
            url=url,
            publisher=publisher,
            title=title,
            published=published,
            **rest,  # type: ignore[arg-type]
        )
