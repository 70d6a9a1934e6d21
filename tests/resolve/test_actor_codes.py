"""Actor codes: state and sectors from the words of a mention."""

from __future__ import annotations

import pytest

from kronika.records import Mention, MentionKind, Span
from kronika.resolve.actor_codes import actor_code


def mention(text, kind, country=None, name=None):
    return Mention(Span("d", 0, len(text), text), kind, text.split()[-1], name or text, country=country)


@pytest.mark.parametrize(
    ("text", "kind", "country", "code"),
    [
        ("Sudan", MentionKind.STATE, "SD", "SDN"),
        ("Sudanese foreign minister", MentionKind.PERSON, "SD", "SDNGOV"),
        ("former Sudanese minister", MentionKind.PERSON, "SD", "SDNELI"),
        ("Sudanese army chief", MentionKind.PERSON, "SD", "SDNMIL"),
        ("opposition lawmaker", MentionKind.PERSON, "KE", "KENLEGOPP"),
        ("riot police", MentionKind.BODY, "KE", "KENCOP"),
        ("rebels", MentionKind.FORCES, None, "---REB"),
        ("gunmen", MentionKind.FORCES, None, "---UAF"),
        ("UN peacekeepers", MentionKind.FORCES, None, "IGOUNOMIL"),
        ("European Union", MentionKind.BODY, None, "IGOEUR"),
        ("Ugandan ambassador to the UN", MentionKind.PERSON, "UG", "UGAGOV"),
        ("Israel Defense Forces", MentionKind.FORCES, "IL", "ISRMIL"),
        ("Boko Haram", MentionKind.FORCES, "NG", "NGAREB"),
        ("Zelensky", MentionKind.PERSON, None, "UKRGOV"),
        ("government group", MentionKind.FORCES, "SY", "SYRGOV"),
    ],
)
def test_the_words_of_a_mention_give_its_code(text, kind, country, code):
    assert str(actor_code(mention(text, kind, country))) == code


def test_a_pronoun_has_the_code_of_what_it_leads_back_to():
    he = Mention(
        Span("d", 40, 42, "he"),
        MentionKind.PERSON,
        "he",
        "Jon Doe",
        country="FJ",
        antecedent=Span("d", 0, 22, "Fijian police officer"),
    )
    assert str(actor_code(he)) == "FJICOP"


def test_what_tells_neither_state_nor_sector_has_no_code():
    assert actor_code(mention("things", MentionKind.UNKNOWN)) is None
