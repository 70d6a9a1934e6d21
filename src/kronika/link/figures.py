"""Figures: every value of a count with its speaker, and GED's low, best and high over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kronika.link.speakers import Sources, is_denial
from kronika.records import CountKind, Event, Figure, StatedValue

RULE = (
    "UCDP GED: low and high are the least and the most of the totals that are not denied; "
    "best is the total that most independent sources give, then the one published last, then the lower"
)


def figures(events: Iterable[Event], sources: Sources) -> tuple[Figure, ...]:
    """Return one figure per kind of count (but "other"), values in the order of publication.

    Where a speaker gives several numbers of one kind in a document, the largest is its total; the others are
    listed but bound nothing, as parts and what is only possible ("12,000 could be sent") do not. Explosions that
    several people count differently are no parts.
    """
    values: defaultdict[CountKind, list[tuple[Event, StatedValue]]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (sources.published(event), event.id)):
        for count in event.counts:
            if count.kind is CountKind.OTHER:
                continue
            claim = sources.claim_about(count)
            stated = StatedValue(
                quantity=count,
                document=event.document,
                event=event.id,
                speaker=sources.speaker_name(event, claim),
                claim=claim.id if claim else None,
                is_denied=claim is not None and is_denial(claim),
            )
            values[count.kind].append((event, stated))
    return tuple(_figure(kind, values[kind], sources) for kind in CountKind if kind in values)


def _size(value: StatedValue) -> float:
    quantity = value.quantity
    known = [number for number in (quantity.best, quantity.low, quantity.high) if number is not None]
    return known[0] if known else -1.0


def _totals(values: Iterable[tuple[Event, StatedValue]]) -> list[tuple[Event, StatedValue]]:
    largest: dict[tuple[str, str, float], tuple[Event, StatedValue]] = {}
    for event, value in values:
        wholes = {count.id for count in event.counts}
        if value.is_denied or value.quantity.possible or value.quantity.part_of in wholes:
            continue
        is_heard = value.quantity.kind is CountKind.EXPLOSIONS
        key = (value.document, value.speaker, _size(value) if is_heard else 0.0)
        if key not in largest or _size(value) > _size(largest[key][1]):
            largest[key] = (event, value)
    return list(largest.values())


def _figure(kind: CountKind, values: list[tuple[Event, StatedValue]], sources: Sources) -> Figure:
    totals = _totals(values)
    quantities = [value.quantity for _, value in totals]
    low = min((n for q in quantities for n in (q.low, q.best) if n is not None), default=None)
    high = max((n for q in quantities for n in (q.high, q.best) if n is not None), default=None)
    support: defaultdict[float, set[str]] = defaultdict(set)
    latest: dict[float, str] = {}
    for event, value in totals:
        best = value.quantity.best
        if best is not None:
            claim = sources.claim_about(value.quantity)
            support[best] |= sources.rests_on(event, claim) if claim is not None else sources.keys(event)
            latest[best] = max(latest.get(best, ""), sources.published(event))
    ranked = sorted(support, key=lambda n: (-len(support[n]), _descending(latest[n]), n))
    return Figure(kind.value, low, ranked[0] if ranked else None, high, tuple(v for _, v in values), RULE)


def _descending(text: str) -> tuple[int, ...]:
    return (*(-ord(letter) for letter in text), 1)
