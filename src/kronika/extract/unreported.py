"""Words about a deed that tell none: a figure of nobody hurt, a report that was not made, a habit."""

from __future__ import annotations

from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.reading import Draft
from kronika.records import Status

#: Harm that is denied is a count of zero, which the figures and effects of the attack carry.
_HARM = frozenset(("kill", "wound", "hurt", "die"))
_TELLING = frozenset(
    ("report", "say", "comment", "confirm", "specify", "mention", "disclose", "know", "name", "deny", "claim", "give")
)
_SERIES = frozenset(("day", "night", "week", "month", "year", "campaign", "consequence"))
#: How a paragraph opens that corrects the report itself, and within how many tokens.
_CORRECTIONS = (
    "corrects ",
    "correction:",
    "correction :",
    "clarification:",
    "an earlier version of",
    "a previous version of",
)
_OPENING = 8
_HABIT = frozenset(("always", "often", "usually", "regularly", "frequently", "every", "only", "never", "sometimes"))


def is_no_report(draft: Draft) -> bool:
    """Whether a draft tells no deed: "nobody was injured", "did not report any hits", "attacks almost every night"."""
    token = draft.token
    if draft.verdict.status is Status.DENIED and (
        draft.trigger.frame.id in _HARM or _is_untold(token) or _is_none(token)
    ):
        return True
    if _is_of_words(draft) or _is_empty(draft) or _is_taken_back(token):
        return True
    if draft.trigger.frame.type != "ASSAULT":
        return False
    return _is_habit(token) if draft.trigger.is_verb else _is_general(draft)


def _is_taken_back(token: Any) -> bool:
    """Whether the sentence corrects a report: what "an earlier version" said is no longer said."""
    opening = token.doc[token.sent.start : min(token.sent.end, token.sent.start + _OPENING)].text.lower()
    return opening.lstrip("(*").startswith(_CORRECTIONS)


def _is_untold(token: Any) -> bool:
    """Whether the negation is of a word of telling ("did not comment on the attack"), not of the deed."""
    node = token
    for _ in range(6):
        if node.head.i == node.i:
            break
        node = node.head
        if node.lemma_ in _TELLING and any(c.dep_ == "neg" or c.lower_ == "neither" for c in node.children):
            return True
    return False


def _is_none(token: Any) -> bool:
    """Whether an event noun is only counted as none ("there were no hits"), not denied of a target."""
    return token.pos_ == "NOUN" and any(c.lower_ in ("no", "without") for c in (*token.lefts, token.head))


def _is_of_words(draft: Draft) -> bool:
    """Whether what is given, released or refused is only information ("released a statement", "declined to say")."""
    token, frame = draft.token, draft.trigger.frame
    if not draft.trigger.is_verb:
        return False
    if frame.id in ("aid", "agree") and draft.roles.get("recipient"):
        return False
    if frame.id in ("release", "aid", "agree", "consult", "access"):
        return any(_is_information(child) for child in _objects(token))
    if frame.id == "reject" and token.lemma_ == "decline":
        return any(c.dep_ == "xcomp" and c.lemma_ in predicates().saying for c in token.rights)
    return False


def _objects(verb: Any) -> list[Any]:
    """Return the object of a verb, or what a participle after a noun is said of."""
    found = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")]
    return [*found, verb.head] if verb.dep_ == "acl" else found


def _is_information(noun: Any) -> bool:
    if noun.lemma_.lower() in predicates().information:
        return True
    return any(c.lemma_.lower() in predicates().information for c in noun.rights if c.dep_ == "conj")


def _is_empty(draft: Draft) -> bool:
    """Whether a noun of words or force stands alone: nobody makes the threat, nobody is searched; "in protest of"."""
    token, frame = draft.token, draft.trigger.frame
    if draft.trigger.is_verb:
        if frame.id != "consult" or token.lemma_ not in ("receive", "host"):
            return False
        guests = {t.i for t in draft.roles.get("recipient", ())}
        return not any(c.dep_ in ("dobj", "nsubjpass") and (c.pos_ == "PROPN" or c.i in guests) for c in token.children)
    if frame.type == "PROTEST":
        after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
        return token.dep_ == "pobj" and token.head.lower_ == "in" and after in ("of", "at", "against", "over")
    is_bare = draft.trigger.light is None and not any(draft.roles.values())
    return is_bare and frame.id == "threaten"


def _is_habit(token: Any) -> bool:
    """Whether a verb in the simple present tells what is done as a rule; a headline has no full stop."""
    if token.tag_ not in ("VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False
    return any(t.lower_ in _HABIT for t in token.subtree)


def _is_general(draft: Draft) -> bool:
    """Whether an event noun is a bare plural that nothing fixes ("the consequences of attacks")."""
    token = draft.token
    if any(c.lower_ in ("all", "any", "every", "such") for c in token.lefts) or _is_of_series(token):
        return True
    if draft.verdict.status is Status.PLANNED and not any(draft.roles.values()):
        return True
    if token.tag_ != "NNS" or draft.trigger.light is not None:
        return False
    is_bare = not any(c.dep_ in ("det", "nummod", "poss") for c in token.children)
    if is_bare and token.dep_ == "nsubj" and token.head.lemma_ == "be" and token.head.tag_ in ("VBZ", "VBP"):
        return True  # "killings of civilians are crimes"
    if any(draft.roles.values()):
        return False
    return not any(c.dep_ in ("det", "nummod", "poss", "amod", "prep") for c in token.children)


def _is_of_series(token: Any) -> bool:
    """Whether an event noun only names a series that a day or blow belongs to ("in the second day of strikes on …")."""
    preposition = token.head
    return (
        token.dep_ == "pobj"
        and token.tag_ == "NNS"
        and preposition.lower_ == "of"
        and (preposition.head.lemma_ in _SERIES or preposition.head.lower_ == "one")
    )
