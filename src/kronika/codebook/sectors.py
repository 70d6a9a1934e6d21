"""Sectors: what a participant is to its state, by the nouns that name it (``sectors.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError

#: PLOVER's sector codes.
SECTORS = frozenset(
    (
        *("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL"),
        *("EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC"),
    )
)


@dataclass(frozen=True, slots=True)
class Sectors:
    """``nouns`` maps one or two words in lower case to a sector; ``international`` a name to its class.

    A noun of ``general`` takes the sector of the words around it; a word of ``former`` makes an office's holder its
    elite; the names of ``state_forces`` are armed forces of a state.
    """

    nouns: Mapping[str, str]
    general: frozenset[str]
    former: frozenset[str]
    international: Mapping[str, str]
    state_forces: frozenset[str]


@lru_cache(maxsize=1)
def sectors() -> Sectors:
    """Return the shipped table.

    Raises:
        CodebookError: an unknown sector, or one noun under two sectors.
    """
    source = read_list("sectors.yaml")
    nouns: dict[str, str] = {}
    for code, words in source["sectors"].items():
        twice = sorted(set(words) & set(nouns))
        if code not in SECTORS or twice:
            raise CodebookError(f"sectors.yaml: {code} is no sector or repeats {', '.join(twice)}")
        nouns.update(dict.fromkeys(words, code))
    return Sectors(
        nouns,
        frozenset(source["general"]),
        frozenset(source["former"]),
        {name: code for code, names in source["international"].items() for name in names},
        frozenset(source["state_forces"]),
    )
