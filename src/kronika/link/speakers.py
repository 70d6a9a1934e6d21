"""Speakers and sources: who says a value, and which reports are independent of each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from kronika.link.copies import Family
from kronika.link.names import fold_translit
from kronika.link.publication import publication_order
from kronika.records import Certainty, Claim, Document, Event, Quantity, Speaker, SpeakerKind, Stance

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)


class Sources:
    """Documents, their claims and their families of copies, to ask who stands behind a value."""

    def __init__(
        self, documents: Iterable[Document], claims: Iterable[Claim] = (), families: Iterable[Family] = ()
    ) -> None:
        self._documents: Mapping[str, Document] = {document.id: document for document in documents}
        self._claims: Mapping[str, Claim] = {claim.id: claim for claim in claims}
        self._first = {copy.document: family.first for family in families for copy in family.members}
        self._about: dict[str, list[Claim]] = {}
        self._speakers: dict[str, list[Speaker]] = {}
        for claim in sorted(self._claims.values(), key=lambda claim: (_position(claim), claim.id)):
            self._speakers.setdefault(_position(claim)[0], []).append(claim.speaker)
            for key in claim.about:
                self._about.setdefault(key, []).append(claim)

    def document(self, key: str) -> Document | None:
        """The document with this id, or None where it was not given."""
        return self._documents.get(key)

    def published(self, event: Event) -> str:
        """When the event's document was published, for ordering: documents without a date come last."""
        document = self._documents.get(event.document)
        return publication_order(document.published if document else None)

    def claims_of(self, event: Event) -> list[Claim]:
        """The claims that the event stands inside, as far as they were given, then those that tell it again."""
        inside = [self._claims[key] for key in event.claims if key in self._claims]
        return [*inside, *(claim for claim in self._about.get(event.id, ()) if claim not in inside)]

    def speakers(self, document: str) -> Sequence[Speaker]:
        """The speakers of a document's claims, in the order of its text."""
        return self._speakers.get(document, ())

    def claim_about(self, quantity: Quantity) -> Claim | None:
        """The innermost claim that a quantity stands inside."""
        return min(self._about.get(quantity.id, ()), key=_length, default=None)

    def outermost(self, claim: Claim, *, named: bool = True) -> Speaker | None:
        """The outermost named speaker of a claim (or, on request, one that is only described); None for nobody."""
        wanted = (SpeakerKind.NAMED,) if named else (SpeakerKind.NAMED, SpeakerKind.UNNAMED)
        found = None
        step: Claim | None = claim
        seen: set[str] = set()
        while step is not None and step.id not in seen:
            seen.add(step.id)
            if step.speaker.kind in wanted and step.speaker.mention is not None:
                found = step.speaker
            step = self._claims.get(step.inside) if step.inside else None
        return found

    def publisher(self, key: str) -> str:
        """Who published a document; for a copy, who published the family's first text."""
        document = self._documents.get(self._first.get(key, key))
        return (document.publisher if document else None) or self._first.get(key, key)

    def speaker_name(self, event: Event, claim: Claim | None) -> str:
        """The name that a value goes under: the outermost named speaker, else one described, else the publisher."""
        speaker = None
        if claim is not None:
            speaker = self.outermost(claim) or self.outermost(claim, named=False)
        return self.name_of(speaker, event.document) if speaker is not None else self.publisher(event.document)

    def name_of(self, speaker: Speaker, document: str) -> str:
        """The name of a speaker; of one without, its fullest description in the document ("an adviser to the RSF")."""
        mention = speaker.mention
        if mention is None or speaker.kind is SpeakerKind.NAMED:
            return mention.name if mention is not None else speaker.description or "not named"
        same = [one for one in self.speakers(document) if one.mention is not None and one.mention.name == mention.name]
        described = [one.description for one in (speaker, *same) if one.description]
        return _ARTICLE.sub("", max(described, key=len)) if described else mention.name

    def keys(self, event: Event) -> frozenset[str]:
        """What the report rests on: the named speakers who tell it, and its publisher where it tells it by itself.

        Two reports with one key in common are not independent: a copy has the key of its original, and three outlets
        that quote one governor have the governor's. What stands in no claim, and what residents or sources without a
        name say, is the outlet's own.
        """
        named = [self.outermost(claim) for claim in self.claims_of(event)]
        found = {f"speaker {speaker_key(speaker)}" for speaker in named if speaker is not None}
        if not event.claims or None in named:
            found.add(f"publisher {fold_translit(self.publisher(event.document))}")
        return frozenset(found)

    def independent(self, events: Iterable[Event]) -> int:
        """The number of texts, in the order of publication, that rest on somebody whom no earlier one rests on.

        Copies are one text, and an outlet that has the governor's words and nothing else adds no source to them.
        """
        texts: dict[str, set[str]] = {}
        for event in sorted(events, key=lambda event: (self.published(event), event.document, event.id)):
            texts.setdefault(self._first.get(event.document, event.document), set()).update(self.keys(event))
        known: set[str] = set()
        count = 0
        for keys in texts.values():
            count += not keys <= known
            known |= keys
        return count


def _position(claim: Claim) -> tuple[str, int]:
    span = claim.cue or (claim.content[0] if claim.content else None)
    return (span.document, span.start) if span is not None else ("", 0)


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.content)


def speaker_key(speaker: Speaker) -> str:
    """The key that a named speaker is counted under."""
    if speaker.mention is None:
        return fold_translit(speaker.description or "")
    return speaker.mention.entity or fold_translit(speaker.mention.name)


def is_denial(claim: Claim) -> bool:
    """Whether the claim says that its content is not so."""
    return claim.stance is Stance.DENIES or claim.certainty is Certainty.DENIED
