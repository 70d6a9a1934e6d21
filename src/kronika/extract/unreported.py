"""Words about a deed that tell none: a figure of nobody hurt, a report that was not made, a habit."""

from __future__ import annotations

from typing import Any

from kronika.extract.reading import Draft
from kronika.records import Status

#: Harm that is denied is a count of zero, which the figures and effects of the attack carry.
_HARM = frozenset(("kill", "wound", "die"))
_TELLING = frozenset(
    ("report", "say", "comment", "confirm", "specify", "mention", "disclose", "know", "name", "deny", "claim", "give")
)
_HABIT = frozenset(("always", "often", "usually", "regularly", "frequently", "every", "only", "never", "sometimes"))


def is_no_report(draft: Draft) -> bool:
    """Whether a draft tells no deed: "nobody was injured", "did not report any hits", "attacks almost every night"."""
    token = draft.token
    if draft.verdict.status is Status.DENIED and (draft.trigger.frame.id in _HARM or _is_untold(token)):
        return True
    if draft.trigger.frame.type != "ASSAULT":
        return False
    return _is_habit(token) if draft.trigger.is_verb else _is_general(draft)


def _is_untold(token: Any) -> bool:
    """Whether the negation is of a word of telling ("did not comment on the attack"), not of the deed."""
    node = token
    for _ in range(6):
        if node.head.i == node.i:
            break
        node = node.head
        if node.lemma_ in _TELLING and any(c.dep_ == "neg" or c.lower_ == "neither" for c in node.children):
            return True
    return False


def _is_habit(token: Any) -> bool:
    """Whether a verb in the simple present tells what is done as a rule; a headline has no full stop."""
    if token.tag_ not in ("VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False
    return any(t.lower_ in _HABIT for t in token.subtree)


def _is_general(draft: Draft) -> bool:
    """Whether an event noun is a bare plural that nothing fixes ("the consequences of attacks")."""
    token = draft.token
    if token.tag_ != "NNS" or draft.trigger.light is not None or any(draft.roles.values()):
        return False
    return not any(c.dep_ in ("det", "nummod", "poss", "amod", "prep") for c in token.children)
