"""Merging: the mentions of one happening inside a document become one event."""

from __future__ import annotations

from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.circumstances.counting_from import are_days_apart
from kronika.extract.circumstances.locating import one_each
from kronika.extract.happenings.episodes import are_opposed, is_one_raid, is_retold, is_told_apart, turns_elsewhere
from kronika.extract.happenings.joining import is_joined, is_of_verb, is_purpose, is_threatened
from kronika.extract.happenings.leads import is_headline_of, is_told_in_full, lead_end
from kronika.extract.happenings.retelling import (
    has_figure_of,
    has_victim_of,
    is_denial_of,
    is_mere_word,
    is_only_story,
    is_share,
    is_sound_of,
    is_told_twice,
    is_toll_of_force,
    likeliest,
    only_movement,
)
from kronika.extract.happenings.same_scene import (
    is_by_debris,
    is_in_town_of,
    is_intercepted,
    points_back_by_weapon,
    same_scene,
)
from kronika.extract.happenings.sameness import (
    BUILT,
    DEFINITE,
    is_any_site,
    is_apart,
    is_heard,
    is_told_apart_in_time,
    is_within,
    points_back,
    same_forces,
    same_site,
)
from kronika.extract.reading import REAL, Draft, Reading
from kronika.records import MentionKind, PlaceRef, Status
from kronika.records.quick import replace

#: How many sentences on a scene goes on, unless its words point back to it.
_REACH = 3
#: What is wider than a site that is hit in it.
_WIDE = frozenset(("region", "oblast", "province", "district", "city"))


def merge(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """Return the drafts with mentions of one happening joined, in the order of their first triggers."""
    told: list[Draft] = []
    for draft in drafts:
        earlier = _same_in_sentence(draft, told, reading)
        if earlier is None:
            told.append(draft)
            continue
        _name_site(earlier, draft, reading)
        absorb(earlier, draft)
        for other in [one for one in told if one is not earlier and is_of_verb(one, draft)]:
            told.remove(other)
            absorb(earlier, other)
    kept: list[Draft] = []
    parts = [part for one in told for part in _parts(one, reading)]
    opening = lead_end(reading)
    for draft in parts:
        leads = [one for one in kept if one.token.i < opening]
        earlier = _same_before(draft, kept, reading) or _announced(draft, leads, parts, reading)
        if earlier is None:
            kept.append(draft)
            continue
        for one in [one for one in kept if one is earlier or _is_plural_of(draft, earlier, one)]:
            _name_site(one, draft, reading)
            absorb(one, draft)
            one.time, one.places = one.time or draft.time, _tighter(one.places, draft.places)
    return kept


def _tighter(mine: list[PlaceRef], theirs: list[PlaceRef]) -> list[PlaceRef]:
    """Return where a happening was after one more telling: a place inside the one told before is where it was."""
    is_inside = [is_within(inner, outer) and inner.id != outer.id for inner in theirs for outer in mine]
    return theirs if not mine or is_inside == [True] else mine


def _name_site(into: Draft, draft: Draft, reading: Reading) -> None:
    """Let the site that a later mention names stand for what was said to be hit: a town, "a facility", one of several.

    "A strike on Izmail" is one on the port named next; "two depots, one in Klin" was on the Klin depot.
    """
    describe = reading.mentions.describe
    mine, theirs = (one.roles.get("target", ()) for one in (into, draft))
    towns = [t for t in mine if describe(t).kind is MentionKind.PLACE and (t.pos_ == "PROPN" or t.lemma_ in _WIDE)]
    is_one_of_several = into.part is not None and all(describe(t).name.islower() for t in mine)
    is_vague = bool(mine) and all(t in towns or t.lemma_ in BUILT or is_any_site(describe(t).name) for t in mine)
    sites = [describe(t) for t in theirs if describe(t).kind is MentionKind.FACILITY]
    named = [site for site in sites if " " in site.name and not is_any_site(site.name)]
    if (is_vague and named) or (is_one_of_several and any(not site.name.islower() for site in sites)):
        into.roles["target"] = [*draft.roles["target"]]


def _is_plural_of(draft: Draft, earlier: Draft, other: Draft) -> bool:
    """Whether a plural ("the strikes") leads back to one of several deeds told in one word, and so to the others."""
    return draft.token.tag_ == "NNS" and earlier.part is not None and other.token.i == earlier.token.i


def _parts(draft: Draft, reading: Reading) -> list[Draft]:
    """Return one draft a place for a deed that the text counts out ("hit two depots, one in X and one in Y")."""
    spans = [place.span for place in draft.places]
    if len(spans) < 2 or len(one_each([one for one in reading.places if one.place.span in spans], reading)) < len(
        spans
    ):
        return [draft]
    return [
        replace(
            draft,
            triggers=[*draft.triggers],
            roles={k: [*v] for k, v in draft.roles.items()},
            places=[place],
            counts=[],
            effects=[],
            part=place,
        )
        for place in draft.places
    ]


def absorb(into: Draft, draft: Draft) -> None:
    """Join ``draft`` into ``into``: its triggers become mentions, its roles fill what is missing.

    A consequence ("killed") that comes first gives way to the attack in its sentence as the main trigger, and an
    explosion that was heard to the attack that it was heard of. A denial adds nothing but that it was denied.
    """
    weak = predicates().consequences
    into.heading = into.heading or draft.heading
    same_sentence = into.token.sent.start == draft.token.sent.start
    if draft.verdict.status is Status.DENIED is not into.verdict.status:
        into.denials.extend(draft.triggers)
        return
    gives_way = (same_sentence and into.trigger.frame.id in weak) or is_heard(into)
    if gives_way and draft.trigger.frame.id not in weak:
        into.lead(draft.triggers)
        into.verdict = into.verdict if draft.verdict.rule == "adjective" else draft.verdict  # "in an earlier attack"
    else:
        into.triggers.extend(draft.triggers)
    for role, tokens in draft.roles.items():
        if draft.trigger.frame.type != into.trigger.frame.type and role not in ("alongside", "target"):
            continue
        if role == "actor" and _is_defence(draft) and not _is_defence(into):
            continue  # who shot down did not attack
        if role in ("victim", "instrument") or not into.roles.get(role):
            into.add(role, tokens)


def _is_defence(draft: Draft) -> bool:
    return draft.trigger.frame.outcome == "intercepted"


def _same_in_sentence(draft: Draft, told: list[Draft], reading: Reading) -> Draft | None:
    for other in reversed(told):
        if reading.sentences_between(other.token, draft.token):
            return None
        if is_purpose(draft, other) or is_threatened(draft, other):
            return other
        if other.trigger.frame.type != draft.trigger.frame.type or are_days_apart(draft, other, reading):
            continue
        if is_joined(other, draft, reading):
            return other
    return None


def _same_before(draft: Draft, kept: list[Draft], reading: Reading) -> Draft | None:
    found = []
    kind, sentence = draft.trigger.frame.type, reading.sentence_of[draft.token.i]
    can_lead_back = _can_lead_back(draft)
    for other in kept:
        gap = sentence - reading.sentence_of[other.triggers[-1].token.i]
        if gap <= 0:
            continue
        is_same = can_lead_back and other.trigger.frame.type == kind and _leads_back(draft, other, gap, reading)
        if is_same or (gap <= 2 and is_toll_of_force(draft, other)):
            found.append(other)
    if not found:
        return _goes_on(draft, kept, reading)
    found.sort(key=lambda one: -max(trigger.token.i for trigger in one.triggers))  # the nearest first
    found = [other for other in found if same_site(draft, other, reading)] or found
    is_named_again = points_back(draft) and any(child.lower_ in DEFINITE for child in draft.token.lefts)
    if is_named_again and not (turns_elsewhere(found[0].token) or _is_right_before(draft, found[0], reading)):
        # "the attack" is the one that was called so
        called = [other for other in found if any(_is_called(t.token, draft.token) for t in other.triggers)]
        return likeliest(called or found, draft)
    return likeliest(found, draft)


def _is_right_before(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether "the attack" follows right on a deed in its paragraph: air strikes may be called so."""
    last = max((trigger.token for trigger in other.triggers), key=lambda token: token.i)
    is_next = reading.sentences_between(last, draft.token) == 1
    return draft.token.lemma_ == "attack" and is_next and "\n" not in reading.document.text[last.idx : draft.token.idx]


def _goes_on(draft: Draft, kept: list[Draft], reading: Reading) -> Draft | None:
    """Return the one attack or movement of a report that a deed without anything of its own goes on telling."""
    if draft.verdict.status not in REAL or turns_elsewhere(draft.token):
        return None
    if draft.trigger.frame.type == "MOBILIZE":
        return only_movement(draft, kept, reading)
    story = is_only_story(draft, kept, reading)
    if story is None or not reading.sentences_between(story.token, draft.token):
        return None
    if is_apart(draft, story, reading) or is_told_apart(draft, story, reading) or are_opposed(draft, story, reading):
        return None
    return story


def _announced(draft: Draft, leads: list[Draft], drafts: list[Draft], reading: Reading) -> Draft | None:
    """Return the happening of the headline or the lead that a later sentence tells in other words."""
    if not leads or draft.verdict.status not in REAL or turns_elsewhere(draft.token):
        return None
    for other in leads:
        if other.trigger.frame.type != draft.trigger.frame.type or other.verdict.status not in REAL:
            continue
        if not reading.sentences_between(other.token, draft.token) or is_apart(draft, other, reading):
            continue
        if is_told_apart(draft, other, reading) or are_opposed(draft, other, reading):
            continue
        if is_headline_of(draft, other, reading) or is_told_in_full(draft, other, drafts, reading):
            return other
    return None


def _is_called(noun: Any, again: Any) -> bool:
    return bool(noun.pos_ == "NOUN" and noun.lemma_ == again.lemma_ and noun.tag_ == again.tag_)


def _can_lead_back(draft: Draft) -> bool:
    """Whether a trigger can tell again what was told before it: real or denied, and not told as something else."""
    if draft.verdict.status is Status.DENIED:
        return True
    return draft.verdict.status in REAL and (not turns_elsewhere(draft.token) or points_back(draft))


def _leads_back(draft: Draft, other: Draft, gap: int, reading: Reading) -> bool:
    """Whether a trigger in a later sentence that can lead back tells of the same happening as one before it.

    Nothing may keep them apart, and one thing must join them: a toll without a scene, a noun that points back, the same
    site, the same scene right after, or the forces that a movement is of.
    """
    if other.verdict.status not in REAL or is_apart(draft, other, reading):
        return False
    if draft.verdict.status is Status.DENIED:
        return same_site(draft, other, reading) or is_denial_of(draft, other, reading)
    return _is_joined_to(draft, other, gap, reading) and not is_told_apart(draft, other, reading)


def _is_joined_to(draft: Draft, other: Draft, gap: int, reading: Reading) -> bool:
    """Whether something in a later sentence joins it to a happening told before."""
    if draft.trigger.frame.type == "MOBILIZE":
        return gap <= 2 and same_forces(draft, other, reading) and not _has_scene(draft, reading)
    if is_told_apart_in_time(draft, other, reading):
        return False
    if points_back(draft) or same_site(draft, other, reading) or has_figure_of(draft, other, reading):
        return True
    if has_victim_of(draft, other, reading) or is_told_twice(draft, other, reading):
        return True
    if is_heard(draft) or is_heard(other):
        heard, deed = (draft, other) if is_heard(draft) else (other, draft)
        return is_sound_of(heard, deed, reading)
    is_next = gap == 1 or (draft.trigger.frame.id == "kindle" and is_by_debris(draft))
    if is_next and (points_back_by_weapon(draft, other, reading) or is_share(draft, other, reading)):
        return True
    if is_intercepted(draft, other, reading):
        is_near = gap <= _REACH or not draft.places or _tighter(draft.places, other.places) == other.places
        return is_near and is_one_raid(draft, other, reading)
    if gap > _REACH:
        return False
    if is_retold(draft, other, reading) or is_mere_word(draft, reading):
        return True
    if draft.trigger.frame.id in predicates().consequences and not _has_scene(draft, reading):
        return gap <= (_REACH if draft.trigger.frame.id == "destroy" else 2)
    is_here = same_scene(draft, other, reading) or is_in_town_of(draft, other, reading)
    is_scene = draft.trigger.frame.type == "ASSAULT" and is_here
    return is_scene and not are_opposed(draft, other, reading)


def _has_scene(draft: Draft, reading: Reading) -> bool:
    """Whether the sentence names its own place, attacker or weapon."""
    named = [t for t in draft.roles.get("actor", ()) if t.pos_ != "PRON"]
    if draft.trigger.frame.type == "ASSAULT" and (named or draft.roles.get("instrument")):
        return True
    return any(not located.is_actor for located in reading.places_in(reading.sentence_of[draft.token.i]))
