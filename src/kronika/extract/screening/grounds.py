"""Grounds: what a trigger needs beside it to tell a deed: whom it happens to, who does it, what for."""

from __future__ import annotations

from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.grammar.forces import FORCE_HEADS
from kronika.extract.grammar.references import DEBRIS
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import Draft, Reading
from kronika.extract.sides import side_words
from kronika.records import MentionKind

#: Of what is only carried somewhere, forces that can fight are a movement, the wounded and the captured are none.
_CARRYING = frozenset(("take", "bring", "fly", "ship", "ferry", "airlift", "transport"))
_UNFIT = frozenset(
    (
        *("wounded", "injured", "dead", "fallen", "captured", "captive", "freed", "released", "sick", "arrested"),
        *("detained", "surrendered", "kidnapped", "abducted", "killed"),
    )
)
_ENVOYS = frozenset(
    (
        *("delegation", "mission", "team", "leader", "official", "mediator", "negotiator", "inspector", "chief"),
        *("head", "director", "counterpart", "politician"),
    )
)
#: What sets on fire where it falls, and not where it was laid.
_FALLING = DEBRIS | {"drone", "missile", "rocket"}
#: What comes down only where it was fired: an aircraft lands, and a drone may have been brought down.
_FIRED = frozenset(
    (
        *("shell", "rocket", "missile", "bomb", "mortar", "round", "projectile", "munition", "grenade", "artillery"),
        *("barrage", "ordnance"),
    )
)
_STRETCHES = frozenset(("day", "week", "month"))
_SPEAKING = frozenset((MentionKind.PERSON, MentionKind.STATE, MentionKind.BODY))
_QUESTIONED = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES))


def is_grounded(draft: Draft) -> bool:
    """Whether a trigger has what its frame can't do without: somebody or something it happens to or is done by."""
    frame, roles = draft.trigger.frame, draft.roles
    if frame.type == "ASSAULT" and any(t.lemma_.lower() in predicates().natural for t in roles.get("actor", ())):
        return False
    if frame.id in ("die", "hurt", "kill", "wound") and _is_natural(draft.trigger):
        return False
    if frame.needs_victim and not roles.get("victim"):
        return False
    if frame.needs_purpose:
        is_of_things = any(c.dep_ == "nsubj" and c.pos_ == "NUM" for c in draft.token.children)
        return not is_of_things and (
            _has_purpose(draft) or _is_sealed_off(draft)
        )  # "one of the trucks blocked the gate"
    if frame.needs_weapon:
        return bool(roles.get("instrument"))
    if frame.id == "kindle" and roles.get("instrument"):
        return any(token.lemma_.lower() in _FALLING for token in roles["instrument"])
    if frame.id == "land":
        return any(token.lemma_.lower() in _FIRED for token in roles.get("instrument", ()))
    if frame.needs_blow:
        return bool(roles.get("instrument")) or _is_done_by_blow(draft)
    if frame.needs_force:
        return _moves_forces(draft)
    if frame.id == "fire" and any(c.dep_ == "dobj" and c.lemma_ in _STRETCHES for c in draft.token.rights):
        return False  # "launched ten days of games"
    if frame.id == "fire":
        return bool(roles.get("instrument") or roles.get("target") or roles.get("victim")) and bool(
            draft.trigger.is_verb or roles.get("actor") or roles.get("target")
        )
    if frame.id == "explode":
        return draft.trigger.is_verb is False or bool(roles.get("instrument") or roles.get("actor"))
    if frame.id == "help":
        return bool(roles.get("recipient"))
    if draft.trigger.is_verb and frame.id in ("strike", "shoot", "overrun", "destroy", "deploy", "aid", "release"):
        is_counted = frame.id == "release" and any(c.pos_ == "NUM" for c in draft.token.lefts)  # "350 were released"
        return is_counted or any(roles.get(role) for role in ("target", "victim", "force", "asset"))
    return True


def _is_done_by_blow(draft: Draft) -> bool:
    """Whether an attack is what does it ("an air strike slammed into a house").

    What a blast brought about is told of the attack that it was heard of ("The blast caused damage to a shop").
    """
    subjects = [child for child in draft.token.lefts if child.dep_ == "nsubj"]
    frames = [frame for t in subjects for _, frame in predicates().nouns.get(t.lemma_.lower(), ())]
    is_blast = draft.trigger.frame.id == "kindle" and any(frame.id == "explode" for frame in frames)
    return not is_blast and any(frame.type == "ASSAULT" for frame in frames)


def is_force(token: Any) -> bool:
    """Whether a noun names soldiers, units or what carries them."""
    is_of_force = any(c.dep_ == "compound" and c.lower_ in FORCE_HEADS for c in token.lefts)
    return token.lemma_.lower() in FORCE_HEADS or (is_of_force and token.tag_ == "NNS")  # "police officers"


def _moves_forces(draft: Draft) -> bool:
    """Whether it is forces that move, and fit ones ("wounded soldiers were taken to a clinic" is no deployment)."""
    moved = [*draft.roles.get("force", ()), *draft.roles.get("actor", ())]
    if draft.token.lemma_ in _CARRYING:
        carried = draft.roles.get("force", ())
        moved = [t for t in carried if not any(c.lemma_.lower() in _UNFIT or c.lower_ in _UNFIT for c in t.lefts)]
        is_named = any(word.pos_ == "PROPN" for t in draft.roles.get("destination", ()) for word in t.subtree)
        moved = moved if is_named else []
    return any(is_force(token) for token in moved)


def _is_sealed_off(draft: Draft) -> bool:
    """Whether people without arms block something, whatever for ("farmers blocked the crossing")."""
    people = frozenset(side_words()["crowd"])
    return draft.token.lemma_ in ("block", "obstruct") and any(
        not people.isdisjoint((t.lemma_.lower(), t.lower_)) for t in draft.roles.get("actor", ())
    )


def has_parties(draft: Draft, reading: Reading) -> bool:
    """Whether who travels is somebody who speaks for others, and who is questioned is a person."""
    frame, roles, describe = draft.trigger.frame, draft.roles, reading.mentions.describe
    if frame.needs_party:
        envoys = (t.lemma_.lower() in _ENVOYS or describe(t).kind in _SPEAKING for t in roles.get("actor", ()))
        return any(envoys)
    if frame.id == "depart":
        return any(describe(t).kind in (MentionKind.PLACE, MentionKind.STATE) for t in roles.get("origin", ()))
    return not frame.needs_person or any(describe(t).kind in _QUESTIONED for t in roles.get("recipient", ()))


def _is_natural(harm: Trigger) -> bool:
    """Whether a disease, a disaster or an accident did the harm ("died of cholera", "were killed in a landslide")."""
    words = predicates().natural
    for word in (harm.token, harm.light):
        for preposition in word.rights if word is not None else ():
            objects = [c for c in preposition.rights if c.dep_ == "pobj"]
            if preposition.lower_ in ("in", "by", "from") and any(c.lemma_.lower() in words for c in objects):
                return True
            is_of_death = harm.frame.id == "die" and preposition.lower_ in ("of", "from")
            if is_of_death and any(t.lemma_.lower() in words for t in preposition.subtree):
                return True
    return False


def _has_purpose(draft: Draft) -> bool:
    """Whether the sentence says what people gathered for ("gathered to demand …", "with banners")."""
    words = predicates().purposes
    sentence = draft.token.sent
    doc = sentence.doc
    end = doc[sentence.end].sent.end if sentence.end < len(doc) else sentence.end
    return any(t.lemma_.lower() in words and t.i != draft.token.i for t in doc[sentence.start : end])
