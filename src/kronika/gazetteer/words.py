"""The words around names: ``words.yaml`` (types, prefixes, abbreviations, demonyms), loaded once and checked."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import StringIO

import yaml

from kronika.errors import GazetteerError
from kronika.gazetteer.keys import name_key


@dataclass(frozen=True, slots=True)
class Words:
    """``words.yaml``, by key. ``types`` gives the level that a type word asks for ("oblast" -> "ADM1"),
    ``demonyms`` the country (ISO 3166 alpha-2), ``regional`` the key of the region that people or things are of;
    ``article`` holds the countries whose names of places bear the Arabic article, ``romanised`` those whose names are
    written in Latin letters in several ways.
    """

    types: dict[str, str]
    prefixes: frozenset[str]
    abbreviations: dict[str, str]
    demonyms: dict[str, str]
    regional: dict[str, str]
    countries: dict[str, tuple[str, ...]]
    article: frozenset[str]
    romanised: frozenset[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the word lists.

    Raises:
        GazetteerError: a demonym stands for two countries, or a code is no ISO 3166 alpha-2 code.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((files("kronika.gazetteer") / "data/words.yaml").read_text("utf-8"), Loader=loader)
    types = {name_key(word): level for level, listed in data["types"].items() for word in listed.split(", ")}
    demonyms: dict[str, str] = {}
    for code, listed in data["demonyms"].items():
        if not re.fullmatch("[A-Z]{2}", str(code)):
            raise GazetteerError(f"words.yaml: {code!r} is no ISO 3166 alpha-2 code", "quote NO, which is a switch")
        for word in listed.split(", "):
            for form in _forms(name_key(word)):
                if demonyms.setdefault(form, code) != code:
                    raise GazetteerError(f"words.yaml: {word!r} stands for both {code} and {demonyms[form]}")
    return Words(
        types=types,
        prefixes=frozenset(name_key(word) for word in data["prefixes"].split(", ")),
        abbreviations={name_key(short): name_key(full) for short, full in data["abbreviations"].items()},
        demonyms=demonyms,
        regional={
            form: name_key(name)
            for name, listed in data["regional"].items()
            for word in listed.split(", ")
            for form in _forms(name_key(word))
        },
        countries={code: tuple(listed.split(", ")) for code, listed in data["countries"].items()},
        article=frozenset(data["article"].split(", ")),
        romanised=frozenset(data["romanised"].split(", ")),
    )


def _forms(word: str) -> tuple[str, ...]:
    return (word,) if word.endswith(("ese", "sh", "nch", "utch", "s")) else (word, word + "s")


@lru_cache(maxsize=1)
def country_points() -> dict[str, tuple[float, float]]:
    """Return the point that stands for each country: ISO 3166 alpha-2 -> latitude, longitude in degrees."""
    text = (files("kronika.gazetteer") / "data/countries.csv").read_text("utf-8")
    return {row["cc"]: (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(StringIO(text))}


#: The Arabic article, as it is transcribed before any letter.
_ARTICLE = re.compile(r"^(?:al|el|a[dnrstz]|ash|ath|adh|e[dnrstz]|esh) (?=\w{3})")


def without_article(key: str) -> str:
    """Return a key without its Arabic article, "" where it has none.

    >>> without_article("ar raqqa"), without_article("alma ata")
    ('raqqa', '')
    """
    found = _ARTICLE.match(key)
    return key[found.end() :] if found else ""


_ADJECTIVE = re.compile(r"(?:skaya|ska|skyi|skyy|skiy|sky|skyj)$")


def derived_names(name: str) -> list[str]:
    """Return the keys that a region's name also goes by: without its type word, and its adjective's stem.

    >>> derived_names("Belgorodskaya Oblast’")
    ['belgorodskaya', 'belgorod', 'belgorodsk']
    >>> derived_names("Orange County")
    ['orange']
    """
    types = words().types
    parts = [part for part in name_key(name).split(" ") if part not in types]
    parts = parts[1:] if parts[:1] == ["of"] else parts
    rest = " ".join(parts[:-1] if parts[-1:] in (["of"], ["de"]) else parts)
    if not rest or (rest == name_key(name) and not _ADJECTIVE.search(rest)):
        return []
    stem = _ADJECTIVE.sub("", rest)
    return [rest] if stem == rest or len(stem) < 3 else [rest, stem, stem + "sk"]
