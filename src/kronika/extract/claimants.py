"""Claimants: who annexed or occupied a disputed territory, where the text names the state but not beside the word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kronika.codebook.territories import territories
from kronika.extract.reading import Reading
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
