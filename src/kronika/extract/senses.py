"""Senses: the words of war in other matters, which tell no deed of force ("attacked the budget in a speech")."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.codebook.predicates import Frame, predicates
from kronika.extract.arguments import Slots, noun_slots, verb_slots
from kronika.extract.matters import PEOPLE
from kronika.extract.triggers import Trigger
from kronika.records import MentionKind

#: Frames whose words are used of struggles of every kind.
_FIGURES = frozenset(("strike", "clash", "offensive", "fire", "invade", "explode", "overrun", "bomb", "shell"))
#: Frames whose words things do that do nobody harm ("shares rallied", "the debt threatens", "the deal allows").
_OF_THINGS = _FIGURES | {"protest", "threaten", "concede", "consult", "restrict"}
#: Frames that need somebody who speaks or decides.
_SPOKEN = frozenset(("threaten", "concede", "consult"))
#: Whom words can be aimed at; positions, vehicles and crowds are not attacked in an interview.
_ADDRESSED = frozenset((MentionKind.PERSON, MentionKind.STATE, MentionKind.BODY, MentionKind.UNKNOWN))
#: What can't speak or decide by itself.
_MUTE = frozenset((MentionKind.UNKNOWN, MentionKind.ASSET, MentionKind.PRODUCT, MentionKind.WEAPON))
_SHARES = frozenset(("%", "percent", "percentage"))
#: What an attack that goes on lasts.
_SPANS = frozenset(("minute", "hour", "day", "night", "week", "month", "year", "time", "while"))
_AGAINST = ("on", "of", "against", "at")


def sense_of(trigger: Trigger, mentions: Mentions) -> Frame | None:
    """Return the frame a trigger tells in its company, None where it tells no deed.

    An attack in words is criticism ("came under fire over the contract", "attacked the minister in a speech").
    """
    slots = verb_slots(trigger.token) if trigger.is_verb else noun_slots(trigger)
    frame = trigger.frame
    if frame.id in _OF_THINGS and _is_of_things(trigger, slots, mentions):
        return None
    if frame.id not in _FIGURES:
        return frame
    if frame.id == "fire" and trigger.is_verb and _is_dismissal(trigger.token, slots, mentions):
        return None
    if _is_figure(trigger, slots):
        return None
    return predicates().frames["condemn"] if _is_in_words(trigger, slots, mentions) else frame


def _is_of_things(trigger: Trigger, slots: Slots, mentions: Mentions) -> bool:
    """Whether the subject is a thing that only seems to act, or can't speak where speech is needed."""
    if not trigger.is_verb:
        return False
    subjects = [t for t in slots.get("subject", ()) if t.pos_ == "NOUN"]
    if not subjects or len(subjects) < len(slots["subject"]):
        return False
    if all(t.lemma_.lower() in predicates().unarmed for t in subjects):
        return True
    return trigger.frame.id in _SPOKEN and all(_is_mute(t, mentions) for t in subjects)


def _is_mute(noun: Any, mentions: Mentions) -> bool:
    words = predicates()
    lemma = noun.lemma_.lower()
    return mentions.describe(noun).kind in _MUTE and lemma not in words.messages and lemma not in words.grouping


def _is_dismissal(verb: Any, slots: Slots, mentions: Mentions) -> bool:
    """Whether a person is "fired", from an office and not at anybody."""
    if verb.lemma_ != "fire" or any(slots.get(key) for key in ("at", "into", "with", "towards")):
        return False
    objects = slots.get("object", [])
    return bool(objects) and all(t.pos_ == "PRON" or mentions.describe(t).kind in PEOPLE for t in objects)


def _is_figure(trigger: Trigger, slots: Slots) -> bool:
    """Whether a word of force is said of what no force can reach, or of a struggle of another kind."""
    words, token = predicates(), trigger.token
    if trigger.is_verb:
        objects = slots.get("object", [])
        if any(t.lower_ in _SHARES for noun in objects for t in noun.subtree):
            return True  # "hit its target of 2 per cent"
    else:
        if any(c.lemma_.lower() in words.figurative for c in token.lefts if c.dep_ in ("amod", "compound")):
            return True
        keys = (*_AGAINST, "over") if token.lemma_ == "battle" else _AGAINST
        objects = [t for key in keys for t in slots.get(key, ())]
    return bool(objects) and all(t.pos_ == "NOUN" and t.lemma_.lower() in words.intangible for t in objects)


def _is_in_words(trigger: Trigger, slots: Slots, mentions: Mentions) -> bool:
    """Whether an attack is one in words: in a speech, or for what somebody said."""
    hosts = [word for word in (trigger.token, trigger.light) if word is not None]
    if any(mentions.weapon_at(t) is not None for t in trigger.token.sent):
        return False
    hit = [t for key in ("object", "sufferer", "on", "against") for t in slots.get(key, ())]
    if not hit or any(mentions.describe(t).kind not in _ADDRESSED for t in hit):
        return False
    for preposition in (c for host in hosts for c in host.rights if c.dep_ == "prep"):
        objects = [c for c in preposition.rights if c.dep_ in ("pobj", "pcomp")]
        if preposition.lower_ in ("in", "during") and any(o.lemma_.lower() in predicates().in_words for o in objects):
            return True
        is_blamed = trigger.is_suffered and preposition.lower_ in ("for", "over")
        if is_blamed and any(o.dep_ == "pcomp" or _is_conduct(o) for o in objects):
            return True
    return False


def _is_conduct(noun: Any) -> bool:
    """Whether a noun after "under fire for" is what somebody did or said, not how long the fire went on."""
    return noun.pos_ == "NOUN" and noun.lemma_ not in _SPANS
