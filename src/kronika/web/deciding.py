"""Decisions: from a form to the log, and to the incidents that change with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from sqlalchemy import Connection, select

from kronika.engine.linking import relink
from kronika.records import Decision, Status, Verdict
from kronika.store import Store
from kronika.store.decisions import Proposal, append_decision, read_decisions
from kronika.store.schema import incident_reports
from kronika.web.board import EDITABLE
from kronika.web.forms import Refused
from kronika.web.reading import holding, incident_number, read_incident

#: Verdicts that change which reports make an incident.
STRUCTURAL = (Verdict.MERGE, Verdict.SPLIT, Verdict.SAME, Verdict.DIFFERENT)
_LONGEST = 2_000


def decide(store: Store, form: Mapping[str, str], who: str) -> Decision:
    """Append the decision that ``form`` asks for and put together anew what it touches, in one transaction.

    The form has ``verdict`` and, by verdict: ``incident`` (accept, reject, edit), ``incident`` and ``other`` (merge),
    ``report`` (split: the event that leaves its incident), ``field`` and ``value`` (edit), ``decision`` (undo);
    ``reason`` with any.

    Raises:
        Refused: something it names does not exist, or the verdict is none.
    """
    try:
        verdict = Verdict(form.get("verdict", ""))
    except ValueError as error:
        raise Refused("There is no such decision.", 400, "accept, reject, edit, merge, split or undo") from error
    with store.begin() as connection:
        proposal = _proposal(connection, verdict, form, who)
        decision = append_decision(connection, proposal)
        touched = _touched(connection, decision)
        if touched:
            relink(connection, touched)
    return decision


def _proposal(connection: Connection, verdict: Verdict, form: Mapping[str, str], who: str) -> Proposal:
    field = value = None
    if verdict is Verdict.UNDO:
        subjects = _undoable(connection, form.get("decision", ""))
    elif verdict in (Verdict.MERGE, Verdict.SAME):
        one, other = (_reports(connection, form.get(name, "")) for name in ("incident", "other"))
        if set(one) & set(other):
            raise Refused("These are one incident already.", 409)
        subjects = (*one, *other)
    elif verdict in (Verdict.SPLIT, Verdict.DIFFERENT):
        subjects = _parting(connection, form.get("report", ""))
    else:
        subjects = _reports(connection, form.get("incident", ""))
    if verdict is Verdict.EDIT:
        field, value = _edit(form)
    reason = form.get("reason", "").strip()[:_LONGEST] or None
    when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Proposal(who, when, verdict, subjects, field, value, reason)


def _reports(connection: Connection, key: str) -> tuple[str, ...]:
    number = incident_number(connection, key)
    if number is None:
        raise Refused(f"The record has no incident {key!r}.", 404, "It may have been merged; go on with the next.")
    return read_incident(connection, number).reports


def _parting(connection: Connection, event: str) -> tuple[str, ...]:
    number = connection.execute(
        select(incident_reports.c.number).where(incident_reports.c.event == event)
    ).scalar_one_or_none()
    if number is None:
        raise Refused(f"No incident has the report {event!r}.", 404)
    others = [key for key in read_incident(connection, number).reports if key != event]
    if not others:
        raise Refused("It is the only report of its incident.", 409)
    return (event, *others)


def _undoable(connection: Connection, key: str) -> tuple[str, ...]:
    found = next((one for one in read_decisions(connection) if one.id == key), None)
    if found is None:
        raise Refused(f"There is no decision {key!r}.", 404)
    undone = {subject for one in read_decisions(connection) if one.verdict is Verdict.UNDO for subject in one.subjects}
    if found.verdict is not Verdict.UNDO and key in undone and key not in holding(connection):
        raise Refused("It is undone already.", 409)
    return (key,)


def _edit(form: Mapping[str, str]) -> tuple[str, str]:
    field, value = form.get("field", ""), form.get("value", "").strip()
    if field not in EDITABLE:
        raise Refused(f"{field!r} can't be corrected here.", 400, "one of: " + ", ".join(EDITABLE))
    if not value or len(value) > 100:
        raise Refused("The new value is empty or too long.", 400)
    if field == "status" and value not in [status.value for status in Status]:
        raise Refused(f"There is no status {value!r}.", 400, ", ".join(status.value for status in Status))
    if field in ("start", "end"):
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise Refused(f"{value!r} is no date.", 400, "write 2025-04-29") from error
    return field, value


def _touched(connection: Connection, decision: Decision) -> tuple[str, ...]:
    """Return the events whose incidents change with ``decision``; through an undo, those of what it reverses."""
    known = {one.id: one for one in read_decisions(connection)}
    step = decision
    while step.verdict is Verdict.UNDO and step.subjects and step.subjects[0] in known:
        step = known[step.subjects[0]]
    return step.subjects if step.verdict in STRUCTURAL else ()
