from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kronika.link.copies import diff, overlap, shingles
from kronika.records import Document

TEXT = "Drones hit the machine works at Lyskovo before dawn on Tuesday and set two halls on fire, the governor said."


def test_the_order_of_words_makes_a_run():
    assert not shingles("one two three four five") & shingles("one two three five four")
    assert shingles("One, two: three four five!") == shingles("one two three four five")


def test_a_text_resembles_itself_fully():
    assert overlap(shingles(TEXT), shingles(TEXT.upper())) == (1.0, 1.0)


@settings(max_examples=40)
@given(st.text(max_size=80), st.text(max_size=80))
def test_the_sides_of_a_diff_are_spans_of_their_documents(before, after):
    one, two = Document.of(before), Document.of(after)
    for change in diff(one, two):
        assert change.before or change.after
        if change.before:
            change.before.verify(one.text)
        if change.after:
            change.after.verify(two.text)
