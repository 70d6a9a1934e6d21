"""Spots: the places a text points at without naming them again ("the city", "there"), and where it was filed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kronika.annotate.datelines import find_datelines
from kronika.codebook.things import things
from kronika.extract.grammar.nearness import teller_at
from kronika.extract.reading import Located
from kronika.records import Document, MentionKind, PlacePrecision, PlaceRef, Span
from kronika.records.quick import replace

_LEVELS = {
    **dict.fromkeys(("city", "town", "village", "settlement", "capital"), (PlacePrecision.SETTLEMENT,)),
    **dict.fromkeys(
        ("region", "oblast", "province", "peninsula", "governorate", "krai", "republic"),
        (PlacePrecision.ADMIN1, PlacePrecision.REGION),
    ),
    **dict.fromkeys(("district", "raion", "county"), (PlacePrecision.ADMIN2,)),
    "territory": (PlacePrecision.ADMIN1, PlacePrecision.REGION),
    **dict.fromkeys(("area", "there"), (PlacePrecision.SETTLEMENT, PlacePrecision.ADMIN2, PlacePrecision.ADMIN1)),
    "country": (PlacePrecision.COUNTRY,),
}
_DEFINITE = frozenset(("the", "this", "that"))
_POINTING = _DEFINITE | {"there"}
_SPEAKERS = frozenset((MentionKind.BODY, MentionKind.SOURCE, MentionKind.MEDIA, MentionKind.PERSON))


def mark_datelines(text: str, located: Sequence[Located], doc: Any) -> list[Located]:
    """Return the place names with those marked that only say where the article was filed."""
    spans = find_datelines(text)
    if not spans:
        return list(located)
    return [
        replace(one, is_dateline=True) if any(start <= doc[one.first].idx < end for start, end in spans) else one
        for one in located
    ]


def point_back(document: Document, doc: Any, located: Sequence[Located]) -> list[Located]:
    """Return a spot for each definite place word that leads back to a name before it, in the order of the text.

    The last name of the right level counts; a name in a dateline, of a government or of where somebody speaks ("the
    ministry in Moscow said") does not. The spot's span is the
    word itself, its surface, name and coordinates those of the place it stands for.
    """
    pointed = {token.head.i if token.dep_ == "det" else token.i for token in doc if token.lower_ in _POINTING}
    near = [doc[i] for i in sorted(pointed)]
    words = [(token, levels) for token in near if (levels := _LEVELS.get(token.lemma_.lower())) and _is_bare(token)]
    if not words:
        return []
    named = {i for one in located for i in range(one.first, one.end)}
    usable = [one for one in located if not (one.is_actor or one.is_dateline or _is_of_teller(doc[one.end - 1]))]
    found = []
    for token, levels in words:
        if token.i in named:
            continue
        before = [one for one in usable if one.end <= token.i]
        place = next((one.place for one in reversed(before) if _is_level(one.place, levels)), None)
        if place is not None:
            found.append(Located(token.i, token.i + 1, _standing(document, token, place), is_reference=True))
    return found


def _is_level(place: PlaceRef, levels: tuple[PlacePrecision, ...]) -> bool:
    """Whether a word can stand for a place: of its level, or for a town one that the gazetteer lacks."""
    if place.id is None:
        return PlacePrecision.SETTLEMENT in levels and place.precision is PlacePrecision.NONE
    return place.precision in levels


def _is_bare(token: Any) -> bool:
    """Whether a word points back: "there", or a definite place noun that nothing names ("the city")."""
    if token.lower_ == "there":
        return bool(token.dep_ == "advmod")
    children = list(token.children)
    told = [c for c in children if c.lower_ != "same"]
    if any(c.dep_ in ("compound", "amod", "nmod", "poss", "nummod", "relcl") for c in told):
        return False
    if any(c.dep_ == "prep" and c.lower_ == "of" for c in children):
        return False
    return any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in children)


def _is_of_teller(token: Any) -> bool:
    """Whether a place only says where a body or person speaks."""
    teller = teller_at(token)
    return teller is not None and not _SPEAKERS.isdisjoint(things().heads.get(teller.lemma_.lower(), ()))


def _standing(document: Document, token: Any, place: PlaceRef) -> PlaceRef:
    span = Span(document.id, token.idx, token.idx + len(token), token.text)
    return replace(place, span=span, stated_country=None, stated_span=None)
