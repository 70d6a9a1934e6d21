"""Attributions: who says what, found over the dependency parse and the quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from kronika.annotate.quotes import find_quotes, is_closed
from kronika.annotate.reporting import (
    Found,
    agent,
    cue_tokens,
    is_passive,
    noun_phrase,
    read_verb,
    sentence_range,
    speaker_of,
    trimmed,
)
from kronika.codebook.attribution import Firmness, Speech, firmness, speech
from kronika.records import Stance

_QUOTED_WORDS = 3  # a quote of fewer words is a scare quote, not a saying
#: "was said to": what the passive of a reporting verb does; those not listed estimate ("is believed to").
_PASSIVE_STANCES = {
    "allege": Stance.ALLEGES,
    "claim": Stance.ALLEGES,
    "rumor": Stance.ALLEGES,
    "rumour": Stance.ALLEGES,
    "say": Stance.SAYS,
    "report": Stance.SAYS,
}
_FIRST_PERSONS = frozenset(("i", "we", "you"))
_SPACES = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (``source``) says (``cue``) what (``content``).

    ``source``, ``cue``, ``channel`` and ``hedges`` are token indices, ``source_head`` and ``cue_head`` their heads
    (None where nobody is named); ``content`` are (start, end) code points. A pronoun or relative pronoun stays as the
    text has it. ``parent`` is the index, in the list that :func:`find_attributions` returns, of the attribution inside
    whose content this one stands; ``content_head`` the head token of the content where the parse gives one.
    """

    source: tuple[int, ...]
    source_head: int | None
    cue: tuple[int, ...]
    cue_head: int
    content: tuple[tuple[int, int], ...]
    stance: Stance
    is_quote: bool
    channel: tuple[int, ...]
    hedges: tuple[int, ...]
    parent: int | None
    rule: str
    content_head: int | None = None


def find_attributions(doc: Any) -> list[Attribution]:
    """Return the attributions of the parsed ``doc``, in the order of their cues. Costs one walk over the tokens."""
    words, grades = speech(), firmness()
    found: list[Found] = []
    for token in doc:
        found.extend(_read_token(token, words))
    text = doc.text  # spaCy joins the tokens on every access
    quotes = find_quotes(text)
    found = [item for item in found if not _is_inner_voice(doc, item, quotes)]
    attributions = [_with_text(doc, item, text, quotes, words, grades) for item in found]
    kept = [item for item in attributions if item is not None]
    kept = _with_loose_quotes(text, doc, kept, quotes)
    kept = [item for item in kept if item.content]
    return _nested(doc, sorted(kept, key=lambda item: (item.cue[0], item.rule)))


def _read_token(token: Any, words: Speech) -> Iterator[Found]:
    lemma = token.lemma_
    pos = token.pos_
    if pos in ("VERB", "AUX"):
        if lemma in words.verbs:
            before = False
            if lemma in words.passive_hedges and is_passive(token):
                for item in _hedged_passive(token):
                    before = True
                    yield item
            if not before:
                yield from read_verb(token, words)
        elif lemma in words.raising:
            yield from _raising(token)
        elif lemma == "accord":
            yield from _according(token)
    elif lemma in words.doubt_objects and token.dep_ == "dobj" and token.head.lemma_ in words.light_verbs:
        yield from _doubt(token)
    elif pos == "NOUN" and lemma in words.nouns:
        yield from _noun(token, words)
    elif pos == "ADV" and lemma in words.adverbs:
        yield from _adverb(token, words)
    elif token.lower_ == "according":
        yield from _according(token)


def _hedged_passive(token: Any) -> Iterator[Found]:
    """Read "X was reported to have left", "it is claimed that S", "an estimated 500": nobody says who."""
    subject = next((child for child in token.lefts if child.dep_ in ("nsubjpass", "nsubj")), None)
    clause = next((child for child in token.rights if child.dep_ in ("xcomp", "ccomp", "oprd")), None)
    if clause is None:
        return
    speaker = agent(token)
    span = trimmed(token.doc, max(clause.left_edge.i, token.i + 1), clause.right_edge.i)
    if span is None:
        return
    content = [span]
    if subject is not None and subject.lower_ != "it":
        content.insert(0, (subject.left_edge.i, subject.right_edge.i))
    source = () if speaker is None else noun_phrase(speaker)
    head = None if speaker is None else speaker.i
    stance = _PASSIVE_STANCES.get(token.lemma_, Stance.ESTIMATES)
    yield Found(cue_tokens(token), token.i, head, source, tuple(content), stance, "passive", clause.i)


def _raising(token: Any) -> Iterator[Found]:
    """Read "The plant seems to have stopped": the narrator, loosened."""
    clause = next((child for child in token.rights if child.dep_ in ("xcomp", "oprd", "ccomp", "acomp")), None)
    subject = next((child for child in token.lefts if child.dep_ == "nsubj"), None)
    if clause is None or clause.dep_ == "acomp" or clause.pos_ not in ("VERB", "AUX") or subject is None:
        return
    span = trimmed(token.doc, clause.left_edge.i, clause.right_edge.i)
    if span is not None:
        content = (span,) if subject.lower_ == "it" else ((subject.left_edge.i, subject.right_edge.i), span)
        yield Found(cue_tokens(token), token.i, None, (), content, Stance.ESTIMATES, "raising", clause.i)


def _according(token: Any) -> Iterator[Found]:
    """Read "according to X": the clause around it is what X says."""
    doc = token.doc
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "to":
        return
    link = doc[token.i + 1]
    speaker = next((child for child in link.rights if child.dep_ in ("pobj", "pcomp")), None)
    if speaker is None:
        speaker = next((child for child in token.rights if child.dep_ == "pobj"), None)
    if speaker is None:
        return
    source = noun_phrase(speaker)
    host = token.head
    lower, upper = sentence_range(token)
    while host.pos_ not in ("VERB", "AUX") and host.head.i != host.i:
        host = host.head
    first, last = max(host.left_edge.i, lower), host.right_edge.i
    if not first <= token.i <= last:
        first, last = lower, upper
    parts = (trimmed(doc, first, token.i - 1), trimmed(doc, source[-1] + 1, last))
    content = tuple(part for part in parts if part is not None and part[1] - part[0] >= 1)
    yield Found((token.i, link.i), token.i, speaker.i, source, content, Stance.SAYS, "according", host.i)


def _adverb(token: Any, words: Speech) -> Iterator[Found]:
    """Read "reportedly", "allegedly": somebody says so, the text does not say who."""
    host, doc = token.head, token.doc
    parts = (trimmed(doc, host.left_edge.i, token.i - 1), trimmed(doc, token.i + 1, host.right_edge.i))
    content = tuple(part for part in parts if part is not None)
    yield Found((token.i,), token.i, None, (), content, words.adverbs[token.lemma_], "adverb", host.i)


def _noun(token: Any, words: Speech) -> Iterator[Found]:
    """Read "X's statement that S", "reports of Y", "X made the claim that S"."""
    clause = link = None
    for child in token.rights:
        is_clause = child.dep_ in ("acl", "ccomp") and child.tag_ != "VBN"
        if is_clause and clause is None and any(part.lower_ in ("that", "to") for part in child.lefts):
            clause = child
        elif child.dep_ == "prep" and child.lower_ in words.noun_links and link is None:
            link = child
    speaker = _noun_speaker(token, words)
    if clause is None:
        if link is None or speaker is None:
            return
        clause = next((part for part in link.rights if part.dep_ in ("pobj", "pcomp")), None)
        if clause is None:
            return
    span = trimmed(token.doc, clause.left_edge.i, clause.right_edge.i)
    if span is None:
        return
    source = () if speaker is None else noun_phrase(speaker)
    if speaker is not None and speaker.dep_ == "poss" and source and token.doc[source[-1]].tag_ == "POS":
        source = source[:-1]
    head = None if speaker is None else speaker.i
    kind = "noun.clause" if clause.dep_ in ("acl", "ccomp") else "noun.link"
    yield Found((token.i,), token.i, head, source, (span,), words.nouns[token.lemma_], kind, clause.i)


def _noun_speaker(token: Any, words: Speech) -> Any | None:
    for child in token.children:
        if child.dep_ == "poss":
            return child
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((part for part in child.rights if part.dep_ == "pobj"), None)
    if token.dep_ == "dobj" and token.head.lemma_ in words.light_verbs:
        return speaker_of(token.head)
    return None


def _doubt(token: Any) -> Iterator[Found]:
    """Read "X cast doubt on Y"."""
    verb = token.head
    speaker = speaker_of(verb)
    links = (part for part in (*token.rights, *verb.rights) if part.dep_ == "prep" and part.lower_ in ("on", "about"))
    link = next(links, None)
    target = None if link is None else next((part for part in link.rights if part.dep_ == "pobj"), None)
    if speaker is not None and target is not None:
        content = (target.left_edge.i, target.right_edge.i)
        source = noun_phrase(speaker)
        yield Found((verb.i, token.i), token.i, speaker.i, source, (content,), Stance.DOUBTS, "doubt", target.i)


def _is_inner_voice(doc: Any, found: Found, quotes: list[tuple[int, int]]) -> bool:
    """Whether a quoted speaker speaks of what "I" or "we" think or want: part of the quote, no report of its own."""
    if found.source_head is None or doc[found.source_head].lower_ not in _FIRST_PERSONS:
        return False
    if doc[found.cue_head].lemma_ in ("say", "tell"):
        return False
    at = doc[found.cue_head].idx
    return any(start <= at < end for start, end in quotes)


def _with_text(
    doc: Any, found: Found, text: str, quotes: list[tuple[int, int]], words: Speech, grades: Firmness
) -> Attribution | None:
    """Turn token ranges into text spans, widened to the whole quotes they touch."""
    spans = [(doc[first].idx, doc[last].idx + len(doc[last])) for first, last in found.content]
    cue_at = doc[found.cue_head].idx
    is_quote = False
    widened = []
    for start, end in spans:
        for quote in quotes:
            if quote[0] < end and start < quote[1] and not quote[0] <= cue_at < quote[1]:
                inside = start <= quote[0] and quote[1] <= end
                is_quote = is_quote or (quote[1] - quote[0]) * 2 > end - start
                if not inside:
                    start, end = min(start, quote[0]), max(end, quote[1])
        widened.append((start, end))
    if not widened:
        widened = _nearby_quote(doc, text, found, quotes)
        if not widened:
            return None
        is_quote = True
    hedges = _hedges(doc, found, grades)
    return Attribution(
        found.source, found.source_head, found.cue, found.cue_head, tuple(widened), found.stance, is_quote,
        _channel(doc[found.cue_head], words), hedges, None, found.rule, found.root,
    )  # fmt: skip


def _nearby_quote(doc: Any, text: str, found: Found, quotes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The quote of the cue's sentence, or the one that follows its colon."""
    first, last = sentence_range(doc[found.cue_head])
    cue_at = doc[found.cue_head].idx
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    near = [q for q in quotes if start <= q[1] and q[0] < end and not q[0] <= cue_at < q[1]]
    near = [q for q in near if text.count(" ", *q) >= _QUOTED_WORDS - 1]
    if near:
        return near
    if text[cue_at:end].rstrip().endswith(":"):
        after = _SPACES.match(text, end)
        position = after.end() if after else end
        return [q for q in quotes if q[0] == position][:1]
    return []


def _hedges(doc: Any, found: Found, grades: Firmness) -> tuple[int, ...]:
    """Loosening words beside the cue, anywhere in the content (adverbs), or as modal of the content's head."""
    seen = set()
    places = [range(first, last + 1) for first, last in found.content]
    for index in (i for place in places for i in place):
        token = doc[index]
        if token.lower_ in grades.hedges and (
            token.head.i == found.root if token.tag_ == "MD" else token.pos_ != "PROPN"
        ):
            seen.add(index)
    seen.update(child.i for child in doc[found.cue_head].children if child.lower_ in grades.hedges)
    if found.rule == "adverb":
        seen.update(found.cue)
    return tuple(sorted(seen))


def _channel(cue: Any, words: Speech) -> tuple[int, ...]:
    """Read "wrote on Telegram", "said in a televised address": where it was said."""
    for child in cue.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "in", "via", "by", "through", "over", "during"):
            for part in child.rights:
                if part.dep_ == "pobj" and (part.text in words.channels or part.lemma_.lower() in words.channel_nouns):
                    return noun_phrase(part)
    return ()


def _with_loose_quotes(
    text: str, doc: Any, attributions: list[Attribution], quotes: list[tuple[int, int]]
) -> list[Attribution]:
    """Give a quote that nobody claims to the speaker of the quote before it in the paragraph."""
    taken = [span for item in attributions for span in item.content]
    quoting = (index for index, item in enumerate(attributions) if item.is_quote)
    speaking = sorted(quoting, key=lambda index: attributions[index].cue[0])
    result = list(attributions)
    for number, quote in enumerate(quotes):
        if text.count(" ", *quote) < _QUOTED_WORDS or any(a < quote[1] and quote[0] < b for a, b in taken):
            continue
        earlier = [i for i in speaking if doc[result[i].cue_head].idx < quote[0]]
        if not earlier:
            continue
        last = earlier[-1]
        start = min(doc[result[last].cue_head].idx, result[last].content[0][0])
        end = max(doc[result[last].cue_head].idx, *(b for _, b in result[last].content))
        gap = text[end : quote[0]]
        follows = number > 0 and not is_closed(text, quotes[number - 1]) and quotes[number - 1][1] >= start
        if ("\n" not in gap and len(gap) < 200) or follows:
            result[last] = replace(result[last], content=(*result[last].content, quote))
            taken.append(quote)
    return result


def _nested(doc: Any, attributions: list[Attribution]) -> list[Attribution]:
    """Set ``parent``: the attribution with the smallest content around the cue."""
    result = []
    sizes = [sum(b - a for a, b in item.content) for item in attributions]
    for index, item in enumerate(attributions):
        at = doc[item.cue_head].idx
        around = [
            other
            for other, outer in enumerate(attributions)
            if other != index and sizes[other] > sizes[index] and any(a <= at < b for a, b in outer.content)
        ]
        parent = min(around, key=lambda other: (sizes[other], other), default=None)
        result.append(replace(item, parent=parent))
    return result
