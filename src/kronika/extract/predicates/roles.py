"""Roles: who did it and to whom it was done, from the slots around a trigger."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.annotate.times.lexicon import load_times
from kronika.annotate.weapons import WeaponMention
from kronika.codebook.predicates import predicates
from kronika.codebook.states import states
from kronika.codebook.things import things
from kronika.extract.grammar.companions import DOERS, included, listed_beside, other_states
from kronika.extract.grammar.heads import before_time, counted, names_nobody
from kronika.extract.grammar.subjects import expand, expand_names
from kronika.extract.predicates.arguments import Slots, beside, slots_of
from kronika.extract.predicates.arms import arms_of, sets_off
from kronika.extract.predicates.matters import IN_WORDS, OWNED, PEOPLE, add_matters, bordering
from kronika.extract.predicates.owning import owners_of
from kronika.extract.predicates.reattaching import reattach, reattach_words
from kronika.extract.predicates.triggers import Trigger
from kronika.records import MentionKind

Roles = dict[str, list[Any]]

#: What can act. A weapon that "acts" is the instrument; a facility acts only in words.
_THINGS = frozenset((MentionKind.WEAPON, MentionKind.PRODUCT, MentionKind.FACILITY, MentionKind.ASSET))
#: What an explosion is in, and not aimed at.
_VENUES = frozenset((MentionKind.PLACE, MentionKind.STATE))
_OWNERS = DOERS | {MentionKind.STATE, MentionKind.ORGANISATION}
_OWNABLE = OWNED | {MentionKind.FACILITY}
_MATERIAL = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST"))
#: Deeds in words, and help, that as nouns come from somebody.
_UTTERED = frozenset(("REQUEST", "THREATEN", "ACCUSE", "SUPPORT", "REJECT", "AID"))

_SOMEBODY = frozenset(("he", "she", "him", "her"))
#: Where somebody is hurt is no victim ("head injuries").
_LIMBS = frozenset(("head", "chest", "leg", "arm", "body", "brain", "face", "eye", "hand", "foot", "neck", "spine"))
_SIDES = frozenset(("actor", "target", "victim", "recipient", "alongside"))


def assign_roles(trigger: Trigger, mentions: Mentions, times: frozenset[int]) -> Roles:
    """Return role name to head tokens for one trigger; ``times`` are the tokens of time expressions.

    What can't play a role is left out: a date after "on", an abstract noun as a target, a weapon as a perpetrator
    (it becomes the instrument).
    """
    slots = slots_of(trigger)
    if not trigger.is_verb:
        slots["by"].extend(owners_of(trigger.token))
    slots["on"] = [token for token in slots.get("on", ()) if before_time(counted(token), times) is not None]
    roles: Roles = {}
    if trigger.is_verb:
        reattach_words(trigger, slots)
    if trigger.frame.type in IN_WORDS or "of_object" in trigger.frame.roles:
        add_matters(trigger, slots, mentions, times)
    if trigger.frame.type == "ASSAULT":
        for key, found in beside(trigger.token, slots).items():
            slots[key].extend(found)
    reattach(trigger, slots, mentions)
    for slot, tokens in slots.items():
        if not tokens:
            continue
        role = _role_of(slot, trigger, slots)
        for token in [before_time(counted(found), times) for found in tokens]:
            if token is None or token.i == trigger.token.i:
                continue
            if slot == "compound":
                _assign_compound(token, trigger, mentions, roles)
            elif slot == "poss" and _is_done_to(token, trigger, slots, mentions):
                _assign(token, "victim", trigger, mentions, roles)
            elif role is not None and not (role == "target" and slot == "in" and _is_venue(token, mentions)):
                _assign(token, role, trigger, mentions, roles)
    if trigger.frame.type == "MOBILIZE" and not roles.get("actor"):
        own = [t for t in roles.get("force", ()) if mentions.describe(t).kind is MentionKind.FORCES]
        roles["actor"] = [t for t in own if mentions.describe(t).country]  # who sends them is whose they are
    if trigger.frame.type in ("MOBILIZE", "PROTEST"):
        for token in bordering(slots, mentions):
            _put(roles, "recipient", token)
    takes_arms = "instrument" in trigger.frame.roles.values() and not trigger.frame.outcome
    if trigger.frame.type == "ASSAULT" and takes_arms and not roles.get("instrument"):
        for token in arms_of(trigger.token, mentions):
            _put(roles, "instrument", token)
    if roles.get("recipient"):
        doers = [mentions.describe(token).span for token in roles.get("actor", ())]
        roles["recipient"] = [t for t in roles["recipient"] if mentions.describe(t).antecedent not in doers]
    hit = {token.i for token in roles.get("target", ())}
    if hit and roles.get("instrument"):
        roles["instrument"] = [token for token in roles["instrument"] if token.i not in hit]
    return roles


def _is_venue(token: Any, mentions: Mentions) -> bool:
    return mentions.describe(token).kind in _VENUES


def _role_of(slot: str, trigger: Trigger, slots: Slots) -> str | None:
    frame = trigger.frame
    if slot == "sufferer":
        return "victim" if "victim" in frame.roles.values() else "target"
    if slot == "subject" and not trigger.is_verb:
        return "actor" if "actor" in frame.roles.values() else None
    if slot == "from" and (trigger.is_suffered or (not trigger.is_verb and frame.type in _UTTERED)):
        return "actor"  # "threats from the junta"
    if slot == "of" and trigger.is_verb and frame.roles.get("subject") == "victim":
        return None  # "died of their wounds"
    if slot == "at" and frame.type in IN_WORDS and _names_party(trigger, slots):
        return None  # "sued Germany at the world court": where
    is_beside = trigger.is_verb and slot in ("on", "at", "into", "upon") and slots.get("object")
    if is_beside and frame.roles.get("object") in ("target", "victim"):
        return None  # "attacked a convoy on the road": where, not what
    if (
        slot == "of"
        and not trigger.is_verb
        and frame.roles.get("of") == "target"
        and (slots.get("on") or slots.get("against"))
    ):
        return "actor"
    return frame.roles.get(slot)


def _is_done_to(owner: Any, trigger: Trigger, slots: Slots, mentions: Mentions) -> bool:
    """Whether the possessor of a deed suffered it ("the mayor's arrest"); with "of" he did it ("X's killing of Y").

    Powers do it themselves ("the army's arrests"), and so does who does it over and over ("the gang's killings").
    """
    is_harm = trigger.frame.roles.get("of") == "victim" == trigger.frame.roles.get("object")
    if not is_harm or trigger.token.tag_ == "NNS" or slots.get("of"):
        return False
    return mentions.describe(owner).kind in (MentionKind.PERSON, MentionKind.GROUP, MentionKind.UNKNOWN)


def _names_party(trigger: Trigger, slots: Slots) -> bool:
    """Whether somebody is named, by more than the words of the trigger's idiom, whom a deed in words is aimed at."""
    return any(t.i not in trigger.idiom for key in ("object", "against") for t in slots.get(key, ()))


def _put(roles: Roles, role: str, token: Any) -> None:
    held = roles.setdefault(role, [])
    if all(token.i != other.i for other in held):
        held.append(token)


def _assign(token: Any, role: str, trigger: Trigger, mentions: Mentions, roles: Roles) -> None:
    mention = mentions.describe(token)
    kind = mention.kind
    if token.pos_ == "NUM":
        return  # "killing two of them" counts, and names nobody
    is_hurt = role == "victim" and token.lower_ in _SOMEBODY  # "he died": one person, whoever it was
    if names_nobody(token, mention) and not is_hurt:
        return
    if kind is MentionKind.WEAPON and role in ("actor", "target", "victim"):
        is_hit = role == "target" and trigger.frame.roles.get("object") == "target" and token.dep_ != "nsubj"
        is_hit = is_hit and not _consists_of(trigger, token)
        if role != "actor" or not trigger.frame.outcome:  # what shoots down is not what was shot down
            _put(roles, "target" if is_hit else "instrument", token)
        if role == "actor":
            _assign_owner(token, trigger, mentions, roles)
        return
    if token.lemma_.lower() in predicates().charges and (role == "actor" or trigger.frame.id == "explode"):
        _put(roles, "instrument", token)  # "a device exploded, killing three"
        return
    if role == "instrument" and kind is not MentionKind.WEAPON:
        if sets_off(token, trigger, mentions):
            _put(roles, "actor", token)
            _arm(token, mentions, roles)
        elif kind in PEOPLE or kind is MentionKind.FACILITY:
            _put(roles, "target" if trigger.frame.roles.get("at") == "target" else "alongside", token)
        return
    if kind is MentionKind.FACILITY and role == "victim" and trigger.frame.id in ("die", "wound", "kill"):
        return  # "the hospital received nine dead"
    is_town = kind is MentionKind.PLACE and states().capitals.get(token.text.lower()) is None
    if is_town and role == "actor" and trigger.is_verb and trigger.frame.type == "ASSAULT":
        return
    if role == "target" and kind in PEOPLE and trigger.frame.roles.get("object") == "victim":
        role = "victim"
    if role in _SIDES and _is_abstract(token, kind):
        if role == "actor":
            _assign_owner(token, trigger, mentions, roles)
        return
    if role == "recipient" and kind is MentionKind.WEAPON:
        if trigger.frame.type == "SANCTION":
            _assign_owner(token, trigger, mentions, roles, "recipient")  # "closed its airspace to Turkish aircraft"
        return  # what is given, not to whom
    is_worded = trigger.frame.type in IN_WORDS or "of_object" in trigger.frame.roles
    if role == "recipient" and kind in OWNED and token.pos_ == "NOUN" and is_worded:
        return
    if role == "actor" and kind in _THINGS and trigger.frame.type in _MATERIAL:
        _assign_owner(token, trigger, mentions, roles)
        return
    if role == "actor" and trigger.frame.type == "ASSAULT" and _is_area(token, kind):
        for beside_it in token.rights:  # "in a village of the district, soldiers burned …": the district does nothing
            if beside_it.dep_ in ("appos", "conj", "dep") and mentions.describe(beside_it).kind in PEOPLE:
                _put(roles, role, beside_it)
        return
    _put_all(token, role, trigger, mentions, roles)


def _consists_of(trigger: Trigger, weapon: Any) -> bool:
    """Whether an attack is told as what it came with ("a barrage of drones and missiles")."""
    while weapon.dep_ == "conj":
        weapon = weapon.head
    is_behind = weapon.dep_ == "pobj" and weapon.head.lower_ == "of" and weapon.head.head.i == trigger.token.i
    return is_behind and not trigger.is_verb and trigger.frame.id == "strike"


def _put_all(token: Any, role: str, trigger: Trigger, mentions: Mentions, roles: Roles) -> None:
    """Put a participant in its role, with those that the text names beside it."""
    _put(roles, role, token)
    if trigger.frame.type in ("COERCE", "ASSAULT") and role == "target" and trigger.frame.id != "overrun":
        for owner in _owners(token, mentions):
            _put(roles, role, owner)
    if role == "actor" and trigger.frame.type == "ASSAULT":
        _arm(token, mentions, roles)
        for listed in listed_beside(token, mentions):
            _put(roles, role, listed)
    for named in (*included(token), *other_states(token, mentions.describe(token))):
        _put(roles, role, named)


def _owners(thing: Any, mentions: Mentions) -> list[Any]:
    """Return whose a thing is that is taken or hit ("hacked into the computers of a bank", "the homes of refugees")."""
    if mentions.describe(thing).kind not in _OWNABLE:
        return []
    after = (g for c in thing.rights if c.lower_ in ("of", "for") for g in c.rights if g.dep_ == "pobj")
    return [
        t for g in after for t in expand(g) if mentions.describe(t).kind in _OWNERS and not _holds(thing, t, mentions)
    ]


def _holds(thing: Any, owner: Any, mentions: Mentions) -> bool:
    """Whether the name of a site takes in who holds it ("positions of the 5th brigade")."""
    return mentions.describe(thing).span.end >= owner.idx + len(owner)


def _arm(token: Any, mentions: Mentions, roles: Roles) -> None:
    """Take the weapon an attacker is, or is named after, as the instrument ("a suicide bomber", "drone units")."""
    if mentions.weapon_at(token) is not None:
        _put(roles, "instrument", token)
    for child in token.lefts:
        if child.dep_ == "compound" and mentions.weapon_at(child) is not None:
            _put(roles, "instrument", child)


def _is_area(token: Any, kind: MentionKind) -> bool:
    """Whether a word names a town or district as such, which is where others act."""
    return kind is MentionKind.PLACE and token.lemma_.lower() in things().heads


def _assign_owner(token: Any, trigger: Trigger, mentions: Mentions, roles: Roles, role: str = "actor") -> None:
    """Read who is behind a campaign or operation that "acts" ("Ukraine's drone campaign has targeted …")."""
    weapon = mentions.weapon_at(token)
    for child in _before(token, weapon):
        if mentions.weapon_at(child) is not None:
            _put(roles, "instrument", child)
        elif (child.dep_ == "poss" and child.lower_ not in load_times().weekdays) or _is_side(child, mentions):
            for owner in expand_names(child):
                _assign(owner, role, trigger, mentions, roles)
    if role != "actor":
        return
    if weapon is not None:  # "a drone of the coast guard"
        owners = [g for c in token.rights if c.lower_ == "of" for g in c.rights if g.dep_ == "pobj"]
        for owner in owners:
            if mentions.describe(owner).kind in _OWNERS:
                _put(roles, "actor", owner)
    for clause in token.rights:  # "a drone operated by", "belonging to"
        if clause.dep_ == "acl" and clause.lemma_ in predicates().using:
            users = [g for c in clause.rights if c.lower_ in ("by", "to") for g in c.rights if g.dep_ == "pobj"]
            for user in users:
                _put(roles, "actor", user)


def _before(token: Any, weapon: WeaponMention | None) -> list[Any]:
    """Return what stands before a thing, of a weapon before all its words ("junta fighter jets" are no fighter's)."""
    if weapon is None:
        return list(token.lefts)
    words = token.doc[weapon.first_token : token.i + 1]
    return [child for word in words for child in word.lefts if child.i < weapon.first_token]


def _is_side(modifier: Any, mentions: Mentions) -> bool:
    """Whether a word before a noun names whose it is: a demonym, or forces ("Turkish army helicopters")."""
    if modifier.text[0].isupper() and states().country_of(modifier.text) is not None:
        return True
    return modifier.dep_ == "compound" and mentions.describe(modifier).kind in (MentionKind.FORCES, MentionKind.BODY)


def _is_abstract(token: Any, kind: MentionKind) -> bool:
    """Whether a common noun names no participant: an abstract noun, or another happening."""
    if kind is not MentionKind.UNKNOWN or token.pos_ in ("PROPN", "PRON"):
        return False
    if token.tag_ == "VBG":
        return True  # "shelling killed nine people"
    lemma = token.lemma_.lower()
    if lemma in predicates().abstract:
        return True
    entries = predicates().nouns.get(lemma, ())
    kinds = {frame.type for _, frame in entries}
    return bool(kinds) and ("PROTEST" not in kinds or "ASSAULT" in kinds)  # a rally can be attacked


def _assign_compound(token: Any, trigger: Trigger, mentions: Mentions, roles: Roles) -> None:
    """Read what stands before an event noun: "drone attack", "rebel attack", "Russian shelling", "school bombing"."""
    if mentions.weapon_at(token) is not None:
        _put(roles, "instrument", token)
        return
    if token.text[0].isupper() and states().country_of(token.text) is not None:
        _put(roles, trigger.frame.roles.get("poss", "actor"), token)
        return
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return
    kind = mentions.describe(token).kind
    if token.lemma_.lower() in _LIMBS | {"terrorist", "terror", "car", "truck", "roadside"}:
        return  # what kind of attack or injury it is called, not by whom
    if token.pos_ == "ADJ" and kind is MentionKind.GROUP and token.lower_ != "civilian":
        return  # "minor injuries", "individual attacks"
    if kind in (MentionKind.FORCES, MentionKind.BODY, MentionKind.ORGANISATION):
        if token.lower_ != "military" or trigger.frame.type != "AID":  # "military aid" says what it is for
            _put(roles, "actor", token)
    elif kind in (MentionKind.FACILITY, MentionKind.GROUP) and trigger.frame.id != "swap":
        _put(roles, "victim" if "victim" in trigger.frame.roles.values() else "target", token)
