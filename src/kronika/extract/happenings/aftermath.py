"""Aftermath: the sentences right after an attack that only tell what it brought about ("A fire broke out at both")."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.extract.consequences.outcome import tells_effect
from kronika.extract.grammar.references import DEBRIS
from kronika.extract.happenings.sameness import PARTS, are_one_site, is_any_site
from kronika.extract.reading import Draft, Reading
from kronika.records import MentionKind, Status

#: How many sentences after an attack may tell of it alone.
_REACH = 2
_TOLD = frozenset((Status.OCCURRED, Status.ONGOING, Status.INTERCEPTED))
#: What makes a consequence one that is only possible.
_MODALS = frozenset(("may", "might", "could", "would", "will", "can", "should"))
#: Where a site stands in the clause that tells what became of it.
_NAMED_AS = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj"))
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


def retold(drafts: Iterable[Draft], told: frozenset[int], reading: Reading) -> Iterator[tuple[Draft, Any, bool]]:
    """Yield the sentences farther on that tell what became of a site, with the attack on it that was told last.

    They name the site or lead back to it ("A fire broke out at the plant", "The refinery was working as usual"): then
    the third value is true. Where they name no site, and the text has one only, its work may still be what stopped.
    """
    sites: list[tuple[int, Draft, frozenset[str]]] = []
    for draft in drafts:
        if draft.trigger.frame.type == "ASSAULT" and draft.verdict.status in _TOLD:
            targets = (reading.mentions.describe(token) for token in draft.roles.get("target", ()))
            names = frozenset(target.name for target in targets if target.kind is MentionKind.FACILITY)
            if names:
                sites.extend((trigger.token.i, draft, names) for trigger in draft.triggers)
    sites.sort(key=lambda site: site[0])
    for sentence in reading.doc.sents if sites else ():
        if not told.isdisjoint(range(sentence.start, sentence.end)) or not tells_effect(sentence):
            continue
        before = [(draft, names) for at, draft, names in sites if at < sentence.start]
        before = before or [(draft, names) for _, draft, names in sites[:1]]
        tokens = (t for t in sentence if t.pos_ in ("NOUN", "PROPN", "PRON") and t.dep_ in _NAMED_AS)
        here = [reading.mentions.describe(token) for token in tokens if token.lemma_ not in PARTS]
        named = {mention.name for mention in here}
        attacked = next((draft for draft, names in reversed(before) if _meet(names, named)), None)
        if attacked is None and any(token.lemma_.lower() in DEBRIS for token in sentence):
            sites_here = [mention.name for mention in here if mention.kind is MentionKind.FACILITY]
            attacked = before[-1][0] if all(map(is_any_site, sites_here)) else None
        is_named = attacked is not None
        if attacked is None and not any(mention.kind is MentionKind.FACILITY for mention in here):
            last, names = before[-1]
            attacked = last if all(_meet(names, other) for _, other in before) else None
        if attacked is not None and _is_of(sentence, told, attacked, reading):
            yield attacked, sentence, is_named


def _meet(names: Iterable[str], others: Iterable[str]) -> bool:
    return any(one == other or are_one_site(one, other) for one in names for other in others)


def _goes_on(sentence: Any, told: frozenset[int], draft: Draft, reading: Reading) -> bool:
    start = sentence.start
    if "\n\n" in reading.document.text[reading.doc[start - 1].idx : reading.doc[start].idx]:
        return False
    return _is_of(sentence, told, draft, reading)


def _is_of(sentence: Any, told: frozenset[int], draft: Draft, reading: Reading) -> bool:
    """Whether a sentence can be of an attack: it tells no deed, and no place or day that is another."""
    start, end = sentence.start, sentence.end
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
