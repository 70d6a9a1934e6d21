"""Resolving times: each report of tests/cases/times.yaml, the anchors, and the calendar."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kronika.annotate.times.finding import Grain, find_times
from kronika.records.time import TimePrecision
from kronika.resolve.times.calendar import add_months, holiday, shift, unit_of
from kronika.resolve.times.resolving import normalise_times, resolve_times

CASES = yaml.safe_load((Path(__file__).parents[2] / "cases" / "times.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_times_of_a_report(nlp, case):
    doc = nlp(case["text"])
    references = resolve_times(find_times(doc), doc, case.get("published", "2025-04-29"), "d-1")
    assert [[one.span.text, one.edtf, str(one.precision)] for one in references] == case["times"]
    for one in references:
        one.span.verify(case["text"])
        assert bool(one.edtf) == (one.reason is None) or one.edtf.startswith("[")


def test_no_reason_no_anchor_is_left_out(nlp):
    doc = nlp("The depot was hit on Thursday.")
    (known,) = resolve_times(find_times(doc), doc, "2025-04-29T08:00:00+02:00")
    (unknown,) = resolve_times(find_times(doc), doc, None)
    (monthly,) = resolve_times(find_times(doc), doc, "2025-04")
    assert known.anchor == "published 2025-04-29"
    assert (known.start, known.end) == ("2025-04-24", "2025-04-24")
    assert unknown.reason == monthly.reason == "no publication date to count from"
    assert unknown.precision is TimePrecision.VAGUE


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It burned last week and on Tuesday night.", ["2025-W17", "2025-04-22TNI"]),
        ("It burned for three days.", ["P3D"]),
        ("It now burns daily.", ["PRESENT_REF", "P1D"]),
        ("It burned recently.", ["PAST_REF"]),
        ("It burned over the weekend.", ["2025-W17-WE"]),
        ("It burned half an hour.", ["PT0.5H"]),
        ("It burned in the 1990s and last summer.", ["199", "2024-SU"]),
    ],
)
def test_timex_values(text, values):
    assert [one.value for one in normalise_times(text, "2025-04-28")] == values


def test_unresolved_weekday_says_which_weekday():
    assert [one.value for one in normalise_times("It burned on Tuesday.")] == ["XXXX-WXX-2"]


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ({"easter": 0}, date(2025, 4, 20)),
        ({"orthodox": 0}, date(2024, 5, 5)),
        ({"nth": [11, 3, 4]}, date(2024, 11, 28)),
        ({"nth": [5, 0, -1]}, date(2024, 5, 27)),
    ],
)
def test_moving_holidays(rule, day):
    assert holiday(rule, day.year) == day


@given(st.dates(date(2, 1, 1), date(9990, 12, 31)), st.sampled_from(list(Grain)), st.integers(-30, 30))
def test_a_day_lies_in_its_unit_and_counting_never_fails(day, grain, count):
    start, end = unit_of(grain, day)
    assert start <= end
    if grain is not Grain.WEEKEND:
        assert start <= day <= end
    assert isinstance(shift(grain, day, count), date)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-500, 500))
def test_months_keep_the_day_or_take_the_last(day, months):
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and found.day >= 28)
