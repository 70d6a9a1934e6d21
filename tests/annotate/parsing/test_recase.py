"""Recasing: texts in capitals get the case of running text and keep their length."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronika.annotate.parsing.recase import is_in_capitals, recase, unwrap


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "THE ARMY SAID ON 3 MARCH THAT TWO SOLDIERS WERE KILLED IN EL SALVADOR.",
            "The army said on 3 March that two soldiers were killed in El Salvador.",
        ),
        (
            "THE WORKERS DEFENCE UNION (WDU) CALLED A STRIKE. THE WDU HAS MANY MEMBERS.",
            "The Workers Defence Union (WDU) called a strike. The WDU has many members.",
        ),
        ("REBELS BURNED A BUS ON THE ROAD TO LIMA.", "Rebels burned a bus on the road to Lima."),
    ],
)
def test_words_become_small_and_names_keep_their_capitals(text: str, expected: str):
    assert recase(text) == expected


def test_a_text_in_usual_case_stays_as_it_is():
    text = "The UN and NATO met in Geneva."
    assert recase(text) is text
    assert not is_in_capitals("UN, NATO")


@given(st.text(alphabet=st.characters(categories=("Lu", "Nd", "Po", "Zs")), min_size=20, max_size=80))
def test_the_length_never_changes(text: str):
    assert len(recase(text)) == len(text)
    assert len(unwrap(text)) == len(text)


def test_lines_of_a_fixed_width_are_joined_and_paragraphs_stay():
    line = "Two armed men entered the bank on the main square shortly before"
    assert unwrap(f"{line}\nnoon.\n\nThey left.") == f"{line} noon.\n\nThey left."


def test_short_lines_are_no_wrapped_text():
    assert unwrap("One.\nTwo.") == "One.\nTwo."
