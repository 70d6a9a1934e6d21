"""Granting: words under which a deed is taken to have happened, whatever is said of what stands above it."""

from __future__ import annotations

from typing import Any

from kronika.codebook.attribution import Firmness
from kronika.codebook.predicates import predicates

#: What these prepositions introduce is given, whatever is said of the main clause.
_GRANTING = frozenset(("after", "following", "since", "during", "amid", "despite", "due", "because"))
#: Of these what a verb stands after, where the clause above tells the past ("agreed to talks after taking the town").
_BEFORE = frozenset(("after", "following", "since"))
#: What one answers has happened, whatever is said of the answer ("vowed to respond to the attack").
_ANSWERING = frozenset(("respond", "react", "retaliate", "reply"))
_ANSWERS = frozenset(("response", "reaction", "retaliation", "reply", "answer", "revenge", "reprisal", "wake"))
#: What is not known yet can be answered, too ("in response to any attack").
_OPEN = frozenset(("any", "every", "such", "a", "an", "possible", "potential", "future", "further"))
#: Whoever claims these or not, the deed is granted ("no group has claimed responsibility for the raid").
_OWNING = frozenset(("responsibility", "responsible", "credit", "blame"))


def leaves_standing(subject: Any, verb: Any, grades: Firmness) -> bool:
    """Whether a negated verb denies only what came of a deed, its subject ("the shelling caused no casualties").

    "The attack did not take place" denies the deed.
    """
    if subject.dep_ not in ("nsubj", "nsubjpass") or subject.pos_ not in ("NOUN", "PROPN"):
        return False
    words = predicates()
    if subject.dep_ == "nsubj":
        return verb.lemma_ not in words.happening
    carries = any(verb.lemma_ == light.split()[0] for light in words.light_verbs)
    return not carries and verb.lemma_ not in grades.verbs


def is_granted(node: Any) -> bool:
    """Whether a word stands after a preposition that takes it for granted ("feared dead after a clash").

    So does "no group claimed responsibility for the attack".
    """
    if node.dep_ not in ("pobj", "pcomp"):
        return False
    if node.pos_ == "VERB":
        return node.head.lower_ in _BEFORE and node.head.head.tag_ == "VBD"
    if node.head.lower_ == "for":
        above = node.head.head
        if any(one.lemma_ in _OWNING for one in (above, *above.rights)):
            return True
    above = node.head.head
    if above.lemma_ in _ANSWERS and above.dep_ == "pobj" and above.head.lower_ in ("in", "as"):
        return not any(child.lower_ in _OPEN for child in node.lefts)
    return node.head.lower_ in _GRANTING or above.lemma_ in _ANSWERING
