"""What stands before a sentence and is no part of it: datelines ("KYIV, Jan 24 - …") and speakers ("Malkov: …")."""

from __future__ import annotations

import re
from functools import lru_cache

_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w. ]+?)?)"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: \([^)\n]{2,40}\))?\s+[-–—]{1,2}\s+(?=[A-Z\"“])",
    re.MULTILINE,
)
_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_DAY = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
#: Forms with a date or brackets: "May 3, 2026 (JUBA) – …", "(Nairobi) – …", "Kupwara, May 3: …", "May 3. /TASS/. …".
_DATED = re.compile(
    rf"^[ \t]*(?:(?:{_DAY}, \d{{4}} )?\({_NAME}(?:, [^)\n]{{3,30}})?\)\s+[-–—]{{1,2}}\s+"
    rf"|{_NAME}(?:, {_NAME})?, {_DAY}(?:, \d{{4}})?(?:\s*\([^)\n]{{2,40}}\))?(?::|\. ?/[A-Z]{{3,12}}/\.)\s+)"
    r"(?=[A-Z\"“])",
    re.MULTILINE,
)
#: The other form ("BANGKOK: …"): in capitals, and once, since a round-up heads every paragraph so.
_CAPITALS = re.compile(
    r"^[ \t]*(?!.*\b(?:REGION|OBLAST|PROVINCE|DISTRICT|UPDATE)\b.*:)[A-Z][A-Z.'’-]{2,}(?:[ -][A-Z.'’-]{2,}){0,3}"
    r"(?:, [A-Z][\w. ]{2,20})?(?:,? \([^)\n]{2,40}\))?:\s*(?:\([^)\n]{2,40}\)\s*)?(?=[A-Z\"“])",
    re.MULTILINE,
)
#: A dateline stands at the head of the article; farther down a dash is a dash.
_HEAD = 400


@lru_cache(maxsize=32)
def find_datelines(text: str) -> tuple[tuple[int, int], ...]:
    """Return the code points of the datelines, each up to where its sentence begins.

    Kept for a batch of texts: the parser asks first, and the rules ask again.

    >>> text = "LONDON, Feb 25 - The refinery has stopped."
    >>> [text[start:end] for start, end in find_datelines(text)]
    ['LONDON, Feb 25 - ']
    >>> find_datelines("Kupwara, May 3: Two men were killed."), find_datelines("(Nairobi) – Two men were killed.")
    (((0, 16),), ((0, 12),))
    """
    head = text[:_HEAD]
    filed = tuple(match.span() for pattern in (_DATELINE, _DATED) for match in pattern.finditer(head))
    headed = tuple(match.span() for match in _CAPITALS.finditer(text))
    if not filed and len(headed) == 1 and headed[0][0] < _HEAD:
        return headed
    return filed


_SPEAKER = re.compile(
    r"(?:^(?:[A-Z]{4,} ?[–—:-] ?)?|(?<=[.!?] ))"
    r"(?P<name>(?:(?:[A-Z][\w.’'-]+|of|the|and) ){0,5}[A-Z][\w’'-]+): "
    r"(?!On |Around |In |Between )(?=\S+ \S+ \S+ \S)",  # "Looting: On 5 February …" is a label of the sentence
    re.MULTILINE,
)


@lru_cache(maxsize=32)
def find_colon_speakers(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return the names before a colon that opens a sentence: start and end of the name, start of the rest.

    Offsets are code points.

    >>> find_colon_speakers("Malkov: all drones over the region were destroyed.")
    ((0, 6, 8),)
    """
    if ": " not in text:
        return ()
    filed = {start for start, _ in find_datelines(text)}
    speakers = (found for found in _SPEAKER.finditer(text) if found.start() not in filed)
    return tuple((*found.span("name"), found.end()) for found in speakers)
