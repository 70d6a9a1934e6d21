"""Tolls: the figures of an event, and the people told of one by one ("killed a police sergeant" is one killed)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kronika.extract.nearness import cost
from kronika.extract.reading import Counted, Draft, Reading
from kronika.records import CountKind, Mention, MentionKind, Quantity, Status, content_id

_HARM = frozenset((CountKind.KILLED, CountKind.WOUNDED, CountKind.MISSING, CountKind.CASUALTIES))
_COUNTABLE = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"))
_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES, MentionKind.UNKNOWN, MentionKind.BODY))
#: What the verbs of a frame do to each victim.
_DONE = {"kill": CountKind.KILLED, "die": CountKind.KILLED, "wound": CountKind.WOUNDED, "abduct": CountKind.ABDUCTED}
_SINGULAR = frozenset(("NN", "NNP"))
#: Nouns that are singular and many.
_MANY = frozenset(
    ("group", "family", "crew", "couple", "team", "number", "people", "police", "majority", "crowd", "dozen", "other")
)
#: How many sentences after an attack its toll may be told.
_REACH = 3


def attach_counts(drafts: list[Draft], reading: Reading) -> None:
    """Give each figure to the event it belongs to: nearest in its sentence, else the attack told just before.

    Then count the victims that the text names one by one and gives no figure for.
    """
    material = [draft for draft in drafts if draft.trigger.frame.type in _COUNTABLE]
    for counted in reading.counts:
        draft = _owner(counted, material, reading)
        if draft is not None:
            draft.counts.append(_as_told(counted.quantity, draft))
    taken = [c.quantity for c in reading.counts if c.quantity.kind is not CountKind.OTHER]
    for draft in material:
        draft.counts.extend(_one_by_one(draft, taken, reading))


def _as_told(quantity: Quantity, draft: Draft) -> Quantity:
    """Return the figure of an interception as what was intercepted ("121 drones were destroyed")."""
    if draft.trigger.frame.outcome == "intercepted" and quantity.kind is CountKind.DESTROYED:
        return replace(quantity, kind=CountKind.INTERCEPTED)
    return quantity


def _owner(counted: Counted, drafts: list[Draft], reading: Reading) -> Draft | None:
    token, quantity = reading.doc[counted.token], counted.quantity
    if quantity.kind is CountKind.OTHER:
        return None
    ranked = [
        (distance, trigger.token.i, draft)
        for draft in drafts
        for trigger in draft.triggers
        if reading.sentence_of[trigger.token.i] == reading.sentence_of[token.i]
        if (distance := cost(token, trigger.token, frozenset())) is not None
    ]
    if ranked:
        return min(ranked, key=lambda item: item[:2])[2]
    if quantity.kind not in _HARM:
        return None
    before = [draft for draft in drafts if draft.token.i < token.i and draft.trigger.frame.type == "ASSAULT"]
    if not before:
        return None
    last = max(before, key=lambda draft: draft.token.i)
    return last if reading.sentences_between(last.token, token) < _REACH else None


def _one_by_one(draft: Draft, taken: list[Quantity], reading: Reading) -> list[Quantity]:
    """Return a count of one for each singular victim without a figure of its own."""
    if draft.verdict.status in (Status.DENIED, Status.HYPOTHETICAL, Status.PLANNED, Status.THREATENED):
        return []
    kind = next((_DONE[t.frame.id] for t in draft.triggers if t.frame.id in _DONE), None)
    if kind is None:
        return []
    seen: set[str] = set()
    found = []
    for token in draft.roles.get("victim", ()):
        mention = reading.mentions.describe(token)
        if not _is_one(token, mention) or mention.name in seen or _has_figure(mention, taken):
            continue
        seen.add(mention.name)
        key = content_id("q", reading.document.id, mention.span.start, mention.span.end, kind.value)
        found.append(Quantity(key, mention.span, 1.0, 1.0, 1.0, of=mention.name, of_span=mention.span, kind=kind))
    return found


def _is_one(token: Any, mention: Mention) -> bool:
    return (
        token.tag_ in _SINGULAR
        and mention.kind in _PEOPLE
        and mention.antecedent is None
        and token.lemma_.lower() not in _MANY
        and not any(child.dep_ == "nummod" for child in token.children)
    )


def _has_figure(mention: Mention, taken: list[Quantity]) -> bool:
    """Whether a figure of the text already counts these people."""
    span = mention.span
    return any(
        (q.span.start < span.end and span.start < q.span.end)
        or (q.of_span is not None and q.of_span.start < span.end and span.start < q.of_span.end)
        for q in taken
    )
