"""Units, currencies, vague numerals and count words: ``units.yaml`` and ``counts.yaml``, loaded once and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError
from kronika.records import CountKind

Bounds = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class Counts:
    """``counts.yaml``, turned round: by word. Kinds are looked up by lemma, vague numerals by their own words."""

    before: dict[str, str]  # approximating expression before a number -> lower | upper | about | exact
    after: dict[str, str]
    vague: dict[str, Bounds]
    objects: dict[str, CountKind]  # verb lemma (with particle) -> what it does to its object
    subjects: dict[str, CountKind]
    nouns: dict[str, CountKind]
    participles: dict[str, CountKind]
    heads: dict[str, CountKind]  # "death toll" -> killed
    persons: frozenset[str]
    labels: frozenset[str]  # nouns whose number is a name ("category 4")
    fatal: frozenset[str]  # modifiers that make harm a death
    blows: frozenset[str]  # verbs that kill where such a modifier says so
    sufferings: frozenset[str]  # verbs whose object is the harm


@dataclass(frozen=True, slots=True)
class Units:
    """``units.yaml``, turned round: by written form. ``words`` are lower case, ``symbols`` as written."""

    words: dict[str, str]
    symbols: dict[str, str]
    dimensions: dict[str, str]
    rates: frozenset[str]


@dataclass(frozen=True, slots=True)
class Currencies:
    """The currency part of ``units.yaml``: ISO 4217 codes by sign and by word; None where a word is ambiguous."""

    signs: dict[str, str]
    words: dict[str, str | None]
    minor: dict[str, str]
    names: dict[str, str]  # code -> name in the record


def _plurals(word: str) -> list[str]:
    """The written forms of a unit word: itself, its plural, and with a hyphen for a space."""
    head = word.split(" of ")[0]
    plural = head + ("es" if head.endswith(("s", "x", "ch", "sh")) else "s")
    return [word, plural + word[len(head) :]]


def _put(table: dict[str, Any], key: str, value: Any, where: str) -> None:
    if table.setdefault(key, value) != value:
        raise CodebookError(f"{where}: {key!r} stands for both {table[key]!r} and {value!r}")


@lru_cache(maxsize=1)
def counts() -> Counts:
    """Return the count words. Raises :class:`CodebookError` where a word has two meanings or a kind is unknown."""
    data = read_list("counts.yaml")
    tables: dict[str, dict[str, Any]] = {
        name: {} for name in ("before", "after", *("object", "subject", "nouns", "heads"))
    }
    for source, target in (("bounds", "before"), ("after", "after")):
        for meaning, expressions in data[source].items():
            for expression in expressions:
                _put(tables[target], expression, meaning, "counts.yaml")
    for name, words in data["kinds"].items():
        if name not in set(CountKind):
            raise CodebookError(f"counts.yaml: {name!r} is no kind of count", "see records/quantity.py")
        for key in ("object", "subject", "nouns", "heads"):
            for word in words[key]:
                _put(tables[key], word.lower(), CountKind(name), "counts.yaml")
    participles = {word: CountKind(kind) for word, kind in data["participles_extra"].items()}
    vague: dict[str, Bounds] = {word: (low, best, high) for word, (low, best, high) in data["vague"].items()}
    return Counts(
        tables["before"],
        tables["after"],
        vague,
        tables["object"],
        tables["subject"],
        tables["nouns"],
        participles,
        tables["heads"],
        frozenset(data["persons"]),
        frozenset(data["labels"]),
        frozenset(data["fatal"]),
        frozenset(data["blows"]),
        frozenset(data["sufferings"]),
    )


@lru_cache(maxsize=1)
def units() -> Units:
    """Return the units of measure. Raises :class:`CodebookError` where a form stands for two units."""
    data = read_list("units.yaml")
    words: dict[str, str] = {}
    symbols: dict[str, str] = {}
    for name, unit in data["units"].items():
        for word in unit.get("words", ()):
            for form in _plurals(word):
                _put(words, form, name, "units.yaml")
                _put(words, form.replace(" ", "-"), name, "units.yaml")
        for symbol in unit.get("symbols", ()):
            _put(symbols, symbol, name, "units.yaml")
    dimensions = {name: unit["dimension"] for name, unit in data["units"].items()}
    return Units(words, symbols, dimensions, frozenset(data["rates"]))


@lru_cache(maxsize=1)
def currencies() -> Currencies:
    """Return the currencies. Raises :class:`CodebookError` where a sign or word stands for two."""
    data = read_list("units.yaml")
    signs: dict[str, str] = {}
    words: dict[str, str | None] = {}
    for code, row in data["currencies"].items():
        if not re.fullmatch("[A-Z]{3}", code):
            raise CodebookError(f"units.yaml: {code!r} is no ISO 4217 code")
        for sign in row["signs"]:
            _put(signs, sign, code, "units.yaml")
        for word in row["words"]:
            for form in _plurals(word):
                _put(words, form, code, "units.yaml")
    for word, code in data["ambiguous"].items():
        for form in _plurals(word):
            _put(words, form, code, "units.yaml")
    minor = {form: code for word, code in data["minor"].items() for form in _plurals(word)}
    return Currencies(signs, words, minor, {code: row["name"] for code, row in data["currencies"].items()})
