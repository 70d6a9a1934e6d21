"""Senses: the words of war in other matters, which tell no deed of force ("attacked the budget in a speech")."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.codebook.predicates import Frame, predicates
from kronika.extract.grammar.forces import FORCE_HEADS
from kronika.extract.predicates.arguments import Slots, slots_of
from kronika.extract.predicates.matters import PEOPLE
from kronika.extract.predicates.triggers import Trigger
from kronika.records import MentionKind

#: Frames whose words are used of struggles of every kind.
_FIGURES = frozenset(("strike", "clash", "offensive", "fire", "invade", "explode", "overrun", "bomb", "shell"))
#: Frames whose words things do that do nobody harm ("shares rallied", "the debt threatens", "the deal allows").
_OF_THINGS = _FIGURES | {"protest", "threaten", "concede", "consult", "restrict"}
#: All frames whose words have other senses that their company tells.
_SEVERAL = _OF_THINGS | {"appeal", "swap", "aid", "send", "aid_arrives", "withdraw", "travel"}
#: Frames that need somebody who speaks or decides.
_SPOKEN = frozenset(("threaten", "concede", "consult"))
#: Whom words can be aimed at; positions, vehicles and crowds are not attacked in an interview.
_ADDRESSED = frozenset((MentionKind.PERSON, MentionKind.STATE, MentionKind.BODY, MentionKind.UNKNOWN))
#: What can't speak or decide by itself.
_MUTE = frozenset((MentionKind.UNKNOWN, MentionKind.ASSET, MentionKind.PRODUCT, MentionKind.WEAPON))
_SHARES = frozenset(("%", "percent", "percentage"))
#: What an attack that goes on lasts.
_SPANS = frozenset(("minute", "hour", "day", "night", "week", "month", "year", "time", "while"))
#: A word for raising an army as well as a crowd, and what shows the army.
_RAISING = frozenset(("mobilisation", "mobilization"))
_OF_ARMIES = frozenset(("partial", "general", "full", "military", "wartime", "forced", "troop", "army", "total"))
_DRAFTED = frozenset(("reservist", "reserve", "conscript", "recruit", "citizen"))
#: What help consists of, and how it comes.
_HELP = frozenset(("aid", "relief", "humanitarian", "food", "medicine", "supply"))
_CAPTIVES = frozenset(("prisoner", "captive", "detainee", "hostage", "pow", "pows", "prisoner-of-war", "body"))
_HURT = frozenset(("injured", "wounded", "sick", "dead"))
_ENTERING = frozenset(("enter", "arrive", "reach"))
_AGAINST = ("on", "of", "against", "at")

#: What somebody is hit with by a government, or by a court.
_SANCTIONS = frozenset(("sanction", "tariff", "ban", "embargo", "duty"))
_PENALTIES = _SANCTIONS | {"fine", "charge", "lawsuit", "penalty", "tax", "bill"}


def sense_of(trigger: Trigger, mentions: Mentions) -> Frame | None:
    """Return the frame a trigger tells in its company, None where it tells no deed.

    An attack in words is criticism ("came under fire over the contract", "attacked the minister in a speech").
    """
    frame = trigger.frame
    if frame.id not in _SEVERAL:
        return frame
    slots = slots_of(trigger)
    if frame.id == "appeal" and trigger.token.lemma_ == "call":
        return _called(trigger.token, slots, mentions)
    if frame.id == "swap" and not trigger.is_verb and not _is_of_captives(trigger.token, slots):
        return None
    if frame.id == "aid" and trigger.light is not None and trigger.light.lemma_ == "carry":
        return None  # "trucks carrying aid"
    if frame.id == "withdraw" and trigger.token.lemma_ == "evacuate":
        hurt = any(c.lower_ in _HURT for t in slots.get("object", ()) for c in t.lefts)
        return predicates().frames["aid"] if hurt else frame
    if frame.id == "travel" and {t.lemma_ for t in slots.get("from", ())} & {t.lemma_ for t in slots.get("to", ())}:
        return None  # "went from house to house"
    if frame.id in ("send", "aid_arrives") and trigger.is_verb:
        return _arriving(trigger, slots)
    if frame.id == "protest" and trigger.token.lemma_ in _RAISING:
        return _raised(trigger, slots, mentions)
    if frame.id in _OF_THINGS and _is_of_things(trigger, slots, mentions):
        return None
    if frame.id == "strike" and trigger.is_verb and (penalties := _penalties(slots)):
        return predicates().frames["sanction"] if penalties & _SANCTIONS else None
    if frame.id not in _FIGURES:
        return frame
    if frame.id == "fire" and trigger.is_verb and _is_dismissal(trigger.token, slots, mentions):
        return None
    if _is_figure(trigger, slots):
        return None
    return predicates().frames["condemn"] if _is_in_words(trigger, slots, mentions) else frame


def _penalties(slots: Slots) -> set[str]:
    """Return the measures that somebody is hit with ("hit thirteen officials with sanctions")."""
    behind = [
        noun
        for one in slots.get("object", ())
        for child in one.rights
        if child.dep_ == "prep" and child.lower_ == "with"
        for noun in child.rights
    ]
    return {noun.lemma_.lower() for noun in (*slots.get("with", ()), *behind)} & _PENALTIES


def _called(verb: Any, slots: Slots, mentions: Mentions) -> Frame | None:
    """Return what a call is: to somebody by phone, upon or for something, or of a name ("called it a success")."""
    objects = slots.get("object", [])
    is_on = slots.get("on") and not any(c.dep_ == "dobj" for c in verb.rights)  # "called on France", taken for passive
    if (
        slots.get("for")
        or is_on
        or not objects
        or any(c.dep_ in ("xcomp", "ccomp", "oprd", "advcl") for c in verb.rights)
    ):
        return predicates().frames["appeal"]
    is_heard = all(mentions.describe(t).kind is MentionKind.PERSON or t.lemma_ == "counterpart" for t in objects)
    return predicates().frames["call"] if is_heard else None


def _is_of_captives(noun: Any, slots: Slots) -> bool:
    """Whether an exchange is one of people or bodies ("a prisoner swap", "an exchange of 800 prisoners")."""
    named = [c for c in noun.lefts if c.dep_ in ("compound", "nmod", "amod")]
    found = (*slots.get("of", ()), *named, *(g for c in named for g in c.lefts))
    return any(t.lemma_.lower() in _CAPTIVES for t in found)


def _arriving(trigger: Trigger, slots: Slots) -> Frame | None:
    """Return what moves or arrives: help ("an aid convoy reached the town", "trucks carrying food"), else forces."""
    moved = [t for key in ("subject", "object") for t in slots.get(key, ())]
    if trigger.token.lemma_ in _ENTERING and any(_carries_aid(t) for t in slots.get("subject", ())):
        return predicates().frames["aid_arrives"]
    return None if trigger.frame.needs_aid or any(_carries_aid(t) for t in moved) else trigger.frame


def _carries_aid(noun: Any) -> bool:
    if noun.lemma_.lower() in _HELP:
        return True
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "nmod") and child.lemma_.lower() in _HELP:
            return True
        loaded = child.rights if child.lower_ in ("of", "with") or child.lemma_ in ("carry", "load", "bring") else ()
        if any(_carries_aid(c) for c in loaded if c.dep_ in ("pobj", "dobj")):
            return True
        if any(_carries_aid(g) for c in loaded if c.lower_ == "with" for g in c.rights if g.dep_ == "pobj"):
            return True
    return False


def _raised(trigger: Trigger, slots: Slots, mentions: Mentions) -> Frame | None:
    """Return what a mobilisation is: of an army, where it is named so or a state orders it, else of demonstrators.

    What a protest is against is the one that stands after "against".
    """
    token = trigger.token
    if token.dep_ == "pobj" and token.head.lower_ in ("against", "over"):
        return None
    is_named = any(c.lemma_.lower() in _OF_ARMIES for c in token.lefts if c.dep_ in ("amod", "compound"))
    soldiers = [t for key in ("of", "compound") for t in slots.get(key, ())]
    is_of_forces = any(t.lemma_.lower() in FORCE_HEADS | _DRAFTED for t in soldiers)
    is_ordered = trigger.light is not None and any(
        mentions.describe(t).kind in (MentionKind.STATE, MentionKind.BODY, MentionKind.PERSON)
        for t in slots.get("subject", ())
    )
    return predicates().frames["deploy" if is_named or is_of_forces or is_ordered else "protest"]


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
