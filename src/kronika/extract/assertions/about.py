"""What claims are about: the events, figures and relations that stand inside their content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kronika.records import Certainty, Claim, Effect, Event, Money, Quantity, Relation, Span, Stance
from kronika.records.quick import replace

_GRADES = tuple(Certainty)
_NONE = "none reported"
_Holder = tuple[int, int, Claim]


def link_claims(
    events: Sequence[Event], claims: Sequence[Claim], quantities: Iterable[Quantity | Money]
) -> tuple[list[Event], list[Claim]]:
    """Return events with the claims they stand inside (innermost first), and claims with what they are about.

    A claim is also about an event that it tells again: whose other mentions or effects stand inside it. An event is
    no firmer than the least firm claim it stands inside. A speaker's doubt or denial is its own: it lowers the event
    only where the event is the content, not where the content denies something else.
    """
    about: dict[str, list[str]] = defaultdict(list)
    holders = _holders(claims)
    denials = [holder for holder in holders if holder[2].stance is Stance.DENIES]
    linked = []
    for event in events:
        inside = _inside(event.trigger, holders)
        inside.sort(key=lambda claim: sum(span.end - span.start for span in claim.content))
        denying = [one[2] for one in denials if any(_inside(span, (one,)) for span in event.mentions)]
        inside.extend(claim for claim in denying if claim not in inside)
        retold = (*event.mentions, *(effect.span for effect in event.effects))
        again = [claim for span in retold for claim in _inside(span, holders)]
        for key in dict.fromkeys(claim.id for claim in (*inside, *again)):
            about[key].append(event.id)
        grade = max(
            [event.certainty, *(claim.certainty for claim in inside if claim.stance is not Stance.DENIES)],
            key=_GRADES.index,
        )
        effects = tuple(_as_claimed(event, denials, holders))
        linked.append(replace(event, claims=tuple(claim.id for claim in inside), certainty=grade, effects=effects))
    for quantity in quantities:
        for claim in _inside(quantity.span, holders):
            about[claim.id].append(quantity.id)
    return linked, [replace(claim, about=tuple(about[claim.id])) if claim.id in about else claim for claim in claims]


def _as_claimed(event: Event, denials: Sequence[_Holder], holders: Sequence[_Holder]) -> Iterator[Effect]:
    """Yield the effects as the text has them: what somebody denies did not come about, what nobody said is not told."""
    for effect in event.effects:
        if effect.kind != _NONE and _inside(effect.span, denials):
            yield replace(effect, negated=not effect.negated)
        elif not any(claim.stance is Stance.DOUBTS for claim in _inside(effect.span, holders)):
            yield effect


def link_relations(relations: Sequence[Relation], claims: Sequence[Claim]) -> tuple[list[Relation], list[Claim]]:
    """Return relations with the claims whose content holds their object, and claims with the relations added."""
    if not relations:
        return [], list(claims)
    about: dict[str, list[str]] = defaultdict(list)
    holders = _holders(claims)
    linked = []
    for relation in relations:
        inside = _inside(relation.object.span, holders)
        for claim in inside:
            about[claim.id].append(relation.id)
        linked.append(replace(relation, claims=tuple(claim.id for claim in inside)))
    return linked, [
        replace(claim, about=(*claim.about, *about[claim.id])) if claim.id in about else claim for claim in claims
    ]


def _holders(claims: Iterable[Claim]) -> list[_Holder]:
    """Return the claims that have a content, each with the stretch from its first to its last code point."""
    return [
        (min(part.start for part in claim.content), max(part.end for part in claim.content), claim)
        for claim in claims
        if claim.content
    ]


def _inside(span: Span, holders: Sequence[_Holder]) -> list[Claim]:
    """Return the claims whose content holds a span."""
    if not holders:
        return []
    start, end = span.start, span.end
    near = [claim for first, last, claim in holders if first <= start and end <= last]
    return [
        claim
        for claim in near
        if len(claim.content) == 1 or any(part.start <= start and end <= part.end for part in claim.content)
    ]
