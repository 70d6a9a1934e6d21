"""Carrying: an event told without place or day takes those of the happening it continues, and says so."""

from __future__ import annotations

from dataclasses import replace

from kronika.extract.circumstances import places_of, time_of
from kronika.extract.reading import Draft, Reading
from kronika.records import PlacePrecision, Status, TimePrecision, TimeRef

#: Deeds in words have no venue of their own: their place would be a pin where somebody spoke.
VERBAL = frozenset(("AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"))
#: How many sentences a day told once holds for what follows.
_REACH = 4
_TOLD = frozenset((Status.OCCURRED, Status.ATTEMPTED, Status.INTERCEPTED, Status.DENIED))
_DAYS = frozenset((TimePrecision.DAY, TimePrecision.NIGHT, TimePrecision.HOUR, TimePrecision.RANGE))


def settle(draft: Draft, drafts: list[Draft], reading: Reading) -> None:
    """Give the draft the place and time of its own words."""
    draft.reasons.pop("place", None)
    draft.reasons.pop("time", None)
    draft.places = [] if draft.trigger.frame.type in VERBAL else places_of(draft, drafts, reading)
    if draft.trigger.frame.outcome == "intercepted":
        draft.places = draft.places[:1]  # what was shot down over several regions came in one raid
    draft.time = time_of(draft, drafts, reading)


def carry(drafts: list[Draft], reading: Reading) -> None:
    """Let what has no place or no day of its own take it from what it leads back to, in the order of the text.

    A place is carried only by the site: the same named target, told earlier with its place. A day is carried from the
    attack told at most four sentences before, for what is told in the past without any time of its own.
    """
    sites: dict[str, Draft] = {}
    last: Draft | None = None
    for draft in drafts:
        names = [reading.mentions.describe(t).name for t in draft.roles.get("target", ())]
        for name in names:
            if not _is_placed(draft) and name in sites:
                draft.places = [replace(place, chosen="told of the same site before") for place in sites[name].places]
        for name in names:
            if _is_placed(draft) and len(name.split()) > 1:
                sites.setdefault(name, draft)
        if draft.trigger.frame.type != "ASSAULT" or draft.verdict.status not in _TOLD:
            continue
        if draft.time is None and last is not None and _goes_on(last, draft, reading):
            draft.time = _carried(last)
            draft.reasons.pop("time", None)
        elif draft.time is not None and draft.time.precision in _DAYS:
            last = draft


def _is_placed(draft: Draft) -> bool:
    return any(place.precision is not PlacePrecision.COUNTRY for place in draft.places)


def _carried(draft: Draft) -> TimeRef | None:
    return None if draft.time is None else replace(draft.time, anchor="the day told before")


def _goes_on(first: Draft, second: Draft, reading: Reading) -> bool:
    return reading.sentences_between(first.triggers[-1].token, second.token) <= _REACH
