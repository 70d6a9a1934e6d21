"""Facilities and actors across documents: one thing under several names, conservatively.

Two names meet when their spellings fold together, or when the distinctive words of one ("Kremniy", not "plant") are all
among those of the other, as they are spelled or transliterated. Neither the settlement nor the kind of site
("refinery", "depot") may contradict, and what goes by its town alone needs the same kind of site; a name that could go
to two things goes to neither. Every alias keeps the spans it was read from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError
from kronika.link.names import fold, fold_translit, stem
from kronika.records import Alias, Entity, Mention, MentionKind, Span, content_id

#: Kinds that are resolved; for the others a name is a name.
FULL_NAMES_ONLY = (MentionKind.FORCES, MentionKind.BODY, MentionKind.ORGANISATION)
GROWING = (MentionKind.FACILITY, MentionKind.PERSON)
#: Words up to this many letters must be equal once folded; longer ones may differ in one letter.
EXACT_LETTERS = 6
#: Names whose words are remembered: a record says few names many times.
_NAMES = 1 << 16


@dataclass(frozen=True, slots=True)
class Naming:
    """One mention with the settlement that its document puts the thing in (id and name), None where it does not."""

    mention: Mention
    settlement: str | None = None
    settlement_name: str | None = None


@dataclass(slots=True)
class _Name:
    kind: MentionKind
    written: str
    words: frozenset[str]
    head: str | None
    towns: set[str] = field(default_factory=set)  # folded words of its settlements' names
    settlements: set[str] = field(default_factory=set)
    spans: defaultdict[str, list[Span]] = field(default_factory=lambda: defaultdict(list))


@lru_cache(maxsize=1)
def _words() -> Mapping[str, frozenset[str]]:
    """Return the word lists of ``link.yaml`` by name; the generic words also in the plural."""
    data = read_list("link.yaml")
    lists = ("generic", "empty", "broad", "matter")
    if set(data) != set(lists) or not all(isinstance(word, str) for words in data.values() for word in words):
        raise CodebookError(f"link.yaml must have the word lists {', '.join(lists)}")
    found = {name: frozenset(data[name]) for name in lists}
    return {**found, "generic": found["generic"] | {f"{word}s" for word in found["generic"]}}


@lru_cache(maxsize=_NAMES)
def distinctive(name: str, settlement_name: str | None = None) -> frozenset[str]:
    """Return the folded words of a name that tell it apart; the settlement's own name is none.

    >>> sorted(distinctive("the Kremniy EL plant"))
    ['el', 'kremni']
    >>> distinctive("the Bryansk microchip factory", "Bryansk")
    frozenset()
    """
    generic, empty = _words()["generic"], _words()["empty"]
    places = {fold_translit(word) for word in fold(settlement_name or "").split()}
    words = (word for word in fold(name).split() if word not in generic and word not in empty)
    return frozenset(folded for word in words if (folded := fold_translit(word)) not in places)


@lru_cache(maxsize=_NAMES)
def head_word(name: str) -> str | None:
    """Return the word that says what kind of site a name is of, None where any kind goes by it.

    >>> head_word("Ryazan oil refinery"), head_word("Kremniy EL plant"), head_word("Kremniy EL")
    ('refinery', None, None)
    """
    generic, broad = _words()["generic"], _words()["broad"]
    words = [word.removesuffix("s") if word.removesuffix("s") in generic else word for word in fold(name).split()]
    return words[-1] if words and words[-1] in generic and words[-1] not in broad else None


@lru_cache(maxsize=1)
def any_site() -> frozenset[str]:
    """Return the stems of the words that are said of any kind of site, as ``model.json`` lists them."""
    broad = _words()["broad"]
    return frozenset(map(stem, [*broad, *(f"{word[:-1]}ies" for word in broad if word.endswith("y"))]))


@lru_cache(maxsize=_NAMES)
def is_name(name: str, settlement_name: str | None = None) -> bool:
    """Whether a name tells a thing apart from others of its kind, wherever it stands.

    >>> is_name("Kremniy EL plant"), is_name("the plant"), is_name("The Plant"), is_name("Ryazan depot and bridge")
    (True, False, False, False)
    """
    return any(letter.isupper() for letter in name) and not _is_list(name) and bool(distinctive(name, settlement_name))


def _is_list(name: str) -> bool:
    """Whether a name is of several sites ("Ryazan refinery and power station")."""
    words = fold(name).split()
    sites = _words()["generic"] - _words()["matter"]
    return any(word == "and" and {words[at - 1], words[-1]} <= sites for at, word in enumerate(words) if at)


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) <= EXACT_LETTERS or one.isdigit() or other.isdigit():
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def _is_within(small: frozenset[str], big: frozenset[str]) -> bool:
    return bool(small) and all(any(_same_word(word, other) for other in big) for word in small)


def grow_entities(namings: Iterable[Naming]) -> list[Entity]:
    """Return the things that facility, person, organisation, forces and body mentions name, in the order of their ids.

    The order of input does not matter. A name without a distinctive word ("the plant") is left out.
    """
    names: dict[tuple[str, str, str], _Name] = {}
    for naming in namings:
        mention = naming.mention
        if mention.kind not in GROWING and mention.kind not in FULL_NAMES_ONLY:
            continue
        if not is_name(mention.name):
            continue
        words = distinctive(mention.name, naming.settlement_name)
        if not words and head_word(mention.name):
            words = distinctive(mention.name)  # "Ryazan oil refinery": the town and the kind tell it apart
        if not words:
            continue
        place = naming.settlement or "" if mention.kind is MentionKind.FACILITY else ""
        key = (mention.kind.value, fold_translit(mention.name), place)
        name = names.setdefault(key, _Name(mention.kind, mention.name, words, head_word(mention.name)))
        name.words &= words
        name.towns.update(map(fold_translit, fold(naming.settlement_name or "").split()))
        name.written = min(name.written, mention.name)
        if place:
            name.settlements.add(place)
        written = mention.span.text if is_name(mention.span.text) else mention.name  # "it" and "the plant" are no names
        name.spans[written].append(mention.span)
    groups = _gather(_settled(names))
    return sorted((_entity(group) for group in groups), key=lambda entity: entity.id)


def _settled(names: Mapping[tuple[str, str, str], _Name]) -> list[_Name]:
    """Return the names in order; one that holds the name of a town that a report puts it in is in that town for all.

    Where a report speaks of the Ryazan refinery from Kyiv, Kyiv is not where the refinery stands.
    """
    variants: defaultdict[tuple[str, str], list[_Name]] = defaultdict(list)
    for key in sorted(names):
        variants[key[:2]].append(names[key])
    settled: list[_Name] = []
    for (_, folded), same in variants.items():
        at_home = [name for name in same if name.towns and name.towns <= set(map(fold_translit, folded.split()))]
        if len(at_home) != 1:
            settled += same
            continue
        home = at_home[0]
        for name in same:
            if name is not home:
                home.words |= name.words
                home.written = min(home.written, name.written)
                for written, spans in name.spans.items():
                    home.spans[written] += spans
        settled.append(home)
    return settled


def _gather(names: list[_Name]) -> list[list[_Name]]:
    """Put each name with the one thing that it can mean; the fuller names and those with a settlement come first.

    A name that two things could be called, or none, is a thing of its own.
    """
    things: list[list[_Name]] = []
    by_word: defaultdict[tuple[MentionKind, str], set[int]] = defaultdict(set)
    for name in sorted(names, key=_fullest_first):
        near = sorted({thing for word in name.words for thing in by_word[name.kind, word[:3]]})
        meant = [thing for thing in near if _can_mean(name, things[thing])]
        if len(meant) == 1:
            home = meant[0]
            things[home].append(name)
        else:
            home = len(things)
            things.append([name])
        for word in name.words:
            by_word[name.kind, word[:3]].add(home)
    return things


def _fullest_first(name: _Name) -> tuple[int, bool, list[str], list[str], str]:
    return -len(name.words), not name.settlements, sorted(name.words), sorted(name.settlements), name.written


def _can_mean(name: _Name, thing: list[_Name]) -> bool:
    settlements = {place for other in thing for place in other.settlements}
    if name.settlements and settlements and name.settlements.isdisjoint(settlements):
        return False
    if name.kind is MentionKind.FACILITY and not _is_of_kind(name, thing):
        return False
    if name.kind in FULL_NAMES_ONLY:
        return any(fold_translit(name.written) == fold_translit(other.written) for other in thing)
    return any(_is_within(name.words, other.words) for other in thing)


def _is_of_kind(name: _Name, thing: list[_Name]) -> bool:
    """Whether the kinds of site agree; where a name is no more than that of the town, they must be stated."""
    heads = {other.head for other in thing if other.head}
    towns = name.towns.union(*(other.towns for other in thing))
    if name.words <= towns or any(other.words <= towns for other in thing):
        return name.head is not None and name.head in heads
    return name.head is None or not heads or name.head in heads


def _entity(group: list[_Name]) -> Entity:
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for name in group:
        for written, found in name.spans.items():
            spans[written].update(found)
    longest = max(group, key=lambda name: (len(name.words), sum(map(len, name.spans.values())), name.written))
    settlements = sorted({place for name in group for place in name.settlements})
    ordered = sorted(spans, key=lambda written: (-len(spans[written]), written))
    heads = sorted({name.head for name in group if name.head and name.kind is MentionKind.FACILITY})
    key = content_id("x", longest.kind, *sorted(longest.words), *heads[:1], *settlements[:1])
    aliases = tuple(
        Alias(written, tuple(sorted(spans[written], key=lambda s: (s.document, s.start, s.end)))) for written in ordered
    )
    return Entity(key, longest.kind, longest.written, aliases, settlement=settlements[0] if settlements else None)


def alias_keys(entities: Iterable[Entity]) -> Mapping[str, str]:
    """Return entity ids by folded alias, for :func:`kronika.link.features.event_row`; without ambiguous aliases.

    What stands for a thing in one text only ("the plant") is no alias in another.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for name in [entity.name, *(alias.name for alias in entity.aliases)]:
            if is_name(name):
                found[fold_translit(name)].add(entity.id)
    return {name: next(iter(ids)) for name, ids in sorted(found.items()) if len(ids) == 1}
