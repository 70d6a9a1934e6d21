"""Joining: two triggers of one sentence that tell one happening."""

from __future__ import annotations

from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.grammar.nearness import TELLING, is_parted, path_up
from kronika.extract.happenings.episodes import is_result
from kronika.extract.happenings.same_scene import is_intercepted
from kronika.extract.happenings.sameness import ORDINALS, are_places_one, is_apart, times_agree
from kronika.extract.predicates.triggers import Trigger
from kronika.extract.reading import REAL, Draft, Reading
from kronika.records import Status

#: What stands under one of these is another deed: the one that is answered, or counted from.
_ANSWERS = frozenset(
    ("since", "response", "retaliation", "revenge", "reprisal", "reply", "answer", "retribution", "amid")
)


_AFTER = frozenset(("follow", "precede"))


def is_of_verb(noun: Draft, draft: Draft) -> bool:
    """Whether a noun told before hangs under a verb of the same deed ("In a separate attack, a mine hit a bus")."""
    if noun.trigger.is_verb or noun.token.head.lower_ != "in":
        return False
    same = noun.trigger.frame.type == draft.trigger.frame.type and noun.verdict.status is draft.verdict.status
    return same and _is_linked(noun.token, draft.token)


def is_joined(first: Draft, second: Draft, reading: Reading) -> bool:
    """Whether two triggers of one sentence tell one happening: subject and verb, cause and toll, a count of it."""
    b = second.token
    here = [trigger for trigger in first.triggers if trigger.token.sent.start == b.sent.start]
    if {first.verdict.status, second.verdict.status} - REAL:
        return first.verdict.status is second.verdict.status and any(_is_linked(t.token, b) for t in here)
    if _is_other_day(first, second) or _are_crossed(first, second, reading):
        return False
    if _is_equated(second) or _is_counted_beside(second):
        return True
    if any(rule(first, second) for rule in (_is_launched, _is_explained, _is_when, _is_made_of)):
        return True
    is_one_clause = any(t.token.dep_ == "nsubj" and t.token.head.i == b.i for t in here)
    if _is_of_old(first) != _is_of_old(second) and not is_one_clause:
        # "a mine left from earlier fighting exploded", but "were killed in an earlier attack"
        return any(_is_toll_in(t.token, b) or _is_toll_in(b, t.token) for t in here)
    if _is_called_again(first, second) and not is_apart(second, first, reading):
        return True
    if is_intercepted(second, first, reading) and not is_apart(second, first, reading):
        return True
    here = [trigger for trigger in here if not is_parted(trigger.token, b)]
    if (
        _is_next_deed(first, second)
        or _is_elsewhere(first, second, reading)
        or _actors_differ(first, second, reading)
        or _is_of_doer(first, second, reading)
    ):
        return False
    return any(_tells_one(trigger, second.trigger) for trigger in here) or _is_told_beside(first, second, reading)


def _is_other_day(first: Draft, second: Draft) -> bool:
    """Whether two deeds of one kind have days of their own ("two were killed on Friday and one on Saturday")."""
    a, b = first.time, second.time
    if first.trigger.frame.id != second.trigger.frame.id or a is None or b is None or a.span == b.span:
        return False
    return not times_agree(a, b)


def _are_crossed(first: Draft, second: Draft, reading: Reading) -> bool:
    """Whether who does one deed is hit by the other ("troops shot two men after they came under attack")."""
    for deed, other in ((first, second), (second, first)):
        if other.trigger.frame.id in predicates().consequences:
            continue  # "two gunmen were killed when they attacked a base"
        doers, hit = (
            {reading.mentions.describe(t).name for role in roles for t in one.roles.get(role, ())}
            for one, roles in ((deed, ("actor",)), (other, ("target", "victim")))
        )
        if doers & hit:
            return True
    return False


def _is_launched(first: Draft, second: Draft) -> bool:
    """Whether what is launched hits something ("fired a missile from the coast and struck a tanker")."""
    verb = second.token
    if first.trigger.frame.id != "fire" or second.trigger.frame.id != "strike" or _has_own_subject(verb):
        return False
    is_after = verb.dep_ == "conj" or (verb.dep_ == "advcl" and verb.tag_ == "VBG")
    return is_after and any(t.is_verb and t.token.i == verb.head.i for t in first.triggers)


def _is_explained(first: Draft, second: Draft) -> bool:
    """Whether somebody confirms a deed and tells of it ("confirmed the attack, noting that a drone hit the ward")."""
    noun, verb = first.token, second.token
    if noun.dep_ != "dobj" or first.trigger.is_verb or not any(c.lower_ in ("the", "this") for c in noun.lefts):
        return False
    teller = verb.head
    is_told = verb.dep_ == "ccomp" and teller.dep_ == "advcl" and teller.tag_ == "VBG" and teller.lemma_ in TELLING
    return is_told and teller.head.i == noun.head.i and noun.head.lemma_ in TELLING


def _is_made_of(first: Draft, second: Draft) -> bool:
    """Whether a deed is told to consist of others ("the attack involved three strikes")."""
    whole, part = first.token, second.token
    is_part = part.dep_ == "dobj" and part.head.lemma_ in ("involve", "comprise", "include")
    return is_part and whole.dep_ == "nsubj" and whole.head.i == part.head.i and not first.trigger.is_verb


def _is_when(first: Draft, second: Draft) -> bool:
    """Whether fighting is told to come about by a deed ("clashes erupted when rebels attacked a base")."""
    noun, verb = first.token, second.token
    if first.trigger.frame.id != "clash" or first.trigger.is_verb or noun.dep_ not in ("nsubj", "nsubjpass"):
        return False
    is_clause = verb.dep_ == "advcl" and verb.head.i == noun.head.i
    return is_clause and any(c.lower_ == "when" for c in verb.lefts)


def _is_called_again(first: Draft, second: Draft) -> bool:
    """Whether "the attack" goes on from "a strike on the depot" told before it in its sentence."""
    is_known = not second.trigger.is_verb and any(child.lower_ in ("the", "this") for child in second.token.lefts)
    is_new = not first.trigger.is_verb and any(child.lower_ in ("a", "an") for child in first.token.lefts)
    is_bare = not any(second.roles.values()) and not any(c.dep_ in ("prep", "relcl") for c in second.token.rights)
    return is_known and is_new and is_bare and second.token.dep_ in ("nsubj", "nsubjpass")


def _is_told_beside(first: Draft, second: Draft, reading: Reading) -> bool:
    """Whether somebody says of an attack, in the same sentence, what it hit, without weapon, time or place of its own.

    "A fire broke out after a drone attack, the mayor said, and residents said the mill had been hit."
    """
    verb = second.token
    if first.trigger.is_verb or not second.trigger.is_verb or first.trigger.frame.id != second.trigger.frame.id:
        return False
    is_beside = verb.dep_ == "ccomp" and verb.head.dep_ == "conj" and verb.head.lemma_ in TELLING
    has_own = second.time is not None or second.roles.get("instrument") or second.roles.get("actor")
    return is_beside and not has_own and not is_apart(second, first, reading)


def _is_toll_in(noun: Any, verb: Any) -> bool:
    """Whether people were harmed in a deed that a noun names ("were killed in an earlier attack")."""
    is_in = noun.dep_ == "pobj" and noun.head.lower_ in ("in", "during") and noun.head.head.i == verb.i
    return is_in and verb.lemma_ in ("kill", "wound", "injure", "die")


def _is_of_old(draft: Draft) -> bool:
    """Whether the words of a deed set it before what is told ("previous clashes")."""
    return draft.verdict.status is Status.HISTORICAL and draft.verdict.rule == "adjective"


def _actors_differ(first: Draft, second: Draft, reading: Reading) -> bool:
    """Whether two verbs have doers of their own ("shelled the town after rebels seized it")."""
    if not all(d.trigger.is_verb or d.trigger.light is not None for d in (first, second)):
        return False
    mine, theirs = ({reading.mentions.describe(t).name for t in d.roles.get("actor", ())} for d in (first, second))
    return bool(mine) and bool(theirs) and not mine & theirs


def _is_of_doer(first: Draft, second: Draft, reading: Reading) -> bool:
    """Whether one deed is only told of who did the other ("the rebels who killed the mayor attacked a base")."""
    return any(
        _relative_of_subject(lower.token, upper.token, reading)
        for a in first.triggers
        for lower, upper in ((a, second.trigger), (second.trigger, a))
    )


def _relative_of_subject(lower: Any, upper: Any, reading: Reading) -> bool:
    """Whether the way up from a deed leads through a relative clause about the subject of the other's clause.

    A weapon or an attack does as subject what its own clause tells: "the missile that killed nine hit a market".
    """
    above = path_up(upper)
    for node in (reading.doc[index] for index in path_up(lower)):
        if node.i in above:
            return False
        subject = node.head
        if node.dep_ == "relcl" and subject.dep_ in ("nsubj", "nsubjpass") and subject.head.i in above:
            is_event = subject.i in above or subject.lemma_.lower() in predicates().nouns
            return not is_event and reading.mentions.weapon_at(subject) is None
    return False


def _is_next_deed(first: Draft, second: Draft) -> bool:
    """Whether a verb with its own object follows one with another ("hit a bus, killing two, and shelled a barn")."""
    verb = second.token
    if verb.dep_ != "conj" or not second.trigger.is_verb or second.trigger.frame.id in predicates().consequences:
        return False
    heads = {t.token.i for t in first.triggers if t.is_verb and t.frame.id not in predicates().consequences}
    above = (
        verb.head.head if verb.head.dep_ == "advcl" and verb.head.i not in heads else verb.head
    )  # ", killing two, and"
    return above.i in heads and _has_own(verb, "dobj") and _has_own(above, "dobj")


def _is_elsewhere(first: Draft, second: Draft, reading: Reading) -> bool:
    """Whether a coordinated verb has an object and a place of its own ("killed 9 in Mali and shot 12 in Chad")."""
    verb, head = second.token, second.token.head
    if verb.dep_ != "conj" or head.i not in {t.token.i for t in first.triggers} or not _has_own(verb, "dobj"):
        return False
    below = {word.i for word in verb.subtree}
    above = {word.i for word in head.subtree} - below
    mine, theirs = ([at.place for at in reading.places if at.end - 1 in words] for words in (below, above))
    return _has_own(head, "dobj") and not are_places_one(theirs, mine)


def is_purpose(draft: Draft, other: Draft) -> bool:
    """Whether a trigger only says what forces were moved for ("sent troops to fight in …")."""
    token = draft.token
    return (
        other.trigger.frame.type == "MOBILIZE"
        and draft.trigger.frame.type == "ASSAULT"
        and token.dep_ in ("xcomp", "advcl", "relcl", "acl")
        and token.tag_ == "VB"
        and _is_below(other.token, token)
    )


def is_threatened(draft: Draft, other: Draft) -> bool:
    """Whether a deed is what a threat before it is of ("threatened to attack the port"): one threat, not two."""
    return (
        other.trigger.frame.type == "THREATEN"
        and draft.verdict.status is Status.THREATENED
        and _is_below(other.token, draft.token)
    )


def _tells_one(first: Trigger, second: Trigger) -> bool:
    a, b = first.token, second.token
    if _answers(a, b) or _is_answered(a, b):
        return False
    if _is_linked(a, b):
        return True
    hosts = {a.i, a.head.i if a.head.lemma_ in ("continue", "begin", "start") else a.i}
    if second.frame.id == "strike" and b.dep_ == "advcl" and b.tag_ == "VBG" and b.head.i in hosts:
        return not _has_own_subject(b)  # "shelled the town, hitting a school"
    if b.dep_ == "conj" and b.head.i == a.i and first.frame is second.frame and not _has_own(a, "dobj"):
        return not _has_own(b, "nsubj")  # "intercepted and downed eleven drones"
    if first.frame.type == second.frame.type == "PROTEST" and b.tag_ == "VB" and b.head.i == a.i:
        return True  # "gathered to protest"
    if second.frame.id == "overrun" and (b.dep_ == "relcl" or (b.dep_ == "conj" and _has_own_subject(b))):
        return False  # "killed dozens in the state that it captured in December", "nine were killed and arms seized"
    weak, whole = predicates().consequences, predicates().causes
    if (second.frame.id in weak and first.frame.id in whole) or (first.frame.id in weak and second.frame.id in whole):
        is_outcome = is_result(first, second) or is_result(second, first)
        return is_outcome or _is_below(a, b) or _is_below(b, a) or _shares_clause(a, b)
    return False


def _answers(first: Any, second: Any) -> bool:
    """Whether the second is what the first brought about or came after ("killed six, prompting air strikes")."""
    is_other = second.head.lemma_ in _AFTER or second.head.lemma_ in predicates().answering
    return second.dep_ == "dobj" and is_other and first.i < second.head.i


def _is_answered(deed: Any, other: Any) -> bool:
    """Whether one is what the other is the answer to ("The raid was a reprisal for the killing of two men")."""
    own, below = set(path_up(deed)), path_up(other)
    between = [index for index in below if index not in own]
    return any(deed.doc[index].lower_ in _ANSWERS for index in between)


def _has_own(verb: Any, dependency: str) -> bool:
    return any(child.dep_ == dependency for child in verb.children)


def _has_own_subject(verb: Any) -> bool:
    return _has_own(verb, "nsubj") or _has_own(verb, "nsubjpass")


def _is_linked(first: Any, second: Any) -> bool:
    """Whether an event noun is the subject or object of the other trigger ("a drone attack has struck …")."""
    for one, verb in ((first, second), (second, first)):
        noun = _counting(one)
        if _is_told_in(noun, verb):
            return True  # "shelling in the city that hit a school"
        if noun.pos_ == "NOUN" and noun.head.i == verb.i and noun.dep_ in ("nsubj", "dobj", "nsubjpass"):
            return True
        if noun.pos_ == "NOUN" and verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.i == noun.i:
            return True  # "carried out airstrikes targeting the port"
        if noun.pos_ == "NOUN" and verb.dep_ == "relcl" and verb.head.i == noun.i and verb.tag_ == "VBD":
            return any(c.dep_ == "nsubj" and c.lower_ in ("which", "that") for c in verb.lefts)
        if noun.pos_ == "NOUN" and noun.dep_ == "pobj" and noun.head.head.i == verb.i:
            return noun.head.lower_ in ("in", "by", "during", "after", "following", "with", "from")
    return False


def _is_told_in(noun: Any, verb: Any) -> bool:
    """Whether a gerund that stands as a noun is the subject of the clause of a verb or of one about it."""
    if noun.tag_ != "VBG" or noun.dep_ not in ("nsubj", "csubj", "pobj", "pcomp", "dobj") or verb.tag_ != "VBD":
        return False
    if noun.dep_ in ("nsubj", "csubj"):
        return bool(noun.head.i == verb.i)
    is_about = verb.dep_ in ("relcl", "ccomp") and verb.head.i == noun.i
    return is_about and any(c.dep_ == "nsubj" and c.lower_ in ("which", "that") for c in verb.lefts)


def _counting(noun: Any) -> Any:
    """Return the word that counts or groups an event noun ("a series of strikes hit …"), else the noun itself."""
    is_of = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.pos_ == "NOUN"
    group = noun.head.head if is_of else noun
    return group if group.pos_ == "NOUN" and group.lemma_.lower() in predicates().grouping else noun


def _is_equated(draft: Draft) -> bool:
    """Whether the text sets an event noun equal to what goes before ("marking the fifth strike")."""
    token = draft.token
    is_counted = any(child.lower_ in ORDINALS for child in token.children)
    governor = token.head
    return (
        not draft.trigger.is_verb
        and token.dep_ in ("dobj", "attr")
        and governor.lemma_ in predicates().equating
        and (is_counted or governor.dep_ in ("advcl", "relcl", "acl"))
    )


def _is_counted_beside(draft: Draft) -> bool:
    """Whether an event noun with a count stands beside what tells it ("…, the ninth strike on the plant")."""
    token = draft.token
    if draft.trigger.is_verb or not any(child.lower_ in ORDINALS for child in token.children):
        return False
    return token.dep_ not in ("nsubj", "nsubjpass") and token.doc[max(0, token.left_edge.i - 1)].text == ","


def _is_below(upper: Any, lower: Any) -> bool:
    """Whether ``lower`` hangs under ``upper`` through clauses of the same telling (no reported speech between)."""
    node = lower
    for _ in range(8):
        if node.i == upper.i:
            return True
        if node.dep_ in ("ccomp", "parataxis") or node.head.i == node.i or node.lower_ in _ANSWERS:
            return False
        node = node.head
    return False


def _shares_clause(first: Any, second: Any) -> bool:
    """Whether two triggers hang under one verb by coordination or adverbial clauses."""
    up = path_up(first)
    return any(index in up[:4] for index in path_up(second)[:4])
