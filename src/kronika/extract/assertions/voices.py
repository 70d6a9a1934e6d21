"""Voices: who speaks where a text says only "he", "the governor" or "the group", and what "said this" points at."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import Any

from kronika.annotate.sayings.speech import Attribution
from kronika.annotate.sayings.stretches import sentence_range
from kronika.codebook.attribution import speech
from kronika.codebook.things import things
from kronika.extract.assertions.introducing import Voice, named_later
from kronika.records import Document, Mention, MentionKind, Span
from kronika.records.quick import replace

_ONE = frozenset(("he", "she", "him", "her"))
_MANY = frozenset(("they", "them"))
#: Part of those who spoke just before ("Residents woke early. Some heard shots").
_PART = frozenset(("some", "others", "several", "many", "most"))
#: Described as somebody, without a name.
_SOMEBODY = frozenset((MentionKind.SOURCE, MentionKind.GROUP, MentionKind.UNKNOWN))
_CROWDS = frozenset(("report", "people", "some", "many", "other", "authority", "staff", "intelligence", "media"))
#: What an organisation that spoke just before is called.
_ANY_BODY = frozenset(("group", "organisation", "organization", "network", "agency"))
_BODIES = frozenset((MentionKind.ORGANISATION, MentionKind.BODY, MentionKind.UNKNOWN, MentionKind.GROUP))
#: What somebody said before, speaking for itself.
_WORDS_OF = frozenset(("statement", "message", "post", "communique", "letter", "announcement"))
#: Who governs a region, by whatever title.
_GOVERNING = frozenset(("governor", "head", "chief"))
#: How many sentences back somebody spoke whom a pronoun or a title leads back to.
_REACH, _TITLE_REACH = 4, 12
_MAX_NAME = 4


def find_voices(
    items: Sequence[Attribution], doc: Any, document: Document, describe: Callable[[Any], Mention]
) -> list[Mention | None]:
    """Return who speaks in each attribution, None where the text names nobody; ``items`` in the order of the text.

    A pronoun or a title stands for somebody who spoke before, or for what
    :mod:`~kronika.extract.grammar.references` has found; else it stays as it is.
    """
    starts = [sentence.start for sentence in doc.sents]
    offsets = [doc[i].idx for i in starts]
    found: list[Mention | None] = []
    spoke: list[Voice] = []
    for item in items:
        if item.source_head is None:
            found.append(None)
            continue
        sentence = bisect_right(starts, item.cue_head)
        head = antecedent(doc[item.source_head])
        name = _name_beside(item, doc, document)
        mention = name or describe(head)
        opening = min(sentence, bisect_right(offsets, min((start for start, _ in item.content), default=0)) or sentence)
        same = None if name is not None else _spoken_before(head, mention, opening, spoke)
        if same is not None:
            own = describe(head)
            mention = replace(
                own,
                kind=same.kind,
                name=same.name,
                country=same.country,
                antecedent=same.antecedent or same.span,
            )
        found.append(mention)
        if not (head.pos_ == "PRON" and same is None and mention.antecedent is None):
            spoke.append(_voice(item, doc, sentence, mention, head, len(found) - 1))
    return named_later(found, spoke)


def _voice(item: Attribution, doc: Any, sentence: int, mention: Mention, head: Any, number: int) -> Voice:
    words = frozenset([doc[i].lemma_.lower() for i in item.source])
    is_known = head.pos_ == "PROPN" or mention.antecedent is not None
    is_name = is_known and mention.kind is MentionKind.UNKNOWN and " " in mention.name
    return Voice(
        number,
        sentence,
        mention,
        words,
        mention.kind is MentionKind.PERSON or is_name or head.lower_ in _ONE or _is_somebody(head, mention),
        head.tag_ in ("NNS", "NNPS"),
        head,
    )


def _is_somebody(head: Any, mention: Mention) -> bool:
    """Whether a noun describes one person who spoke ("a security official", "a resident")."""
    is_one = head.tag_ == "NN" and mention.kind in _SOMEBODY
    return is_one and head.lemma_.lower() in speech().unnamed - _CROWDS


def _name_beside(item: Attribution, doc: Any, document: Document) -> Mention | None:
    """Return the name after an office ("the head of the council, Jane Roe", "head of the City Council Jane Roe")."""
    head = doc[item.source_head or 0]
    if head.pos_ != "NOUN" or head.lemma_.lower() not in speech().offices:
        return None
    words = [doc[i] for i in item.source if i > head.i]
    for at, before in enumerate(words):
        is_body = MentionKind.BODY in things().heads.get(before.lower_, ()) and before.pos_ == "PROPN"
        if before.text != "," and not is_body:
            continue
        name = list(takewhile(lambda token: token.pos_ == "PROPN" and not token.is_punct, words[at + 1 :]))
        if 2 <= len(name) <= _MAX_NAME:
            start, end = name[0].idx, name[-1].idx + len(name[-1])
            text = document.text[start:end]
            return Mention(Span(document.id, start, end, text), MentionKind.PERSON, name[-1].text, text)
    return None


def _spoken_before(head: Any, mention: Mention, sentence: int, spoke: list[Voice]) -> Mention | None:
    """Return who spoke before and is meant by a pronoun, a title or a general word, where that is clear."""
    word, lemma = head.lower_, head.lemma_.lower()
    near = [voice for voice in spoke if sentence - voice.sentence <= _REACH]
    last = near[-1] if near else None
    is_next = last is not None and sentence - last.sentence <= 1
    if word in _ONE:
        if mention.antecedent is not None and not (is_next and last is not None and last.is_person):
            return None
        return next((voice.mention for voice in reversed(near) if voice.is_person), None)
    if word in _MANY or (word in _PART and head.dep_ == "nsubj" and not any(head.rights)):
        return last.mention if last is not None and is_next and last.is_plural else None
    if word == "it":
        return last.mention if last is not None and is_next and _is_body(last) else None
    if head.pos_ == "PROPN" and mention.name == head.text:
        return _of_surname(head.text, spoke)
    if head.pos_ != "NOUN" or not any(child.lower_ == "the" for child in head.lefts):
        return None
    if lemma in _ANY_BODY and (len(mention.name.split()) == 1 or mention.antecedent is not None):
        return last.mention if last is not None and is_next and _is_body(last) else None
    if lemma in _WORDS_OF and len(mention.name.split()) == 1:
        return last.mention if last is not None else None
    if lemma == "official":
        return last.mention if last is not None and is_next and last.is_person else None
    if lemma in speech().offices and not any(child.dep_ == "appos" for child in head.rights):
        return _of_office(lemma, [voice for voice in spoke if sentence - voice.sentence <= _TITLE_REACH])
    return None


def _of_surname(name: str, spoke: list[Voice]) -> Mention | None:
    """Return the one person who spoke before under a full name that ends in this one."""
    named = [voice.mention for voice in spoke if voice.is_person and voice.mention.name.endswith(f" {name}")]
    return named[-1] if len({mention.name for mention in named}) == 1 else None


def _is_body(voice: Voice) -> bool:
    return not voice.is_person and not voice.is_plural and voice.mention.kind in _BODIES


def _of_office(lemma: str, spoke: list[Voice]) -> Mention | None:
    """Return the one person among those who spoke whose office that is; None if there are two, or none."""
    holders = {voice.mention.name: voice.mention for voice in spoke if voice.is_person and _holds(voice, lemma)}
    return next(iter(holders.values())) if len(holders) == 1 else None


def _holds(voice: Voice, lemma: str) -> bool:
    if lemma in voice.words:
        return True
    return lemma == "governor" and "administration" in voice.words and bool(voice.words & _GOVERNING)


def antecedent(head: Any) -> Any:
    """Return the noun that a relative pronoun refers to, or ``head`` itself."""
    if head.tag_ in ("WP", "WDT") or (head.lower_ == "that" and head.dep_ in ("nsubj", "nsubjpass")):
        verb = head.head
        for _ in range(3):
            if verb.dep_ == "relcl":
                return verb.head
            if verb.head.i == verb.i:
                break
            verb = verb.head
    return head


def told_before(item: Attribution, doc: Any, text: str, earlier: Sequence[Attribution]) -> tuple[int, int] | None:
    """Return the stretch that "this" points at in "X said this": what the text told before, in its own voice.

    That is the rest of the paragraph before the sentence, or where the sentence opens one the paragraph before; it
    begins after the last sentence that somebody else says.
    """
    if item.rule != "verb.pointing":
        return None
    end = doc[sentence_range(doc[item.cue_head])[0]].idx
    while end and text[end - 1].isspace():
        end -= 1
    start = text.rfind("\n", 0, end) + 1
    said = [doc[sentence_range(doc[other.cue_head])[1]] for other in earlier if doc[other.cue_head].idx < end]
    said = [token for token in said if token.idx < end]
    start = max([start, *(token.idx + len(token) for token in said)])
    while start < end and text[start].isspace():
        start += 1
    return (start, end) if start < end else None
