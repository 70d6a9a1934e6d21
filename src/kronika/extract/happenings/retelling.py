"""Retelling: what a report tells again of the happening it is about, without its place or day."""

from __future__ import annotations

from datetime import date
from typing import Any

from kronika.extract.grammar.nearness import TELLING, cost
from kronika.extract.happenings.episodes import is_at_site
from kronika.extract.happenings.sameness import SOLDIERS, is_apart, is_fine, is_heard, is_within, same_forces
from kronika.extract.reading import REAL, Draft, Reading
from kronika.records import CountKind, MentionKind, PlacePrecision, Status

#: What opens a happening beside the one that a report is about ("Another clinic was also hit").
_BESIDE = frozenset(("another", "also", "too", "other"))
#: Deeds that a report speaks of by such verbs are those it has told ("spoke of an attempted attack").
_SPEAKING = TELLING | {"speak", "talk", "describe", "call", "mention"}
#: A sound without a day is that of a deed so many days before publication at most.
_SOUND_DAYS = 2
#: Fewer than these are killed or shot down too often for the number to tell which deed is meant.
_TELLING_NUMBER = 10
_ONCE = frozenset(("shoot", "arrest", "abduct", "remains"))
_LOSSES = frozenset(("kill", "die", "wound", "hurt"))
#: Soldiers beside those that were told of.
_MORE = frozenset(("another", "more", "further", "additional", "extra", "other", "new", "fresh"))
#: How many sentences after a movement the forces that it moved are counted.
_MOVED = 8
_WIDER = frozenset((PlacePrecision.ADMIN1, PlacePrecision.ADMIN2))
_FIGURES = {
    CountKind.KILLED: "killed",
    CountKind.ABDUCTED: "abducted",
    CountKind.INTERCEPTED: "intercepted",
    CountKind.DESTROYED: "intercepted",
}


def likeliest(found: list[Draft], draft: Draft) -> Draft:
    """Return the one of several happenings, the nearest first, that a later mention leads back to.

    What was only heard or shot down, and what was told beside the subject of the report or as long past, stands back.
    """
    return min(found, key=lambda other: _stands_back(other, draft, found))


def _stands_back(other: Draft, draft: Draft, found: list[Draft]) -> int:
    is_flown = other.trigger.frame.outcome == "intercepted" and draft.trigger.frame.outcome != "intercepted"
    return sum((is_heard(other), is_flown, is_beside(other), _is_past(other, found)))


def is_beside(draft: Draft) -> bool:
    """Whether a happening was told as one more ("Another clinic, in the next town, was also attacked")."""
    words = [draft.token, *draft.roles.get("target", ()), *draft.roles.get("victim", ())]
    return any(child.lower_ in _BESIDE for word in words for child in word.children)


def _is_past(draft: Draft, found: list[Draft]) -> bool:
    """Whether another of the happenings in question is of a later day, or is news where this one is a memory."""
    if draft.verdict.status is Status.HISTORICAL and any(o.verdict.status is not Status.HISTORICAL for o in found):
        return True
    ends = [one.time.end[:10] for one in found if one.time is not None and one.time.end]
    return draft.time is not None and bool(draft.time.end) and draft.time.end[:10] < max(ends)  # type: ignore[index]


def is_sound_of(heard: Draft, deed: Draft, reading: Reading) -> bool:
    """Whether explosions that somebody heard are those of a deed: of its day, or of the day of the report."""
    if heard.time is not None and heard.time.start:
        return True
    published, time = reading.document.published, deed.time
    if time is None or not time.end or not published:
        return True
    return (date.fromisoformat(published[:10]) - date.fromisoformat(time.end[:10])).days <= _SOUND_DAYS


def is_mere_word(draft: Draft, reading: Reading) -> bool:
    """Whether an event noun has nothing of its own and stands in what somebody says ("It spoke of an attack")."""
    token = draft.token
    if draft.trigger.is_verb or draft.time is not None or draft.places or any(draft.roles.values()):
        return False
    if token.tag_ not in ("NN", "NNP") or any(c.dep_ in ("nummod", "prep", "relcl", "acl") for c in token.children):
        return False
    governor = token.head.head if token.dep_ == "pobj" and token.head.lower_ in ("of", "about") else token.head
    return token.dep_ in ("pobj", "dobj", "oprd") and governor.lemma_ in _SPEAKING


def is_denial_of(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a denial without place or day is of a deed told before: of the same thing, or in a town or region."""
    if draft.places or draft.time is not None:
        return False
    mine, theirs = ({t.lemma_.lower() for t in one.roles.get("target", ())} for one in (draft, other))
    return not mine or bool(mine & theirs) or not is_at_site(other, reading)


def is_toll_of_force(draft: Draft, other: Draft) -> bool:
    """Whether a toll is what a force lost over its time ("The army sent 9,000 men. Of these, 800 were killed")."""
    start, doc = draft.token.sent.start, draft.token.doc
    is_share = doc[start].lower_ == "of" and doc[start + 1].lower_ in ("these", "those", "them", "whom")
    return is_share and draft.trigger.frame.id in _LOSSES and other.trigger.frame.type == "MOBILIZE"


def is_share(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a toll in one town is part of that of the region told right before ("A man died in the city of …").

    With several towns it stands for itself: the total is of all of them.
    """
    if not {draft.trigger.frame.id, other.trigger.frame.id} <= _LOSSES or len(draft.places) != 1:
        return False
    inner, outer = draft.places[0], other.places[0] if len(other.places) == 1 else None
    is_inside = outer is not None and outer.precision in _WIDER and inner.id != outer.id and is_within(inner, outer)
    return is_inside and not is_beside(draft) and not is_beside(other)


def has_figure_of(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether both tell the same great number of people killed, or of drones or missiles shot down."""
    mine = figures(draft, reading)
    return bool(mine) and not mine.isdisjoint(figures(other, reading))


def has_victim_of(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether both are of one person, whom the text names: nobody is killed or arrested twice in one report."""
    if draft.trigger.frame.id not in _LOSSES | _ONCE or other.trigger.frame.type != draft.trigger.frame.type:
        return False
    mine, theirs = (_surnames(one, reading) for one in (draft, other))
    return bool(mine & theirs)


def _surnames(draft: Draft, reading: Reading) -> set[str]:
    named = [reading.mentions.describe(t) for t in draft.roles.get("victim", ()) if t.tag_ in ("NN", "NNP", "PRP")]
    people = [m.name.split()[-1] for m in named if m.kind in (MentionKind.PERSON, MentionKind.UNKNOWN)]
    return {name for name in people if name[0].isupper()}


def is_told_twice(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a sentence tells again, of one place and as many people, what was done in the same words.

    "Two men were killed in a raid in Goma. … Officials said two men were killed in the raid in Goma."
    """
    if draft.token.lemma_ not in {trigger.token.lemma_ for trigger in other.triggers} or not draft.places:
        return False
    mine, theirs = ({t.lemma_ for t in one.roles.get("victim", ())} for one in (draft, other))
    told = figures(draft, reading, least=1)
    if not mine & theirs or not told or told != figures(other, reading, least=1):
        return False
    return {p.id for p in draft.places} == {p.id for p in other.places} != {None}


def figures(draft: Draft, reading: Reading, least: float = _TELLING_NUMBER) -> set[tuple[str, float]]:
    """Return how many were killed or shot down: the number nearest to each of its words, from ``least`` on."""
    found: set[tuple[str, float]] = set()
    for trigger in draft.triggers:
        near: dict[str, tuple[float, float]] = {}
        for counted in reading.counts_in(reading.sentence_of[trigger.token.i]):
            token, quantity = reading.doc[counted.token], counted.quantity
            kind, value = _FIGURES.get(quantity.kind), quantity.best or quantity.low
            if kind is None or value is None or value < least:
                continue
            distance = cost(token, trigger.token, frozenset())
            if distance is not None and distance < near.get(kind, (99.0, 0.0))[0]:
                near[kind] = (distance, value)
        found.update((kind, value) for kind, (_, value) in near.items())
    return found


def is_only_story(draft: Draft, told: list[Draft], reading: Reading) -> Draft | None:
    """Return the one attack of a report that a deed without place, day, or name of its own goes on telling."""
    if (
        draft.places
        or draft.time is not None
        or draft.trigger.frame.type != "ASSAULT"
        or _names_its_own(draft, reading)
    ):
        return None
    attacks = [one for one in told if one.trigger.frame.type == "ASSAULT" and one.verdict.status in _NEWS]
    if len(attacks) != 1:
        return None
    if (
        _doers(draft, reading)
        and _doers(attacks[0], reading)
        and not _doers(draft, reading) & _doers(attacks[0], reading)
    ):
        return None
    is_flown = draft.trigger.frame.outcome == "intercepted"  # of a whole night, unless that was told of here
    return attacks[0] if not is_flown or any(t.frame.outcome for t in attacks[0].triggers) else None


def only_movement(draft: Draft, told: list[Draft], reading: Reading) -> Draft | None:
    """Return the one movement of a state's forces in a report that a later figure of soldiers sent is of.

    "Chad admitted that it had sent troops to Sudan. … Chad had deployed 900 soldiers": without place or day of its own,
    and not of more of them.
    """
    forces = draft.roles.get("force", ())
    if draft.places or draft.time is not None or not any(t.lower_ in SOLDIERS for t in forces):
        return None
    if any(child.lower_ in _MORE for force in forces for child in force.lefts):
        return None
    here = reading.places_in(reading.sentence_of[draft.token.i])
    if any(is_fine(at.place) and not at.is_actor for at in here):
        return None
    moves = [one for one in told if one.trigger.frame.type == "MOBILIZE" and same_forces(draft, one, reading)]
    if len(moves) != 1 or is_apart(draft, moves[0], reading) or moves[0].verdict.status not in REAL:
        return None
    is_of_soldiers = any(t.lower_ in SOLDIERS for t in moves[0].roles.get("force", ()))
    is_near = reading.sentences_between(moves[0].token, draft.token) <= _MOVED
    return moves[0] if is_of_soldiers and is_near else None


_NEWS = frozenset((Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED, Status.DENIED))
_PEOPLE = frozenset(
    (MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES, MentionKind.BODY, MentionKind.ORGANISATION)
)


def _doers(draft: Draft, reading: Reading) -> set[str]:
    return {reading.mentions.describe(t).name for t in draft.roles.get("actor", ()) if t.pos_ != "PRON"}


def _names_its_own(draft: Draft, reading: Reading) -> bool:
    """Whether a deed has people or a named thing of its own, or one told as another."""
    words = [token for role in ("target", "victim") for token in draft.roles.get(role, ())]
    mentions: list[Any] = [reading.mentions.describe(token) for token in words]
    if any(mention.kind in _PEOPLE or any(c.isupper() for c in mention.name) for mention in mentions):
        return True
    is_told = any(c.dep_ in ("dobj", "nsubjpass") and c.lower_ in ("them", "it") for c in draft.token.children)
    return is_beside(draft) or not (words or is_told or draft.trigger.frame.outcome)
