"""Mere mentions: talks, sanctions, help or a truce that a sentence only names on the way to something else."""

from __future__ import annotations

from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import Draft
from kronika.extract.screening.headings import in_heading
from kronika.records import Status

#: Deeds whose nouns also name a matter or a state of things ("the peace talks", "under sanctions").
_NAMED = frozenset(("consult", "call", "mediate", "sanction", "break_off", "aid", "ceasefire", "cooperate"))
#: Of these a state of things is told as a subject too ("the sanctions hurt"), so that only a day makes them a deed.
_STATES = frozenset(("sanction", "break_off", "aid"))
#: Behind these a noun tells what happened ("after talks with the envoy").
_WHEN = frozenset(("after", "following", "during", "at", "before", "since"))
#: Behind these a noun is what something else goes on beside.
_AROUND = frozenset(("amid", "amidst", "about", "despite", "regarding", "concerning"))
#: What is done to talks or a truce when they come about, go on or fail.
_HANDLING = frozenset(
    (
        *("broker", "extend", "agree", "reach", "sign", "secure", "implement", "observe", "declare", "violate"),
        *("attend", "join", "leave", "chair", "mediate", "host", "suspend", "resume", "restart", "conclude"),
        *("end", "break"),
    )
)
_SUBJECTS = ("nsubj", "nsubjpass")


def is_mere_mention(draft: Draft) -> bool:
    """Whether a draft is only named: no verb carries it, and its sentence says neither when nor where nor who.

    Two of day, place and parties make a deed of it; so does what is said of it ("the talks failed", "broke the truce").
    """
    if any(t.is_verb or t.frame.id not in _NAMED for t in draft.triggers):
        return False
    if any(_is_told(trigger) for trigger in draft.triggers):
        return False
    if all(_is_setting(trigger.token) for trigger in draft.triggers):
        return True
    if draft.verdict.status is Status.PLANNED and draft.roles.get("actor"):
        return False
    return len([True for known in _known(draft) if known]) < 2


def _is_told(trigger: Trigger) -> bool:
    """Whether a verb carries the noun, or tells what became of it."""
    token = trigger.token
    if trigger.light is not None or in_heading(token):
        return True
    if trigger.frame.id in _STATES:
        return False
    if any(c.dep_ in ("relcl", "acl") and c.lemma_ in predicates().happening for c in token.rights):
        return True
    while token.dep_ == "conj":
        token = token.head
    return token.dep_ in _SUBJECTS or (token.dep_ == "dobj" and token.head.lemma_ in _HANDLING)


def _known(draft: Draft) -> list[bool]:
    """Return which of day, place and parties the text gives; talks that something came after took place."""
    roles = draft.roles
    is_dated = draft.time is not None and bool(draft.time.start or draft.time.end)
    sides = [bool(roles.get("actor")), any(roles.get(role) for role in ("recipient", "target", "victim"))]
    if draft.trigger.frame.id in ("sanction", "break_off"):
        return [is_dated, any(sides)]
    if draft.trigger.frame.id == "aid":
        return [is_dated, bool(draft.places), *sides]
    parties = [token for role in ("actor", "recipient") for token in roles.get(role, ())]
    return [is_dated, bool(draft.places), any(sides), len(parties) > 1 or _is_when(draft.token)]


def _is_setting(noun: Any) -> bool:
    """Whether a noun, or the phase or process that it is of, is only what something else goes on amid."""
    while noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    return noun.dep_ == "pobj" and noun.head.lower_ in _AROUND


def _is_when(noun: Any) -> bool:
    while noun.dep_ == "conj":
        noun = noun.head
    return noun.dep_ == "pobj" and noun.head.lower_ in _WHEN
