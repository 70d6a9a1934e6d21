"""Decisions: what people said about the record. Appended, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What was decided."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    MERGE = "merge"
    SPLIT = "split"
    SAME = "same"
    DIFFERENT = "different"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what, when, of which content ids, and why.

    ``subjects`` are content ids (events, incidents' members, claims); an edit names ``field`` and ``value`` (JSON);
    an undo names the id of the decision it reverses in ``subjects``. ``previous`` is the hash of the decision
    before it, ``id`` the hash of this one: a chain that shows any alteration.
    """

    id: str
    previous: str
    who: str
    when: str
    verdict: Verdict
    subjects: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    reason: str | None = None
