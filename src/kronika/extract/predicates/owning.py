"""Owning up: who a deed is of by another verb than its own, one that claims it or carries it out."""

from __future__ import annotations

from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.grammar.subjects import subject_of
from kronika.extract.predicates.arguments import verb_slots

#: Verbs of owning up to a deed, before it or before "responsibility for" it.
_CLAIMS = frozenset(("claim", "admit", "acknowledge", "take", "assume", "accept"))
_NOBODY = frozenset(("no", "neither", "nobody"))


def owners_of(deed: Any) -> list[Any]:
    """Return who carried out or claims the deed that a noun names.

    "The attack, which was perpetrated by", "claimed responsibility for the attack", "was claimed by"; nobody where the
    claim is negated or only possible.
    """
    found = [
        by for child in deed.rights if child.dep_ == "relcl" and _is_light(child) for by in verb_slots(child)["by"]
    ]
    return found + _claiming(deed)


def _is_light(verb: Any) -> bool:
    particle = next((child.lower_ for child in verb.rights if child.dep_ == "prt"), None)
    name = f"{verb.lemma_} {particle}" if particle else verb.lemma_
    return name in predicates().light_verbs


def _claiming(deed: Any) -> list[Any]:
    noun = deed
    if deed.dep_ == "pobj" and deed.head.lower_ == "for":
        above = deed.head.head
        noun = next((one for one in (above, *above.rights) if one.lemma_ == "responsibility"), deed)
    verb = noun.head
    if verb.lemma_ not in _CLAIMS or any(child.dep_ == "neg" or child.tag_ == "MD" for child in verb.lefts):
        return []
    if noun.dep_ == "nsubjpass":
        return verb_slots(verb)["by"]
    subjects, is_passive = subject_of(verb) if noun.dep_ == "dobj" else ([], False)
    if is_passive or any(word.lower_ in _NOBODY for one in subjects for word in (one, *one.lefts)):
        return []
    return subjects
