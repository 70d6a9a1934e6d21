"""All names of a document weighed together: shared countries and regions, containment, nearness."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import numpy as np

from kronika.gazetteer.schema import ADM1, ADM2, ADM3, CONTINENT, COUNTRY, SETTLEMENT, SITE
from kronika.records.quick import quick
from kronika.resolve.place_candidates import Choice

_ROUNDS = 3
_COUNTRY_WEIGHT, _REGION_WEIGHT, _CONTAINED_WEIGHT, _NEAR_WEIGHT = 2.2, 2.4, 4.0, 1.6
#: What a candidate loses that does not lie in what is said to contain it.
_OUTSIDE_WEIGHT = 3.0
#: What is said to lie in a town or a third-level division lies no farther from its point, in km.
_SURROUNDINGS_KM = 40.0
#: ... unless another reading of that name, with at least this share, contains it.
_HARDLY = 0.03
_NEAR_KM, _FAR_KM = 120.0, 400.0
#: Only so many of a name's candidates, and only with at least this weight, draw others near.
_DRAWING, _DRAWING_SHARE = 4, 0.15
_KM_PER_DEGREE = 111.195

#: What a place that the gazetteer lacks weighs, about a village; and more where what contains it is stated.
_UNLISTED, _UNLISTED_INSIDE = 1.3, 2.5
#: ... and where the text calls it a village, town or the like: what a listed settlement gets for that word too.
_UNLISTED_MINOR = 1.5
#: ... and less where the text calls it a city: those are listed.
_UNLISTED_CITY = 1.0
_CONTAINERS = frozenset((COUNTRY, ADM1, ADM2))
_NO_REGION = frozenset((COUNTRY, CONTINENT))
#: Up to this many numbers, gaps among them cost less than numbering them without.
_DENSE = 4096

Array = Any


@quick
@dataclass(frozen=True, slots=True)
class Name:
    """One sense of a name in a document: its candidates, how often it is said, names that contain it (indexes).

    ``famous`` names are not taken for an unlisted place that happens to share the name; what the text calls a
    village, a quarter or a river (``minor``) is unlisted sooner than other names, what it calls a ``city`` hardly ever.
    ``sure`` are the parents that are no next name of a list, ``key`` is its spelling.
    """

    choices: tuple[Choice, ...]
    weight: float
    parents: tuple[int, ...] = ()
    famous: bool = False
    minor: bool = False
    city: bool = False
    key: str = ""
    sure: frozenset[int] = frozenset()


class _Table:
    """All candidates of all names in one row of columns."""

    def __init__(self, names: list[Name]) -> None:
        self.names = names
        self.starts = np.array([*accumulate((len(name.choices) for name in names), initial=0)])
        places = [choice.place for name in names for choice in name.choices]
        self.owner = np.array([index for index, name in enumerate(names) for _ in name.choices])
        self.spelling = _codes([name.key or f"?{index}" for index, name in enumerate(names)])[self.owner]
        self.prior = np.array([choice.prior for name in names for choice in name.choices])
        self.weight = np.array([name.weight for name in names])[self.owner]
        self.country = _codes([place.country or f"?{place.id}" for place in places])
        self.region = _codes(
            [f"{place.country}.{place.admin1}" if place.admin1 else f"?{place.id}" for place in places]
        )
        self.second = _codes([f"{place.country}.{place.admin1}.{place.admin2}" for place in places])
        self.has_region = np.array([bool(place.country and place.admin1) for place in places])
        self.has_second = np.array([bool(place.admin2) for place in places])
        self.kind = np.array([place.kind for place in places])
        self.latitude = np.array([np.nan if place.latitude is None else place.latitude for place in places])
        self.longitude = np.array([np.nan if place.longitude is None else place.longitude for place in places])
        self.contains = np.array([place.kind in _CONTAINERS for place in places])
        self.least = np.array([_UNLISTED + _UNLISTED_MINOR * name.minor - _UNLISTED_CITY * name.city for name in names])
        self.inside = [(index, parent) for index, name in enumerate(names) for parent in name.parents]
        self.no_region = np.array([place.kind in _NO_REGION for place in places])
        self.by_country, self.by_region = self._own(self.country), self._own(self.region)
        self.holding = [
            (self.part(parent), self.part(index), *_holds(self, parent, index), _outside(names[index], parent))
            for index, parent in self.inside
        ]

    def _own(self, group: Array) -> Array:
        """Number the groups anew, each spelling's apart from those of the others: a name said twice is one witness."""
        many = int(group.max()) + 1
        numbers = self.spelling * many + group
        return numbers if many * len(self.names) <= _DENSE else np.unique(numbers, return_inverse=True)[1]

    def part(self, name: int) -> slice:
        """The columns of one name's candidates."""
        return slice(self.starts[name], self.starts[name + 1])

    def shares(self, score: Array, unlisted: Array) -> Array:
        """Softmax within each name, beside the weight of a place of that name that the gazetteer lacks."""
        top = np.maximum(np.maximum.reduceat(score, self.starts[:-1]), unlisted)
        raised = np.exp(score - top[self.owner])
        total = np.add.reduceat(raised, self.starts[:-1]) + np.exp(unlisted - top)
        return raised / total[self.owner]

    def unlisted(self, share: Array) -> Array:
        """The score of "none of these" for each name: more where the text says what contains it."""
        inside = self.least.copy()
        if self.inside:
            regions = np.add.reduceat(np.where(self.contains, share, 0.0), self.starts[:-1])
            every = np.add.reduceat(share, self.starts[:-1])
            for index, parent in self.inside:
                name = self.names[index]
                if not name.famous:
                    held = every[parent] if name.minor or parent in name.sure else regions[parent]
                    weight = _CONTAINED_WEIGHT if name.minor else _UNLISTED_INSIDE
                    inside[index] = max(inside[index], self.least[index] + weight * held)
        return inside


def _codes(values: list[str]) -> Array:
    known: dict[str, int] = {}
    return np.array([known.setdefault(value, len(known)) for value in values], dtype=np.intp)


def weigh(names: list[Name]) -> list[list[tuple[float, float]]]:
    """Return (score, share) for every candidate of every name.

    What the shares of a name lack to 1 is the weight of a place of that name that the gazetteer does not have.

    Every name must have a candidate. Three synchronous rounds from the priors; see ``docs/method.md``.
    """
    if not names:
        return []
    table = _Table(names)
    score = table.prior
    share = table.shares(score, table.least)
    near = _nearness(table)
    for _ in range(_ROUNDS if len(names) > 1 else 0):
        score = table.prior + _votes(table, share) + _contained(table, share) + _drawn(table, share, near)
        share = table.shares(score, table.unlisted(share))
    pairs = list(zip(score.tolist(), share.tolist(), strict=True))
    return [pairs[start:end] for start, end in zip(table.starts[:-1], table.starts[1:], strict=True)]


def _votes(table: _Table, share: Array) -> Array:
    """What other names add for the same country and the same first-level region."""
    mass = table.weight * share
    total = float(mass.sum())
    out = _vote(table, mass, table.country, table.by_country, total) * _COUNTRY_WEIGHT
    regional = np.where(table.no_region, 0.0, mass)
    voted = _vote(table, regional, table.region, table.by_region, total) * _REGION_WEIGHT
    return out + np.where(table.no_region, 0.0, voted)


def _vote(table: _Table, mass: Array, group: Array, own: Array, total: float) -> Array:
    """What other names' candidates in the same group add; ``own`` numbers a name's groups apart from the others'."""
    others = np.maximum(np.bincount(group, mass)[group] - np.bincount(own, mass)[own], 0.0)
    return 0.5 * others / (total - table.weight + 1) + 0.5 * np.minimum(1.0, others)


def _contained(table: _Table, share: Array) -> Array:
    """What a name said to contain this one adds for candidates that lie in it, and takes from those that do not."""
    out, lost = np.zeros(len(share)), np.zeros(len(share))
    for outer, inner, fits, misfits, weight in table.holding:
        held = share[outer][:, None]
        inside = (fits * held).max(axis=0)
        out[inner] = np.maximum(out[inner], inside)
        outside = np.where(inside < _HARDLY, (misfits * held).sum(axis=0), 0.0) * weight
        lost[inner] = np.maximum(lost[inner], outside)
    return _CONTAINED_WEIGHT * out - lost


def _outside(name: Name, parent: int) -> float:
    """What a candidate of a name loses that does not lie in ``parent``.

    A place put in the wrong country is still meant, which is for the findings to say: countries rule nothing out.
    """
    return _OUTSIDE_WEIGHT if parent in name.sure else 0.0


def _holds(table: _Table, parent: int, index: int) -> tuple[Array, Array]:
    """Matrices: whether each candidate of ``parent`` can contain each of ``index``, and whether it does not."""
    outer, inner = table.part(parent), table.part(index)
    kind, inside = table.kind[outer][:, None], table.kind[inner][None, :]
    small = (inside == SETTLEMENT) | (inside == SITE)
    held = small | (inside == ADM3)
    same_country = table.country[outer][:, None] == table.country[inner][None, :]
    same_region = table.region[outer][:, None] == table.region[inner][None, :]
    same_second = table.second[outer][:, None] == table.second[inner][None, :]
    same_second |= ~table.has_second[outer][:, None]  # a governorate within an autonomous region has no code of its own
    fits = (
        ((kind == COUNTRY) & same_country & (inside != COUNTRY))
        | ((kind == ADM1) & same_region & (held | (inside == ADM2)))
        | ((kind == ADM2) & same_region & same_second & held)
    )
    apart = ((kind == ADM1) & ~same_region & table.has_region[inner][None, :]) | (
        (kind == ADM2) & ~(same_region & (same_second | ~table.has_second[inner][None, :]))
    )
    around = ((kind == SETTLEMENT) | (kind == ADM3)) & small
    if around.any():
        km = _distance(table.latitude[outer][:, None], table.longitude[outer][:, None], table, inner)
        fits |= around & (km < _SURROUNDINGS_KM)
        apart |= around & (km > 2 * _SURROUNDINGS_KM)
    return fits, apart


def _distance(latitude: Array, longitude: Array, table: _Table, part: slice) -> Array:
    """Kilometres between points in a column and the candidates of ``part``; nan where one has no point."""
    north = np.radians(latitude - table.latitude[part])
    east = (np.radians(longitude - table.longitude[part]) + np.pi) % (2 * np.pi) - np.pi
    east = east * np.cos(np.radians(latitude + table.latitude[part]) / 2)
    return np.degrees(np.sqrt(north * north + east * east)) * _KM_PER_DEGREE


def _nearness(table: _Table) -> Array:
    """Matrix exp(-km / 120) between candidates of different names; 0 beyond 400 km, for countries and no points."""
    count = len(table.prior)
    if count > 3000:  # too many names for a matrix: nearness is the first to be left out
        return None
    km = _distance(table.latitude[:, None], table.longitude[:, None], table, slice(None))
    close = np.where(km < _FAR_KM, np.exp(-km / _NEAR_KM), 0.0)
    close[np.isnan(km)] = 0.0
    close[table.spelling[:, None] == table.spelling[None, :]] = 0.0
    close[:, table.no_region] = 0.0
    return close


def _drawn(table: _Table, share: Array, near: Array) -> Array:
    """What the likely places of other names add for candidates close to them."""
    if near is None:
        return np.zeros(len(share))
    drawing = np.where(share > _DRAWING_SHARE, table.weight * share, 0.0)  # > .15 leaves at most six a name
    return _NEAR_WEIGHT * np.log1p(near @ drawing)
