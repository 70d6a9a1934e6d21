"""Sameness: whether a later mention tells of a happening that was told before, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.consequences.shares import is_counted_out
from kronika.extract.consequences.strengths import states_moving
from kronika.extract.reading import Draft, Reading
from kronika.records import Mention, MentionKind, PlacePrecision, PlaceRef, TimeRef

DEFINITE = frozenset(("the", "this", "these", "that", "those", "both"))
ORDINALS = frozenset(
    (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
    )
)
_OTHER = frozenset(("other", "another", "previous", "earlier", "separate", "new", "further", "similar", "past", "more"))
_ADDED = frozenset(("also", "too", "additionally", "separately", "elsewhere"))
_NEXT_DAY = 1
#: What a report tells without a date is news: at most so many days old.
_NEWS_DAYS = 7
#: An event noun may recall it with its date ("the strike on 3 May"); one older than this is of another happening.
_RECALLED_DAYS = 31
#: Attacks that a plain "attack" does not stand for.
_OWN_KIND = frozenset(("overrun", "loot"))
#: Harm to people: who was killed is told with it.
_TOLLS = frozenset(("kill", "die", "wound"))
#: Words that any site may be called by.
_ANY_SITE = frozenset(
    (
        *(
            "plant",
            "facility",
            "site",
            "building",
            "buildings",
            "enterprise",
            "installation",
            "complex",
            "works",
            "object",
            "target",
        ),
        *("industrial", "infrastructure", "production", "energy", "large", "major", "key", "important", "same"),
    )
)

#: Words for soldiers of any kind: "Mexican troops" can be the "military personnel" told of next.
SOLDIERS = frozenset(("soldiers", "troops", "servicemen", "personnel", "military", "army", "forces"))
#: Places too wide for what happens in them to be one scene.
_COARSE = frozenset((PlacePrecision.COUNTRY, PlacePrecision.REGION, PlacePrecision.NONE))
#: Words at the end of a site's name that say what it is, together enough to tell it ("power station").
_KIND_WORDS = 2
#: What stands in every town, and does not tell a site from others.
BUILT = frozenset(("building", "structure", "property", "premise"))
#: What is a part of some site: it is hit where the site is.
PARTS = frozenset(
    (
        *("unit", "department", "ward", "tank", "workshop", "roof", "hall", "line", "boiler", "turbine", "hangar"),
        *("runway", "wing", "entrance", "gate", "yard", "courtyard", "transformer", "reactor", "pump", "column"),
    )
)

_NAMED = frozenset((MentionKind.FACILITY, MentionKind.FORCES, MentionKind.ORGANISATION))


def is_apart(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether something in the text keeps two mentions apart: place, day, target, or a word like "another"."""
    if not _kinds_agree(draft, other) or _is_whole_raid(draft, other):
        return True
    is_aimed = bool(draft.roles.get("target"))
    for child in draft.token.children:
        if child.lower_ in _OTHER or (is_aimed and child.lower_ in _ADDED):
            return True  # "the drones also hit …": one more site
    if _is_one_more(draft.token):
        return True
    return (
        not are_places_one(draft.places, other.places)
        or not times_agree(draft.time, other.time)
        or _targets_differ(draft, other, reading)
    )


def _is_whole_raid(draft: Draft, other: Draft) -> bool:
    """Whether one is a total over many places and the other an attack on one of them."""
    return is_counted_out(draft) and other.trigger.frame.outcome != "intercepted"


def _is_one_more(noun: Any) -> bool:
    """Whether a deed is told as new by its number ("a second strike on the camp", not "the second strike")."""
    words = [child.lower_ for child in noun.lefts]
    return not ORDINALS.isdisjoint(words[1:]) and words[0] == "a" and "first" not in words and not is_summed_up(noun)


def _kinds_agree(draft: Draft, other: Draft) -> bool:
    """Whether two deeds can be one: of one frame, or both attacks and their consequences (an annexation is neither)."""
    mine, theirs = draft.trigger.frame, [trigger.frame.id for trigger in other.triggers]
    if mine.id in theirs:
        return True
    if mine.type != "ASSAULT":
        return mine.type == "MOBILIZE"
    blows = _blows()
    return mine.id in blows and not blows.isdisjoint(theirs)


@cache
def _blows() -> frozenset[str]:
    words = predicates()
    return (words.causes | words.consequences) - _OWN_KIND


def points_back(draft: Draft) -> bool:
    """Whether an event noun is told as known: "the attack", "Monday's strike", "It was the fifth strike"."""
    token = draft.token
    if draft.trigger.is_verb:
        return False
    if is_summed_up(token):
        return True
    if draft.trigger.frame.id in _TOLLS and any(child.lower_ == "of" for child in token.rights):
        return False  # "announced the deaths of two soldiers"
    if any(child.lower_ in ORDINALS for child in token.children):
        return False
    return any(child.lower_ in DEFINITE or child.dep_ == "poss" for child in token.lefts)


def is_summed_up(token: Any) -> bool:
    """Whether a sentence says of the happening before it what it was ("It was the fifth strike on the plant").

    "Monday's strike was the third this year" has the count as an adjective of its own; its noun points back already.
    """
    verb = token.head
    if token.dep_ == "oprd" and verb.lemma_ in ("call", "describe"):
        return True
    if token.dep_ != "attr" or verb.lemma_ != "be":
        return False
    return any(
        c.dep_ == "nsubj" and (c.lower_ in ("it", "this", "that") or c.lemma_ in ("strike", "attack"))
        for c in verb.lefts
    )


def is_heard(draft: Draft) -> bool:
    """Whether a draft is only the sound of an attack: explosions of nothing that is named, by nobody."""
    if draft.trigger.frame.id != "explode" or draft.trigger.is_verb:
        return False
    return not any(draft.roles.get(role) for role in ("actor", "target", "victim", "instrument"))


def same_site(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether both happen to one site that the text names (a definite description leads back to the name).

    A site may be told by its kind first ("a large power station") and by its name then.
    """
    if not draft.roles.get("target") or not other.roles.get("target"):
        return False
    mine, theirs = ({reading.mentions.describe(t).name for t in one.roles.get("target", ())} for one in (draft, other))
    return any(are_one_site(one, another) for one in mine for another in theirs)


def same_forces(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether two movements are of the forces of one state."""
    return bool(states_moving(draft, reading) & states_moving(other, reading))


def are_one_site(one: str, other: str) -> bool:
    """Whether two names can be of one site: the same, or of one kind where one has no name of its own."""
    if one == other:
        return len(one.split()) > 1
    kinds = [name.split()[-_KIND_WORDS:] for name in (one, other)]
    return kinds[0] == kinds[1] and len(kinds[0]) == _KIND_WORDS and (one.islower() or other.islower())


def same_place(draft: Draft, other: Draft) -> bool:
    """Whether both are told of one settlement, district or region."""
    return bool({p.id for p in draft.places if is_fine(p)} & {p.id for p in other.places if is_fine(p)})


def is_fine(place: PlaceRef) -> bool:
    """Whether a place is known and no wider than a district or region of a country."""
    return place.id is not None and place.precision not in _COARSE


def are_places_one(mine: Iterable[PlaceRef], theirs: Iterable[PlaceRef]) -> bool:
    """Whether some place of each can be one: the same, or one inside the other; no place agrees with any."""
    ours = [(a, b) for a in mine for b in theirs]
    return not ours or any(is_within(a, b) or is_within(b, a) for a, b in ours)


def is_within(inner: PlaceRef, outer: PlaceRef) -> bool:
    """Whether a place is, or can lie in, another: one of its country that is wider, or whose name it bears."""
    if inner.id == outer.id:
        return True
    if inner.country != outer.country:
        return inner.country is None or outer.country is None
    if outer.precision in (PlacePrecision.COUNTRY, PlacePrecision.REGION):
        return True
    return outer.name in (inner.admin1, inner.admin2)


def times_agree(mine: TimeRef | None, theirs: TimeRef | None) -> bool:
    """Whether the intervals meet, a night's next morning included; an unknown time agrees with any."""
    if mine is None or theirs is None or not (mine.start and mine.end and theirs.start and theirs.end):
        return True
    first, second = sorted(((mine.start, mine.end), (theirs.start, theirs.end)))
    return second[0] == first[0] or (date.fromisoformat(second[0]) - date.fromisoformat(first[1])).days < _NEXT_DAY


def is_told_apart_in_time(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether what has an older date of its own follows news told without one ("It was hit in January, too")."""
    published = reading.document.published
    if (other.time is not None and other.time.start) or draft.time is None or not draft.time.end or not published:
        return False
    age = (date.fromisoformat(published[:10]) - date.fromisoformat(draft.time.end[:10])).days
    return age > (_NEWS_DAYS if draft.trigger.is_verb else _RECALLED_DAYS)


def _targets_differ(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether both name a target and the names have no word in common."""
    mine = _names(draft, reading)
    if not mine:
        return False
    theirs = _names(other, reading)
    return bool(theirs) and mine.isdisjoint(theirs) and not _is_mere_damage(draft, other, reading)


def _is_mere_damage(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a sentence soon after an attack only says what else was destroyed, by nobody and nothing named."""
    if draft.trigger.frame.id != "destroy" or draft.roles.get("actor") or draft.roles.get("instrument"):
        return False
    is_suffered = any(child.dep_ == "nsubjpass" for child in draft.token.lefts)
    last = max((trigger.token for trigger in other.triggers), key=lambda token: token.i)
    is_near = (
        "\n" not in reading.document.text[last.idx : draft.token.idx]
        or reading.sentences_between(last, draft.token) == 1
    )
    return is_suffered and not draft.places and is_near


def is_any_site(name: str) -> bool:
    """Whether a name is a word that any site may be called by ("an industrial site")."""
    return _ANY_SITE.issuperset(name.lower().split())


def _names(draft: Draft, reading: Reading) -> frozenset[str]:
    return frozenset().union(*(_words_of(token, reading) for token in draft.roles.get("target", ())))


def _words_of(site: Any, reading: Reading) -> frozenset[str]:
    """Return the words that tell a site from others: none of a part of one, or of what has no name."""
    found = reading.site_words.get(site.i)
    if found is None:
        found = reading.site_words[site.i] = frozenset(_own_words(site, reading.mentions.describe(site)) - _ANY_SITE)
    return found


def _own_words(site: Any, mention: Mention) -> set[str]:
    is_bare = mention.name == site.text and site.lemma_ in BUILT
    if is_bare or (site.pos_ == "NOUN" and site.lemma_.lower() in PARTS):
        return set()
    if mention.name.split()[-1] in SOLDIERS:
        return {"soldiers"}
    if mention.kind not in _NAMED and site.pos_ != "PROPN":
        return set()
    words = {word.lower() for word in mention.name.replace("-", " ").split()}
    return words - {site.lower_} | {site.lemma_.lower()} if site.lower_ in words else words
