"""Outcomes, effects and ordinals of an event, from the sentences that tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronika.annotate.folding import folded
from kronika.annotate.parsing.tree import stretch
from kronika.codebook.lists import read_list
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import Draft, Reading
from kronika.records import Document, Effect, Ordinal, Outcome, Span, Status

_ORDINALS = {
    word: value
    for value, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"), 2
    )
} | {"first": 1}
_NUMERIC = re.compile(r"(\d{1,3})(?:st|nd|rd|th)\Z")
_EPOCHS = ((re.compile(r"\bfull(?:-scale|-fledged)? invasion\b", re.IGNORECASE), "2022-02-24"),)

_NEW_YEAR = re.compile(r"\b(?:the )?new year\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EffectWords:
    """Effects by lemma of noun and verb, by phrase from the start of a word on, and phrases that report none."""

    nouns: dict[str, str]
    verbs: dict[str, str]
    phrases: tuple[tuple[str, re.Pattern[str]], ...]
    denied: tuple[tuple[str, re.Pattern[str]], ...]
    silent: frozenset[str]
    open: frozenset[str]
    any_phrase: re.Pattern[str]
    none_reported: re.Pattern[str]


def _from_word_on(patterns: list[str]) -> re.Pattern[str]:
    """Return a pattern for any of some phrases; what may begin inside a word takes five times as long to look for."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


@lru_cache(maxsize=1)
def effect_words() -> EffectWords:
    """Return the shipped lists (``effects.yaml``)."""
    source = read_list("effects.yaml")
    nouns: dict[str, str] = {}
    verbs: dict[str, str] = {}
    phrases = []
    for kind, entry in source["kinds"].items():
        nouns.update(dict.fromkeys(entry.get("nouns", ()), kind))
        verbs.update(dict.fromkeys((v for v in entry.get("verbs", ()) if " " not in v), kind))
        spelled = [re.escape(v) for v in entry.get("verbs", ()) if " " in v] + list(entry.get("phrases", ()))
        if spelled:
            phrases.append((kind, _from_word_on(spelled)))
    denied = [(kind, _from_word_on(e["denied"])) for kind, e in source["kinds"].items() if "denied" in e]
    any_phrase = re.compile("|".join(pattern.pattern for _, pattern in (*phrases, *denied)))
    none = re.compile("|".join(source["none_reported"]))
    silence = (frozenset(source["silent"]), frozenset(source["open"]))
    return EffectWords(nouns, verbs, tuple(phrases), tuple(denied), *silence, any_phrase, none)


#: How many words above an effect a statement may be silent on it.
_ABOVE = 4
#: Effects that a deed's own word tells.
_DONE = frozenset(("destroyed", "damaged"))


def effects_of(
    sentence: Any, document: Document, skip: frozenset[int], downed: frozenset[int] = frozenset()
) -> list[Effect]:
    """Return the effects told in a sentence; ``skip`` are the tokens of the event's own triggers.

    ``downed`` are those that tell what was shot down: a drone that is destroyed is no effect of its attack.
    """
    words = effect_words()
    found: dict[str, Effect] = {}
    text, offset = folded(sentence.text), sentence.start_char
    phrases = ((words.phrases, False), (words.denied, True)) if words.any_phrase.search(text) else ()
    for kind, pattern, negated in ((*one, negated) for some, negated in phrases for one in some):
        if match := pattern.search(text):
            span = _span(document, offset + match.start(), offset + match.end())
            found.setdefault(kind, Effect(kind, span, negated=negated))
    tables = {"NOUN": words.nouns, "VERB": words.verbs}
    for token in [word for word in sentence if word.pos_ in tables and word.lemma_ in tables[word.pos_]]:
        kind = tables[token.pos_][token.lemma_]
        if kind in found or (token.i in skip and kind not in _DONE):
            continue
        if token.i in downed or _is_gunfire(token) or _is_unmentioned(token, words):
            continue
        found[kind] = Effect(
            kind,
            _span(document, token.idx, token.idx + len(token)),
            _object(token, document),
            _by(token, document),
            negated=_is_negated(token),
        )
    none = words.none_reported.search(text)
    if none and not _is_unmentioned(_word_at(sentence, offset + none.end() - 1), words):
        found["none reported"] = Effect("none reported", _span(document, offset + none.start(), offset + none.end()))
    return list(found.values())


def tells_effect(sentence: Any) -> bool:
    """Whether a sentence has a word or phrase for an effect, or says that one did not come about."""
    words = effect_words()
    lemmas = {token.lemma_ for token in sentence}
    if not words.nouns.keys().isdisjoint(lemmas) or not words.verbs.keys().isdisjoint(lemmas):
        return True
    return words.any_phrase.search(folded(sentence.text)) is not None


def _is_unmentioned(token: Any, words: EffectWords) -> bool:
    """Whether a statement is only silent on an effect ("mentioned no damage", "the damage is being assessed")."""
    if token.dep_ in ("nsubjpass", "dobj") and token.head.lemma_ in words.open:
        return True
    node, is_none = token, False
    for _ in range(_ABOVE):
        is_none = is_none or _is_negated(node)
        if node.dep_ not in ("dobj", "conj", "pobj", "prep") or node.head.i == node.i:
            return False
        node = node.head
        if node.pos_ == "VERB" and node.lemma_ in words.silent:
            return is_none or any(child.dep_ == "neg" for child in node.lefts)
    return False


def _word_at(sentence: Any, offset: int) -> Any:
    return next(token for token in sentence if token.idx <= offset < token.idx + len(token) + 1)


def _is_gunfire(token: Any) -> bool:
    """Whether "fire" is shooting ("opened fire", "came under fire"), not burning."""
    return token.lemma_ == "fire" and (
        token.head.lemma_ in ("open", "exchange", "return") or token.head.lower_ == "under"
    )


def _span(document: Document, start: int, end: int) -> Span:
    return Span(document.id, start, end, document.text[start:end])


def _object(token: Any, document: Document) -> Span | None:
    """Return what an effect is of: the object of the verb, or what stands after "to", "at", "of" a noun."""
    for child in token.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            return _span(document, child.idx, child.idx + len(child))
        if child.dep_ == "prep" and child.text.lower() in ("to", "at", "of", "in"):
            for grand in child.children:
                if grand.dep_ == "pobj":
                    return _span(document, grand.left_edge.idx, grand.idx + len(grand))
    return None


def _by(token: Any, document: Document) -> Span | None:
    """Return who disputes an impact: the subject or the "by" phrase of the noun that governs "to downplay"."""
    node = token.head if token.dep_ == "acl" else token
    for child in node.children:
        if child.dep_ in ("nsubj", "poss"):
            return _span(document, child.left_edge.idx, child.idx + len(child))
        if child.text.lower() == "by":
            for grand in child.children:
                if grand.dep_ == "pobj":
                    return _span(document, grand.left_edge.idx, grand.idx + len(grand))
    return None


def _is_negated(token: Any) -> bool:
    if token.dep_ == "conj" and token.head.pos_ == "NOUN" and any(c.lower_ == "no" for c in token.head.lefts):
        return True  # "no injuries or damage"
    if any(c.dep_ == "neg" or c.lower_ in ("no", "without") for c in token.children) or token.head.lower_ == "without":
        return True
    return token.dep_ == "dobj" and any(c.dep_ == "neg" for c in token.head.children)  # "did not cause damage"


def outcome_of(draft: Draft) -> Outcome:
    """Return what became of an attack, where the text says so."""
    frames = {trigger.frame.id for trigger in draft.triggers}
    if draft.trigger.frame.outcome == "intercepted" or draft.verdict.status is Status.INTERCEPTED:
        return Outcome.INTERCEPTED
    if draft.trigger.frame.type != "ASSAULT":
        return Outcome.UNKNOWN
    if draft.trigger.token.lemma_ in ("hit", "strike") or {"destroy", "kill", "wound"} & frames or _is_felt(draft):
        return Outcome.HIT
    is_downed = any(trigger.frame.outcome == "intercepted" for trigger in draft.triggers)
    return Outcome.INTERCEPTED if is_downed else Outcome.UNKNOWN


def _is_felt(draft: Draft) -> bool:
    """Whether an attack had an effect: that none was reported is not one."""
    return any(effect.kind != "none reported" and not effect.negated for effect in draft.effects)


def ordinal_of(trigger: Trigger, reading: Reading) -> Ordinal | None:
    """Return the count that the text asserts of an event noun ("the fifth recorded strike on the site since 2022")."""
    token = trigger.token
    if trigger.is_verb:
        return _occasion(token, reading)
    for child in token.children:
        value = _ORDINALS.get(child.lower_)
        numeric = _NUMERIC.match(child.lower_)
        if child.dep_ == "amod" and (value or numeric):
            number = value or int(numeric[1])  # type: ignore[index]
            return _ordinal(number, child, token, reading)
    verb = token.head
    if token.dep_ == "nsubj" and verb.lemma_ == "be":  # "Monday's strike was the third this year"
        for word in verb.rights:
            if word.dep_ in ("attr", "acomp") and word.lower_ in _ORDINALS:
                return _ordinal(_ORDINALS[word.lower_], word, token, reading)
    return None


def _occasion(token: Any, reading: Reading) -> Ordinal | None:
    """Read "was hit for the third time"."""
    for child in token.children:
        if child.dep_ != "prep" or child.lower_ != "for":
            continue
        for grand in child.children:
            if grand.lemma_ == "time":
                for word in grand.children:
                    if word.lower_ in _ORDINALS:
                        return _ordinal(_ORDINALS[word.lower_], word, token, reading)
    return None


def _ordinal(value: int, word: Any, token: Any, reading: Reading) -> Ordinal:
    document = reading.document
    start, end = word.idx, token.idx + len(token)
    if token.idx < word.idx:
        start, end = word.idx, word.idx + len(word)
    counted_end = max(
        (
            t.idx + len(t)
            for c in token.children
            if c.dep_ == "prep" and c.lower_ in ("on", "against", "at")
            for t in c.subtree
        ),
        default=end,
    )
    since, since_span = _since(token, reading)
    return Ordinal(
        value,
        _span(document, start, end),
        document.text[token.idx : max(counted_end, token.idx + len(token))],
        since,
        since_span,
    )


#: What a count runs in: "the third this year", "the second strike this month".
FRAMES = frozenset(("this year", "this month", "this week"))


def _since(token: Any, reading: Reading) -> tuple[str | None, Span | None]:
    """Return from when the count runs: a known beginning named in words, else the time after "since"."""
    sentence = token.sent
    for node in sentence:
        if node.lower_ != "since":
            continue
        rest = stretch(reading.doc, node.i, sentence.end)
        for pattern, day in _EPOCHS:
            if pattern.search(rest.text):
                return day, _span(reading.document, rest.start_char, rest.end_char)
        new_year = _NEW_YEAR.search(rest.text)
        if new_year is not None and reading.published_year is not None:
            start = rest.start_char + new_year.start()
            return f"{reading.published_year}-01-01", _span(reading.document, start, start + len(new_year[0]))
        for timed in reading.times:
            if node.i <= timed.first < sentence.end:
                return timed.time.start, timed.time.span
    for timed in reading.times:
        words = timed.time.span.text.lower() if timed.time.span is not None else ""
        if sentence.start <= timed.first < sentence.end and words.removeprefix("so far ") in FRAMES:
            return timed.time.start, timed.time.span
    return None, None
