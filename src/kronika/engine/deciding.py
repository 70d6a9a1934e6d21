"""Decisions: appended to the log, and what they touch put together anew, in one transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from kronika.codebook.predicates import TYPES
from kronika.engine.linking import relink
from kronika.errors import RecordError
from kronika.query.reviewed import EDITABLE
from kronika.records import Decision, Status, Verdict
from kronika.store import Store
from kronika.store.decisions import STRUCTURAL, Proposal, append_decision, read_decisions, standing_decisions
from kronika.store.links import select_all
from kronika.store.schema import events

#: Characters that a corrected field may have.
LONGEST_VALUE = 100


def decide(store: Store, proposal: Proposal) -> Decision:
    """Append ``proposal`` to the log of decisions and bring the incidents in line with it.

    Raises:
        RecordError: it speaks of what the record does not have, or corrects a field with no such value.
    """
    with store.begin() as connection:
        return decide_in(connection, proposal)


def decide_in(connection: Connection, proposal: Proposal) -> Decision:
    """Do what :func:`decide` does, in a transaction that is open and writes.

    Raises:
        RecordError: it speaks of what the record does not have, or corrects a field with no such value.
    """
    _check(connection, proposal)
    decision = append_decision(connection, proposal)
    touched = _touched_by(connection, decision)
    if touched:
        relink(connection, touched)
    return decision


def _touched_by(connection: Connection, decision: Decision) -> tuple[str, ...]:
    """Return the events whose incidents change with ``decision``; through an undo, those of what it reverses."""
    known = {one.id: one for one in read_decisions(connection)}
    step = decision
    while step.verdict is Verdict.UNDO and step.subjects and step.subjects[0] in known:
        step = known[step.subjects[0]]
    return step.subjects if step.verdict in STRUCTURAL else ()


def lost_decisions(connection: Connection) -> list[tuple[Decision, tuple[str, ...]]]:
    """Return the standing decisions that speak of events the record no longer has, with those events.

    A newer version of the pipeline can read a document without an event that was there. The decision stays in the log,
    and holds again when the event does.
    """
    standing = standing_decisions(read_decisions(connection))
    wanted = sorted({subject for decision in standing for subject in decision.subjects})
    known = {row.id for row in select_all(connection, select(events.c.id), events.c.id, wanted)}
    missing = ((decision, tuple(one for one in decision.subjects if one not in known)) for decision in standing)
    return [(decision, gone) for decision, gone in missing if gone]


def _check(connection: Connection, proposal: Proposal) -> None:
    if not proposal.subjects:
        raise RecordError("a decision speaks of something", "name an event or an incident")
    if proposal.verdict is Verdict.UNDO:
        known = {decision.id for decision in read_decisions(connection)}
    else:
        rows = select_all(connection, select(events.c.id), events.c.id, proposal.subjects)
        known = {row.id for row in rows}
    unknown = [subject for subject in proposal.subjects if subject not in known]
    if unknown:
        raise RecordError(f"the record has no {', '.join(unknown)}", "list them: kronika log RECORD")
    if proposal.verdict is Verdict.EDIT:
        _check_edit(proposal.field, proposal.value)
    if proposal.verdict in STRUCTURAL and len(set(proposal.subjects)) < 2:
        raise RecordError("it takes two reports to join or part them", "name another")


def _check_edit(field: str | None, value: str | None) -> None:
    if field not in EDITABLE:
        raise RecordError(f"{field!r} can't be corrected", f"one of: {', '.join(EDITABLE)}")
    if not value:
        raise RecordError(f"no new {field} is given", "give one")
    known = {"type": sorted(TYPES), "status": [status.value for status in Status]}.get(field, [value])
    if value not in known:
        raise RecordError(f"{value!r} is no {field}", f"one of: {', '.join(known)}")
    if len(value) > LONGEST_VALUE:
        raise RecordError(f"the new {field} is too long", f"up to {LONGEST_VALUE} characters")
    if field in ("start", "end"):
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise RecordError(f"{value!r} is no day", "days are written 2025-04-29") from error
