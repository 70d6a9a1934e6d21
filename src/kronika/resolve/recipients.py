"""Recipients: to whom or to what a deed is directed, in one list as PLOVER has it; also a place, where that is it."""

from __future__ import annotations

from kronika.records import Event, Mention, PlaceRef

#: Deeds that go somewhere: forces, help, and those who leave.
_GOING = frozenset(("MOBILIZE", "AID", "RETREAT"))
#: Deeds that, where nobody else is told to suffer them, are done to the place where they happen ("a curfew in Tula").
_FALLING = frozenset(("PROTEST", "COERCE", "ASSAULT"))


def recipients(event: Event) -> tuple[Mention | PlaceRef, ...]:
    """Return everyone and everything a deed is directed at: recipients, targets, victims, what is left behind.

    The place is among them where forces or help go there, and where a deed of force or a demonstration has no other.
    """
    roles = event.roles
    told = (*roles.recipient, *roles.target, *roles.victim)
    is_there = event.type in _GOING or (event.type in _FALLING and not told)
    place = (event.place,) if event.place is not None and is_there else ()
    return (*told, *roles.origin, *place)
