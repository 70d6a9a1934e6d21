"""Drafts: a trigger with its roles and its status, before mentions of one happening are joined."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.codebook.predicates import Frame, predicates
from kronika.extract.assertions.claimants import claimant_of
from kronika.extract.circumstances.background import planner
from kronika.extract.consequences.elaboration import elaborate
from kronika.extract.consequences.outcome import ordinal_of
from kronika.extract.consequences.stricken import add_sites
from kronika.extract.grammar.realis import RealisVerdict, status_of
from kronika.extract.predicates.roles import assign_roles
from kronika.extract.predicates.triggers import Trigger, find_triggers
from kronika.extract.reading import Draft, Reading
from kronika.extract.screening.grounds import has_parties, is_force, is_grounded
from kronika.extract.screening.headings import in_heading, under_headings
from kronika.extract.screening.senses import sense_of
from kronika.extract.screening.sport import is_sport
from kronika.extract.screening.topics import is_topic
from kronika.extract.screening.unreported import is_no_report
from kronika.extract.screening.wording import is_no_deed
from kronika.extract.threads.giving import go_on_giving
from kronika.records import Certainty, MentionKind, Status
from kronika.records.quick import replace

#: Words by which somebody tells a deed without vouching for it.
_CLAIMING = frozenset(
    (
        *("claim", "allege", "accuse", "suspect", "believe", "suggest", "seem", "appear", "think", "assume"),
        *("allegation", "accusation", "investigate", "alleged", "suspected", "reportedly", "allegedly", "presumed"),
    )
)

#: How many sentences after an attack a body found is one of its dead.
_FOUND_AFTER = 6
#: Verbs by which a deed is made known before it is done, the types of which that is so, and what is promised.
_ANNOUNCING = frozenset(("announce", "unveil", "allocate", "propose"))
_ANNOUNCED = frozenset(("AID", "COOPERATE", "CONSULT", "RETREAT", "PROTEST"))
_PROMISED = frozenset(("AID", "COOPERATE", "CONSULT", "SUPPORT"))
#: Beside a blockade these make it one of demonstrators.
_STREET = frozenset(
    (
        *("road", "street", "highway", "bridge", "motorway", "crossing", "protester", "protestor", "demonstrator"),
        *("farmer", "resident", "driver", "trucker", "activist", "worker", "protest", "demonstration", "rail"),
    )
)

#: Drones that do not come back.
_ONE_WAY = frozenset(("kamikaze", "suicide", "explosive", "exploding"))
_DEFENCES = frozenset(("air_defence", "air_defence_missile"))


def draft_events(reading: Reading) -> list[Draft]:
    """Return a draft for every trigger that tells a deed, in the order of the text."""
    times = reading.dated()
    drafts = []
    triggers = [t for t in _in_their_senses(reading) if t.token.i not in times]  # "in March"
    protests = [t for t in triggers if t.frame.type == "PROTEST"]
    demonstrations = frozenset(x.i for t in protests for x in (t.token, t.light) if x is not None)
    tripped = frozenset(t.token.i for t in triggers if t.frame.id == "trip")
    for trigger in triggers:
        roles = assign_roles(trigger, reading.mentions, times)
        add_sites(trigger, roles, reading.mentions)
        if _is_accident(trigger, tripped):
            roles.pop("actor", None)
        verdict = status_of(trigger.token, reading.doc, reading.published_year)
        verdict = _announced(trigger, _took_place(trigger, _unhedged(verdict, reading), reading))
        trigger.frame = intercepting(trigger, roles, reading)
        if trigger.frame.outcome == "intercepted":
            _defend(roles, reading)
            if verdict.status is Status.OCCURRED:
                verdict = replace(verdict, status=Status.INTERCEPTED, rule="frame")
        if _is_meant(trigger, verdict, reading):
            verdict = replace(verdict, status=Status.OCCURRED, rule="meant_for")
        if trigger.token.lemma_ == "survive" and verdict.status is Status.DENIED:
            verdict = replace(verdict, status=Status.OCCURRED, rule="did_not_survive")
        if is_topic(trigger, demonstrations):
            verdict = replace(verdict, status=Status.HISTORICAL, rule="topic_of_protest")
        if verdict.status is Status.PLANNED and not roles.get("actor") and not trigger.is_verb:
            roles["actor"] = planner(trigger.token, reading)
        if trigger.frame.id == "overrun" and not roles.get("actor"):
            roles["actor"] = claimant_of(trigger.token, roles.get("target", ()), reading)
        draft = Draft([trigger], roles, verdict)
        draft.ordinal = ordinal_of(trigger, reading)
        drafts.append(draft)
    told = [d for d in drafts if not _is_mere_intent(d, drafts) and _is_told(d) and has_parties(d, reading)]
    told = [d for d in told if not (is_no_report(d) or is_sport(d) or is_no_deed(d, reading) or _is_restated(d, told))]
    told = go_on_giving(told, reading)
    told = [d for d in told if d.trigger.frame.id != "remains" or _is_after_attack(d, told, reading)]
    return elaborate(under_headings(told, reading), reading)


def _in_their_senses(reading: Reading) -> Iterator[Trigger]:
    """Yield the triggers that tell a deed in their company, each with the frame it has there."""
    for trigger in find_triggers(reading.doc, reading.mentions):
        frame = sense_of(trigger, reading.mentions)
        if frame is not None:
            trigger.frame = frame
            yield trigger


def _is_accident(trigger: Trigger, tripped: frozenset[int]) -> bool:
    """Whether harm follows from a mine that was hit ("struck a mine, killing two"): who hit it did not do it."""
    return trigger.token.dep_ in ("advcl", "conj") and trigger.token.head.i in tripped


def _is_after_attack(remains: Draft, drafts: list[Draft], reading: Reading) -> bool:
    """Whether a body is found where an attack is told soon before: by itself it tells no deed."""
    return any(
        draft.trigger.frame.type == "ASSAULT"
        and draft.trigger.frame.id != "remains"
        and draft.token.i < remains.token.i
        and reading.sentences_between(draft.token, remains.token) <= _FOUND_AFTER
        for draft in drafts
    )


def _is_told(draft: Draft) -> bool:
    """Whether a trigger tells a deed: a noun in a heading does by itself."""
    return is_grounded(draft) or (not draft.trigger.is_verb and in_heading(draft.token))


def _is_meant(trigger: Trigger, verdict: RealisVerdict, reading: Reading) -> bool:
    """Whether a definite event noun is only said to serve something ("the strike is meant to reduce …")."""
    token = trigger.token
    if trigger.is_verb or verdict.status is not Status.PLANNED or verdict.rule == "governor.be":
        return False
    is_named = token.dep_ == "oprd" and token.head.lemma_ in ("call", "describe", "name", "label")
    is_definite = any(c.lower_ in ("the", "this", "these") for c in token.lefts)
    return is_named or (is_definite and token.dep_ in ("nsubjpass", "nsubj") and token.head.i in verdict.cues)


def _is_mere_intent(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a verb only says that a deed is meant ("plans to launch an offensive", "a visit was planned")."""
    if draft.token.lemma_ not in ("plan", "intend") or not draft.trigger.is_verb:
        return False
    if draft.token.tag_ == "VBN" and not any(c.lower_ in ("has", "have", "had") for c in draft.token.lefts):
        return True  # "a visit planned for June"
    return any(
        other is not draft and other.verdict.status is Status.PLANNED and draft.token.i in other.verdict.cues
        for other in drafts
    )


def intercepting(trigger: Trigger, roles: dict[str, list[Any]], reading: Reading) -> Frame:
    """Return the frame of a trigger: "drones were destroyed over the region" is an interception, no attack on drones.

    The weapons move from the target to the instrument: they are what came, not what it was aimed at.
    """
    if trigger.frame.id == "travel" and any(is_force(t) for t in roles.get("actor", ())):
        return predicates().frames["send"]  # "peacekeepers arrived in the capital"
    if trigger.frame.id == "send" and (drones := _sent_to_explode(roles, reading)):
        roles["instrument"], roles["target"] = drones, roles.pop("destination", [])
        roles["force"] = [t for t in roles["force"] if t not in drones]
        return predicates().frames["fire"]
    if trigger.frame.id == "obstruct" and _is_siege(trigger, roles, reading):
        return predicates().frames["siege"]
    if trigger.frame.id not in ("destroy", "kill", "intercept", "strike"):
        return trigger.frame
    weapons = [t for t in roles.get("target", ()) if _flies(t, reading)]
    is_overhead = trigger.frame.id == "destroy" and trigger.is_verb and _is_overhead(trigger.token)
    if not weapons and is_overhead:
        return predicates().frames["intercept"]
    if not weapons or (trigger.frame.id == "strike" and len(weapons) < len(roles["target"])):
        return trigger.frame
    roles["target"] = [t for t in roles["target"] if t not in weapons]
    roles.setdefault("instrument", []).extend(weapons)
    return predicates().frames["intercept"]


def _sent_to_explode(roles: dict[str, list[Any]], reading: Reading) -> list[Any]:
    """Return the drones that strike where they are sent ("a kamikaze drone to the town"): to a state they are arms."""
    if any(reading.mentions.describe(t).kind is MentionKind.STATE for t in roles.get("destination", ())):
        return []
    drones = [t for t in roles.get("force", ()) if _flies(t, reading)]
    return [t for t in drones if any(child.lower_ in _ONE_WAY for child in t.lefts)]


def _defend(roles: dict[str, list[Any]], reading: Reading) -> None:
    """Keep what shot something down apart from what came."""
    found = [(token, reading.mentions.weapon_at(token)) for token in roles.get("instrument", ())]
    defence = [token for token, weapon in found if weapon is not None and weapon.word.weapon.id in _DEFENCES]
    if defence:
        roles["instrument"] = [token for token in roles["instrument"] if token not in defence]
        roles["defence"] = [*roles.get("defence", ()), *defence]


def _is_siege(trigger: Trigger, roles: dict[str, list[Any]], reading: Reading) -> bool:
    """Whether a blockade is that of a state or its forces, or of nobody and no road: no protest."""
    powers = (MentionKind.STATE, MentionKind.FORCES, MentionKind.BODY)
    actors = roles.get("actor", ())
    if actors or trigger.is_verb or trigger.token.lemma_ != "blockade":
        return any(reading.mentions.describe(t).kind in powers for t in actors)
    return not any(t.lemma_.lower() in _STREET for t in trigger.token.sent)


def _is_overhead(verb: Any) -> bool:
    """Whether something is destroyed over a place ("the others were destroyed over the Tula region")."""
    return any(child.dep_ == "prep" and child.lower_ == "over" for child in verb.rights)


def _flies(token: Any, reading: Reading) -> bool:
    weapon = reading.mentions.weapon_at(token)
    return weapon is not None and weapon.word.weapon.id in ("drone", "missile")


def _unhedged(verdict: RealisVerdict, reading: Reading) -> RealisVerdict:
    """Take what somebody claims or suspects to have happened as told: the doubt is the claim's, not the deed's."""
    if verdict.status is not Status.HYPOTHETICAL or not verdict.cues:
        return verdict
    if any(reading.doc[i].lemma_ not in _CLAIMING for i in verdict.cues):
        return verdict
    return replace(verdict, status=Status.OCCURRED, certainty=Certainty.POSSIBLE)


def _took_place(trigger: Trigger, verdict: RealisVerdict, reading: Reading) -> RealisVerdict:
    """Take a demonstration that people came together for as held ("gathered to protest against …")."""
    if trigger.frame.type != "PROTEST" or verdict.status is not Status.PLANNED:
        return verdict
    carriers = [trigger.token, trigger.light, *(reading.doc[i] for i in verdict.cues)]
    if any(token is not None and token.tag_ in ("VBD", "VBN") and not _is_of_present(token) for token in carriers):
        return replace(verdict, status=Status.OCCURRED)
    return verdict


def _is_of_present(participle: Any) -> bool:
    """Whether a participle is of the present ("a march is planned")."""
    return any(child.dep_ == "auxpass" and child.tag_ in ("VBZ", "VBP") for child in participle.lefts)


def _announced(trigger: Trigger, verdict: RealisVerdict) -> RealisVerdict:
    """Take what a noun names and somebody only announces as still to come ("announced an aid package")."""
    if trigger.light is None or trigger.light.lemma_ not in _ANNOUNCING or verdict.status is not Status.OCCURRED:
        return verdict
    if trigger.frame.type not in _ANNOUNCED:
        return verdict
    return replace(verdict, status=Status.PLANNED, cues=(trigger.light.i,), rule="announced")


def _is_restated(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether help or talks to come are only what a promise told beside them is of ("pledged aid", "offered talks")."""
    if draft.verdict.status is not Status.PLANNED or draft.trigger.frame.type not in _PROMISED:
        return False
    cues = draft.verdict.cues
    return any(o is not draft and o.trigger.frame.type == "AGREE" and o.token.i in cues for o in drafts)
