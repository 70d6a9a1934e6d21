"""Testimony: what people say without a verb of speech ("residents counted nine blasts", "videos show a drone")."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kronika.annotate.sayings.reporting import Found, agent, cue_tokens, is_passive
from kronika.annotate.sayings.stretches import noun_phrase, trimmed
from kronika.codebook.attribution import Speech
from kronika.codebook.predicates import predicates
from kronika.codebook.things import things
from kronika.records import MentionKind, Stance

_PEOPLE = frozenset((MentionKind.GROUP, MentionKind.PERSON, MentionKind.SOURCE))
#: Part of people told of before.
_PART = frozenset(("some", "others", "several", "many", "most"))
_SHOWING = frozenset(("show", "depict", "capture"))
_MAKING = frozenset(("film", "take", "record", "shoot", "make"))
#: What is heard and seen of a deed, beside the deed's own nouns and weapons.
_SIGNS = frozenset(("explosion", "blast", "detonation", "fire", "blaze", "flame", "smoke", "gunfire", "shot", "debris"))


def read_testimony(token: Any, words: Speech) -> Iterator[Found]:
    """Read "X heard, saw or counted Y" and "videos filmed by X show Y": Y a deed, its weapon or a sign of it."""
    lemma = token.lemma_
    if lemma in words.perceiving and is_passive(token):
        witness = agent(token)
        thing = next((child for child in token.lefts if child.dep_ == "nsubjpass"), None)
        span = None if thing is None else trimmed(token.doc, thing.left_edge.i, thing.right_edge.i)
    elif lemma in words.perceiving or lemma in _SHOWING:
        subject = next((child for child in token.lefts if child.dep_ == "nsubj"), None)
        if subject is None or any(child.dep_ == "neg" for child in token.lefts):
            return
        is_footage = lemma in _SHOWING and subject.lemma_.lower() in words.footage
        witness = (_maker(subject) or subject) if is_footage else subject if lemma in words.perceiving else None
        thing = next((child for child in token.rights if child.dep_ == "dobj"), None)
        span = None if thing is None else trimmed(token.doc, thing.left_edge.i, _end(token))
        if is_footage and witness is subject and span is not None and _is_sign(thing):
            yield _found(token, witness, thing, span)
            return
    else:
        return
    if witness is not None and span is not None and _is_witness(witness) and _is_sign(thing):
        yield _found(token, witness, thing, span)


def _found(token: Any, witness: Any, thing: Any, span: tuple[int, int]) -> Found:
    source = noun_phrase(witness)
    return Found(cue_tokens(token), token.i, witness.i, source, (span,), Stance.SAYS, "witness", thing.i)


def _maker(footage: Any) -> Any | None:
    """Return who made a picture: "filmed by residents", "residents' videos"."""
    for child in footage.children:
        if child.dep_ == "acl" and child.lemma_ in _MAKING and child.tag_ == "VBN":
            return agent(child)
        if child.dep_ == "poss":
            return child
    return None


def _is_witness(noun: Any) -> bool:
    if noun.lower_ in _PART:
        return not any(noun.rights)
    kinds = things().heads.get(noun.lemma_.lower(), ()) if noun.pos_ == "NOUN" else ()
    return not _PEOPLE.isdisjoint(kinds[:1])


def _is_sign(thing: Any | None) -> bool:
    if thing is None:
        return False
    lemma = thing.lemma_.lower()
    return lemma in _signs() or thing.lower_ in things().weapons


@lru_cache(maxsize=1)
def _signs() -> frozenset[str]:
    """Return the nouns of attacks, and what is heard and seen of them."""
    nouns = predicates().nouns
    deeds = (lemma for lemma, forms in nouns.items() if any(f == (lemma,) and x.type == "ASSAULT" for f, x in forms))
    return _SIGNS | frozenset(deeds)


def _end(verb: Any) -> int:
    """Return the last token of what a verb says, without a second verb tied to it."""
    for child in verb.rights:
        if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            return int(child.left_edge.i) - 1
    return int(verb.right_edge.i)
