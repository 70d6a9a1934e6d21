"""Why two events are one incident or not: the comparisons, what they weigh, and what forbids or joins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from kronika.errors import RecordError
from kronika.link.blocking import candidate_pairs
from kronika.link.constraints import forbids
from kronika.link.features import EventRow
from kronika.link.model import Explanation, explain, load_match_model
from kronika.query.events import names
from kronika.records import Event, Incident
from kronika.store import Store
from kronika.store.codec import from_json
from kronika.store.decisions import decided_pairs, read_decisions
from kronika.store.links import read_rows
from kronika.store.schema import events, incident_bodies, incident_reports, incidents


@dataclass(frozen=True, slots=True)
class Explained:
    """Two events compared. ``weight`` is in bits: each bit doubles the odds that they are one happening."""

    events: tuple[Event, Event]
    compared: tuple[EventRow, EventRow]
    explanation: Explanation
    is_candidate: bool
    is_one: bool
    constraint: str | None
    decision: str | None
    threshold: float

    @property
    def verdict(self) -> str:
        """What came of it, in words."""
        are = "one incident" if self.is_one else "two incidents"
        return f"{are}: they weigh {self.explanation.weight:+.2f} bits, and {self.threshold:g} are needed"

    @property
    def reasons(self) -> list[str]:
        """What joins or parts them whatever they weigh, in words."""
        found = [self.decision] if self.decision else []
        if self.constraint:
            found.append(f"kept apart because {self.constraint}")
        if found:
            return found
        if not self.is_candidate:
            found.append("not compared when they were linked: nothing about their place, time or target meets")
        enough = self.explanation.weight >= self.threshold
        if self.is_one and not (enough and self.is_candidate):
            found.append("joined through the other reports of the incident")
        if not self.is_one and enough and self.is_candidate:
            found.append("kept apart by the other reports of their incidents")
        return found

    def rows(self) -> list[dict[str, Any]]:
        """Return one row for each comparison, and the sum."""
        one, other = zip(self.compared, self.events, strict=True)
        found: list[dict[str, Any]] = [
            {
                "comparison": name,
                "level": level,
                "one": _value(name, *one),
                "other": _value(name, *other),
                "weight": f"{weight:+.2f}",
            }
            for name, level, weight in self.explanation.rows
        ]
        total = f"{self.explanation.weight:+.2f}"
        return [*found, {"comparison": "sum", "level": "", "one": "", "other": "", "weight": total}]


def explain_pair(store: Store, one: str, other: str) -> Explained:
    """Compare two events; an incident stands for its first report.

    Raises:
        RecordError: the record has no such event or incident, or they are the same.
    """
    with store.connect() as connection:
        keys = (_event(connection, one), _event(connection, other))
        if keys[0] == keys[1]:
            raise RecordError(f"{one} and {other} are the same event", "name two")
        rows = read_rows(connection, keys)
        homes = [_home(connection, key) for key in keys]
        decided = decided_pairs(read_decisions(connection))
    for key, name in zip(keys, (one, other), strict=True):
        if key not in rows:
            raise RecordError(f"{name} is no happening that is linked", "hypothetical ones are not")
    left, right = rows[keys[0]], rows[keys[1]]
    first, second = store.events(keys)
    is_candidate = any(True for _ in candidate_pairs([left, right]))
    is_one = homes[0] is not None and homes[0] == homes[1]
    threshold = load_match_model().threshold
    pair = (min(keys), max(keys))
    said = "the same" if pair in decided.same else "different" if pair in decided.different else ""
    decision = f"a person decided that they are {said}" if said else None
    constraint = forbids(left, right)
    weighed = explain(left, right)
    return Explained((first, second), (left, right), weighed, is_candidate, is_one, constraint, decision, threshold)


def _event(connection: Connection, key: str) -> str:
    if connection.execute(select(events.c.id).where(events.c.id == key)).scalar_one_or_none():
        return key
    query = select(incident_bodies.c.body).join(incidents, incidents.c.number == incident_bodies.c.number)
    body = connection.execute(query.where(incidents.c.id == key)).scalar_one_or_none()
    if body is None:
        raise RecordError(f"the record has no event or incident {key}", "list them: kronika incidents RECORD --brief")
    return from_json(Incident, body).reports[0]


def _home(connection: Connection, event: str) -> int | None:
    query = select(incident_reports.c.number).where(incident_reports.c.event == event)
    return connection.execute(query).scalar_one_or_none()


def _value(comparison: str, row: EventRow, event: Event) -> str:
    """Return what was compared, as people call it: a row holds ids where names lead to known things."""
    from datetime import date

    if comparison == "time":
        found = [date.fromordinal(day).isoformat() for day in (row.first_day, row.last_day) if day is not None]
        return "/".join(dict.fromkeys(found)) + ("" if row.is_dated or not found else " (by publication)")
    if comparison == "place":
        return (event.place.name or event.place.surface) if event.place and row.place else ""
    if comparison == "target":
        things = event.roles.target or event.roles.victim or event.roles.recipient
        return names(things) if row.target or row.target_head else ""
    if comparison == "actor":
        return names(event.roles.actor) if row.actor else ""
    if comparison == "wording":
        return ""  # a hash: the sentences stand above the table
    value = getattr(row, "lemma" if comparison == "word" else comparison, None)
    return "" if value is None else str(value)
