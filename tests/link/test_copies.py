from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kronika.link.copies import diff, is_copy, overlap, shingles
from kronika.records import Document

WIRE = (
    "Drones hit the machine works at Lyskovo before dawn on Tuesday and set two halls on fire, the regional governor "
    "said. Nobody was hurt, he added, and the night shift had been led to a shelter an hour earlier. It was the third "
    "strike on the works this spring. The army said that its air defences had brought down nine drones over the "
    "region during the night, and that debris fell on several villages. The works make bearings for railway wagons "
    "and, by the account of a trade union, parts for armoured vehicles. Trains were running again by noon."
)
REWRITE = (
    "A factory that turns out bearings was burning on Tuesday morning after an attack from the air, by the account of "
    "the governor, who spoke of no injured. Workers had gone to shelters in time. Twice before this year the site had "
    "been attacked. Nine unmanned aircraft were shot down overnight, according to the military. Rail traffic in the "
    "area came back to normal around midday, and firefighters stayed at the site until evening to watch for embers."
)
TRANSLATION = (
    "Drohnen trafen am Dienstag vor dem Morgengrauen das Maschinenwerk in Lyskovo und setzten zwei Hallen in Brand, "
    "sagte der Gouverneur. Niemand wurde verletzt, die Nachtschicht war eine Stunde zuvor in einen Bunker gebracht "
    "worden. Es war der dritte Angriff auf das Werk in diesem Frühjahr. Die Armee teilte mit, sie habe neun abgewehrt."
)


def test_a_translation_and_a_rewrite_share_next_to_nothing():
    assert not is_copy(WIRE, TRANSLATION)
    assert overlap(shingles(WIRE), shingles(REWRITE)) == (0.0, 0.0)


def test_the_order_of_words_makes_a_run():
    assert not shingles("one two three four five") & shingles("one two three five four")
    assert shingles("One, two: three four five!") == shingles("one two three four five")


def test_a_text_resembles_itself_fully():
    assert overlap(shingles(WIRE), shingles(WIRE.upper())) == (1.0, 1.0)


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
