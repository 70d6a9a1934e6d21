"""All names of a document weighed together: shared countries and regions, containment, nearness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from kronika.records.quick import quick
from kronika.resolve.places.candidates import Choices, Flags

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
#: Up to this many numbers, gaps among them cost less than numbering them without.
_DENSE = 4096

Array = Any


@quick
@dataclass(frozen=True, slots=True)
class Name:
    """One sense of a name in a document: its candidates, how often it is said, names that contain it (indexes).

    What the text calls a village, a quarter or a river (``minor``) is unlisted sooner than other names, what it calls a
    ``city`` hardly ever; a famous name is not taken for an unlisted place that happens to share it.
    ``sure`` are the parents that are no next name of a list, ``key`` is its spelling.
    """

    choices: Choices
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
        self.names, choices = names, [name.choices for name in names]
        sizes = [*map(len, choices)]
        self.ends = [*accumulate(sizes, initial=0)]
        self.starts = np.array(self.ends[:-1])
        self.owner = np.repeat(np.arange(len(names)), sizes)
        self.prior, self.latitude, self.longitude = np.concatenate([found.numbers for found in choices], axis=1)
        self.flags = Flags(*np.concatenate([found.flags for found in choices], axis=1))
        self.spelling = _codes(name.key or f"?{index}" for index, name in enumerate(names))[0][self.owner]
        self.weight = np.array([name.weight for name in names])[self.owner]
        self.least = np.array([_UNLISTED + _UNLISTED_MINOR * name.minor - _UNLISTED_CITY * name.city for name in names])
        self.country, many = _codes(code for found in choices for code in found.countries)
        self.first, more = _codes(code for found in choices for code in found.firsts)
        # countries and first-level regions are voted on alike: their groups stand in one row
        self.group = np.concatenate((self.country, self.first + many))
        self.own = self._own(many + more)
        self.weights = np.concatenate((self.weight, self.weight))
        self.in_region = self.flags.is_in_region.astype(float)
        self.factor = np.concatenate((np.full(len(self.prior), _COUNTRY_WEIGHT), _REGION_WEIGHT * self.in_region))
        self.inside = [(index, parent) for index, name in enumerate(names) for parent in name.parents]
        self.second: Array = None
        if self.inside:  # nothing else asks for it
            self.second, _ = _codes(code for found in choices for code in found.seconds)
        self.holding = [
            (self.part(parent), self.part(index), *_holds(self, parent, index), _outside(names[index], parent))
            for index, parent in self.inside
        ]

    def _own(self, many: int) -> Array:
        """Number the groups anew, each spelling's apart from those of the others: a name said twice is one witness."""
        numbers = np.concatenate((self.spelling, self.spelling)) * many + self.group
        return numbers if many * len(self.names) <= _DENSE else np.unique(numbers, return_inverse=True)[1]

    def part(self, name: int) -> slice:
        """The columns of one name's candidates."""
        return slice(self.ends[name], self.ends[name + 1])

    def shares(self, score: Array, unlisted: Array) -> Array:
        """Softmax within each name, beside the weight of a place of that name that the gazetteer lacks."""
        top = np.maximum(np.maximum.reduceat(score, self.starts), unlisted)
        raised = np.exp(score - top[self.owner])
        total = np.add.reduceat(raised, self.starts) + np.exp(unlisted - top)
        return raised / total[self.owner]

    def unlisted(self, share: Array) -> Array:
        """The score of "none of these" for each name: more where the text says what contains it."""
        if not self.inside:
            return self.least
        inside = self.least.copy()
        regions = np.add.reduceat(np.where(self.flags.contains, share, 0.0), self.starts)
        every = np.add.reduceat(share, self.starts)
        for index, parent in self.inside:
            name = self.names[index]
            if not name.famous:
                held = every[parent] if name.minor or parent in name.sure else regions[parent]
                weight = _CONTAINED_WEIGHT if name.minor else _UNLISTED_INSIDE
                inside[index] = max(inside[index], self.least[index] + weight * held)
        return inside


def _codes(values: Iterable[str]) -> tuple[Array, int]:
    """Number ``values`` from 0, the same value alike; and how many numbers there are."""
    known: dict[str, int] = {}
    codes = [known.setdefault(value, len(known)) for value in values]
    return np.array(codes, dtype=np.intp), len(known)


def weigh(names: list[Name]) -> list[list[float]]:
    """Return the share of every candidate of every name.

    What the shares of a name lack to 1 is the weight of a place of that name that the gazetteer does not have.

    Every name must have a candidate. Three synchronous rounds from the priors; see ``docs/method.md``.
    """
    if not names:
        return []
    table = _Table(names)
    share = table.shares(table.prior, table.least)
    near = _nearness(table)
    for _ in range(_ROUNDS if len(names) > 1 else 0):
        mass = table.weight * share
        score = table.prior + _votes(table, mass) + _contained(table, share) + _drawn(near, share, mass)
        share = table.shares(score, table.unlisted(share))
    every = share.tolist()
    return [every[start:end] for start, end in pairwise(table.ends)]


def _votes(table: _Table, mass: Array) -> Array:
    """What other names add for the same country and the same first-level region, by their ``mass``."""
    total, both = np.add.reduce(mass), np.concatenate((mass, mass * table.in_region))
    others = np.bincount(table.group, both)[table.group] - np.bincount(table.own, both)[table.own]
    others = np.maximum(others, 0.0)
    voted = (0.5 * others / (total - table.weights + 1) + 0.5 * np.minimum(1.0, others)) * table.factor
    return voted[: len(mass)] + voted[len(mass) :]


def _contained(table: _Table, share: Array) -> Array:
    """What a name said to contain this one adds for candidates that lie in it, and takes from those that do not."""
    if not table.holding:
        return 0.0
    out, lost = np.zeros(len(share)), np.zeros(len(share))
    for outer, inner, fits, misfits, weight in table.holding:
        held = share[outer][:, None]
        inside = np.maximum.reduce(fits * held)
        out[inner] = np.maximum(out[inner], inside)
        if weight:
            outside = np.where(inside < _HARDLY, np.add.reduce(misfits * held), 0.0) * weight
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
    above, below = (Flags(*(row[part] for row in table.flags)) for part in (outer, inner))
    country, first, second = (row[:, None] for row in above[:3])
    same_country = table.country[outer][:, None] == table.country[inner]
    same_first = table.first[outer][:, None] == table.first[inner]
    same_second = table.second[outer][:, None] == table.second[inner]
    # a governorate within an autonomous region has no code of its own
    same_second |= ~above.has_second[:, None]
    fits = (
        (country & same_country & ~below.is_country)
        | (first & same_first & (below.is_local | below.is_second))
        | (second & same_first & same_second & below.is_local)
    )
    apart = (first & ~same_first & below.has_first) | (second & ~(same_first & (same_second | ~below.has_second)))
    if (above.is_settlement | above.is_third).any():
        around = (above.is_settlement | above.is_third)[:, None] & below.is_small
        km = _distance(table.latitude[outer][:, None], table.longitude[outer][:, None], table, inner)
        fits |= around & (km < _SURROUNDINGS_KM)
        apart |= around & (km > 2 * _SURROUNDINGS_KM)
    return fits, apart


def _distance(latitude: Array, longitude: Array, table: _Table, part: slice) -> Array:
    """Kilometres between points in a column and the candidates of ``part``; nan where one has no point."""
    north = np.radians(latitude - table.latitude[part])
    east = np.radians(longitude - table.longitude[part])
    east -= 2 * np.pi * np.rint(east / (2 * np.pi))
    east *= np.cos(np.radians(latitude + table.latitude[part]) / 2)
    return np.degrees(np.sqrt(north * north + east * east)) * _KM_PER_DEGREE


def _nearness(table: _Table) -> Array:
    """Matrix exp(-km / 120) between candidates of different names; 0 beyond 400 km, for countries and no points.

    None where no two are near, or so many names that a matrix would be too large: it is the first to be left out.
    """
    if len(table.prior) > 3000:
        return None
    km = _distance(table.latitude[:, None], table.longitude[:, None], table, slice(None))
    is_near = (km < _FAR_KM) & (table.spelling[:, None] != table.spelling) & table.flags.is_in_region
    return np.where(is_near, np.exp(-km / _NEAR_KM), 0.0) if is_near.any() else None


def _drawn(near: Array, share: Array, mass: Array) -> Array:
    """What the likely places of other names add for candidates close to them."""
    if near is None:
        return 0.0
    drawing = np.where(share > _DRAWING_SHARE, mass, 0.0)  # > .15 leaves at most six a name
    return _NEAR_WEIGHT * np.log1p(near @ drawing)
