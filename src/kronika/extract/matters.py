"""Matters: what a deed in words is about, and the parties that the matter has itself."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.codebook.predicates import predicates
from kronika.extract.arguments import Slots, clause_slots, noun_complements
from kronika.extract.triggers import Trigger
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
#: Deeds in words whose clause tells what somebody does, must do or will not do.
_ABOUT_DEEDS = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN", "CONCEDE", "ACCUSE"))
#: Slots whose noun can be a matter: of deeds in words, and of a demonstration.
_OF_WORDS = ("object", "clause", "for", "to", "with", "on", "against", "into", "of_object")
_OF_NOUN = ("into", "on", "with", "against", "to", "over", "of")
_OF_PROTEST = ("against", "over", "of", "for", "at")
_MOST_MATTERS = 8


def add_matters(trigger: Trigger, slots: Slots, mentions: Mentions, times: frozenset[int]) -> None:
    """Add the parties of what a deed in words is about: of its clause, and of an object that is only a matter."""
    kind = trigger.frame.type
    addressed = [t for slot in ("object", "on", "dative") for t in slots.get(slot, ()) if t.i not in times]
    keys: tuple[str, ...] = _OF_PROTEST if kind == "PROTEST" else _OF_WORDS if trigger.is_verb else _OF_NOUN
    if kind == "REJECT":
        keys = (*keys, "despite")  # "declined to go despite pressure from the court"
    if kind == "REQUEST" and any(_is_party(token, mentions) for token in addressed):
        keys = ("object",)  # who is spoken to is said: "called on the rebels to end the siege of …"
    elif kind in _ABOUT_DEEDS and trigger.is_verb:
        found = clause_slots(trigger.token)
        slots["clause"].extend([*found["clause"], *(found["condition"] if kind == "THREATEN" else ())])
    matters = [t for key in keys for t in slots.get(key, ())]
    for place, token in enumerate(matters):  # grows: a matter can be about another ("talks on the return of …")
        if place < _MOST_MATTERS and (_is_matter(token, mentions) or token.i in trigger.idiom):
            for key, tied in _tied(token, kind).items():
                slots[key].extend(tied)
                matters.extend(tied)


def _tied(matter: Any, kind: str) -> Slots:
    """Return the parties of a matter; who condemns an attack condemns who made it, not who was hit."""
    found = noun_complements(matter)
    return {"of_object": found["of_object"]} if kind == "ACCUSE" and _is_attack(matter) else found


def _is_attack(noun: Any) -> bool:
    return any(frame.type == "ASSAULT" for _, frame in predicates().nouns.get(noun.lemma_.lower(), ()))


def _is_party(token: Any, mentions: Mentions) -> bool:
    return token.pos_ == "PROPN" or mentions.describe(token).kind in PEOPLE


def _is_matter(token: Any, mentions: Mentions) -> bool:
    """Whether a noun is only what a deed in words is about, and has parties of its own."""
    return token.pos_ == "NOUN" and mentions.describe(token).kind in OWNED
