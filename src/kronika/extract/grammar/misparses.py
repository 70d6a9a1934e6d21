"""Misparses: objects that the parse hangs elsewhere, found again by what such sentences always look like."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.codebook.predicates import Frame, predicates
from kronika.extract.grammar.nearness import TELLING

_OTHERS = frozenset(("others", "another", "more"))
#: How many tokens on the next verb stands ("murdered and robbed").
_BESIDE = 2
_NOUNS = ("NOUN", "PROPN")


def misplaced(verb: Any) -> list[Any]:
    """Return the object of a verb where the parse took it for something else.

    "hit a mine planted by rebels" (the subject of a clause), "shot and injured a soldier" (coordinated with the verb,
    for the second verb the noun that it seems to describe).
    """
    if verb.dep_ == "amod" and is_shared(verb.head):
        return [verb.head]
    for child in verb.rights:
        is_bare = child.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass", "mark") for c in child.lefts)
        if child.dep_ == "ccomp" and is_bare and verb.tag_ in ("VBD", "VBN"):
            return [c for c in child.lefts if c.dep_ in ("nsubj", "nsubjpass") and c.left_edge.i == verb.i + 1]
        if is_shared(child):
            return [child]
        if child.lower_ == "near" and child.dep_ == "prep" and child.nbor().lower_ in predicates().habits:
            return [g for g in child.rights if g.dep_ == "pobj"]  # "traded near daily fire"
        if child.lower_ == "up" and not any(c.dep_ == "dobj" for c in verb.rights):  # "kidnapped up to 16 advisers"
            most = [g for c in child.rights if c.lower_ == "to" for g in c.rights if g.dep_ == "pobj"]
            return [g for g in most if any(c.dep_ == "nummod" for c in g.lefts)]
    return []


def is_shared(noun: Any) -> bool:
    """Whether a noun that the parse coordinates with a verb is what two verbs are done to."""
    if noun.dep_ != "conj" or noun.pos_ not in _NOUNS or noun.head.pos_ != "VERB" or not noun.lefts:
        return False
    first = noun.left_edge
    is_verb = first.tag_ in ("VBN", "VBD") and first.dep_ == "amod"
    return is_verb and first.i == noun.head.i + 2 and first.nbor(-1).lower_ in ("and", "or")


def is_elliptic(verb: Any) -> bool:
    """Whether a participle leaves out the auxiliary of the passive before it ("two were killed and others wounded")."""
    if verb.tag_ not in ("VBN", "VBD") or verb.dep_ != "conj":
        return False
    if verb.tag_ == "VBD" and not any(c.dep_ == "nsubj" and c.lower_ in _OTHERS for c in verb.lefts):
        return False
    has_own = any(c.dep_ in ("aux", "auxpass", "dobj") for c in verb.children)
    return not has_own and any(c.dep_ == "auxpass" for c in verb.head.children)


def whole_name(token: Any) -> Any:
    """Return the head of a name of which the parse took the first word for all of it.

    "by Sudan's paramilitary Rapid Support Forces has killed" (the owner), "by the paramilitary Rapid Support
    Forces" (the adjective, with the name beside it).
    """
    doc, end = token.doc, token.i + 1
    if (token.pos_ == "ADJ" or token.lower_ == "paramilitary") and end < len(doc) and doc[end].pos_ == "PROPN":
        beside = [child for child in token.rights if child.dep_ == "appos" and child.pos_ == "PROPN"]
        return beside[0] if beside else token
    if token.dep_ != "pobj" or end >= len(doc) or doc[end].tag_ != "POS":
        return token
    last = token
    for word in doc[end + 1 : token.sent.end]:
        if word.tag_ not in ("JJ", "NN", "NNS", "NNP", "NNPS", "HYPH"):
            break
        last = word
    return last if last.pos_ in _NOUNS else token


def used(verb: Any) -> Iterator[Any]:
    """Yield what is used for a deed ("used artillery to strike the town")."""
    governor = verb.head
    if governor.lemma_ != "use" or verb.dep_ not in ("xcomp", "advcl") or verb.tag_ != "VB":
        return
    for child in governor.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            yield child
            yield from (c for c in child.rights if c.dep_ == "conj")


def below_by(verb: Any) -> list[Any]:
    """Return whom "by" names that the parse hung under a place or time ("was shot in the old town by two men")."""
    queue = [child for child in verb.rights if child.dep_ in ("prep", "pobj", "dobj")]
    for token in queue:
        for child in token.rights:
            if child.lower_ == "by" and child.dep_ in ("prep", "agent"):
                return [g for g in child.rights if g.dep_ == "pobj"]
            if child.dep_ in ("prep", "pobj", "appos", "conj"):
                queue.append(child)
    return []


def is_bare_participle(verb: Any, subjects: list[Any]) -> bool:
    """Whether a verb that needs an object has none, also not that of a verb beside it ("20 others wounded")."""
    beside = [child for child in verb.rights if child.dep_ == "conj"]
    if any(c.dep_ == "dobj" for word in (verb, *beside) for c in word.rights):
        return False
    is_counted = any(t.lower_ == "others" or any(c.dep_ == "nummod" for c in t.lefts) for t in subjects)
    return verb.tag_ == "VBN" or (verb.tag_ == "VBD" and is_counted)


def object_beside(verb: Any) -> list[Any]:
    """Return the object that a verb shares with the one right beside it ("murdered and robbed five traders")."""
    beside = [child for child in verb.rights if child.dep_ == "conj" and child.i - verb.i <= _BESIDE]
    return [g for child in beside[:1] for g in child.rights if g.dep_ == "dobj"]


def listed(noun: Any) -> list[Any]:
    """Return the next in a list that the parse took for an apposition ("Ann Roe, Bob Poe and Carl Ek met").

    Of an office beside a name ("Ann Roe, the minister of trade, Bob Poe and Carl Ek met") only those listed after it.
    """
    found: list[Any] = []
    if noun.tag_ not in ("NNP", "NN", "PRP"):
        return found
    for child in noun.rights:
        after = [c for c in child.rights if c.dep_ == "conj"] if child.dep_ == "appos" else []
        if not after or not any(c.dep_ == "cc" for word in (child, *after) for c in word.rights):
            continue
        before = {c.dep_ for c in child.lefts}
        if (noun.pos_ == child.pos_ == "PROPN" and "compound" in before) or "poss" in before:
            found.append(child)
        elif noun.pos_ == "PROPN" and "det" in before:
            found.extend(c for c in after if c.pos_ == "PROPN")
    return found


def subject_before(verb: Any) -> Any | None:
    """Return the name right before a verb that the parse took for an adverb, not its subject ("Turkey massed").

    So of what somebody tells without "that" ("warned the violence had killed six"): there it is the teller's object.
    """
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("nsubj", "nsubjpass", "csubj") for c in verb.lefts):
        return None
    if verb.dep_ == "ccomp" and verb.head.lemma_ in TELLING and verb.head.i < verb.i:
        told = [c for c in verb.head.rights if c.dep_ == "dobj" and c.i < verb.left_edge.i]
        if told and told[-1].right_edge.i + 1 == verb.left_edge.i:
            return told[-1]
    before = [c for c in verb.lefts if c.dep_ in ("npadvmod", "dep") and c.pos_ == "PROPN" and c.i + 1 == verb.i]
    return before[0] if before else None


def subject_of_participle(verb: Any) -> Any | None:
    """Return whom a clause is about where the parse took a participle beside him for a clause of its own.

    "confirmed that three of its men deployed with the mission had been killed"
    """
    if verb.dep_ != "ccomp":
        return None
    for beside in verb.head.rights:
        if beside.i >= verb.i:
            break
        is_bare = beside.tag_ == "VBN" and not any(c.dep_ in ("aux", "auxpass") for c in beside.lefts)
        if beside.dep_ == "ccomp" and is_bare:
            return next((c for c in beside.lefts if c.dep_ == "nsubj"), None)
    return None


def below_particle(verb: Any, frame: Frame) -> list[Any]:
    """Return the object of a verb with a particle that the parse took for a preposition ("voted down a treaty")."""
    particles = {p.particle for p in predicates().verbs.get(verb.lemma_, ()) if p.particle and p.frame is frame}
    found = (g for c in verb.rights if c.dep_ == "prep" and c.lower_ in particles for g in c.rights)
    return [g for g in found if g.dep_ == "pobj"]


def taken_from_compound(idiom: Any) -> list[Any]:
    """Return whom the parse made part of an idiom's noun ("took three officers hostage")."""
    return [c for c in idiom.lefts if c.dep_ == "compound" and c.tag_ in ("NNS", "NNP", "NNPS", "NN")]
