"""Reattaching: phrases that the parse hung under a neighbour, or under another word than the one they belong to."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.codebook.predicates import predicates
from kronika.extract.grammar.misparses import (
    below_by,
    below_particle,
    is_bare_participle,
    object_beside,
    taken_from_compound,
)
from kronika.extract.grammar.subjects import expand
from kronika.extract.predicates.arguments import Slots, clause_slots
from kronika.extract.predicates.matters import IN_WORDS, PEOPLE
from kronika.extract.predicates.triggers import Trigger

#: Harm that is done to somebody, whether or not the text says by whom.
_HARMING = frozenset(("kill", "wound", "abduct", "arrest"))


def reattach_words(trigger: Trigger, slots: Slots) -> None:
    """Give a verb what stands in its message, behind its particle or in its clause, before its matters are read."""
    frame = trigger.frame
    if not slots.get("object"):
        slots["object"].extend(below_particle(trigger.token, frame))
    if frame.id == "help" and not slots.get("object"):
        slots["object"].extend(clause_slots(trigger.token)["clause"])  # "helped the islanders rebuild"
    if frame.type not in IN_WORDS:
        return
    if slots.get("subject"):
        slots["of_object"].extend(slots.pop("by", ()))  # "rebuffed mediation by the Union": whose the mediation is
    for token in slots.get("in", ()):
        if token.lemma_ in predicates().messages:  # "in a letter to the Council, Lebanon requested …"
            slots["to"].extend(_below(token, ("to",)))


def reattach(trigger: Trigger, slots: Slots, mentions: Mentions) -> None:
    """Take phrases that the parse hung under a neighbour: what a weapon was thrown "on", whom a deed was done "by".

    "dropped grenades on a patrol" (under the grenades), "an attack on the depot by rebels" (under the depot).
    """
    _from_idiom(trigger, slots)
    if trigger.is_verb:
        _from_object(trigger, slots, mentions)
        _turn(trigger, slots, mentions)
    elif not slots.get("by"):
        hit = [token for key in ("on", "against", "at", "of") for token in slots.get(key, ())]
        slots["by"].extend(g for token in hit for g in _below(token, ("by",)))


def _below(token: Any, prepositions: tuple[str, ...]) -> list[Any]:
    """Return what stands after one of these prepositions under a noun."""
    return [g for c in token.rights if c.lower_ in prepositions for g in c.rights if g.dep_ == "pobj"]


def _from_idiom(trigger: Trigger, slots: Slots) -> None:
    """Take what stands under the noun of an idiom for what the deed is done to or with."""
    frame = trigger.frame
    nouns = [token for token in slots.get("object", ()) if token.i in trigger.idiom]
    for token in nouns if frame.type == "ASSAULT" else ():  # "exchanged fire with gunmen"
        for child in token.rights:
            if child.dep_ == "prep" and frame.roles.get(child.lower_) in ("actor", "target"):
                slots[child.lower_].extend(t for g in child.rights if g.dep_ == "pobj" for t in expand(g))
    if nouns and frame.roles.get("object") in ("target", "victim"):
        slots["object"] = [token for token in slots.get("object", ()) if token.i not in trigger.idiom]
        slots["object"].extend(t for token in nouns for t in taken_from_compound(token) if t.i not in trigger.idiom)
        for token in nouns:  # "took control of the town"
            slots["object"].extend(_below(token, ("of", "over")))


def _from_object(trigger: Trigger, slots: Slots, mentions: Mentions) -> None:
    """Take what stands under or beside the object for what it is: a weapon, whom it is aimed at, who is given it."""
    frame = trigger.frame
    if frame.roles.get("object") == "asset" and slots.get("with") and slots.get("object"):
        given = slots["with"]  # "supplied the rebels with missiles"
        slots["dative"], slots["object"], slots["with"] = slots["object"], given, []
    if frame.type == "ASSAULT":  # "attacked a man from a drone"
        slots["with"].extend(t for t in slots.get("from", ()) if mentions.weapon_at(t) is not None)
    if frame.roles.get("object") == "instrument":
        for token in slots.get("object", ()):
            slots["with"].extend(c for c in token.rights if c.dep_ == "appos" and mentions.weapon_at(c) is not None)
            for child in token.rights:
                if child.dep_ == "prep" and frame.roles.get(child.lower_) == "target":
                    slots[child.lower_].extend(g for g in child.rights if g.dep_ == "pobj")
    if frame.id in _HARMING and not slots.get("object"):
        slots["object"].extend(t for g in object_beside(trigger.token) for t in expand(g))


def _turn(trigger: Trigger, slots: Slots, mentions: Mentions) -> None:
    """Turn subject and object round where the parse took a participle for a past tense, or the other way."""
    frame, token = trigger.frame, trigger.token
    if slots.get("subject") and not slots.get("object"):
        is_done_to = frame.roles.get("object") in ("target", "victim")
        is_harmed = frame.id in _HARMING and is_bare_participle(token, slots["subject"])
        if is_done_to and (is_harmed or any(mentions.describe(t).kind in PEOPLE for t in slots.get("by", ()))):
            slots["object"] = slots.pop("subject")
    if frame.type == "ASSAULT" and slots.get("object") and not slots.get("subject"):
        slots["by"] = slots.get("by") or [
            t for g in below_by(token) for t in expand(g) if mentions.describe(t).kind in PEOPLE
        ]
    if slots.get("by"):
        return
    is_headed = token.dep_ == "acl" and token.head.dep_ == "ROOT" and frame.type == "REQUEST"
    is_bound = token.lemma_ == "commit" and token.tag_ == "VBN" and frame.type == "AGREE"
    if is_bound or (is_headed and (slots.get("on") or slots.get("for"))):
        # "The daily called on readers to …", taken for a headline; who "is committed to the deal" binds himself
        slots["subject"] = slots.pop("object", [])
