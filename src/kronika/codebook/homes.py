"""Where a report is at home: the countries that its bodies, groups and words of administration belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import ahocorasick_rs
import yaml

from kronika.codebook.states import states
from kronika.errors import CodebookError

_WORD = re.compile(r"[^\W_][\w'’.&/-]*")
#: What a word may hold beside letters and digits.
_INNER = frozenset("_'’.&/-")
#: Who has taken power is named with the country it was taken in: "the Myanmar military coup".
_COUP = re.compile(r"\b([A-Z]\w+(?: [A-Z]\w+)?) (?:military )?(?:coup|junta)\b")


@dataclass(frozen=True, slots=True)
class Homes:
    """``cues`` by their first word: the whole cue, and the countries (ISO 3166 alpha-2) that it speaks for."""

    cues: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]


@lru_cache(maxsize=1)
def homes() -> Homes:
    """Return the shipped table.

    Raises:
        CodebookError: a cue stands under two countries, or a code is no ISO 3166 alpha-2 code.
    """
    source = yaml.safe_load(files("kronika.codebook").joinpath("homes.yaml").read_text(encoding="utf8"))
    listed = {str(word): tuple(codes) for word, codes in source["words"].items()}
    for code, bodies in source["bodies"].items():
        for body in bodies:
            if body in listed:
                raise CodebookError(f"homes.yaml: {body!r} stands for {listed[body]} and for {code}")
            listed[body] = (code,)
    cues: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for cue, codes in listed.items():
        if not all(re.fullmatch("[A-Z]{2}", code) for code in codes):
            raise CodebookError(
                f"homes.yaml: {cue!r} has a code that is none of ISO 3166", "quote NO, which is a switch"
            )
        first = _WORD.match(cue)
        cues.setdefault(first[0] if first else cue, []).append((cue, codes))
    return Homes({first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in cues.items()})


def homes_in(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the countries that each cue of ``text`` speaks for, each cue once, in the order of the text.

    >>> homes_in("Locals of Chak village tract met the PDF; the PDF left."), homes_in("Farmers of a tehsil met.")
    ((('MM',), ('MM',)), (('PK', 'IN'),))
    """
    table = homes()
    found: dict[str, tuple[str, ...]] = {}
    # most words open no cue: only where some cue stands does it matter how the text divides into words
    for start in sorted({at for _, at, _ in _finder().find_matches_as_indexes(text, overlapping=True)}):
        word = _word_at(text, start)
        for cue, codes in table.cues.get(word, ()):
            end = start + len(cue)
            if text.startswith(cue, start) and not text[end : end + 1].isalnum():
                found.setdefault(cue, codes)
                break
    coup = _COUP.search(text) if "coup" in text or "junta" in text else None
    taken = states().country_of(coup[1]) if coup else None
    if taken is not None:
        found["coup"] = (taken,)
    return tuple(found.values())


@lru_cache(maxsize=1)
def _finder() -> Any:
    return ahocorasick_rs.AhoCorasick([cue for found in homes().cues.values() for cue, _ in found])


def _word_at(text: str, start: int) -> str:
    """Return the word that begins at ``start``, "" where one goes on there that began before."""
    first = start
    while first and (text[first - 1] in _INNER or text[first - 1].isalnum()):
        first -= 1
    word = _WORD.search(text, first)
    return word[0].rstrip(".-'’/") if word is not None and word.start() == start else ""
