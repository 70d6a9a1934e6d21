"""Positions: which parties to a happening confirm it, deny it, blame somebody for it or say that it was shot down."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kronika.link.speakers import Sources, is_denial
from kronika.records import Claim, Event, MentionKind, Outcome, Position, Span, Speaker, SpeakerKind, Stance, Status
from kronika.resolve.actor_codes import actor_code

#: Sectors (PLOVER) whose people speak for a side or for what was hit; bystanders, monitors and the press have no side.
_PARTIES = frozenset(("GOV", "LEG", "JUD", "MIL", "COP", "SPY", "REB", "PRM", "BUS"))
#: Who speaks for somebody, whoever that is.
_SPEAKING_FOR = re.compile(
    r"\b(?:officials?|authorit(?:y|ies)|administrat(?:ion|or)|spokes(?:man|woman|person|people)|representatives?"
    r"|advis[eo]rs?|management|operators?|heads?)\b",
    re.I,
)
_BYSTANDERS = frozenset((MentionKind.MEDIA, MentionKind.GROUP))
_INTERNATIONAL = frozenset(("IGO", "NGO"))
_ASSERTING = frozenset((Stance.SAYS, Stance.CONFIRMS, Stance.ESTIMATES, Stance.ALLEGES, Stance.PROMISES))
_NOT_TOLD = frozenset((Status.HISTORICAL, Status.HYPOTHETICAL, Status.PLANNED, Status.THREATENED))
#: Words for a weapon that did not get through, or that fell in pieces.
_SHOT_DOWN = frozenset(
    (
        *("shot", "downed", "intercepted", "repelled", "repulsed", "thwarted", "foiled", "neutralised", "neutralized"),
        *("debris", "wreckage", "fragments"),
    )
)
#: What such words leave open: that something came, and that it or its debris fell.
_COMING = frozenset(
    (
        *("attack", "attacks", "attacked", "raid", "raids", "strike", "strikes", "assault", "launched"),
        *("destroyed", "fell", "fallen", "caused", "sparked", "started", "set"),
    )
)
_WEAPONS = re.compile(r"\b(?:drones?|missiles?|rockets?|UAVs?|aircraft)\b", re.I)
#: What the party of an interception says of it.
INTERCEPTED = "intercepted"
#: The effect that stands for none at all.
NONE_REPORTED = "none reported"


def positions(reports: Iterable[Event], sources: Sources) -> tuple[Position, ...]:
    """Return who takes which position, once per party, stance and document, in the order of publication.

    A party is a state, its bodies, officials and forces, an armed group, or who runs what was hit. It confirms what it
    tells as having happened, unless it says only that it was shot down. Others count where they confirm or deny
    outright; the press and residents never do.
    """
    found: dict[tuple[str, str, str], Position] = {}
    reports = list(reports)
    told = frozenset(effect.kind for event in reports for effect in event.effects if not effect.negated)
    for event in reports:
        if event.status in _NOT_TOLD:
            continue
        speakers = sources.speakers(event.document)
        offices = frozenset(one.mention.name for one in speakers if one.mention is not None and _has_side(one))
        for claim in sources.claims_of(event):
            mention = claim.speaker.mention
            stance, of = _stance(claim, event, told)
            if stance is None or mention is None or mention.kind in _BYSTANDERS:
                continue
            is_outright = claim.stance in (Stance.CONFIRMS, Stance.DENIES)
            if not is_outright and mention.name not in offices and not _has_side(claim.speaker):
                continue
            party = sources.name_of(claim.speaker, event.document)
            span = claim.cue or (claim.content[0] if claim.content else event.trigger)
            taken = Position(party, stance, span, event.document, of)
            found.setdefault((party.casefold(), stance, event.document), taken)
    return tuple(found.values())


def _stance(claim: Claim, event: Event, told: frozenset[str]) -> tuple[str | None, tuple[str, ...]]:
    """Return what a claim holds of an event, and of which effects alone where it denies no more than those.

    ``told`` are the effects that any report of the incident tells: who says only that something did not come about
    denies it where others tell it, and else takes no position.
    """
    denied = _only_denied(claim, event)
    if is_denial(claim):
        return Stance.DENIES.value, tuple(sorted(denied or ()))
    if claim.stance is Stance.BLAMES:
        return Stance.BLAMES.value, ()
    if claim.stance not in _ASSERTING:
        return None, ()
    if denied is not None:
        of = tuple(sorted(denied & told))
        return (Stance.DENIES.value if of else None), of
    if _tells_interception(claim, event):
        return INTERCEPTED, ()
    return (Stance.CONFIRMS.value if claim.id in event.claims or _tells_of(claim, event) else None), ()


def _only_denied(claim: Claim, event: Event) -> frozenset[str] | None:
    """Return the effects that a claim says did not come about, None where it tells anything else of the event."""
    effects = [effect for effect in event.effects if _holds(claim, effect.span)]
    if not effects or any(_holds(claim, span) for span in (event.trigger, *event.mentions)):
        return None
    if any(not effect.negated and effect.kind != NONE_REPORTED for effect in effects):
        return None
    return frozenset(effect.kind for effect in effects if effect.negated)


def _tells_of(claim: Claim, event: Event) -> bool:
    """Whether words of the event itself, or of what it brought about, stand inside a claim."""
    return any(_holds(claim, span) for span in (event.trigger, *event.mentions, *(e.span for e in event.effects)))


def _holds(claim: Claim, span: Span) -> bool:
    return any(
        part.document == span.document and part.start <= span.start and span.end <= part.end for part in claim.content
    )


def _tells_interception(claim: Claim, event: Event) -> bool:
    """Whether all that a claim says of an event is that what came was shot down."""
    if event.outcome is Outcome.INTERCEPTED:
        return True
    inside = [part for part in claim.content if part.document == event.document]
    told = {span.text.casefold() for span in (event.trigger, *event.mentions) if _holds(claim, span)}
    words = {word for part in inside for word in part.text.casefold().split()}
    is_destroyed = "destroyed" in (told or words) and any(_WEAPONS.search(part.text) for part in inside)
    is_downed = is_destroyed or not _SHOT_DOWN.isdisjoint(words)
    return is_downed and told <= _SHOT_DOWN | _COMING


def _has_side(speaker: Speaker) -> bool:
    """Whether the words for a speaker say that it speaks for a side."""
    mention = speaker.mention
    if mention is None or speaker.kind is SpeakerKind.DOCUMENT or mention.kind in _BYSTANDERS:
        return False
    if mention.kind in (MentionKind.STATE, MentionKind.FORCES):
        return True
    words = " ".join(filter(None, (speaker.description, speaker.office))) or mention.name
    code = actor_code(replace(mention, span=replace(mention.span, text=words), antecedent=None))
    if code is not None and code.state in _INTERNATIONAL:
        return False
    if code is not None and not _PARTIES.isdisjoint(code.sectors):
        return True
    return mention.kind is MentionKind.BODY or bool(_SPEAKING_FOR.search(words))
