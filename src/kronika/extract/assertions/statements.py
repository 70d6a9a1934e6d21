"""Statements: what a person, body or state is on record as saying on a matter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Any

from kronika.extract.reading import Reading
from kronika.records import (
    Claim,
    CountKind,
    Event,
    Mention,
    MentionKind,
    Quantity,
    Span,
    SpeakerKind,
    Stance,
    Statement,
    content_id,
)

#: Whoever only reports that something happened takes no position on a matter.
_REPORTS = frozenset((Stance.SAYS, Stance.CONFIRMS, Stance.ESTIMATES))
_MODIFIERS = frozenset(("compound", "nmod", "amod", "nummod", "npadvmod"))
_SPEAKERS = frozenset(
    (
        *(MentionKind.PERSON, MentionKind.STATE, MentionKind.BODY, MentionKind.FORCES, MentionKind.MEDIA),
        MentionKind.ORGANISATION,
    )
)
#: A pronoun that leads back to nobody names nobody.
_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i", "you", "who"))
#: What "its" can lead back to.
_OWNERS = frozenset(
    (MentionKind.PLACE, MentionKind.STATE, MentionKind.FACILITY, MentionKind.BODY, MentionKind.ORGANISATION)
)


def read_statements(
    reading: Reading, claims: Iterable[Claim], events: Iterable[Event], quantities: Iterable[Quantity]
) -> list[Statement]:
    """Return the statements of named speakers among ``claims``, in their order.

    A claim that only reports what happened (one of ``events``, what came of it, a toll among ``quantities``) is none;
    one that doubts, blames, demands or promises is, and so is one whose content tells of no happening. ``matter`` are
    the noun phrases of the content, by the names they go by.
    """
    told = _told(events, quantities)
    found = []
    for claim in claims:
        speaker = claim.speaker
        if speaker.kind is not SpeakerKind.NAMED or speaker.mention is None or not _can_state(speaker.mention):
            continue
        if (claim.stance in _REPORTS and _tells(claim, told)) or _is_unsaid(claim):
            continue
        matter = tuple(dict.fromkeys(name for span in claim.content for name in _matter(span, reading)))
        if matter:
            said = " … ".join(" ".join(span.text.split()) for span in claim.content)
            key = content_id("s", claim.id)
            found.append(Statement(key, claim.id, speaker.mention.name, claim.stance.value, matter, said))
    return found


def _is_unsaid(claim: Claim) -> bool:
    """Whether the text says that the speaker did not say it ("could not verify the figures", "has not denied")."""
    words = claim.cue.text.lower().split() if claim.cue is not None else []
    return "not" in words or any(word.endswith(("n't", "n’t")) for word in words)


def _told(events: Iterable[Event], quantities: Iterable[Quantity]) -> list[tuple[int, int]]:
    """Return where the words stand that tell happenings, effects and tolls, in the order of the text."""
    told = [quantity.span for quantity in quantities if quantity.kind is not CountKind.OTHER]
    for event in events:
        told.extend((event.trigger, *event.mentions, *(effect.span for effect in event.effects)))
    return sorted((span.start, span.end) for span in told)


def _tells(claim: Claim, told: list[tuple[int, int]]) -> bool:
    """Whether the content of a claim holds one of the words that tell happenings."""
    for content in claim.content:
        after = bisect_left(told, (content.start,))
        before = bisect_left(told, (content.end,))
        if any(end <= content.end for _, end in told[after:before]):
            return True
    return False


def _can_state(speaker: Mention) -> bool:
    if speaker.name.lower() in _PRONOUNS:
        return False
    return speaker.kind in _SPEAKERS or speaker.head[:1].isupper()


def _matter(span: Span, reading: Reading) -> Iterator[str]:
    """Yield the names of the things a content speaks of: its nouns, and what "it" and "its" lead back to."""
    tokens = reading.doc.char_span(span.start, span.end, alignment_mode="contract")
    times = reading.dated()
    for token in tokens if tokens is not None else ():
        if token.i in times:
            continue
        if token.tag_ == "PRP$" and token.lower_ == "its":
            owner = _owner(token, reading)
            if owner is not None:
                yield owner
        elif token.pos_ == "PRON" and (token.lower_ != "it" or token.dep_ == "nsubj"):
            mention = reading.mentions.describe(token)
            if mention.antecedent is not None:
                yield mention.name
        elif token.pos_ in ("NOUN", "PROPN") and token.dep_ not in _MODIFIERS:
            yield reading.mentions.describe(token).name


def _owner(pronoun: Any, reading: Reading) -> str | None:
    """Return the nearest place, state, body or facility before "its" in the sentence that is one thing."""
    for i in range(pronoun.i - 1, pronoun.sent.start - 1, -1):
        token = reading.doc[i]
        if token.tag_ in ("NN", "NNP") and token.dep_ not in _MODIFIERS:
            mention = reading.mentions.describe(token)
            if mention.kind in _OWNERS:
                return mention.name
    return None
