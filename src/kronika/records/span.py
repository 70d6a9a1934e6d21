"""Spans: the evidence that every value points at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kronika.errors import EvidenceError
from kronika.records.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a stored document: ``document.text[start:end] == text``.

    ``start`` and ``end`` are code points, end exclusive.
    """

    document: str
    start: int
    end: int
    text: str

    def verify(self, document_text: str) -> None:
        """Raise :class:`EvidenceError` unless the document says at these offsets what the span says."""
        if document_text[self.start : self.end] != self.text:
            raise EvidenceError(
                f"span {self.start}-{self.end} of {self.document} is not {self.text!r}",
                "the document was altered after extraction; run kronika verify",
            )

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span of the same document."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end


class MentionKind(StrEnum):
    """What kind of thing a mention names."""

    PERSON = "person"
    STATE = "state"  # a country or its government, acting
    BODY = "body"  # a state body, ministry, agency, court, party, international organisation
    MEDIA = "media"
    FORCES = "forces"  # armed forces and groups, units, fighters
    GROUP = "group"  # people: civilians, residents, protesters, workers
    ORGANISATION = "organisation"
    FACILITY = "facility"
    PLACE = "place"
    WEAPON = "weapon"
    PRODUCT = "product"
    ASSET = "asset"  # money, goods, property
    SOURCE = "source"  # unnamed speakers: officials, sources, witnesses
    UNKNOWN = "unknown"


@quick
@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names a thing.

    ``head`` is its head word; ``name`` the name it goes by in the record ("S-300" for "S300s", the antecedent's
    name for "the plant"), ``entity`` the id of the thing once resolved, ``country`` the ISO 3166 alpha-2 code of
    the state an actor belongs to where the text says so, ``antecedent`` the span a pronoun or definite
    description leads back to.
    """

    span: Span
    kind: MentionKind
    head: str
    name: str
    entity: str | None = None
    country: str | None = None
    antecedent: Span | None = None
