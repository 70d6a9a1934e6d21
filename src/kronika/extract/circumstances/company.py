"""Company: what the drafts of a document have between them, gathered once and not for each that is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kronika.extract.reading import Draft

#: Deeds in words have no venue of their own: their place would be a pin where somebody spoke.
VERBAL = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))


@dataclass(frozen=True, slots=True)
class Company:
    """The tokens of all triggers, of those of deeds in words and of all actors, and the nouns that tell each type."""

    triggers: frozenset[int]
    spoken: frozenset[int]
    actors: frozenset[int]
    nouns: Mapping[str, list[tuple[Draft, Any]]]

    def others(self, draft: Draft) -> frozenset[int]:
        """Return the tokens of the other drafts' triggers."""
        return self.triggers.difference([trigger.token.i for trigger in draft.triggers])


def gather(drafts: Iterable[Draft]) -> Company:
    """Return what the drafts have between them; it holds until a trigger or a role is changed."""
    triggers: set[int] = set()
    spoken: set[int] = set()
    actors: set[int] = set()
    nouns: dict[str, list[tuple[Draft, Any]]] = {}
    for draft in drafts:
        kind, own = draft.trigger.frame.type, [trigger.token for trigger in draft.triggers]
        triggers.update([token.i for token in own])
        if kind in VERBAL:
            spoken.update([token.i for token in own])
        actors.update([token.i for token in draft.roles.get("actor", ())])
        nouns.setdefault(kind, []).extend([(draft, token) for token in own if token.pos_ == "NOUN"])
    return Company(frozenset(triggers), frozenset(spoken), frozenset(actors), nouns)
