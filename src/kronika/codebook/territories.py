"""Dependent and disputed territories (``territories.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Territories:
    """Codes are ISO 3166 alpha-2.

    ``dependent`` maps a territory to the states it is rightly put in, ``disputed`` two states to the words of the names
    of the places that they differ over ("all": the whole of the first).
    """

    dependent: Mapping[str, frozenset[str]]
    disputed: Mapping[tuple[str, str], frozenset[str]]

    def is_dependency(self, one: str, other: str) -> bool:
        """Whether one of the two is a dependent territory of the other."""
        return other in self.dependent.get(one, ()) or one in self.dependent.get(other, ())

    def is_disputed(self, country: str, other: str, *names: str | None) -> bool:
        """Whether ``other`` also lays claim to a place of ``country`` that goes by these names.

        >>> territories().is_disputed("UA", "RU", "Crimea"), territories().is_disputed("UA", "RU", "Sumy")
        (True, False)
        """
        words = self.disputed.get((country, other), frozenset())
        said = re.findall(r"\w+", " ".join(name for name in names if name).lower())
        return "all" in words or not words.isdisjoint(said)

    def claimants(self, country: str, *names: str | None) -> frozenset[str]:
        """Return the states that lay claim to a place of ``country`` that goes by these names."""
        others = (other for owner, other in self.disputed if owner == country)
        return frozenset(other for other in others if self.is_disputed(country, other, *names))


@lru_cache(maxsize=1)
def territories() -> Territories:
    """Return the shipped table.

    Raises:
        CodebookError: a row has a code that is no ISO 3166 code.
    """
    source = read_list("territories.yaml")
    codes = [*source["dependent"], *(row[side] for row in source["disputed"] for side in ("country", "other"))]
    wrong = [str(code) for code in codes if not re.fullmatch("[A-Z]{2}", str(code))]
    if wrong:
        raise CodebookError(f"territories.yaml: no ISO 3166 code: {', '.join(wrong)}")
    return Territories(
        {code: frozenset(owners) for code, owners in source["dependent"].items()},
        {(row["country"], row["other"]): frozenset(row["names"]) for row in source["disputed"]},
    )
