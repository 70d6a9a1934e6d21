"""Wording: words that can tell a deed and, where they stand, name something else: a danger, a rule that is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.grammar.nearness import TELLING
from kronika.extract.reading import Draft, Reading
from kronika.extract.screening.grounds import is_force
from kronika.records import MentionKind

_WHO = frozenset(
    (MentionKind.STATE, MentionKind.BODY, MentionKind.PERSON, MentionKind.FORCES, MentionKind.ORGANISATION)
)
_CARE = frozenset(("medical", "psychological", "emergency", "urgent"))
_ARMS = frozenset((MentionKind.WEAPON, MentionKind.PRODUCT))
_NAMED = frozenset(("NNP", "NNPS"))
#: Lower-case words that a name may have inside ("Front for the Liberation of Rwanda").
_INSIDE = frozenset(("of", "for", "the", "and"))
#: Words that a headline in title case writes with a capital.
_CONTENT = frozenset(("NOUN", "VERB", "ADJ"))
#: What is done to a truce that stands, and words of time around it: it is not made then.
_KEEPING = frozenset(
    ("breach", "violate", "break", "observe", "respect", "honour", "honor", "uphold", "monitor", "test")
)
_BROKEN = frozenset(
    ("violation", "breach", "breaking", "observance", "monitoring", "term", "part", "collapse", "condition")
)
_BESIDE = frozenset(("despite", "amid", "under", "during", "since", "after", "before", "following", "until"))
_PAIRED = frozenset(("squad", "list", "man", "men", "team", "force", "group", "price", "rate"))
_TRADED = frozenset(("blame", "accusation", "barb", "insult", "charge", "word", "threat", "recrimination"))
_POSING = frozenset(("pose", "be", "remain", "become", "face", "represent", "constitute"))


def is_no_deed(draft: Draft, reading: Reading) -> bool:
    """Whether the words of a draft tell no deed where they stand."""
    token = draft.token
    if _is_in_name(token) or _is_in_pair(token) or _is_before_its_noun(token):
        return True
    rule = _RULES.get(draft.trigger.frame.id)
    return rule is not None and rule(draft, reading)


def _is_in_name(token: Any) -> bool:
    """Whether a noun is a part of a name ("the Forces for the Liberation of Rwanda"); all words of a headline are."""
    if token.tag_ not in _NAMED or token.i == token.sent.start or _is_headline(token.sent):
        return False
    doc, sentence = token.doc, token.sent
    before, after = token.i - 1, token.i + 1
    while before > sentence.start and doc[before].lower_ in _INSIDE:
        before -= 1
    while after < sentence.end - 1 and doc[after].lower_ in _INSIDE:
        after += 1
    is_led = before > sentence.start and doc[before].tag_ in (*_NAMED, "POS")
    return is_led and after < sentence.end and doc[after].tag_ in _NAMED


def _is_headline(sentence: Any) -> bool:
    return not any(token.pos_ in _CONTENT and token.text[0].islower() for token in sentence)


def _is_in_pair(token: Any) -> bool:
    """Whether a word is one of two joined before a noun ("search-and-arrest operations", "hit-and-run")."""
    doc, i = token.doc, token.i
    if "-" not in [doc[at].text for at in (i - 1, i + 1) if 0 <= at < len(doc)]:
        return False
    words = [word.lower_ for word in token.doc[max(0, token.i - 3) : token.i + 4]]
    at = min(token.i, 3)
    return words[at + 1 : at + 4] == ["-", "and", "-"] or words[max(0, at - 3) : at] == ["-", "and", "-"]


def _is_before_its_noun(token: Any) -> bool:
    """Whether a word only says of what kind a group is ("a hit squad", "a strike team")."""
    if token.lemma_ not in ("hit", "strike", "raid", "raiding") or token.i + 1 >= len(token.doc):
        return False
    return bool(token.nbor().lemma_.lower() in _PAIRED and token.nbor(-1).pos_ != "PRON") if token.i else False


def _is_kept(draft: Draft, reading: Reading) -> bool:
    """Whether a truce is only spoken of as one that stands, or is broken."""
    token, governor = draft.token, draft.token.head
    if token.dep_ in ("dobj", "nsubjpass", "compound"):
        return governor.lemma_ in _KEEPING
    if token.dep_ != "pobj":
        return False
    holder = governor.head
    is_deal = holder.lemma_ in ("deal", "agreement", "accord") and holder.head.lemma_ in _KEEPING
    return is_deal or governor.lower_ in _BESIDE or holder.lemma_ in _BROKEN or holder.lemma_ in _KEEPING


def _is_mere_danger(draft: Draft, reading: Reading) -> bool:
    """Whether a threat is only a danger ("the gang threat", "remains a threat"), or a warning of what is so."""
    token = draft.token
    if draft.trigger.is_verb:
        clause = next((c for c in token.rights if c.dep_ == "ccomp"), None)
        return token.lemma_ == "warn" and clause is not None and not _is_ahead(clause)
    if token.lemma_ != "threat" or draft.trigger.light is not None:
        return False
    if token.dep_ == "attr" or (token.dep_ == "dobj" and token.head.lemma_ in _POSING):
        return True
    is_said = any(
        c.dep_ in ("acl", "ccomp", "relcl") or c.lower_ in ("to", "against", "from", "by") for c in token.rights
    )
    return not is_said and not any(c.dep_ == "poss" for c in token.lefts)


def _is_ahead(clause: Any) -> bool:
    """Whether what is warned of is put as to come: with a modal, or "going to"."""
    return any(c.tag_ == "MD" for c in clause.lefts) or (clause.lemma_ == "go" and clause.tag_ == "VBG")


def _is_by_thing(draft: Draft, reading: Reading) -> bool:
    """Whether a deed, not somebody, breaks a rule ("the attack violated international law")."""
    if draft.token.lemma_ not in ("violate", "break", "defy"):
        return False
    subjects = [c for c in draft.token.lefts if c.dep_ == "nsubj"]
    nouns = [draft.token.head if c.lower_ in ("that", "which") else c for c in subjects]
    if any(c.dep_ == "csubj" for c in draft.token.lefts):
        return True  # "targeting clinics violates the law"
    return any(noun.pos_ == "NOUN" and noun.lemma_.lower() in predicates().nouns for noun in nouns)


def _is_made_possible(draft: Draft, reading: Reading) -> bool:
    """Whether a thing or state of things allows something ("a vacuum that allowed the cells to regroup")."""
    if draft.token.lemma_ not in ("allow", "permit"):
        return False
    subjects = [c for c in draft.token.lefts if c.dep_ == "nsubj"]
    nouns = [draft.token.head if c.lower_ in ("that", "which") else c for c in subjects]
    return any(noun.pos_ == "NOUN" and reading.mentions.describe(noun).kind not in _WHO for noun in nouns)


def _is_no_support(draft: Draft, reading: Reading) -> bool:
    """Whether it is protection by arms or a manner ("defend civilians", "burned beyond recognition")."""
    token = draft.token
    if not draft.trigger.is_verb:
        return token.dep_ == "pobj" and token.head.lower_ == "beyond"
    if token.dep_ == "acl" and token.tag_ == "VBN":  # "mercenaries supported by drones"
        means = [g for c in token.rights if c.lower_ == "by" for g in c.rights if g.dep_ == "pobj"]
        if means and all(reading.mentions.describe(t).kind in _ARMS for t in means):
            return True
    if token.lemma_ != "defend":
        return False
    objects = [c for c in token.rights if c.dep_ == "dobj"]
    kinds = {reading.mentions.describe(c).kind for c in objects if c.tag_ != "PRP"}
    return any(c.tag_ == "PRP" for c in objects) or bool(kinds & {MentionKind.GROUP, MentionKind.PLACE})


def _is_loaded(draft: Draft, reading: Reading) -> bool:
    """Whether something is filled ("drones charged with shrapnel"), nobody accused."""
    token = draft.token
    return token.lemma_ == "charge" and token.dep_ == "acl" and reading.mentions.weapon_at(token.head) is not None


def _is_sought(draft: Draft, reading: Reading) -> bool:
    """Whether something is only looked for ("searching for the causes"), nobody and nothing is searched."""
    token = draft.token
    if token.lemma_ != "search" or not draft.trigger.is_verb:
        return False
    has_object = any(c.dep_ in ("dobj", "nsubjpass") for c in token.children)
    return not has_object and any(c.lower_ == "for" for c in token.rights)


def _is_of_words(draft: Draft, reading: Reading) -> bool:
    """Whether only words are exchanged ("traded blame")."""
    return draft.token.lemma_ == "trade" and any(c.dep_ == "dobj" and c.lemma_ in _TRADED for c in draft.token.rights)


def _is_for_oneself(draft: Draft, reading: Reading) -> bool:
    """Whether a source wants to stay unnamed ("who requested anonymity")."""
    return any(c.dep_ == "dobj" and c.lemma_ == "anonymity" for c in draft.token.rights)


def _is_for_comment(draft: Draft, reading: Reading) -> bool:
    """Whether a reporter asks somebody, as the answer shows ("phoned the mayor, who declined to comment")."""
    return any(t.lemma_ == "comment" for t in draft.token.sent)


def _is_of_asking(draft: Draft, reading: Reading) -> bool:
    """Whether a source asks for no name, a reporter for words, somebody for a doctor: a request that is no news."""
    if draft.token.lemma_ == "seek":
        objects = (c for c in draft.token.rights if c.dep_ == "dobj")
        return any(child.lower_ in _CARE for thing in objects for child in thing.lefts)
    return _is_for_oneself(draft, reading) or (draft.token.lemma_ == "ask" and _is_for_comment(draft, reading))


def _is_standing(draft: Draft, reading: Reading) -> bool:
    """Whether a deployment only says where something stands, or is somebody's service ("at a post stationed there")."""
    token = draft.token
    if not draft.trigger.is_verb:
        return any(c.lower_ in ("his", "her") for c in token.lefts)  # "completed his deployment"
    is_beside = token.dep_ == "acl" and token.tag_ == "VBN"
    if not is_beside or any(c.lower_ == "by" for c in token.rights):
        return False
    return token.head.dep_ == "pobj" or not is_force(token.head)


def _is_told_there(draft: Draft, reading: Reading) -> bool:
    """Whether reporters came together only to be told what is told ("told a press conference")."""
    token = draft.token
    governor = token.head.head if token.dep_ == "pobj" else token.head
    return token.lemma_ == "conference" and governor.lemma_ in TELLING


def _is_of_power(draft: Draft, reading: Reading) -> bool:
    """Whether power is seized: a coup, no place that is taken."""
    objects = [*draft.token.rights, *draft.token.lefts]
    return any(c.dep_ in ("dobj", "nsubjpass") and c.lemma_ == "power" for c in objects)


def _is_with_reporter(draft: Draft, reading: Reading) -> bool:
    """Whether a call is only how somebody told it, or was asked ("told the newspaper in a telephone conversation")."""
    token = draft.token
    if draft.trigger.is_verb:
        return _is_for_comment(draft, reading)
    return (
        token.dep_ == "pobj"
        and token.head.lower_ in ("in", "by", "during")
        and token.head.head.lemma_ in ("tell", "say")
    )


_RULES: dict[str, Callable[[Draft, Reading], bool]] = {
    "ceasefire": _is_kept,
    "threaten": _is_mere_danger,
    "reject": _is_by_thing,
    "concede": _is_made_possible,
    "support": _is_no_support,
    "accuse": _is_loaded,
    "confiscate": _is_sought,
    "cooperate": _is_of_words,
    "appeal": _is_of_asking,
    "call": _is_with_reporter,
    "gather": _is_told_there,
    "deploy": _is_standing,
    "overrun": _is_of_power,
}
