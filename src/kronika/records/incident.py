"""Incidents: what happened, per everything that was reported."""

from __future__ import annotations

from dataclasses import dataclass

from kronika.records.event import Effect, Outcome, Status
from kronika.records.place import PlaceRef
from kronika.records.quantity import Quantity
from kronika.records.span import Mention, Span
from kronika.records.time import TimeRef


@dataclass(frozen=True, slots=True)
class StatedValue:
    """One figure as one speaker gives it, in one document."""

    quantity: Quantity
    document: str
    event: str
    speaker: str  # name of the outermost named speaker, or the publisher
    claim: str | None = None
    is_denied: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """All values of one count of an incident; ``rule`` names how low, best and high were chosen among them."""

    kind: str
    low: float | None
    best: float | None
    high: float | None
    values: tuple[StatedValue, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Position:
    """A party that confirms or denies, with its words; ``of`` are the effects, where it denies no more than those."""

    party: str
    stance: str
    span: Span
    document: str
    of: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The party, with what its denial is of: "a spokesman (shut down)"."""
        return f"{self.party} ({', '.join(self.of)})" if self.of else self.party


@dataclass(frozen=True, slots=True)
class Match:
    """Why a report belongs to the incident: log2 match weight, and the comparisons it is the sum of."""

    event: str
    weight: float | None
    comparisons: tuple[tuple[str, str, float], ...] = ()  # (comparison, level, weight)
    constraint: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening, assembled from the events that report it.

    ``actors`` did it; ``defenders`` shot down what came, or some of it.
    """

    id: str
    type: str
    mode: str
    acled: str | None
    status: Status
    outcome: Outcome
    time: TimeRef | None
    place: PlaceRef | None
    actors: tuple[Mention, ...]
    targets: tuple[Mention, ...]
    instruments: tuple[Mention, ...]
    reports: tuple[str, ...]
    figures: tuple[Figure, ...] = ()
    effects: tuple[Effect, ...] = ()
    positions: tuple[Position, ...] = ()
    independent_sources: int = 1
    first_report: str | None = None
    matches: tuple[Match, ...] = ()
    defenders: tuple[Mention, ...] = ()
