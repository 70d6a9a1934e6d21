"""Decisions: from a form to the log, and to the incidents that change with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, select

from kronika.engine.deciding import decide_in
from kronika.errors import RecordError
from kronika.records import Decision, Verdict
from kronika.store import Store
from kronika.store.decisions import Proposal, read_decisions
from kronika.store.schema import incident_reports
from kronika.web.forms import Refused
from kronika.web.reading import holding, incident_number, read_incident

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
        try:
            return decide_in(connection, _proposal(connection, verdict, form, who))
        except RecordError as error:
            raise Refused(f"{error.message[:1].upper()}{error.message[1:]}.", 400, error.hint) from error


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
        field, value = form.get("field", ""), form.get("value", "").strip()
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
