"""Leaders: to which state a head of state or government belongs, by name (``leaders.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError


@dataclass(frozen=True, slots=True)
class Leaders:
    """``names`` maps a full name, or a surname that says enough, to ISO 3166 alpha-2; ``titled`` any surname."""

    names: Mapping[str, str]
    titled: Mapping[str, str]

    def country_of(self, name: str, *, has_office: bool = False) -> str | None:
        """Return the state whose leader goes by a name, else None; a common surname needs the office before it.

        >>> leaders().country_of("Barack Obama"), leaders().country_of("Bush")
        ('US', None)
        >>> leaders().country_of("Bush", has_office=True)
        'US'
        """
        return self.names.get(name) or (self.titled.get(name) if has_office else None)


@lru_cache(maxsize=1)
def leaders() -> Leaders:
    """Return the shipped table.

    Raises:
        CodebookError: one full name stands under two states.
    """
    source = read_list("leaders.yaml")
    names: dict[str, str] = {}
    surnames: dict[str, set[str]] = {}
    for code, entries in source["leaders"].items():
        for entry in entries:
            full, _, short = entry.partition("|")
            if names.setdefault(full, code) != code:
                raise CodebookError(f"leaders.yaml: {full} stands under {names[full]} and {code}")
            surnames.setdefault(short or full.split()[-1], set()).add(code)
    titled = {name: next(iter(codes)) for name, codes in surnames.items() if len(codes) == 1}
    common = frozenset(source["common"])
    return Leaders(names | {name: code for name, code in titled.items() if name not in common}, titled)
