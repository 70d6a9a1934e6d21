"""Mentions: what a name or noun stands for."""

from __future__ import annotations

import pytest

from kronika.pipeline import read_documents
from kronika.records import Document, MentionKind


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Drones hit the barracks in Klintsy.", "barracks", MentionKind.FACILITY),
        ("Drones hit the General Staff.", "General Staff", MentionKind.BODY),
    ],
)
def test_a_target_has_its_name_and_kind(text, name, kind):
    (event,) = next(read_documents([Document.of(text)])).events
    assert [(mention.name, mention.kind) for mention in event.roles.target] == [(name, kind)]
