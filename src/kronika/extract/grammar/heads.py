"""Heads: the word that names a participant, behind words of number, bodies and dates."""

from __future__ import annotations

from typing import Any

from kronika.codebook.predicates import predicates
from kronika.records import Mention

#: Of a place these are that place, whatever they are called ("a rebel-held part of the city").
_PORTIONS = frozenset(("part", "half", "rest"))
_SHARES = frozenset(("most", "several", "all", "few"))
_DIRECTIONS = frozenset(("north", "south", "east", "west"))
#: Whose they are is the victim, not they.
_BODIES = frozenset(("body", "corpse"))
#: What counts those who came to harm, and names none of them.
_NOBODY = _BODIES | {"casualty", "fatality"}


def counted(token: Any) -> Any:
    """Return what a word of number or grouping counts: the people in "hundreds of people", "the bodies of locals"."""
    if token.lower_ == "front" and token.head.lower_ == "in":  # "in front of the ministry"
        return next((g for c in token.rights if c.lower_ == "of" for g in c.rights if g.dep_ == "pobj"), token)
    lemma = token.lemma_.lower()
    is_body = lemma in _BODIES and token.pos_ == "NOUN"
    counts_others = token.pos_ == "NUM" or is_body or token.lower_ in _SHARES or lemma in predicates().grouping
    is_whole = is_body or lemma in _PORTIONS
    if not counts_others or (not is_whole and any(c.dep_ == "amod" for c in token.lefts)):
        return token
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((g for g in child.rights if g.dep_ == "pobj"), token)
    return next((c for c in token.lefts if is_body and c.dep_ == "poss" and c.pos_ != "PRON"), token)


def before_time(token: Any, times: frozenset[int]) -> Any | None:
    """Return the token itself, or for a date that the parse took as the head the name before it ("Assad Tuesday")."""
    if token.i not in times:
        return token
    before = [c for c in token.lefts if c.dep_ in ("compound", "nmod") and c.i not in times and c.pos_ == "PROPN"]
    return before[-1] if before else None


def names_nobody(token: Any, mention: Mention) -> bool:
    """Whether a word names no participant: a pronoun that leads nowhere, a bare number, "nobody"."""
    if token.lower_ in _DIRECTIONS and any(c.lower_ == "of" for c in token.rights):
        return True  # "North of the town, troops shelled …"
    if token.lower_ in ("nobody", "none", "nothing", "total") or token.lemma_.lower() in _NOBODY:
        return True
    if token.pos_ == "PRON" or token.tag_ in ("DT", "WDT"):
        return mention.antecedent is None and token.tag_ not in ("NN", "NNS")
    is_number = token.pos_ == "NUM" or token.tag_ == "CD" or token.text[0].isdigit()
    return is_number and mention.name == token.text and mention.antecedent is None
