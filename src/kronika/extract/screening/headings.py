"""Headings: a word before a colon that names the kind of deed a report tells ("Looting: On Friday militants …")."""

from __future__ import annotations

from typing import Any

from kronika.extract.grammar.subjects import expand
from kronika.extract.happenings.merging import absorb
from kronika.extract.reading import TRIED, Draft, Reading

#: A heading has at most so many words.
_WORDS = 5


def in_heading(token: Any) -> bool:
    """Whether a noun stands in a heading: the first words of a text or line, up to a colon, without a verb."""
    start = token.sent.start
    if token.i - start >= _WORDS:
        return False
    for other in token.doc[start : start + _WORDS + 1]:
        if other.text == ":":
            return other.i > token.i
        if other.pos_ in ("VERB", "AUX", "PUNCT"):
            return False
    return False


def under_headings(drafts: list[Draft], reading: Reading) -> list[Draft]:
    """Return the drafts with a heading's joined to the deed it announces: the next of its type in the same line.

    Where the line tells no deed of that type in other words, the heading stays an event, done by the subject of the
    line's main clause ("Movement of troops: On Monday a convoy headed north").
    """
    found = []
    for draft in drafts:
        if draft.trigger.is_verb or not in_heading(draft.token):
            found.append(draft)
            continue
        told = next((other for other in drafts if other is not draft and _is_announced(draft, other, reading)), None)
        if told is not None:
            draft.roles = {}
            absorb(told, draft)
            told.heading = draft.trigger.frame.id
            continue
        draft.roles = {"actor": _doers(draft.token)}
        draft.heading = draft.trigger.frame.id
        found.append(draft)
    return found


def _doers(heading: Any) -> list[Any]:
    """Return the subject of the first clause after a heading that has one."""
    after = [token for token in heading.doc[heading.i : heading.sent.end] if token.i > heading.i]
    for token in after:
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.pos_ in ("VERB", "AUX"):
            return expand(token)
    # "a convoy headed north" is read as a convoy that was headed
    return next(([t] for t in after if t.dep_ == "appos" and any(c.dep_ == "acl" for c in t.rights)), [])


def _is_announced(heading: Draft, other: Draft, reading: Reading) -> bool:
    """Whether a deed is what a heading names: of its type, told as real, in its sentence or the next."""
    return (
        other.trigger.frame.type == heading.trigger.frame.type
        and other.verdict.status in TRIED
        and not in_heading(other.token)
        and other.token.i > heading.token.i
        and reading.sentences_between(heading.token, other.token) <= 1
    )
