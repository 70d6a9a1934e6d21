"""Quantities and money: numbers with their bounds and what they count."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kronika.records.quick import quick
from kronika.records.span import Span


class CountKind(StrEnum):
    """What happened to the things counted."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    RELEASED = "released"
    DISPLACED = "displaced"
    CASUALTIES = "casualties"  # killed or wounded, not told apart
    LAUNCHED = "launched"
    HIT = "hit"  # weapons that got through
    EXPLOSIONS = "explosions"  # as they were heard
    INTERCEPTED = "intercepted"
    DEPLOYED = "deployed"
    DESTROYED = "destroyed"
    DAMAGED = "damaged"
    PARTICIPANTS = "participants"
    OTHER = "other"


@quick
@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that the text gives.

    ``low`` ≤ ``best`` ≤ ``high`` where known ("at least 20": low 20, best 20, high none; "dozens": low 24, high 99,
    best none). ``approximator`` is the word that loosens it ("about", "at least", "up to"). ``unit`` is a unit of
    measure ("kilometre"), ``of`` what is counted ("North Korean soldiers"), ``kind`` what happened to them.
    ``part_of`` is the id of the quantity that this one is a part of. ``possible`` says that it is of what may yet come
    to pass ("a total of 12,000 could be sent"), beside a happening that did.
    """

    id: str
    span: Span
    low: float | None
    best: float | None
    high: float | None
    approximator: str | None = None
    unit: str | None = None
    of: str | None = None
    of_span: Span | None = None
    kind: CountKind = CountKind.OTHER
    part_of: str | None = None
    negated: bool = False  # "no casualties" is a count of zero that somebody stated
    possible: bool = False

    @property
    def is_approximate(self) -> bool:
        """Whether the text itself loosens the number."""
        return self.approximator is not None or (self.low != self.high)


@quick
@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money, as reported. ``currency`` is ISO 4217, or None where the sign is ambiguous.

    ``what`` is what the sum is for or made of, ``holder`` who has, gives or gets it, ``also`` the id of the same
    sum in another currency ("£40 billion (approximately $50 billion)").
    """

    id: str
    span: Span
    low: float | None
    best: float | None
    high: float | None
    currency: str | None
    approximator: str | None = None
    what: str | None = None
    what_span: Span | None = None
    holder: str | None = None
    holder_span: Span | None = None
    also: str | None = None
