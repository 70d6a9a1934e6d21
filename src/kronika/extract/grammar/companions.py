"""Companions: who is named beside a participant, in a list, as part of it, or as another nation's."""

from __future__ import annotations

from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.codebook.states import states
from kronika.extract.grammar.subjects import expand
from kronika.records import Mention, MentionKind

#: Who can do a deed together.
DOERS = frozenset((MentionKind.FORCES, MentionKind.BODY, MentionKind.GROUP))


def listed_beside(token: Any, mentions: Mentions) -> list[Any]:
    """Return the other doers of a list that the parse took for descriptions ("the army, police and militiamen")."""
    found: list[Any] = []
    for child in token.lefts:
        follows = child.doc[child.i + 1].lower_ if child.i + 1 < token.i else ""
        if child.dep_ in ("nmod", "compound") and follows in (",", "and", "or"):
            found.extend(expand(child))
    for child in token.rights:
        is_bare = child.dep_ == "appos" and not any(c.dep_ in ("det", "poss") for c in child.lefts)
        if is_bare and any(c.dep_ == "cc" for c in child.rights):
            found.extend(expand(child))
    return [t for t in found if mentions.describe(t).kind in DOERS]


def included(token: Any) -> list[Any]:
    """Return whom a participant is said to include ("units, including the 5th", "two men, Jan Roe and Al Poe")."""
    found = [
        g for c in token.rights if c.dep_ == "prep" and c.lower_ == "including" for g in c.rights if g.dep_ == "pobj"
    ]
    if token.tag_ in ("NNS", "NNPS"):
        counting = token.head.head if token.dep_ == "pobj" and token.head.head.pos_ == "NUM" else token
        named = (c for one in {counting.i: counting, token.i: token}.values() for c in one.rights)
        found += [t for c in named if c.dep_ == "appos" and c.pos_ == "PROPN" and _is_aside(c) for t in expand(c)]
    return found


def _is_aside(name: Any) -> bool:
    """Whether a name stands between commas or dashes, not as an abbreviation in brackets."""
    return name.left_edge.i > 0 and name.left_edge.nbor(-1).text in (",", ":", "-", "--", "–", "—")


def other_states(token: Any, mention: Mention) -> list[Any]:
    """Return the states coordinated beside a noun besides its own: they are of two sides.

    "Thai and Cambodian soldiers", "the leaders of Greece and Turkey".
    """
    words = [c for c in token.lefts if c.dep_ in ("amod", "nmod", "compound") and c.text[0].isupper()]
    if token.tag_ == "NNS" and not words:
        words = [g for c in token.rights if c.lower_ == "of" for g in c.rights if g.dep_ == "pobj"]
    for word in words:
        words.extend(c for c in word.rights if c.dep_ == "conj" and c.text[0].isupper())
    found = {states().country_of(w.text): w for w in words} if len(words) > 1 else {}
    return [word for code, word in found.items() if code not in (None, mention.country)]
