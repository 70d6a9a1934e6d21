"""Arguments: what stands around a trigger, through passives, relatives, participles and light verbs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kronika.annotate.phrases import further_objects
from kronika.codebook.predicates import predicates
from kronika.extract.grammar.misparses import misplaced, used, whole_name
from kronika.extract.grammar.subjects import NOMINAL, antecedent, done_to_relative, expand, subject_of
from kronika.extract.predicates.triggers import Trigger

Slots = dict[str, list[Any]]

_RELATIVE = frozenset(("who", "which", "that", "whom"))
#: "An attack blamed on X" is no attack on X.
_LAID = frozenset(("blame", "pin"))
#: What burns or bursts after an attack, and how it is told: where it does is what was hit.
_BLAZES = frozenset(("fire", "blaze", "flame", "explosion", "blast"))
_BREAKING = frozenset(("erupt", "break", "start", "begin", "occur"))


def slots_of(trigger: Trigger) -> Slots:
    """Return the slots of a trigger, found once; its roles are read last, and may change them."""
    if trigger.slots is None:
        trigger.slots = verb_slots(trigger.token) if trigger.is_verb else noun_slots(trigger)
    return trigger.slots


def verb_slots(verb: Any) -> Slots:
    """Return the slots of a verb; in a passive the surface subject stands in "object"."""
    slots: Slots = defaultdict(list)
    subjects, is_passive = subject_of(verb)
    slots["object" if is_passive else "subject"].extend(subjects)
    for child in verb.children:
        if child.dep_ == "dobj":
            slots["object"].extend(expand(antecedent(child, verb)))
            slots["object"].extend(t for found in further_objects(verb) for t in expand(found))
        elif child.dep_ == "oprd" or _is_state(child):  # "left twenty people dead", "found him guilty"
            slots["object"].extend(t for c in child.lefts if c.dep_ == "nsubj" for t in expand(c))
        elif child.dep_ == "dative":
            slots["dative"].extend(expand(child) if child.pos_ != "ADP" else _objects(child))
        elif child.dep_ == "agent":
            slots["by"].extend(_objects(child))
        elif child.dep_ == "prep":
            slots[child.text.lower()].extend(_objects(child))
    if verb.dep_ == "acl" and (about := done_to_relative(verb)) is not None:
        slots["object"].append(about)
    if not slots["object"]:
        slots["object"].extend(t for found in misplaced(verb) for t in expand(found))
    slots["using"].extend(used(verb))
    if verb.dep_ == "relcl" and not slots["object"] and any(c.dep_ in ("nsubj",) for c in verb.children):
        own = next(c for c in verb.children if c.dep_ == "nsubj")
        if own.text.lower() not in _RELATIVE:
            slots["object"].append(verb.head)
    return slots


def _is_state(child: Any) -> bool:
    """Whether a clause has no verb but a word for what its subject is found or declared to be."""
    return child.dep_ == "ccomp" and (child.pos_ == "ADJ" or child.lower_ == "persona")


def noun_slots(trigger: Trigger) -> Slots:
    """Return the slots of an event noun, with those of the verb that carries it."""
    token = trigger.token
    slots: Slots = defaultdict(list)
    for child in token.children:
        if child.dep_ == "poss":
            slots["poss"].extend(expand(child))
        elif child.dep_ in ("compound", "amod", "nmod"):
            slots["compound"].append(child)
        elif child.dep_ in ("prep", "agent"):
            slots[child.text.lower()].extend(_objects(child))
        elif child.dep_ == "acl":
            for key, found in verb_slots(child).items():
                if key in ("by", "against", "on", "with", "in") and child.lemma_ not in _LAID:
                    slots[key].extend(found)
    slots["compound"].extend(g for c in slots["compound"] for g in c.children if g.dep_ in ("compound", "amod"))
    if token.dep_ == "dobj" and token.head.lemma_ in _LAID:
        laid = [c for c in token.head.rights if c.dep_ == "prep" and c.lower_ == "on"]
        slots["by"].extend([*slots.pop("on", ()), *(t for c in laid for t in _objects(c))])  # "blamed the raid on them"
    if token.dep_ == "conj" and not slots["compound"]:
        slots["compound"].extend(c for c in token.head.children if c.dep_ in ("compound", "amod"))
    slots["clause"].extend(clause_slots(token)["clause"])
    is_told = token.dep_ == "nsubjpass" and token.head.lemma_ in predicates().noticing
    if is_told or (token.dep_ == "nsubj" and token.head.lemma_ in predicates().happening):
        for key, found in verb_slots(token.head).items():
            if key not in ("subject", "object") and not (is_told and key == "by"):  # who reports it did not do it
                slots[key].extend(found)
    if token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in REPELLING:
        carrier = verb_slots(token.head)
        slots["against"].extend(t for t in carrier.get("by" if token.dep_ == "nsubjpass" else "subject", ()))
    if trigger.light is not None:
        slots["clause"].extend(clause_slots(trigger.light)["clause"])
        carried = verb_slots(trigger.light)
        for key, found in carried.items():
            if key == "object":
                continue
            slots["sufferer" if key == "subject" and trigger.is_suffered else key].extend(
                t for t in found if t.i != token.i
            )
    return slots


#: Pronouns by which somebody who speaks of a deed means to do it himself.
_SELF = frozenset(("it", "they", "he", "she", "we"))
_INNER = ("object", "dative", "to", "with", "against", "from", "on", "between")
_MATTERS = frozenset(("with", "from", "to", "against", "on", "between", "into", "over", "toward", "towards"))
_OF_MATTER = frozenset(("by", "of", "for", "about", "at"))


def noun_complements(token: Any) -> Slots:
    """Return what an object that is only a matter is tied to: after its prepositions, its possessor, its adjective.

    "an agreement with the Union" has "with"; "Haiti's efforts", "an Australian ultimatum", "a United Nations appeal",
    "calls by its rulers" and "crimes committed by rebels" have "of_object".
    """
    slots: Slots = defaultdict(list)
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in _MATTERS:
            slots[child.lower_].extend(_objects(child))
        elif child.dep_ in ("prep", "agent") and child.lower_ in _OF_MATTER:
            slots["of_object"].extend(_objects(child))
        elif child.dep_ == "poss" or (child.dep_ in ("amod", "compound", "nmod") and child.text[0].isupper()):
            slots["of_object"].extend(expand(child))
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
            slots["of_object"].extend(verb_slots(child).get("by", ()))
    return slots


def clause_slots(token: Any) -> Slots:
    """Return the parties of the clause a verb or noun governs: whom it is demanded of, offered to, refused.

    The subject of "that Israel ease restrictions" stands in "clause", as do object and recipients of "to recognise X"
    and the subject of a condition ("if the rebels attack").
    """
    slots: Slots = defaultdict(list)
    for child in token.children:
        is_condition = _is_condition(child)
        if is_condition or child.dep_ == "ccomp" or (child.dep_ in ("acl", "relcl") and _is_content(child)):
            subjects, _ = subject_of(child)
            slots["condition" if is_condition else "clause"].extend(subjects)
            if not is_condition and any(t.lower_ in _SELF for t in subjects):  # "warned that it would expel …"
                slots["clause"].extend(_inner(child))
        elif child.dep_ == "xcomp":
            slots["clause"].extend(_inner(child))
            conditions = (c for c in child.rights if _is_condition(c))
            slots["condition"].extend(t for c in conditions for t in subject_of(c)[0])
    return slots


def _inner(clause: Any) -> list[Any]:
    """Return whom a deed in a clause is to be done to, also after "to" where the parse hung it under the object."""
    inner = verb_slots(clause)
    found = [t for key in _INNER for t in inner.get(key, ())]
    for below in clause.rights:  # "agreed to let monitors visit"
        if below.dep_ == "ccomp":
            found.extend(t for c in below.lefts if c.dep_ == "nsubj" and c.pos_ != "PRON" for t in expand(c))
    for thing in inner.get("object", ()):
        found.extend(t for c in thing.rights if c.dep_ == "prep" and c.lower_ == "to" for t in _objects(c))
    return found


def _is_condition(clause: Any) -> bool:
    return clause.dep_ == "advcl" and any(c.lower_ in ("if", "unless") for c in clause.lefts)


def _is_content(clause: Any) -> bool:
    """Whether a clause after a noun says what it is that is demanded ("its demand that they leave")."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in clause.lefts)


#: How bombs and mines come to where they go off.
_PLACING = frozenset(("plant", "lay", "place", "set", "bury", "attach", "hide"))
#: Verbs of beating off an attack: their subject is whom it was aimed at.
REPELLING = frozenset(("repel", "repulse", "beat", "fend", "ward"))
_FOILING = REPELLING | {"thwart", "foil"}


def beside(token: Any, slots: Slots) -> Slots:
    """Return the sides of an attack told beside it: who planted the bomb, who repulsed the offensive."""
    found: Slots = defaultdict(list)
    for thing in [thing for things in list(slots.values()) for thing in things]:
        found["by"].extend(_planters(thing))
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if verb.lemma_ in _BREAKING and any(c.dep_ == "nsubj" and c.lemma_ in _BLAZES for c in verb.lefts):
        sites = [*verb.rights, *(g for c in verb.lefts if c.dep_ == "nsubj" for g in c.rights)]
        found["at"].extend(t for c in sites if c.dep_ == "prep" and c.lower_ == "at" for t in _objects(c))
    for other in verb.rights:
        if other.dep_ == "conj" and other.lemma_ in _FOILING:
            found["against"].extend(verb_slots(other).get("by", ()))
    return found


def _planters(thing: Any) -> list[Any]:
    """Return who put a thing where it went off ("a mine laid by rebels", "a device by militants", "rebel-planted")."""
    found: list[Any] = []
    for child in thing.rights:
        if child.dep_ == "acl" and child.lemma_ in _PLACING:
            found.extend(verb_slots(child).get("by", ()))
        elif child.lower_ == "by" and child.dep_ in ("prep", "agent") and thing.dep_ in ("nsubj", "nsubjpass"):
            found.extend(_objects(child))
    for child in thing.lefts:
        if child.dep_ == "amod" and child.lemma_ in _PLACING:
            found.extend(c for c in child.lefts if c.dep_ in ("npadvmod", "compound", "nmod") and c.pos_ in NOMINAL)
    if thing.dep_ == "nsubj" and thing.head.lemma_ in _PLACING and thing.head.tag_ == "VBN":
        found.extend(verb_slots(thing.head).get("by", ()))
    return found


def _objects(preposition: Any) -> Iterator[Any]:
    """Yield what stands after a preposition, coordinated or nested ("from under the bridge")."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield from expand(whole_name(child))
        elif child.dep_ == "prep":
            yield from _objects(child)
