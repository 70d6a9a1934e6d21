"""What every source yields: one article's bytes with what was stated beside them, or why it was refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from kronika.errors import RejectedDocument
from kronika.records import Stated, content_id


class Kind(StrEnum):
    """How the bytes are to be read."""

    TEXT = "text"
    HTML = "html"


#: The metadata that can be stated beside an article.
FIELDS = ("title", "published", "url", "publisher", "language")


@dataclass(frozen=True, slots=True)
class Raw:
    """One article as it came: ``content`` is never altered, ``where`` names it for people ("news.jsonl:12").

    ``stated`` holds the metadata that came beside the bytes, with where each was read from; ``encoding`` the
    encoding that the sender named, if any. ``fetched_at`` is an ISO 8601 time for what came over the network.
    """

    where: str
    content: bytes
    kind: Kind
    stated: dict[str, Stated] = field(default_factory=dict)
    encoding: str | None = None
    fetched_at: str | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def key(self) -> str:
        """An id of everything that the document is made from: the bytes, their kind and what was stated."""
        stated = [f"{name}={self.stated[name].value}" for name in FIELDS if name in self.stated]
        return content_id("w", self.sha256, self.kind, self.encoding, *stated)


@dataclass(frozen=True, slots=True)
class Refusal:
    """One document that was refused: where, a short reason code, one line for people, and what to do."""

    where: str
    reason: str
    message: str
    hint: str = ""
    raw_sha256: str | None = None

    @classmethod
    def of(cls, where: str, error: RejectedDocument, raw_sha256: str | None = None) -> Refusal:
        """Make a refusal from the error that a reader raised; its message is cut to one line."""
        return cls(where, error.reason, " ".join(error.message.split()), error.hint, raw_sha256)
