"""Giving: sums of money that one state gives another, also where a later sentence speaks of their parts."""

from __future__ import annotations

from kronika.extract.reading import Draft, Reading
from kronika.records import MentionKind

#: Who is given money as aid; what anybody else is paid is wages, prices or ransom.
_GIVEN = frozenset((MentionKind.STATE, MentionKind.BODY))
_NAMED = frozenset((MentionKind.PLACE, MentionKind.FORCES))
#: How many sentences on a part of a sum is told of it.
_REACH = 4


def is_given(draft: Draft, reading: Reading) -> bool:
    """Whether a sum goes to a state, body or army, so that giving it is aid."""
    tokens = draft.roles.get("recipient", ())
    found = [(reading.mentions.describe(token).kind, token.pos_ == "PROPN") for token in tokens]
    return any(kind in _GIVEN or (is_name and kind in _NAMED) for kind, is_name in found)


def is_part(draft: Draft) -> bool:
    """Whether a draft speaks of a part of a sum that was told before: it is of the same story, however old."""
    return draft.trigger.frame.needs_recipient and not draft.trigger.is_verb


def go_on_giving(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """Return the drafts without payments that are no aid; a part of a sum told before is of the same parties.

    "Norway lent Moldova 90 million euros. The first payment was made in May."
    """
    kept: list[Draft] = []
    for draft in drafts:
        if not draft.trigger.frame.needs_recipient or is_given(draft, reading):
            kept.append(draft)
            continue
        whole = next((one for one in reversed(kept) if _is_part(draft, one, reading)), None)
        if whole is not None:
            for role in ("actor", "recipient"):
                if not draft.roles.get(role):
                    draft.roles[role] = list(whole.roles.get(role, ()))
            kept.append(draft)
    return kept


def _is_part(draft: Draft, whole: Draft, reading: Reading) -> bool:
    """Whether a noun carried by a verb ("the first payment was made") speaks of money given, or promised, before."""
    if draft.trigger.is_verb or draft.trigger.light is None or whole.trigger.frame.type not in ("AID", "AGREE"):
        return False
    gap = reading.sentences_between(whole.token, draft.token)
    return bool(whole.roles.get("recipient")) and 0 < gap <= _REACH
