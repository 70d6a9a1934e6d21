"""Events in few words: a factory for records that linking reads."""

from __future__ import annotations

from typing import Any

import pytest

from kronika.records import (
    Certainty,
    Claim,
    CountKind,
    Document,
    Event,
    Mention,
    MentionKind,
    Ordinal,
    Outcome,
    PlacePrecision,
    PlaceRef,
    Quantity,
    Roles,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    Status,
    TimePrecision,
    TimeRef,
)

TOWNS = {"Lyskovo": ("RU", "Vyatka Oblast", 58.1, 49.2), "Orlovo": ("RU", "Vyatka Oblast", 58.9, 50.9)}


class Maker:
    """Makes documents, events and claims whose spans need not stand in a text."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.events: list[Event] = []
        self.claims: list[Claim] = []

    def span(self, document: str, text: str) -> Span:
        return Span(document, 0, len(text), text)

    def mention(self, document: str, name: str, kind: MentionKind) -> Mention:
        return Mention(self.span(document, name), kind, name.split()[-1], name)

    def place(self, document: str, town: str, level: PlacePrecision) -> PlaceRef:
        country, admin1, latitude, longitude = TOWNS[town]
        name = admin1 if level is PlacePrecision.ADMIN1 else town
        return PlaceRef(
            name, self.span(document, name), f"test:{name}", name, admin1, None, country, latitude, longitude, level
        )

    def event(self, document: str, day: str | None = None, town: str | None = None, **given: Any) -> Event:
        publisher = given.get("publisher", f"paper {document}")
        published = given.get("published", "2025-05-02")
        self.documents.setdefault(document, Document(document, "text", publisher=publisher, published=published))
        level = given.get("level", PlacePrecision.SETTLEMENT)
        last = given.get("last", day)
        time = TimeRef(day, day, last, TimePrecision.DAY, self.span(document, day)) if day else None
        target = given.get("target")
        ordinal = given.get("ordinal")
        counts = tuple(self.quantity(document, kind, n) for kind, n in given.get("counts", {}).items())
        trigger = self.span(document, given.get("trigger", "struck"))
        key = f"e-{document}-{len(self.events)}"
        event = Event(
            key, document, "ASSAULT", given.get("mode", "drone"), "ADS", None,
            given.get("status", Status.OCCURRED), trigger, trigger,
            roles=Roles(target=(self.mention(document, target, MentionKind.FACILITY),) if target else ()),
            time=time,
            place=self.place(document, town, level) if town else None,
            counts=counts,
            ordinal=Ordinal(ordinal, trigger, "strike", given.get("since"), at_least=given.get("again", False))
            if ordinal
            else None,
            claims=tuple(claim.id for claim in given.get("claims", ())),
            outcome=given.get("outcome", Outcome.UNKNOWN),
        )  # fmt: skip
        self.events.append(event)
        return event

    def quantity(self, document: str, kind: CountKind, number: float) -> Quantity:
        text = str(number)
        return Quantity(f"q-{document}-{kind}-{text}", self.span(document, text), number, number, number, kind=kind)

    def claim(self, document: str, speaker: str, stance: Stance = Stance.SAYS, **given: Any) -> Claim:
        kind = SpeakerKind.NAMED if given.get("named", True) else SpeakerKind.UNNAMED
        who = Speaker(kind, self.mention(document, speaker, given.get("kind", MentionKind.PERSON)))
        certainty = Certainty.DENIED if stance is Stance.DENIES else Certainty.CERTAIN
        key = f"c-{document}-{len(self.claims)}"
        claim = Claim(key, who, self.span(document, stance.value), (), stance, certainty, about=given.get("about", ()))
        self.claims.append(claim)
        return claim


@pytest.fixture
def made() -> Maker:
    return Maker()
