"""Attributions: who says what, found over the dependency parse and the quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronika.annotate.datelines import find_colon_speakers
from kronika.annotate.sayings.hearsay import (
    read_according,
    read_adverb,
    read_doubt,
    read_hedged_passive,
    read_noun,
    read_raising,
)
from kronika.annotate.sayings.quotes import find_quotes, is_closed
from kronika.annotate.sayings.reporting import Found, is_passive, read_verb
from kronika.annotate.sayings.stretches import noun_phrase, sentence_range
from kronika.annotate.sayings.witnesses import read_testimony
from kronika.codebook.attribution import Firmness, Speech, firmness, speech
from kronika.records import Stance
from kronika.records.quick import quick, replace

_QUOTED_WORDS = 3  # a quote of fewer words is a scare quote, not a saying
_WANTING = frozenset(("want", "wish", "ask", "prefer", "request", "refuse", "decline"))
_UNNAMED = frozenset(("anonymous", "anonymity", "name", "identify", "unnamed"))
_FIRST_PERSONS = frozenset(("i", "we", "you"))
#: What stands before a colon and is no speaker.
_LABELS = frozenset(("update", "exclusive", "watch", "photo", "video", "opinion", "note", "correction", "analysis"))
_SPACES = re.compile(r"\s*")


@quick
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
    words, grades, cues = speech(), firmness(), _cues()
    found: list[Found] = []
    for token in doc:
        if token.lemma_ in cues or token.lower_ == "according":
            found.extend(_read_token(token, words))
    text = doc.text  # spaCy joins the tokens on every access
    found.extend(_headlines(doc, text))
    quotes = find_quotes(text)
    found = [
        item
        for item in found
        if not (_is_inner_voice(doc, item, quotes) or _is_said_by_nobody(doc, item) or _is_of_anonymity(doc, item))
    ]
    attributions = [_with_text(doc, item, text, quotes, words, grades) for item in found]
    kept = [item for item in attributions if item is not None]
    kept = _with_loose_quotes(text, doc, kept, quotes)
    kept = [item for item in kept if item.content]
    return _nested(doc, sorted(kept, key=lambda item: (item.cue[0], item.rule)))


@lru_cache(maxsize=1)
def _cues() -> frozenset[str]:
    """Return the lemmas that can cue a claim, beside the word "according"."""
    words = speech()
    return frozenset(
        (*words.verbs, *words.raising, "accord", *words.doubt_objects, *words.nouns, *words.adverbs, *words.perceiving)
    )


def _read_token(token: Any, words: Speech) -> Iterator[Found]:
    lemma = token.lemma_
    pos = token.pos_
    if pos in ("VERB", "AUX"):
        yield from read_testimony(token, words)
        if lemma in words.verbs:
            before = False
            if lemma in words.passive_hedges and is_passive(token):
                for item in read_hedged_passive(token):
                    before = True
                    yield item
            if not before:
                yield from read_verb(token, words)
        elif lemma in words.raising:
            yield from read_raising(token)
        elif lemma == "accord":
            yield from read_according(token)
    elif lemma in words.doubt_objects and token.dep_ == "dobj" and token.head.lemma_ in words.light_verbs:
        yield from read_doubt(token)
    elif pos == "NOUN" and lemma in words.nouns:
        yield from read_noun(token, words)
    elif pos == "ADV" and lemma in words.adverbs:
        yield from read_adverb(token, words)
    elif token.lower_ == "according":
        yield from read_according(token)


def _headlines(doc: Any, text: str) -> Iterator[Found]:
    """Read "Name: what is said" at the head of a sentence, as headlines and logs have it.

    It runs to the end of the paragraph, or to the next such name.
    """
    speakers = find_colon_speakers(text)
    opened = {start for start, _, _ in speakers}
    for start, end, rest in speakers:
        speaker = doc.char_span(start, end)
        said = doc.char_span(rest, rest + 1, alignment_mode="expand")
        if speaker is None or said is None or speaker[-1].pos_ != "PROPN" or said[0].text in ('"', "“", "'"):
            continue
        if any(token.lower_ in _LABELS for token in speaker):
            continue
        first, last = sentence_range(said[0])
        while last + 1 < len(doc) and doc[last + 1].idx not in opened:
            if "\n" in text[doc[last].idx : doc[last + 1].idx]:
                break
            last = sentence_range(doc[last + 1])[1]
        while last > first and (doc[last].is_space or doc[last].is_punct):
            last -= 1
        source = tuple(range(speaker.start, speaker.end))
        root = said[0].sent.root.i
        yield Found(
            (speaker.end,), speaker.end, speaker.end - 1, source, ((first, last),), Stance.SAYS, "headline", root
        )


def _is_said_by_nobody(doc: Any, found: Found) -> bool:
    """Whether the text says that no one says it ("no group has claimed responsibility")."""
    if found.source_head is None:
        return False
    head = doc[found.source_head]
    return any(word.lower_ in ("no", "nobody", "none") for word in (head, *head.lefts))


def _is_of_anonymity(doc: Any, found: Found) -> bool:
    """Whether a source only wants not to be named ("who wished to remain anonymous", "did not want to be named")."""
    if doc[found.cue_head].lemma_ not in _WANTING or found.root is None:
        return False
    root = doc[found.root]
    return any(word.lemma_ in _UNNAMED for word in (root, *root.rights))


def _is_inner_voice(doc: Any, found: Found, quotes: list[tuple[int, int]]) -> bool:
    """Whether a quoted speaker speaks of what "I" or "we" think or want: part of the quote, no report of its own."""
    if found.source_head is None or doc[found.source_head].lower_ not in _FIRST_PERSONS:
        return False
    if found.stance is Stance.ESTIMATES:
        return True
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
    for token in (token for first, last in found.content for token in doc[first : last + 1]):
        if token.lower_ in grades.hedges and (
            token.head.i == found.root if token.tag_ == "MD" else token.pos_ != "PROPN"
        ):
            seen.add(token.i)
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
    wholes = [(min(a for a, _ in item.content), max(b for _, b in item.content)) for item in attributions]
    for index, item in enumerate(attributions):
        at = doc[item.cue_head].idx
        around = [
            other
            for other, outer in enumerate(attributions)
            if wholes[other][0] <= at < wholes[other][1]
            and sizes[other] > sizes[index]
            and any(a <= at < b for a, b in outer.content)
        ]
        parent = min(around, key=lambda other: (sizes[other], other), default=None)
        result.append(item if parent is None else replace(item, parent=parent))
    return result
