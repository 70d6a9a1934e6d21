"""Which way a time without direction lies: by the tense of the verb that governs it."""

from __future__ import annotations

from typing import Any

_FUTURE_MODALS = frozenset(("will", "shall", "'ll", "’ll", "wo", "can", "may", "must", "should"))
#: Governors of an infinitive, and participles, that put it ahead: "is due to meet on Friday", "scheduled for Monday".
_AHEAD = frozenset(
    ["expect", "plan", "schedule", "due", "set", "agree", "intend", "prepare", "hope", "want", "decide", "promise", "vow", "threaten", "propose", "aim", "slate", "ready", "likely", "order", "demand", "ask", "urge", "invite", "call", "go", "convene"]
)
_SCHEDULED = frozenset(["open", "begin", "start", "end", "expire", "close", "meet", "resume", "arrive", "take", "hold", "leave"])


def direction_of(doc: Any, start: int, end: int) -> int:
    """Return -1 where the verb over the characters ``start`` to ``end`` is past, 1 future, 0 where nothing says."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return 0
    token = span.root
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX") or token.tag_[:2] in ("VB", "MD"):
            found = _of_verb(token)
            if found:
                return found
        elif token.lemma_.lower() in ("due", "likely", "ready") and token.pos_ == "ADJ":
            return 1
        if token.head is token:
            break
        token = token.head
    return 0


def _of_verb(verb: Any) -> int:
    """The direction of one verb group, 0 where it leaves it to the verb above."""
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if auxiliaries & _FUTURE_MODALS:
        return 1 if "have" not in auxiliaries else -1
    tag = verb.tag_
    if tag == "VBD" or auxiliaries & {"had", "did", "was", "were"}:
        return 1 if tag in ("VBN", "VBG") and verb.lemma_.lower() in _AHEAD and not _finite_past(verb) else -1
    if tag == "VB" and "to" in auxiliaries:
        return 1 if verb.head is not verb and verb.head.lemma_.lower() in _AHEAD else 0
    if tag == "VBN":
        return 1 if verb.lemma_.lower() in _AHEAD else -1
    if tag == "VBG" and auxiliaries & {"is", "are", "am", "'s", "'re"}:
        return 1
    if tag in ("VBZ", "VBP") and verb.lemma_.lower() in _SCHEDULED:
        return 1
    return 0


def _finite_past(verb: Any) -> bool:
    return verb.dep_ == "ROOT" and verb.tag_ == "VBD"
