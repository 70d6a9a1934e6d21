"""A quickly made record is what a frozen dataclass is otherwise."""

from __future__ import annotations

import inspect
import pickle
from copy import copy
from dataclasses import FrozenInstanceError, dataclass, field
from functools import partial

import pytest

from kronika.records.quick import quick, replace

frozen = partial(dataclass, frozen=True, slots=True)


@quick
@frozen()
class Point:
    x: int
    y: int = 0
    marks: dict[str, int] = field(default_factory=dict, compare=False)


@frozen()
class Slow:
    x: int
    y: int = 0
    marks: dict[str, int] = field(default_factory=dict, compare=False)


def test_it_is_made_from_the_same_arguments():
    assert [(p.x, p.y, p.marks) for p in (Point(1), Point(1, 2, {"a": 1}), Point(y=2, x=1))] == [
        (1, 0, {}),
        (1, 2, {"a": 1}),
        (1, 2, {}),
    ]
    assert list(inspect.signature(Point).parameters) == list(inspect.signature(Slow).parameters)
    assert Point(1).marks is not Point(1).marks
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'x'"):
        Point()


def test_it_is_frozen_and_of_its_class():
    point = Point(1)
    assert type(point) is Point
    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x


def test_it_compares_copies_and_travels():
    point = Point(1, 2)
    assert point == Point(1, 2) != Point(1, 3)
    assert hash(point) == hash(Point(1, 2))
    assert copy(point) == pickle.loads(pickle.dumps(point)) == point


@pytest.mark.parametrize("kind", [Point, Slow])
def test_a_copy_has_what_is_changed_and_keeps_the_rest(kind):
    marks = {"a": 1}
    changed = replace(kind(1, 2, marks), y=3)
    assert (type(changed), changed.x, changed.y, changed.marks) == (kind, 1, 3, marks)
    with pytest.raises(TypeError):
        replace(kind(1), z=3)


@pytest.mark.parametrize("options", [{"kw_only": True}, {}])
def test_a_class_that_it_does_not_know_is_refused(options):
    @frozen(**options)
    class Odd:
        x: int

        if not options:

            def __post_init__(self) -> None:
                pass

    with pytest.raises(TypeError, match="Odd has more than plain fields"):
        quick(Odd)
