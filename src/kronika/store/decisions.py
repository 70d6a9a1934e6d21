"""Decisions on disk: a log that only grows, each entry sealed with the hash of the one before it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection, insert, select

from kronika.errors import RecordError
from kronika.link.cluster import Decided
from kronika.records import Decision, Verdict
from kronika.store.schema import decision_subjects, decisions

_JOINING = (Verdict.MERGE, Verdict.SAME)
_PARTING = (Verdict.SPLIT, Verdict.DIFFERENT)
#: Verdicts that change which reports make an incident.
STRUCTURAL = (*_JOINING, *_PARTING)
#: What the first decision of a record has for ``previous``.
FIRST = "0" * 32


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision that is not yet in the log: everything but its place in the chain."""

    who: str
    when: str
    verdict: Verdict
    subjects: tuple[str, ...]
    field: str | None = None
    value: str | None = None
    reason: str | None = None


def seal(previous: str, proposal: Proposal) -> Decision:
    """Return the decision that follows ``previous``, its id the hash of everything in it."""
    parts = (
        previous,
        proposal.who,
        proposal.when,
        proposal.verdict.value,
        *proposal.subjects,
        proposal.field or "",
        proposal.value or "",
        proposal.reason or "",
    )
    key = hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return Decision(
        key,
        previous,
        proposal.who,
        proposal.when,
        proposal.verdict,
        proposal.subjects,
        proposal.field,
        proposal.value,
        proposal.reason,
    )


def append_decision(connection: Connection, proposal: Proposal) -> Decision:
    """Write ``proposal`` at the end of the log; ``connection`` must be in a transaction that writes."""
    last = connection.execute(select(decisions.c.id).order_by(decisions.c.number.desc()).limit(1)).scalar_one_or_none()
    decision = seal(last or FIRST, proposal)
    row = {name: getattr(decision, name) for name in ("id", "previous", "who", "when", "field", "value", "reason")}
    connection.execute(insert(decisions), [{**row, "verdict": decision.verdict.value}])
    subjects = [
        {"decision": decision.id, "position": position, "subject": subject}
        for position, subject in enumerate(decision.subjects)
    ]
    if subjects:
        connection.execute(insert(decision_subjects), subjects)
    return decision


def read_decisions(connection: Connection) -> Iterator[Decision]:
    """Yield every decision, the oldest first."""
    subjects: defaultdict[str, list[str]] = defaultdict(list)
    order = (decision_subjects.c.decision, decision_subjects.c.position)
    for key, subject in connection.execute(
        select(decision_subjects.c.decision, decision_subjects.c.subject).order_by(*order)
    ):
        subjects[key].append(subject)
    for row in connection.execute(select(decisions).order_by(decisions.c.number)).mappings():
        yield Decision(
            row["id"],
            row["previous"],
            row["who"],
            row["when"],
            Verdict(row["verdict"]),
            tuple(subjects[row["id"]]),
            row["field"],
            row["value"],
            row["reason"],
        )


def verify_chain(found: Iterable[Decision]) -> None:
    """Check that every decision is what it was when it was written, and stands where it stood.

    Raises:
        RecordError: one was altered, taken out or put in; the message names it.
    """
    broken = broken_decision(found)
    if broken is not None:
        raise RecordError(f"the decision {broken.id} or the one before it was altered", "compare with a backup")


def broken_decision(found: Iterable[Decision]) -> Decision | None:
    """Return the first decision that is not what it was when it was written, or does not stand where it stood.

    That the last ones were taken out can't be seen in the chain: keep the id of the last decision elsewhere for that.
    """
    previous = FIRST
    for decision in found:
        proposal = Proposal(
            decision.who,
            decision.when,
            decision.verdict,
            decision.subjects,
            decision.field,
            decision.value,
            decision.reason,
        )
        if decision.previous != previous or seal(previous, proposal).id != decision.id:
            return decision
        previous = decision.id
    return None


def standing_decisions(found: Iterable[Decision]) -> list[Decision]:
    """Return the decisions that hold: those not undone, and no undo itself. Undoing an undo makes it hold again.

    >>> def said(verdict: Verdict, *subjects: str) -> Decision:
    ...     return seal("", Proposal("Ada", "2025-05-01", verdict, subjects))
    >>> accept = said(Verdict.ACCEPT, "e-1")
    >>> undo = said(Verdict.UNDO, accept.id)
    >>> standing_decisions([accept, undo]), len(standing_decisions([accept, undo, said(Verdict.UNDO, undo.id)]))
    ([], 1)
    """
    everything = list(found)
    undone: set[str] = set()
    for decision in reversed(everything):
        if decision.verdict is Verdict.UNDO and decision.id not in undone:
            undone.update(decision.subjects)
    return [d for d in everything if d.verdict is not Verdict.UNDO and d.id not in undone]


def decided_pairs(found: Iterable[Decision]) -> Decided:
    """Return the pairs of events that the standing decisions join or part; the last word on a pair holds.

    The first subject of a split is the event that leaves the others.
    """
    pairs: dict[tuple[str, str], bool] = {}
    for decision in standing_decisions(found):
        if decision.verdict in _JOINING:
            pairs.update({(min(pair), max(pair)): True for pair in combinations(decision.subjects, 2)})
        elif decision.verdict in _PARTING and decision.subjects:
            one, *others = decision.subjects
            pairs.update({(min(one, other), max(one, other)): False for other in others})
    same = tuple(sorted(pair for pair, is_same in pairs.items() if is_same))
    return Decided(same, tuple(sorted(pair for pair, is_same in pairs.items() if not is_same)))
