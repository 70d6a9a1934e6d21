"""Claimants: who is behind a deed by their own claim, or by the claim to a disputed territory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kronika.codebook.territories import territories
from kronika.extract.grammar.subjects import subject_of
from kronika.extract.reading import TRIED, Draft, Reading
from kronika.records import MentionKind

#: Only a state that claims a territory annexes it; who "captures" or "liberates" it may be either.
_BY_CLAIM = frozenset(("annex", "annexation", "occupy", "occupation"))


def claimant_of(deed: Any, targets: Iterable[Any], reading: Reading) -> list[Any]:
    """Return the token of the state that claims what was annexed, named nearest in the same or a neighbouring sentence.

    ``deed`` is the token of the event, ``targets`` are those of what it was done to. Empty if the territory is not
    disputed (``codebook/territories.yaml``), if two states claim it, or if the claimant is not named nearby.
    """
    if deed.lemma_.lower() not in _BY_CLAIM:
        return []
    wanted = {token.i for token in targets}
    claimed: set[str] = set()
    for at in reading.places:
        if at.place.country and not wanted.isdisjoint(range(at.first, at.end)):
            place = at.place
            claimed |= territories().claimants(place.country or "", place.name, place.admin1, place.surface)
    if len(claimed) != 1:
        return []
    doc, sentence = reading.doc, deed.sent
    first = doc[sentence.start - 1].sent.start if sentence.start else 0
    end = doc[sentence.end].sent.end if sentence.end < len(doc) else sentence.end
    named = [
        token for token in doc[first:end] if token.pos_ in ("PROPN", "NOUN") and _is_state(token, claimed, reading)
    ]
    return sorted(named, key=lambda token: (abs(token.i - deed.i), token.i))[:1]


def _is_state(token: Any, codes: set[str], reading: Reading) -> bool:
    if not token.text[0].isupper() or token.dep_ in ("compound", "nmod"):
        return False
    mention = reading.mentions.describe(token)
    return mention.kind is MentionKind.STATE and mention.country in codes


_CLAIMING = frozenset(("claim", "take", "accept", "assume", "admit"))
_WHO = frozenset(
    (MentionKind.FORCES, MentionKind.ORGANISATION, MentionKind.GROUP, MentionKind.BODY, MentionKind.UNKNOWN)
)
#: How many sentences after an attack the claim of responsibility for it may be told.
_REACH = 3


def credit(drafts: list[Draft], reading: Reading) -> None:
    """Give an attack without a doer those who claim responsibility for it in its sentence or soon after."""
    for token in reading.doc:
        if token.lemma_ != "responsibility" or token.dep_ != "dobj" or token.head.lemma_ not in _CLAIMING:
            continue
        if any(child.dep_ == "neg" for child in token.head.children):
            continue
        subjects, is_passive = subject_of(token.head)
        claimants = [t for t in subjects if not is_passive and _is_claimant(t, reading)]
        deed = _last_attack(token, drafts, reading)
        if deed is not None and claimants and not deed.roles.get("actor"):
            deed.add("actor", claimants)


def _is_claimant(token: Any, reading: Reading) -> bool:
    """Whether somebody in particular claims: no pronoun that leads nowhere, not "no group"."""
    if token.pos_ == "PRON" or any(child.lower_ in ("no", "neither") for child in token.lefts):
        return False
    return reading.mentions.describe(token).kind in _WHO


def _last_attack(token: Any, drafts: list[Draft], reading: Reading) -> Draft | None:
    """Return the attack told last before a claim of responsibility, or in its sentence."""
    near = [
        draft
        for draft in drafts
        if draft.trigger.frame.type == "ASSAULT"
        and draft.verdict.status in TRIED
        and draft.token.sent.start <= token.sent.start
        and reading.sentences_between(draft.token, token) <= _REACH
    ]
    return max(near, key=lambda draft: draft.token.i, default=None)
