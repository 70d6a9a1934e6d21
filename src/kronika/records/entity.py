"""Entities: the things that names lead to. They grow out of the documents."""

from __future__ import annotations

from dataclasses import dataclass

from kronika.records.span import MentionKind, Span


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entity and where it was read."""

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing with its names.

    ``external`` holds (scheme, id) pairs ("iso3166", "RU"); ``settlement`` is the place of a facility.
    """

    id: str
    kind: MentionKind
    name: str
    aliases: tuple[Alias, ...] = ()
    external: tuple[tuple[str, str], ...] = ()
    settlement: str | None = None
