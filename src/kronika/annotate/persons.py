"""Persons: who is named with a title or office, and goes by the surname from then on."""

from __future__ import annotations

from typing import Any

from kronika.codebook.things import things
from kronika.records import MentionKind

_MAX_NAME = 4
_PERSON = MentionKind.PERSON


def find_persons(doc: Any) -> dict[int, str]:
    """Return the full name of each person by the index of the last token of every mention of the name.

    A person is a run of proper nouns after a title or an office ("Governor Pavel Malkov", "the president, Joe Doe"
    is left to the parse). A later surname alone stands for the full name if only one person bears it.

    >>> from kronika.annotate.syntax import load_model
    >>> find_persons(load_model()("President Jane Roe spoke. Roe left."))
    {2: 'Jane Roe', 5: 'Jane Roe'}
    """
    table = things()
    runs: dict[int, str] = {}
    surnames: dict[str, set[str]] = {}
    for token in doc:
        if not (token.text in table.titles or _PERSON in table.heads.get(token.lower_, ())) or token.i + 1 >= len(doc):
            continue
        name = _run(doc, token.i + 1)
        if name:
            last = token.i + len(name)
            runs[last] = " ".join(name)
            surnames.setdefault(name[-1], set()).add(runs[last])
    for token in doc:
        full = surnames.get(token.text)
        if token.pos_ == "PROPN" and token.i not in runs and full:
            longest = {name for name in full if " " in name} or full
            if len(longest) == 1:
                runs[token.i] = next(iter(longest))
    return dict(sorted(runs.items()))


def _is_office(token: Any) -> bool:
    return _PERSON in things().heads.get(token.lower_, ())


def _run(doc: Any, first: int) -> list[str]:
    """Return the proper nouns from ``first`` on that make a name: capitalised, no title, at most four."""
    name: list[str] = []
    for token in doc[first : first + _MAX_NAME]:
        if token.pos_ != "PROPN" or not token.text[0].isupper() or token.is_punct:
            break
        if token.text in things().titles or _is_office(token):
            return name if name else []
        name.append(token.text)
    return name
