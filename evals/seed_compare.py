"""Comparing what a reader expects of an article with what the record holds, field by field, by general rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from kronika.codebook.states import states
from kronika.records import Document, Event, Mention, PlaceRef, PlaceRelation, Span

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " "})
_LOOSE = frozenset(("the", "a", "an", "of", "other", "its", "his", "their", "and", "on", "in", "for"))
#: Words that say at which level a place is; the level itself is compared as the precision.
_LEVELS = frozenset(("oblast", "region", "republic", "province", "krai", "city", "autonomous", "of", "oblast'"))


def plain(text: str) -> str:
    """Return ``text`` with straight quotes and single spaces."""
    return " ".join(text.translate(_QUOTES).split())


def words(text: str) -> list[str]:
    """Return the lower-case words of ``text``, plurals and possessives cut, without articles and the like.

    >>> words("Russia’s S-400 air defence systems")
    ['russia', 's-400', 'air', 'defence', 'system']
    """
    found = re.findall(r"[^\W_][\w-]*", plain(text).lower().replace("'s ", " ").replace("'", ""))
    cut = [w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in found]
    return [w for w in cut if w not in _LOOSE]


def locate(evidence: str, document: Document) -> tuple[int, int] | None:
    """Return where ``evidence`` stands in the document (code points), straight and curly quotes being one."""
    pattern = r"\s+".join(map(re.escape, plain(evidence).split()))
    found = re.search(pattern, document.text.translate(_QUOTES))
    return found.span() if found else None


def overlaps(span: Span, at: tuple[int, int]) -> bool:
    """Whether a span and a stretch share a character."""
    return span.start < at[1] and at[0] < span.end


def within(at: tuple[int, int], span: Span) -> bool:
    """Whether the stretch lies inside the span."""
    return span.start <= at[0] and at[1] <= span.end


def is_named(expected: str, mention: Mention | None) -> bool:
    """Whether a mention is what ``expected`` calls it: its words stand in the name or text, a state by its country.

    "North Korean state media" is a mention "State media" whose country is North Korea.
    """
    if mention is None:
        return False
    code = states().country_of(expected)
    if code is not None and mention.country == code:
        return True
    held = set(words(mention.name)) | set(words(mention.span.text))
    if mention.antecedent is not None:
        held |= set(words(mention.antecedent.text))
    wanted = words(expected)
    if set(wanted) <= held:
        return True
    for size in (3, 2, 1):
        if len(wanted) > size and states().country_of(" ".join(wanted[:size])) == mention.country is not None:
            return set(wanted[size:]) <= held
    return False


def missing_names(expected: Iterable[str], mentions: Sequence[Mention]) -> list[str]:
    """Return the expected names that no mention bears."""
    return [name for name in expected if not any(is_named(name, mention) for mention in mentions)]


def _place_words(name: str) -> frozenset[str]:
    return frozenset(word for word in words(name) if word not in _LEVELS)


def is_place(name: str, place: PlaceRef) -> bool:
    """Whether a place bears a name, its level words ("Oblast", "region") left to the precision."""
    wanted = _place_words(name)
    return any(wanted == _place_words(given) for given in (place.name, place.surface) if given)


def place_fields(expected: dict[str, Any], place: PlaceRef | None) -> list[str]:
    """Return the fields of an expected place that differ."""
    if place is None:
        return ["place"]
    wrong = []
    if "name" in expected and (not is_place(expected["name"], place) or place.relation is PlaceRelation.NEAR):
        wrong.append(f"place.name={place.name!r} {place.relation}")
    if "near" in expected and (not is_place(expected["near"], place) or place.relation is not PlaceRelation.NEAR):
        wrong.append(f"place.near={place.name!r} {place.relation}")
    if "country" in expected and place.country != expected["country"]:
        wrong.append(f"place.country={place.country}")
    if "precision" in expected and place.precision != expected["precision"]:
        wrong.append(f"place.precision={place.precision}")
    return wrong


def sides(event: Event, *roles: str) -> list[Mention]:
    """Return the mentions in these roles."""
    return [mention for role in roles for mention in getattr(event.roles, role)]


def is_said(content: str, spans: Iterable[Span]) -> bool:
    """Whether the words stand, in this order and together, in the spans."""
    said = plain(" … ".join(span.text for span in spans)).lower()
    return plain(content).lower() in said
