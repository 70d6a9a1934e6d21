"""Speakers and sources: who says a value, and which reports are independent of each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kronika.link.copies import Family
from kronika.link.names import fold_translit
from kronika.link.publication import publication_order
from kronika.records import Certainty, Claim, Document, Event, Speaker, SpeakerKind, Stance


class Sources:
    """Documents, their claims and their families of copies, to ask who stands behind a value."""

    def __init__(
        self, documents: Iterable[Document], claims: Iterable[Claim] = (), families: Iterable[Family] = ()
    ) -> None:
        self._documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._claims: Mapping[str, Claim] = {claim.id: claim for claim in claims}
        self._first = {copy.document: family.first for family in families for copy in family.members}

    def document(self, key: str) -> Document | None:
        """The document with this id, or None where it was not given."""
        return self._documents.get(key)

    def published(self, event: Event) -> str:
        """When the event's document was published, for ordering: documents without a date come last."""
        document = self._documents.get(event.document)
        return publication_order(document.published if document else None)

    def claims_of(self, event: Event) -> list[Claim]:
        """The claims that the event stands inside, as far as they were given, outermost last."""
        return [self._claims[key] for key in event.claims if key in self._claims]

    def claim_about(self, event: Event, key: str, start: int) -> Claim | None:
        """The innermost claim about a quantity (by its id, else by its offset) among the event's claims."""
        claims = self.claims_of(event)
        for claim in claims:
            if key in claim.about:
                return claim
        inside = [c for c in claims if any(span.start <= start < span.end for span in c.content)]
        return inside[0] if inside else None

    def outermost(self, claim: Claim) -> Speaker | None:
        """The outermost named speaker of a claim; None where nobody is named."""
        found = None
        step: Claim | None = claim
        seen: set[str] = set()
        while step is not None and step.id not in seen:
            seen.add(step.id)
            if step.speaker.kind is SpeakerKind.NAMED and step.speaker.mention is not None:
                found = step.speaker
            step = self._claims.get(step.inside) if step.inside else None
        return found

    def publisher(self, key: str) -> str:
        """Who published a document; for a copy, who published the family's first text."""
        document = self._documents.get(self._first.get(key, key))
        return (document.publisher if document else None) or self._first.get(key, key)

    def speaker_name(self, event: Event, claim: Claim | None) -> str:
        """The name that a value goes under: the outermost named speaker, else the publisher."""
        speaker = self.outermost(claim) if claim is not None else None
        if speaker is not None and speaker.mention is not None:
            return speaker.mention.name
        return self.publisher(event.document)

    def keys(self, event: Event) -> frozenset[str]:
        """What the report rests on: its named speakers, or its publisher where it speaks in its own voice.

        Two reports with one key in common are not independent: a copy has the key of its original, and three outlets
        that quote one governor have the governor's.
        """
        named = [self.outermost(claim) for claim in self.claims_of(event)]
        speakers = {f"speaker {speaker_key(speaker)}" for speaker in named if speaker is not None}
        return frozenset(speakers or {f"publisher {fold_translit(self.publisher(event.document))}"})

    def independent(self, events: Iterable[Event]) -> int:
        """The number of different speakers and publishers that the reports rest on; one copy stands for its family."""
        standing: dict[str, str] = {}  # family -> the copy that is counted
        found: set[str] = set()
        for event in sorted(events, key=lambda event: (self.published(event), event.document, event.id)):
            if standing.setdefault(self._first.get(event.document, event.document), event.document) == event.document:
                found |= self.keys(event)
        return len(found)


def speaker_key(speaker: Speaker) -> str:
    """The key that a named speaker is counted under."""
    if speaker.mention is None:
        return fold_translit(speaker.description or "")
    return speaker.mention.entity or fold_translit(speaker.mention.name)


def is_denial(claim: Claim) -> bool:
    """Whether the claim says that its content is not so."""
    return claim.stance is Stance.DENIES or claim.certainty is Certainty.DENIED
