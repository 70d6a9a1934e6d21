"""Offices: two sitting holders of one office, and one person under two titles that exclude each other."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick_rs

from kronika.annotate.folding import folded
from kronika.codebook.lists import read_list
from kronika.codebook.states import states
from kronika.records import Document, Finding, FindingKind, Mention, MentionKind, Severity, Span, content_id

_WORD = re.compile(r"[\w.]+(?:-[\w.]+)*(?:['’]s?)?$")
#: So many words before an office, and code points, can say whose it is and whether its holder is the sitting one.
_WORDS_BEFORE, _REACH = 5, 60
_OF = re.compile(r"\s+of\s+(?:the\s+)?((?:[A-Z][\w’'-]*\s+){1,3})")
_NAME = re.compile(r"\s+((?:[A-Z][\w’'.-]*\s?){1,4})")
#: A sentence that dates what it tells by a year, or tells of a past term, says nothing about who sits now.
_PAST = re.compile(r"\b(?:(?:19|20)\d\d|in (?:19|20)\d\ds|years? ago|decades? ago|at the time|back then|served as)\b")
_SENTENCE_END = re.compile(r"[.!?]\s|\n")


@dataclass(frozen=True, slots=True)
class _Words:
    """``offices.yaml``: spelling to office, the sets of offices that exclude each other, and the qualifying words."""

    offices: dict[str, str]
    clash: tuple[frozenset[str], ...]
    not_sitting: frozenset[str]
    sitting: frozenset[str]
    matcher: Any


@dataclass(frozen=True, slots=True)
class _Title:
    """An office beside a name: whose office it is, and whether the text itself calls the holder the current one."""

    office: str
    of: str | None
    person: str
    span: Span
    is_current: bool
    is_dated: bool


@lru_cache(maxsize=1)
def _words() -> _Words:
    source = read_list("offices.yaml")
    offices = {spelling: office for office, spellings in source["offices"].items() for spelling in spellings}
    return _Words(
        offices,
        tuple(frozenset(group) for group in source["clash"]),
        frozenset(source["not_sitting"]),
        frozenset(source["sitting"]),
        ahocorasick_rs.AhoCorasick([*offices]),
    )


def check_offices(document: Document, mentions: Iterable[Mention]) -> list[Finding]:
    """Return where two persons hold one office at once, and where one person has two titles that exclude each other.

    ``mentions`` give the names of the persons. Two holders are found only where both have the office of the same state
    or place without "former" and the like: a warning where the text calls one of them the current one, else a note. Two
    titles are found only where both stand before the name. A sentence about a year says nothing about who sits now.
    """
    names = {mention.name for mention in mentions if mention.kind is MentionKind.PERSON}
    if len(names) < 1:
        return []
    titles = list(_titles(document, names))
    return [*_two_holders(titles), *_two_titles(titles)]


def _titles(document: Document, names: set[str]) -> Iterator[_Title]:
    words, text = _words(), document.text
    for first, end, office in _offices_in(text):
        of = None
        belonging = _OF.match(text, end)
        if belonging:
            of, end = _jurisdiction(belonging[1].split(), text), belonging.end(1) - 1
        person = _person(text, end, names)
        if person is None:
            continue
        name, stop = person
        leading = _leading(text, first)
        lower = {word.lower().strip(".") for word in leading}
        if not lower.isdisjoint(words.not_sitting) or any(word.startswith("ex-") for word in lower):
            continue
        start = first if not leading else text.rindex(leading[0], 0, first)
        is_current = not lower.isdisjoint(words.sitting)
        yield _Title(
            office,
            of or _jurisdiction(leading, text),
            name,
            Span(document.id, start, stop, text[start:stop]),
            is_current,
            not is_current and bool(_PAST.search(_sentence(text, start, stop))),
        )


def _offices_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where an office is named, the longest spelling, and which."""
    words, lower, done = _words(), folded(text), 0
    matches = words.matcher.find_matches_as_indexes(lower, overlapping=True)
    for _, first, end in sorted(matches, key=lambda match: (match[1], -match[2])):
        if first >= done and not _is_in_word(lower, first - 1) and not _is_in_word(lower, end):
            yield first, end, words.offices[lower[first:end]]
            done = end


def _is_in_word(text: str, at: int) -> bool:
    return 0 <= at < len(text) and (text[at].isalnum() or text[at] == "_")


def _leading(text: str, at: int) -> list[str]:
    """Return the words that stand straight before an office as its modifiers: names, adjectives of rank and state."""
    words, found = _words(), []
    for word in _words_before(text, at):
        plain = word.lower().strip(".")
        is_modifier = word[0].isupper() or plain in words.not_sitting or plain in words.sitting
        if not is_modifier or (word.endswith(".") and not re.fullmatch(r"(?:\w\.)+", word)):
            break
        found.append(word)
        if plain in ("the", "a"):
            break
    return [word for word in reversed(found) if word.lower() != "the"]


def _words_before(text: str, at: int) -> Iterator[str]:
    """Yield the words before ``text[at:]``, the nearest first, up to a mark between them."""
    if not text[at - 1 : at].isspace():
        return
    for piece in reversed(text[max(0, at - _REACH) : at].split()[-_WORDS_BEFORE:]):
        word = _WORD.search(piece)
        if word is None:
            return
        yield word[0]
        if word.start():
            return


def _jurisdiction(leading: Sequence[str], text: str) -> str | None:
    """Return the state (ISO code) or place that modifiers name: "United States", "Ukraine’s", "Ryazan"."""
    capital = [re.sub(r"['’]s?$", "", word) for word in leading if word[0].isupper()]
    for size in range(len(capital), 0, -1):
        for first in range(len(capital) - size + 1):
            code = states().country_of(" ".join(capital[first : first + size]))
            if code:
                return code
    return " ".join(capital).lower() or None


def _person(text: str, end: int, names: set[str]) -> tuple[str, int] | None:
    """Return the known person named right after ``end``, and where the name ends; the longest reading wins."""
    match = _NAME.match(text, end)
    if not match:
        return None
    parts = list(re.finditer(r"\S+", match[1]))
    for count in range(len(parts), 0, -1):
        said = re.sub(r"['’]s?$|[.,]$", "", match[1][: parts[count - 1].end()])
        for name in sorted(names):
            if said == name or (count == 1 and name.split()[-1:] == [said]):
                return name, match.start(1) + len(said)
    return None


def _sentence(text: str, start: int, stop: int) -> str:
    ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, start - 400), start)]
    after = _SENTENCE_END.search(text, stop)
    return text[ends[-1] if ends else max(0, start - 400) : after.start() if after else len(text)]


def _same_person(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same surname, and no two first names."""
    a, b = one.split(), other.split()
    return a[-1] == b[-1] and (len(a) == 1 or len(b) == 1 or a[0] == b[0])


def _two_holders(titles: Sequence[_Title]) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for one, two in itertools.combinations(titles, 2):
        if one.office != two.office or one.of is None or one.of != two.of or _same_person(one.person, two.person):
            continue
        if one.is_dated or two.is_dated:
            continue
        first, second = sorted((one.person, two.person))
        key = (one.office, first, second)
        if key in seen:
            continue
        seen.add(key)
        of = states().title.get(one.of, one.of.title())
        text = f"{one.person} and {two.person} are both given as sitting {one.office} of {of}"
        severity = Severity.WARNING if one.is_current or two.is_current else Severity.NOTE
        yield _finding(one, two, f"{text}: two sitting holders of one office", severity)


def _two_titles(titles: Sequence[_Title]) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for one, two in itertools.combinations(titles, 2):
        if one.office == two.office or not _same_person(one.person, two.person) or one.is_dated or two.is_dated:
            continue
        if not any({one.office, two.office} <= group for group in _words().clash):
            continue
        if one.of and two.of and one.of != two.of and len(one.of) == len(two.of) == 2:
            continue  # two states: namesakes
        name = max(one.person, two.person, key=len)
        first, second = sorted((one.office, two.office))
        key = (name, first, second)
        if key in seen:
            continue
        seen.add(key)
        yield _finding(
            one,
            two,
            f"{name} is given as {one.office} and as {two.office}: one person with two offices",
            Severity.WARNING,
        )


def _finding(one: _Title, two: _Title, text: str, severity: Severity) -> Finding:
    return Finding(
        content_id("f", FindingKind.OFFICE, one.span.document, one.span.start, two.span.start),
        FindingKind.OFFICE,
        severity,
        (one.span, two.span),
        text,
    )
