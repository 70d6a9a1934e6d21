"""Patterns: whether the words around a verb are those that the codebook asks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kronika.codebook.measures import currencies
from kronika.codebook.predicates import Frame, VerbPattern
from kronika.extract.grammar.forces import FORCE_HEADS
from kronika.extract.grammar.misparses import misplaced

_OBJECTS = frozenset(("dobj", "nsubjpass", "npadvmod", "oprd", "acomp"))
#: Types of which the words before an object tell the exchange ("suspended aid deliveries").
_EXCHANGES = frozenset(("AID", "COOPERATE", "SANCTION"))
#: How the parse hangs the second word of a verb ("shot down", "set ablaze", "found guilty").
_PARTICLES = frozenset(("prt", "advmod", "acomp", "oprd", "prep", "ccomp"))


def fitting(token: Any, patterns: Iterable[VerbPattern]) -> Frame | None:
    """Return the frame of the first pattern whose particle, preposition and object a verb has."""
    objects: list[Any] | None = None
    for pattern in patterns:
        if pattern.preposition == "to" and pattern.frame.id == "send" and not _carries_forces(token):
            continue  # "flew to the capital", "shipped grain to the port"
        if pattern.particle and not _has_particle(token, pattern.particle):
            continue
        if pattern.preposition:
            if _has_preposition(token, pattern.preposition, pattern):
                return pattern.frame
            continue
        if not pattern.object:
            return pattern.frame
        if objects is None:
            objects = [c for c in token.children if c.dep_ in _OBJECTS] or misplaced(token) or done_to(token)
        if objects and _is_one_of(objects, pattern):
            return pattern.frame
    return None


def _is_one_of(objects: list[Any], pattern: VerbPattern) -> bool:
    """Whether an object is one that a pattern asks for: by its noun, by what it is of, or as a sum of money."""
    return any(
        c.lemma_.lower() in pattern.object
        or (pattern.frame.type in _EXCHANGES and not pattern.object.isdisjoint(kind_words(c)))
        or ("$" in pattern.object and _is_sum(c))
        for c in objects
    )


def _has_particle(verb: Any, particle: str) -> bool:
    for child in verb.children:
        if child.lower_ == particle and child.dep_ in _PARTICLES:
            return True
    return particle == "dead" and verb.i + 1 < len(verb.doc) and verb.nbor(1).lower_ == "dead"


def _has_preposition(verb: Any, preposition: str, pattern: VerbPattern) -> bool:
    """Whether the object of a pattern stands after its preposition, under the verb, its object or its particle.

    "forced them from homes", "walked out of talks"
    """
    below = list(verb.children)
    for child in verb.children:
        if child.rights and (child.dep_ == "dobj" or child.lower_ == pattern.particle):
            below.extend(child.rights)
    for word in below:
        if word.lower_ != preposition or word.dep_ != "prep":
            continue
        for noun in word.children:
            if noun.dep_ == "pobj" and (not pattern.object or noun.lemma_.lower() in pattern.object):
                return True
    return False


def _is_sum(noun: Any) -> bool:
    """Whether a noun is a sum of money: "300 million euros", "£20 million"."""
    table = currencies()
    if any(c.text in table.signs or c.lower_ in table.words for c in (*noun.lefts, *noun.rights)):
        return noun.tag_ == "CD" or noun.lower_ in ("million", "billion")
    return noun.lower_ in table.words and any(c.dep_ == "nummod" for c in noun.lefts)


def done_to(participle: Any) -> list[Any]:
    """Return what a participle after a noun is done to ("crimes committed since the coup")."""
    return [participle.head] if participle.dep_ == "acl" and participle.tag_ == "VBN" else []


def _carries_forces(verb: Any) -> bool:
    """Whether what a verb carries is forces; one that carries nothing goes itself, and does not fly."""
    carried = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    words = (w for c in carried for one in (c, *c.rights) for w in (one, *one.lefts))
    return any(w.lemma_.lower() in FORCE_HEADS for w in words) if carried else verb.lemma_ != "fly"


def kind_words(noun: Any) -> set[str]:
    """Return the lemmas that say of what kind an object is: "aid deliveries", "part of an aid programme"."""
    found = {c.lemma_ for c in noun.lefts if c.dep_ == "compound"}
    if noun.lemma_ in ("part", "delivery", "flow", "all", "shipment", "supply", "kind", "form", "ton", "tonne"):
        for child in noun.rights:
            if child.lower_ == "of":
                found.update(w for g in child.rights if g.dep_ == "pobj" for w in (g.lemma_, *kind_words(g)))
    return found
