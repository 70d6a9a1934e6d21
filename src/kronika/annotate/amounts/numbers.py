"""Numbers in running text: digits, words, magnitudes, vague numerals, ranges and what loosens them.

Works on the text alone, in one pass; which numbers count something, and what, is decided over the parse
(:mod:`kronika.annotate.amounts.quantities`, :mod:`kronika.annotate.amounts.money`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from kronika.annotate.folding import folded
from kronika.codebook.measures import Counts, counts, currencies
from kronika.records.quick import quick

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ROUND = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES = {word: float(value) for value, word in enumerate(_SMALL)}
TENS = {word: 10.0 * value for value, word in enumerate(_ROUND, start=2)}
SCALES = {
    "dozen": 12.0, "score": 20.0, "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7,
    "billion": 1e9, "trillion": 1e12,
}  # fmt: skip
SHORT_SCALES = {
    "k": 1e3,
    "K": 1e3,
    "m": 1e6,
    "M": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "b": 1e9,
    "B": 1e9,
    "bn": 1e9,
    "tn": 1e12,
}
_GAPS = re.compile(r"[ -]+")
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_DIGITS = (
    r"(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
    r"(?:[ -]\d/\d+(?![\d/])|/\d+(?![\d/])|[½¼¾⅓⅔])?"
)
_SCALE = "hundred|thousand|million|billion|trillion|dozen|score|lakh|crore"
_ATOM = (
    rf"(?:(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(_SMALL[1:10])}))?|{'|'.join(sorted(ONES, key=len, reverse=True))})\b"
)
_WORDS = rf"(?:{_ATOM}|an? (?:{_SCALE})\b)(?:(?:[ -](?:{_SCALE})\b)+(?:[ -](?:and )?{_ATOM})?)*"


@quick
@dataclass(frozen=True, slots=True)
class Number:
    """A number expression, ``text[start:end]`` without what loosens it; ``lead`` is where the approximator begins.

    ``low``, ``best`` and ``high`` as in :class:`kronika.records.Quantity`; ``approximator`` is the loosening word
    (lower case), ``sense`` its meaning (lower, upper, about). ``is_word`` says that it is written out.
    ``tail`` is the end with a following approximator ("or more").
    """

    start: int
    end: int
    low: float | None
    best: float | None
    high: float | None
    approximator: str | None = None
    sense: str | None = None
    lead: int = -1
    tail: int = -1
    is_word: bool = False
    is_range: bool = False
    is_vague: bool = False

    @property
    def value(self) -> float:
        """The one value it is read as: the best, else the lower, else the upper bound."""
        found = self.best if self.best is not None else self.low
        return found if found is not None else self.high or 0.0


@lru_cache(maxsize=2)
def _pattern(is_glued: bool) -> re.Pattern[str]:
    """Return the pattern of a number and the one character before it; ``is_glued`` where a currency's may be a letter.

    A pattern that opens with a set of characters is searched for fast, and the fewer are in it the faster.
    """
    loose = counts().vague
    vague = "|".join(re.escape(word) for word in sorted(loose, key=len, reverse=True))
    seconds: dict[str, set[str]] = {"a": {" "}}
    for word in (*ONES, *TENS, *loose, "an"):
        seconds.setdefault(word[0], set()).add(word[1])
    opening = "|".join(f"{first}[{''.join(sorted(second))}]" for first, second in sorted(seconds.items()))
    before = r"\W"
    start = rf"(?=[0-9.]|{opening})(?<!\d[.,])"
    if is_glued:
        before, start = r"[\W\w]", rf"(?:(?<!\w){start}|(?=\d)(?:{_codes('')}))"
    return re.compile(
        rf"{before}{start}(?:(?P<digits>{_DIGITS})"
        rf"(?:(?P<scale>(?:[ \u00a0-]?(?:{_SCALE})s?\b)+|\s?(?:mn|mln|bn|tn)\b|[kmb]\b))?"
        rf"|(?P<vague>{vague})\b|(?P<words>{_WORDS}))",
    )


@lru_cache(maxsize=1)
def _glued() -> re.Pattern[str]:
    """Return the pattern of a digit behind the letters of a currency ("USD5")."""
    return re.compile(rf"\d(?<=[^\W\d].)(?:{_codes('.')})")


def _codes(behind: str) -> str:
    signs = sorted(sign.lower() for sign in currencies().signs if sign[-1].isalpha())
    return "|".join(rf"(?<={'' if sign[0] == '$' else chr(92) + 'b'}{re.escape(sign)}{behind})" for sign in signs)


def word_value(words: str) -> float:
    """Return the value of a written-out number.

    >>> word_value("twenty-five"), word_value("two dozen"), word_value("a hundred and twelve thousand")
    (25.0, 24.0, 112000.0)
    """
    total = current = 0.0
    for word in _GAPS.split(words.lower()):
        if word in ONES:
            current += ONES[word]
        elif word in TENS:
            current += TENS[word]
        elif word in ("a", "an"):
            current = 1.0
        elif word in SCALES:
            scale = SCALES[word]
            if scale < 1000:
                current = (current or 1.0) * scale
            else:
                total += (current or 1.0) * scale
                current = 0.0
    return total + current


def digit_value(digits: str) -> float | None:
    """Return the value of a number in digits, with fractions; None where the fraction divides by zero.

    >>> digit_value("11,000"), digit_value("10 1/2"), digit_value("3½")
    (11000.0, 10.5, 3.5)
    """
    extra = 0.0
    if digits[-1] in _FRACTIONS:
        extra = _FRACTIONS[digits[-1]]
        digits = digits[:-1]
    if "/" in digits:
        whole, _, fraction = digits.replace("-", " ").rpartition(" ")
        above, _, below = fraction.partition("/")
        if float(below) == 0:
            return None
        extra, digits = float(above) / float(below), whole or "0"
    return float(re.sub(r"[,\u00a0\u202f]", "", digits)) + extra


def _scale(words: str) -> float:
    """The factor of a magnitude word or of several ("hundred million")."""
    factor = 1.0
    for word in re.split(r"[ \u00a0-]+", words.strip(" -\u00a0")):
        factor *= SHORT_SCALES.get(word) or SCALES.get(word.rstrip("s"), 1.0)
    return factor


_POWER = re.compile(r"\s?[×x]\s?10\^?([-−]?\d{1,2})\b")
_MINUS = re.compile(r"(?:\bminus[ -]|(?:^|[\s($€£])[-−])$", re.IGNORECASE)


def atoms(text: str) -> Iterator[tuple[Number, float]]:
    """Yield the single numbers of a text in order, each with the magnitude word's factor (1 where there is none)."""
    vague = counts().vague
    done = 0
    lower = f" {folded(text)}"
    for match in _pattern(_glued().search(lower) is not None).finditer(lower):
        start, end = match.start(), match.end() - 1  # of the text, which has no space before it
        if start < done:
            continue  # inside a power of ten
        digits, scale, loose, words = match.group("digits", "scale", "vague", "words")
        if loose:
            low, best, high = vague[" ".join(loose.split())]
            yield Number(start, end, low, best, high, lead=start, tail=end, is_word=True, is_vague=True), 1.0
            continue
        if words:
            value: float | None = word_value(words)
            factor = SCALES.get(_GAPS.split(words)[-1], 1.0)
            yield Number(start, end, value, value, value, lead=start, tail=end, is_word=True), factor
            continue
        value = digit_value(digits)
        if value is None:
            continue
        factor = _scale(scale) if scale else 1.0
        value = round(value * factor, 6)
        power = _POWER.match(text, end)
        if power:
            value, end = float(f"{value!r}e{power[1].replace('−', '-')}"), power.end()
            done = end
        if _MINUS.search(text, max(0, start - 7), start):
            value = -value
        yield Number(start, end, value, value, value, lead=start, tail=end), factor


_UNIT_BETWEEN = r"\s?-?(?:%|percent|per cent|pct|km|miles?|hours?|days?|m)"
_LINK = re.compile(
    rf"(?P<first>{_UNIT_BETWEEN})?(?P<link>\s?[-–—]\s?|\s(?:to|and|or)\s)(?:-?(?P<sign>[A-Z]{{0,2}}[$€£]))?\s?",
    re.IGNORECASE,
)
_NOUN_NEXT = re.compile(r"\s[a-z]{3}")
_RANGING = re.compile(r"\brang(?:e|es|ed|ing) (?:anywhere )?from\s[$€£]?$", re.IGNORECASE)
_PART = re.compile(r"\S+")
#: What may stand before the first word of an approximator.
_OPENING = "(\"'“"


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(phrase.rsplit(" ", 1)[-1] for phrase in counts().before)


def _before(text: str, start: int, words: Counts) -> tuple[str | None, str | None, int]:
    """Return (expression, sense, where it begins) of the approximator that ends right before ``start``."""
    if start and text[start - 1] in "~≈":
        return "~", "about", start - 1
    window = folded(text[max(0, start - 44) : start])
    parts = window.split()[-4:] if window.endswith((" ", "\u00a0", "\n")) else []
    if not parts or parts[-1].lstrip(_OPENING) not in _last_words():
        return None, None, start
    for at in range(-len(parts), 0):  # the longest expression first
        phrase = " ".join(parts[at:]).lstrip(_OPENING)
        sense = words.before.get(phrase)
        if sense:
            end = [*_PART.finditer(window)][at].end()
            return phrase, sense, start - len(window) + end - len(parts[at].lstrip(_OPENING))
    return None, None, start


_AFTER = re.compile(
    r"\+|-plus\b|\s?(?:\w+\s)?(or more|or fewer|or less|or so|or thereabouts|and counting|plus|at least)\b", re.I
)


def loosen_at(number: Number, text: str, at: int) -> Number:
    """Apply the approximator that ends before ``at``, where a currency sign stands between it and the number."""
    return _loosen(number, text, counts(), at)


def _loosen(number: Number, text: str, words: Counts, at: int | None = None) -> Number:
    """Apply the approximators around a number to its bounds."""
    at = min(number.start, number.lead) if at is None else at
    phrase, sense, lead = _before(text, at, words)
    while sense == "exact":  # "at least another 20", "about a total of 12"
        phrase, sense, lead = _before(text, lead, words)
    tail = number.end
    if sense is None:
        lead = at
        match = _AFTER.match(text, number.end)
        if match:
            found = (match[1] or "+").lower()
            sense = words.after.get(found)
            phrase = found
            tail = match.end() if not match[1] or match.start(1) - number.end <= 1 else number.end
    elif sense == "about" and lead:  # "more than an estimated 11,000": the outer word bounds it
        outer, outer_sense, outer_lead = _before(text, lead, words)
        if outer_sense in ("lower", "upper"):
            phrase, sense, lead = outer, outer_sense, outer_lead
    low, best, high = number.low, number.best, number.high
    if sense == "lower":
        high = None
    elif sense == "upper":
        low = None
    return Number(
        number.start, number.end, low, best, high, phrase, sense, lead, tail,
        number.is_word, number.is_range, number.is_vague,
    )  # fmt: skip


def _joined(first: tuple[Number, float], second: tuple[Number, float], text: str) -> Number | None:
    """Return the range that two neighbouring numbers make, or None."""
    one, two = first[0], second[0]
    between = text[one.end : two.start]
    if len(between) > 16 or one.is_vague or two.is_vague:
        return None
    link = _LINK.fullmatch(between)
    opening = text[max(0, one.start - 24) : one.start]
    if link is None or (link["sign"] and link["sign"][-1] not in opening[-3:]):
        return None
    word = link["link"].strip()
    lead = next(iter(reversed(opening.lower().rstrip("$€£ ").split())), "")
    if lead == "by" and not link["sign"] and not link["first"]:
        lead = ""  # "fell by 1 to 1.5 degrees" is a range, "by $43bn to $419bn" is none
    if not _is_range(one, two, word, lead, text, bool(_RANGING.search(opening))):
        return None
    low, high = one.value, two.value
    if first[1] == 1.0 and second[1] > 1.0 and low <= high / second[1]:  # "10 to 15 million"
        low = round(low * second[1], 6)
    if low > high or (low == high and word.isalpha()):
        return None
    start = text.lower().rindex("between", 0, one.start) if lead == "between" else one.start
    return Number(one.start, two.end, low, None, high, lead=start, tail=two.end, is_word=one.is_word, is_range=True)


def _is_range(one: Number, two: Number, word: str, lead: str, text: str, is_ranging: bool) -> bool:
    """Whether the word or dash between two numbers makes a range ("rose from 12 to 14" and "by 3 to 15" are none)."""
    if word == "and":
        return lead == "between"
    if word == "to":
        return lead not in ("from", "by") or is_ranging or (lead == "from" and _opens_clause(one, two, text))
    if word == "or":
        return True
    return one.is_word == two.is_word and text[two.end : two.end + 1] not in ("-", "–", "/")


def _opens_clause(one: Number, two: Number, text: str) -> bool:
    """Whether "from 20 to 25 rebels" opens a clause: nothing rises or moves there, and a noun is counted."""
    before = text[: one.start].rstrip()[: -len("from")].rstrip()
    return (not before or before[-1] in ".;:,(") and bool(_NOUN_NEXT.match(text, two.end))


def find_numbers(text: str) -> tuple[Number, ...]:
    """Return the number expressions of a text in order, ranges joined and approximators applied.

    >>> [(n.low, n.best, n.high) for n in find_numbers("at least 41 dead, between 20 and 25 hurt, dozens missing")]
    [(41.0, 41.0, None), (20.0, None, 25.0), (24, None, 99)]
    """
    return _numbers(text)


@lru_cache(maxsize=2)
def _numbers(text: str) -> tuple[Number, ...]:
    """Money and quantities ask for the numbers of the same text one after the other."""
    words = counts()
    found: list[Number] = []
    pending: tuple[Number, float] | None = None
    for atom in atoms(text):
        if pending is not None:
            joined = _joined(pending, atom, text)
            if joined is not None:
                found.append(_loosen(joined, text, words))
                pending = None
                continue
            found.append(_loosen(pending[0], text, words))
        pending = atom
    if pending is not None:
        found.append(_loosen(pending[0], text, words))
    return tuple(found)
