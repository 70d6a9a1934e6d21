"""Quantities: every figure a text gives, with its bounds, its unit or what it counts, and what happened to that.

:func:`find_quantities` needs a spaCy ``Doc`` with tags and dependencies and nothing else of kronika.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from kronika.annotate.counting import governed_kind, kind_of, noun_kind, verb_kind
from kronika.annotate.money import currency_of
from kronika.annotate.numbers import Number, find_numbers
from kronika.annotate.units import find_unit
from kronika.codebook.measures import Counts, counts
from kronika.records import CountKind, Quantity, Span, content_id

_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?$", re.I)
_LABEL_BEFORE = re.compile(r"(?:\bno\.|#|№|\bnumber|[A-Za-z]-|[/:@])\s?$", re.I)
_NOT_A_NUMBER_AFTER = re.compile(
    r"(?:-?(?:st|nd|rd|th)\b|s\b(?! )|:\d|\s?[ap]\.?m\b|\s?o'clock|[-/]\d|[A-Z][a-z]?\d|\.\d)", re.I
)
_NONE = re.compile(r"\b(?:no|without|nobody|none|zero)\b", re.I)
_STREET = re.compile(r"\s(?:[A-Z]\w+\s){1,3}(?:Street|St|Avenue|Ave|Road|Boulevard|Lane|Square)\b")


def _skipped(text: str, number: Number, token: Any) -> bool:
    """Whether the digits are part of a date, a time, a name, a version or an address."""
    before, after = text[max(0, number.start - 14) : number.start], text[number.end : number.end + 12]
    if number.is_word:
        return False
    if (
        _LABEL_BEFORE.search(before)
        or _NOT_A_NUMBER_AFTER.match(after)
        or _STREET.match(text[number.end : number.end + 40])
    ):
        return True
    words = before.split()
    if number.value <= 31 and words and _MONTH.match(words[-1].rstrip(",")) and words[-1][0].isupper():
        return True
    following = after.split()
    if number.value <= 31 and following and _MONTH.match(following[0].strip(",.")) and following[0][0].isupper():
        return True
    if (
        number.best is not None
        and 1900 <= number.value <= 2035
        and number.value % 1 == 0
        and number.approximator is None
    ):
        if "," not in text[number.start : number.end] and not (
            token.dep_ == "nummod" and token.head.tag_ == "NNS" and (token.left_edge.i == token.head.left_edge.i)
        ):
            return True
    previous = token.nbor(-1) if token.i else None
    # "Resolution 1701", "Section 4": a number behind a name or label is part of it
    return bool(
        previous is not None
        and previous.pos_ in ("PROPN", "NOUN")
        and previous.text[:1].isupper()
        and number.lead == number.start
        and (token.head.i == previous.i or (previous.head.i == token.i and previous.dep_ == "compound"))
    )


def _is_pronoun(token: Any, number: Number, text: str) -> bool:
    """Whether "one" is no figure ("the one", "one another", "one day")."""
    if token.lower_ != "one" or number.approximator not in (None, "another"):
        return False
    if text[number.end : number.end + 4].lower() == " of ":
        return False
    if token.i and token.nbor(-1).lower_ in ("no", "the", "this", "that", "any", "every", "some", "each"):
        return True
    return (
        token.dep_ not in ("nummod", "nsubj", "nsubjpass", "dobj")
        or token.tag_ != "CD"
        or text[number.end : number.end + 1] == "-"
    )


def _counted(token: Any, number: Number) -> Any | None:
    """The noun that a number counts, or None."""
    head = token.head
    for child in token.children:  # "61 of the drones", "dozens of people"
        if child.dep_ == "prep" and child.lower_ == "of" and child.i >= token.i:
            for below in child.children:
                if below.dep_ == "pobj":
                    return below
    while head.dep_ in ("nummod", "quantmod") and head.head.i > token.i and head is not head.head:
        head = head.head
    if (
        head.pos_ in ("NOUN", "PROPN", "ADJ")
        and head.i > token.i
        and token.dep_ in ("nummod", "amod", "compound", "nmod", "quantmod", "det", "advmod")
    ):
        return head
    return None


def _of_span(noun: Any, token: Any, end: int) -> tuple[int, int]:
    """Offsets of the counted noun phrase: from behind the number (and "of the") to the noun."""
    first = noun.left_edge if noun.left_edge.i > token.i else token.nbor()
    while first.i < noun.i and (
        first.dep_ in ("det", "poss", "nummod", "quantmod", "advmod", "case", "punct")
        or first.idx < end
        or first.lower_ == "of"
    ):
        first = first.nbor()
    return first.idx, noun.idx + len(noun)


def _read(doc: Any, document_id: str, number: Number, words: Counts) -> Quantity | None:
    text = doc.text
    inside = doc.char_span(number.start, number.end, alignment_mode="expand")
    if inside is None:
        return None
    token = inside[-1]
    unit = find_unit(text, number.end)
    if currency_of(text, number) or (_skipped(text, number, inside.root) and not unit):
        return None
    if unit is None and _is_pronoun(token, number, text):
        return None
    if (
        unit is None
        and number.end < len(text)
        and (text[number.end].isalpha() or text[number.end - 1].isalpha() and text[number.end] == "'")
    ):
        return None
    start, end = number.lead, max(number.tail, unit[1] if unit else 0, number.end)
    noun = None if unit else _counted(inside.root if inside.root.i >= token.i else token, number)
    of = _of_span(noun, token, number.end) if noun is not None and noun.tag_ not in ("PRP", "WP", "WDT") else None
    last = noun if noun is not None and noun.i > token.i else token
    kind = CountKind.OTHER if unit else kind_of(inside.root, noun, last, words)
    return Quantity(
        content_id("q", document_id, start, end),
        Span(document_id, start, end, text[start:end]),
        number.low,
        number.best,
        number.high,
        number.approximator,
        unit[0] if unit else None,
        text[of[0] : of[1]] if of else None,
        Span(document_id, *of, text[of[0] : of[1]]) if of else None,
        kind,
    )


def _zero(doc: Any, document_id: str, words: Counts) -> list[Quantity]:
    """Counts of zero that somebody states: "no casualties", "nobody was killed", "without loss of life"."""
    found = []
    for match in _NONE.finditer(doc.text):
        inside = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        token = inside[-1]
        head: Any = token
        end = match.end()
        if token.lower_ == "no" and token.i + 1 < len(doc) and token.nbor().lower_ == "one":
            head, end = token.nbor(), token.nbor().idx + 3
        elif token.lower_ in ("no", "zero"):
            head = token.head if token.head.i > token.i else None
        elif token.lower_ == "without":
            head = next((c for c in token.children if c.dep_ == "pobj"), None)
        if head is None or head.i - token.i > 5:
            continue
        heads = [head, *(c for c in head.children if c.dep_ == "conj")] if head is not token else [head]
        for noun in heads:
            kind = noun_kind(noun, words) if noun.pos_ in ("NOUN", "ADJ", "VERB", "PROPN") else None
            of = noun if kind or noun.lemma_.lower() in words.persons else None
            if kind is None and (noun is token or noun.lower_ == "one" or of is not None):
                kind = governed_kind(noun, words)
            if kind is None:
                continue
            stop = max(end, noun.idx + len(noun))
            start = match.start() if noun is head else noun.idx
            of_span = Span(document_id, noun.idx, noun.idx + len(noun), noun.text) if of is not None else None
            found.append(
                Quantity(content_id("q", document_id, start, stop), Span(document_id, start, stop, doc.text[start:stop]),
                         0.0, 0.0, 0.0, None, None, of_span.text if of_span else None, of_span, kind, None, True)
            )  # fmt: skip
    return found


_FATAL = re.compile(
    r"\b(?:died?|dies|dead|kill(?:s|ed|ing)?|perish(?:ed)?|injur(?:ed|ing|es?)|wound(?:ed|ing|s)?|murdered|executed|hurt|includ(?:ing|ed))\b",
    re.I,
)


def _heads(verb: Any, words: Counts) -> list[tuple[Any, CountKind]]:
    """The noun phrases that a verb of harm says it happened to."""
    found = []
    for child in verb.children:
        if child.dep_ == "nsubjpass" or (child.dep_ == "dobj"):
            kind = verb_kind(verb, "object", words)
        elif child.dep_ == "nsubj":
            kind = verb_kind(verb, "subject", words)
        else:
            continue
        if kind:
            found.append((child, kind))
    return found


def _conjuncts(head: Any) -> list[Any]:
    chain = [head]
    for child in head.children:
        if child.dep_ == "conj":
            chain.extend(_conjuncts(child))
    return chain


def _person_count(noun: Any, words: Counts, figures: dict[int, Quantity], alone: bool) -> float | None:
    """How many people one noun phrase stands for: its figure, else one for a singular noun; None where it can't be said."""
    if noun.i in figures:
        return figures[noun.i].best
    if noun.tag_ != "NN" or noun.lemma_.lower() not in words.persons or noun.lower_ in ("family", "couple"):
        return None
    determiner = next((c.lower_ for c in noun.children if c.dep_ in ("det", "poss")), "")
    return 1.0 if determiner in ("a", "an", "another") or (not alone and determiner) else None


def _people(doc: Any, document_id: str, found: list[Quantity], words: Counts) -> tuple[list[Quantity], dict[str, str]]:
    """Counts that are written as people, not as numbers: "a mother and her two children died"."""
    text, extra, parts = doc.text, [], {}
    figures: dict[int, Quantity] = {}
    for quantity in found:
        if quantity.of_span is not None and quantity.unit is None and not quantity.negated:
            inside = doc.char_span(quantity.of_span.start, quantity.of_span.end, alignment_mode="expand")
            figures[inside.root.i] = quantity
    for match in _FATAL.finditer(text):
        verb = doc.char_span(match.start(), match.end(), alignment_mode="expand")[0]
        if verb.lower_ == "including":
            heads = [(c, governed_kind(c, words) or CountKind.OTHER) for c in verb.children if c.dep_ == "pobj"]
        else:
            heads = _heads(verb, words)
        for head, kind in heads:
            chain = _conjuncts(head)
            numbers = [_person_count(noun, words, figures, len(chain) == 1) for noun in chain]
            if any(n is None for n in numbers) or all(noun.i in figures for noun in chain[:1]) and len(chain) == 1:
                continue
            if not all(noun.lemma_.lower() in words.persons for noun in chain):
                continue
            total = sum(n for n in numbers if n is not None)
            start, end = chain[0].left_edge.idx, chain[-1].idx + len(chain[-1])
            span = Span(document_id, start, end, text[start:end])
            extra.append(
                Quantity(
                    content_id("q", document_id, start, end),
                    span,
                    total,
                    total,
                    total,
                    of=span.text,
                    of_span=span,
                    kind=kind,
                )
            )
            parts.update({figures[noun.i].id: extra[-1].id for noun in chain if noun.i in figures})
    return extra, parts


_PART = re.compile(
    r"(including|of whom|of which|among whom|among them|of them|of those)\W+(?:at least |about |some |an? |the )?$",
    re.I,
)
_OF_WHOLE = re.compile(
    r"^\s(?:or more )?of (?:the |its |their |those |these )?(?:(?:estimated|some|about|total|nearly) )*$", re.I
)
_OF_THEM = re.compile(r"^\s(?:were |\w+ )?of (?:them|whom|which|those|these)\b", re.I)


def _whole_of(index: int, found: list[Quantity], text: str, sentence_start: int) -> str | None:
    """The id of the quantity that ``found[index]`` is part of, by the words between them."""
    part = found[index]
    before = text[max(0, part.span.start - 40) : part.span.start]
    if index + 1 < len(found) and _OF_WHOLE.match(text[part.span.end : found[index + 1].span.start]):
        return found[index + 1].id
    cue = _PART.search(before)
    earlier = [q for q in found[:index] if q.unit is None and not q.negated and q.best != 0]
    if cue or _OF_THEM.match(text[part.span.end : part.span.end + 20]):
        same = [q for q in earlier if q.span.start >= sentence_start and q.span.end <= part.span.start]
        near = same or (
            [q for q in earlier if sentence_start - q.span.end < 200] if not cue or "them" in cue[1].lower() else []
        )
        wholes = [q for q in near if q.part_of is None] or near
        return wholes[-1].id if wholes else None
    opening = text[sentence_start : part.span.start]
    match = re.match(r"\W*Of (?:the |those |these )?", opening)
    if match and index and found[index - 1].span.start - sentence_start <= match.end() + 2:
        return found[index - 1].id
    return None


def _lends(source: Quantity, figure: Quantity, words: Counts) -> bool:
    """Whether an elliptic figure counts the noun of ``source``: no part of a whole, no zero, no noun that is a kind."""
    return bool(
        source.of
        and source.kind is not CountKind.OTHER
        and source.kind is not figure.kind
        and source.part_of is None
        and not source.negated
        and source.of.split()[-1].lower().rstrip("s") not in words.nouns
    )


def _linked(doc: Any, found: list[Quantity], parts: dict[str, str], words: Counts) -> list[Quantity]:
    """Set ``part_of``, and let a part or an elliptic figure take kind and noun from what it belongs to."""
    text = doc.text
    done: list[Quantity] = []
    by_id = {q.id: q for q in found}
    for index, quantity in enumerate(found):
        token = doc.char_span(quantity.span.start, quantity.span.end, alignment_mode="expand")[-1]
        whole = parts.get(quantity.id) or (
            None if quantity.unit else _whole_of(index, [*done, *found[index:]], text, token.sent.start_char)
        )
        if whole == quantity.id:
            whole = None
        changed = replace(quantity, part_of=whole)
        source = by_id.get(whole or "")
        if source is not None and changed.kind is CountKind.OTHER:
            changed = replace(changed, kind=source.kind)
        if changed.of is None and changed.unit is None and not changed.negated:
            if source is None and changed.kind is not CountKind.OTHER:
                source = next(
                    (q for q in reversed(done) if _lends(q, changed, words) and q.span.start >= token.sent.start_char),
                    None,
                )
            if source is not None and source.of_span is not None:
                changed = replace(changed, of=source.of, of_span=source.of_span)
        done.append(changed)
        by_id[changed.id] = changed
    return done


def find_quantities(doc: Any, document_id: str) -> list[Quantity]:
    """Return the quantities of a parsed document, in the order of the text.

    ``doc`` is a spaCy ``Doc``; ``document_id`` goes into spans and ids. The span holds the approximator, the number
    and the unit ("at least 41", "about 50 km"). Sums of money are left to :func:`kronika.annotate.money.find_money`;
    numbers inside dates, times, names and addresses are left out. ``of`` may lie in an earlier conjunct ("three
    people killed and 14 wounded").
    """
    words = counts()
    found = [q for number in find_numbers(doc.text) if (q := _read(doc, document_id, number, words)) is not None]
    found.extend(_zero(doc, document_id, words))
    extra, parts = _people(doc, document_id, found, words) if _FATAL.search(doc.text) else ([], {})
    unique = {q.id: q for q in [*found, *extra]}
    ordered = sorted(unique.values(), key=lambda q: (q.span.start, -q.span.end))
    return _linked(doc, ordered, parts, words)
