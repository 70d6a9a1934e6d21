"""ACLED's sub-event type of an event, decided from what is known of it (ACLED codebook, rules in its order)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from kronika.records.quick import quick

AIR, SHELLING, CLASH, ATTACK = "Air/drone strike", "Shelling/artillery/missile attack", "Armed clash", "Attack"
IED, GRENADE, SUICIDE, CHEMICAL = "Remote explosive/landmine/IED", "Grenade", "Suicide bomb", "Chemical weapon"
MOB, LOOTING, ABDUCTION, SEXUAL = (
    "Mob violence",
    "Looting/property destruction",
    "Abduction/forced disappearance",
    "Sexual violence",
)
PEACEFUL, INTERVENTION, EXCESSIVE = (
    "Peaceful protest",
    "Protest with intervention",
    "Excessive force against protesters",
)
VIOLENT, DISRUPTED, ARRESTS, CHANGE = (
    "Violent demonstration",
    "Disrupted weapons use",
    "Arrests",
    "Change to group/activity",
)
REGAINS, OVERTAKES, TRANSFER = (
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Non-violent transfer of territory",
)
AGREEMENT, OTHER = "Agreement", "Other"

#: Weapon class (``weapons.yaml``) to the sub-event type of an attack with it; the first present decides.
_BY_WEAPON = (
    ("chemical", CHEMICAL),
    ("suicide", SUICIDE),
    ("aircraft", AIR),
    ("drone", AIR),
    ("missile", SHELLING),
    ("artillery", SHELLING),
    ("ship", SHELLING),
    ("explosive", IED),
    ("grenade", GRENADE),
)


#: Frames of harm to people: what burns beside it is incidental.
_HARM = frozenset(("kill", "wound", "die", "beat", "shoot", "torture", "abduct"))


def _nothing(_: str) -> bool:
    return False


@quick
@dataclass(frozen=True, slots=True)
class Deed:
    """What the rules look at. Sides are sets of "state", "armed", "civilian", "crowd", "unknown".

    ``shows`` tells whether the text around the deed shows one of the signs of ``sides.yaml``; it is asked only where
    that decides something.
    """

    type: str
    mode: str
    frames: Collection[str]
    weapons: Collection[str] = ()
    actors: Collection[str] = ()
    targets: Collection[str] = ()
    outcome: str = ""
    heading: str = ""  # the frame that the report's own heading names
    takes_territory: bool = False
    takes_weapons: bool = False
    takes_people: bool = False
    takes_goods: bool = False
    takes_abroad: bool = False
    is_downed: bool = False  # a crewed aircraft was shot down
    is_firefight: bool = False
    is_communal: bool = False
    shows: Callable[[str], bool] = _nothing


def sub_event_of(deed: Deed) -> str | None:
    """Return the sub-event type, or None where ACLED has none for the deed."""
    if deed.type == "PROTEST":
        return _protest(deed)
    if deed.type == "ASSAULT":
        return _assault(deed)
    if deed.type == "COERCE":
        return _coerce(deed)
    if deed.type == "MOBILIZE":
        return CHANGE
    if deed.type == "RETREAT":
        return CHANGE if deed.mode == "withdraw" else (None if deed.mode == "resign" else AGREEMENT)
    return None


def _protest(deed: Deed) -> str | None:
    if deed.mode == "riot" or deed.shows("violent_crowd"):
        return VIOLENT
    if deed.shows("lethal"):
        return EXCESSIVE
    if deed.shows("intervention"):
        return INTERVENTION
    return None if deed.mode in ("hunger", "boycott") else PEACEFUL


def _assault(deed: Deed) -> str | None:
    if deed.mode == "sexual":
        return SEXUAL
    if deed.heading in ("destroy", "loot"):
        return LOOTING
    if deed.mode == "crowd-control" and deed.frames == {"crowd_control"}:
        return INTERVENTION if deed.shows("demonstration") else OTHER
    if deed.is_downed:
        return SHELLING if "missile" in deed.weapons else CLASH
    if deed.outcome == "intercepted" or (deed.takes_weapons and not _HARM & set(deed.frames)):
        return DISRUPTED
    if deed.takes_territory:
        return _territory(deed)
    if "clash" in deed.frames:
        return _fight(deed)
    is_forced = {"state", "armed"} & set(deed.actors) and deed.mode not in ("abduct", "torture")
    if "crowd" in deed.targets and is_forced and deed.shows("demonstration"):
        return EXCESSIVE
    if deed.mode == "abduct" or deed.takes_people:
        return ABDUCTION
    if deed.takes_goods:
        return LOOTING
    if "firearm" in deed.weapons and {"state", "armed"} & set(deed.targets):
        return CLASH
    is_from_air = deed.mode in ("aerial", "drone") or "airstrike" in deed.frames
    for weapon, sub_event in _BY_WEAPON:
        if weapon in deed.weapons or (is_from_air and sub_event == AIR):  # shelling beside an airstrike is one
            return sub_event
    if "offensive" in deed.frames:
        return CLASH
    if deed.mode == "heavy-weapons":
        return SHELLING
    if deed.mode == "explosives" and "capture" not in deed.frames:
        return IED
    if deed.mode == "destroy" and not _HARM & set(deed.frames):
        return MOB if "crowd" in deed.actors and not {"state", "armed"} & set(deed.actors) else LOOTING
    return _by_sides(deed)


def _territory(deed: Deed) -> str:
    if not deed.shows("fought"):
        return TRANSFER
    return REGAINS if "state" in deed.actors and not deed.takes_abroad else OVERTAKES


def _fight(deed: Deed) -> str:
    sides = set(deed.actors) | set(deed.targets)
    if (deed.is_firefight or deed.is_communal) and not deed.shows("demonstration"):
        return CLASH
    if "crowd" in sides or ("civilian" in sides and not {"state", "armed"} & sides):
        return VIOLENT if deed.shows("demonstration") else MOB
    return MOB if sides == {"civilian"} and not deed.shows("armed_scene") else CLASH


def _by_sides(deed: Deed) -> str:
    actors, targets = set(deed.actors), set(deed.targets)
    if "crowd" in actors and not {"state", "armed"} & actors:
        return MOB
    if {"state", "armed"} & targets:
        return CLASH
    return ATTACK


def _coerce(deed: Deed) -> str | None:
    if deed.takes_weapons:
        return DISRUPTED
    if deed.mode == "arrest":
        return ARRESTS if "state" in deed.actors or "armed" not in deed.actors else ABDUCTION
    if deed.mode == "seize":
        return LOOTING
    return OTHER if deed.mode in ("deport", "curfew", "martial-law") else None
