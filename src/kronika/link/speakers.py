"""Speakers and sources: who says a value, and which reports are independent of each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy

from kronika.link.copies import Family
from kronika.link.names import fold_translit
from kronika.link.publication import publication_order
from kronika.link.roster import Who, one_name_each, who_of
from kronika.records import (
    Certainty,
    Claim,
    Document,
    Event,
    Mention,
    MentionKind,
    Quantity,
    Speaker,
    SpeakerKind,
    Stance,
)

_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.I)
#: What is said beside a description ("residents of Klin, a village on the river").
_ASIDE = re.compile(r",\s+(?:an?|the|who|which|where)\s.*", re.I | re.DOTALL)
_REPORTS = frozenset(("report", "reports", "information", "data"))


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
        self._fuller: Mapping[Who, Speaker] = {}
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

    def of_one(self, reports: Iterable[Event]) -> Sources:
        """Return these sources for the reports of one incident: each speaker goes by the fullest name given there."""
        speakers = [speaker for event in reports for claim in self.claims_of(event) for speaker in self._chain(claim)]
        narrowed = copy(self)
        narrowed._fuller = one_name_each(speakers, self._speakers)
        return narrowed

    def outermost(self, claim: Claim, *, named: bool = True) -> Speaker | None:
        """The outermost named speaker of a claim (or, on request, one that is only described); None for nobody.

        A news outlet that relays what somebody else says is the channel: it is the speaker only of what it says itself.
        """
        wanted = (SpeakerKind.NAMED,) if named else (SpeakerKind.NAMED, SpeakerKind.UNNAMED)
        chain = list(self._chain(claim))
        own = [speaker for speaker in chain if not is_outlet(speaker)] or chain
        found = [speaker for speaker in own if speaker.kind in wanted]
        return found[-1] if found else None

    def _chain(self, claim: Claim) -> Iterator[Speaker]:
        """Yield the speakers of a claim and of those around it, the innermost first, each under its fullest name."""
        step: Claim | None = claim
        seen: set[str] = set()
        while step is not None and step.id not in seen:
            seen.add(step.id)
            if step.speaker.kind in (SpeakerKind.NAMED, SpeakerKind.UNNAMED) and step.speaker.mention is not None:
                yield self._fuller.get(who_of(step.speaker), step.speaker)
            step = self._claims.get(step.inside) if step.inside else None

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
        speaker = self._fuller.get(who_of(speaker), speaker)
        mention = speaker.mention
        if mention is None:
            return speaker.description or "not named"
        if speaker.kind is SpeakerKind.NAMED:
            return _with_state(speaker, mention)
        same = [one for one in self.speakers(document) if one.mention is not None and one.mention.name == mention.name]
        described = [_ASIDE.sub("", one.description) for one in (speaker, *same) if one.description]
        return _ARTICLE.sub("", max(described, key=len)) if described else mention.name

    def keys(self, event: Event) -> frozenset[str]:
        """What the report rests on: the named speakers who tell it, and its publisher where it tells it by itself.

        Two reports with one key in common are not independent: a copy has the key of its original, and three outlets
        that quote one governor have the governor's. What stands in no claim, and what residents or sources without a
        name say, is the outlet's own; what another outlet wrote is that outlet's, and nobody's where it has no name.
        """
        own = frozenset() if event.claims else frozenset((self._own(event),))
        return own.union(*(self.rests_on(event, claim) for claim in self.claims_of(event)))

    def rests_on(self, event: Event, claim: Claim) -> frozenset[str]:
        """What a claim of a report rests on; nothing where some other outlet, which it does not name, had it."""
        speaker = self.outermost(claim) or self.outermost(claim, named=False)
        if speaker is None or (speaker.kind is SpeakerKind.UNNAMED and not is_outlet(speaker)):
            return frozenset((self._own(event),))
        if not is_outlet(speaker):
            return frozenset((f"speaker {speaker_key(speaker)}",))
        if speaker.mention is None or not speaker.mention.head[:1].isupper():
            return frozenset()
        return frozenset((f"publisher {fold_translit(speaker.mention.name)}",))

    def _own(self, event: Event) -> str:
        return f"publisher {fold_translit(self.publisher(event.document))}"

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
        return max(count, min(len(texts), 1))


def _position(claim: Claim) -> tuple[str, int]:
    span = claim.cue or (claim.content[0] if claim.content else None)
    return (span.document, span.start) if span is not None else ("", 0)


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.content)


def _with_state(speaker: Speaker, mention: Mention) -> str:
    """The name of a named speaker; a ministry that the text gives a state beside its name has it ("Russia's …")."""
    phrase = _ASIDE.sub("", _ARTICLE.sub("", speaker.description or ""))
    is_any = mention.kind is MentionKind.BODY and mention.name.islower() and mention.country is not None
    return phrase if is_any and phrase.endswith(mention.name) else mention.name


def speaker_key(speaker: Speaker) -> str:
    """The key that a named speaker is counted under: a body that other states have, too, with its state."""
    if speaker.mention is None:
        return fold_translit(speaker.description or "")
    key = speaker.mention.entity or fold_translit(speaker.mention.name)
    is_any = speaker.mention.kind is MentionKind.BODY and speaker.mention.name.islower()
    return f"{speaker.mention.country} {key}" if is_any and speaker.mention.country else key


def is_outlet(speaker: Speaker) -> bool:
    """Whether a speaker is of the press, or only "reports" or "information": a channel for what others say."""
    mention = speaker.mention
    return mention is not None and (mention.kind is MentionKind.MEDIA or mention.head.lower() in _REPORTS)


def is_denial(claim: Claim) -> bool:
    """Whether the claim says that its content is not so."""
    return claim.stance is Stance.DENIES or claim.certainty is Certainty.DENIED
