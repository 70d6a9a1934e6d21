"""Words about a deed that tell none: a figure of nobody hurt, a report that was not made, a habit."""

from __future__ import annotations

from typing import Any

from kronika.annotate.parsing.tree import stretch
from kronika.codebook.attribution import speech
from kronika.codebook.predicates import predicates
from kronika.extract.assertions.denials import is_denied_in_words
from kronika.extract.grammar.subjects import expand
from kronika.extract.reading import Draft
from kronika.records import Status

#: Harm that is denied is a count of zero, which the figures and effects of the attack carry.
_HARM = frozenset(("kill", "wound", "hurt", "die"))
_TELLING = frozenset(
    ("report", "say", "comment", "confirm", "specify", "mention", "disclose", "know", "name", "deny", "claim", "give")
)
_CLEAR = frozenset(("clear", "known", "certain"))
_UNCLEAR = frozenset(("unclear", "unknown", "uncertain"))
#: What is to stop is nothing that is planned ("urged them to halt attacks on ships", "to protect it from attacks").
_ENDING = frozenset(("halt", "stop", "end", "cease", "prevent", "avoid", "deter", "avert"))
#: What a place is for those who attack from it ("a base for raids on villages").
_GROUNDS = frozenset(("base", "post", "ground", "springboard", "launchpad", "hub", "pretext", "corridor"))
_ENDS = frozenset(("halt", "end", "stop", "cessation"))
_SHIELDING = frozenset(("protect", "safeguard", "shield", "defend", "save"))
#: What forces are raised for ("a mission to counter attacks on ships").
_FACING = frozenset(("counter", "combat", "curb", "tackle", "confront", "address", "withstand", "thwart"))
#: What people flee is told elsewhere ("were trying to flee fighting in their area").
_ESCAPING = frozenset(("flee", "escape"))
#: What rescuers search, and for whom.
_REMAINS = frozenset(("ruin", "rubble", "debris", "wreckage", "remains"))
_LOST = frozenset(("survivor", "body", "victim", "remains", "relative"))
#: What names a way of fighting, not a deed ("a strategy of raids on villages", "resorts to air strikes").
_WAYS = frozenset(("strategy", "tactic", "policy", "practice", "use", "resort", "rely"))
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
_CORRECTING = ("(", "*", *(opening[0] for opening in _CORRECTIONS))
_HABIT = frozenset(("always", "often", "usually", "regularly", "frequently", "every", "only", "never", "sometimes"))


def is_no_report(draft: Draft) -> bool:
    """Whether a draft tells no deed: "nobody was injured", "did not report any hits", "attacks almost every night"."""
    token = draft.token
    if is_denied_in_words(draft) and (draft.trigger.frame.id not in _HARM or draft.roles.get("actor")):
        return _is_taken_back(token) or _is_of_words(draft)
    if draft.verdict.status is Status.DENIED and (
        draft.trigger.frame.id in _HARM or _is_untold(token) or _is_none(token)
    ):
        return True
    if (
        _is_yet_untold(token)
        or _is_of_words(draft)
        or _is_empty(draft)
        or _is_taken_back(token)
        or _is_unclear(token)
        or _is_uninformed(draft)
    ):
        return True
    if draft.trigger.frame.type != "ASSAULT":
        return False
    first = token
    while first.dep_ == "conj":
        first = first.head  # "fleeing hunger and air strikes"
    if first.dep_ in ("dobj", "xcomp") and first.head.lemma_ in _ESCAPING:
        return True
    if token.dep_ == "xcomp" and token.head.lemma_ in _ENDING and token.head.tag_ == "VB":
        return True
    return _is_habit(token) if draft.trigger.is_verb else _is_general(draft)


def _is_uninformed(draft: Draft) -> bool:
    """Whether the text only says that nothing is told of a deed ("no details of the attack", "no information on …")."""
    if draft.verdict.status is not Status.DENIED:
        return False
    words = (draft.token.doc[i] for i in draft.verdict.cues)
    return any(word.lower_ == "no" and word.head.lemma_ in predicates().information for word in words)


def _is_taken_back(token: Any) -> bool:
    """Whether the sentence corrects a report: what "an earlier version" said is no longer said."""
    if not token.doc[token.sent.start].lower_.startswith(_CORRECTING):
        return False
    opening = stretch(token.doc, token.sent.start, min(token.sent.end, token.sent.start + _OPENING)).text.lower()
    return opening.lstrip("(*").startswith(_CORRECTIONS)


def _is_untold(token: Any) -> bool:
    """Whether the negation is of a word of telling ("did not comment on the attack"), not of the deed."""
    node = token
    for _ in range(6):
        if node.head.i == node.i:
            break
        node = node.head
        if node.lemma_ in _TELLING and any(
            c.dep_ == "neg" or c.lower_ == "neither" or _is_nobody(c) for c in node.children
        ):
            return True
    return False


def _is_yet_untold(token: Any) -> bool:
    """Whether somebody has not told of the deed so far ("are yet to comment on the attack")."""
    node = token
    for _ in range(4):
        if node.head.i == node.i:
            return False
        node = node.head
        if node.lemma_ in _TELLING and node.tag_ == "VB":
            return any(child.lower_ == "yet" for child in (*node.head.children, *node.children))
    return False


def _is_nobody(subject: Any) -> bool:
    """Whether "no group", "no one" tells it."""
    words = (subject, *subject.lefts)
    return subject.dep_ == "nsubj" and any(w.lower_ in ("no", "nobody", "none", "neither") for w in words)


def _is_unclear(token: Any) -> bool:
    """Whether a deed stands in a question that the text leaves open ("it was not clear whether police had …")."""
    node = token
    for _ in range(6):
        if node.dep_ in ("relcl", "advcl") or node.head.i == node.i:
            return False
        node = node.head
        if node.lemma_ != "be" and node.pos_ != "AUX":  # "it’s" keeps its own lemma
            continue
        states = {c.lower_ for c in node.children if c.dep_ == "acomp"}
        is_denied = any(c.dep_ == "neg" for c in node.children)
        return bool(states & _UNCLEAR or (is_denied and states & _CLEAR))
    return False


def _is_none(token: Any) -> bool:
    """Whether an event noun is only counted as none ("there were no hits"), not denied of a target."""
    first = token.head if token.dep_ == "conj" else token  # "no casualties or destruction"
    return token.pos_ == "NOUN" and any(c.lower_ in ("no", "without") for c in (*first.lefts, first.head))


def _is_of_words(draft: Draft) -> bool:
    """Whether what is given, released or refused is only information ("released a statement", "declined to say")."""
    token, frame = draft.token, draft.trigger.frame
    if not draft.trigger.is_verb:
        return frame.type == "ACCUSE" and token.dep_ == "dobj" and token.head.lemma_ in speech().rejecting
    if frame.id in ("aid", "agree") and draft.roles.get("recipient"):
        return False
    if frame.id == "threaten" and token.lemma_ == "warn":
        return any(c.dep_ == "ccomp" and _is_past(c) for c in token.rights)
    if frame.type == "ACCUSE" and token.lemma_ == "claim":
        return any(
            _is_own(g) for c in token.rights if c.dep_ == "ccomp" for g in c.lefts if g.dep_ in ("nsubj", "nsubjpass")
        )
    if frame.type == "REQUEST" and token.lemma_ in ("ask", "request"):
        return any(c.dep_ == "xcomp" and _is_unnamed(c) for c in token.rights)
    if frame.id == "confiscate" and token.lemma_ == "search":
        return any(c.lemma_ in _REMAINS for c in _objects(token)) or any(
            c.dep_ == "prep" and c.lower_ == "for" and any(g.lemma_ in _LOST for g in c.rights) for c in token.rights
        )
    if frame.id in ("release", "aid", "agree", "consult", "access"):
        return any(_is_information(child) for child in _objects(token))
    if frame.id == "reject" and token.lemma_ == "decline":
        return any(c.dep_ == "xcomp" and c.lemma_ in predicates().saying for c in token.rights)
    return False


def _is_own(subject: Any) -> bool:
    """Whether a claim is of one's own side or of things ("it struck", "its forces", "air defences")."""
    is_owned = subject.pos_ == "PRON" or any(c.tag_ == "PRP$" for c in subject.lefts)
    return is_owned or (subject.pos_ == "NOUN" and not any(c.text[:1].isupper() for c in subject.lefts))


def _is_past(verb: Any) -> bool:
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.lefts if c.dep_ in ("aux", "auxpass"))


def _is_unnamed(verb: Any) -> bool:
    """Whether a source only wants to stay unnamed ("asked not to be identified", "not to use his name")."""
    is_named = verb.lemma_ in ("name", "identify", "quote") or any(
        c.lemma_ in ("name", "anonymity") for c in verb.rights
    )
    return is_named and any(c.dep_ == "neg" for c in verb.lefts)


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
    if frame.id == "confiscate" and token.lemma_ == "search":
        return any(c.dep_ == "prep" and c.lower_ == "for" for c in token.rights)
    is_bare = draft.trigger.light is None and not any(draft.roles.values())
    return is_bare and frame.id in ("threaten", "aid")


def _is_habit(token: Any) -> bool:
    """Whether a verb in the simple present tells what is done as a rule; a headline has no full stop."""
    if token.tag_ not in ("VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") for c in token.children):
        return False
    return any(t.lower_ in _HABIT for t in token.subtree) or _is_practised(token)


def _is_practised(token: Any) -> bool:
    """Whether somebody says after the lead what is done in general ("the army says it targets military sites")."""
    if token.dep_ != "ccomp" or token.head.lemma_ not in _TELLING or token.sent.start == 0:
        return False
    objects = [noun for child in token.rights if child.dep_ == "dobj" for noun in expand(child)]
    has_time = any(child.dep_ in ("npadvmod", "advmod") or child.lower_ in ("on", "in") for child in token.rights)
    return any(noun.tag_ == "NNS" for noun in objects) and not has_time


def _is_general(draft: Draft) -> bool:
    """Whether an event noun is a bare plural that nothing fixes ("the consequences of attacks")."""
    token = draft.token
    if any(c.lower_ in ("all", "any", "every", "such") for c in token.lefts) or _is_of_series(token):
        return True
    if draft.verdict.status is Status.PLANNED and not any(draft.roles.values()):
        return True
    if token.tag_ == "NNS" and _is_practice(token, draft.verdict.status):
        return True
    if token.tag_ != "NNS" or draft.trigger.light is not None:
        return False
    is_bare = not any(c.dep_ in ("det", "nummod", "poss") for c in token.children)
    if is_bare and token.dep_ == "nsubj" and token.head.lemma_ == "be" and token.head.tag_ in ("VBZ", "VBP"):
        return True  # "killings of civilians are crimes"
    if any(draft.roles.values()):
        return False
    return not any(c.dep_ in ("det", "nummod", "poss", "amod", "prep") for c in token.children)


def _is_practice(token: Any, status: Status) -> bool:
    """Whether plural deeds are what is to end or a way of fighting, and are neither counted nor known."""
    if any(c.dep_ in ("det", "nummod", "poss") for c in token.children):
        return False
    if token.dep_ == "dobj" and token.head.lemma_ in _ENDING:
        return status is not Status.OCCURRED
    if token.dep_ == "pobj" and token.head.lower_ in ("to", "of") and token.head.head.lemma_ in _ENDS:
        return status is not Status.OCCURRED
    if token.dep_ == "pobj" and token.head.lower_ == "for" and token.head.head.lemma_ in _GROUNDS:
        return True
    faced = token.head if token.dep_ == "dobj" else token.head.head
    is_dealt_with = token.dep_ == "pobj" and token.head.lower_ == "with" and faced.lemma_ in ("deal", "cope")
    if faced.tag_ == "VB" and (is_dealt_with or (token.dep_ == "dobj" and faced.lemma_ in _FACING)):
        return True
    if token.dep_ == "pobj" and token.head.lower_ == "from" and token.head.head.lemma_ in _SHIELDING:
        return True
    node = token
    for _ in range(4):
        if node.lemma_ in _WAYS and node.tag_ not in ("VBD", "VBN") and node is not token:
            return True
        if node.dep_ in ("ccomp", "relcl") or node.head.i == node.i:
            return False
        node = node.head
    return False


def _is_of_series(token: Any) -> bool:
    """Whether an event noun only names a series that a day or blow belongs to ("in the second day of strikes on …")."""
    preposition = token.head
    return (
        token.dep_ == "pobj"
        and token.tag_ == "NNS"
        and preposition.lower_ == "of"
        and (preposition.head.lemma_ in _SERIES or preposition.head.lower_ == "one")
    )
