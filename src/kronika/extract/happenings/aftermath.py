"""Aftermath: the sentences right after an attack that only tell what it brought about ("A fire broke out at both")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kronika.extract.reading import Draft, Reading
from kronika.records import Status

#: How many sentences after an attack may tell of it alone.
_REACH = 2
_TOLD = frozenset((Status.OCCURRED, Status.ONGOING, Status.INTERCEPTED))
#: What makes a consequence one that is only possible.
_MODALS = frozenset(("may", "might", "could", "would", "will", "can", "should"))
#: What compares with another happening.
_OTHER = frozenset(("earlier", "previous", "last", "another", "other", "unlike", "since", "similar"))


def aftermath(draft: Draft, told: frozenset[int], reading: Reading) -> Iterator[Any]:
    """Yield the sentences that go on from the last telling of an attack: no other deed, place or day is in them.

    ``told`` are the tokens of all triggers.
    """
    if draft.verdict.status not in _TOLD:
        return
    doc, seen = reading.doc, {trigger.token.sent.start for trigger in draft.triggers}
    for end in sorted({trigger.token.sent.end for trigger in draft.triggers}):
        for _ in range(_REACH):
            sentence = doc[end].sent if end < len(doc) else None
            if sentence is None or sentence.start in seen or not _goes_on(sentence, told, draft, reading):
                break
            seen.add(sentence.start)
            yield sentence
            end = sentence.end


def _goes_on(sentence: Any, told: frozenset[int], draft: Draft, reading: Reading) -> bool:
    start, end = sentence.start, sentence.end
    if "\n\n" in reading.document.text[reading.doc[start - 1].idx : reading.doc[start].idx]:
        return False
    if not told.isdisjoint(range(start, end)):
        return False
    here, number = {place.id for place in draft.places}, reading.sentence_of[start]
    if any(not at.is_actor and at.place.id not in here for at in reading.places_in(number)):
        return False
    if any(_is_another_day(timed.time, draft) for timed in reading.times_in(number)):
        return False
    return not any(token.lower_ in _MODALS or token.lower_ in _OTHER for token in sentence)


def _is_another_day(time: Any, draft: Draft) -> bool:
    if not time.start or draft.time is None or not draft.time.start:
        return False
    return bool(
        time.start[:10] > (draft.time.end or draft.time.start)[:10] or (time.end or "9")[:10] < draft.time.start
    )
