"""Dyads: an event as CAMEO codes it, one source and one target at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kronika.codebook.states import states
from kronika.records import Event, Mention, Status
from kronika.resolve.actor_codes import ActorCode, actor_code

#: In which sense a deed has to be told to stand in an export of events.
_TOLD = frozenset((Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED))
#: Deeds in words that are done when somebody says them, whatever lies ahead.
_IN_WORDS = frozenset(("AGREE", "CONCEDE", "THREATEN"))
_SAID = frozenset((Status.PLANNED, Status.THREATENED))
#: Modes of which the target role holds what is moved.
_MOVING = frozenset(("troops", "weapons", "police", "militia", "withdraw"))
#: Deeds whose parties may all stand in one list; CAMEO codes them from each side.
_JOINT = frozenset(("CONSULT", "COOPERATE", "ASSAULT", "AGREE", "SUPPORT"))


@dataclass(frozen=True, slots=True)
class Dyad:
    """One line of an event in CAMEO: who did what (``code``) to whom."""

    source: ActorCode
    code: str
    target: ActorCode


def cameo_dyads(event: Event) -> Iterator[Dyad]:
    """Yield the dyads of an event: every source with every target, where the state of at least one is told.

    Compound sides, one list in kronika, are told apart here and only here; a meeting is yielded from both its sides.
    What is denied, recalled, supposed or only planned has no dyad, but for a deed in words, which lies in the saying.
    """
    if not event.cameo or not (event.status in _TOLD or (event.type in _IN_WORDS and event.status in _SAID)):
        return
    sources, targets = _codes(event.roles.actor), _targets(event)
    pairs = [(one, other) for one in sources for other in targets]
    if not targets and event.type in _JOINT and len(sources) > 1:
        pairs = [(one, other) for one in sources for other in sources if one != other]
    elif event.type == "CONSULT":
        if not targets:
            pairs = [(one, host) for one in sources for host in _host(event) if one.state != host.state]
        pairs += [(other, one) for one, other in pairs]
    for one, other in dict.fromkeys(pairs):
        if one.state or other.state:
            yield Dyad(one, event.cameo, other)


def _targets(event: Event) -> list[ActorCode]:
    """Return whom a deed is done to; of a movement of forces, the state they come to or leave, not the forces."""
    roles = event.roles
    if event.type not in ("MOBILIZE", "RETREAT") or event.mode not in _MOVING:
        if event.type == "AID" and roles.recipient:
            return _codes(roles.recipient)  # its target role holds what is given
        return _codes((*roles.recipient, *roles.target, *roles.victim))
    return _codes((*roles.recipient, *roles.origin)) or _host(event)


def _host(event: Event) -> list[ActorCode]:
    """Return the state where a deed took place."""
    code = states().iso3.get(event.place.country or "") if event.place else None
    return [ActorCode(code)] if code else []


def _codes(mentions: Iterable[Mention]) -> list[ActorCode]:
    found = (actor_code(mention) for mention in mentions)
    return list(dict.fromkeys(code for code in found if code is not None))
