"""Sport: games are told in the words of war ("shot wide", "hit the post"), and are no attacks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from kronika.codebook.lists import read_list
from kronika.extract.reading import Draft


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    source: dict[str, Any] = read_list("sport.yaml")
    play, violence = (re.compile(rf"\b(?:{'|'.join(source[name])})") for name in ("play", "violence"))
    return play, violence


def is_sport(draft: Draft) -> bool:
    """Whether an attack is a move in a game: its sentence names players or plays, and no harm, weapon or force.

    A bomb in a stadium is an attack, whatever else its sentence tells of the match.
    """
    if draft.trigger.frame.type != "ASSAULT":
        return False
    return _tells_game(draft.token.sent.text.lower())


@lru_cache(maxsize=256)
def _tells_game(sentence: str) -> bool:
    play, violence = _patterns()
    return play.search(sentence) is not None and violence.search(sentence) is None
