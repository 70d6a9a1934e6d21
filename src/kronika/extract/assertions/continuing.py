"""Continuing: a toll told right behind what somebody said, without a speaker of its own, is still theirs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from kronika.extract.happenings.episodes import turns_elsewhere
from kronika.extract.reading import Reading
from kronika.records import Certainty, Claim, CountKind, Span, SpeakerKind, Stance, content_id
from kronika.records.quick import replace

_HARM = frozenset((CountKind.KILLED, CountKind.WOUNDED, CountKind.MISSING, CountKind.CASUALTIES))
_SAYING = frozenset((Stance.SAYS, Stance.CONFIRMS, Stance.ESTIMATES))
#: Longer sentences tell more than a toll.
_LONGEST = 16
#: ... but what opens so goes on dividing what was counted right before ("Of these, 40 were killed").
_DIVIDING = frozenset(("these", "those", "them", "whom"))
_LONGEST_DIVISION = 40


def with_continued(claims: Sequence[Claim], reading: Reading) -> list[Claim]:
    """Return the claims with one more for each toll that goes on from a claim: "…, the source said. Dozens were hurt."

    It stands in the same paragraph, in the sentence right behind, and names no speaker, place or time of its own (but
    a time where it divides what was counted: "Of these, …"). Since the text does not say whose it is, it is probable at
    most.
    """
    if not any(counted.quantity.kind in _HARM for counted in reading.counts):
        return list(claims)
    sentences = list(reading.doc.sents)
    starts = [sentence.start_char for sentence in sentences]
    spoken: dict[int, Claim] = {}
    for claim in claims:
        if claim.cue is not None and claim.inside is None:
            spoken[bisect_right(starts, claim.cue.start) - 1] = claim
    found = list(claims)
    for number in range(1, len(sentences)):
        before = spoken.get(number - 1)
        if before is None or number in spoken or not _can_go_on(before) or not reading.counts_in(number):
            continue
        sentence = sentences[number]
        told = reading.document.text[sentences[number - 1].start_char : sentence.start_char]
        if "\n" not in told[len(told.rstrip()) :] and _is_toll(sentence, claims, reading):
            claim = _continued(before, sentence, reading)
            found.append(claim)
            spoken[number] = claim
    return found


def _can_go_on(claim: Claim) -> bool:
    """Whether somebody named or described plainly says something, in other words than a quote's."""
    is_somebody = claim.speaker.kind in (SpeakerKind.NAMED, SpeakerKind.UNNAMED)
    return is_somebody and claim.stance in _SAYING and not claim.is_quote


def _is_toll(sentence: Any, claims: Sequence[Claim], reading: Reading) -> bool:
    start, end = sentence.start_char, sentence.end_char
    divides = len(sentence) > 1 and sentence[0].lower_ == "of" and sentence[1].lower_ in _DIVIDING
    if len(sentence) > (_LONGEST_DIVISION if divides else _LONGEST) or turns_elsewhere(sentence.root):
        return False
    if any(part.start < end and start < part.end for claim in claims for part in claim.content):
        return False
    if not divides and any(sentence.start <= timed.first < sentence.end for timed in reading.times):
        return False
    if any(sentence.start <= at.first < sentence.end and not at.is_reference for at in reading.places):
        return False
    return any(counted.quantity.kind in _HARM for counted in reading.counts_in(reading.sentence_of[sentence.start]))


def _continued(claim: Claim, sentence: Any, reading: Reading) -> Claim:
    document = reading.document
    start, end = sentence.start_char, sentence.end_char
    while end > start and (document.text[end - 1].isspace() or document.text[end - 1] == "."):
        end -= 1
    span = Span(document.id, start, end, document.text[start:end])
    key = content_id("c", document.id, start, end, "continued")
    return replace(
        claim,
        id=key,
        cue=None,
        content=(span,),
        stance=Stance.SAYS,
        certainty=Certainty.PROBABLE,
        hedges=(),
        about=(),
        inside=None,
        rule="continued",
    )
