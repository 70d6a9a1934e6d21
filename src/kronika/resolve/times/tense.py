"""Which way a time without direction lies: by the tense of the verb that governs it."""

from __future__ import annotations

from typing import Any

from kronika.annotate.times.lexicon import load_times


def direction_of(doc: Any, start: int, end: int) -> int:
    """Return -1 where the verb over the characters ``start`` to ``end`` is past, 1 future, 0 where nothing says."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None or not doc.has_annotation("DEP"):
        return 0
    token = span.root
    before = span[0].nbor(-1) if span.start else None
    if before is not None and before.tag_ == "IN" and before.i:
        before = before.nbor(-1)
    if before is not None and before.tag_ == "VBD":
        return -1  # "said on Friday that he will": whatever the parse attaches it to
    weak = False
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX") or token.tag_[:2] in ("VB", "MD"):
            found = _of_verb(token)
            if found:
                return 0 if weak and found < 0 else found
        elif token.lemma_.lower() in ("due", "likely", "ready") and token.pos_ == "ADJ":
            return 1
        outside = not span.start <= token.i < span.end
        weak = weak or token.tag_ == "VB" or (outside and token.pos_ in ("NOUN", "PROPN", "ADJ"))
        if token.head is token:
            break
        token = token.head
    return 0


def _of_verb(verb: Any) -> int:
    """The direction of one verb group, 0 where it leaves it to the verb above."""
    words = load_times()
    lemma = verb.lemma_.lower()
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if auxiliaries & words.future_modals:
        return 1 if "have" not in auxiliaries else -1
    tag = verb.tag_
    if "had" in auxiliaries:
        return -1
    if tag == "VBD" or auxiliaries & {"did", "was", "were"}:
        return 1 if tag in ("VBN", "VBG") and lemma in words.ahead and not _finite_past(verb) else -1
    if "to" in auxiliaries and verb.head.lemma_ == "be" and verb.head.tag_ in ("VBZ", "VBP"):
        return 1
    if (tag == "VB" and "to" in auxiliaries) or ("to" in auxiliaries and verb.dep_ in ("acl", "relcl")):
        if verb.dep_ in ("acl", "relcl"):
            return 1
        return 1 if verb.head is not verb and verb.head.lemma_.lower() in words.ahead else 0
    if tag == "VBN" and auxiliaries & {"is", "are", "'s", "'re", "be", "being"} and lemma not in words.ahead:
        return 0
    if tag == "VBN":
        return 1 if lemma in words.ahead else -1
    if tag == "VBG" and auxiliaries & {"is", "are", "am", "'s", "'re"}:
        return 1
    if tag in ("VBZ", "VBP") and lemma in words.scheduled:
        return 1
    return 0


def _finite_past(verb: Any) -> bool:
    return verb.dep_ == "ROOT" and verb.tag_ == "VBD"
