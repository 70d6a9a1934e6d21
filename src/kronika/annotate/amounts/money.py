"""Sums of money: amount, currency, what it is for, who holds it, and the same sum in another currency."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import ahocorasick_rs

from kronika.annotate.amounts.numbers import Number, find_numbers
from kronika.annotate.folding import folded
from kronika.annotate.whole_words import WholeWords
from kronika.codebook.measures import currencies
from kronika.records import Money, Span, content_id
from kronika.records.quick import replace

_AFTER = re.compile(r"[ \u00a0-]?[^\W\d_][\w.'’]*(?: [^\W\d_]\w*){0,2}")
_PAIR = re.compile(
    r"\s?[(,/—–-]\s?(?:or |about |approximately |around |roughly |equivalent to |"
    r"the equivalent of |nearly |almost |over |some )*$"
)
#: "118.5p" is pence, "1080p" a picture.
_PENCE = re.compile(r"p\b(?![-.]\w)")
_DIGIT_PENCE = re.compile(r"\dp\b")
_LINES_OF_PICTURE = frozenset((144, 240, 360, 480, 576, 720, 1080, 1440, 2160, 4320))
_SIGN_AFTER = re.compile(r"\s?[€₽₴₪₺]")
_WHAT = frozenset(("in", "for", "of", "on", "from", "to", "towards", "toward"))


@lru_cache(maxsize=1)
def _sign_pattern() -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(currencies().signs, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])({signs})\s?$")


@lru_cache(maxsize=1)
def _signs() -> Any:
    return ahocorasick_rs.AhoCorasick(sorted(currencies().signs))


@lru_cache(maxsize=1)
def _sign_ends() -> frozenset[str]:
    return frozenset(sign[-1] for sign in currencies().signs)


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    """The words that a currency's name can end in."""
    table = currencies()
    return frozenset(name.split()[-1] for name in (*table.words, *table.minor))


@lru_cache(maxsize=1)
def _names() -> WholeWords:
    return WholeWords(_last_words())


def _may_hold_money(text: str) -> bool:
    """Whether a text can hold money at all: a sign, a word or code of a currency, or pence."""
    if _signs().find_matches_as_indexes(text) or _DIGIT_PENCE.search(text):
        return True
    return any(True for _ in _names().starts_in(folded(text)))


def currency_of(text: str, number: Number) -> tuple[str | None, float, int, int] | None:
    """Return (ISO 4217 code or None, factor, start, end) of the currency around a number, None where it is no money.

    The factor is 0.01 for minor units written out ("50 cents").
    """
    table = currencies()
    before = text[max(0, number.start - 6) : number.start]
    sign = _sign_pattern().search(before) if before.rstrip()[-1:] in _sign_ends() else None
    inner = None
    if number.is_range:
        inner = re.match(r"(?:between )?([$€£])", text[number.lead : number.end], re.I)
    if sign or inner:
        found = (sign or inner)[1]  # type: ignore[index]
        start = number.start - (len(sign.group()) if sign else 0)
        return table.signs[found], 1.0, start, number.end
    match = _AFTER.match(text, number.end)
    if match:
        parts = match.group().lstrip(" -\u00a0").split(" ")
        offset, last_words = match.end() - len(" ".join(parts)), _last_words()
        for size in range(len(parts), 0, -1):
            if parts[size - 1].lower().rstrip(".'’") not in last_words:
                continue
            piece = " ".join(parts[:size])
            word = piece.lower().rstrip(".'’")
            if word in table.minor:
                return table.minor[word], 0.01, number.start, offset + len(word)
            # "500-pound bomb": a pound without a magnitude is a weight
            if word in table.words and not (word in ("pound", "pounds") and number.value < 1e5):
                return table.words[word], 1.0, number.start, offset + len(word)
    if _PENCE.match(text, number.end) and number.value not in _LINES_OF_PICTURE:
        return "GBP", 0.01, number.start, number.end + 1
    sign = _SIGN_AFTER.match(text, number.end, number.end + 2)
    if sign:
        return table.signs[sign.group().strip()], 1.0, number.start, sign.end()
    return None


def _phrase(token: Any, stop: int | None = None) -> tuple[int, int]:
    """Character offsets of the noun phrase below ``token``, its relative clauses and appositions left out."""
    left, right = token.left_edge, token
    for child in token.rights:
        if child.dep_ in ("prep", "conj", "cc", "amod", "compound") and child.i > right.i:
            right = child.right_edge if child.dep_ != "cc" else right
        else:
            break
    return left.idx, right.idx + len(right)


def _what(doc: Any, start: int, end: int, text: str) -> tuple[int, int] | None:
    """The phrase that says what a sum is for or made of: a preposition right after it, or the noun it modifies."""
    inside = doc.char_span(start, end, alignment_mode="expand")
    if inside is None:
        return None
    after = inside.end
    if after < len(doc) and doc[after].lower_ == "(":
        while after < len(doc) and doc[after].text != ")":
            after += 1
        after += 1
    if after < len(doc) and doc[after].lower_ == "worth":
        after += 1
    if after < len(doc) and doc[after].lower_ in _WHAT:
        for child in doc[after].children:
            if child.dep_ in ("pobj", "pcomp") and child.i > after:
                return doc[after + 1].idx, _phrase(child)[1]
    root = inside.root
    head = root.head
    if head.pos_ == "NOUN" and root.dep_ in ("nmod", "compound", "nummod", "amod") and head.i >= inside.end:
        return doc[inside.end].idx, head.idx + len(head)
    return None


def _antecedent(subject: Any, verb: Any) -> Any:
    """The subject of the reporting clause, where a pronoun repeats it ("Ukraine has confirmed that it has secured")."""
    if subject.lower_ not in ("it", "they", "he", "she") or verb.dep_ != "ccomp":
        return subject
    outer = next((c for c in verb.head.children if c.dep_ == "nsubj" and c.i < subject.i), None)
    return outer if outer is not None and outer.pos_ in ("NOUN", "PROPN") else subject


def _holder(doc: Any, start: int, end: int) -> tuple[int, int] | None:
    """The subject of the clause that governs the sum."""
    token = doc.char_span(start, end, alignment_mode="expand").root
    for _ in range(8):
        if token.pos_ in ("VERB", "AUX"):
            verb = token
            for _ in range(3):
                for child in verb.children:
                    if (
                        child.dep_ in ("nsubj", "nsubjpass")
                        and child.i < token.i + 1
                        and child.tag_ not in ("WDT", "WP")
                    ):
                        if child.left_edge.idx <= start < child.right_edge.idx + 1:
                            return None
                        return _phrase(_antecedent(child, verb))
                if verb.dep_ not in ("conj", "xcomp", "advcl"):
                    return None
                verb = verb.head
            return None
        if token.head is token:
            return None
        token = token.head
    return None


def _linked(found: list[Money], text: str) -> list[Money]:
    """Link a sum with the same sum in another currency that follows it in brackets or after a comma."""
    for i in range(len(found) - 1):
        one, two = found[i], found[i + 1]
        between = text[one.span.end : two.span.start]
        if one.currency == two.currency or len(between) > 30 or not _PAIR.match(between) or one.also:
            continue
        if "(" not in between and not re.search(r"equivalent", between):
            continue
        found[i] = replace(one, also=two.id)
        found[i + 1] = replace(
            two, also=one.id, what=one.what, what_span=one.what_span, holder=one.holder, holder_span=one.holder_span
        )
    return found


def find_money(doc: Any, document_id: str) -> list[Money]:
    """Return the sums of money of a parsed document, in order.

    ``doc`` is a spaCy ``Doc``. Amounts are in the currency's major unit; the span holds the approximator, the sign
    or word, and the amount. ``currency`` is None where the word is ambiguous ("rupees", "crowns").
    """
    text = doc.text
    if not _may_hold_money(text):
        return []
    found: list[Money] = []
    for number in find_numbers(text):
        read = currency_of(text, number)
        if read is None:
            continue
        code, factor, start, end = read
        start = min(start, number.lead)
        if number.lead == number.start and number.approximator is None:
            number, start = _before_sign(text, number, start)
        what, holder = _what(doc, start, end, text), _holder(doc, start, end)
        low, best, high = (None if v is None else round(v * factor, 6) for v in (number.low, number.best, number.high))
        found.append(
            Money(
                content_id("m", document_id, start, end),
                Span(document_id, start, end, text[start:end]),
                low,
                best,
                high,
                code,
                number.approximator,
                text[what[0] : what[1]] if what else None,
                Span(document_id, *what, text[what[0] : what[1]]) if what else None,
                text[holder[0] : holder[1]] if holder else None,
                Span(document_id, *holder, text[holder[0] : holder[1]]) if holder else None,
            )
        )
    return _linked(found, text)


def _before_sign(text: str, number: Number, start: int) -> tuple[Number, int]:
    """Apply the approximator that stands before a currency sign ("around £40 billion")."""
    from kronika.annotate.amounts.numbers import loosen_at

    loosened = loosen_at(number, text, start)
    return loosened, loosened.lead
