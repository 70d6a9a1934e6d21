"""Matters: what a deed in words is about, and the parties that the matter has itself."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.codebook.predicates import predicates
from kronika.extract.predicates.arguments import Slots, clause_slots, noun_complements
from kronika.extract.predicates.triggers import Trigger
from kronika.records import MentionKind

#: Who can be party to something.
PEOPLE = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES, MentionKind.BODY, MentionKind.STATE))
#: Deeds in words and exchanges: what their object is about has parties of its own.
IN_WORDS = frozenset(
    (
        "AGREE",
        "CONSULT",
        "SUPPORT",
        "CONCEDE",
        "COOPERATE",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "SANCTION",
        "AID",
    )
)
#: What somebody has, and what has an owner to speak of.
OWNED = frozenset((MentionKind.UNKNOWN, MentionKind.ASSET, MentionKind.PRODUCT))
#: What can be a matter: also a site, whose owner is party to what is said of it.
_HELD = OWNED | {MentionKind.FACILITY}
#: Deeds in words whose clause tells what somebody does, must do or will not do.
_ABOUT_DEEDS = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE", "ACCUSE"))
#: Slots whose noun can be a matter: of deeds in words, and of a demonstration.
_OF_WORDS = ("object", "clause", "for", "to", "with", "on", "against", "into", "of_object", "at", "over", "about")
_OF_NOUN = ("into", "on", "with", "against", "to", "over", "of")
_OF_PROTEST = ("against", "over", "of", "for", "at", "of_object", "object")
_MOST_MATTERS = 8
_GROUNDS = frozenset(("protest", "anger", "outrage", "defiance"))
#: Deeds that take place somewhere, so that "in" says no more than where.
_SOMEWHERE = frozenset(("CONSULT", "COOPERATE", "PROTEST"))
_WHERE = frozenset((MentionKind.PLACE, MentionKind.STATE))
#: How forces are moved against a border; "to" can be the parse's "dative".
_TOWARDS = frozenset(("along", "to", "near", "on", "toward", "towards", "at", "off", "into", "dative"))
_EDGES = frozenset(("border", "frontier", "coast", "water", "waters", "airspace", "shore", "crossing"))


def add_matters(trigger: Trigger, slots: Slots, mentions: Mentions, times: frozenset[int]) -> None:
    """Add the parties of what a deed in words is about: of its clause, and of an object that is only a matter."""
    kind = trigger.frame.type
    addressed = [t for slot in ("object", "on", "dative") for t in slots.get(slot, ()) if t.i not in times]
    keys: tuple[str, ...] = _OF_PROTEST if kind == "PROTEST" else _OF_WORDS if trigger.is_verb else _OF_NOUN
    if kind == "REJECT":
        keys = (*keys, "despite")  # "declined to go despite pressure from the court"
    if kind == "PROTEST":
        slots["of_object"].extend(_ground(slots))
    if kind == "REQUEST" and any(_is_party(token, mentions) for token in addressed):
        keys = ("object",)  # who is spoken to is said: "called on the rebels to end the siege of …"
    elif kind in _ABOUT_DEEDS and trigger.is_verb:
        found = clause_slots(trigger.token)
        slots["clause"].extend([*found["clause"], *(found["condition"] if kind == "THREATEN" else ())])
        for noun in (t for t in addressed if t.i in trigger.idiom):  # "expressed hope that Chad would agree"
            slots["clause"].extend(clause_slots(noun)["clause"])
    matters = [t for key in keys for t in slots.get(key, ())]
    for place, token in enumerate(matters):  # grows: a matter can be about another ("talks on the return of …")
        if place < _MOST_MATTERS and (_is_matter(token, mentions) or token.i in trigger.idiom):
            for key, tied in _tied(token, kind, mentions).items():
                slots[key].extend(tied)
                matters.extend(tied)


def _ground(slots: Slots) -> list[Any]:
    """Return what a demonstration is in protest of, in anger at, in defiance of."""
    grounds = (t for t in slots.get("in", ()) if t.lemma_ in _GROUNDS)
    return [t for ground in grounds for tied in noun_complements(ground).values() for t in tied]


def bordering(slots: Slots, mentions: Mentions) -> list[Any]:
    """Return the borders and coasts of a state that forces are moved to or that are blocked: it is against it."""
    near = (t for slot in _TOWARDS for t in slots.get(slot, ()))
    under = (
        g
        for slot in ("object", "subject", "on")
        for t in slots.get(slot, ())
        for c in t.rights
        if c.dep_ == "prep" and c.lower_ in _TOWARDS
        for g in c.rights
        if g.dep_ == "pobj"
    )
    found = [t for t in (*near, *under, *slots.get("object", ())) if t.lemma_.lower() in _EDGES]
    own = [noun_complements(edge) for edge in found]
    tied = [t for ties in own for t in (*ties["with"], *ties["into"], *slots.get("with", ()))]
    return [t for t in (*found, *tied) if mentions.describe(t).country]


def _tied(matter: Any, kind: str, mentions: Mentions) -> Slots:
    """Return the parties of a matter; who condemns an attack condemns who made it, not who was hit.

    A place or state where a matter is ("abuses in Chad") is party to it, but where people meet is where they meet.
    """
    found = noun_complements(matter)
    if kind not in _SOMEWHERE:
        places = (
            t for c in matter.rights if c.dep_ == "prep" and c.lower_ == "in" for t in c.rights if t.dep_ == "pobj"
        )
        found["of_object"].extend(t for t in places if mentions.describe(t).kind in _WHERE)
    return {"of_object": found["of_object"]} if kind == "ACCUSE" and _is_attack(matter) else found


def _is_attack(noun: Any) -> bool:
    return any(frame.type == "ASSAULT" for _, frame in predicates().nouns.get(noun.lemma_.lower(), ()))


def _is_party(token: Any, mentions: Mentions) -> bool:
    return token.pos_ == "PROPN" or mentions.describe(token).kind in PEOPLE


def _is_matter(token: Any, mentions: Mentions) -> bool:
    """Whether a noun is only what a deed in words is about, and has parties of its own."""
    return token.pos_ == "NOUN" and mentions.describe(token).kind in _HELD
