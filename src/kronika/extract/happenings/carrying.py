"""Carrying: an event told without place or day takes those of the happening it continues, and says so."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from kronika.extract.circumstances.background import GRACE, RECENT_DAYS, is_since
from kronika.extract.circumstances.company import gather
from kronika.extract.circumstances.dating import is_shown, no_venue, time_of, times_again
from kronika.extract.circumstances.locating import places_of
from kronika.extract.grammar.nearness import TELLING
from kronika.extract.happenings.sameness import is_within
from kronika.extract.reading import CARRIED, Draft, Reading, Timed
from kronika.records import PlacePrecision, PlaceRelation, Status, TimePrecision, TimeRef
from kronika.records.quick import replace

#: How many sentences a day told once holds for what follows.
_REACH = 4
_TOLD = frozenset((Status.OCCURRED, Status.ATTEMPTED, Status.INTERCEPTED, Status.DENIED))
_WEEK = timedelta(days=7)
_DAYS = frozenset((TimePrecision.DAY, TimePrecision.NIGHT, TimePrecision.HOUR, TimePrecision.RANGE))


def settle(some: list[Draft], drafts: list[Draft], reading: Reading) -> None:
    """Give some of the drafts the place and time of their own words."""
    if not some:
        return
    company = gather(drafts)
    for draft in some:
        draft.reasons.pop("place", None)
        draft.reasons.pop("time", None)
        draft.places = [] if no_venue(draft.trigger.frame) else places_of(draft, company, reading)
        if draft.part is not None:
            draft.places = [draft.part]
        draft.time = time_of(draft, company, reading)
        draft.again = times_again(draft, reading)


def carry(drafts: list[Draft], reading: Reading) -> None:
    """Let what has no place or no day of its own take it from what it leads back to, in the order of the text.

    A place is carried only by the site: the same named target, told earlier with its place. A day is carried from an
    attack or from a time that opens a sentence, at most four sentences before, and from there on: for what is told in
    the past without any time of its own.
    """
    sites: dict[str, Draft] = {}
    days = [(reading.doc[timed.first], timed.time) for timed in reading.times if _opens(timed, reading)]
    for draft in drafts:
        _set_back(draft, reading)
        names = [reading.mentions.describe(t).name for t in draft.roles.get("target", ())]
        for name in names:
            if not _is_placed(draft) and name in sites:
                draft.places = [replace(place, chosen="told of the same site before") for place in sites[name].places]
        for name in names:
            if _is_placed(draft) and len(name.split()) > 1:
                sites.setdefault(name, draft)
        if draft.trigger.frame.type != "ASSAULT" or draft.verdict.status not in _TOLD:
            continue
        if draft.time is None and not (_is_before_all(draft.token) or _is_of_now(draft) or is_shown(draft.token)):
            draft.time = _day_before(draft, days, reading)
        is_new = draft.time is not None and not (_is_old(draft.time, days, reading) or is_since(draft.token))
        if draft.time is not None and is_new and draft.time.precision in _DAYS:
            days.extend((trigger.token, draft.time) for trigger in draft.triggers)


def _set_back(draft: Draft, reading: Reading) -> None:
    """Put the day of an attack that is told as done, and that would be yet to come, into the year or week before.

    A year that the text gives stays: it is a finding.
    """
    time, published = draft.time, reading.document.published
    is_done = draft.trigger.frame.type == "ASSAULT" and draft.verdict.status in _TOLD | {Status.HISTORICAL}
    if time is None or time.precision is not TimePrecision.DAY or not (time.start and published) or not is_done:
        return
    is_given = time.span is not None and time.start[:4] in time.span.text
    if is_given or date.fromisoformat(time.start) <= date.fromisoformat(published[:10]) + GRACE:
        return
    if time.span is not None and not any(c.isdigit() for c in time.span.text):  # "on Monday"
        day = (date.fromisoformat(time.start) - _WEEK).isoformat()
        draft.time = replace(time, edtf=day, start=day, end=day)
    elif time.start[5:] != "02-29":
        day = f"{int(time.start[:4]) - 1}{time.start[4:]}"
        draft.time = replace(time, edtf=day, start=day, end=day)


def carry_back(drafts: list[Draft], reading: Reading) -> None:
    """Date an attack told without any day by what is told after it of the same raid: how much was shot down over there.

    "The army said it had hit the depot in Izium. … The ministry said 30 drones had been downed overnight, nine of them
    over the Kharkiv region."
    """
    raids = [d for d in drafts if d.trigger.frame.outcome == "intercepted" and d.time and d.time.precision in _DAYS]
    for draft in drafts:
        if draft.time is not None or draft.trigger.frame.type != "ASSAULT" or draft.verdict.status not in _TOLD:
            continue
        raid = next((r for r in raids if r.token.i > draft.token.i and _came_over(r, draft, reading)), None)
        if raid is not None and raid.time is not None:
            draft.time = replace(raid.time, anchor=CARRIED)
            draft.reasons.pop("time", None)


def _came_over(raid: Draft, draft: Draft, reading: Reading) -> bool:
    """Whether one of the places that something was shot down over is that of an attack, or holds it."""
    here = reading.places_in(reading.sentence_of[raid.token.i])
    over = [one.place for one in here if one.place.relation is PlaceRelation.OVER]
    return any(is_within(place, outer) for place in draft.places for outer in over)


def _is_placed(draft: Draft) -> bool:
    return any(place.precision is not PlacePrecision.COUNTRY for place in draft.places)


def _opens(timed: Timed, reading: Reading) -> bool:
    """Whether a time is the day of all that its sentence tells, and what follows goes on from."""
    sentence = reading.doc[timed.first].sent
    return timed.first <= sentence.start + 1 and timed.time.precision in _DAYS and timed.time.start is not None


def _is_before_all(token: Any) -> bool:
    """Whether a verb tells of a time before that of the story: "had been hit", in the text's own voice."""
    has_had = any(child.dep_ == "aux" and child.lower_ in ("had", "'d") for child in token.lefts)
    return has_had and not any(word.dep_ in ("ccomp", "parataxis") for word in (token, token.head))


def _is_of_now(draft: Draft) -> bool:
    """Whether a draft tells what goes on or has gone on ("has led many attacks"): it is of no day of the story."""
    verb = draft.trigger.light or draft.token
    while verb.head.i != verb.i and (verb.pos_ not in ("VERB", "AUX") or _is_participle(verb)):
        verb = verb.head
    aux = [child for child in verb.lefts if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in ("has", "have", "'ve") for child in aux):
        return draft.token.tag_ == "NNS" or not any(child.dep_ == "auxpass" for child in aux)
    return (
        verb.tag_ in ("VBZ", "VBP") and draft.token.tag_ in ("NNS", "VBZ", "VBP", "VBG") and verb.lemma_ not in TELLING
    )


def _is_participle(verb: Any) -> bool:
    return verb.tag_ == "VBG" and not any(child.dep_ in ("aux", "auxpass") for child in verb.lefts)


def _is_old(time: TimeRef, days: list[tuple[Any, TimeRef]], reading: Reading) -> bool:
    """Whether a day is long past, and the story has a newer one that it goes on from."""
    published = reading.document.published
    if not published or not time.end:
        return False
    limit = _oldest_news(published[:10])
    return time.end[:10] < limit and any((told.end or "")[:10] >= limit for _, told in days)


@lru_cache(maxsize=8)
def _oldest_news(published: str) -> str:
    return (date.fromisoformat(published) - timedelta(days=RECENT_DAYS)).isoformat()


def _day_before(draft: Draft, days: list[tuple[Any, TimeRef]], reading: Reading) -> TimeRef | None:
    """Return the day told last before the draft, if the text still goes on from it."""
    told, sentence = [pair for pair in days if pair[0].i < draft.token.i], reading.sentence_of[draft.token.i]
    told = [pair for pair in told if _is_same_paragraph(pair[0], draft.token) or not _is_old(pair[1], told, reading)]
    if not told:
        return None
    token, time = max(told, key=lambda pair: pair[0].i)
    if any(_is_older(timed.time, time) for timed in reading.times_in(sentence)):
        return None
    if reading.sentences_between(token, draft.token) > _REACH:
        return None
    draft.reasons.pop("time", None)
    return replace(time, anchor=CARRIED)


def _is_same_paragraph(one: Any, other: Any) -> bool:
    return "\n" not in one.doc.text[one.idx : other.idx]


def _is_older(time: TimeRef, day: TimeRef) -> bool:
    """Whether a sentence is about a year, month or day before the day ("fell in 2015 in the face of an offensive")."""
    told = time.precision in (TimePrecision.YEAR, TimePrecision.MONTH, TimePrecision.SEASON, TimePrecision.DAY)
    return told and bool(time.end and day.start and time.end[:10] < day.start[:10])
