"""Counts that no numeral gives: zeros that somebody states, people counted by naming them, and fractions of a whole.

"No casualties" is a count of zero; "a mother and her two children died" is three; "two-thirds of homes" is a share.
"""

from __future__ import annotations

import re
from typing import Any

from kronika.annotate.amounts.counting import among_dead, governed_kind, noun_kind, verb_kind
from kronika.annotate.amounts.numbers import word_value
from kronika.annotate.folding import folded
from kronika.annotate.phrases import further_objects
from kronika.codebook.measures import Counts
from kronika.records import CountKind, Quantity, Span, content_id

#: This pattern and those below match the character before a word too: they are searched for faster by it.
_NONE = re.compile(r"\W(?=[nwz])(?:no|without|nobody|none|zero)\b")


def zero_counts(doc: Any, text: str, document_id: str, words: Counts) -> list[Quantity]:
    """Counts of zero that somebody states: "no casualties", "nobody was killed", "without loss of life"."""
    found = []
    for match in _NONE.finditer(f" {folded(text)}"):
        first, end = match.start(), match.end() - 1
        token = doc.char_span(first, end, alignment_mode="expand")[-1]
        head: Any = token
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
            start = first if noun is head else noun.idx
            of_span = Span(document_id, noun.idx, noun.idx + len(noun), noun.text) if of is not None else None
            found.append(
                Quantity(content_id("q", document_id, start, stop), Span(document_id, start, stop, text[start:stop]),
                         0.0, 0.0, 0.0, None, None, of_span.text if of_span else None, of_span, kind, None, True)
            )  # fmt: skip
    return found


_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}"
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FRACTION = re.compile(
    rf"\W(?=\d|a |an|on|ha|t[ew]|thr|f[io]|s[ei]|[en]i)(?:"
    rf"(?P<above>{_ONES})[ -](?P<below>thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b"
    r"|(?:a |one |an? additional |another )?(?P<half>half)"
    r"(?: of(?= (?!the (?:year|month|season|century|game|match|time)))"
    r"|(?= the (?!year|month|season|century|game|match|time|hour)| its | their | all ))"
    r"|(?:a|one) (?P<part>third|quarter|fifth|sixth|eighth|tenth) of(?= )"
    rf"|(?P<few>{_ONES}) (?:out of(?: every)?|in every|in) (?P<many>{_ONES})(?= [^\W\d_]+s\b))"
)


def fractions(doc: Any, text: str, document_id: str) -> list[Quantity]:
    """Return the shares that are told as fractions ("two-thirds of the homes", "one in three residents")."""
    found = []
    for match in _FRACTION.finditer(f" {folded(text)}"):
        value = _share(match)
        if value is None or not 0 < value < 1:
            continue
        start = match.start()
        end = start + len(match.group().removesuffix(" of")) - 1
        last = doc.char_span(start, end, alignment_mode="expand")[-1]
        noun = _whole(last)
        of = Span(document_id, noun.idx, noun.idx + len(noun), noun.text) if noun is not None else None
        span = Span(document_id, start, end, text[start:end])
        found.append(
            Quantity(content_id("q", document_id, start, end), span, value, value, value, None, "share",
                     of.text if of else None, of)
        )  # fmt: skip
    return found


def _share(match: re.Match[str]) -> float | None:
    if match["half"]:
        return 0.5
    if match["part"]:
        return 1 / _PARTS[match["part"].lower()]
    above = match["above"] or match["few"]
    value = float(above) if above.isdigit() else word_value(above)
    if match["few"]:
        many = float(match["many"]) if match["many"].isdigit() else word_value(match["many"])
        return value / many if many > value else None
    below = match["below"].lower()
    return value / _PARTS[below if below in _PARTS else below.rstrip("s")]


def _whole(last: Any) -> Any | None:
    """Return the noun that a share is of: after "of", or right behind."""
    for token in last.doc[last.i + 1 : last.i + 8]:
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod", "poss"):
            return token
        if token.pos_ in ("VERB", "AUX") or token.is_punct:
            return None
    return None


_FATAL = re.compile(
    r"\W(?=[dkpiwmeh])(?:died?|dies|dead|kill(?:s|ed|ing)?|perish(?:ed)?|injur(?:ed|ing|es?)|wound(?:ed|ing|s)?|murdered|executed|hurt"
    r"|including)\b"
)


def _heads(verb: Any, words: Counts) -> list[tuple[Any, CountKind]]:
    """The noun phrases that a verb of harm says it happened to."""
    found = []
    among = among_dead(verb)
    if among is not None:
        return [(child, CountKind.KILLED) for child in among.children if child.dep_ == "nsubj"]
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
    """How many people one noun phrase stands for: its figure, else one; None where it can't be said."""
    if noun.i in figures:
        return figures[noun.i].best
    if noun.tag_ != "NN" or noun.lemma_.lower() not in words.persons or noun.lower_ == "family":
        return None
    determiner = next((c.lower_ for c in noun.children if c.dep_ in ("det", "poss")), "")
    if noun.lower_ == "couple" and any(c.lower_ == "of" for c in noun.rights):
        return None
    many = 2.0 if noun.lower_ == "couple" else 1.0
    return many if determiner in ("a", "an", "another") or (not alone and determiner) else None


def people_counts(
    doc: Any, text: str, document_id: str, found: list[Quantity], words: Counts
) -> tuple[list[Quantity], dict[str, str]]:
    """Counts that are written as people, not as numbers: "a mother and her two children died"."""
    extra: list[Quantity] = []
    parts: dict[str, str] = {}
    told = [*_FATAL.finditer(f" {folded(text)}")]
    if not told:
        return extra, parts
    figures: dict[int, Quantity] = {}
    for quantity in found:
        if quantity.of_span is not None and quantity.unit is None and not quantity.negated:
            inside = doc.char_span(quantity.of_span.start, quantity.of_span.end, alignment_mode="expand")
            figures[inside.root.i] = quantity
    for match in told:
        verb = doc.char_span(match.start(), match.end() - 1, alignment_mode="expand")[0]
        if verb.lower_ == "including":
            heads = [(c, governed_kind(c, words) or CountKind.OTHER) for c in verb.children if c.dep_ == "pobj"]
        else:
            heads = _heads(verb, words)
        for head, kind in heads:
            chain = _conjuncts(head)
            if head.dep_ == "dobj":
                chain.extend(noun for one in further_objects(head.head) for noun in _conjuncts(one))
            numbers = [_person_count(noun, words, figures, len(chain) == 1) for noun in chain]
            if any(n is None for n in numbers) or (all(noun.i in figures for noun in chain[:1]) and len(chain) == 1):
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
