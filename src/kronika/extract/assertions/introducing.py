"""Introducing: an office that speaks first and the name that the text gives its holder later are one speaker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kronika.codebook.attribution import speech
from kronika.records import Mention, MentionKind
from kronika.records.quick import quick, replace

#: Within how many sentences the lead's "the governor said" gets its name.
_REACH = 4
#: A name without an office, right behind an office without a name, is its holder's.
_NEXT = 2


@quick
@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who spoke: the attribution, the sentence, the mention, the lemmas of the phrase, and what it is."""

    number: int
    sentence: int
    mention: Mention
    words: frozenset[str]
    is_person: bool
    is_plural: bool
    head: Any


def named_later(found: list[Mention | None], spoke: Sequence[Voice]) -> list[Mention | None]:
    """Return who speaks in each attribution, with the name that an office without one is given soon after.

    "The governor said … Governor Jane Roe wrote" names the same office; "the head of the union said … Jane Roe wrote"
    gives a name that nothing else introduces, where the office is that of a named body. Only the office that speaks
    first is so named: farther down in a digest the next governor is another region's.
    """
    offices = [voice for voice in spoke if _is_office(voice)]
    for voice in [one for one in offices[:1] if one.sentence == spoke[0].sentence]:
        holder = _holder(voice, spoke)
        if holder is not None:
            own = voice.mention
            named = replace(own, kind=MentionKind.PERSON, name=holder.name, antecedent=holder.antecedent or holder.span)
            same = (other for other in offices if other.mention.name == own.name)
            for number in (voice.number, *(other.number for other in same)):
                found[number] = named
    return found


def _is_office(voice: Voice) -> bool:
    """Whether a noun for one who holds an office speaks, and nothing has said who that is."""
    head, mention = voice.head, voice.mention
    is_one = head.tag_ == "NN" and head.lemma_.lower() in speech().offices
    return is_one and mention.antecedent is None and mention.span.start <= head.idx < mention.span.end


def _holder(office: Voice, spoke: Sequence[Voice]) -> Mention | None:
    """Return the one name given to an office within a few sentences, None if there are two or none."""
    after = [v for v in spoke if v.number > office.number and v.sentence - office.sentence <= _REACH]
    lemma = office.head.lemma_.lower()
    titled = {v.mention.name: v.mention for v in after if _is_name(v) and lemma in v.words and _agrees(office, v)}
    if titled:
        return next(iter(titled.values())) if len(titled) == 1 else None
    following = after[0] if after and after[0].sentence - office.sentence <= _NEXT else None
    is_of_body = any(token.pos_ == "PROPN" for token in office.head.subtree)
    if following is None or not is_of_body or not _is_name(following) or not _is_bare(following):
        return None
    return following.mention


def _is_name(voice: Voice) -> bool:
    is_open = voice.mention.kind in (MentionKind.PERSON, MentionKind.UNKNOWN)
    words = voice.mention.name.split()
    return is_open and len(words) > 1 and all(word[0].isupper() for word in words)


def _agrees(office: Voice, named: Voice) -> bool:
    """Whether all proper names in an office stand beside the name too ("the Samara governor" is of Samara)."""
    own = {token.lemma_.lower() for token in office.head.subtree if token.pos_ == "PROPN"}
    return own <= named.words


def _is_bare(named: Voice) -> bool:
    """Whether a name is given for the first time, and with nothing that says who bears it."""
    head = named.head
    if any(child.dep_ in ("appos", "relcl", "prep") for child in head.rights) or head.dep_ == "appos":
        return False
    words = [token for token in head.subtree if not token.is_punct]
    if len(words) != len(named.mention.name.split()):
        return False  # "Governor Jane Roe"
    return not any(token.text == head.text for token in head.doc[: words[0].i])
