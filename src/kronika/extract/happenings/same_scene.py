"""One scene: whether two deeds are told of one place with one kind of weapon, and what was shot down there."""

from __future__ import annotations

from typing import Any

from kronika.extract.consequences.shares import is_counted_out
from kronika.extract.grammar.references import DEBRIS
from kronika.extract.happenings.sameness import DEFINITE, is_fine, is_within, same_place
from kronika.extract.reading import Draft, Reading
from kronika.records import PlacePrecision

_FLYING = frozenset(("drone", "missile"))
#: What can be done by what flies, where no weapon is named.
_FROM_AFAR = frozenset(("strike", "explode", "airstrike", "destroy"))
_TOWNS = frozenset(("city", "town", "village"))


def points_back_by_weapon(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a weapon is told as known, right after a deed with one like it: "The drone hit the emergency ward".

    Debris is what came down of it, however it is told.
    """
    named = [t for t in draft.roles.get("instrument", ()) if t.tag_ == "NN" and t.dep_ == "nsubj"]
    is_known = any(_is_definite(token) for token in named) or is_by_debris(draft)
    mine, theirs = _weapons(draft, reading), _weapons(other, reading)
    is_unarmed = not theirs and is_by_debris(draft) and other.trigger.frame.id in _FROM_AFAR
    return is_known and (bool(mine & theirs) or is_unarmed)


def is_by_debris(draft: Draft) -> bool:
    """Whether only what came down of a weapon did it ("debris of a drone caused a fire")."""
    by = draft.roles.get("instrument", ())
    return any(token.lemma_.lower() in DEBRIS for token in by)


def _is_definite(token: Any) -> bool:
    return any(child.lower_ in DEFINITE for child in token.lefts)


def is_intercepted(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether one tells what was shot down of the raid that the other tells, over the same place or over none named.

    A total of which parts are told by place is of the whole raid. Where the other names no weapon, what was shot down
    must have come over its place.
    """
    first, second = draft.trigger.frame.id == "intercept", other.trigger.frame.id == "intercept"
    if first == second:
        return False
    downed, raid = (draft, other) if first else (other, draft)
    if not _weapons(downed, reading) & _FLYING or is_counted_out(downed):
        return False
    if not raid.roles.get("instrument") and raid.trigger.frame.id in _FROM_AFAR:
        return any(is_within(inner, outer) for inner in raid.places for outer in downed.places if is_fine(outer))
    return bool(_weapons(raid, reading) & _FLYING)


def same_scene(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether both are told of one settlement or region with one kind of weapon, and neither names its own target."""
    if not same_place(draft, other) and not _is_called_alike(draft, other, reading):
        return False
    mine, theirs = _weapons(draft, reading), _weapons(other, reading)
    return not mine or not theirs or bool(mine & theirs)


def is_in_town_of(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a deed is one "on the city", without another place in its sentence: in the one town told of before."""
    targets = draft.roles.get("target", ())
    if draft.places or len(targets) != 1 or targets[0].lemma_.lower() not in _TOWNS:
        return False
    is_known = [child.lower_ for child in targets[0].lefts] == ["the"]
    if not is_known or reading.mentions.describe(targets[0]).name.islower():
        return False
    mine, theirs = _weapons(draft, reading), _weapons(other, reading)
    is_armed_alike = not mine or not theirs or bool(mine & theirs)
    return is_armed_alike and [p.precision for p in other.places] == [PlacePrecision.SETTLEMENT]


def _is_called_alike(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether the only place of one, which no gazetteer has, is named in the sentences of the other, too.

    All that may be known of such a place is its country.
    """
    unknown = {
        place.surface
        for place in draft.places
        if place.id is None or (place.precision is PlacePrecision.COUNTRY and place.name != place.surface)
    }
    numbers = {reading.sentence_of[trigger.token.i] for trigger in other.triggers}
    named = (
        {at.place.surface for at in reading.places if reading.sentence_of[at.first] in numbers} if unknown else set()
    )
    return bool(unknown & named)


def _weapons(draft: Draft, reading: Reading) -> set[str]:
    found = (reading.mentions.weapon_at(t) for t in draft.roles.get("instrument", ()))
    return {weapon.word.weapon.id for weapon in found if weapon is not None}
