"""Topics: what a demonstration is about is no happening of that day."""

from __future__ import annotations

from kronika.extract.predicates.triggers import Trigger

#: Words between a demonstration and its reason ("against the invasion", "to demand justice for", "over the killing").
_ABOUT = frozenset(
    (
        "against",
        "over",
        "about",
        "for",
        "of",
        "on",
        "demanding",
        "regarding",
        "concerning",
        "amid",
        "after",
        "following",
    )
)
_REASONS = frozenset(
    (
        *("demand", "oppose", "denounce", "condemn", "protest", "support", "call", "commemorate", "mark", "criticise"),
        *("criticize", "urge", "reject", "mourn", "honour", "honor", "ask", "request", "remember", "express", "show"),
        *("claim", "accuse", "raise"),
    )
)


def is_topic(trigger: Trigger, demonstrations: frozenset[int]) -> bool:
    """Whether a trigger hangs under a demonstration as what it is about.

    ``demonstrations`` are the tokens of the document's PROTEST triggers. "Rioters clashed with police" told beside a
    rally is not its topic: only what stands behind "against", "over", "to demand" and the like is.
    """
    if trigger.frame.type == "PROTEST":
        return False
    node, is_behind = trigger.token, False
    for _ in range(12):
        if (node.dep_ in ("pobj", "pcomp") and node.head.lower_ in _ABOUT) or node.dep_ == "relcl":
            is_behind = True
        if node.i != trigger.token.i and node.lemma_ in _REASONS:
            is_behind = True
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "after" for c in node.lefts):
            is_behind = True  # "held a rally after a man was killed"
            if any(c.i in demonstrations for c in node.head.children):
                return True
        if node.head.i == node.i:
            is_denounced = node.lemma_ in _REASONS and node.i != trigger.token.i
            return is_behind and (
                node.i in demonstrations or (is_denounced and min(demonstrations, default=node.i) < node.i)
            )
        node = node.head
        if is_behind and node.i in demonstrations:
            return True
    return False
