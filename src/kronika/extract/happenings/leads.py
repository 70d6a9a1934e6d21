"""Leads: a headline tells what the first sentence tells again, and that what the rest of the report tells in full."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kronika.annotate.datelines import find_datelines
from kronika.extract.happenings.retelling import figures, is_beside
from kronika.extract.happenings.sameness import is_within
from kronika.extract.reading import NEW, Draft, Reading
from kronika.records import PlacePrecision

#: A headline has at most so many characters, and none of these at its end.
_LONGEST = 200
_ENDS = (".", "!", "?", ":", ",", ";")
#: How many sentences after the lead its happening is told in full.
_REACH = 6
_WIDE = frozenset((PlacePrecision.COUNTRY, PlacePrecision.REGION, PlacePrecision.ADMIN1))


@lru_cache(maxsize=4)
def headline_end(text: str) -> int:
    """Return where the headline that opens a text ends, 0 where the text opens with its first sentence.

    >>> headline_end("Two dead in raid on port\\n\\nRebels raided the port on Monday.")
    24
    """
    line, newline, rest = text.partition("\n")
    is_headline = newline and rest.strip() and len(line) <= _LONGEST and not line.rstrip().endswith(_ENDS)
    return len(line) if is_headline else 0


def lead_end(reading: Reading) -> int:
    """Return the token at which the first sentence after the headline and dateline ends."""
    text = reading.document.text
    end = max([headline_end(text), *(filed for _, filed in find_datelines(text))])
    lead: Any = next((token for token in reading.doc if token.idx >= end and not token.is_space), None)
    return 0 if lead is None else int(lead.sent.end)


def is_headline_of(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether the sentence after the headline tells the happening that the headline tells."""
    end = headline_end(reading.document.text)
    if not all(trigger.token.idx < end for trigger in other.triggers) or draft.token.idx < end:
        return False
    first = next((token for token in reading.doc if token.idx > end and not token.is_space), None)
    if first is None or draft.token.idx > _paragraph_end(reading.document.text, first.idx):
        return False
    return reading.sentences_between(first, draft.token) <= 1 and _can_be_one(draft, other, reading)  # "BEIRUT: …"


def is_told_in_full(draft: Draft, other: Draft, drafts: list[Draft], reading: Reading) -> bool:
    """Whether a report tells the place of what its lead, ``other``, put in a country or region: its only one."""
    if draft.trigger.frame.type != "ASSAULT" or not _is_wide(other):
        return False
    if len(draft.places) != 1 or _is_wide(draft) or is_beside(draft) or not _can_be_one(draft, other, reading):
        return False
    if reading.sentences_between(other.token, draft.token) > _REACH:
        return False
    return not any(_is_rival(one, draft, reading) for one in drafts if one is not draft)


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _can_be_one(draft: Draft, other: Draft, reading: Reading) -> bool:
    """Whether neither who did it nor how many were killed speaks against one happening."""
    mine, theirs = (_doers(one, reading) for one in (draft, other))
    killed, told = figures(draft, reading, least=1), figures(other, reading, least=1)
    return not (mine and theirs and not mine & theirs) and not (killed and told and not killed & told)


def _doers(draft: Draft, reading: Reading) -> set[str]:
    """Return who did a deed by state or name; "gunmen" can be anybody."""
    found = [reading.mentions.describe(t) for t in draft.roles.get("actor", ()) if t.pos_ != "PRON"]
    return {m.country or m.name.casefold() for m in found if m.country or any(c.isupper() for c in m.name)}


def _is_wide(draft: Draft) -> bool:
    return all(place.precision in _WIDE for place in draft.places)


def _is_rival(one: Draft, draft: Draft, reading: Reading) -> bool:
    """Whether another attack in the news, by the same or by nobody named, is told of another place than the draft's."""
    if one.trigger.frame.type != "ASSAULT" or one.verdict.status not in NEW or _is_wide(one):
        return False
    mine, theirs = _doers(draft, reading), _doers(one, reading)
    if mine and theirs and not mine & theirs:
        return False
    return not any(is_within(a, b) or is_within(b, a) for a in one.places for b in draft.places)
