"""Events: what one document says happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kronika.records.claim import Certainty
from kronika.records.place import PlaceRef
from kronika.records.quantity import Quantity
from kronika.records.quick import quick
from kronika.records.span import Mention, Span
from kronika.records.time import TimeRef


class Status(StrEnum):
    """Realis: in which sense it is said to have happened (codebook, section 4)."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    ATTEMPTED = "attempted"
    INTERCEPTED = "intercepted"
    PLANNED = "planned"
    THREATENED = "threatened"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    HISTORICAL = "historical"


class Outcome(StrEnum):
    """What became of an attack, where the text says so."""

    HIT = "hit"
    MISSED = "missed"
    INTERCEPTED = "intercepted"
    REPELLED = "repelled"
    UNKNOWN = "unknown"


@quick
@dataclass(frozen=True, slots=True)
class Roles:
    """Who and what took part. Sides are lists; an alliance is never expanded into pairs."""

    actor: tuple[Mention, ...] = ()
    target: tuple[Mention, ...] = ()
    victim: tuple[Mention, ...] = ()
    recipient: tuple[Mention, ...] = ()
    instrument: tuple[Mention, ...] = ()
    alongside: tuple[Mention, ...] = ()
    origin: tuple[Mention, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Effect:
    """A consequence the document reports ("fire", "power cut", "none reported"), of what, by whom disputed."""

    kind: str
    span: Span
    of: Span | None = None
    by: Span | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A count the document asserts: "the fifth recorded strike on the facility since 2022"."""

    value: int
    span: Span
    counted: str
    since: str | None = None  # ISO date or prefix
    since_span: Span | None = None
    at_least: bool = False


@quick
@dataclass(frozen=True, slots=True)
class Event:
    """One happening, as one document reports it. Mentions of the same happening are merged; each keeps its span.

    ``type`` and ``mode`` are PLOVER's (``mode`` empty where it has none), ``acled`` the ACLED sub-event type or None,
    ``cameo`` the CAMEO code. ``trigger`` is the word that makes it an event, ``evidence`` the sentence around it,
    ``mentions`` the triggers merged into it. A missing actor, place or time has its reason in ``reasons``
    (``("actor", "not stated")``). ``rule`` names the rule that produced it.
    """

    id: str
    document: str
    type: str
    mode: str
    acled: str | None
    cameo: str | None
    status: Status
    trigger: Span
    evidence: Span
    roles: Roles = field(default_factory=Roles)
    time: TimeRef | None = None
    place: PlaceRef | None = None
    outcome: Outcome = Outcome.UNKNOWN
    effects: tuple[Effect, ...] = ()
    counts: tuple[Quantity, ...] = ()
    ordinal: Ordinal | None = None
    claims: tuple[str, ...] = ()
    certainty: Certainty = Certainty.CERTAIN
    contexts: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()
    rule: str = ""


@quick
@dataclass(frozen=True, slots=True)
class Relation:
    """A standing relation between two things ("produces", "supplies", "located in", "part of" …)."""

    id: str
    subject: Mention
    predicate: str
    object: Mention
    evidence: Span
    claims: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Deployment:
    """Who sent whom where. Figures keep their own bounds and part-whole links; the event has place and time."""

    id: str
    event: str
    sender: tuple[Mention, ...]
    force: tuple[Mention, ...]
    alongside: tuple[Mention, ...]
    destination: PlaceRef | None
    figures: tuple[str, ...]  # quantity ids
    evidence: Span


@quick
@dataclass(frozen=True, slots=True)
class Statement:
    """What a person, body or state is on record as saying on a matter; the claim has speaker, cue and content."""

    id: str
    claim: str
    speaker: str
    stance: str
    matter: tuple[str, ...]  # heads of the noun phrases the statement is about
    text: str
