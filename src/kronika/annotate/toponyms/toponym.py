"""A place name in a text, as it stands there; what it means is decided in ``resolve``."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from kronika.annotate.toponyms.context import Context, containment, describe, joined_by_border
from kronika.records import PlaceRelation
from kronika.records.quick import quick

#: What follows the second name of a list: "in Nice, Hull and Chad".
_GOES_ON = re.compile(r",? (?:and|or) (?:the )?[A-Z]|, [A-Z]")
_ROAD = re.compile(r"\s+(?:road|highway|route|axis|motorway|railway|line|corridor)\b")
#: A second name that shares its type word with the first: "in Haradh and Abs districts (Hajjah)".
_SHARED = re.compile(r" and [A-Z][\w'’-]+(?: [A-Z][\w'’-]+)* [a-z-]+(?= \()")
#: A part of a town behind its name.
_PART = re.compile(r" [-–](?: [A-Z][\w'’-]*)+")
#: Verbs that make the name before them a subject.
_SUBJECT = re.compile(
    r"\s+(?:has|have|had|is|was|are|were|will|would|could|may|might|did|does|do|said|says|also|now)\b"
)


@quick
@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name at ``text[start:end]`` (code points), and what the text says about it.

    ``extent_start`` and ``extent_end`` take in the type word ("Bryansk region"); ``level`` is the gazetteer kind that
    word asks for. ``parents`` are indexes, in the same list, of names that the text says contain this one, ``stated``
    those of them said firmly (a comma, brackets, "of", "in"), ``sure`` those that are no next name of a list,
    ``other`` that of the second place of a border or of "between X and Y". ``contains`` says that the
    name stands where a region or country does ("Ufa, Bashkortostan"), ``bracketed`` that it does so first in
    brackets ("Ufa (Bashkortostan)").
    ``demonym`` names people or things of a country (``country``, ISO 3166 alpha-2) or of a region, no place;
    ``metonymic`` names a government ("Washington said"). Token offsets are -1 where there was no parse.
    """

    start: int
    end: int
    surface: str
    level: str | None = None
    type_word: str | None = None
    extent_start: int = -1
    extent_end: int = -1
    relation: PlaceRelation = PlaceRelation.IN
    distance_km: float | None = None
    direction: str | None = None
    parents: tuple[int, ...] = ()
    stated: tuple[int, ...] = ()
    sure: tuple[int, ...] = ()
    other: int | None = None
    contains: bool = False
    bracketed: bool = False
    demonym: bool = False
    country: str | None = None
    metonymic: bool = False
    token_start: int = -1
    token_end: int = -1


@quick
@dataclass(frozen=True, slots=True)
class Found:
    """A span that was found to be a place name, before its surroundings are read."""

    start: int
    end: int
    demonym: bool = False
    country: str | None = None
    metonymic: bool = False
    token_start: int = -1
    token_end: int = -1


def describe_all(text: str, found: list[Found], context: Callable[[int, int], Context] | None = None) -> list[Toponym]:
    """Return the toponyms for spans in the order of the text, with their links to each other.

    ``context`` tells what stands around a span, where that was looked at before.
    """
    look = context or partial(describe, text)
    contexts = [look(span.start, span.end) for span in found]
    links = _Links([[] for _ in found], [[] for _ in found], [[] for _ in found], [None] * len(found), set(), set())
    for pair in pairwise(range(len(found))):
        _link(text, found, contexts, pair, links)
    return [_toponym(text, span, contexts[i], i, links) for i, span in enumerate(found)]


@dataclass(frozen=True, slots=True)
class _Links:
    """What the names of a document say of each other, by index; ``outer`` are those that stand as containers,
    ``bracketed`` those that do in brackets.
    """

    parents: list[list[int]]
    stated: list[list[int]]
    sure: list[list[int]]
    others: list[int | None]
    outer: set[int]
    bracketed: set[int]


def _link(text: str, found: list[Found], contexts: list[Context], pair: tuple[int, int], links: _Links) -> None:
    i, j = pair
    first, second = found[i], found[j]
    if joined_by_border(text, first.end, second.start, second.end):
        links.others[i], links.others[j] = j, i
        return
    start = min(contexts[j].extent_start, second.start)
    end = contexts[i].extent_end
    if part := _PART.match(text, first.end):
        end = min(part.end(), start)  # "Chicago - West Side (Illinois)"
    if links.others[i] is not None and _ROAD.match(text, first.end):
        return  # "the Kumba-Mamfe road in Ossing": the ends of a road lie elsewhere
    inside, outside, firm = containment(text, first.end, second.start)
    if not inside and (shared := _SHARED.match(text, first.end)):
        end = shared.end()
    if not inside and not outside and end <= start:
        inside, outside, firm = containment(text, end, start)
    if (
        inside
        and text[first.end : second.start].lstrip().startswith(",")
        and _SUBJECT.match(text, contexts[j].extent_end)
    ):
        inside = False  # "a blow to Minsk, Poland has said": the second name begins a clause
    if inside and not (first.demonym or second.demonym):
        links.parents[i].append(j)
        if firm:
            links.stated[i].append(j)
            opens = text[end if end <= start else first.end :].lstrip()[:1]
            if opens != "," or contexts[j].level or not _GOES_ON.match(text, contexts[j].extent_end):
                links.sure[i].append(j)
            if opens in ("(", ","):
                links.outer.add(j)
            if opens == "(" or (opens == "," and i in links.bracketed):
                links.bracketed.add(j)
    elif outside and not first.demonym:
        links.parents[j].append(i)
        links.stated[j].append(i)
        links.sure[j].append(i)


def _toponym(text: str, span: Found, context: Context, i: int, links: _Links) -> Toponym:
    typed = not span.demonym  # "the Russian region" has no name
    return Toponym(
        start=span.start,
        end=span.end,
        surface=text[span.start : span.end],
        level=context.level if typed else None,
        type_word=context.type_word if typed else None,
        extent_start=context.extent_start if typed else span.start,
        extent_end=context.extent_end if typed else span.end,
        relation=PlaceRelation.BETWEEN if links.others[i] is not None else context.relation,
        distance_km=context.distance_km,
        direction=context.direction,
        parents=tuple(links.parents[i]),
        stated=tuple(links.stated[i]),
        sure=tuple(links.sure[i]),
        other=links.others[i],
        contains=i in links.outer,
        bracketed=i in links.bracketed,
        demonym=span.demonym,
        country=span.country,
        metonymic=span.metonymic,
        token_start=span.token_start,
        token_end=span.token_end,
    )
