"""What claims are about: the events, figures and relations that stand inside their content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kronika.records import Certainty, Claim, Event, Money, Quantity, Relation, Span, Stance

_GRADES = tuple(Certainty)


def link_claims(
    events: Sequence[Event], claims: Sequence[Claim], quantities: Iterable[Quantity | Money]
) -> tuple[list[Event], list[Claim]]:
    """Return events with the claims they stand inside (innermost first), and claims with what they are about.

    An event is no firmer than the least firm claim it stands inside. A speaker's doubt or denial is its own: it
    lowers the event only where the event is the content, not where the content denies something else.
    """
    about: dict[str, list[str]] = defaultdict(list)
    linked = []
    for event in events:
        inside = [claim for claim in claims if _holds(claim, event.trigger)]
        inside.sort(key=lambda claim: sum(span.end - span.start for span in claim.content))
        denying = [claim for claim in claims if claim.stance is Stance.DENIES and _holds_any(claim, event.mentions)]
        inside.extend(claim for claim in denying if claim not in inside)
        for claim in inside:
            about[claim.id].append(event.id)
        grade = max(
            [event.certainty, *(claim.certainty for claim in inside if claim.stance is not Stance.DENIES)],
            key=_GRADES.index,
        )
        linked.append(replace(event, claims=tuple(claim.id for claim in inside), certainty=grade))
    for quantity in quantities:
        for claim in claims:
            if _holds(claim, quantity.span):
                about[claim.id].append(quantity.id)
    return linked, [replace(claim, about=tuple(about.get(claim.id, ()))) for claim in claims]


def link_relations(relations: Sequence[Relation], claims: Sequence[Claim]) -> tuple[list[Relation], list[Claim]]:
    """Return relations with the claims whose content holds their object, and claims with the relations added."""
    if not relations:
        return [], list(claims)
    about: dict[str, list[str]] = defaultdict(list)
    linked = []
    for relation in relations:
        inside = [claim for claim in claims if _holds(claim, relation.object.span)]
        for claim in inside:
            about[claim.id].append(relation.id)
        linked.append(replace(relation, claims=tuple(claim.id for claim in inside)))
    return linked, [replace(claim, about=(*claim.about, *about.get(claim.id, ()))) for claim in claims]


def _holds_any(claim: Claim, spans: Iterable[Span]) -> bool:
    return any(_holds(claim, span) for span in spans)


def _holds(claim: Claim, span: Span) -> bool:
    return any(part.start <= span.start and span.end <= part.end for part in claim.content)
