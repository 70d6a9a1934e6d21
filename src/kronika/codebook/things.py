"""Participants and weapons: what kind of thing a noun names (``actors.yaml``, ``weapons.yaml``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError
from kronika.records import MentionKind

#: When one noun is listed under several kinds, the earlier kind here is the reading without context.
_ORDER = (
    "body",
    "forces",
    "facility",
    "media",
    "person",
    "group",
    "source",
    "organisation",
    "place",
    "product",
    "asset",
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A proper name of a group or body: its record name, kind, the state it belongs to where settled, ACLED's name."""

    name: str
    kind: MentionKind
    country: str | None
    acled: str | None = None


@dataclass(frozen=True, slots=True)
class WeaponClass:
    """A class of weapons: the PLOVER mode and the ACLED sub-event type of an attack with one."""

    id: str
    mode: str
    acled: str


@dataclass(frozen=True, slots=True)
class WeaponWord:
    """One spelling: the class, the name it goes by, and whether it is a proper name (then its capitals count)."""

    weapon: WeaponClass
    name: str
    is_proper: bool


@dataclass(frozen=True, slots=True)
class Things:
    """Tables by spelling. ``heads`` maps a head noun (one or two lemmas) to its kinds, best first."""

    heads: Mapping[str, tuple[MentionKind, ...]]
    names: Mapping[str, KnownName]
    weapons: Mapping[str, WeaponWord]
    classes: Mapping[str, WeaponClass]
    titles: frozenset[str]


def _heads(kinds: Mapping[str, list[str]]) -> dict[str, tuple[MentionKind, ...]]:
    found: dict[str, list[MentionKind]] = {}
    for kind in _ORDER:
        for line in kinds.get(kind, ()):
            for word in str(line).split(","):
                entry = found.setdefault(word.strip(), [])
                if MentionKind(kind) not in entry:
                    entry.append(MentionKind(kind))
    return {word: tuple(kinds) for word, kinds in found.items()}


def _names(source: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, KnownName]]:
    for kind, entries in source.items():
        for entry in entries:
            known = KnownName(entry["name"], MentionKind(kind), entry.get("country"), entry.get("acled"))
            for spelling in (entry["name"], *entry.get("variants", ())):
                yield spelling, known


def _spellings(word: str, is_proper: bool) -> Iterator[str]:
    """Yield the spellings of a weapon word: with and without hyphen, and the plural of a common noun."""
    yield word
    if "-" in word:
        yield word.replace("-", " ")
        yield word.replace("-", "")
    if not is_proper and not word.endswith("s"):
        yield word + "s"
        if word.endswith(("y",)):
            yield word[:-1] + "ies"


def read_weapons(source: Mapping[str, Any]) -> tuple[dict[str, WeaponWord], dict[str, WeaponClass]]:
    """Build the table of spellings.

    Raises:
        CodebookError: one proper name stands under two classes.
    """
    words: dict[str, WeaponWord] = {}
    classes: dict[str, WeaponClass] = {}
    for key, entry in source["classes"].items():
        weapon = classes[key] = WeaponClass(key, entry["mode"], entry["acled"])
        for word in entry.get("words", ()):
            for spelling in _spellings(word, is_proper=False):
                words.setdefault(spelling.lower(), WeaponWord(weapon, word, is_proper=False))
        for name, variants in entry.get("names", {}).items():
            for variant in variants:
                for spelling in _spellings(variant, is_proper=True):
                    old = words.get(spelling.lower())
                    if old and old.is_proper and old.name != name:
                        raise CodebookError(f"weapons.yaml: {spelling} stands for {old.name} and {name}")
                    words[spelling.lower()] = WeaponWord(weapon, name, is_proper=True)
    return words, classes


@lru_cache(maxsize=1)
def things() -> Things:
    """Return the shipped tables.

    >>> things().heads["refinery"][0].value, things().weapons["s300"].name
    ('facility', 'S-300')
    """
    actors = read_list("actors.yaml")
    weapons, classes = read_weapons(read_list("weapons.yaml"))
    return Things(
        heads=_heads(actors["kinds"]),
        names=dict(_names(actors["names"])),
        weapons=weapons,
        classes=classes,
        titles=frozenset(actors["titles"]),
    )


@lru_cache(maxsize=1)
def name_edges() -> tuple[frozenset[str], frozenset[str]]:
    """Return the first and the last words of the known names: a cheap look before the whole is tried."""
    split = [name.split() for name in things().names]
    return frozenset(words[0] for words in split), frozenset(words[-1] for words in split)


#: The most words that a known name has ("Popular Mobilization Forces" has three).
_NAME_WORDS = 5


@lru_cache(maxsize=4096)
def names_in(phrase: str) -> tuple[KnownName, ...]:
    """Return the known names that a phrase contains, in its order, the longest reading of each.

    >>> [known.name for known in names_in("positions of the Luhansk People's Militia")]
    ["Donetsk and Luhansk People's Militias"]
    """
    words = [word.strip(",.;:()'\"") for word in phrase.split()]
    table, (openings, _) = things().names, name_edges()
    found, i = [], 0
    while i < len(words):
        if words[i] not in openings:
            i += 1
            continue
        for size in range(min(_NAME_WORDS, len(words) - i), 0, -1):
            known = table.get(" ".join(words[i : i + size]))
            if known is not None:
                found.append(known)
                i += size - 1
                break
        i += 1
    return tuple(found)
