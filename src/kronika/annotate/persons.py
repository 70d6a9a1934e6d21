"""Persons: who is named with a title or office, and goes by the surname from then on."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kronika.codebook.things import things
from kronika.records import MentionKind

_MAX_NAME = 4
#: What a minister or secretary is of or for, and within how many words.
_PORTFOLIOS = frozenset(
    (
        *("State", "Defense", "Defence", "Interior", "Treasury", "Justice", "Commerce", "Energy", "Affairs", "Finance"),
        *("Health", "Education", "Trade", "Agriculture", "Labour", "Labor", "Information", "Security", "Economy"),
        *("Planning", "Transport", "Industry", "Culture", "Police", "Staff"),
    )
)
_OFFICE = 4
_PERSON = MentionKind.PERSON


def find_persons(doc: Any) -> dict[int, str]:
    """Return the full name of each person by the index of the last token of every mention of the name.

    A person is a run of proper nouns after a title or an office ("Governor Pavel Malkov"), or beside a noun for one
    ("a teacher, Jane Roe"). A later surname alone stands for the full name if only one person bears it.

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> find_persons(load_model()("President Jane Roe spoke. Roe left."))
    {2: 'Jane Roe', 5: 'Jane Roe'}
    """
    titles, offices = things().titles, _offices()
    runs: dict[int, str] = {}
    surnames: dict[str, set[str]] = {}
    for token in [token for token in doc if token.text in titles or token.lower_ in offices]:
        if token.i + 1 >= len(doc):
            continue
        start = _after_office(doc, token.i + 1)
        name = _run(doc, start)
        if name and f"{token.text} {name[0]}" not in things().names:  # "General Staff" is nobody
            last = start - 1 + len(name)
            runs[last] = " ".join(name)
            surnames.setdefault(name[-1], set()).add(runs[last])
    for token in [token for token in doc if token.dep_ == "appos"]:
        name = _beside(doc, token)
        if name and token.i not in runs:
            runs[token.i] = " ".join(name)
            surnames.setdefault(name[-1], set()).add(runs[token.i])
    for token in [token for token in doc if token.text in surnames] if surnames else ():
        full = surnames[token.text]
        if token.pos_ == "PROPN" and token.i not in runs:
            longest = {name for name in full if " " in name} or full
            if len(longest) == 1:
                runs[token.i] = next(iter(longest))
    return dict(sorted(runs.items()))


def _after_office(doc: Any, start: int) -> int:
    """Return where the name may begin after a title: behind what the office is of ("Secretary of State Jane Roe")."""
    if doc[start].lower_ not in ("of", "for"):
        return start
    for i in range(start + 1, min(start + 1 + _OFFICE, len(doc))):
        if doc[i].text in _PORTFOLIOS and (i + 1 == len(doc) or doc[i + 1].lower_ != "and"):
            return i + 1
    return start


def _beside(doc: Any, token: Any) -> list[str]:
    """Return the name of two words or more that ends in the apposition ``token`` to a noun for one person."""
    if token.pos_ != "PROPN" or token.head.tag_ != "NN" or token.head.i > token.i:
        return []
    kinds = things().heads.get(token.head.lower_, ())
    first = token.i
    while first > token.head.i + 1 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].text[0].isupper():
        first -= 1
    name = [part.text for part in doc[first : token.i + 1]]
    is_one = bool(kinds) and kinds[0] in (MentionKind.PERSON, MentionKind.GROUP) and doc[first - 1].text == ","
    return name if is_one and 2 <= len(name) <= _MAX_NAME else []


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    """Return the nouns for persons by what they are."""
    return frozenset(word for word, kinds in things().heads.items() if _PERSON in kinds)


def _run(doc: Any, first: int) -> list[str]:
    """Return the proper nouns from ``first`` on that make a name: capitalised, no title, at most four."""
    name: list[str] = []
    for token in doc[first : first + _MAX_NAME]:
        if token.pos_ != "PROPN" or not token.text[0].isupper() or token.is_punct:
            break
        if token.text in things().titles or token.lower_ in _offices():
            return name if name else []
        name.append(token.text)
    return name
