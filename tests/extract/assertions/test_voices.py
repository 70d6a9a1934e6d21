"""Who speaks where a text says only "he", "the governor" or "the group"."""

from __future__ import annotations

import pytest

import kronika
from kronika.records import SpeakerKind


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
        # a singular description is somebody, and "some" are part of those who spoke
        (
            "Governor Anna Berg said the bridge was hit. A drone struck the port too, a security official said. The "
            "raid was planned for weeks, he said.",
            ["Anna Berg", "security official", "security official"],
        ),
        (
            "Residents said a drone hit the bridge. Some said they heard four shots.",
            ["Residents", "Residents"],
        ),
        (
            "A drone hit the mill, says Vasily Grom, the governor of Orsk. Grom said nobody was hurt.",
            ["Vasily Grom", "Vasily Grom"],
        ),
        # the lead gives the office and the next report the name
        (
            "A dam in the north has burst, the head of the Water Agency said on Monday. At least four villages are "
            "flooded, Ilse Brandt wrote.",
            ["Ilse Brandt", "Ilse Brandt"],
        ),
        (
            "The regional governor said a depot was burning. Firemen were at work. Governor Ivan Belov wrote that "
            "nobody was hurt.",
            ["Ivan Belov", "Ivan Belov"],
        ),
        # another region's governor, somebody with an office of her own, and an office farther down
        (
            "The Samara governor said a depot was burning. Ryazan Governor Ivan Belov said nothing was hit.",
            ["Samara governor", "Ivan Belov"],
        ),
        (
            "The mayor said a depot was burning. Olena Bondar, a nurse, said the ward was full.",
            ["mayor", "Olena Bondar"],
        ),
        (
            "The mayor said a depot was burning. Olena Bondar said the ward was full.",
            ["mayor", "Olena Bondar"],
        ),
        (
            "Residents said the port burned. According to the governor, six drones were shot down. Governor Ivan "
            "Belov said two towns to the west were shelled.",
            ["Residents", "governor", "Ivan Belov"],
        ),
        # when and where it was said, and whom the speaker belongs to, are no part of the name
        ("Yesterday evening Ivan Belov, the mayor of Klin, said the depot was hit.", ["Ivan Belov"]),
        (
            "In Kharkiv, Taras Moroz of the Center for Countering Sabotage confirmed the strike on the depot.",
            ["Taras Moroz"],
        ),
        ("The commander of the country's Drone Forces, Ivan Bondar, says his men hit the depot.", ["Ivan Bondar"]),
        ("The Morning Herald said the depot was hit.", ["Morning Herald"]),
        ("The Security Council of the Union said the depot was hit.", ["Security Council of the Union"]),
        # who quotes is not who says it, and who denies goes on to blame
        (
            "A local news agency quoted the depot's director as saying that two drones had hit the tanks.",
            ["local news agency", "depot's director"],
        ),
        ("A deputy denied that the militia had shelled the market and blamed the army.", ["deputy", "deputy"]),
    ],
)
def test_a_pronoun_or_title_that_speaks_stands_for_who_spoke_before(text, speakers):
    report = kronika.read(text, published="2025-03-04")
    assert [claim.speaker.mention.name for claim in report.claims] == speakers


def test_a_pronoun_that_leads_back_to_nobody_names_nobody():
    (claim,) = kronika.read("He said the bridge was hit.").claims
    assert claim.speaker.kind is SpeakerKind.UNNAMED


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
