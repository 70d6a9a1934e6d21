"""Reports: everything that one document says."""

from __future__ import annotations

from dataclasses import dataclass

from kronika.records.claim import Claim
from kronika.records.document import Document
from kronika.records.event import Deployment, Event, Relation, Statement
from kronika.records.finding import Finding
from kronika.records.place import PlaceRef
from kronika.records.quantity import Money, Quantity
from kronika.records.span import Mention
from kronika.records.time import TimeRef


@dataclass(frozen=True, slots=True)
class Report:
    """What one document says.

    ``status`` is "ok", or why there are no events ("no event words", "unsupported language").

    ``places`` holds every place name in the text, also those that are no event's place; ``mentions`` every actor,
    facility, weapon and unit that was recognised.
    """

    document: Document
    status: str
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    money: tuple[Money, ...] = ()
    relations: tuple[Relation, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    statements: tuple[Statement, ...] = ()
    places: tuple[PlaceRef, ...] = ()
    times: tuple[TimeRef, ...] = ()
    mentions: tuple[Mention, ...] = ()
    findings: tuple[Finding, ...] = ()
    version: str = ""
