"""Coding: PLOVER mode, ACLED sub-event type and CAMEO code of an event, from its triggers, sides and weapons."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from kronika.annotate.mentions import Mentions
from kronika.codebook.acled import Deed, sub_event_of
from kronika.codebook.things import things
from kronika.extract.reading import Draft, Reading
from kronika.records import Mention, MentionKind, Outcome, Status

#: CAMEO root of a PLOVER type, and of the modes that stand elsewhere (CAMEO2PLOVER-2021, corrected as in the docs).
CAMEO_ROOTS = {
    "AGREE": "03",
    "CONSULT": "04",
    "SUPPORT": "05",
    "COOPERATE": "06",
    "AID": "07",
    "CONCEDE": "08",
    "RETREAT": "08",
    "REQUEST": "10",
    "ACCUSE": "11",
    "REJECT": "12",
    "THREATEN": "13",
    "PROTEST": "14",
    "MOBILIZE": "15",
    "SANCTION": "16",
    "COERCE": "17",
    "ASSAULT": "19",
}
CAMEO_MODES = {
    ("ACCUSE", "investigate"): "09",
    ("SANCTION", "convict"): "116",
    ("RETREAT", "withdraw"): "087",
    ("RETREAT", "release"): "084",
    ("PROTEST", "demo"): "141",
    ("PROTEST", "riot"): "145",
    ("PROTEST", "strike"): "143",
    ("PROTEST", "hunger"): "142",
    ("PROTEST", "obstruct"): "144",
    ("COERCE", "arrest"): "173",
    ("COERCE", "deport"): "174",
    ("COERCE", "seize"): "171",
    ("ASSAULT", "abduct"): "181",
    ("ASSAULT", "beat"): "182",
    ("ASSAULT", "torture"): "182",
    ("ASSAULT", "sexual"): "182",
    ("ASSAULT", "explosives"): "183",
    ("ASSAULT", "suicide-attack"): "183",
    ("ASSAULT", "targeted"): "186",
    ("ASSAULT", "firearms"): "193",
    ("ASSAULT", "heavy-weapons"): "194",
    ("ASSAULT", "aerial"): "195",
    ("ASSAULT", "drone"): "195",
    ("ASSAULT", "crowd-control"): "175",
    ("ASSAULT", "destroy"): "171",
    ("ASSAULT", "unconventional"): "204",
}


_COOPERATIVE = frozenset(("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "CONSULT", "RETREAT"))
_HOSTILE = frozenset(("ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE"))
_FUTURE = frozenset(("will", "would", "wo", "shall", "'ll"))
_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES))
#: What is held or captured rather than looted.
_HELD = _PEOPLE | {MentionKind.PLACE, MentionKind.STATE, MentionKind.WEAPON}


@lru_cache(maxsize=1)
def _sides() -> dict[str, Any]:
    return yaml.safe_load(files("kronika.codebook").joinpath("sides.yaml").read_text(encoding="utf8"))


@lru_cache(maxsize=1)
def _signs() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _sides()["signs"].items()}


def weapon_classes(draft: Draft, mentions: Mentions) -> list[str]:
    """Return the classes of the weapons in the event's instrument role, each once, in the order of the text."""
    found = []
    for token in draft.roles.get("instrument", ()):
        weapon = mentions.weapon_at(token)
        if weapon is not None and weapon.word.weapon.id not in found:
            found.append(weapon.word.weapon.id)
    return found


def mode_of(draft: Draft, mentions: Mentions) -> str:
    """Return the PLOVER mode: the frame's, or that of the weapon where the frame leaves it to the weapon."""
    frame = draft.trigger.frame
    weapons = weapon_classes(draft, mentions)
    if frame.mode == "weapon" or (frame.type == "ASSAULT" and not frame.mode):
        for weapon in weapons:
            return things().classes[weapon].mode
        modes = [
            t.frame.mode for t in draft.triggers[1:] if t.frame.type == "ASSAULT" and t.frame.mode not in ("weapon", "")
        ]
        return modes[0] if modes else frame.fallback_mode
    if frame.id == "airstrike" and "drone" in weapons:
        return "drone"
    return frame.mode


def side_of(mention: Mention) -> str:
    """Return what a participant is in a conflict: "state", "armed", "crowd", "civilian" or "unknown"."""
    words = [*mention.name.lower().split(), mention.head.lower()]
    head = mention.head.lower()
    table = _sides()
    lemma = head[:-1] if head.endswith("s") and head not in table["armed"] else head
    if mention.kind in (MentionKind.STATE, MentionKind.BODY):
        return "state"
    is_armed = any(word.rstrip("s") in table["armed"] or word in table["armed"] for word in words)
    if mention.kind is MentionKind.FORCES or is_armed:
        return "armed" if is_armed or things().names.get(mention.name) is not None else "state"
    if mention.kind is MentionKind.FACILITY and any(word.rstrip("s") in table["military_sites"] for word in words):
        return "armed"
    if head in table["crowd"] or lemma in table["crowd"]:
        return "crowd"
    if mention.kind in (MentionKind.GROUP, MentionKind.PERSON):
        return "civilian"
    return "unknown"


def sub_event(draft: Draft, mode: str, outcome: Outcome, reading: Reading) -> str | None:
    """Return the ACLED sub-event type of a finished draft."""
    mentions = reading.mentions
    actors = [mentions.describe(t) for t in draft.roles.get("actor", ())]
    hit = [mentions.describe(t) for role in ("target", "victim", "recipient") for t in draft.roles.get(role, ())]
    text = " ".join(trigger.token.sent.text for trigger in draft.triggers)
    around = reading.doc.text if len(reading.doc) < 250 else text
    signs = {name: bool(pattern.search(text)) for name, pattern in _signs().items()}
    frames = {trigger.frame.id for trigger in draft.triggers}
    deed = Deed(
        type=draft.trigger.frame.type,
        mode=mode,
        frames=frames,
        weapons=weapon_classes(draft, mentions),
        actors={side_of(m) for m in actors},
        targets={side_of(m) for m in hit},
        outcome="intercepted" if outcome is Outcome.INTERCEPTED or signs["defused"] else "",
        takes_territory="overrun" in frames and any(m.kind in (MentionKind.PLACE, MentionKind.STATE) for m in hit),
        takes_weapons="overrun" in frames and any(m.kind is MentionKind.WEAPON for m in hit),
        takes_people="overrun" in frames and any(m.kind in _PEOPLE for m in hit),
        takes_goods="overrun" in frames and any(m.kind not in _HELD for m in hit),
        is_fought=bool(_signs()["fought"].search(around)),
        has_demonstration=bool(_signs()["demonstration"].search(around)),
        has_intervention=bool(_signs()["intervention"].search(around)),
        has_lethal_force=bool(_signs()["lethal"].search(around)),
        is_armed_scene=bool(_signs()["armed_scene"].search(around)),
        is_violent_crowd=bool(_signs()["violent_crowd"].search(around)),
    )
    return sub_event_of(deed)


def type_of(draft: Draft) -> str:
    """Return the PLOVER type, which a deed that is only announced or refused changes (codebook, section 4).

    A future COOPERATE, AID, SUPPORT or CONSULT is AGREE, a future RETREAT is CONCEDE; what somebody says not to do for
    another ("will not accept") is REJECT; a deed threatened is THREATEN.
    """
    kind, token = draft.trigger.frame.type, draft.token
    status = draft.verdict.status
    if status is Status.DENIED and kind in _COOPERATIVE and any(c.lower_ in _FUTURE for c in token.children):
        return "REJECT"
    if status is Status.THREATENED and kind in _HOSTILE:
        return "THREATEN"
    if status is Status.PLANNED and kind in ("COOPERATE", "AID", "SUPPORT", "CONSULT"):
        return "AGREE"
    if status is Status.PLANNED and kind == "RETREAT":
        return "CONCEDE"
    return kind


def cameo_of(kind: str, mode: str) -> str | None:
    """Return the CAMEO code of a PLOVER type and mode: three digits where the table names one, else the root."""
    return CAMEO_MODES.get((kind, mode)) or CAMEO_ROOTS.get(kind)
