"""Who annexed a disputed territory is the state that claims it, where the text names that state nearby."""

from __future__ import annotations

import pytest

from kronika.gazetteer import open_gazetteer
from kronika.pipeline import read_document
from kronika.records import Document


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("The annexation of Crimea was condemned. Russia denied wrongdoing.", ["Russia"]),
        ("The annexation of Crimea was condemned. France denied wrongdoing.", []),
        ("The liberation of Crimea was announced. Russia denied it.", []),
        ("The annexation of Sumy was discussed. Russia denied wrongdoing.", []),
    ],
)
def test_the_claimant_named_nearby_is_the_actor(nlp, text, actors):
    events = read_document(Document.of(text), nlp(text), open_gazetteer()).events
    found = [event for event in events if event.trigger.text in ("annexation", "liberation")]
    assert [mention.name for event in found for mention in event.roles.actor] == actors
