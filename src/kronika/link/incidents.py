"""Incidents: what happened, put together from the events that report it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kronika.codebook.predicates import predicates
from kronika.link.cluster import Decided, cluster
from kronika.link.copies import Family
from kronika.link.features import LEVELS, EventRow, event_rows, name_key
from kronika.link.figures import figures
from kronika.link.model import Edge, explain
from kronika.link.positions import positions
from kronika.link.speakers import Sources
from kronika.records import (
    Claim,
    Document,
    Effect,
    Event,
    Incident,
    Match,
    Mention,
    Outcome,
    PlaceRef,
    Status,
    TimeRef,
    content_id,
)

#: Which status an incident has among those of its reports: the first of these that one of them has.
_STATUS_ORDER = (
    Status.OCCURRED,
    Status.ONGOING,
    Status.INTERCEPTED,
    Status.ATTEMPTED,
    Status.HISTORICAL,
    Status.DENIED,
    Status.PLANNED,
    Status.THREATENED,
)
#: "Some got through" outweighs "some were shot down".
_OUTCOME_ORDER = (Outcome.HIT, Outcome.INTERCEPTED, Outcome.REPELLED, Outcome.MISSED, Outcome.UNKNOWN)


#: A report that comes later than so many days after an incident does not count as a source of its own.
NEWS_DAYS = 3


class Linked(NamedTuple):
    """Incidents, the rows and scored pairs they rest on (to be kept for the next, incremental run)."""

    incidents: list[Incident]
    rows: dict[str, EventRow]
    edges: list[Edge]


def assemble(
    groups: Iterable[Sequence[str]],
    events: Iterable[Event],
    documents: Iterable[Document],
    claims: Iterable[Claim] = (),
    families: Iterable[Family] = (),
    rows: Mapping[str, EventRow] | None = None,
    edges: Iterable[Edge] = (),
) -> list[Incident]:
    """Put together one incident per group of event ids, in the order of their ids.

    With ``rows`` and ``edges`` each incident explains its matches. A group that only recalls the past, without a day or
    a place of its own, makes no incident: it can support one, not open one.
    """
    by_id = {event.id: event for event in events}
    sources = Sources(documents, claims, families)
    groups = list(groups)
    strongest = _strongest(edges, {event: group[0] for group in groups for event in group})
    made = []
    for group in groups:
        reports = sorted((by_id[key] for key in group), key=lambda event: (sources.published(event), event.id))
        if any(_opens_incident(event) for event in reports):
            made.append(_incident(reports, sources.of_one(reports), rows or {}, strongest))
    return sorted(made, key=lambda incident: incident.id)


def link_events(
    events: Iterable[Event],
    documents: Iterable[Document],
    claims: Iterable[Claim] = (),
    families: Iterable[Family] = (),
    *,
    aliases: Mapping[str, str] | None = None,
    decided: Decided | None = None,
    kept: Iterable[Edge] = (),
    new: frozenset[str] | None = None,
) -> Linked:
    """Link events in plain Python: rows, candidates, weights, groups, incidents.

    For an incremental run pass the edges ``kept`` from before and the ids of the ``new`` events: only pairs with a new
    one are scored. The incidents are those of linking everything at once.
    """
    from kronika.link.blocking import candidate_pairs
    from kronika.link.cluster import FLOOR
    from kronika.link.model import score_pairs

    events, documents = list(events), list(documents)
    rows = {row.event: row for row in event_rows(events, documents, aliases)}
    scored = list(score_pairs(candidate_pairs(rows.values(), new), FLOOR))
    known = {(edge.one, edge.other): edge for edge in [*kept, *scored] if edge.one in rows and edge.other in rows}
    edges = [known[key] for key in sorted(known)]
    groups = cluster(rows, edges, decided).groups
    return Linked(assemble(groups, events, documents, claims, families, rows, edges), rows, edges)


def _opens_incident(event: Event) -> bool:
    if event.status is not Status.HISTORICAL:
        return True
    has_day = event.time is not None and event.time.start is not None
    return has_day and event.place is not None and event.place.id is not None


def _incident(
    reports: list[Event], sources: Sources, rows: Mapping[str, EventRow], strongest: Mapping[str, tuple[str, float]]
) -> Incident:
    main = next(e for status in _STATUS_ORDER for e in reports if e.status is status)
    kinds = Counter((event.type, event.mode, event.acled) for event in reports if event.mode or event.acled)
    order = list(kinds)
    kind = min(kinds, key=lambda k: (-kinds[k], order.index(k))) if kinds else (main.type, main.mode, main.acled)
    outcomes = {event.outcome for event in reports}
    return Incident(
        id=content_id("i", reports[0].id),
        type=kind[0],
        mode=kind[1],
        acled=kind[2],
        status=main.status,
        outcome=next(outcome for outcome in _OUTCOME_ORDER if outcome in outcomes),
        time=tightest_time(reports),
        place=tightest_place(reports),
        actors=_distinct(_attacking(reports), ("actor",)),
        targets=_distinct(reports, ("target", "victim")),
        instruments=_distinct(reports, ("instrument",)),
        reports=tuple(event.id for event in reports),
        figures=figures(reports, sources),
        effects=_effects(reports),
        positions=positions(reports, sources),
        independent_sources=sources.independent(news(reports, sources)),
        first_report=reports[0].id,
        matches=tuple(_match(event.id, reports[0].id, rows, strongest) for event in reports[1:]),
        defenders=_distinct([event for event in reports if _is_defence(event)], ("actor",)),
    )


def _attacking(reports: list[Event]) -> list[Event]:
    """Return the reports whose doer attacked: who shot something down did not."""
    through = [event for event in reports if event.outcome is not Outcome.INTERCEPTED]
    return [event for event in through or reports if not _is_defence(event)]


def _is_defence(event: Event) -> bool:
    """Whether the word that tells an event is one for shooting down, so that its doer is who did that."""
    frame = predicates().frames.get(event.rule.partition(".")[0])
    return frame is not None and frame.outcome == "intercepted"


def news(reports: list[Event], sources: Sources) -> list[Event]:
    """Return the reports that tell the incident as news: not as background, and not long after (or all, if none does).

    Who tells it more than NEWS_DAYS after the day repeats what was known by then.
    """
    told = [event for event in reports if event.status is not Status.HISTORICAL] or reports
    time = tightest_time(told)
    day = _ordinal(time.end if time is not None else None)
    if day is None:
        return told
    soon = [e for e in told if (_ordinal(sources.published(e)) or day) - day <= NEWS_DAYS]
    return soon or told


def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return None


def tightest_time(reports: Iterable[Event]) -> TimeRef | None:
    """The narrowest interval that a report gives; among equal ones the one that most reports give."""
    times = [e.time for e in reports if e.time is not None and e.time.start is not None and e.time.end is not None]
    if not times:
        return next((event.time for event in reports if event.time is not None), None)
    given = Counter((time.start, time.end) for time in times)

    def rank(time: TimeRef) -> tuple[bool, int, int]:
        days = _days(time)
        return time.span is None, days, -given[time.start, time.end]

    return min(times, key=rank)


def _days(time: TimeRef) -> int:
    start, end = _ordinal(time.start), _ordinal(time.end)
    return 1 << 30 if start is None or end is None else end - start


def tightest_place(reports: Iterable[Event]) -> PlaceRef | None:
    """The place at the finest level that a report gives; among equal levels the one that most reports give."""
    places = [event.place for event in reports if event.place is not None]
    resolved = [place for place in places if place.id is not None]
    if not resolved:
        return places[0] if places else None
    given = Counter(place.id for place in resolved)
    return min(resolved, key=lambda place: (LEVELS.get(place.precision, 9), -given[place.id]))


def _distinct(reports: Iterable[Event], roles: Sequence[str]) -> tuple[Mention, ...]:
    """Each thing once, by its name, in the order of the roles, then the one that most reports name first.

    Its first mention stands for it.
    """
    first: dict[str, Mention] = {}
    rank: dict[str, int] = {}
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for event in reports:
        for number, role in enumerate(roles):
            for mention in getattr(event.roles, role):
                key = name_key(mention)
                first.setdefault(key, mention)
                rank[key] = min(rank.get(key, number), number)
                seen[key].add(event.id)
    order = {key: number for number, key in enumerate(first)}
    return tuple(first[key] for key in sorted(first, key=lambda key: (rank[key], -len(seen[key]), order[key])))


def _effects(reports: Iterable[Event]) -> tuple[Effect, ...]:
    first: dict[tuple[str, bool, str], Effect] = {}
    for event in reports:
        for effect in event.effects:
            first.setdefault((effect.kind, effect.negated, effect.of.text.casefold() if effect.of else ""), effect)
    return tuple(first.values())


def _strongest(edges: Iterable[Edge], home: Mapping[str, str]) -> dict[str, tuple[str, float]]:
    """Return, by event, the event of the same group that it matches best, with the weight."""
    best: dict[str, tuple[str, float]] = {}
    for edge in edges:
        if edge.one not in home or home[edge.one] != home.get(edge.other):
            continue
        for event, other in ((edge.one, edge.other), (edge.other, edge.one)):
            if event not in best or (-edge.weight, other) < (-best[event][1], best[event][0]):
                best[event] = (other, edge.weight)
    return best


def _match(event: str, first: str, rows: Mapping[str, EventRow], strongest: Mapping[str, tuple[str, float]]) -> Match:
    """Explain a report by the strongest pair it is in, else against the first report."""
    partner = strongest[event][0] if event in strongest else first
    if event not in rows or partner not in rows or partner == event:
        return Match(event, None, (), "a person decided that they are the same")
    explanation = explain(rows[partner], rows[event])
    return Match(event, explanation.weight, explanation.rows)
