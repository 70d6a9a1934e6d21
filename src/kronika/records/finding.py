"""Findings: where a document contradicts itself or what is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kronika.records.span import Span


class FindingKind(StrEnum):
    """What is contradicted."""

    GEOGRAPHY = "geography"
    OFFICE = "office"
    MONEY = "money"
    COUNT = "count"
    DATE = "date"


class Severity(StrEnum):
    """How much it matters to somebody who uses the value."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction with both its sides. ``compared_with`` names the other side where it is not in the text."""

    id: str
    kind: FindingKind
    severity: Severity
    evidence: tuple[Span, ...]
    explanation: str
    compared_with: str | None = None
