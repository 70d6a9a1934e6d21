"""Words that tell other names from place names: ``not_places.yaml``, loaded once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class NotPlaces:
    """``not_places.yaml``; every word as it is written, verbs and vessels in lower case."""

    given: frozenset[str]
    titles: frozenset[str]
    courtesy: frozenset[str]
    media: frozenset[str]
    vessels: frozenset[str]
    surnames: frozenset[str]
    openers: frozenset[str]
    common: frozenset[str]
    ambiguous: frozenset[str]
    saying: frozenset[str]


@lru_cache(maxsize=1)
def not_places() -> NotPlaces:
    """Return the word lists."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load((files("kronika.gazetteer") / "data/not_places.yaml").read_text("utf-8"), Loader=loader)
    return NotPlaces(**{name: frozenset(str(listed).split(", ")) for name, listed in data.items()})
