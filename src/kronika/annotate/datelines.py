"""Datelines: where and when an article was filed, at the head of a paragraph ("KYIV, Jan 24 (Agency) - …")."""

from __future__ import annotations

import re

_DATELINE = re.compile(
    r"^[ \t]*(?P<place>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}(?:, [A-Z][\w. ]+?)?)"
    r"(?:, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?(?: \([^)\n]{2,40}\))?\s+[-–—]{1,2}\s+(?=[A-Z\"“])",
    re.MULTILINE,
)
#: A dateline stands at the head of the article; farther down a dash is a dash.
_HEAD = 400


def find_datelines(text: str) -> list[tuple[int, int]]:
    """Return the code points of the datelines, each up to where its sentence begins.

    >>> text = "LONDON, Feb 25 - The refinery has stopped."
    >>> [text[start:end] for start, end in find_datelines(text)]
    ['LONDON, Feb 25 - ']
    """
    return [match.span() for match in _DATELINE.finditer(text[:_HEAD])]
