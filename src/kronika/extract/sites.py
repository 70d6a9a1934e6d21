"""Sites: which facility the document puts in or near which place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.codebook.relations import RelationWords, relation_words
from kronika.codebook.things import things
from kronika.extract.reading import Located, Reading
from kronika.extract.standing import Subjects
from kronika.records import Mention, MentionKind, PlacePrecision

_SITES = frozenset((MentionKind.FACILITY, MentionKind.ORGANISATION))
#: A relation that is wished for or to come does not stand.
_UNREAL = frozenset(("will", "would", "could", "may", "might", "should", "must"))


def located(reading: Reading) -> Iterator[tuple[Any, str, Mention, Any]]:
    """Yield (head of the site, predicate, place, token of the place): "X plant in Y", "X stands near Y", "Y's X plant".

    "Near" is not "in": it has a predicate of its own.
    """
    words = relation_words()
    for at in reading.places:
        if at.is_actor or at.place.id is None:
            continue
        token = reading.doc[at.end - 1]
        while token.dep_ in ("compound", "nmod") and token.head.i > token.i and _is_level(token.head):
            token = token.head
        for _ in range(2):  # "in the city of Y"
            if token.dep_ == "pobj" and token.head.lower_ == "of" and _is_level(token.head.head):
                token = token.head.head
        thing, predicate = _standing(token, at, reading, words)
        if thing is None or thing.i == token.i or not _is_site_name(thing, reading):
            continue
        place = Mention(at.place.span, MentionKind.PLACE, token.text, at.place.name or at.place.surface, at.place.id)
        yield thing, predicate, place, token


def _is_level(token: Any) -> bool:
    return MentionKind.PLACE in things().heads.get(token.lemma_.lower(), ())


def _standing(token: Any, at: Located, reading: Reading, words: RelationWords) -> tuple[Any | None, str]:
    """Return what stands at a place, and how: the noun before the preposition, or the subject of "is located"."""
    if token.dep_ == "poss" and at.place.precision is not PlacePrecision.COUNTRY:
        return token.head, "located in"
    while token.dep_ == "conj" and token.head.dep_ in ("conj", "pobj"):
        token = token.head
    if token.dep_ != "pobj":
        return None, ""
    preposition = token.head
    lower = preposition.lower_
    predicate = "located in" if lower in words.lists["in"] else "located near" if lower in words.lists["near"] else ""
    if not predicate:
        return None, ""
    governor = preposition.head
    if governor.pos_ in ("NOUN", "PROPN"):
        return governor, predicate
    if governor.lemma_ not in words.lists["stands"] or (governor.pos_ == "VERB" and is_unreal(governor)):
        return None, ""
    subjects = Subjects(reading)
    return subjects.passive_subject(governor) or subjects.of(governor), predicate


def _is_site_name(token: Any, reading: Reading) -> bool:
    """Whether a noun names or describes one facility: not plants in general, not a bare "building"."""
    mention = reading.mentions.describe(token)
    if mention.kind is not MentionKind.FACILITY and token.pos_ != "PROPN":
        return False
    if mention.kind not in _SITES and mention.kind is not MentionKind.UNKNOWN:
        return False
    is_named = any(word[:1].isupper() for word in mention.name.split())
    return is_named or (token.tag_ == "NN" and mention.kind is MentionKind.FACILITY and " " in mention.name)


def is_unreal(verb: Any) -> bool:
    """Whether a verb is negated, wished for or still to come: then the relation does not stand."""
    return any(
        child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in _UNREAL) or child.lower_ == "longer"
        for child in verb.children
    )
