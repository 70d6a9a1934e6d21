"""Who speaks where a text says only "he", "the governor" or "the group"."""

from __future__ import annotations

import pytest

import kronika


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "A shell hit a shop. This was reported by Petro Hnatiuk, head of the regional administration. He added "
            "that two people were hurt. According to him, one man died.",
            ["Petro Hnatiuk", "Petro Hnatiuk", "Petro Hnatiuk"],
        ),
        (
            "Petro Hnatiuk, head of the region's military administration, said two towns were shelled. The regional "
            "governor said a school had burned.",
            ["Petro Hnatiuk", "Petro Hnatiuk"],
        ),
        (
            "Petro Hnatiuk, head of the region's military administration, said a school had burned. The regional "
            "governor said two towns were shelled. “Nine people are hurt. The situation at the river is bad,” he said.",
            ["Petro Hnatiuk", "Petro Hnatiuk", "Petro Hnatiuk"],
        ),
        (
            "This was reported on Telegram by the head of the Sumy City Council, Petro Hnatiuk.",
            ["Petro Hnatiuk"],
        ),
        (
            "This was reported on Telegram by the head of the Sumy City Council Petro Hnatiuk.",
            ["Petro Hnatiuk"],
        ),
        (
            "The Darfur Doctors Network said that nine children had died in the west of Sudan. It said the clinic was "
            "hit. “The ward burned down for a second time,” the group said in a statement.",
            ["Darfur Doctors Network", "Darfur Doctors Network", "Darfur Doctors Network"],
        ),
        (
            "The victims were villagers, locals said. The three remaining victims were found later, they added.",
            ["locals", "locals"],
        ),
        (
            "Anna Berg, mayor of Lorn, said the bridge was closed. Carl Ek, mayor of Holm, said it was open. The mayor "
            "said nothing was hit.",
            ["Anna Berg", "Carl Ek", "mayor"],
        ),
    ],
)
def test_a_pronoun_or_title_that_speaks_stands_for_who_spoke_before(text, speakers):
    report = kronika.read(text, published="2025-03-04")
    assert [claim.speaker.mention.name for claim in report.claims] == speakers


def test_an_event_is_claimed_by_who_is_said_to_have_reported_it():
    report = kronika.read(
        "A drone struck a farm near Orikhiv, killing a guard.\n\n"
        "This was reported by the head of the regional administration, Petro Hnatiuk."
    )
    (event,) = report.events
    (claim,) = [claim for claim in report.claims if claim.id in event.claims]
    assert (claim.speaker.mention.name, claim.speaker.office) == (
        "Petro Hnatiuk",
        "head of the regional administration",
    )
