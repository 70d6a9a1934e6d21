"""Scenes: where a site is that a text names, tells the town of in another sentence, or only sets in the scene."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.extract.reading import Draft, Located, Reading
from kronika.extract.threads.sites import located
from kronika.records import MentionKind, PlacePrecision, PlaceRef
from kronika.records.quick import replace

_WIDE = (PlacePrecision.ADMIN1, PlacePrecision.REGION, PlacePrecision.COUNTRY)
_SPEAKERS = frozenset((MentionKind.PERSON, MentionKind.BODY, MentionKind.SOURCE, MentionKind.MEDIA))
_KNOWN = frozenset(("the", "this", "that"))


def place_sites(drafts: list[Draft], reading: Reading) -> None:
    """Give what was done to a site the place that the text puts the site in, in whatever sentence.

    "The Dyagilevo plant stands in Ryazan", told before or after, places the attack on it, also where only a region was
    told. "The refinery", which the text never names, is in the one town of the scene that it is first told of in.
    """
    told = [draft for draft in drafts if draft.trigger.frame.type == "ASSAULT" and _is_open(draft)]
    if not any(draft.roles.get("target") for draft in told):
        return
    standing = _standing(reading)
    for draft in told:
        for token in draft.roles.get("target", ()):
            mention = reading.mentions.describe(token)
            if mention.kind is not MentionKind.FACILITY:
                continue
            place = standing.get(mention.name)
            if place is not None and _may_narrow(draft, place):
                draft.places = [replace(place, chosen="where the site stands")]
            elif not draft.places and (scene := _scene(token, reading)) is not None:
                draft.places = [replace(scene, chosen="where the site is first told of")]
            else:
                continue
            draft.reasons.pop("place", None)
            break


def _is_open(draft: Draft) -> bool:
    """Whether a draft has no place, or one wide place that a site can be in."""
    return not draft.places or (len(draft.places) == 1 and draft.places[0].precision in _WIDE)


def _may_narrow(draft: Draft, place: PlaceRef) -> bool:
    if not draft.places:
        return True
    return place.precision not in _WIDE and _is_around(draft.places[0], place)


def _is_around(outer: PlaceRef, place: PlaceRef) -> bool:
    """Whether a place is the other, or the region or country that it lies in."""
    if outer.id == place.id:
        return True
    is_named = outer.precision is PlacePrecision.COUNTRY or (outer.precision in _WIDE and outer.name == place.admin1)
    return is_named and outer.country == place.country


def _standing(reading: Reading) -> dict[str, PlaceRef]:
    """Return the place of each site by its name: the one that lies in all the others that the text gives."""
    by_span = {at.place.span: at.place for at in reading.places}
    found: dict[str, list[PlaceRef]] = {}
    for site, _, place, _ in located(reading):
        name = reading.mentions.describe(site).name
        if place.span in by_span and " " in name:
            found.setdefault(name, []).append(by_span[place.span])
    inmost = {
        name: next((one for one in places if all(_is_around(other, one) for other in places)), None)
        for name, places in found.items()
    }
    return {name: place for name, place in inmost.items() if place is not None}


def _scene(token: Any, reading: Reading) -> PlaceRef | None:
    """Return the one town named where a site without a name is told of before: in that sentence or the one before."""
    if token.tag_ != "NN" or not any(child.lower_ in _KNOWN for child in token.lefts):
        return None
    for told in reading.doc[: token.i + 1]:
        if told.lemma_.lower() != token.lemma_.lower() or not _is_told(told):
            continue
        start = told.sent.start
        if start and "\n" not in reading.document.text[reading.doc[start - 1].idx : reading.doc[start].idx]:
            start = reading.doc[start - 1].sent.start
        towns = {at.place.id: at.place for at in _towns(start, told.sent.end, reading)}
        if towns:
            return next(iter(towns.values())) if len(towns) == 1 else None
    return None


def _is_told(noun: Any) -> bool:
    return noun.pos_ == "NOUN" and noun.dep_ not in ("compound", "nmod")


def _towns(start: int, end: int, reading: Reading) -> Iterator[Located]:
    for at in reading.places:
        is_named = start <= at.first < end and at.place.precision is PlacePrecision.SETTLEMENT
        is_venue = at.place.id is not None and not (at.is_actor or at.is_dateline)
        if is_named and is_venue and not _is_of_speaker(reading.doc[at.end - 1], reading):
            yield at


def _is_of_speaker(token: Any, reading: Reading) -> bool:
    """Whether a town only says where somebody is who says or does something elsewhere ("An official in Kyiv said")."""
    owner = token.head.head
    if token.dep_ != "pobj" or owner.dep_ != "nsubj":
        return False
    return reading.mentions.describe(owner).kind in _SPEAKERS
