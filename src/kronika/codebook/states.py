"""States as actors: their names, demonyms and capitals (``states.csv``), and the seats that stand for them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from kronika.codebook.lists import read_list


@dataclass(frozen=True, slots=True)
class States:
    """Names in lower case to ISO 3166 alpha-2; ``iso3`` from alpha-2 to alpha-3; ``title`` to the plain name.

    ``codes`` has names, demonyms and seats together; ``endings`` the words that these and capitals can end in, a cheap
    look before any is tried.
    """

    names: Mapping[str, str]
    demonyms: Mapping[str, str]
    capitals: Mapping[str, str]
    seats: Mapping[str, str]
    iso3: Mapping[str, str]
    title: Mapping[str, str]
    codes: Mapping[str, str]
    endings: frozenset[str]

    def country_of(self, words: str) -> str | None:
        """Return the alpha-2 code of the state that a name, demonym or seat of government stands for, else None.

        >>> states().country_of("Ukrainians"), states().country_of("the Kremlin"), states().country_of("Atlantis")
        ('UA', 'RU', None)
        """
        key = words.lower().removeprefix("the ")
        found = self.codes.get(key)
        if found is None and key.endswith("s"):
            found = self.demonyms.get(key[:-1])
        return found

    def of_others(self, phrase: str, countries: set[str]) -> bool:
        """Whether a phrase names a state, and none of these (of which there have to be some).

        >>> states().of_others("Libyan soldiers", {"TD"}), states().of_others("soldiers", {"TD"})
        (True, False)
        """
        words = phrase.split()
        named = {
            code
            for i in range(len(words))
            for j in range(i + 1, len(words) + 1)
            if words[i][0].isupper() and (code := self.country_of(" ".join(words[i:j])))
        }
        return bool(named) and bool(countries) and not named & countries


@lru_cache(maxsize=1)
def states() -> States:
    """Return the shipped table."""
    folder = files("kronika.codebook")
    names: dict[str, str] = {}
    demonyms: dict[str, str] = {}
    capitals: dict[str, str] = {}
    iso3: dict[str, str] = {}
    title: dict[str, str] = {}
    for row in csv.DictReader(folder.joinpath("states.csv").read_text(encoding="utf8").splitlines()):
        code = row["iso2"]
        iso3[code], title[code] = row["iso3"], row["name"]
        for table, text in (
            (names, f"{row['name']}|{row['variants']}"),
            (demonyms, row["demonyms"]),
            (capitals, row["capital"]),
        ):
            table.update({word.lower().removeprefix("the "): code for word in text.split("|") if word})
    source = read_list("actors.yaml")
    seats = {name.lower().removeprefix("the "): code for name, code in source["state_metonyms"].items()}
    codes = {**seats, **demonyms, **names}
    spellings = (*codes, *capitals, *(f"{word}s" for word in demonyms))
    endings = frozenset(word[at:] for word in spellings for at in range(len(word)) if _parts(word, at))
    return States(names, demonyms, capitals, seats, iso3, title, codes, endings)


def _parts(word: str, at: int) -> bool:
    """Whether a token can begin at ``at``."""
    return not at or not (word[at - 1].isalnum() and word[at].isalnum())
