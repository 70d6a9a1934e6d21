"""Names that no place bears: answered with what the text puts them in, or with the country that it plays in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kronika.annotate.toponyms.toponym import Toponym
from kronika.gazetteer import Gazetteer, Place
from kronika.gazetteer.schema import QUARTER, STREET, WATER
from kronika.records import Candidate, PlacePrecision, PlaceRef
from kronika.records.quick import replace
from kronika.resolve.places.extent import PRECISION, radius_km

#: The reasons beside names that no place bears: none at all, or none where the text puts it.
UNLISTED = "no place of this name in the gazetteer"
ELSEWHERE = "no place of this name in the gazetteer lies where the text puts it"
#: The share of a text's bodies and places that a country must have to be its home; how sure an answer by it is.
_AT_HOME, _HOME_SCORE = 0.75, 0.75
_ELSEWHERE = (PlacePrecision.NONE, PlacePrecision.COUNTRY, PlacePrecision.REGION, PlacePrecision.WATER)
_WIDEST = (PlacePrecision.NONE, PlacePrecision.COUNTRY)
#: What a guess from the settlement named before is worth: right in about this share (evals/toponym.py, even documents).
_GUESS = 0.3


def placed(
    base: PlaceRef,
    place: Place,
    gazetteer: Gazetteer,
    score: float,
    candidates: tuple[Candidate, ...],
    reason: str | None = None,
) -> PlaceRef:
    """Return the answer ``base`` with what is known of ``place``."""
    return PlaceRef(
        surface=base.surface,
        span=base.span,
        relation=base.relation,
        id=place.uri,
        name=place.name,
        admin1=gazetteer.unit_name(place.country, place.admin1) if place.admin1 else None,
        admin2=gazetteer.unit_name(place.country, place.admin1, place.admin2) if place.admin2 else None,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=PRECISION[place.kind],
        radius_km=radius_km(place),
        score=score,
        candidates=candidates,
        reason=reason,
    )


def from_surroundings(answers: list[PlaceRef], toponyms: Sequence[Toponym], threshold: float) -> list[PlaceRef]:
    """Answer names that no place bears with the place that the text puts them in, at its level.

    Only where no answer is held back (``threshold`` 0), a name is taken to lie where the last settlement before it
    does: streets and buildings mostly do.
    """
    result: list[PlaceRef] = []
    last = next((a for a in answers if a.precision is PlacePrecision.SETTLEMENT), None)
    for answer, toponym in zip(answers, toponyms, strict=True):
        if answer.precision is PlacePrecision.SETTLEMENT:
            last = answer
        if answer.reason is None:
            result.append(answer)
            continue
        parent = _parent(toponym, answers, toponyms)
        is_lacking = answer.reason in (UNLISTED, ELSEWHERE)
        if parent is not None and (is_lacking or parent.precision not in _WIDEST):
            said = f"{UNLISTED if is_lacking else 'several places of this name'}; the text puts it in {parent.name}"
            result.append(_moved(answer, parent, parent.score, said))
        elif is_lacking and last is not None and threshold <= 0:
            said = f"a guess: {UNLISTED}; {last.name} is named before it"
            result.append(_moved(answer, last, _GUESS, said))
        else:
            result.append(answer)
    return result


def at_home(
    answers: list[PlaceRef], toponyms: Sequence[Toponym], homes: Sequence[tuple[str, ...]], gazetteer: Gazetteer
) -> list[PlaceRef]:
    """Answer names that nothing else places with the one country that the text is at home in, where it has one.

    That is what its bodies, and the towns and regions that it names, agree on. Countries that it names say nothing of
    it: people protest about others.
    """
    votes: Counter[str] = Counter()
    for codes in homes:
        votes.update({code: 1.0 / len(codes) for code in codes})
    for answer in {a.id: a for a in answers if a.precision not in _ELSEWHERE and a.reason is None}.values():
        votes[answer.country or ""] += 1
    if not votes:
        return answers
    code, weight = max(votes.items(), key=lambda pair: (pair[1], pair[0]))
    home = gazetteer.country_place(code)
    if home is None or weight < _AT_HOME * sum(votes.values()):
        return answers
    said = "{}; the text plays in " + home.name
    return [
        placed(
            replace(answer, candidates=()), home, gazetteer, _HOME_SCORE, answer.candidates, said.format(answer.reason)
        )
        if answer.id is None and not (toponym.demonym or toponym.contains or toponym.level in (QUARTER, STREET, WATER))
        else answer
        for answer, toponym in zip(answers, toponyms, strict=True)
    ]


def _parent(toponym: Toponym, answers: list[PlaceRef], toponyms: Sequence[Toponym]) -> PlaceRef | None:
    """What the text puts a name in: the nearest of the chain of names around it that means a place."""
    for _ in range(len(PRECISION)):
        inside = next((index for index in toponym.stated), None)
        if inside is None or answers[inside].id is not None:
            return None if inside is None else answers[inside]
        toponym = toponyms[inside]
    return None


def _moved(answer: PlaceRef, to: PlaceRef, score: float | None, reason: str) -> PlaceRef:
    radius = max(to.radius_km or 0.0, 5.0)
    return replace(
        to, surface=answer.surface, span=answer.span, relation=answer.relation, score=score, reason=reason,
        radius_km=radius, candidates=(), other=None,
    )  # fmt: skip
