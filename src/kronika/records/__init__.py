"""The data model: frozen records, without behaviour beyond their own invariants."""

from __future__ import annotations

from kronika.records.claim import Certainty, Claim, Speaker, SpeakerKind, Stance
from kronika.records.decision import Decision, Verdict
from kronika.records.document import Document, Stated
from kronika.records.entity import Alias, Entity
from kronika.records.event import Deployment, Effect, Event, Ordinal, Outcome, Relation, Roles, Statement, Status
from kronika.records.finding import Finding, FindingKind, Severity
from kronika.records.ids import content_id
from kronika.records.incident import Figure, Incident, Match, Position, StatedValue
from kronika.records.place import Candidate, PlacePrecision, PlaceRef, PlaceRelation
from kronika.records.quantity import CountKind, Money, Quantity
from kronika.records.report import Report
from kronika.records.span import Mention, MentionKind, Span
from kronika.records.time import TimePrecision, TimeRef

__all__ = [
    "Alias",
    "Candidate",
    "Certainty",
    "Claim",
    "CountKind",
    "Decision",
    "Deployment",
    "Document",
    "Effect",
    "Entity",
    "Event",
    "Figure",
    "Finding",
    "FindingKind",
    "Incident",
    "Match",
    "Mention",
    "MentionKind",
    "Money",
    "Ordinal",
    "Outcome",
    "PlacePrecision",
    "PlaceRef",
    "PlaceRelation",
    "Position",
    "Quantity",
    "Relation",
    "Report",
    "Roles",
    "Severity",
    "Span",
    "Speaker",
    "SpeakerKind",
    "Stance",
    "Stated",
    "StatedValue",
    "Statement",
    "Status",
    "TimePrecision",
    "TimeRef",
    "Verdict",
    "content_id",
]
