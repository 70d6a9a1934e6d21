"""The predicates of the codebook."""

from __future__ import annotations

import pytest

from kronika.codebook.predicates import TYPES, predicates, read_predicates
from kronika.errors import CodebookError


def test_every_type_of_plover_has_a_predicate():
    found = {pattern.frame.type for patterns in predicates().verbs.values() for pattern in patterns}
    found |= {frame.type for entries in predicates().nouns.values() for _, frame in entries}
    assert found == TYPES


def test_the_most_demanding_pattern_of_a_verb_comes_first():
    patterns = predicates().verbs["shoot"]
    assert patterns[0].particle is not None
    assert patterns[-1].particle is None


def test_an_unknown_type_is_refused():
    source = {"roles": {"r": {}}, "frames": {"f": {"type": "NONE", "mode": "", "roles": "r"}}}
    with pytest.raises(CodebookError, match="frame f"):
        read_predicates(source)
