"""Ledgers: the incidents of one facility or town in order, and the counts that documents assert about it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kronika.link.features import WIDE_DAYS, name_key
from kronika.records import Event, Finding, FindingKind, Incident, Outcome, Severity, Span, Status, content_id

#: What an ordinal counts: what took place, whether or not it hit.
_COUNTED = (Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED, Status.HISTORICAL)


class Verdict(StrEnum):
    """How an asserted count stands to the record."""

    BORNE_OUT = "borne out"
    CONTRADICTED = "contradicted"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One incident in its place: ``number`` counts from 1 what took place; 0 for what is not counted."""

    number: int
    incident: str
    kind: str  # PLOVER type and mode
    targets: tuple[str, ...]
    start: str | None
    end: str | None
    status: str
    reports: int
    independent_sources: int
    denied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asserted:
    """A count that a document asserts ("the fifth strike since 2022"), and what the record holds.

    ``missing`` is how many incidents the record lacks; they lie after ``after`` (None where nothing bounds them) and
    up to ``before``, the day of the incident itself. The record says what it holds, never that the world is so.
    """

    event: str
    incident: str | None
    span: Span
    value: int
    at_least: bool
    since: str | None
    on_record: int
    verdict: Verdict
    missing: int = 0
    after: str | None = None
    before: str | None = None
    counted: tuple[str, ...] = ()  # the incidents that are on record, in order


@dataclass(frozen=True, slots=True)
class Ledger:
    """The incidents of a subject in order, and the counts asserted about it."""

    rows: tuple[LedgerRow, ...]
    asserted: tuple[Asserted, ...]


def incidents_of(
    incidents: Iterable[Incident], names: Collection[str] = (), places: Collection[str] = ()
) -> list[Incident]:
    """Return the incidents with a target of one of these keys (:func:`name_key`), or at one of these places."""
    return [
        incident
        for incident in incidents
        if (incident.place is not None and incident.place.id in places)
        or any(name_key(mention) in names or mention.entity in names for mention in incident.targets)
    ]


def ledger(
    incidents: Iterable[Incident], events: Iterable[Event], published: Mapping[str, str] | None = None
) -> Ledger:
    """Put one subject's incidents in order and compare the counts that their reports assert with them.

    ``events`` are the reports (others are ignored), ``published`` the publication dates of their documents: a count
    that is asserted of a happening without a day speaks of the time up to then. Incidents without a day come last and
    are not numbered; nor is a second one on a day, or one that is dated to weeks or months in which another is on file.
    """
    ordered = sorted(incidents, key=_when)
    by_id = {event.id: event for event in events}
    rows, number = [], 0
    printed = {incident.id: _last_printed(incident, by_id, published or {}) for incident in ordered}
    dated = _dated(ordered, printed)
    for incident in ordered:
        counts = dated.get(incident.id) == incident.id
        number += counts
        rows.append(_row(incident, number if counts else 0))
    return Ledger(tuple(rows), tuple(_compare_all(ordered, by_id, published or {}, dated)))


def _last_printed(incident: Incident, by_id: Mapping[str, Event], published: Mapping[str, str]) -> str | None:
    """Return the day on which the last report of an incident was printed, None where one of them has no date."""
    days = [published.get(by_id[key].document) if key in by_id else None for key in incident.reports]
    return max((day[:10] for day in days if day), default=None) if all(days) else None


def _start(incident: Incident) -> str | None:
    return incident.time.start if incident.time else None


def _when(incident: Incident) -> tuple[str, str, str]:
    start, end = (incident.time.start, incident.time.end) if incident.time else (None, None)
    return start or "9999", end or "9999", incident.id


def _dated(ordered: list[Incident], printed: Mapping[str, str | None]) -> dict[str, str]:
    """Return the incidents that are counted, each with the one that it is counted as.

    By ACLED's rule what happens to one target on one day is counted once; of two nights that share a midnight each is
    counted. A wider date counts where no narrower one of its kind lies in it; a date after all its reports is wrong.
    """
    found = [
        one
        for one in ordered
        if _is_counted(one) and (start := _start(one)) and start[:10] <= (printed.get(one.id) or "9999")
    ]
    narrow = [one for one in found if not _is_wide(one)]
    counted: dict[str, str] = {}
    heads: list[Incident] = []
    for one in narrow:
        head = next((head for head in reversed(heads) if head.type == one.type and _is_same_day(head, one)), None)
        if head is None:
            heads.append(one)
        counted[one.id] = (head or one).id
    for one in found:
        if _is_wide(one) and not any(_holds(one, other) and one.type == other.type for other in narrow):
            counted[one.id] = one.id
    return counted


def _is_same_day(one: Incident, other: Incident) -> bool:
    return _holds(one, other) or _holds(other, one)


def _holds(outer: Incident, inner: Incident) -> bool:
    start = _start(inner) or ""
    return (_start(outer) or "")[:10] <= start[:10] and max(_end(inner), start)[:10] <= _end(outer)[:10]


def _is_wide(incident: Incident) -> bool:
    first, last = _start(incident), _end(incident)
    return first is not None and (date.fromisoformat(last[:10]) - date.fromisoformat(first[:10])).days >= WIDE_DAYS


def _end(incident: Incident) -> str:
    return (incident.time.end if incident.time else None) or _start(incident) or ""


def _is_counted(incident: Incident) -> bool:
    return incident.status in _COUNTED


def _row(incident: Incident, number: int) -> LedgerRow:
    denied = dict.fromkeys(p.label for p in incident.positions if p.stance == "denies")
    outcome = incident.outcome
    is_told = _is_counted(incident) and outcome is not Outcome.UNKNOWN
    return LedgerRow(
        number=number,
        incident=incident.id,
        kind=f"{incident.type} {incident.mode}".strip(),
        targets=tuple(dict.fromkeys(mention.name for mention in incident.targets)),
        start=_start(incident),
        end=incident.time.end if incident.time else None,
        status=outcome.value if is_told else incident.status.value,
        reports=len(incident.reports),
        independent_sources=incident.independent_sources,
        denied_by=tuple(denied),
    )


def _compare_all(
    ordered: list[Incident], by_id: Mapping[str, Event], published: Mapping[str, str], dated: Mapping[str, str]
) -> list[Asserted]:
    found: list[Asserted] = []
    for incident in ordered:
        for key in incident.reports:
            event = by_id.get(key)
            if event is not None and event.ordinal is not None and _is_counted(incident):
                until = _start(incident) or (published.get(event.document) or "")[:10] or None
                found.append(_compare(event, incident, ordered, dated, found, until))
    return found


def _compare(
    event: Event,
    incident: Incident,
    ordered: list[Incident],
    dated: Mapping[str, str],
    earlier: list[Asserted],
    until: str | None,
) -> Asserted:
    ordinal = event.ordinal
    assert ordinal is not None
    since = ordinal.since
    own = dated.get(incident.id, incident.id)
    on_time = [
        other.id
        for other in ordered
        if dated.get(other.id) == other.id and (until is None or (_start(other) or "") <= until)
        if other.type == incident.type and (since is None or (_start(other) or "") >= since or other.id == own)
    ]
    # what has no day of its own may be one of those on file
    counted = on_time if on_time else [own]
    on_record = len(counted)
    if on_record < ordinal.value:
        verdict = Verdict.INCOMPLETE
    elif on_record == ordinal.value or ordinal.at_least:
        verdict = Verdict.BORNE_OUT
    else:
        verdict = Verdict.CONTRADICTED
    missing = max(0, ordinal.value - on_record)
    after = _complete_until(since, earlier) if missing else None
    last = _end(incident) or until
    known = next((one.before for one in earlier if missing and (one.since, one.missing) == (since, missing)), last)
    return Asserted(
        event=event.id,
        incident=incident.id,
        span=ordinal.span,
        value=ordinal.value,
        at_least=ordinal.at_least,
        since=since,
        on_record=on_record,
        verdict=verdict,
        missing=missing,
        after=after,
        before=known,
        counted=tuple(counted),
    )


def _complete_until(since: str | None, earlier: list[Asserted]) -> str | None:
    """The last day on which an earlier count of the same kind was borne out; the missing ones lie after it."""
    days = [
        one.before for one in earlier if one.since == since and one.verdict is Verdict.BORNE_OUT and not one.at_least
    ]
    known = [day for day in days if day is not None]
    return max(known) if known else since


def count_findings(
    book: Ledger, incidents: Iterable[Incident], events: Iterable[Event], subject: str = ""
) -> list[Finding]:
    """Return a finding for each asserted count that the record does not bear out: a warning where it holds more.

    Its evidence is the count and the first reports of what is on record; ``subject`` is what was counted.
    """
    first = {incident.id: incident.first_report or "" for incident in incidents}
    triggers = {event.id: event.trigger for event in events}
    found = []
    for one in book.asserted:
        if one.verdict is Verdict.BORNE_OUT:
            continue
        since = f" since {one.since}" if one.since else ""
        on_file = tuple(triggers[key] for one_id in one.counted if (key := first.get(one_id, "")) in triggers)
        which = f"{subject}: counted" if subject else "counted"
        text = f"{which} as number {one.value}{since}; the record holds {one.on_record} up to then"
        if one.missing:
            text += f", so {one.missing} {'is' if one.missing == 1 else 'are'} missing"
            text += f" between {one.after or 'the beginning'} and {one.before or 'an unknown day'}"
        severity = Severity.NOTE if one.missing else Severity.WARNING
        key = content_id("f", FindingKind.COUNT, one.event, one.value, one.on_record)
        found.append(Finding(key, FindingKind.COUNT, severity, (one.span, *on_file), text, "the record"))
    return found
