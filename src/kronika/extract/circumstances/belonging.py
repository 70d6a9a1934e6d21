"""Belonging: place names that only say whose or which something is, or where somebody speaks: no venues."""

from __future__ import annotations

from typing import Any

from kronika.codebook.things import things
from kronika.extract.circumstances.venues import CAUSES
from kronika.extract.grammar.nearness import teller_at
from kronika.extract.reading import Located, Reading
from kronika.records import MentionKind, PlacePrecision

#: Parts of a country that it may be named beside ("Mali's north").
_PARTS = frozenset(
    (
        *("north", "south", "east", "west", "centre", "center", "interior", "coast", "soil", "border", "airspace"),
        *("northeast", "northwest", "southeast", "southwest", "waters", "mainland", "highlands", "frontier"),
    )
)
#: Behind these stands whom one is with.
_ASIDE = frozenset(("with", "by", "like", "than", "including"))
_OWNERS = frozenset((MentionKind.PERSON, MentionKind.BODY, MentionKind.FORCES, MentionKind.SOURCE, MentionKind.MEDIA))
#: Whose home a place is, is not where it happened to them ("killed a teacher, a native of Montepuez").
_ORIGINS = frozenset(("native", "citizen", "national", "born", "hail", "originate", "ally"))
#: What happens in a country that is its subject; of other verbs it is the state that acts.
_UNDERGOING = frozenset(("see", "suffer", "witness", "experience", "record", "face", "endure", "be", "have"))


def qualifies(located: Located, reading: Reading) -> bool:
    """Whether a place name only says whose or which something is: "US warships", "Arakan Army", "bordering Mali"."""
    token = reading.doc[located.end - 1]
    if token.dep_ == "dobj" and token.head.lemma_ in ("border", "neighbour", "neighbor", "adjoin"):
        return True
    if token.dep_ == "pobj" and token.head.lower_ in ("of", "from") and token.head.head.lemma_ in _ORIGINS:
        return True
    if token.dep_ == "pobj" and token.head.lower_ == "with" and token.head.head.lemma_ in ("border", "frontier"):
        return True
    is_owner = token.dep_ == "pobj" and token.head.lower_ == "of" and located.place.precision is PlacePrecision.COUNTRY
    if is_owner and reading.mentions.describe(token.head.head).kind in _OWNERS:
        return True  # "the army of Mali", as "Mali's army"
    if token.dep_ == "pobj" and (token.head.lower_ in _ASIDE or _is_cause(token.head)):
        return True  # "with France", "in support of Gaza"
    if token.dep_ == "nsubj" and located.place.precision is PlacePrecision.COUNTRY:
        return token.head.pos_ == "VERB" and token.head.lemma_ not in _UNDERGOING  # "Russia attacks power stations"
    if token.dep_ not in ("compound", "nmod", "amod", "poss") or token.head.pos_ not in ("NOUN", "PROPN"):
        return False
    kind = reading.mentions.describe(token.head).kind
    if token.dep_ == "poss" and _holds_another(token.head, reading):
        return True  # "Gaza's southern city of Rafah"
    if located.place.precision is PlacePrecision.COUNTRY:
        return kind is not MentionKind.PLACE and token.head.lower_ not in _PARTS
    return kind is MentionKind.FORCES and token.head.pos_ == "PROPN"


def _is_cause(preposition: Any) -> bool:
    """Whether what follows is the cause of a deed: "in support of", "in solidarity with"; "air defences in" is not."""
    return preposition.lower_ in ("of", "with") and preposition.head.lemma_ in CAUSES


def _holds_another(noun: Any, reading: Reading) -> bool:
    """Whether "the city of …" or a place itself stands behind an owner: that place is meant, not its owner."""
    below = {word.i for word in noun.subtree if word.i >= noun.i}
    is_level = MentionKind.PLACE in things().heads.get(noun.lemma_.lower(), ()) or noun.pos_ == "PROPN"
    return is_level and any(at.place.id and at.end - 1 in below for at in reading.places)


def is_whereabouts(token: Any, reading: Reading) -> bool:
    """Whether a place only says where a speaker is: "the General Staff in Kyiv said", "an official in Kyiv called it".

    "The governor of Bryansk region said" is another matter: an office speaks of its own region.
    """
    owner = teller_at(token)
    if owner is None:
        return False
    named = owner.head if owner.dep_ == "appos" else owner
    return any(reading.mentions.describe(one).kind in _OWNERS for one in (owner, named))
