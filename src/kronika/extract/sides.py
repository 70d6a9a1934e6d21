"""Sides: what a participant is in a conflict, and the signs in a text that decide how a deed is coded."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from kronika.codebook.lists import read_list
from kronika.codebook.things import names_in
from kronika.extract.grammar.subjects import expand
from kronika.extract.reading import Draft, Reading
from kronika.records import Mention, MentionKind

#: Words for people who belong to what their phrase names.
_ADHERENTS = frozenset(("member", "cadre", "operative", "element", "affiliate"))
#: How many sentences after a deed its victims may be described.
_REACH = 3


@lru_cache(maxsize=1)
def side_words() -> dict[str, Any]:
    """Return the lists of ``sides.yaml``."""
    return read_list("sides.yaml")


@lru_cache(maxsize=1)
def _signs() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in side_words()["signs"].items()}


@lru_cache(maxsize=512)
def shows(sign: str, text: str) -> bool:
    """Whether a text shows a sign; the events of one sentence or short report ask the same of the same text."""
    return _signs()[sign].search(text.lower()) is not None


def side_of(mention: Mention) -> str:
    """Return what a participant is in a conflict: "state", "armed", "crowd", "civilian" or "unknown"."""
    return _side(mention.name, mention.head.lower(), mention.kind)


@lru_cache(maxsize=4096)
def _side(name: str, head: str, kind: MentionKind) -> str:
    table = side_words()
    words = {word.strip(",.()").lower() for word in (*name.split(), head)}
    stems = words | {word.rstrip("s") for word in words}
    if stems & _unarmed():
        return "civilian"
    if kind in (MentionKind.STATE, MentionKind.BODY):
        return "state"
    is_armed = bool(stems & _armed()) or _names_forces(name)
    if kind is MentionKind.FORCES or is_armed:
        return "armed" if is_armed else "state"
    if kind is MentionKind.FACILITY:
        return "armed" if stems & frozenset(table["military_sites"]) else "unknown"
    if kind is MentionKind.GROUP and head.rstrip("s") in _ADHERENTS and stems & frozenset(table["armed_of"]):
        return "armed"
    if head in _crowd() or head.rstrip("s") in _crowd():
        return "crowd"
    return "civilian" if kind in (MentionKind.GROUP, MentionKind.PERSON) else "unknown"


def _names_forces(name: str) -> bool:
    """Whether a known armed group or force is part of a name ("MS-13 members", "a MINUSMA vehicle")."""
    return any(known.kind is MentionKind.FORCES for known in names_in(name))


@lru_cache(maxsize=1)
def _armed() -> frozenset[str]:
    return frozenset(side_words()["armed"])


@lru_cache(maxsize=1)
def _crowd() -> frozenset[str]:
    return frozenset(side_words()["crowd"])


@lru_cache(maxsize=1)
def _unarmed() -> frozenset[str]:
    return frozenset(side_words()["unarmed"])


def sides_of(hit: list[Mention]) -> set[str]:
    """Return the sides of those hit; who is called off duty once is so throughout."""
    unarmed = {m.head.lower().rstrip("s") for m in hit if set(m.name.lower().split()) & _unarmed()}
    return {"civilian" if m.head.lower().rstrip("s") in unarmed else side_of(m) for m in hit}


def is_communal(mention: Mention) -> bool:
    """Whether somebody is named by kin or as herders, who are armed identity groups where they fight each other."""
    return bool({word.lower() for word in (*mention.name.split(), mention.head)} & frozenset(side_words()["communal"]))


def identities(draft: Draft, reading: Reading) -> set[str]:
    """Return the sides that the text puts those hit on afterwards ("The victim was a member of a rival gang")."""
    found: set[str] = set()
    if "victim" not in reading.document.text:
        return found
    doc, last = reading.doc, draft.triggers[-1].token
    for token in doc[draft.token.i :]:
        if reading.sentences_between(last, token) > _REACH:
            break
        if token.lemma_.lower() != "victim":
            continue
        subject = token.head.head if token.dep_ == "pobj" and token.head.head.lower_ == "one" else token
        if subject.dep_ in ("nsubj", "nsubjpass"):
            found |= {side_of(reading.mentions.describe(t)) for t in _said_to_be(subject.head)}
    return found & {"state", "armed"}


def _said_to_be(verb: Any) -> list[Any]:
    """Return what a verb says its subject is ("was a policeman", "was identified as a gang member")."""
    found = []
    for child in verb.rights:
        if child.dep_ == "attr" and verb.lemma_ == "be":
            found.extend(expand(child))
        elif child.dep_ == "prep" and child.lower_ == "as":
            found.extend(t for thing in child.rights if thing.dep_ == "pobj" for t in expand(thing))
    return found
