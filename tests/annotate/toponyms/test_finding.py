"""Place names found in text, by the table in ``cases/places.yaml``."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kronika.annotate.toponyms.context import containment, describe
from kronika.annotate.toponyms.finding import find_toponyms
from kronika.annotate.toponyms.toponym import Found, describe_all
from kronika.gazetteer import open_gazetteer

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases/places.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_names_are_found_where_places_can_stand(nlp, case):
    found = find_toponyms(nlp(case["text"]), open_gazetteer())
    wanted = [place["surface"] for place in case["places"]]
    assert [toponym.surface for toponym in found if toponym.surface in wanted] == wanted
    if not wanted:
        assert found == []
    said = {toponym.surface: toponym for toponym in found}
    for place in case["places"]:
        toponym = said[place["surface"]]
        assert toponym.relation.value == place.get("relation", toponym.relation.value)
        assert toponym.demonym == place.get("demonym", False)
        assert toponym.metonymic == place.get("metonymic", toponym.metonymic)


@pytest.mark.parametrize(
    ("text", "name", "level", "extent"),
    [
        ("in the Sumy region", "Sumy", "REG", "Sumy region"),
        ("in the village of Orikhove", "Orikhove", "PPL", "village of Orikhove"),
        ("in Odesa Oblast", "Odesa", "ADM1", "Odesa Oblast"),
        ("the Tula region of Russia", "Russia", None, "Russia"),
        ("in Odesa", "Odesa", None, "Odesa"),
    ],
)
def test_type_words_tell_the_level_and_belong_to_the_name(text, name, level, extent):
    start = text.index(name)
    found = describe(text, start, start + len(name))
    assert (found.level, text[found.extent_start : found.extent_end]) == (level, extent)


def test_distances_are_in_kilometres():
    text = "ten miles, or 10 miles east of Tula"
    found = describe(text, text.index("Tula"), len(text))
    assert (found.distance_km, found.direction) == (16.1, "east")


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (", ", (True, False, True)),
        (" (", (True, False, True)),
        (" in ", (True, False, True)),
        ("'s ", (False, True, True)),
        (" and ", (False, False, False)),
        (". ", (False, False, False)),
    ],
)
def test_what_stands_between_two_names_says_which_contains_which(gap, said):
    assert containment(f"Aaa{gap}Bbb", 3, 3 + len(gap)) == said


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="KyivLvodTuaRsi ,.-–’'()\n0123kmnorthf", max_size=120))
def test_offsets_always_lie_in_the_text(nlp, text):
    for toponym in find_toponyms(nlp(text), open_gazetteer()):
        assert text[toponym.start : toponym.end] == toponym.surface
        assert toponym.extent_start <= toponym.start < toponym.end <= toponym.extent_end


@given(st.text(max_size=80), st.integers(0, 79), st.integers(1, 20))
def test_any_span_can_be_described(text, start, length):
    end = min(start + length, len(text))
    if start < end:
        (toponym,) = describe_all(text, [Found(start, end)])
        assert 0 <= toponym.extent_start <= toponym.start < toponym.end <= toponym.extent_end <= len(text)


def test_a_name_that_begins_a_clause_contains_nothing():
    text = "In a blow to Minsk, Poland has closed the crossing at Brest, Belarus."
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("Minsk", "Poland", "Brest", "Belarus")]
    found = describe_all(text, [Found(*span) for span in spans])
    assert [toponym.stated for toponym in found] == [(), (), (3,), ()]
