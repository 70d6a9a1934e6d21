"""Coding: PLOVER mode, ACLED sub-event type and CAMEO code of an event, from its triggers, sides and weapons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.annotate.parsing.tree import stretch
from kronika.codebook.acled import Deed, sub_event_of
from kronika.codebook.predicates import Frame, predicates
from kronika.codebook.things import things
from kronika.extract.predicates.arguments import REPELLING, verb_slots
from kronika.extract.reading import Draft, Reading
from kronika.extract.sides import identities, is_communal, shows, side_of, side_words, sides_of
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
    ("SANCTION", "expel"): "166",
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
_VOWING = frozenset(("vow", "swear", "pledge", "promise"))
_TELLING = frozenset(("say", "announce", "declare", "insist", "tell", "add", "warn", "state", "vow"))
_GUNS = frozenset(("firearm", "explosive", "grenade", "artillery", "missile", "suicide"))
#: Frames of force that is used, whatever is found or shot down besides.
_FOUGHT = frozenset(("airstrike", "shell", "strike", "clash", "kill", "wound", "shoot", "bomb"))
#: Types that ACLED has sub-event types for.
_CODED = frozenset(("PROTEST", "ASSAULT", "COERCE", "MOBILIZE", "RETREAT"))
_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES))
#: What is held or captured rather than looted.
_GOODS = frozenset((MentionKind.WEAPON, MentionKind.PRODUCT, MentionKind.ASSET))
_HELD = _PEOPLE | {MentionKind.PLACE, MentionKind.STATE, MentionKind.WEAPON}


def weapon_classes(draft: Draft, mentions: Mentions) -> list[str]:
    """Return the classes of the weapons in the event's instrument role, each once, in the order of the text.

    Where none is told, those that the attackers are named after ("the Unmanned Systems Forces struck the depot").
    """
    found = _classes(draft.roles.get("instrument", ()), mentions) or _classes(
        (t for actor in _attackers(draft) for t in (*_phrase(actor), *_leading(actor))), mentions
    )
    is_flown = not draft.trigger.frame.outcome and _is_flown(draft, mentions)
    return ["aircraft", *found] if is_flown else found


def _classes(tokens: Iterable[Any], mentions: Mentions) -> list[str]:
    weapons = (mentions.weapon_at(token) for token in tokens)
    return list(dict.fromkeys(weapon.word.weapon.id for weapon in weapons if weapon is not None))


def _attackers(draft: Draft) -> list[Any]:
    """Return the actors, also those that only a later telling names."""
    found = list(draft.roles.get("actor", ()))
    if draft.trigger.frame.type == "ASSAULT":
        found.extend(t for later in draft.triggers[1:] if later.is_verb for t in verb_slots(later.token)["subject"])
    return found


def _leading(troops: Any) -> list[Any]:
    """Return the words of who tells of his own troops ("the head of the Drone Corps said his men had struck …")."""
    if not any(child.tag_ == "PRP$" for child in troops.lefts) or troops.head.dep_ != "ccomp":
        return []
    tellers = [child for child in troops.head.head.lefts if child.dep_ == "nsubj"]
    named = [child for teller in tellers for child in teller.rights if child.dep_ == "appos"]
    return [word for one in (*tellers, *named) for word in _phrase(one)]


def _phrase(head: Any) -> list[Any]:
    """Return a name's own words: the head, its compounds, what it is "of" ("units of the Unmanned Systems Forces")."""
    words = [*(t for t in head.lefts if t.dep_ in ("compound", "amod", "nmod")), head]
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            words.extend(word for part in child.rights if part.dep_ == "pobj" for word in _phrase(part))
    return words


def _is_flown(draft: Draft, mentions: Mentions) -> bool:
    """Whether an air force drops or fires something: its bombs and missiles come from aircraft."""
    if draft.trigger.frame.id not in ("fire", "bomb", "strike", "destroy"):
        return False
    names = [mentions.describe(token).name for token in draft.roles.get("actor", ())]
    return any(shows("air_arm", name) for name in names)


def mode_of(draft: Draft, mentions: Mentions) -> str:
    """Return the PLOVER mode: the frame's, or that of the weapon where the frame leaves it to the weapon."""
    frame = draft.trigger.frame
    if frame.mode == "weapon" or (frame.type == "ASSAULT" and not frame.mode):
        used = [things().classes[weapon].mode for weapon in weapon_classes(draft, mentions)]
        used = [mode for mode in used if mode != "weapons"]  # what shoots down is not what the raid came with
        if used:
            return used[0]
        is_harm = frame.id in predicates().consequences  # "killed in an explosion", but "explosions were heard"
        told = [
            t.frame
            for t in draft.triggers[1:]
            if t.frame.type == "ASSAULT" and (t.is_verb or is_harm or t.frame.id != "explode")
        ]
        modes = [one.mode for one in told if one.mode not in ("weapon", "")]
        if frame.fallback_mode:
            modes = [mode for mode in modes if mode != "destroy"]  # what a bomb destroys is no deed of its own
        return modes[0] if modes else frame.fallback_mode
    if frame.id == "airstrike" and "drone" in weapon_classes(draft, mentions):
        return "drone"
    return frame.mode


def sub_event(draft: Draft, mode: str, outcome: Outcome, reading: Reading) -> str | None:
    """Return the ACLED sub-event type of a finished draft."""
    if draft.trigger.frame.type not in _CODED:
        return None
    mentions = reading.mentions
    actors = [mentions.describe(t) for t in draft.roles.get("actor", ())]
    hit = [mentions.describe(t) for role in ("target", "victim", "recipient") for t in draft.roles.get(role, ())]
    taken = [mentions.describe(t) for t in _taken(draft)]
    kinds = {m.kind for m in taken}
    text = " ".join([trigger.token.sent.text for trigger in draft.triggers])
    around = _around(draft, reading) if len(reading.doc) < 250 else text
    frames = {trigger.frame.id for trigger in draft.triggers}
    weapons = weapon_classes(draft, mentions)
    deed = Deed(
        type=draft.trigger.frame.type,
        mode=mode,
        frames=frames,
        weapons=weapons,
        heading=draft.heading,
        actors={_acting(m, frames, weapons) for m in actors},
        targets=sides_of(hit) | identities(draft, reading),
        outcome="intercepted" if _is_disrupted(draft, frames, weapons, outcome, text) else "",
        is_downed=frames == {"intercept"} and weapons == ["aircraft"] and draft.token.lemma_ != "intercept",
        takes_territory=any(_is_territory(m) for m in taken),
        takes_weapons=MentionKind.WEAPON in kinds,
        takes_people=not kinds.isdisjoint(_PEOPLE),
        takes_goods=not kinds <= _HELD,
        takes_abroad=_is_abroad(actors, draft),
        is_firefight=shows("firefight", text),
        is_communal=any(is_communal(m) for m in actors),
        shows=lambda sign: shows(sign, around),
    )
    return sub_event_of(deed)


def _taken(draft: Draft) -> list[Any]:
    """Return what was captured: what the verb or noun of capture itself governs, not who else was hurt."""
    own = {trigger.token.i: trigger.frame.id for trigger in draft.triggers}
    found = []
    for token in (t for role in ("target", "victim") for t in draft.roles.get(role, ())):
        node = token
        while node.i not in own and node.head.i != node.i:
            node = node.head
        if own.get(node.i) == "overrun":
            found.append(token)
    return found


def _is_disrupted(draft: Draft, frames: set[str], weapons: list[str], outcome: Outcome, text: str) -> bool:
    """Whether weapons were kept from use: caught in the air, defused, found; an attack that is repelled is fought."""
    if any(draft.token.doc[i].lemma_ in REPELLING for i in draft.verdict.cues):
        return False
    if outcome is Outcome.INTERCEPTED:
        return "intercept" in frames or bool(weapons)
    return not frames & _FOUGHT and shows("defused", text)


def _is_abroad(actors: list[Mention], draft: Draft) -> bool:
    """Whether a state's forces act in another state."""
    own = {m.country for m in actors if m.country}
    where = {place.country for place in draft.places if place.country}
    return bool(own) and bool(where) and not own & where


def _is_territory(mention: Mention) -> bool:
    """Whether what is captured is land: a place, a military site, a name that nothing else is known of."""
    if mention.kind in (MentionKind.PLACE, MentionKind.STATE):
        return True
    if mention.kind is MentionKind.FACILITY:
        held = {*side_words()["military_sites"], *side_words()["key_sites"]}
        return any(word.rstrip("s") in held for word in mention.name.lower().split())
    return mention.kind is MentionKind.UNKNOWN and mention.name[:1].isupper()


def _around(draft: Draft, reading: Reading) -> str:
    """Return the text from the sentence of the event on: what comes before it in a short report is another matter."""
    start = min(trigger.token.sent.start for trigger in draft.triggers)
    return str(stretch(reading.doc, start, len(reading.doc)).text)


def type_of(draft: Draft) -> str:
    """Return the PLOVER type, which a deed that is only announced or refused changes (codebook, section 4).

    A future COOPERATE, AID, SUPPORT or CONSULT is AGREE, a future RETREAT is CONCEDE; what somebody says not to do for
    another ("will not accept") is REJECT; a deed threatened is THREATEN. What somebody else asks for is no offer.
    """
    kind, token = draft.trigger.frame.type, draft.token
    status = draft.verdict.status
    if kind in _COOPERATIVE and any(c.lower_ in _FUTURE for c in token.children) and _is_refused(draft):
        return "REJECT"
    if status is Status.THREATENED and kind in _HOSTILE:
        return "THREATEN"
    if kind == "AGREE" and token.lemma_ in _VOWING and _vows_harm(token):
        return "THREATEN"
    if status is Status.PLANNED and _is_asked(draft):
        return kind
    if status is Status.PLANNED and kind in ("COOPERATE", "AID", "SUPPORT", "CONSULT"):
        return "AGREE"
    if status is Status.PLANNED and kind == "RETREAT":
        return "CONCEDE"
    return kind


def _vows_harm(verb: Any) -> bool:
    return any(child.dep_ == "xcomp" and child.lemma_ in predicates().reprisals for child in verb.rights)


def _is_refused(draft: Draft) -> bool:
    """Whether a future deed is told not to come, also in somebody's reported words ("said it would not accept")."""
    if draft.verdict.status is Status.DENIED:
        return True
    is_reported = draft.token.dep_ == "ccomp" and draft.token.head.lemma_ in _TELLING
    is_negated = any(c.dep_ == "neg" for c in draft.token.children)
    return is_reported and is_negated and draft.verdict.status is Status.HYPOTHETICAL


def _is_asked(draft: Draft) -> bool:
    """Whether a deed lies ahead only because somebody asks for it ("urged the union to support the deal")."""
    table = predicates()
    cues = (draft.token.doc[i].lemma_.lower() for i in draft.verdict.cues)
    return any(pattern.frame.type == "REQUEST" for cue in cues for pattern in table.verbs.get(cue, ()))


def _acting(mention: Mention, frames: set[str], weapons: list[str]) -> str:
    """Return the side of somebody who acts: people without firearms who do violence together are a crowd."""
    side = side_of(mention)
    is_shooting = "fire" in frames or bool(_GUNS & set(weapons))
    return "crowd" if side == "civilian" and mention.head.endswith(("s", "men", "people")) and not is_shooting else side


def code_of(draft: Draft, kind: str, mode: str, mentions: Mentions) -> str | None:
    """Return the CAMEO code of a finished draft of a PLOVER type and mode; goods that are seized are no ground."""
    taken = [mentions.describe(t) for t in draft.roles.get("target", ())]
    if draft.trigger.frame.id == "overrun" and taken and all(m.kind in _GOODS for m in taken):
        return CAMEO_MODES["COERCE", "seize"]
    is_ahead = draft.verdict.status is Status.PLANNED
    return cameo_of(kind, mode, draft.trigger.frame, draft.token.lemma_, is_ahead=is_ahead)


def cameo_of(kind: str, mode: str, frame: Frame | None = None, word: str = "", *, is_ahead: bool = False) -> str | None:
    """Return the CAMEO code of a PLOVER type and mode: three digits where the table names one, else the root.

    A ``frame`` of that type that has a code of its own, or one for the lemma ``word``, goes before (an appeal is 02, a
    demand 10; both are REQUEST). Who will yield (``is_ahead``) has said so, and no more (035).
    """
    if kind == "CONCEDE" and is_ahead:
        return "035"
    if frame is not None and frame.type == kind and (code := frame.codes.get(word) or frame.cameo):
        return code
    return CAMEO_MODES.get((kind, mode)) or CAMEO_ROOTS.get(kind)
