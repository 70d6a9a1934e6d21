"""Generalities: what is told of many deeds over a long time, or as a habit, is no single happening."""

from __future__ import annotations

from datetime import date
from typing import Any

from kronika.codebook.predicates import predicates
from kronika.extract.grammar.misparses import misplaced
from kronika.extract.grammar.nearness import path_up
from kronika.extract.reading import Draft, Reading
from kronika.records import CountKind, Status, TimePrecision

#: From this many days on, what "has" been done in them is a campaign or a tally, not a happening.
_LONG_DAYS = 45
_SPANS = frozenset((TimePrecision.OPEN, TimePrecision.YEAR, TimePrecision.RANGE, TimePrecision.SEASON))
_TOLD = frozenset((Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.HISTORICAL))
#: Deeds that may last, and are one deed all the while.
_LASTING = frozenset(
    ("offensive", "invade", "ceasefire", "curfew", "martial_law", "obstruct", "walkout", "hunger_strike")
)
#: How many words under an accusation its deed may stand.
_NESTED = 5
_NOW = frozenset(("VBZ", "VBP"))
#: What an authority does once, to a whole kind of people.
_DECREED = frozenset(("restrict", "deport", "expel", "confiscate"))
_CHARGING = frozenset(("accuse", "suspect", "blame"))
#: Since these it is long ago, whenever that was ("since the war began").
_BEGINNINGS = frozenset(
    ("war", "began", "begun", "erupted", "outbreak", "coup", "takeover", "invasion", "independence")
)
#: What becomes more or fewer, of which no single one is told.
_CHANGES = frozenset(
    ("increase", "rise", "surge", "spike", "uptick", "decline", "decrease", "grow", "multiply", "soar")
)
_DEADLY = frozenset(("kill", "die"))
_OF_A_WAR = 1000
_PERIODS = frozenset(("year", "month", "decade", "century"))
_HAVING = frozenset(("has", "have", "'ve", "’ve"))
_NEAR = frozenset(("recent", "past", "last"))
_OVER = frozenset(("for", "in", "over", "during", "throughout"))


def without_generalities(drafts: list[Draft], reading: Reading) -> tuple[list[Draft], frozenset[int]]:
    """Return the drafts that tell single happenings, and the sentences that are left without any: tallies.

    What a general accusation is of goes with it, and what a participle says of it ("regularly strikes, targeting …").
    """
    general = [draft for draft in drafts if draft.ordinal is None and _is_general(draft, reading)]
    accused = {draft.token.i for draft in general if draft.trigger.frame.type == "ACCUSE"}
    gone = {id(draft) for draft in general}
    clauses = {_clause_of(draft).i for draft in general}
    kept = [d for d in drafts if id(d) not in gone and accused.isdisjoint(path_up(d.token)[:_NESTED])]
    kept = [d for d in kept if not (d.token.dep_ == "advcl" and d.token.tag_ == "VBG" and d.token.head.i in clauses)]
    tallies = {reading.sentence_of[d.token.i] for d in general} - {reading.sentence_of[d.token.i] for d in kept}
    return kept, frozenset(tallies)


def _is_general(draft: Draft, reading: Reading) -> bool:
    """Whether a draft tells a habit, a campaign or a tally: "has long accused", "carried out 300 raids since 2014".

    A draft needs its time for this. One deed that lasts ("has been under siege since May") is a happening.
    """
    if draft.verdict.status not in _TOLD or draft.trigger.frame.id in _LASTING:
        return False
    verb = _clause_of(draft)
    if _is_habitual(verb, draft) or _is_kept_up(draft) or _is_way_of(draft):
        return True
    if _is_unfixed(draft, verb):
        return True
    if draft.trigger.frame.id == "displace":
        return _is_perfect(verb) and not draft.roles.get("actor")  # a state of many, no deportation
    if draft.trigger.frame.type == "ACCUSE":
        return _is_perfect(verb) and _is_since_long_ago(verb, reading)
    if draft.trigger.frame.type != "ASSAULT":
        return False
    if _is_counted_growing(draft.token) or _is_once_more(draft.token) or _is_toll_of_war(draft, verb, reading):
        return True
    if _is_custom(draft):
        return True
    if _is_perfect(verb) and (_is_stepped_up(draft.token) or _is_over_periods(verb)):
        return True
    if not _is_many(draft):
        return False
    return _is_long(draft, verb, reading) or (_is_perfect(verb) and _is_since_long_ago(verb, reading, draft.token))


def _is_unfixed(draft: Draft, verb: Any) -> bool:
    """Whether nothing fixes a deed in the perfect ("have attacked civilians") or of which somebody is accused.

    No time, no place, no figure, and whom it struck only as a kind: that is what somebody does, not what happened once.
    """
    token = draft.token
    if draft.trigger.frame.type not in ("ASSAULT", "COERCE") or draft.time is not None or draft.places:
        return False
    struck = [t for role in ("target", "victim") for t in draft.roles.get(role, ())]
    if not draft.trigger.is_verb or any(t.tag_ != "NNS" or _is_fixed(t) for t in struck) or not struck:
        return False
    above = token.head.head
    is_charged = (
        token.dep_ == "pcomp" and token.head.lower_ == "of" and bool({above.lemma_, above.head.lemma_} & _CHARGING)
    )
    return is_charged or (_is_perfect(verb) and draft.trigger.frame.id not in _DECREED)


def _is_fixed(noun: Any) -> bool:
    """Whether a plural is counted or known ("the villagers", "two men", "dozens of people")."""
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in predicates().grouping:
        return True
    return any(child.dep_ in ("det", "nummod", "poss", "quantmod") for child in noun.lefts)


def _clause_of(draft: Draft) -> Any:
    """Return the verb of the clause that tells a draft: its own word, or what governs its noun."""
    node = draft.trigger.light or draft.token
    for _ in range(6):
        is_noun = node.tag_ == "VBG" and node.dep_ in ("pobj", "pcomp")  # "gripped by fighting"
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("amod", "compound") and not is_noun:
            return node
        if node.head.i == node.i or node.dep_ == "relcl":
            return node
        node = node.head
    return node


def _is_perfect(verb: Any) -> bool:
    """Whether a clause is in the perfect: "has carried out", "have been fighting", not "had"."""
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        is_own = any(child.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for child in verb.lefts)
        verb = verb if is_own else verb.head  # "have been arresting and killing"
    return not _HAVING.isdisjoint([child.lower_ for child in verb.lefts if child.dep_ == "aux"])


def _is_habitual(verb: Any, draft: Draft) -> bool:
    """Whether an adverb says that it is done again and again: in the perfect, or of the present."""
    words = predicates()
    is_now = verb.tag_ in _NOW and not any(c.dep_ in ("aux", "auxpass") for c in verb.lefts)
    if not (_is_perfect(verb) or is_now):
        return False
    if any(child.lower_ in words.habits for child in verb.children if child.dep_ in ("advmod", "npadvmod")):
        return True
    things = [c for c in verb.rights if c.dep_ == "dobj"] or misplaced(verb)
    if any(child.lower_ in words.habits for thing in things for child in thing.lefts if child.dep_ == "amod"):
        return True  # "have traded daily fire"
    is_carried = draft.trigger.light is not None
    return is_carried and any(child.lower_ in words.habits for child in draft.token.lefts if child.dep_ == "amod")


def _is_kept_up(draft: Draft) -> bool:
    """Whether deeds in the plural are what somebody goes on doing ("continues to carry out raids")."""
    light = draft.trigger.light
    if light is None or draft.token.tag_ != "NNS" or _is_fixed(draft.token):
        return False
    return bool(light.dep_ == "xcomp" and light.head.lemma_ in ("continue", "keep") and light.head.tag_ in _NOW)


def _is_way_of(draft: Draft) -> bool:
    """Whether a relative clause in the present says what a kind of people do ("gangs, who raid villages")."""
    token = draft.token
    while token.dep_ == "conj" and token.head.pos_ == "VERB":
        token = token.head
    if token.dep_ != "relcl" or token.tag_ != "VBP" or token.head.tag_ != "NNS" or _is_fixed(token.head):
        return False
    struck = [t for role in ("target", "victim") for t in draft.roles.get(role, ())]
    return bool(struck) and all(t.tag_ == "NNS" and not _is_fixed(t) for t in struck)


def _is_stepped_up(noun: Any) -> bool:
    """Whether deeds are what has grown ("have intensified attacks on villages")."""
    return bool(noun.tag_ == "NNS" and noun.dep_ == "dobj" and noun.head.lemma_ in predicates().growing)


def _is_counted_growing(noun: Any) -> bool:
    """Whether deeds are only told to have become more or fewer ("attacks have risen", "a surge in killings")."""
    if any(c.dep_ in ("nummod", "det") for c in noun.lefts) or not (noun.tag_ == "NNS" or noun.lower_.endswith("ing")):
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ == "in":
        return noun.head.head.lemma_ in _CHANGES and noun.head.head.pos_ == "NOUN"
    return bool(noun.dep_ == "nsubj" and noun.head.lemma_ in _CHANGES)


def _is_once_more(token: Any) -> bool:
    """Whether a deed is only one of its kind, told of before ("not the first time that a convoy was attacked")."""
    node = token
    while node.head.i != node.i and node.dep_ in ("xcomp", "relcl", "ccomp", "acl"):
        node = node.head
    if node.lemma_ != "time" or not any(c.lower_ in ("first", "only") for c in node.lefts):
        return False
    return any(c.dep_ == "neg" for c in (*node.lefts, *node.head.children))


def _is_toll_of_war(draft: Draft, verb: Any, reading: Reading) -> bool:
    """Whether thousands "have been killed", on no day that is told: by a war, which may be what a report opens with."""
    if (
        draft.token.sent.start == 0
        or draft.trigger.frame.id not in _DEADLY
        or not _is_perfect(verb)
        or (draft.time is not None and draft.time.start)
    ):
        return False
    figures = (c.quantity for c in reading.counts_in(reading.sentence_of[draft.token.i]))
    return any(q.kind is CountKind.KILLED and (q.low or q.best or 0) >= _OF_A_WAR for q in figures)


def _is_custom(draft: Draft) -> bool:
    """Whether a sentence after the first says in the present what somebody does to a kind of thing, on no day.

    A headline is in the present, too ("Gunmen raid villages"), and has no full stop.
    """
    token = root = draft.token
    if token.dep_ == "csubj" and token.tag_ == "VBG" and token.head.tag_ in _NOW:
        return True  # "targeting clinics violates the law"
    while root.dep_ == "conj" and root.head.pos_ == "VERB":
        root = root.head
    if token.tag_ not in _NOW or root.dep_ != "ROOT" or token.sent.start == 0 or draft.time is not None:
        return False
    if any(c.dep_ in ("aux", "auxpass", "neg") for c in token.lefts) or token.sent[-1].text != ".":
        return False
    struck = [t for role in ("target", "victim") for t in draft.roles.get(role, ())]
    return bool(struck) and all(t.tag_ == "NNS" and not _is_fixed(t) for t in struck)


def _is_over_periods(verb: Any) -> bool:
    """Whether it was done "for years", "in recent months", "over the past decade"."""
    for preposition in verb.rights:
        if preposition.dep_ != "prep" or preposition.lower_ not in _OVER:
            continue
        for noun in preposition.rights:
            if noun.dep_ == "pobj" and noun.lemma_ in _PERIODS:
                is_near = any(child.lower_ in _NEAR for child in noun.lefts)
                return noun.tag_ == "NNS" and (preposition.lower_ != "in" or is_near)
    return False


def _is_many(draft: Draft) -> bool:
    """Whether many deeds are told at once: a plural noun, a tally, or a verb in the perfect."""
    token = draft.token
    if not draft.trigger.is_verb:
        is_mass = token.lower_.endswith("ing") and not any(c.dep_ in ("det", "poss", "nummod") for c in token.lefts)
        return is_mass or token.tag_ in ("NNS", "NNPS")
    return _is_perfect(token) or token.tag_ == "VBG"


def _is_long(draft: Draft, verb: Any, reading: Reading) -> bool:
    """Whether the time is a stretch of many weeks up to now, that the text counts from or sums up."""
    time = draft.time
    if time is None or time.precision not in _SPANS or not time.start:
        return False
    if time.precision is TimePrecision.OPEN and time.end:
        return False
    end = _day(time.end) or _day(reading.document.published)
    start = _day(time.start)
    if start is None:
        return False
    is_long = end is None or (end - start).days >= _LONG_DAYS
    return is_long and (_is_perfect(verb) or _is_summed(draft.token))


def _is_since_long_ago(verb: Any, reading: Reading, deed: Any | None = None) -> bool:
    """Whether it is told of all the time since something long ago ("have been killed since the war began in 2023")."""
    published = _day(reading.document.published)
    below = [g for prep in verb.rights if prep.dep_ == "prep" for g in prep.rights if g.dep_ == "pcomp"]
    verbs = [verb, *below, *([verb.head] if verb.dep_ == "conj" else []), *([] if deed is None else [deed])]
    clauses = [c for v in verbs for c in v.children if c.lower_ == "since" or any(m.lower_ == "since" for m in c.lefts)]
    clauses.extend(t for t in verb.subtree if t.lower_ == "since" and t.dep_ == "prep" and _hangs_by_nouns(t, verb))
    for clause in clauses:
        inside = {token.i for token in clause.subtree}
        for timed in reading.times:
            start = _day(timed.time.start)
            if start is not None and timed.end - 1 in inside:
                return published is not None and (published - start).days >= _LONG_DAYS
        if any(token.lower_ in _BEGINNINGS for token in clause.subtree):
            return True
    return False


def _hangs_by_nouns(word: Any, verb: Any) -> bool:
    """Whether nothing but nouns and prepositions stands between a word and the verb above it."""
    node = word.head
    while (node.pos_ in ("NOUN", "PROPN", "ADP") or node.dep_ == "acl") and node.head.i != node.i:
        node = node.head
    return bool(node.i == verb.i)


def _is_summed(noun: Any) -> bool:
    """Whether deeds are counted together ("75 attacks", "hundreds of raids")."""
    if any(child.dep_ == "nummod" for child in noun.lefts):
        return True
    return bool(noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in predicates().grouping)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
