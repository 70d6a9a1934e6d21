"""How reports are read into the formats of the benches."""

from __future__ import annotations

import pytest

from evals.muc4 import person_name, prepared
from evals.muc4_reader import Candidate, _is_same
from evals.newsquant import predict as quantities
from evals.wikievents import _Tokens
from evals.wikievents import predict as events
from kronika.records import Mention, MentionKind, Span


def test_a_telegram_becomes_running_text_with_the_day_it_was_sent():
    raw = (
        "   LIMA, 7 MAR 89 (XYZ) -- [REPORT] [TEXT] TWO ARMED MEN ENTERED A BANK ON THE SQUARE\n"
        "AND FLED.\n\n   NOBODY WAS HURT."
    )
    text, sent = prepared(raw)
    assert sent == "1989-03-07"
    assert text == "Two armed men entered a bank on the square and fled.\n\n   Nobody was hurt."


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("former minister Pedro Rojas", MentionKind.UNKNOWN, "Pedro Rojas"),
        ("Colonel Juan de la Vega", MentionKind.PERSON, "Juan de la Vega"),
        ("two peasants", MentionKind.UNKNOWN, None),
        ("Rojas", MentionKind.UNKNOWN, None),
        ("police station", MentionKind.FACILITY, None),
    ],
)
def test_a_victim_goes_by_the_name_without_titles(words: str, kind: MentionKind, expected: str | None):
    assert person_name(Mention(Span("d", 0, len(words), words), kind, words.split()[-1], words)) == expected


def test_one_party_under_a_longer_and_a_shorter_name_counts_once():
    assert _is_same(Candidate("Pedro Rojas", "Pedro Rojas"), Candidate("Rojas", "Rojas"))
    assert _is_same(Candidate("urban guerrillas", None), Candidate("guerrillas", None))
    assert not _is_same(Candidate("rebels", None), Candidate("guerrillas", None))


def test_tokens_are_written_out_with_a_break_after_a_heading():
    row = {"sentences": [[["Bomb", 0, 4], ["kills", 5, 10]], [["It", 10, 12], ["fell", 13, 17], [".", 17, 18]]]}
    tokens = _Tokens(row)
    assert tokens.text == "Bomb kills\nIt fell."
    assert tokens.cover(11, 13) == (2, 3)
    assert tokens.cover(100, 101) is None


def test_a_change_from_one_figure_to_another_is_one_range_for_newsquant():
    (row,) = quantities([{"id": "1", "text": "Output fell from 21 tonnes to 18 tonnes."}])
    assert [q["value"] for q in row["quantities"]] == [[21.0, 18.0]]


def test_vague_plurals_take_the_bounds_of_newsquant():
    (row,) = quantities([{"id": "1", "text": "Thousands of people marched."}])
    assert [q["value"] for q in row["quantities"]] == [[1000.0, 10000.0]]


def _events_of(*sentences: str) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """Return type and arguments by trigger, of sentences written with spaces between all tokens."""
    listed, at = [], 0
    for sentence in sentences:
        listed.append([])
        for token in sentence.split():
            listed[-1].append([token, at, at + len(token)])
            at += len(token) + 1
    words = [token for sentence in listed for token, _, _ in sentence]
    (row,) = events([{"id": "1", "sentences": listed}])
    return {
        " ".join(words[e["start"] : e["end"]]): (
            e["type"].split(".", 1)[1],
            [(a["role"], " ".join(words[a["start"] : a["end"]])) for a in e["arguments"]],
        )
        for e in row["events"]
    }


def test_a_man_shot_dead_is_an_attack_and_a_death_for_wikievents():
    found = _events_of("Police shot dead a smuggler .")
    assert found["shot"][0] == "Attack.Unspecified"
    assert found["dead"] == ("Die.Unspecified", [("Killer", "Police"), ("Victim", "smuggler")])


def test_who_attacks_also_kills_and_each_victim_is_of_its_own_deed():
    found = _events_of("The rebels attacked a camp near Gao , killing four soldiers and wounding two nurses .")
    assert found["killing"][1] == [("Killer", "rebels"), ("Victim", "soldiers")]
    assert found["wounding"][1] == [("Injurer", "rebels"), ("Victim", "nurses")]


def test_a_verb_that_carries_an_event_noun_is_no_second_mention():
    found = _events_of("The explosion hit a bakery .")
    assert found == {"explosion": ("Attack.DetonateExplode", [("Target", "bakery")])}
