"""Words that report speech and words that loosen it: ``speech.yaml`` and ``certainty.yaml``, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError
from kronika.records import Certainty, Stance, Status


@dataclass(frozen=True, slots=True)
class Speech:
    """``speech.yaml``, turned round: by lemma.

    ``verbs`` leads from a lemma to what its complements may be and the stance each gives
    (``{"clause": Stance.SAYS}``); prepositions are complements under their own name.
    """

    verbs: dict[str, dict[str, Stance]]
    raising: frozenset[str]
    passive_hedges: frozenset[str]
    adverbs: dict[str, Stance]
    nouns: dict[str, Stance]
    noun_links: frozenset[str]
    light_verbs: frozenset[str]
    doubt_objects: frozenset[str]
    unnamed: frozenset[str]
    speechless: frozenset[str]
    rejecting: frozenset[str]
    contested: frozenset[str]
    owning: frozenset[str]
    untrue: frozenset[str]
    offices: frozenset[str]
    perceiving: frozenset[str]
    footage: frozenset[str]
    channels: frozenset[str]
    channel_nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Firmness:
    """``certainty.yaml``, turned round: by word (``hedges``, ``modals``) or lemma (the governing words)."""

    hedges: dict[str, Certainty]
    stances: dict[Stance, Certainty]
    modals: dict[str, Status]
    negations: frozenset[str]
    negative_quantifiers: frozenset[str]
    negative_prepositions: frozenset[str]
    conditionals: frozenset[str]
    verbs: dict[str, str]  # to a Status, or "reporting"
    nouns: dict[str, str]
    adjectives: dict[str, str]
    past_markers: frozenset[str]
    ongoing_markers: frozenset[str]


_GOVERNING = ("verbs", "nouns", "adjectives")


def _turned(table: dict[str, Any], where: str) -> dict[str, str]:
    """Turn ``{class: [words]}`` round; a word in two classes is a mistake."""
    turned: dict[str, str] = {}
    for name, words in table.items():
        for word in words:
            if turned.setdefault(word, name) != name:
                raise CodebookError(f"{where}: {word!r} stands under {turned[word]} and {name}")
    return turned


@lru_cache(maxsize=1)
def speech() -> Speech:
    """Return the words that report speech. Raises :class:`CodebookError` for a stance that does not exist."""
    data = read_list("speech.yaml")
    verbs: dict[str, dict[str, Stance]] = {}
    try:
        for row in data["verbs"].values():
            for word in row["words"]:
                for complement in row["takes"]:
                    verbs.setdefault(word, {}).setdefault(complement, Stance(row["stance"]))
        nouns = {word: Stance(stance) for stance, row in data["nouns"].items() for word in row["words"]}
        adverbs = {word: Stance(stance) for stance, words in data["adverbs"].items() for word in words}
    except ValueError as error:
        raise CodebookError(f"speech.yaml: {error}", "see records/claim.py") from error
    sets = (
        "raising",
        "passive_hedges",
        "noun_links",
        "light_verbs",
        "doubt_objects",
        "unnamed",
        "speechless",
        "rejecting",
        "contested",
        "owning",
        "untrue",
        "offices",
        "perceiving",
        "footage",
    )
    lists = {name: frozenset(data[name]) for name in (*sets, "channels", "channel_nouns")}
    return Speech(verbs=verbs, nouns=nouns, adverbs=adverbs, **lists)


@lru_cache(maxsize=1)
def firmness() -> Firmness:
    """Return the words that loosen. Raises :class:`CodebookError` for a word in two classes or an unknown grade."""
    data = read_list("certainty.yaml")
    try:
        hedges = {word: Certainty(grade) for word, grade in _turned(data["hedges"], "certainty.yaml").items()}
        stances = {Stance(name): Certainty(grade) for name, grade in data["stance"].items()}
        modals = {word: Status(status) for word, status in data["modals"].items()}
        verbs, nouns, adjectives = (_turned(data[name], f"certainty.yaml {name}") for name in _GOVERNING)
        for status in {status for table in (verbs, nouns, adjectives) for status in table.values()} - {"reporting"}:
            Status(status)
    except ValueError as error:
        raise CodebookError(f"certainty.yaml: {error}", "see records/claim.py and records/event.py") from error
    return Firmness(
        hedges,
        stances,
        modals,
        frozenset(data["negations"]),
        frozenset(data["negative_quantifiers"]),
        frozenset(data["negative_prepositions"]),
        frozenset(data["conditionals"]),
        verbs,
        nouns,
        adjectives,
        frozenset(data["past_markers"]),
        frozenset(data["ongoing_markers"]),
    )
