"""Bearing: what is said of a whole region's raid is also said of the attack on a site there in the same night."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kronika.extract.happenings.sameness import is_within
from kronika.extract.reading import NEW, TRIED
from kronika.records import Claim, CountKind, Event, Outcome, PlacePrecision, Quantity
from kronika.records.quick import replace

_WIDE = frozenset((PlacePrecision.ADMIN1, PlacePrecision.ADMIN2))


def bear(events: Sequence[Event], claims: Sequence[Claim]) -> tuple[list[Event], list[Claim]]:
    """Return the attacks with the figures of what was shot down over their region, and the claims about both.

    "All drones over the region were destroyed" answers for the depot in it that was hit that night; "25 of them over
    the Tver region" counts for the strike on Tver. The total of the whole raid does not, as it has no place.
    """
    raids = [event for event in events if event.outcome is Outcome.INTERCEPTED and _is_of_region(event)]
    if not raids:
        return list(events), list(claims)
    reached: dict[str, list[str]] = {}
    found = []
    for event in events:
        over = [raid for raid in raids if _came_over(raid, event)]
        for raid in over:
            reached.setdefault(raid.id, []).append(event.id)
        counts = [count for raid in over for count in raid.counts if count.kind is CountKind.INTERCEPTED]
        found.append(replace(event, counts=(*event.counts, *_new(counts, event))) if counts else event)
    told = []
    for claim in claims:
        more = [key for raid in claim.about for key in reached.get(raid, ()) if key not in claim.about]
        told.append(replace(claim, about=(*claim.about, *dict.fromkeys(more))) if more else claim)
    return found, told


def _is_of_region(event: Event) -> bool:
    return event.status in TRIED and event.place is not None and event.place.precision in _WIDE


def _came_over(raid: Event, event: Event) -> bool:
    """Whether an attack that got through lies in the region of what was shot down, in the same days."""
    if event.type != "ASSAULT" or event.outcome is Outcome.INTERCEPTED or event.status not in NEW:
        return False
    if event.place is None or raid.place is None or not is_within(event.place, raid.place):
        return False
    mine, theirs = event.time, raid.time
    if mine is None or theirs is None or not (mine.start and mine.end and theirs.start and theirs.end):
        return True
    first, second = sorted(((mine.start, mine.end), (theirs.start, theirs.end)))
    return (date.fromisoformat(second[0][:10]) - date.fromisoformat(first[1][:10])).days <= 0


def _new(counts: Sequence[Quantity], event: Event) -> list[Quantity]:
    known = {count.id for count in event.counts}
    return [count for count in counts if count.id not in known]
