"""Episodes: where a text turns to another happening, and what is told of a whole war, week or country."""

from __future__ import annotations

from datetime import date
from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.grammar.nearness import path_up
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import Draft, Reading
from kronika.extract.sides import side_of
from kronika.records import MentionKind, PlacePrecision, PlaceRelation, Status, TimeRef

#: What a sentence opens with that tells of something else ("Elsewhere, …", "In another incident, …").
_TURNING = frozenset(("elsewhere", "separately"))
_BEFORE = frozenset(("earlier", "previously"))
_OTHER = frozenset(("another", "separate", "other", "different", "unrelated", "similar"))
_BESIDE = frozenset(("nearby", "neighbouring", "neighboring", "adjacent", "adjoining"))
_OCCASIONS = frozenset(("incident", "attack", "strike", "case", "event", "episode", "development", "assault", "raid"))
#: What a total is taken over.
_OVERALL = frozenset(("total", "nationwide", "countrywide", "overall", "altogether"))
#: Fighting of so many days is the backdrop of a report, not one of its happenings.
_LONG_DAYS = 31
_SPAN_DAYS = 3
_NEWS_DAYS = 7
_WITHIN = frozenset(("in", "within", "over", "during"))
_HARM = frozenset(("kill", "die", "wound"))
_WARS = frozenset(("fighting", "war", "conflict", "violence", "insurgency", "offensive", "clash", "campaign"))
_KNOWN = frozenset(("the", "this", "that", "these", "those"))
_AREAS = frozenset(("region", "city", "town", "district", "area", "province", "oblast", "village", "port"))
#: Words that a sentence with such a turn begins with.
_OPENERS = _TURNING | _BEFORE | {"later", "in", "at", "on", "near"}
#: How many words over a toll say of what it is.
_ABOVE = 3
#: How many tokens an opening may have.
_OPENING = 4


def turns_elsewhere(token: Any) -> bool:
    """Whether the sentence of ``token`` opens with a turn to another happening than those before it.

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> doc = load_model()("A bomb hit a bus. Elsewhere, three farmers were killed.")
    >>> [turns_elsewhere(word) for word in doc if word.lower_ in ("hit", "killed")]
    [False, True]
    """
    doc, first, end = token.doc, token.sent.start, min(token.sent.start + _OPENING + 3, token.sent.end)
    while first < end and (doc[first].is_space or doc[first].is_punct):
        first += 1
    if first == end or doc[first].lower_ not in _OPENERS:
        return False
    words = [word for word in doc[first:end] if not word.is_space and not word.is_punct]
    if words[0].lower_ in _TURNING or (words[0].lower_ in _BEFORE and words[0].head.i >= token.left_edge.i):
        return True
    if words[0].lower_ == "later" and words[1:] and words[1].lower_ in ("on", "that", "in"):
        return True
    if words[0].lower_ not in ("in", "at", "on", "near"):
        return False
    if words[1:] and (
        words[1].lower_ in _BESIDE or (words[1].lower_ in ("both", "all") and words[2:3] and words[2].lemma_ == "case")
    ):
        return True
    opening = words[1:_OPENING]
    return any(w.lower_ in _OTHER for w in opening) and any(w.lemma_.lower() in _OCCASIONS for w in words[1:])


def is_backdrop(draft: Draft, reading: Reading) -> bool:
    """Whether a draft tells of fighting over a long time ("has raged since 2021", "for months"): no one happening."""
    time = draft.time
    if time is not None and _is_open(time):
        return not _is_of_these_days(time, reading)
    if _is_of_war(draft.token):
        return True
    if time is None:
        return False
    if time.span is not None and not time.start and any(w in time.span.text.lower() for w in ("month", "year")):
        return True
    return _days(time) > _LONG_DAYS


def _is_open(time: TimeRef) -> bool:
    """Whether a time has no end ("since Friday"); "from 1 a.m. on" is one night."""
    return bool(time.start) and not time.end and "T" not in time.edtf


def _is_of_these_days(time: TimeRef, reading: Reading) -> bool:
    """Whether what has gone on since a day is still one happening of the report: since a week before it at most."""
    published = reading.document.published
    if not published or not time.start:
        return False
    return (date.fromisoformat(published[:10]) - date.fromisoformat(time.start[:10])).days <= _NEWS_DAYS


def _is_of_war(token: Any) -> bool:
    """Whether a noun of fighting tells what a war has done up to now ("The fighting has killed thousands")."""
    if token.pos_ != "NOUN" or token.dep_ != "nsubj" or token.lemma_ not in _WARS:
        return False
    return any(child.dep_ == "aux" and child.lower_ in ("has", "have") for child in token.head.lefts)


def is_total(draft: Draft, reading: Reading) -> bool:
    """Whether a toll is one over several days or a whole country ("between 5 and 8 May", "nationwide")."""
    if draft.time is not None and (_days(draft.time) >= _SPAN_DAYS or _is_open(draft.time)):
        return True
    if draft.trigger.frame.id in _HARM and len(draft.places) > 1:
        return True
    if any(t.frame.id in _HARM for t in draft.triggers) and _is_over_days(draft, reading):
        return True
    for token in (trigger.token for trigger in draft.triggers):
        words = reading.words_beside(token)
        if not _OVERALL.isdisjoint(words) and _is_overall(token):
            return True
        if "since" in words and _counts_from(token):
            return True
    return False


def _is_over_days(draft: Draft, reading: Reading) -> bool:
    """Whether a toll is one of several days ("In a week 60 soldiers were killed")."""
    for timed in reading.times_beside(draft):
        before = reading.doc[timed.first - 1] if timed.first else None
        if before is not None and (timed.days or 0) >= _SPAN_DAYS and before.lower_ in _WITHIN:
            return before.head.i in {trigger.token.i for trigger in draft.triggers}
    return False


def _is_overall(token: Any) -> bool:
    if any(word.lower_ in _OVERALL for word in token.subtree):
        return True
    node = token.head
    for _ in range(_ABOVE):
        if node.lower_ in _OVERALL or any(child.lower_ in _OVERALL for child in node.children):
            return True
        node = node.head
    return False


def _counts_from(token: Any) -> bool:
    """Whether a toll is counted from a day or deed on ("Since the truce ended, 300 people have been killed")."""
    if token.pos_ != "VERB" and token.head.pos_ in ("VERB", "AUX"):
        token = token.head
    clauses = [token, *(child for child in token.children if child.dep_ == "advcl")]  # "since the war began"
    return any(c.lower_ == "since" and c.dep_ in ("prep", "mark") for clause in clauses for c in clause.children)


def is_told_apart(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether one goes on, or is a total or a backdrop, and the other is a single happening."""
    first, second = draft.verdict.status is Status.ONGOING, other.verdict.status is Status.ONGOING
    if first and not second and not any(child.lower_ in _KNOWN for child in draft.token.lefts):
        return True
    return is_total(draft, reading) != is_total(other, reading) or is_backdrop(draft, reading) != is_backdrop(
        other, reading
    )


def is_retold(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a sentence tells again, in the same words and without any place, what was done to the same thing.

    "An attack on a convoy left 32 dead. … “The rebels attacked the convoy,” a driver said."
    """
    told = {trigger.token.lemma_ for trigger in other.triggers}
    if draft.trigger.frame.type != "ASSAULT" or draft.token.lemma_ not in told:
        return False
    mine, theirs = ({t.lemma_.lower() for t in one.roles.get("target", ())} for one in (draft, other))
    is_placed = any(not at.is_reference for at in reading.places_in(reading.sentence_of[draft.token.i]))
    return bool(mine & theirs) and not is_placed and not are_opposed(draft, other, reading)


def is_one_raid(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether what was shot down and what was launched can be one: a raid, or what came over the place that was hit.

    "Two drones were destroyed over the region" is told of the strike there, and "the drones were shot down" of those
    told before; 80 of 100 shot down that night are not told of the house that one of them hit.
    """
    downed = [one for one in (draft, other) if one.trigger.frame.outcome == "intercepted"]
    if any(_is_over_here(one, reading) for one in downed) or _are_known(draft):
        return True
    return all(one in downed or not (one.roles.get("victim") or is_at_site(one, reading)) for one in (draft, other))


def _are_known(draft: Draft) -> bool:
    """Whether a text says that "the drones", or all of them, were shot down: those that it told of."""
    words = draft.roles.get("instrument", ())
    return any(child.lower_ in _KNOWN or child.lower_ == "all" for word in words for child in word.lefts)


def is_at_site(draft: Draft, reading: Reading) -> bool:
    """Whether an attack is told of something in particular, not of a whole region or town."""
    targets = draft.roles.get("target", ())
    return any(
        t.lemma_.lower() not in _AREAS and reading.mentions.describe(t).kind is not MentionKind.PLACE for t in targets
    )


def _is_over_here(draft: Draft, reading: Reading) -> bool:
    """Whether something was shot down over "the region" or "the city", or over one named place and no other."""
    words = [g for g in draft.token.subtree if g.dep_ == "pobj" and g.head.lower_ in ("over", "above", "near")]
    if any(w.lemma_.lower() in _AREAS and _is_bare(w) for w in words):
        return True
    here = reading.places_in(reading.sentence_of[draft.token.i])
    over = {located.place.id for located in here if located.place.relation is PlaceRelation.OVER}
    return len(over) < 2 and [place.precision is PlacePrecision.COUNTRY for place in draft.places] == [False]


def _is_bare(noun: Any) -> bool:
    """Whether nothing but a definite word stands before a noun ("the region", not "the Odesa region")."""
    before = [child.lower_ for child in noun.lefts]
    return len(before) == 1 and before[0] in _KNOWN


def is_result(harm: Trigger, deed: Trigger) -> bool:
    """Whether harm is told as the result of a deed ("as a result of the shelling, he received injuries")."""
    weak, up = predicates().consequences, path_up(deed.token)
    if harm.frame.id not in weak or deed.frame.id in weak:
        return False
    is_cause = any(deed.token.doc[index].lemma_ in ("result", "consequence") for index in up[1:4])
    return is_cause and any(index in up for index in path_up(harm.token)[:4])


def are_opposed(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether two tellings are of other sides: who attacks in one is hit in the other, or is of another camp there.

    "The army ambushed fighters" and "fighters raided a village"; "troops killed gunmen" and "two girls were killed".
    """
    mine, theirs = _side(draft, ("actor",), reading), _side(other, ("actor",), reading)
    hit, struck = _side(draft, ("target", "victim"), reading), _side(other, ("target", "victim"), reading)
    if mine and theirs and {mine, theirs} == {"state", "armed"}:
        return True
    if "armed" in ({mine} & {struck} | {theirs} & {hit}):
        return True
    return bool(mine or theirs) and {hit, struck} == {"armed", "civilian"}


def _side(draft: Draft, roles: tuple[str, ...], reading: Reading) -> str:
    """Return the one side that the named participants are of, or nothing."""
    tokens = [t for role in roles for t in draft.roles.get(role, ()) if t.pos_ != "PRON"]
    named = [reading.mentions.describe(token) for token in tokens]
    sides = {side_of(mention) for mention in named if mention.kind is not MentionKind.FACILITY} - {"unknown"}
    return next(iter(sides)) if len(sides) == 1 else ""


def _days(time: TimeRef) -> int:
    if not time.start or not time.end:
        return 0
    return (date.fromisoformat(time.end[:10]) - date.fromisoformat(time.start[:10])).days + 1
