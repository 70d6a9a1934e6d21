"""Clustering: from scored pairs to incidents, under constraints that no weight overrules.

Groups are joined two at a time, those with the strongest mean weight over the pairs between them first, as long as that
mean is above ``LEAST_MEAN`` and no constraint forbids it. A pair that is not scored counts as ``UNSCORED``: no chain
of good pairs joins what the other pairs keep apart. Each connected component over the edges that reach the model's
threshold is clustered on its own, from its own scores alone; so clustering again only the components that new edges
touch gives the same groups as clustering everything at once, in whatever order the input comes.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kronika.link.blocking import candidate_pairs
from kronika.link.constraints import Group, decided_apart
from kronika.link.features import EventRow
from kronika.link.groups import Groups
from kronika.link.model import Edge, load_match_model, score_pairs

#: Bits that a pair counts for that is no candidate, or scores below ``FLOOR``; both set by benchmarks/link_stream.py.
UNSCORED = -3.0
FLOOR = -8.0
#: Groups are joined down to this mean weight: a little doubt in single pairs is made good by the group.
LEAST_MEAN = -1.0
#: Weights are summed as whole micro-bits, so that the order of additions leaves no trace.
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """An edge that was not followed, and why."""

    edge: Edge
    constraint: str


@dataclass(frozen=True, slots=True)
class Clustering:
    """Groups of event ids (each sorted, in the order of their smallest ids) and the edges that were refused."""

    groups: tuple[tuple[str, ...], ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided: pairs of event ids that are one happening, and pairs that are not."""

    same: tuple[tuple[str, str], ...] = ()
    different: tuple[tuple[str, str], ...] = ()


def cluster(rows: Mapping[str, EventRow], edges: Iterable[Edge], decided: Decided | None = None) -> Clustering:
    """Group the events ``rows`` (by event id) by their edges; every event is in exactly one group.

    A decision that two events are one joins them before anything else, past every constraint but an opposite decision.
    Edges to events that are not in ``rows`` raise KeyError.
    """
    decided = decided or Decided()
    threshold = load_match_model().threshold
    components = Groups(rows)
    kept = list(edges)
    for edge in kept:
        if edge.weight >= threshold:
            components.join(edge.one, edge.other)
    for one, other in decided.same:
        if one in rows and other in rows:
            components.join(one, other)
    by_component: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in kept:
        root = components.root(edge.one)
        if root == components.root(edge.other):
            by_component[root].append(edge)
    apart = decided_apart(decided.different)
    groups: list[tuple[str, ...]] = []
    refusals: list[Refusal] = []
    for members in components.members():
        if len(members) == 1:
            groups.append((members[0],))
            continue
        inside = set(members)
        same = [pair for pair in decided.same if inside.issuperset(pair)] if decided.same else []
        component = _Component(
            {event: Group.of(rows[event], apart.get(event, ())) for event in members}, by_component[members[0]]
        )
        component.obey(same)
        component.agglomerate()
        groups += component.groups()
        refusals += component.refusals
    return Clustering(tuple(sorted(groups)), tuple(refusals))


class _Component:
    """One connected component while it is clustered. A group goes by its smallest event."""

    def __init__(self, groups: dict[str, Group], edges: Iterable[Edge]) -> None:
        self._groups = groups
        self._between: dict[str, dict[str, tuple[int, int]]] = {event: {} for event in groups}  # (sum, pairs)
        for edge in edges:
            scored = (round(edge.weight * _MICRO), 1)
            self._between[edge.one][edge.other] = self._between[edge.other][edge.one] = scored
        self.refusals: list[Refusal] = []

    def _mean(self, one: str, other: str) -> float:
        total, scored = self._between[one][other]
        pairs = len(self._groups[one].events) * len(self._groups[other].events)
        return (total + (pairs - scored) * round(UNSCORED * _MICRO)) / pairs / _MICRO

    def _merge(self, one: str, other: str) -> str:
        kept, gone = sorted((one, other))
        self._groups[kept].absorb(self._groups.pop(gone))
        mine = self._between[kept]
        mine.pop(gone, None)
        for third, (total, scored) in self._between.pop(gone).items():
            if third == kept:
                continue
            old = mine.get(third, (0, 0))
            mine[third] = self._between[third][kept] = (old[0] + total, old[1] + scored)
            del self._between[third][gone]
        return kept

    def obey(self, same: Iterable[tuple[str, str]]) -> None:
        """Join what people decided to be one, unless they also decided the opposite."""
        home = {event: event for event in self._groups}
        for one, other in sorted(same):
            a, b = home[one], home[other]
            if a == b or not self._groups[a].apart.isdisjoint(self._groups[b].events):
                continue
            kept = self._merge(a, b)
            home.update(dict.fromkeys(self._groups[kept].events, kept))

    def agglomerate(self) -> None:
        """Join the strongest pair of groups until none is left that may be joined."""
        heap = [
            (-self._mean(one, other), one, other)
            for one, others in self._between.items()
            for other in others
            if one < other
        ]
        heapq.heapify(heap)
        while heap:
            negative, one, other = heapq.heappop(heap)
            if negative >= -LEAST_MEAN:
                break
            if other not in self._between.get(one, ()) or self._mean(one, other) != -negative:
                continue  # one of them has grown since
            reason = self._groups[one].forbids(self._groups[other])
            if reason is not None:
                self.refusals.append(Refusal(Edge(one, other, -negative), reason))
                del self._between[one][other], self._between[other][one]
                continue
            kept = self._merge(one, other)
            for third in self._between[kept]:
                first, second = sorted((kept, third))
                heapq.heappush(heap, (-self._mean(kept, third), first, second))

    def groups(self) -> list[tuple[str, ...]]:
        """Return the groups as sorted event ids."""
        return [tuple(sorted(group.events)) for group in self._groups.values()]


def link_rows(rows: Iterable[EventRow], decided: Decided | None = None) -> tuple[Clustering, list[Edge]]:
    """Block, score and cluster in plain Python; returns the clustering and the edges it rests on."""
    by_id = {row.event: row for row in rows}
    edges = sorted(score_pairs(candidate_pairs(by_id.values()), FLOOR), key=lambda edge: (edge.one, edge.other))
    return cluster(by_id, edges, decided), edges


def touched_events(edges: Iterable[Edge], changed: Iterable[str]) -> set[str]:
    """Return the events of all components (over ``edges``, old and new) that hold a changed event.

    These are the events to cluster again after adding or removing some: the groups of all others stay.
    """
    components = Groups()
    threshold = load_match_model().threshold
    for edge in edges:
        if edge.weight >= threshold:
            components.join(edge.one, edge.other)
    roots = {components.root(event) for event in changed}
    return {event for group in components.members() if group[0] in roots for event in group}
