"""Arguments: what stands around a trigger, through passives, relatives, participles and light verbs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.misparses import is_elliptic, is_shared, misplaced, used
from kronika.extract.triggers import Trigger

Slots = dict[str, list[Any]]

_RELATIVE = frozenset(("who", "which", "that", "whom"))
#: Verbs whose object, not subject, does what follows ("ordered the troops to attack").
_OBJECT_CONTROL = frozenset(
    (
        *("order", "ask", "urge", "tell", "force", "allow", "cause", "send", "lead", "help", "let", "make"),
        *("instruct", "command"),
    )
)
#: Verbs of which this holds after a preposition ("accused them of shelling", "stopped them from leaving").
_PREPOSITIONAL_CONTROL = frozenset(
    (
        *("accuse", "suspect", "convict", "acquit", "blame", "condemn", "criticise", "criticize", "denounce", "warn"),
        *("stop", "prevent", "bar", "keep", "deter", "ban", "block", "discourage", "sentence", "charge", "arrest"),
    )
)
#: Verb forms that the parse takes for nouns ("a gunman shot and killed two").
_VERB_OR_NOUN = frozenset(("shot", "hit", "raid", "attack"))
_NAMING = frozenset(("NOUN", "PROPN"))
#: "An attack blamed on X" is no attack on X.
_LAID = frozenset(("blame", "pin"))
#: What burns or bursts after an attack, and how it is told: where it does is what was hit.
_BLAZES = frozenset(("fire", "blaze", "flame", "explosion", "blast"))
_BREAKING = frozenset(("erupt", "break", "start", "begin", "occur"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


def expand(token: Any) -> list[Any]:
    """Return ``token`` and everything coordinated with it.

    >>> from kronika.annotate.syntax import load_model
    >>> doc = load_model()("They hit shelters, bunkers and tanks.")
    >>> [t.text for t in expand(doc[2])]
    ['shelters', 'bunkers', 'tanks']
    """
    found = [token]
    for item in found:
        found.extend(child for child in item.rights if child.dep_ == "conj" and child.pos_ in _NOMINAL)
    return found


def subject_of(verb: Any, depth: int = 0) -> tuple[list[Any], bool]:
    """Return the surface subjects of ``verb`` and whether the verb is passive towards them.

    A verb without its own subject takes that of the verb it is coordinated with or depends on; a participle or
    relative clause takes the noun it modifies.
    """
    children = list(verb.children)
    if verb.head.lemma_ == "leave" and verb.dep_ in ("ccomp", "xcomp", "oprd") and _is_bare_participle(verb):
        return _left_as(verb), True
    for child in children:
        if child.dep_ in ("nsubj", "csubj"):
            return expand(_antecedent(child, verb)), is_elliptic(verb)
        if child.dep_ == "nsubjpass":
            return expand(_antecedent(child, verb)), True
    if depth > 4 or verb.head.i == verb.i:
        return [], False
    head = verb.head
    is_passive = any(child.dep_ == "auxpass" for child in children)
    if verb.dep_ == "conj" and head.lower_ in _VERB_OR_NOUN and head.pos_ == "NOUN":
        return [child for child in head.lefts if child.i == head.i - 1 and child.dep_ == "compound"], is_passive
    first = verb.left_edge
    if verb.dep_ == "advcl" and _is_bare_participle(verb) and first.i and first.nbor(-1).pos_ in _NAMING:
        return [first.nbor(-1)], True  # "was killed with an Afghan injured"
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.dep_ == "pobj" and verb.nbor(-1).text == ",":
        found, was_passive = _of_clause(head, depth)
        if found and not was_passive:
            return found, False
    if verb.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        if verb.tag_ == "VBG" and head.lemma_ in predicates().messages and head.dep_ in ("dobj", "pobj"):
            return _author_of(head, depth)
        is_told = head.dep_ == "ROOT" and any(_has_object(one) for one in _joined(verb))
        is_done = (verb.tag_ in ("VBN", "VBD") and not is_told) or is_passive
        return expand(head)[:1], is_done and _done_to_relative(verb) is None
    if verb.dep_ == "amod" and is_shared(head):
        return subject_of(head.head, depth + 1)[0], False
    if verb.dep_ == "relcl":
        return [head], verb.tag_ == "VBN" and is_passive
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "prep") or head.dep_ == "prep":
        governor = head.head if head.dep_ == "prep" else head
        if verb.dep_ == "xcomp" and governor.lemma_ in _OBJECT_CONTROL:
            objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
            if objects:
                return expand(objects[0]), is_passive
        if head.dep_ == "prep" and governor.lemma_ in _PREPOSITIONAL_CONTROL:
            objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
            if not objects and governor.dep_ == "acl":
                objects = [governor.head]
            return (expand(objects[0]) if objects else []), is_passive
        if governor.pos_ == "ADJ" and governor.dep_ == "acomp":
            governor = governor.head  # "is willing to withdraw"
        if _is_charged(verb, governor):
            objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
            return (expand(objects[0]) if objects else []), is_passive
        if governor.pos_ in ("VERB", "AUX"):
            found, was_passive = subject_of(governor, depth + 1)
            if verb.dep_ == "conj" and verb.tag_ == "VBN" and was_passive:
                return found, True
            return ([] if was_passive and verb.tag_ == "VBG" else found), is_passive
    return [], False


def _joined(verb: Any) -> list[Any]:
    """Return a verb with those coordinated after it."""
    return [verb, *(child for child in verb.rights if child.dep_ == "conj" and child.pos_ == "VERB")]


def _has_object(verb: Any) -> bool:
    """Whether a verb has an object: then what the parse took for a participle is told ("The army freed ten men")."""
    return any(child.dep_ == "dobj" for child in verb.children)


def _done_to_relative(verb: Any) -> Any | None:
    """Return what a relative clause is about whose verb the parse took for a participle after its subject.

    In "the convoy which rebels ambushed was carrying food" the parse lets "ambushed" modify "rebels" and gives "which"
    to the main verb.
    """
    subject = verb.head
    if subject.dep_ != "nsubj" or verb.i != subject.i + 1 or any(c.dep_ == "agent" for c in verb.rights):
        return None
    taken = any(c.dep_ == "dobj" and c.lower_ in _RELATIVE and c.i < subject.i for c in subject.head.lefts)
    return subject.head.head if taken and subject.head.dep_ == "relcl" else None


def _author_of(message: Any, depth: int) -> tuple[list[Any], bool]:
    """Return who says what a message says: its possessor, else who issues it ("a letter demanding that they go")."""
    owners = [child for child in message.lefts if child.dep_ == "poss"]
    governor = message.head.head if message.head.dep_ == "prep" else message.head
    return (expand(owners[0]), False) if owners else subject_of(governor, depth + 1)


def _is_bare_participle(verb: Any) -> bool:
    """Whether a verb is a past participle without an auxiliary or object of its own."""
    return verb.tag_ in ("VBN", "VBD") and not any(
        child.dep_ in ("aux", "auxpass", "dobj", "mark", "advmod") for child in verb.children
    )


def _left_as(participle: Any) -> list[Any]:
    """Return who is left in a state ("left one student injured"), by either parse: its subject or the verb's object."""
    own = [child for child in participle.lefts if child.dep_ == "nsubj"]
    found = own or [child for child in participle.head.rights if child.dep_ == "dobj"]
    return expand(found[0]) if found else []


def _of_clause(noun: Any, depth: int) -> tuple[list[Any], bool]:
    """Return the subjects of the clause of a noun: "moved in on the outskirts, seizing a school" is of who moved."""
    node = noun
    while node.head.i != node.i:
        node = node.head
        if node.pos_ == "VERB":
            return subject_of(node, depth + 1)
    return [], False


def _is_charged(verb: Any, governor: Any) -> bool:
    """Whether a participle goes on with what somebody is accused of ("accuse them of killings, razing villages")."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or governor.lemma_ not in ("accuse", "suspect", "convict", "blame"):
        return False
    behind = [*governor.rights, *(g for c in governor.rights if c.dep_ == "dobj" for g in c.rights)]
    return any(c.dep_ == "prep" and c.lower_ in ("of", "for") and c.i < verb.i for c in behind)


def _antecedent(subject: Any, verb: Any) -> Any:
    """Return the noun behind a relative pronoun, else the subject itself."""
    if subject.text.lower() in _RELATIVE and verb.dep_ == "relcl":
        return verb.head
    return subject


def verb_slots(verb: Any) -> Slots:
    """Return the slots of a verb; in a passive the surface subject stands in "object"."""
    slots: Slots = defaultdict(list)
    subjects, is_passive = subject_of(verb)
    slots["object" if is_passive else "subject"].extend(subjects)
    for child in verb.children:
        if child.dep_ == "dobj":
            slots["object"].extend(expand(_antecedent(child, verb)))
        elif child.dep_ == "oprd":  # "left twenty people dead"
            slots["object"].extend(t for c in child.lefts if c.dep_ == "nsubj" for t in expand(c))
        elif child.dep_ == "dative":
            slots["dative"].extend(expand(child) if child.pos_ != "ADP" else _objects(child))
        elif child.dep_ == "agent":
            slots["by"].extend(_objects(child))
        elif child.dep_ == "prep":
            slots[child.text.lower()].extend(_objects(child))
    if verb.dep_ == "acl" and (about := _done_to_relative(verb)) is not None:
        slots["object"].append(about)
    if not slots["object"]:
        slots["object"].extend(t for found in misplaced(verb) for t in expand(found))
    slots["using"].extend(used(verb))
    if verb.dep_ == "relcl" and not slots["object"] and any(c.dep_ in ("nsubj",) for c in verb.children):
        own = next(c for c in verb.children if c.dep_ == "nsubj")
        if own.text.lower() not in _RELATIVE:
            slots["object"].append(verb.head)
    return slots


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
    if token.dep_ == "conj" and not slots["compound"]:
        slots["compound"].extend(c for c in token.head.children if c.dep_ in ("compound", "amod"))
    slots["clause"].extend(clause_slots(token)["clause"])
    is_told = token.dep_ == "nsubjpass" and token.head.lemma_ in predicates().noticing
    if is_told or (token.dep_ == "nsubj" and token.head.lemma_ in predicates().happening):
        for key, found in verb_slots(token.head).items():
            if key not in ("subject", "object"):
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


_MATTERS = frozenset(("with", "from", "to", "against", "on", "between", "into", "over", "toward", "towards"))
_OF_MATTER = frozenset(("by", "of", "for"))


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
        elif child.dep_ == "acl" and child.tag_ == "VBN":
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
        elif child.dep_ == "xcomp":
            inner = verb_slots(child)
            for key in ("object", "dative", "to", "with", "against", "from", "on", "between"):
                slots["clause"].extend(inner.get(key, ()))
            conditions = (c for c in child.rights if _is_condition(c))
            slots["condition"].extend(t for c in conditions for t in subject_of(c)[0])
    return slots


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
            found.extend(c for c in child.lefts if c.dep_ in ("npadvmod", "compound", "nmod") and c.pos_ in _NOMINAL)
    if thing.dep_ == "nsubj" and thing.head.lemma_ in _PLACING and thing.head.tag_ == "VBN":
        found.extend(verb_slots(thing.head).get("by", ()))
    return found


def _objects(preposition: Any) -> Iterator[Any]:
    """Yield what stands after a preposition, coordinated or nested ("from under the bridge")."""
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield from expand(child)
        elif child.dep_ == "prep":
            yield from _objects(child)
