"""Finding time expressions: spans, kinds, and what is no time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronika.annotate.times.finding import Bound, TimexType, find_times
from kronika.annotate.times.lexicon import load_times
from kronika.annotate.times.patterns import compiled_rules
from kronika.annotate.times.rules import READERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It burned for three days.", [("three days", TimexType.DURATION)]),
        ("It burns every night.", [("every night", TimexType.SET)]),
        ("It burned at 6 a.m. on Tuesday.", [("6 a.m. on Tuesday", TimexType.TIME)]),
        ("It burned on Tuesday night.", [("Tuesday night", TimexType.TIME)]),
        ("It burned in May.", [("May", TimexType.DATE)]),
        ("It may burn.", []),
        ("They march at dawn, and fall back.", []),
        ("A second strike and a third quarter of the town.", []),
        ("Sun, sand and 747 jets; $2,014 and 2024 people.", []),
        ("It burned at 6:40 a.m. Moscow time.", [("6:40 a.m. Moscow time", TimexType.TIME)]),
        ("It burned at 16:40 some time ago.", [("16:40", TimexType.TIME)]),
        ("ON 5 AND 6 MAY IT BURNED.", [("5", TimexType.DATE), ("6 MAY", TimexType.DATE)]),
        ("The mayor of Daytown left in early spring.", [("early spring", TimexType.DATE)]),
    ],
)
def test_finds_times_with_their_kind_and_nothing_else(nlp, text, expected):
    got = [(text[e.start : e.end], e.type) for e in find_times(nlp(text)) if e.rule != "moment"]
    assert [pair for pair in got if pair[0] != "dawn"] == expected


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Idle since Thursday.", Bound.SINCE),
        ("Open until Friday.", Bound.UNTIL),
        ("Ready by 5 May.", Bound.UNTIL),
        ("Seen before Tuesday.", Bound.BEFORE),
        ("Rebuilt after Tuesday's attack.", None),
        ("Hit on Tuesday.", None),
    ],
)
def test_reads_the_preposition_that_bounds_a_time(nlp, text, bound):
    (expression,) = find_times(nlp(text))
    assert expression.meaning.bound == bound
    assert expression.cue <= expression.start


def test_every_rule_has_a_reader_or_makes_a_range():
    names = {name for name, _, _ in compiled_rules()}
    assert names - READERS.keys() == {"days_month", "month_days", "years"}
    assert READERS.keys() <= names


def test_numbers_are_read_from_words():
    number = load_times().number
    assert [number(text) for text in ("24", "twenty-four", "two hundred", "a dozen", "a couple of", "1,500")] == [
        24, 24, 200, 12, 2, 1500,
    ]  # fmt: skip
    assert number("several") is None


@given(
    st.lists(
        st.sampled_from(
            [
                "since",
                "on",
                "the",
                "night",
                "of",
                "March",
                "May",
                "15",
                "-",
                "20",
                ",",
                "2022",
                "Tuesday",
                "to",
                "two",
                "days",
                "ago",
                "06:40",
                "a.m.",
                "last",
                "year",
                "first",
                "half",
                "quarter",
                "1990s",
                "Christmas",
                "now",
                ".",
                "31",
                "99.99.9999",
                "hours",
                "second",
                "Feb.",
                "between",
                "and",
            ]
        ),
        max_size=14,
    )
)
def test_expressions_are_in_order_apart_and_inside_the_text(words):
    import spacy

    text = " ".join(words)
    found = find_times(spacy.blank("en")(text))
    ends = [0] + [expression.end for expression in found]
    assert all(end <= one.start < one.end <= len(text) for end, one in zip(ends, found, strict=False))
    assert all(0 <= one.cue <= one.start for one in found)
