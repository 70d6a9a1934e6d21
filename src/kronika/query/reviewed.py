"""What people decided about single reports, as it shows in incidents: rejected ones go, corrected fields change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from kronika.records import Decision, Incident, Status, TimePrecision, TimeRef, Verdict
from kronika.store.decisions import read_decisions, standing_decisions

#: Fields of an incident that a reviewer can correct.
EDITABLE = ("type", "mode", "status", "start", "end")


@dataclass(frozen=True, slots=True)
class Review:
    """The standing decisions by event: accepted or rejected, and corrected fields with their decisions."""

    verdicts: Mapping[str, Verdict]
    edits: Mapping[str, Mapping[str, Decision]]

    @classmethod
    def of(cls, found: Iterable[Decision]) -> Review:
        """Gather the decisions that hold; the last word on an event or field counts."""
        verdicts: dict[str, Verdict] = {}
        edits: dict[str, dict[str, Decision]] = {}
        for decision in standing_decisions(found):
            if decision.verdict in (Verdict.ACCEPT, Verdict.REJECT):
                verdicts.update(dict.fromkeys(decision.subjects, decision.verdict))
            elif decision.verdict is Verdict.EDIT and decision.field in EDITABLE:
                for subject in decision.subjects:
                    edits.setdefault(subject, {})[decision.field] = decision
        return cls(verdicts, edits)

    @classmethod
    def read(cls, connection: Connection) -> Review:
        """Return the review of a record."""
        return cls.of(read_decisions(connection))

    def state(self, incident: Incident) -> str:
        """Return "open", "partly", "accepted" or "rejected": one rejected report rejects it, acceptance takes all."""
        found = [self.verdicts.get(event) for event in incident.reports]
        if Verdict.REJECT in found:
            return "rejected"
        accepted = found.count(Verdict.ACCEPT)
        return "accepted" if accepted == len(found) else "partly" if accepted else "open"

    def apply(self, incident: Incident) -> Incident:
        """Return the incident with its corrected fields."""
        fields: dict[str, str] = {}
        for event in incident.reports:
            for name, decision in self.edits.get(event, {}).items():
                fields.setdefault(name, decision.value or "")
        if not fields:
            return incident
        return replace(
            incident,
            type=fields.get("type", incident.type),
            mode=fields.get("mode", incident.mode),
            status=Status(fields.get("status", incident.status.value)),
            time=_time(incident.time, fields),
        )


def _time(time: TimeRef | None, fields: Mapping[str, str]) -> TimeRef | None:
    if "start" not in fields and "end" not in fields:
        return time
    start = fields.get("start") or (time.start if time else None) or fields["end"]
    end = fields.get("end") or (time.end if time else None) or start
    end = max(start, end)
    precision = TimePrecision.DAY if start == end else TimePrecision.RANGE
    edtf = start if start == end else f"{start}/{end}"
    return TimeRef(edtf, start, end, precision, time.span if time else None, "a person's correction")
