"""The words that state standing relations (``relations.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kronika.codebook.lists import read_list
from kronika.errors import CodebookError

#: The word lists that the file has to hold.
_LISTS = (
    *("makes", "makes_loosely", "gives", "makers", "givers", "making", "engaged", "into", "into_prepositions"),
    *("parts", "belongs", "in", "near", "stands", "measures", "examples", "carriers", "not_goods"),
    *("used", "components", "under", "passing"),
)


@dataclass(frozen=True, slots=True)
class RelationWords:
    """Word lists by name, and what to look for.

    ``by`` maps a verb's lemma to the predicate it states with "by", ``verbs`` and ``nouns`` a lemma to its rule.
    """

    lists: Mapping[str, frozenset[str]]
    by: Mapping[str, str]
    verbs: Mapping[str, str]
    nouns: Mapping[str, str]


@lru_cache(maxsize=1)
def relation_words() -> RelationWords:
    """Return the shipped words.

    >>> relation_words().verbs["manufacture"], relation_words().by["own"]
    ('makes', 'owned by')

    Raises:
        CodebookError: a list is missing, or a verb states two relations.
    """
    source = read_list("relations.yaml")
    missing = [name for name in (*_LISTS, "by") if name not in source]
    if missing:
        raise CodebookError(f"relations.yaml: no list {', '.join(missing)}")
    by = {verb: predicate for predicate, verbs in source["by"].items() for verb in verbs}
    verbs: dict[str, str] = dict.fromkeys(by, "by")
    for rule in ("makes", "makes_loosely", "gives", "belongs", "used"):
        for verb in source[rule]:
            if verbs.setdefault(verb, rule) != rule:
                raise CodebookError(f"relations.yaml: {verb} stands under {verbs[verb]} and {rule}")
    of_nouns = ("makers", "givers", "making", "parts", "components", "under")
    nouns = {word: rule for rule in of_nouns for word in source[rule]}
    lists = {name: frozenset(str(word) for word in source[name]) for name in _LISTS}
    return RelationWords(
        lists, by, {verb: "components" if rule == "used" else rule for verb, rule in verbs.items()}, nouns
    )
