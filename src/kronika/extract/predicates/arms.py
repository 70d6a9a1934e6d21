"""Arms: what a deed was done with, where the parse hung it under something else, and who set it off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.extract.predicates.matters import PEOPLE
from kronika.extract.predicates.triggers import Trigger

_WITH = frozenset(("with", "using", "via", "involving"))
#: What is armed or loaded with a weapon need not have used it.
_CARRYING = frozenset(("arm", "equip", "load", "pack", "fill", "lade", "stuff", "fit", "attach", "cover", "provide"))
#: Phrases that lead on from an attack to its means ("attacked a truck carrying soldiers with mines").
_DOWN = frozenset(("dobj", "pobj", "nsubjpass", "acl", "prep", "agent", "appos", "conj", "xcomp"))


def arms_of(deed: Any, mentions: Mentions) -> list[Any]:
    """Return the weapons named after "with", "using", "involving" anywhere below the word of a deed."""
    queue = [deed]
    for node in queue:
        for child in node.rights if node is deed else node.children:
            is_means = child.lower_ in _WITH and child.dep_ in ("prep", "acl", "agent", "pcomp", "advcl")
            if is_means and node.lemma_ not in _CARRYING:
                found = list(_named(child, mentions))
                if found:
                    return found
            if child.dep_ in _DOWN and child.i > deed.i and child.lemma_ not in _CARRYING:
                queue.append(child)
    return []


def _named(means: Any, mentions: Mentions) -> Iterator[Any]:
    """Yield the weapons of a phrase, also those listed before its head ("with artillery and automatic weapons")."""
    for thing in means.rights:
        if thing.dep_ not in ("pobj", "dobj"):
            continue
        for token in thing.subtree:
            is_head = token.i == thing.i or token.dep_ == "conj"
            is_listed = token.i < thing.i and token.nbor().lower_ in ("and", "or", ",", "/")
            if (is_head or is_listed) and mentions.weapon_at(token) is not None:
                yield token


def sets_off(token: Any, trigger: Trigger, mentions: Mentions) -> bool:
    """Whether people are the ones who let something explode ("militants detonated a mine", "a suicide bomber")."""
    if mentions.weapon_at(token) is not None:
        return True
    has_object = trigger.is_verb and any(
        child.dep_ == "dobj" for child in trigger.token.children
    )  # "which they set off"
    return has_object and token.dep_ == "nsubj" and mentions.describe(token).kind in PEOPLE
