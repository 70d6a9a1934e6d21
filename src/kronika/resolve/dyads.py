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
#: Deeds of a government or against it: told to be done to nobody else, they are done where they happen.
_AT_HOME = frozenset(("COERCE", "PROTEST"))
_CROWD = ("OPP",)
#: Deeds in words: what they are about, which may be people of no state, stands beside whom they are said to.
_WORDED = frozenset(("AGREE", "REQUEST", "SUPPORT", "ACCUSE", "REJECT", "THREATEN", "CONCEDE", "SANCTION"))
#: Frames of which the target role holds what is moved.
_MOVING = frozenset(("send", "deploy", "alert", "test_weapon", "withdraw", "depart"))
#: Deeds whose parties may all stand in one list; CAMEO codes them from each side.
_AGREED = frozenset(("AGREE", "CONSULT", "COOPERATE"))
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
    is_joint = not targets or (event.type in _AGREED and not any(code.state for code in targets))
    if is_joint and event.type in _JOINT and len(sources) > 1:
        pairs = [(one, other) for one in sources for other in sources if one != other]
    elif event.type == "CONSULT" and event.mode != "third-party":
        if not targets:
            pairs = [(one, host) for one in sources for host in _host(event) if one.state != host.state]
        pairs += [(other, one) for one, other in pairs]
    for one, other in dict.fromkeys(pairs):
        is_own = (
            event.type == "AID" and one.state == other.state
        )  # "rescuers sent by Ankara": what is given, not to whom
        if (one.state or other.state) and not is_own:
            yield Dyad(one, _code(event, one, other), other)


def _code(event: Event, source: ActorCode, target: ActorCode) -> str:
    """Return the CAMEO code of a dyad: where a crowd and police clash, it riots and they put it down."""
    if event.rule.startswith("clash."):
        if source.sectors[:1] == _CROWD:
            return "145"
        if target.sectors[:1] == _CROWD:
            return "175"
    return str(event.cameo)


def _targets(event: Event) -> list[ActorCode]:
    """Return whom a deed is done to; of a movement of forces, the state they come to or leave, not the forces."""
    roles = event.roles
    if event.rule.partition(".")[0] not in _MOVING:
        if event.type == "AID" and (roles.recipient or event.place):
            return _named(_codes(roles.recipient)) or _host(event)  # its target role holds what is given
        if event.mode == "release":
            return _codes((*roles.target, *roles.victim)) or _codes(roles.recipient)
        told = _codes((*roles.recipient, *roles.target, *roles.victim))
        if event.type in _WORDED:
            told = _named(told)
        is_at_home = event.type in _AT_HOME and not (*roles.recipient, *roles.target, *roles.victim)
        return told or (_host(event) if is_at_home else [])
    return _codes((*roles.recipient, *roles.origin)) or _host(event)


def _named(codes: list[ActorCode]) -> list[ActorCode]:
    """Return the codes with a state, if there is one: "vowed to support Chad against the rebels" is to Chad."""
    return [code for code in codes if code.state] or codes


def _host(event: Event) -> list[ActorCode]:
    """Return the state where a deed took place."""
    code = states().iso3.get(event.place.country or "") if event.place else None
    return [ActorCode(code)] if code else []


def _codes(mentions: Iterable[Mention]) -> list[ActorCode]:
    found = (actor_code(mention) for mention in mentions)
    return list(dict.fromkeys(code for code in found if code is not None))
