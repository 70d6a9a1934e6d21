"""Company: what the drafts of a document have between them, gathered once and not for each that is settled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kronika.extract.reading import Draft


@dataclass(frozen=True, slots=True)
class Company:
    """The tokens of all triggers and of all actors, and the trigger tokens of each type of deed, by its draft."""

    triggers: frozenset[int]
    actors: frozenset[int]
    told: Mapping[str, list[tuple[Draft, Any]]]

    def others(self, draft: Draft) -> frozenset[int]:
        """Return the tokens of the other drafts' triggers."""
        return self.triggers.difference([trigger.token.i for trigger in draft.triggers])

    def of_types(self, types: Iterable[str]) -> frozenset[int]:
        """Return the trigger tokens of deeds of some types."""
        return frozenset(token.i for kind in types for _, token in self.told.get(kind, ()))


def gather(drafts: Iterable[Draft]) -> Company:
    """Return what the drafts have between them; it holds until a trigger or a role is changed."""
    triggers: set[int] = set()
    actors: set[int] = set()
    told: dict[str, list[tuple[Draft, Any]]] = {}
    for draft in drafts:
        same = told.setdefault(draft.trigger.frame.type, [])
        for trigger in draft.triggers:
            triggers.add(trigger.token.i)
            same.append((draft, trigger.token))
        for token in draft.roles.get("actor", ()):
            actors.add(token.i)
    return Company(frozenset(triggers), frozenset(actors), told)
