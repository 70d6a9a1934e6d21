"""Time expressions: find them in a parsed document, and say what each means before anything is counted.

The text is searched for what no time lacks, a word of :mod:`kronika.annotate.times.lexicon` or digits; the grammar
runs only inside the islands that these form with the words beside them, over the text in lower case. Neighbours are
then joined ("6 a.m." + "on Tuesday"), ranges closed, bounds read ("since").
:func:`kronika.resolve.times.resolving.resolve_times` does the counting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kronika.annotate.folding import folded
from kronika.annotate.times.joining import close_ranges, join_neighbours, read_bounds
from kronika.annotate.times.lexicon import DIGITS, TimeLexicon, load_times
from kronika.annotate.times.meaning import Anchor, Bound, Frame, Grain, Meaning, TimeExpression, TimexType
from kronika.annotate.times.named import read_day_month
from kronika.annotate.times.patterns import compiled_rules
from kronika.annotate.times.rules import READERS
from kronika.annotate.whole_words import WholeWords
from kronika.records.quick import replace

__all__ = ["Anchor", "Bound", "Frame", "Grain", "Meaning", "TimeExpression", "TimexType", "find_times"]

_WORD = re.compile(r"[^\W\d_]+|\d+")
_GAP = re.compile(r"[\s,.'’–—/:+-]{0,3}")
_CLOCK_MARK = re.compile(r"[:./-]\d")
#: Digits of a year, a date, an ordinal or a clock time, at least.
_DIGITS = re.compile(r"\d(?:\d{3}|[:./-]\d|st|nd|rd|th|\s*[ap]\.?\s?m)")
#: Triggers that mean nothing but behind digits.
_BEHIND_DIGITS = frozenset(("st", "nd", "rd", "th", "m", "am", "pm"))
#: What may follow a clock time.
_ZONE = re.compile(r"\s+\(?(?:(?i:local\s+time)|[A-Z][a-z]+\s+(?i:time)|GMT|UTC|EST|EDT|CET|EET|MSK)\)?(?!\w)")
_ZONED = frozenset(("clock", "clock24", "oclock"))
_YEAR_PREPOSITIONS = re.compile(
    r"\b(?:in|since|of|by|until|till|from|to|before|after|during|through|for|between|and|the|early|late|mid|fiscal"
    r"|year|around|about|circa|or)[\s-]+$|[(–—-]\s*$|,\s+$",
    re.I,
)
_IN = re.compile(r"\b(?:in|during|since|until|by|before|after|through|into|of)\s+$", re.I)
_ON = re.compile(r"\b(?:on|until|till|by|since|from|to|and|before|after)\s+$", re.I)
_ARTICLE = re.compile(r"(?:(?:a|an|the)\s+)?")
_QUANTIFIER = re.compile(r"^\s*(?:a|an)\s")


def find_times(doc: Any) -> list[TimeExpression]:
    """Return the time expressions of a spaCy ``Doc``, in order, not overlapping.

    Tags decide whether "May" and "March" are months; everything else is read from the text. English only.

    >>> import spacy
    >>> [e.rule for e in find_times(spacy.blank("en")("Shells fell on 15 March 2022 and for three days."))]
    ['day_month', 'duration']
    """
    text: str = doc.text
    words, lower = load_times(), folded(text)
    found = [
        expression
        for start, end, kinds in _islands(doc, lower, words.triggers)
        for expression in _read_island(doc, text, lower, (start, end), kinds, words)
    ]
    return read_bounds(text, close_ranges(text, join_neighbours(text, found)))


def _islands(doc: Any, lower: str, triggers: dict[str, int]) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of time words that hold a trigger: start, end, and the kinds of their triggers."""
    start = end = -1
    kinds = 0
    for word in _words_near_triggers(doc, lower, triggers):
        form = word[0]
        kind = triggers.get(form)
        if kind is None and form.isdigit():
            kind = DIGITS if len(form) == 4 or _CLOCK_MARK.match(lower, word.end()) else 0
        if kind is None or (start >= 0 and not _GAP.fullmatch(lower, end, word.start())):
            if kinds:
                yield start, end, kinds
            start, kinds = (word.start(), kind) if kind is not None else (-1, 0)
        elif start < 0:
            start, kinds = word.start(), kind
        else:
            kinds |= kind
        end = word.end()
    if kinds:
        yield start, end, kinds


def _words_near_triggers(doc: Any, lower: str, triggers: dict[str, int]) -> Iterator[re.Match[str]]:
    """Yield each word that may be a trigger and the time words around it, up to one that is none."""
    done = 0
    for trigger in _triggers_in(lower):
        if trigger < done:
            continue
        index = doc.char_span(trigger, trigger + 1, alignment_mode="expand").start
        while index and not ((before := doc[index - 1].lower_).isalpha() and before not in triggers):
            index -= 1
        for word in _WORD.finditer(lower, max(done, doc[index].idx)):
            yield word
            done = word.end()
            if done > trigger and word[0] not in triggers and not word[0].isdigit():
                break


def _triggers_in(lower: str) -> list[int]:
    """Return where the triggers begin, digits that may be one among them."""
    return sorted([*(match.start() for match in _DIGITS.finditer(lower)), *_sure_triggers().starts_in(lower)])


@lru_cache(maxsize=1)
def _sure_triggers() -> WholeWords:
    triggers = load_times().triggers
    return WholeWords(word for word in triggers if triggers[word] and word not in _BEHIND_DIGITS)


def _read_island(
    doc: Any, text: str, lower: str, island: tuple[int, int], kinds: int, words: TimeLexicon
) -> Iterator[TimeExpression]:
    rules, (start, end) = _rules_of(kinds), island
    limit = min(end + 16, len(lower))  # for what follows a match: zones, full stops of abbreviations
    position = start
    for word in _WORD.finditer(lower, start, end):
        at = word.start()
        if at < position or word[0] in words.joints or (at and lower[at - 1].isalnum()):
            continue
        for name, match in _matches(rules, lower, at, limit):
            expression = _read(doc, text, name, match, words)
            if expression is not None:
                yield expression
                position = expression.end
                break


@lru_cache(maxsize=256)
def _rules_of(kinds: int) -> list[tuple[str, int, re.Pattern[str]]]:
    """Return the rules that some of these kinds of triggers can lead to."""
    return [rule for rule in compiled_rules() if rule[1] & kinds]


def _matches(
    rules: list[tuple[str, int, re.Pattern[str]]], lower: str, at: int, limit: int
) -> list[tuple[str, re.Match[str]]]:
    """All rules that match at a position, the longest match first, in order of the rules where lengths tie."""
    hits = [(name, match) for name, _, rule in rules if (match := rule.match(lower, at, limit))]
    return sorted(hits, key=lambda hit: -hit[1].end()) if len(hits) > 1 else hits


def _read(doc: Any, text: str, name: str, match: re.Match[str], words: TimeLexicon) -> TimeExpression | None:
    if name in ("days_month", "month_days"):
        return _read_days(name, match, words)
    if name == "years":
        return _read_years(match)
    read = READERS[name](match, words)
    if read is None or _is_vetoed(doc, text, name, match, words):
        return None
    type_, meaning = read
    if name == "duration" and _QUANTIFIER.match(match.group()) and meaning.mod is None:
        type_, meaning = _per_unit(doc, match, meaning, words)
    start, end = match.span()
    if name == "duration" and match["hyphen"]:
        start += len(_ARTICLE.match(match.group())[0])  # type: ignore[index]
    if name in _ZONED and (zone := _ZONE.match(text, end, match.endpos)):
        end = zone.end()
    return TimeExpression(start, end, type_, meaning, name, start)


def _read_years(match: re.Match[str]) -> TimeExpression | None:
    """2014–15: two years, the second shortened."""
    first, short = int(match["year"]), int(match["short"])
    second = first // 100 * 100 + short
    if not first < second <= first + 50:
        return None
    start, cut = match.start(), match.start("short")
    one, two = (Meaning(Frame.CALENDAR, Grain.YEAR, year) for year in (first, second))
    parts = (
        TimeExpression(start, match.end("year"), TimexType.DATE, one, "years", start),
        TimeExpression(cut, match.end(), TimexType.DATE, two, "years", cut),
    )
    return TimeExpression(start, match.end(), TimexType.DATE, Meaning(Frame.RANGE), "years", start, parts)


def _read_days(name: str, match: re.Match[str], words: TimeLexicon) -> TimeExpression | None:
    """Two days of one month: a range after a dash or "to", two days after "and" unless "between" stands before."""
    read = read_day_month(match, words)
    if read is None:
        return None
    day2 = words.ordinals.get(match["day2"]) or int(re.match(r"\d+", match["day2"])[0])  # type: ignore[index]
    first = read[1]
    if first.day is None or day2 <= first.day:
        return None
    cuts = sorted((match.start("day2"), match.end("day"), match.end()))
    first_end, second_start = cuts[0], match.start("day2")
    one = TimeExpression(match.start(), first_end, TimexType.DATE, first, name, match.start())
    if match.end("day") < second_start:
        one = replace(one, end=match.end("day"))
    two = TimeExpression(second_start, match.end(), TimexType.DATE, replace(first, day=day2), name, second_start)
    whole = Meaning(Frame.RANGE, value="list" if match["joint"].strip() in ("and", "or") else None)
    return TimeExpression(match.start(), match.end(), TimexType.DATE, whole, name, match.start(), (one, two))


def _token(doc: Any, start: int, end: int) -> Any:
    span = doc.char_span(start, end, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _is_vetoed(doc: Any, text: str, name: str, match: re.Match[str], words: TimeLexicon) -> bool:
    """Whether the words are not a time here: a verb "may", 2014 soldiers, an age, a quarter of the people."""
    if name == "month" or name == "weekday":
        return _is_common_word(doc, text, match, name, words)
    if name == "ordinal_day":  # "on the 24th", not "by the 24th brigade"
        token = _token(doc, match.start("day"), match.end("day"))
        after = token.nbor() if token is not None and token.i + 1 < len(doc) else None
        is_modifier = after is not None and after.pos_ in ("NOUN", "PROPN", "ADJ", "NUM")
        return is_modifier or not _ON.search(text[max(0, match.start() - 10) : match.start()])
    if name == "season" and not any(match[part] for part in ("which", "year", "the", "edge", "each")):
        return not _IN.search(text[max(0, match.start() - 10) : match.start()])
    if name == "season" and match["season"] in ("fall", "spring"):
        token = _token(doc, match.start("season"), match.end("season"))
        return token is not None and bool(token.tag_) and not token.tag_.startswith("N")
    if name == "year":
        return _is_no_year(doc, text, match)
    after = text[match.end() : match.end() + 8].lower()
    if name in ("duration", "reach", "bare_units"):
        if after.startswith(("-old", " old", "s old", "-term")):
            return True
        return match.group().endswith(("quarter", "quarters")) and bool(re.match(r"\s+(?:of|to|past)\b", after))
    if name == "clock24":
        return text[max(0, match.start() - 1) : match.start()] in ("$", "€", "£")
    return False


def _is_common_word(doc: Any, text: str, match: re.Match[str], group: str, words: TimeLexicon) -> bool:
    word = text[match.start(group) : match.end(group)]
    form = word.lower().rstrip(".")
    if group == "month" and match.end() - match.start() == len(word):
        token = _token(doc, match.start(), match.end())
        if token is not None and _is_given_name(token):
            return True
    if not word[0].isupper():
        return group == "month" or form in words.ambiguous
    if form not in words.ambiguous or any(match.groupdict().get(part) for part in ("year", "which", "edge", "rel")):
        return len(form) <= 4 and form in words.months and form not in ("june", "july", "may") and "." not in word
    if len(form) == 3 and form != "may" and "." not in word:
        return True
    token = _token(doc, match.start(group), match.end(group))
    return token is None or (bool(token.tag_) and not token.tag_.startswith("NNP"))


def _is_given_name(token: Any) -> bool:
    """Whether a month is the first part of a person's name, as in April Jones."""
    if token.dep_ != "compound" or token.head.pos_ != "PROPN" or token.head.i != token.i + 1:
        return False
    return token.i == 0 or token.nbor(-1).pos_ not in ("ADP", "DET", "ADV")


def _is_no_year(doc: Any, text: str, match: re.Match[str]) -> bool:
    start, end = match.start("year"), match.end("year")
    before = text[max(0, start - 12) : start]
    if before.endswith(("$", "€", "£", "#", "№", "/", "No. ")) or re.search(r"\d[.,]$", before):
        return True
    token = _token(doc, start, end)
    following = token.nbor() if token is not None and token.i + 1 < len(doc) else None
    is_bare = match.start() == start and token is not None and token.i > 0
    is_in_name = is_bare and token.dep_ == "nummod" and token.nbor(-1).tag_ == "NNP"
    if is_in_name and following is not None and following.tag_ == "NN":
        return True  # "the Horizon 2030 plan"
    counted = following is not None and (following.tag_ in ("NNS", "NNPS") or following.like_num)
    if counted and match.start() == start and not re.search(r"\b(?:the|early|late|mid)[\s-]+$", before, re.I):
        return True
    named = bool(_YEAR_PREPOSITIONS.search(before)) or match.start() < start
    return not named and not 1900 <= int(match["year"]) <= 2050


def _per_unit(doc: Any, match: re.Match[str], meaning: Meaning, words: TimeLexicon) -> tuple[TimexType, Meaning]:
    """Tell the rate of "twice a day" from the duration of "for a day"."""
    token = _token(doc, match.start(), match.end())
    before = token.nbor(-1) if token is not None and token.i else None
    if (
        before is None
        or before.tag_ not in ("CD", "NN", "NNS", "RB")
        or before.lower_ in ("once", "half", "only", "just")
    ):
        return TimexType.DURATION, meaning
    code = words.codes[meaning.grain]
    value = f"PT1{code[1]}" if code[0] == "T" and len(code) == 2 else "P1D" if code == "TNI" else f"P1{code}"
    return TimexType.SET, Meaning(Frame.SET, value=value)
