"""Sites: which facility the document puts in or near which place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.codebook.relations import RelationWords, relation_words
from kronika.codebook.things import things
from kronika.extract.reading import Located, Reading
from kronika.extract.threads.standing import Subjects
from kronika.records import Mention, MentionKind, PlacePrecision

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
        if thing is None or thing.i == token.i:
            continue
        place = Mention(at.place.span, MentionKind.PLACE, token.text, at.place.name or at.place.surface, at.place.id)
        yield thing, predicate, place, token


def _is_level(token: Any) -> bool:
    return MentionKind.PLACE in things().heads.get(token.lemma_.lower(), ())


def _standing(token: Any, at: Located, reading: Reading, words: RelationWords) -> tuple[Any | None, str]:
    """Return what stands at a place, and how: the noun before the preposition, or the subject of "is located"."""
    if token.dep_ == "poss" and at.place.precision is not PlacePrecision.COUNTRY:
        site, doc = token.head, reading.doc
        is_named = any(doc[i].pos_ == "PROPN" for i in range(token.i + 1, site.i))
        return (site if is_named and _is_site_name(site, reading) else None), "located in"
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
        return (governor if _is_site_name(governor, reading) else None), predicate
    if governor.lemma_ not in words.lists["stands"] or (governor.pos_ == "VERB" and is_unreal(governor)):
        return None, ""
    subjects = Subjects(reading)
    thing = subjects.passive_subject(governor) or subjects.of(governor)
    return (thing if thing is not None and subjects.is_site(thing) else None), predicate


def _is_site_name(token: Any, reading: Reading) -> bool:
    """Whether a noun names or describes one facility: not plants in general, not a bare "building"."""
    mention = reading.mentions.describe(token)
    if mention.kind is not MentionKind.FACILITY or token.lemma_.lower() in relation_words().lists["passing"]:
        return False
    opens = token.sent[0].text  # capital by its position only
    is_named = any(word[:1].isupper() and word != opens for word in mention.name.split())
    return is_named or (token.tag_ == "NN" and " " in mention.name)


def is_unreal(verb: Any) -> bool:
    """Whether a verb is negated, wished for or still to come ("plans to build"): then the relation does not stand."""
    children = list(verb.children)
    if any(child.dep_ == "neg" or child.lower_ in _UNREAL or child.lower_ == "longer" for child in children):
        return True
    if any(child.dep_ == "aux" and child.lower_ == "to" for child in children):
        return verb.head.lemma_ != "continue"
    has_own = any(child.dep_ in ("aux", "auxpass", "nsubj") for child in children)
    return verb.dep_ == "conj" and verb.head.pos_ == "VERB" and not has_own and is_unreal(verb.head)
