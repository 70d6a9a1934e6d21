"""Stages of money: pledged, agreed, disbursed, spent; told by the words around a sum."""

from __future__ import annotations

import re
from functools import lru_cache

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError

STAGES = ("pledged", "agreed", "disbursed", "spent")


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = read_list("stages.yaml")
    if tuple(data) != STAGES or not all(isinstance(word, str) and word for words in data.values() for word in words):
        raise CodebookError(f"stages.yaml must have the word lists {', '.join(STAGES)}")
    return tuple(
        (stage, re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b", re.IGNORECASE))
        for stage, words in data.items()
    )


def stage_of(sentence: str) -> str:
    """Return the stage of the money that ``sentence`` tells of, empty where no word says.

    >>> stage_of("London has transferred £752 million to Ukraine.")
    'disbursed'
    >>> stage_of("Britain will lend Ukraine 2.26 billion pounds, to be repaid from the profits.")
    'pledged'
    """
    return next((stage for stage, pattern in _patterns() if pattern.search(sentence)), "")
