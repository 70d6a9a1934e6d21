"""Roster: who speaks of one incident, each under one name, however the reports call them.

A report that says "the governor" means the one governor whom another report of the same incident names; "the defence
ministry" and "the Russian Ministry of Defence" are one body; "Roe" is Jane Roe where no other Roe speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kronika.codebook.attribution import speech
from kronika.codebook.states import states
from kronika.link.names import fold, fold_translit
from kronika.records import MentionKind, Speaker, SpeakerKind

_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.UNKNOWN, MentionKind.GROUP, MentionKind.SOURCE))
_BODIES = frozenset((MentionKind.BODY, MentionKind.FORCES, MentionKind.ORGANISATION, MentionKind.MEDIA))
_SPELLED = {"defense": "defence", "centre": "center"}
_EMPTY = frozenset(("the", "of", "for", "and", "s", "in", "its"))
_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i", "who"))
_WORD = re.compile(r"[^\W_]+")

#: A speaker in a document: its document and the name that it goes by there.
Who = tuple[str, str]


class _Said(NamedTuple):
    """A speaker with everything that its document calls it by."""

    who: Who
    speaker: Speaker
    names: frozenset[str]  # capitalised words of its descriptions and offices, folded
    offices: frozenset[str]


def one_name_each(speakers: Iterable[Speaker], described: Mapping[str, Iterable[Speaker]]) -> dict[Who, Speaker]:
    """Return who stands for each of the ``speakers`` of one incident that others of them name more fully.

    ``described`` are all speakers of each document: a title may be given beside another statement. What fits two
    names goes to neither.
    """
    said = list(_gathered(speakers, described))
    found: dict[Who, Speaker] = {}
    for one in said:
        others = sorted((other for other in said if _is_fuller(other, one)), key=lambda o: (len(o.who[1]), o.who))
        fuller = {_identity(other): other for other in others}  # the longest spelling of each
        if len(fuller) == 1:
            found[one.who] = next(iter(fuller.values())).speaker
    return {who: found.get(who_of(speaker), speaker) for who, speaker in found.items()}  # "the ministry" by two steps


def who_of(speaker: Speaker) -> Who:
    """Return the document of a speaker and its name there."""
    mention = speaker.mention
    return (mention.span.document, mention.name) if mention is not None else ("", speaker.description or "")


def _gathered(speakers: Iterable[Speaker], described: Mapping[str, Iterable[Speaker]]) -> Iterable[_Said]:
    first: dict[Who, Speaker] = {}
    for speaker in speakers:
        if speaker.mention is not None and speaker.kind in (SpeakerKind.NAMED, SpeakerKind.UNNAMED):
            first.setdefault(who_of(speaker), speaker)
    for who, speaker in first.items():
        same = [one for one in described.get(who[0], ()) if one.mention is not None and one.mention.name == who[1]]
        parts = [part for one in (speaker, *same) for part in (one.description, one.office) if part]
        phrases = [part for part in parts if part.lower() not in _PRONOUNS]
        words = [word for phrase in phrases for word in _WORD.findall(phrase)]
        lower = frozenset(word.lower() for word in words)
        capitals = frozenset(fold(word) for word in words if word[0].isupper() and word.lower() not in speech().offices)
        yield _Said(who, speaker, capitals, lower & speech().offices)


def _identity(one: _Said) -> str:
    return " ".join(sorted(_words(one.speaker))) if _is_body(one) else fold_translit(one.who[1])


def _is_fuller(other: _Said, one: _Said) -> bool:
    """Whether another speaker is the same under a fuller name."""
    if other.who == one.who or other.speaker.mention is None or one.speaker.mention is None:
        return False
    mine, theirs = one.speaker.mention.country, other.speaker.mention.country
    if mine and theirs and mine != theirs:
        return False
    if _is_body(one) or _is_body(other):
        return _is_body(one) and _is_body(other) and _names_body(other, one)
    return _names_person(other, one)


def _is_body(one: _Said) -> bool:
    return one.speaker.mention is not None and one.speaker.mention.kind in _BODIES


def _names_body(other: _Said, one: _Said) -> bool:
    words, fuller = _words(one.speaker), _words(other.speaker)
    if words == fuller:
        return (len(other.who[1]), other.who) > (len(one.who[1]), one.who)
    return bool(words) and words < fuller and len(words) > 1


def _words(speaker: Speaker) -> frozenset[str]:
    """Return the words of a body's name without the state's: they tell it apart from the state's other bodies."""
    words = (fold(word) for word in _WORD.findall(speaker.mention.name if speaker.mention is not None else ""))
    plain = (_SPELLED.get(word, word) for word in words if word not in _EMPTY)
    return frozenset(word for word in plain if states().country_of(word.title()) is None)


def _names_person(other: _Said, one: _Said) -> bool:
    if not _is_name(other) or other.speaker.mention is None or other.speaker.mention.kind not in _PEOPLE:
        return False
    if _is_name(one):
        short, long = fold_translit(one.who[1]).split(), fold_translit(other.who[1]).split()
        return len(short) == 1 < len(long) and short[0] == long[-1]
    return bool(one.offices & other.offices) and one.names <= other.names and _is_head(one)


def _is_name(one: _Said) -> bool:
    return all(word[0].isupper() for word in one.who[1].split())


def _is_head(one: _Said) -> bool:
    """Whether the office is what the speaker is ("the governor"), not whose ("the governor's office")."""
    mention = one.speaker.mention
    return mention is not None and mention.head.lower() in one.offices
