"""Constraints: what forbids that two events, or two groups of them, are one happening, whatever their weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kronika.link.features import EventRow
from kronika.link.model import km_apart

#: Settlements further apart than this, beyond the circles the reports give, are different places.
NEAR_KM = 25.0
#: A report that gives no day of its own may be printed this many days after the happening.
LATE_DAYS = 7


def possible_days(row: EventRow) -> tuple[int, int] | None:
    """The first and last day the happening can have been on, by this report; None where it does not say."""
    if row.first_day is None or row.last_day is None:
        return None
    return (row.first_day, row.last_day) if row.is_dated else (row.first_day - LATE_DAYS, row.last_day)


def are_places_compatible(one: EventRow, other: EventRow) -> bool:
    """Whether two reports can be of one place: near each other, or the coarser may hold the finer."""
    if one.place is None or other.place is None or one.place == other.place:
        return True
    apart = km_apart(one, other)
    if apart is not None:
        return apart <= NEAR_KM + one.radius_km + other.radius_km
    if one.country is not None and other.country is not None and one.country != other.country:
        return False
    in_regions = one.level <= 4 and other.level <= 4 and one.admin1 is not None and other.admin1 is not None
    return not in_regions or one.admin1 == other.admin1


def are_ordinals_compatible(one: EventRow, other: EventRow) -> bool:
    """Whether "the fifth since 2022" and another ordinal can be said of one happening ("again" is: at least two)."""
    if one.ordinal is None or other.ordinal is None or one.ordinal_since != other.ordinal_since:
        return True
    if one.ordinal_least or other.ordinal_least:
        least, value = (one, other) if one.ordinal_least else (other, one)
        both = one.ordinal_least and other.ordinal_least
        return both or (value.ordinal or 0) >= (least.ordinal or 0)
    return one.ordinal == other.ordinal


def forbids(one: EventRow, other: EventRow) -> str | None:
    """Return the constraint that keeps two events apart, in words, or None."""
    return Group.of(one).forbids(Group.of(other))


@dataclass(slots=True)
class Group:
    """Events that are taken for one happening, with what is needed to test the constraints fast.

    Intervals on a line have a day in common when every two of them have, so the group keeps only their intersection.
    """

    events: list[str]
    documents: set[str]
    realm: str
    first_day: int | None = None
    last_day: int | None = None
    places: dict[str, EventRow] = field(default_factory=dict)
    ordinals: list[EventRow] = field(default_factory=list)
    nights: set[int] = field(default_factory=set)
    apart: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, row: EventRow, apart: Iterable[str] = ()) -> Group:
        """A group of one event; ``apart`` are events that a person decided are different."""
        first, last = possible_days(row) or (None, None)
        places = {f"{row.place}/{row.radius_km}": row} if row.place is not None else {}
        ordinals = [row] if row.ordinal is not None else []
        nights = {row.night} if row.night is not None else set()
        return cls([row.event], {row.document}, row.realm, first, last, places, ordinals, nights, set(apart))

    def forbids(self, other: Group) -> str | None:
        """Return the constraint that keeps two groups apart, or None."""
        if not self.apart.isdisjoint(other.events) or not other.apart.isdisjoint(self.events):
            return "a person decided that they are different"
        if not self.documents.isdisjoint(other.documents):
            return "one document counts them apart"
        if self.realm != other.realm:
            return "one is announced, the other happened"
        if (self.first_day or 0) > (other.last_day or self.first_day or 0) or (other.first_day or 0) > (
            self.last_day or other.first_day or 0
        ):
            return "their days differ"
        if self.nights and other.nights and self.nights != other.nights:
            return "their nights differ"
        if not all(are_places_compatible(a, b) for a in self.places.values() for b in other.places.values()):
            return "their places are incompatible"
        if not all(are_ordinals_compatible(a, b) for a in self.ordinals for b in other.ordinals):
            return "their ordinals differ"
        return None

    def absorb(self, other: Group) -> None:
        """Take over the other group's events and bounds."""
        self.events += other.events
        self.documents |= other.documents
        self.places |= other.places
        self.ordinals += other.ordinals
        self.nights |= other.nights
        self.apart |= other.apart
        if other.first_day is not None and (self.first_day is None or other.first_day > self.first_day):
            self.first_day = other.first_day
        if other.last_day is not None and (self.last_day is None or other.last_day < self.last_day):
            self.last_day = other.last_day


def decided_apart(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    """Return, by event, the events that decisions keep apart from it."""
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return found
