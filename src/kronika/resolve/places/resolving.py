"""Place names to places: all names of a document together, with a score, and no answer where there is doubt."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kronika.annotate.toponyms.toponym import Found, Toponym, describe_all
from kronika.codebook.homes import homes_in
from kronika.gazetteer import Gazetteer, Place, name_key
from kronika.gazetteer.schema import COUNTRY, QUARTER, RESPELLED, SETTLEMENT, STREET, WATER
from kronika.records import Candidate, PlacePrecision, PlaceRef, PlaceRelation, Span
from kronika.records.quick import replace
from kronika.resolve.places.candidates import CONTAINER, Choice, Choices, candidates, respelled
from kronika.resolve.places.extent import PRECISION
from kronika.resolve.places.fallbacks import ELSEWHERE, UNLISTED, at_home, from_surroundings, placed
from kronika.resolve.places.levels import Ranked, settled
from kronika.resolve.places.scores import Name, weigh

#: The reason beside a place that is named for its government ("Moscow said"): it is where nothing is said to happen.
GOVERNMENT = "stands for a government"
#: Below this calibrated probability a name is left open.
THRESHOLD = 0.6
#: Raw share of the best candidate -> share of such answers that were right (same id, or within 161 km), smoothed:
#: 3,263 names of local and world news, the even documents of LGL and GeoWebNews (evals/toponym.py, 2026-11).
CURVE = (
    *((0.0, 0.1), (0.08, 0.18), (0.14, 0.33), (0.25, 0.38), (0.3, 0.47), (0.35, 0.57), (0.42, 0.67), (0.5, 0.73)),
    *((0.6, 0.76), (0.7, 0.84), (0.76, 0.88), (0.85, 0.925), (0.93, 0.945), (0.97, 0.955), (1.0, 0.99)),
)
_SEGMENTS = [(x0, y0, x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(CURVE)]
_KNOTS = [x for x, _ in CURVE[1:-1]]
#: The prior of what is known from outside the text.
_CERTAIN = 9.0
#: So many bodies and words that tell a country are heard.
_HOMES = 6
#: Below this weight of all candidates together, the place is taken to be one that the gazetteer lacks.
_LISTED = 0.5
#: A country or region that holds this share of a name's candidates is the answer where no single one is.
_BACK_OFF = 0.8
#: How far "near" a place reaches beyond it, in km, where the text does not say; for places that have surroundings.
_NEAR_KM = 15.0
_LOCAL = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.ADMIN2)
#: This many refused candidates are kept with the answer.
_KEPT = 5
_TLD = re.compile(r"^(?:https?://)?[^/\s]+\.([a-z]{2})(?:/|$)")
_TLD_COUNTRIES = {"uk": "GB"}
#: Country domains that are sold to everybody.
_TLD_ANYBODY = frozenset({"co", "tv", "io", "me", "ai", "ly", "fm", "eu", "to", "ws", "cc"})

#: Places that are called so are in a gazetteer as often as those that are called nothing.
_CITY = frozenset(("city", "capital", "capital city"))
#: No city is called so, however famous its name is.
_VILLAGE = frozenset(("village", "villages", "hamlet"))


class _Sense(NamedTuple):
    """One sense per document: all toponyms with this key and level."""

    key: str
    level: str | None


def resolve_spans(
    text: str,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    threshold: float = THRESHOLD,
    publisher: str | None = None,
) -> list[PlaceRef]:
    """Resolve place names at given ``spans`` (start, end) of ``text``; returns one answer a span, in their order.

    For names that somebody else has found. ``threshold`` 0 takes the likeliest place of every name.
    """
    order = sorted(range(len(spans)), key=lambda index: spans[index])
    toponyms = describe_all(text, [Found(*spans[index]) for index in order])
    answers = resolve_toponyms(toponyms, gazetteer, publisher=publisher, threshold=threshold, homes=homes_in(text))
    result: list[PlaceRef] = [answers[0]] * len(spans) if answers else []
    for index, answer in zip(order, answers, strict=True):
        result[index] = answer
    return result


def resolve_toponyms(
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    *,
    document: str = "",
    dateline: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    homes: Sequence[tuple[str, ...]] = (),
    threshold: float = THRESHOLD,
) -> list[PlaceRef]:
    """Resolve the toponyms of one document together; returns one :class:`PlaceRef` each, in their order.

    ``document`` is the id that spans carry, ``dateline`` the name of the place the article is filed from,
    ``publisher`` its publisher's name or domain: both only weigh in as names that stand nowhere in the text.
    ``homes`` are the countries (ISO 3166 alpha-2) that bodies and words of the text speak for, each cue's together.
    ``published`` (ISO 8601) tells names that were in use from those that were not, or not any more. A name
    whose best place is less probable than ``threshold`` stays open, with its reason; where its candidates share one
    country or region, that is the answer, at that level.
    """
    senses = [_Sense(name_key(t.surface), t.level or (CONTAINER if t.contains else None)) for t in toponyms]
    said: dict[_Sense, list[int]] = {}
    for index, sense in enumerate(senses):
        said.setdefault(sense, []).append(index)
    choices = {
        sense: candidates(toponyms[mentions[0]].surface, sense.level, gazetteer, published)
        or _respelled(sense, mentions, toponyms, gazetteer)
        for sense, mentions in said.items()
    }
    open_senses = [sense for sense in said if choices[sense]]
    number = {sense: index for index, sense in enumerate(open_senses)}
    names = [_name(sense, said[sense], toponyms, choices[sense], senses, number) for sense in open_senses]
    weighed = weigh([*names, *_outside_names(dateline, publisher, homes, gazetteer)])
    ranked = {
        sense: settled(_ranked(choices[sense], shares), sense.level)
        for sense, shares in zip(open_senses, weighed, strict=False)
    }
    ranked = {
        sense: found
        for sense, found in ranked.items()
        if _is_borne_out(found[0].place, said[sense], toponyms, senses, ranked)
    }
    answers = _answers(toponyms, senses, ranked, gazetteer, document, threshold)
    answers = from_surroundings(answers, toponyms, threshold)
    return _with_links(at_home(answers, toponyms, homes, gazetteer), toponyms)


def _answers(
    toponyms: Sequence[Toponym],
    senses: Sequence[_Sense],
    ranked: Mapping[_Sense, list[Ranked]],
    gazetteer: Gazetteer,
    document: str,
    threshold: float,
) -> list[PlaceRef]:
    """What each name comes to by itself; a name that is said again comes to the same."""
    known: dict[_Sense, PlaceRef] = {}
    answers: list[PlaceRef] = []
    for toponym, sense in zip(toponyms, senses, strict=True):
        surface, span = toponym.surface, Span(document, toponym.start, toponym.end, toponym.surface)
        if sense in known:
            answer = replace(known[sense], surface=surface, span=span, relation=toponym.relation)
        else:
            base = PlaceRef(surface=surface, span=span, relation=toponym.relation, reason=UNLISTED)
            answer = _answer(base, ranked[sense], gazetteer, threshold) if sense in ranked else base
            known[sense] = answer
        answers.append(answer)
    return answers


def _respelled(sense: _Sense, mentions: list[int], toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> Choices:
    """What a name may be another romanisation of, where the text says what contains it."""
    if sense.level in (QUARTER, STREET, WATER) or not any(toponyms[index].stated for index in mentions):
        return Choices()
    return respelled(toponyms[mentions[0]].surface, sense.level, gazetteer)


def _is_borne_out(
    place: Place,
    mentions: list[int],
    toponyms: Sequence[Toponym],
    senses: list[_Sense],
    ranked: Mapping[_Sense, list[Ranked]],
) -> bool:
    """Whether a place that is only romanised alike lies in the region that the text names around it."""
    if place.source != RESPELLED:
        return True
    around = {senses[parent] for index in mentions for parent in _around(index, toponyms)}
    outer = (ranked[sense][0].place for sense in around if sense in ranked)
    return any(
        one.kind != COUNTRY and one.source != RESPELLED and (one.country, one.admin1) == (place.country, place.admin1)
        for one in outer
    )


def _name(
    sense: _Sense,
    mentions: list[int],
    toponyms: Sequence[Toponym],
    choices: Choices,
    senses: list[_Sense],
    number: dict[_Sense, int],
) -> Name:
    parents = {number[senses[at]] for index in mentions for at in _around(index, toponyms) if senses[at] in number}
    parents.discard(number[sense])
    sure = {number[senses[at]] for index in mentions for at in _sure(index, toponyms) if senses[at] in number}
    is_city = any(toponyms[index].type_word in _CITY for index in mentions)
    return Name(
        choices,
        1 + 0.3 * math.log(len(mentions)),
        tuple(sorted(parents)),
        famous=choices.is_famous and not any(toponyms[index].type_word in _VILLAGE for index in mentions),
        minor=not is_city and sense.level in (SETTLEMENT, QUARTER, STREET, WATER),
        city=is_city,
        key=sense.key,
        sure=frozenset(sure),
    )


def _around(index: int, toponyms: Sequence[Toponym]) -> set[int]:
    """What contains a name; in brackets also what contains that: "Tonka (Goundam, Tombouctou)".

    What contains the other of two names contains this one too, where something is between them.
    """
    other = toponyms[index].other
    queue = [*toponyms[index].parents, *(toponyms[other].parents if other is not None else ())]
    found: set[int] = set()
    while queue:
        parent = queue.pop()
        if parent not in found and parent != index:
            found.add(parent)
            queue.extend(toponyms[parent].stated if toponyms[parent].bracketed else ())
    return found


def _sure(index: int, toponyms: Sequence[Toponym]) -> set[int]:
    """What surely contains a name, each in the next."""
    found: set[int] = set()
    queue = [*toponyms[index].sure]
    while queue:
        parent = queue.pop()
        if parent not in found and parent != index:
            found.add(parent)
            queue.extend(toponyms[parent].sure)
    return found


def _outside_names(
    dateline: str | None, publisher: str | None, homes: Sequence[tuple[str, ...]], gazetteer: Gazetteer
) -> list[Name]:
    """The dateline, the publisher's country and those of bodies at home in one, as names that are said nowhere."""
    found: list[Name] = []
    for codes in homes[:_HOMES]:
        countries = [place for place in map(gazetteer.country_place, codes) if place is not None]
        found.append(Name(_certain(tuple(countries)), 1.0))
    if dateline and (choices := candidates(dateline.title() if dateline.isupper() else dateline, None, gazetteer)):
        found.append(Name(choices, 2.0))
    ending = _TLD.match(publisher.lower()) if publisher else None
    if ending and ending[1] not in _TLD_ANYBODY:
        code = _TLD_COUNTRIES.get(ending[1], ending[1].upper())
        country = gazetteer.country_place(code)
        if country is not None:
            found.append(Name(_certain((country,)), 1.0))
    return found


@lru_cache(maxsize=512)
def _certain(places: tuple[Place, ...]) -> Choices:
    return Choices(Choice(place, _CERTAIN) for place in places)


def _ranked(choices: Choices, shares: list[float]) -> list[Ranked]:
    ranked = [Ranked(choice.place, share) for choice, share in zip(choices, shares, strict=True)]
    return sorted(ranked, key=lambda item: (-item.share, item.place.id))


def calibrated(share: float) -> float:
    """Return the probability that a candidate with this share of a name's weight is the right place."""
    x0, y0, run, rise = _SEGMENTS[bisect_right(_KNOTS, share)]
    return round(y0 + rise * (share - x0) / run, 4)


def _answer(base: PlaceRef, ranked: list[Ranked], gazetteer: Gazetteer, threshold: float) -> PlaceRef:
    best = ranked[0]
    score = calibrated(best.share)
    if score >= threshold:
        refused = tuple(_refused(item, best, gazetteer) for item in ranked[1:_KEPT])
        return placed(base, best.place, gazetteer, score, refused)
    every = tuple(_refused(item, None, gazetteer) for item in ranked[:_KEPT])
    if sum(item.share for item in ranked) < _LISTED:
        return replace(base, score=score, reason=ELSEWHERE, candidates=every)
    wider = _wider(ranked, gazetteer)
    if wider is not None:
        place, share = wider
        reason = f"several places of this name in {place.name}; answered at that level"
        share = min(share, 1.0)
        if calibrated(share) >= threshold:
            return placed(base, place, gazetteer, calibrated(share), every, reason)
        return replace(base, reason=_doubt(score), candidates=every)
    return replace(base, score=score, reason=_doubt(score), candidates=every)


def _doubt(score: float) -> str:
    return f"ambiguous: the likeliest place has a probability of {score:.2f}"


def _wider(ranked: list[Ranked], gazetteer: Gazetteer) -> tuple[Place, float] | None:
    """The region, else the country, that holds most of the weight of a name's candidates."""
    for level in ("admin1", "country"):
        held: dict[tuple[str | None, str], float] = {}
        for item in ranked:
            if item.place.country:
                key = (item.place.country, item.place.admin1 if level == "admin1" else "")
                held[key] = held.get(key, 0.0) + item.share
        if not held:
            return None
        (country, admin1), share = max(held.items(), key=lambda pair: (pair[1], str(pair[0])))
        if share >= _BACK_OFF and (level == "country" or admin1):
            place = gazetteer.unit(country, admin1) if admin1 else gazetteer.country_place(country or "")
            if place is not None and place.latitude is not None:
                return place, share
    return None


def _refused(item: Ranked, best: Ranked | None, gazetteer: Gazetteer) -> Candidate:
    place = item.place
    if best is None:
        reason = "not probable enough"
    elif place.kind != best.place.kind and place.country == best.place.country:
        reason = f"another level ({PRECISION[place.kind]}) of the same name"
    elif place.country != best.place.country:
        reason = f"in {place.country}, where less of the text plays"
    else:
        reason = "less populous, or farther from the other places of the text"
    return Candidate(place.uri, place.name, place.country, calibrated(item.share), reason)


def _with_links(answers: list[PlaceRef], toponyms: Sequence[Toponym]) -> list[PlaceRef]:
    """Add what names say about each other: the second place of a border, the country the text itself states."""
    result: list[PlaceRef] = []
    for answer, toponym in zip(answers, toponyms, strict=True):
        placed = replace(answer, reason=GOVERNMENT) if toponym.metonymic and answer.reason is None else answer
        if toponym.other is not None:
            placed = replace(placed, other=answers[toponym.other].name or answers[toponym.other].surface)
        if placed.radius_km is not None and placed.precision in _LOCAL:
            away = _NEAR_KM if toponym.relation is PlaceRelation.NEAR else 0.0
            away = toponym.distance_km if toponym.distance_km is not None else away
            reach = round(placed.radius_km + away, 1)
            placed = placed if reach == placed.radius_km else replace(placed, radius_km=reach)
        for parent in () if placed.precision is PlacePrecision.COUNTRY else toponym.stated:
            country = answers[parent].country
            if placed.country and country and country != placed.country:
                placed = replace(placed, stated_country=country, stated_span=answers[parent].span)
                break
        result.append(placed)
    return result
