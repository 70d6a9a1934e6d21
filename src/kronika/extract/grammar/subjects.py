"""Subjects: who a verb is said of, through passives, relatives, participles and coordination."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from kronika.annotate.sayings.lost_speakers import is_lost_speaker
from kronika.codebook.predicates import predicates
from kronika.codebook.things import things
from kronika.extract.grammar.misparses import (
    is_elliptic,
    is_shared,
    listed,
    subject_before,
    subject_of_participle,
    whole_name,
)
from kronika.extract.grammar.nearness import TELLING

_RELATIVE = frozenset(("who", "which", "that", "whom"))
#: Verbs whose object, not subject, does what follows ("ordered the troops to attack").
_OBJECT_CONTROL = frozenset(
    (
        *("order", "ask", "urge", "tell", "force", "allow", "cause", "send", "lead", "help", "let", "make"),
        *("instruct", "command", "require", "compel", "permit", "enable", "invite", "persuade", "press", "encourage"),
        *(
            "direct",
            "beg",
            "advise",
            "forbid",
            "warn",
            "request",
            "oblige",
            "pressure",
            "train",
            "convince",
            "authorise",
        ),
        *("authorize", "appeal", "call"),
    )
)
#: Verbs of which this holds after a preposition ("accused them of shelling", "stopped them from leaving").
_PREPOSITIONAL_CONTROL = frozenset(
    (
        *("accuse", "suspect", "convict", "acquit", "blame", "condemn", "criticise", "criticize", "denounce", "warn"),
        *("stop", "prevent", "bar", "keep", "deter", "ban", "block", "discourage", "sentence", "charge", "arrest"),
        *("slam", "rebuke", "castigate", "censure", "fault", "lambast", "lambaste", "praise", "thank", "commend"),
        *("forgive", "pardon", "sue", "indict", "investigate", "execute", "fine", "punish", "jail", "imprison"),
        *("hang", "deport", "detain", "expel", "question"),
    )
)
#: Verbs by which somebody goes on speaking in a participle.
_SPEAKING = TELLING | {"urge", "call", "accuse", "condemn", "demand", "describe", "stress", "blame", "denounce", "vow"}
#: Verb forms that the parse takes for nouns ("a gunman shot and killed two").
_VERB_OR_NOUN = frozenset(("shot", "hit", "raid", "attack"))
_NAMING = frozenset(("NOUN", "PROPN"))
#: Nouns after which "to …" says what somebody else is to do.
_ASKING = frozenset(
    (
        *("call", "demand", "appeal", "request", "order", "pressure", "invitation", "permission", "need", "chance"),
        *("opportunity", "time", "way", "right", "reason"),
    )
)
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


def expand(token: Any) -> list[Any]:
    """Return ``token`` and everything coordinated with it.

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> doc = load_model()("They hit shelters, bunkers and tanks.")
    >>> [t.text for t in expand(doc[2])]
    ['shelters', 'bunkers', 'tanks']
    """
    found = [token]
    if not token.rights:
        return found
    for item in found:
        joined = (item, *_titled(item)) if item.pos_ == "PROPN" else (item,)
        found.extend(
            child
            for one in joined
            for child in one.rights
            if child.dep_ == "conj" and child.pos_ in NOMINAL and not is_lost_speaker(child)
        )
        found.extend(listed(item))
    return found


def _titled(head: Any) -> list[Any]:
    """Return the names under an office under which the parse hung who comes next.

    "DR Congo President A and Minister B" (an apposition without a comma), "President of Mali A and King of Niger B".
    """
    found = []
    for child in head.rights:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and child.left_edge.i == head.i + 1:
            found.append(child)
        elif child.lower_ == "of" and head.text in _title_words():
            names = (c for c in child.rights if c.dep_ == "pobj")
            found.extend(n for n in names if any(c.dep_ == "conj" and _has_title(c) for c in n.rights))
    return found


def _has_title(name: Any) -> bool:
    return any(word.text in _title_words() for word in (name, *name.lefts))


@lru_cache(maxsize=1)
def _title_words() -> frozenset[str]:
    return frozenset(word for title in things().titles for word in title.split())


def expand_names(token: Any) -> list[Any]:
    """Return a modifier and the names coordinated with it ("French and Egyptian warships")."""
    found = [token]
    for item in found:
        found.extend(child for child in item.rights if child.dep_ == "conj" and child.text[0].isupper())
    return found


def subject_of(verb: Any, depth: int = 0) -> tuple[list[Any], bool]:
    """Return the surface subjects of ``verb`` and whether the verb is passive towards them.

    A verb without its own subject takes that of the verb it is coordinated with or depends on; a participle or
    relative clause takes the noun it modifies.
    """
    children = verb.children
    if verb.head.lemma_ == "leave" and verb.dep_ in ("ccomp", "xcomp", "oprd") and _is_bare_participle(verb):
        return _left_as(verb), True
    for child in children:
        if child.dep_ in ("csubj", "csubjpass") and (taken := _within_clause(child)) is not None:
            return taken, child.dep_ == "csubjpass"
        if child.dep_ in ("nsubj", "csubj"):
            return expand(antecedent(child, verb)), is_elliptic(verb)
        if child.dep_ == "nsubjpass":
            return expand(antecedent(child, verb)), True
    if (taken := subject_before(verb)) is not None:
        return expand(taken), False
    if (taken := subject_of_participle(verb)) is not None:
        return [taken], any(child.dep_ == "auxpass" for child in children)
    if depth > 4 or verb.head.i == verb.i:
        return [], False
    head = verb.head
    is_passive = any(child.dep_ == "auxpass" for child in children)
    if verb.dep_ == "conj" and head.lower_ in _VERB_OR_NOUN and head.pos_ == "NOUN":
        return [child for child in head.lefts if child.i == head.i - 1 and child.dep_ == "compound"], is_passive
    first = verb.left_edge
    if verb.dep_ == "advcl" and _is_bare_participle(verb) and first.i and first.nbor(-1).pos_ in _NAMING:
        return [first.nbor(-1)], True  # "was killed with an Afghan injured"
    if verb.dep_ == "acl" and verb.tag_ == "VBG" and head.dep_ == "pobj" and verb.nbor(-1).text == ",":
        found, was_passive = _of_clause(head, depth)
        if found and not was_passive:
            return found, False
    if verb.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON"):
        if verb.tag_ == "VBG" and head.lemma_ in predicates().messages and head.dep_ in ("dobj", "pobj"):
            return _author_of(head, depth)
        if _is_meant(verb, head):
            return _author_of(head, depth) if head.lemma_ not in _ASKING else ([], False)
        is_told = head.dep_ == "ROOT" and any(_has_object(one) for one in _joined(verb))
        is_done = (verb.tag_ in ("VBN", "VBD") and not is_told) or is_passive
        return expand(head)[:1], is_done and done_to_relative(verb) is None
    if verb.dep_ == "amod" and is_shared(head):
        return subject_of(head.head, depth + 1)[0], False
    if verb.dep_ == "relcl":
        return [whole_name(head)], verb.tag_ == "VBN" and is_passive
    if verb.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "prep") or head.dep_ == "prep":
        return _taken_over(verb, is_passive, depth)
    return [], False


def _within_clause(clause: Any) -> list[Any] | None:
    """Return the subject that the parse took for a part of a clause, None of what is a clause.

    "…, adding nine soldiers were wounded" (the telling as the subject), "three of its men deployed there were killed".
    """
    if clause.tag_ == "VBG" and clause.lemma_ in TELLING:
        return [t for c in clause.rights if c.dep_ == "dobj" for t in expand(c)]
    counted = [c for c in clause.lefts if c.dep_ == "nsubj" and c.pos_ == "NUM"]
    return counted if clause.tag_ == "VBN" and counted else None


def _taken_over(verb: Any, is_passive: bool, depth: int) -> tuple[list[Any], bool]:
    """Return the subjects that a verb takes from the one it is coordinated with or depends on, or that one's object."""
    head = verb.head
    governor = head.head if head.dep_ == "prep" else head
    if verb.dep_ == "xcomp" and governor.lemma_ in _OBJECT_CONTROL:
        objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
        if objects:
            return expand(objects[0]), is_passive
    if verb.dep_ == "xcomp" and governor.lemma_ in ("call", "appeal"):  # "called on both sides to support the deal"
        addressed = [c for c in governor.rights if c.dep_ == "prep" and c.lower_ in ("on", "upon", "to")]
        found = [t for c in addressed for g in c.rights if g.dep_ == "pobj" for t in expand(g)]
        if found:
            return found, is_passive
    if head.dep_ == "prep" and governor.lemma_ in _PREPOSITIONAL_CONTROL:
        objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
        if not objects and governor.dep_ == "acl":
            objects = [governor.head]
        return (expand(objects[0]) if objects else []), is_passive
    if governor.pos_ == "ADJ" and governor.dep_ == "acomp":
        governor = governor.head  # "is willing to withdraw"
    if _is_charged(verb, governor):
        objects = [child for child in governor.children if child.dep_ in ("dobj", "nsubjpass")]
        return (expand(objects[0]) if objects else []), is_passive
    if verb.dep_ == "ccomp" and governor.lemma_ in TELLING and verb.tag_ in ("VBD", "VBZ", "VBP"):
        return [], is_passive  # "“And fired at the town,” he wrote"
    if governor.pos_ in ("VERB", "AUX"):
        found, was_passive = subject_of(_past_demand(verb, _past_aside(verb, governor)), depth + 1)
        if verb.dep_ == "conj" and verb.tag_ == "VBN" and was_passive:
            return found, True
        return ([] if was_passive and verb.tag_ == "VBG" else found), is_passive
    return [], False


def _past_aside(verb: Any, governor: Any) -> Any:
    """Return what a verb goes on from past "he said" ("A drone hit the ward, he said, and killed nine")."""
    if governor.lemma_ not in TELLING or verb.lemma_ in TELLING:
        return governor
    if verb.dep_ != "conj" and not (verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.lemma_ not in _SPEAKING):
        return governor
    subject = next((child for child in governor.lefts if child.dep_ == "nsubj"), None)
    told = next((child for child in governor.lefts if child.dep_ == "ccomp"), None)
    return told if told is not None and subject is not None and told.i < subject.i else governor


def _past_demand(verb: Any, governor: Any) -> Any:
    """Return what a participle of speech goes on from past what is asked or said ("told it to leave, urging calm")."""
    if verb.dep_ != "advcl" or verb.lemma_ not in _SPEAKING or verb.left_edge.i == 0:
        return governor
    is_asked = governor.dep_ == "xcomp" and governor.tag_ == "VB"
    is_said = governor.dep_ == "ccomp" and governor.head.lemma_ in TELLING and governor.head.i < governor.i
    return governor.head if (is_asked or is_said) and verb.left_edge.nbor(-1).text == "," else governor


def _joined(verb: Any) -> list[Any]:
    """Return a verb with those coordinated after it."""
    return [verb, *(child for child in verb.rights if child.dep_ == "conj" and child.pos_ == "VERB")]


def _has_object(verb: Any) -> bool:
    """Whether a verb has an object: then what the parse took for a participle is told ("The army freed ten men")."""
    return any(child.dep_ == "dobj" for child in verb.children)


def done_to_relative(verb: Any) -> Any | None:
    """Return what a relative clause is about whose verb the parse took for a participle after its subject.

    In "the convoy which rebels ambushed was carrying food" the parse lets "ambushed" modify "rebels" and gives "which"
    to the main verb.
    """
    subject = verb.head
    if subject.dep_ != "nsubj" or verb.i != subject.i + 1 or any(c.dep_ == "agent" for c in verb.rights):
        return None
    taken = any(c.dep_ == "dobj" and c.lower_ in _RELATIVE and c.i < subject.i for c in subject.head.lefts)
    return subject.head.head if taken and subject.head.dep_ == "relcl" else None


def _is_meant(verb: Any, noun: Any) -> bool:
    """Whether an infinitive says what somebody means to do ("a plan to …"), not what the noun does ("the man to …")."""
    has_to = any(child.tag_ == "TO" for child in verb.lefts)
    return has_to and noun.pos_ == "NOUN" and not things().heads.get(noun.lemma_.lower())


def _author_of(message: Any, depth: int) -> tuple[list[Any], bool]:
    """Return who says what a message says: its possessor, else who issues it ("a letter demanding that they go")."""
    owners = [child for child in message.lefts if child.dep_ == "poss"]
    governor = message.head.head if message.head.dep_ == "prep" else message.head
    return (expand(owners[0]), False) if owners else subject_of(governor, depth + 1)


def _is_bare_participle(verb: Any) -> bool:
    """Whether a verb is a past participle without an auxiliary or object of its own."""
    return verb.tag_ in ("VBN", "VBD") and not any(
        child.dep_ in ("aux", "auxpass", "dobj", "mark", "advmod") for child in verb.children
    )


def _left_as(participle: Any) -> list[Any]:
    """Return who is left in a state ("left one student injured"), by either parse: its subject or the verb's object."""
    own = [child for child in participle.lefts if child.dep_ == "nsubj"]
    found = own or [child for child in participle.head.rights if child.dep_ == "dobj"]
    return expand(found[0]) if found else []


def _of_clause(noun: Any, depth: int) -> tuple[list[Any], bool]:
    """Return the subjects of the clause of a noun: "moved in on the outskirts, seizing a school" is of who moved."""
    node = noun
    while node.head.i != node.i:
        node = node.head
        if node.pos_ == "VERB":
            return subject_of(node, depth + 1)
    return [], False


def _is_charged(verb: Any, governor: Any) -> bool:
    """Whether a participle goes on with what somebody is accused of ("accuse them of killings, razing villages")."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or governor.lemma_ not in ("accuse", "suspect", "convict", "blame"):
        return False
    behind = [*governor.rights, *(g for c in governor.rights if c.dep_ == "dobj" for g in c.rights)]
    return any(c.dep_ == "prep" and c.lower_ in ("of", "for") and c.i < verb.i for c in behind)


def antecedent(subject: Any, verb: Any) -> Any:
    """Return the noun behind a relative pronoun, else the subject itself.

    So where somebody tells it ("a raid that the army said killed six").
    """
    if subject.text.lower() not in _RELATIVE:
        return subject
    before = subject.nbor(-1) if subject.i else subject
    if verb.dep_ != "relcl" and subject.tag_ in ("WDT", "IN") and before.pos_ in _NAMING:
        return before  # "in fighting that, the group said, killed six"
    if verb.dep_ == "ccomp" and verb.head.dep_ == "relcl" and verb.head.lemma_ in TELLING and verb.head.i < verb.i:
        verb = verb.head if subject.i < verb.head.i else verb
    return whole_name(verb.head) if verb.dep_ == "relcl" else subject
