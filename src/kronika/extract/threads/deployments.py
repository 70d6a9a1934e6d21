"""Deployments: who sent which forces where, beside whom, and how many."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from kronika.codebook.states import states
from kronika.codebook.things import things
from kronika.extract.reading import Reading
from kronika.records import (
    CountKind,
    Deployment,
    Event,
    Mention,
    MentionKind,
    PlaceRef,
    PlaceRelation,
    Quantity,
    content_id,
)
from kronika.records.quick import replace

#: A figure in one of this many sentences after the one that tells the movement may still count the forces sent.
_SENTENCES_AFTER = 2
_TOWARDS = frozenset(("to", "into", "towards", "toward", "onto"))
_COUNTED = frozenset((CountKind.DEPLOYED, CountKind.OTHER))


def read_deployments(reading: Reading, events: Sequence[Event], quantities: Sequence[Quantity]) -> list[Deployment]:
    """Return a deployment for each movement of forces among ``events``, in their order.

    ``figures`` are the ids of what the text counts of these forces in the same sentence or the next two, unless it
    gives them another nationality or tells of another movement there, with the parts that it names. Whether it
    happened is the event's status.
    """
    starts = [sentence.start_char for sentence in reading.doc.sents]
    moves = [event for event in events if event.type == "MOBILIZE"]
    found: list[Deployment] = []
    for event in moves:
        force, sender = _forces(event.roles.target), event.roles.actor
        if not force:
            force, sender = _forces(sender), ()
        if not force or any(one.force == force and one.destination == event.place for one in found):
            continue  # "deployed" and "the movement of" the same forces
        others = {bisect_right(starts, other.trigger.start) for other in moves if other.id != event.id}
        found.append(
            Deployment(
                id=content_id("p", event.id),
                event=event.id,
                sender=sender,
                force=force,
                alongside=event.roles.alongside,
                destination=event.place or _destination(event, reading),
                figures=_figures(event, [*sender, *force], quantities, starts, others),
                evidence=event.evidence,
            )
        )
    return found


def _destination(event: Event, reading: Reading) -> PlaceRef | None:
    """Return where forces are sent "to": the place behind such a preposition of the movement or of what is moved."""
    span = reading.doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")
    for at in reading.places:
        if not event.evidence.contains(at.place.span):
            continue
        token = reading.doc[at.end - 1]
        while token.dep_ in ("compound", "nmod", "conj", "poss") and token.head.i != token.i:
            token = token.head
        if token.dep_ != "pobj" or token.head.lower_ not in _TOWARDS:
            continue
        above = token.head.head
        if above.i == span.root.i or (above.dep_ in ("dobj", "nsubjpass") and above.head.i == span.root.i):
            return replace(at.place, relation=PlaceRelation.TOWARDS)
    return None


def _forces(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Return the forces and weapons among ``mentions``; a bare "force" is what something is done by."""
    kinds = (MentionKind.FORCES, MentionKind.WEAPON)
    return tuple(mention for mention in mentions if mention.kind in kinds and mention.name.lower() != "force")


def _figures(
    event: Event, sides: Sequence[Mention], quantities: Sequence[Quantity], starts: Sequence[int], others: set[int]
) -> tuple[str, ...]:
    own = {quantity.id for quantity in event.counts if quantity.kind in _COUNTED}
    home = bisect_right(starts, event.trigger.start)
    countries = {mention.country for mention in sides if mention.country}
    for quantity in quantities:
        sentence = bisect_right(starts, quantity.span.start)
        is_near = sentence == home or (home < sentence <= home + _SENTENCES_AFTER and sentence not in others)
        if is_near and _counts_forces(quantity, countries, sentence == home):
            own.add(quantity.id)
        if quantity.part_of in own and quantity.kind in _COUNTED:
            own.add(quantity.id)
    return tuple(quantity.id for quantity in quantities if quantity.id in own)


def _counts_forces(quantity: Quantity, countries: set[str], is_told_here: bool) -> bool:
    """Whether a figure counts forces of these countries; in another sentence it has to say that they were sent."""
    if quantity.kind not in _COUNTED or quantity.unit or quantity.of is None or quantity.negated:
        return False
    if not is_told_here and quantity.kind is not CountKind.DEPLOYED:
        return False
    words = quantity.of.split()
    head = words[-1].lower()
    kinds = things().heads.get(head) or things().heads.get(head.removesuffix("s"), ())
    if MentionKind.FORCES not in kinds[:1]:
        return False
    return not states().of_others(quantity.of, countries)
