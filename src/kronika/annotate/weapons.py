"""Weapons: what the deeds are done with, by the codebook's lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import ahocorasick_rs

from kronika.annotate.folding import folded
from kronika.codebook.things import WeaponWord, things
from kronika.records import MentionKind
from kronika.records.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class WeaponMention:
    """A weapon named in the text: code points, the tokens it covers (end exclusive), and what it is."""

    start: int
    end: int
    first_token: int
    end_token: int
    word: WeaponWord


@lru_cache(maxsize=1)
def _matcher() -> tuple[Any, list[str]]:
    spellings = sorted(things().weapons)
    return ahocorasick_rs.AhoCorasick(spellings, matchkind=ahocorasick_rs.MatchKind.Standard), spellings


def find_weapons(doc: Any) -> list[WeaponMention]:
    """Return the weapons named in a spaCy ``Doc``, in order; the longest spelling wins.

    A proper name counts only with a capital ("Grad", not "grad"), and never as part of a longer word.
    """
    matcher, spellings = _matcher()
    text = doc.text
    found: list[WeaponMention] = []
    matches = matcher.find_matches_as_indexes(folded(text), overlapping=True)
    for index, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
        word = things().weapons[spellings[index]]
        if (start and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum()):
            continue
        if (word.is_proper and not text[start].isupper()) or (found and start < found[-1].end):
            continue
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None and not _is_site(doc, span):
            found.append(WeaponMention(start, end, span.start, span.end, word))
    return found


def _is_site(doc: Any, span: Any) -> bool:
    """Whether a common noun is part of the name of a site ("gold mine", "fuel tank")."""
    if span.start == 0 or len(span) > 1:
        return False
    kinds = things().heads.get(f"{doc[span.start - 1].lower_} {span[0].lemma_.lower()}", ())
    return MentionKind.FACILITY in kinds
