"""What is said of a region's raid, of a site's state or right behind a claim reaches the attack it is of."""

from __future__ import annotations

import pytest

import kronika


def told_of(text, target, published="2024-03-20"):
    report = kronika.read(text, published=published)
    (event,) = [e for e in report.events if target in [mention.name for mention in e.roles.target]]
    return event, [claim for claim in report.claims if event.id in claim.about]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Drones hit the Tver oil depot in Tver overnight, residents said. Governor Ivan Belov said all drones over "
            "the Tver region had been destroyed.",
            ["residents", "Ivan Belov"],
        ),
        (
            "Drones hit the Tver oil depot in Tver overnight, residents said. The ministry said 12 drones had been "
            "destroyed over the Oryol region.",
            ["residents"],
        ),
        (
            "Drones hit the Tver oil depot in Tver overnight, residents said.\n\nA spokesman told a newspaper that the "
            "depot was working as usual.",
            ["residents", "spokesman"],
        ),
        (
            "Drones hit the Tver oil depot in Tver overnight, residents said.\n\nA spokesman told a newspaper that the "
            "port was working as usual.",
            ["residents"],
        ),
    ],
)
def test_a_claim_reaches_the_attack_that_it_bears_on(text, speakers):
    _, claims = told_of(text, "Tver oil depot")
    assert [claim.speaker.mention.name for claim in claims] == speakers


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        (
            "A fire broke out, he said. The mayor denied that the depot had been damaged.",
            [("fire", False), ("damaged", True)],
        ),
        ("Officials have not said that the depot was damaged.", []),
        ("The depot was working as usual, the mayor said.", [("shut down", True)]),
        ("The depot was damaged, the mayor said.", [("damaged", False)]),
    ],
)
def test_an_effect_that_is_denied_is_negated_and_one_that_nobody_said_is_none(text, effects):
    event, _ = told_of(f"Drones hit the Tver oil depot in Tver overnight. {text}", "Tver oil depot")
    assert [(effect.kind, effect.negated) for effect in event.effects] == effects


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a nurse said. Nine people were wounded.", ["nurse"]),
        ("a nurse said. There were no casualties.", ["nurse"]),
        ("a nurse said. Nine people were wounded. Two people were killed.", ["nurse", "nurse"]),
        # what divides a figure that somebody gave
        (
            "a nurse said 90 people were hurt. Of these, 40 were wounded by glass and were sent home on Tuesday.",
            ["nurse"],
        ),
        ("a nurse said. Nine people were wounded by glass and were sent home on Tuesday.", []),
        # another paragraph, another place, another speaker, and nobody
        ("a nurse said.\n\nNine people were wounded.", []),
        ("a nurse said. In Basra, nine people were wounded.", []),
        ("a nurse said. Nine people were wounded, a doctor told Radio Kut.", []),
        ("it is said. Nine people were wounded.", []),
    ],
)
def test_a_toll_right_behind_a_claim_is_of_the_same_speaker_and_probable(text, said):
    report = kronika.read(f"A shell hit the clinic in Kut on Monday, {text}", published="2024-03-20")
    continued = [claim for claim in report.claims if claim.rule == "continued"]
    assert [claim.speaker.mention.name for claim in continued] == said
    assert {claim.certainty for claim in continued} <= {"probable"}
    assert all(claim.about for claim in continued)
