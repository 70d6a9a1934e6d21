"""Numbers that are no figures: years, dates, clock times, addresses, and labels ("Resolution 1701", "category 4")."""

from __future__ import annotations

import re
from typing import Any

from kronika.annotate.amounts.numbers import Number
from kronika.codebook.measures import counts

_MONTH = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?$", re.I)
_LABEL_BEFORE = re.compile(r"(?:\bno\.|#|№|\bnumber|[A-Za-z]-|(?-i:[A-Z]{2} -)|[/:@])\s?$", re.I)
#: The characters that it can end in.
_LABEL_ENDS = frozenset(".#№rR-/:@")
_NOT_A_NUMBER_AFTER = re.compile(
    r"(?:-?(?:st|nd|rd|th)\b|s\b(?! )|:\d|\s?[ap]\.?m\b|\s?o'clock|[-/]\d|[A-Z][a-z]?\d|\.\d)", re.I
)
_FRACTION = re.compile(r"[- ](?:halves|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b")
_CLOCK = re.compile(r"\s?[ap]\.?m\b", re.I)
_STREET = re.compile(
    r"\s(?:(?:[A-Z]\w*\s){1,3}(?:Street|St|Avenue|Ave|Road|Boulevard|Lane|Square|Way|Drive)|Ave|Avenue|Rue)\b"
)
_NEXT_DAY = re.compile(r"\s(?:and|or|to)\s\d{1,2}(?:st|nd|rd|th)? ([A-Z][a-z.]+)")
_IN_YEAR = re.compile(r"\b(?:by|since|until|till|from|in|of|year) $", re.I)
#: Words that make "one" a pronoun; "that" only where it opens no clause ("said that one soldier was killed").
_BEFORE_ONE = frozenset(("no", "the", "this", "that", "any", "every", "some", "each"))
#: Whatever is written between the numbers of a result: "at 2-0", "tied 2-2".
_RESULT = re.compile(r"\d{1,3}[-–]\d{1,3}\Z")


def _is_year(number: Number, token: Any, text: str) -> bool:
    """Whether a bare number of four digits is a year ("in 2014", "the 2014 annexation", "between 2014 and 2017")."""
    if "," in text[number.start : number.end] or number.approximator is not None or number.value % 1:
        return False
    if number.is_range:
        return 1400 <= (number.low or 0) <= (number.high or 0) <= 2100
    if 2035 < number.value <= 2199 and _IN_YEAR.search(text, max(0, number.start - 8), number.start):
        return True
    counts_noun = token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.left_edge.i == token.head.left_edge.i
    return 1900 <= number.value <= 2035 and not counts_noun


def _is_month(word: str) -> bool:
    return bool(_MONTH.match(word.strip(",.")) and word[0].isupper())


def _shares_month(text: str, number: Number) -> bool:
    """Whether a number is the first of two days of one month ("18 and 19 January")."""
    listed = _NEXT_DAY.match(text, number.end)
    return bool(listed and _is_month(listed[1]))


def _is_label(number: Number, first: Any, last: Any) -> bool:
    """Whether a number names what stands beside it ("Resolution 1701", "S&P 500", "iPhone 11 Pro", "category 4")."""
    if number.lead != number.start:
        return False
    if _names_model(number, first, last):
        return True
    if not first.i:
        return False
    previous = first.nbor(-1)
    if first.dep_ == "nummod" and first.head.i > first.i and first.head.tag_ == "NNS":
        return False  # "on the bus 12 people died"
    if previous.lemma_.lower() in counts().labels and previous.tag_ in ("NN", "NNP") and not number.is_range:
        return True
    has_capital = previous.text[:1].isupper() or any(c.isupper() for c in previous.text[1:3])
    return (has_capital or bool(previous.is_quote)) and previous.pos_ in ("PROPN", "NOUN")


def _names_model(number: Number, first: Any, last: Any) -> bool:
    """Whether a number before a name in the singular is part of it ("a 737 Max", "its own 787 Dreamliner").

    What stands before it has to be singular too: "200 Taliban" is a count.
    """
    if number.is_word or number.is_range or number.value < 100 or not first.i or last.i + 1 >= len(last.doc):
        return False
    before, after = first.nbor(-1), last.nbor()
    is_one = before.lower_ in ("a", "an", "own", "new") or before.tag_ in ("POS", "PRP$")
    return bool(is_one and after.tag_ == "NNP" and last.whitespace_)


def is_clock(text: str, at: int) -> bool:
    """Whether the number that ends at ``at`` is an hour ("5 pm")."""
    return bool(_CLOCK.match(text, at))


def is_no_figure(text: str, number: Number, first: Any, last: Any) -> bool:
    """Whether a number, from token ``first`` to ``last``, is part of a date, a clock time, a name or an address."""
    before, after = text[max(0, number.start - 14) : number.start], text[number.end : number.end + 12]
    if number.is_word:
        return bool(_FRACTION.match(after)) or _is_named(text, number, first) or _is_pair(last)
    is_label = before.rstrip()[-1:] in _LABEL_ENDS and _LABEL_BEFORE.search(before)
    if is_label or _NOT_A_NUMBER_AFTER.match(after):
        return True
    if _STREET.match(text[number.end : number.end + 40]) or _is_result(text, number):
        return True
    near = [*before.split()[-1:], *after.split()[:1]]
    if number.value <= 31 and (any(_is_month(word) for word in near) or _shares_month(text, number)):
        return True
    return _is_year(number, first, text) or _is_label(number, first, last)


def _is_pair(last: Any) -> bool:
    """Whether "a couple" is two people who belong together, not a numeral ("a couple of", "a couple hundred")."""
    if last.lower_ != "couple" or last.i + 1 >= len(last.doc):
        return False
    after = last.nbor()
    return after.lower_ not in ("of", "more") and after.tag_ not in ("NNS", "CD")


def _is_named(text: str, number: Number, first: Any) -> bool:
    """Whether a number word with a capital ends a name ("Channel Four")."""
    return bool(text[number.start].isupper() and first.i and first.nbor(-1).pos_ == "PROPN" and not first.is_sent_start)


def _is_result(text: str, number: Number) -> bool:
    """Whether two small numbers around a dash are the score of a game: the second is not the greater."""
    if not number.is_range:
        return False
    written = text[number.start : number.end]
    return bool(_RESULT.match(written)) and (number.low or 0) == (number.high or 0)


def is_pronoun(token: Any, number: Number, text: str) -> bool:
    """Whether "one" is no figure ("the one", "one another", "one day")."""
    if token.lower_ != "one" or number.approximator not in (None, "another"):
        return False
    if text[number.end : number.end + 4].lower() == " of ":
        return False
    before = token.nbor(-1) if token.i else None
    if before is not None and before.dep_ != "mark" and before.lower_ in _BEFORE_ONE:
        return True
    if any(child.dep_ == "amod" for child in token.lefts):  # "the same one", "a new one"
        return True
    return (
        token.dep_ not in ("nummod", "nsubj", "nsubjpass", "dobj")
        or token.tag_ != "CD"
        or text[number.end : number.end + 1] == "-"
    )
