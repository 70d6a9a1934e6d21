"""Sentences around a place in a text, where no parse says where they begin and end."""

from __future__ import annotations

import re

#: The end of a sentence: a stop, a space, a capital letter; or the end of a line.
_STOP = re.compile(r"[.!?][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-ZА-ЯІЇЄ\d])|\n")


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence around ``text[start:end]``, up to stops and line breaks.

    >>> text = "It rained. Two houses burned. All slept."
    >>> first, last = sentence_bounds(text, 15, 21)
    >>> text[first:last]
    'Two houses burned.'
    """
    before = [stop.end() for stop in _STOP.finditer(text, 0, start + 1) if stop.end() <= start]
    after = _STOP.search(text, max(end - 1, 0))
    first, last = (before[-1] if before else 0), (after.start() if after else len(text))
    if after and text[after.start()] != "\n":
        last = after.start() + len(text[after.start() : after.end()].rstrip())
    return first, last
