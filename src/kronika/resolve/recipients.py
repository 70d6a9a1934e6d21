"""Recipients: to whom or to what a deed is directed, in one list as PLOVER has it; also a place, where that is it."""

from __future__ import annotations

from kronika.records import Event, Mention, MentionKind, PlaceRef

#: Deeds that go somewhere: forces, help, and those who leave.
_GOING = frozenset(("MOBILIZE", "AID", "RETREAT"))
#: Deeds that, where nobody else is told to suffer them, are done to the place where they happen ("a curfew in Tula").
_FALLING = frozenset(("PROTEST", "COERCE", "ASSAULT"))
_THINGS = frozenset(
    (MentionKind.FACILITY, MentionKind.WEAPON, MentionKind.PRODUCT, MentionKind.ASSET, MentionKind.UNKNOWN)
)


def recipients(event: Event) -> tuple[Mention | PlaceRef, ...]:
    """Return everyone and everything a deed is directed at: recipients, targets, victims, what is left behind.

    The place is among them where forces or help go there, and where a deed of force or a demonstration is told to be
    done to nobody, or only to things.
    """
    roles = event.roles
    told = (*roles.recipient, *roles.target, *roles.victim)
    is_of_things = all(one.kind in _THINGS for one in told)
    is_there = event.type in _GOING or (event.type in _FALLING and is_of_things)
    place = (event.place,) if event.place is not None and is_there else ()
    if any(one.span.text == place[0].surface for one in roles.origin if place):
        place = ()  # "pulled its soldiers out of Mali": left, and told of as left
    return (*told, *roles.origin, *place)
