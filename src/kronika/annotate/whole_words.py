"""Whole words: where any of a list of words stands in a text, found in one pass over it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick_rs


class WholeWords:
    """Finds the ``words``, which are letters in lower case, where no letter stands beside them.

    >>> [*WholeWords(("day", "today")).starts_in("a day, today, the 5day week of mondays")]
    [2, 7, 19]
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._matcher = ahocorasick_rs.AhoCorasick(words, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def starts_in(self, lower: str) -> Iterator[int]:
        """Yield where they begin in a text in lower case, in order."""
        for _, start, end in self._matcher.find_matches_as_indexes(lower):
            if not (lower[end : end + 1].isalpha() or lower[start - 1 : start].isalpha()):
                yield start
