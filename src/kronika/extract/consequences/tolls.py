"""Tolls: the figures of an event, and the people told of one by one ("killed a police sergeant" is one killed)."""

from __future__ import annotations

from typing import Any

from kronika.annotate.amounts.counting import is_fatal, is_of_toll
from kronika.codebook.measures import counts
from kronika.codebook.things import things
from kronika.extract.consequences.shares import count_of_share
from kronika.extract.consequences.strengths import is_only_possible
from kronika.extract.grammar.nearness import MAX_COST, cost, path_up
from kronika.extract.grammar.references import COLLECTIVES
from kronika.extract.predicates.arguments import verb_slots
from kronika.extract.reading import Counted, Draft, Reading
from kronika.records import CountKind, Mention, MentionKind, Quantity, Status, content_id
from kronika.records.quick import replace

_HARM = frozenset((CountKind.KILLED, CountKind.WOUNDED, CountKind.MISSING, CountKind.CASUALTIES))
_COUNTABLE = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "RETREAT"))
_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.GROUP, MentionKind.FORCES, MentionKind.UNKNOWN, MentionKind.BODY))
#: What the verbs of a frame do to each victim.
_DONE = {
    "kill": CountKind.KILLED,
    "die": CountKind.KILLED,
    "remains": CountKind.KILLED,
    "wound": CountKind.WOUNDED,
    "hurt": CountKind.WOUNDED,
    "abduct": CountKind.ABDUCTED,
}
_HELD = frozenset((CountKind.CAPTURED, CountKind.DETAINED, CountKind.ABDUCTED))
_FLYING = frozenset(("drone", "missile", "artillery"))
_HITTING = frozenset(("hit", "strike", "slam"))
_DEADLY = frozenset(("kill", "die"))
_UNREAL = frozenset((Status.DENIED, Status.HYPOTHETICAL, Status.PLANNED, Status.THREATENED))
_SINGULAR = frozenset(("NN", "NNP"))
_MANY = COLLECTIVES | {"number", "majority", "dozen", "other", "people", "police"}
#: A toll of so many that is told apart from an attack is that of the war.
_OF_A_WAR = 1000
#: What anybody may be called when told of again, and of whom it is said (f, m; empty of both).
_ANYBODY = {"man": "m", "boy": "m", "woman": "f", "girl": "f", "child": "", "person": "", "victim": "", "deceased": ""}
#: How many code points back somebody was counted who is told of again.
_TOLD_NEAR = 700
_ANSWERS = frozenset(("response", "retaliation", "revenge", "reprisal", "reply", "answer"))
#: How many sentences after an attack its toll may be told.
_REACH = 3


def attach_counts(drafts: list[Draft], reading: Reading, tallies: frozenset[int] = frozenset()) -> None:
    """Give each figure to the event it belongs to: nearest in its sentence, else the attack told just before.

    Then count the victims that the text names one by one and gives no figure for.
    """
    material = [draft for draft in drafts if draft.trigger.frame.type in _COUNTABLE]
    told: dict[int, list[Draft]] = {}
    for draft in material:
        told.setdefault(draft.token.i, []).append(draft)
    for counted in (_by_role(counted, material, reading) for counted in reading.counts):
        if reading.sentence_of[counted.token] in tallies:
            continue
        parts = told.get(counted.token)  # a figure that is itself told as a share of a deed
        owner = parts[0] if parts else _owner(counted, material, reading)
        for part in _holders(counted, owner, told, reading) if owner is not None else ():
            told_as = _as_told(counted.quantity, part)
            is_possible = told_as.kind is not CountKind.OTHER and is_only_possible(counted, part, reading)
            part.counts.append(replace(told_as, possible=True) if is_possible else told_as)
    taken = [c.quantity for c in reading.counts if c.quantity.kind is not CountKind.OTHER]
    for draft in material:
        draft.counts.extend(count_of_share(draft, reading))
        draft.counts.extend(_also_killed(draft, reading))
        found = _one_by_one(draft, taken, reading)
        draft.counts.extend(found)
        figures = list({quantity.id: quantity for quantity in draft.counts}.values())  # two places share one list
        draft.counts = [_like_its_whole(_within_toll(quantity, figures, reading), figures) for quantity in figures]
        taken.extend(found)


def _holders(counted: Counted, owner: Draft, told: dict[int, list[Draft]], reading: Reading) -> list[Draft]:
    """Return the deeds that a figure is of: where one word tells several, all that its sentence goes on telling.

    How many sites were hit ("two depots, one in Izium and one in Sumy") is no figure of either.
    """
    number, several = reading.doc[counted.token], told[owner.token.i]
    if owner.part is not None and any(number.head in part.roles.get("target", ()) for part in several):
        return []
    sentence = reading.sentence_of[counted.token]
    here = [part for part in several if any(reading.sentence_of[t.token.i] == sentence for t in part.triggers)]
    return here or several


def _within_toll(one: Quantity, figures: list[Quantity], reading: Reading) -> Quantity:
    """Return somebody counted singly as part of a toll of the same event told in a sentence before.

    "Two people were killed. … The man died on the spot. … The body of a woman was found": no more than the toll has.
    """
    if one.best != 1 or one.part_of is not None or one.of_span != one.span:
        return one
    singles = [q for q in figures if q.kind is one.kind and q.best == 1 and q.of_span == q.span]
    for toll in figures:
        is_whole = toll.kind is one.kind and toll.part_of is None and not toll.negated and (toll.best or 0) >= 2
        is_before = "." in reading.document.text[toll.span.end : one.span.start]
        if is_whole and is_before and len(singles) <= (toll.best or 0):
            return replace(one, part_of=toll.id)
    return one


def _like_its_whole(one: Quantity, figures: list[Quantity]) -> Quantity:
    """Return a part of what was shot down as shot down, too ("14 were destroyed, and debris of one of them fell")."""
    is_downed = any(q.id == one.part_of and q.kind is CountKind.INTERCEPTED for q in figures)
    return replace(one, kind=CountKind.INTERCEPTED) if is_downed and one.kind is CountKind.DESTROYED else one


def _as_told(quantity: Quantity, draft: Draft) -> Quantity:
    """Return the figure of a deed as what it did: 121 drones were intercepted, 318 detainees were released."""
    if draft.trigger.frame.mode == "release" and quantity.kind in _HELD:
        return replace(quantity, kind=CountKind.RELEASED)
    if draft.trigger.frame.outcome == "intercepted" and quantity.kind in (CountKind.DESTROYED, CountKind.OTHER):
        return replace(quantity, kind=CountKind.INTERCEPTED)
    return quantity


def _by_role(counted: Counted, drafts: list[Draft], reading: Reading) -> Counted:
    """Return a figure with what its thing does in a deed, where no word beside it says so.

    Explosions are counted as heard, drones as hitting or shot down, and forces that are moved as deployed.
    """
    number = reading.doc[counted.token]
    noun = number.head if number.dep_ == "nummod" else number
    if noun.lower_ == "others" and noun.dep_ == "conj":
        noun = noun.head  # "heard four explosions and others six"
    kind = counted.quantity.kind
    if MentionKind.PLACE in things().heads.get(noun.lemma_.lower(), ())[:1]:
        return replace(counted, quantity=replace(counted.quantity, kind=CountKind.OTHER))  # "over six regions"
    if kind not in (CountKind.OTHER, CountKind.DESTROYED) or counted.quantity.unit is not None:
        return counted
    for draft in drafts:
        told = _role_kind(noun, draft, reading)
        if told is not None and (kind is CountKind.OTHER or told is CountKind.INTERCEPTED):
            return replace(counted, quantity=replace(counted.quantity, kind=told))
    return counted


def _role_kind(noun: Any, draft: Draft, reading: Reading) -> CountKind | None:
    start = noun.sent.start
    here = [trigger for trigger in draft.triggers if trigger.token.sent.start == start]
    if not here and draft.trigger.frame.type != "MOBILIZE":
        return None
    if any(trigger.token.i == noun.i and trigger.frame.id == "explode" for trigger in here):
        return CountKind.EXPLOSIONS
    if draft.trigger.frame.type == "MOBILIZE" and noun in draft.roles.get("force", ()):
        return CountKind.DEPLOYED
    weapon = reading.mentions.weapon_at(noun)
    if weapon is None or weapon.word.weapon.id not in _FLYING or noun not in draft.roles.get("instrument", ()):
        return None
    above = noun.head.head.head if noun.head.lower_ == "of" else noun.head  # "downed a total of 84 drones"
    if any(trigger.frame.outcome == "intercepted" and above.i == trigger.token.i for trigger in here):
        return CountKind.INTERCEPTED
    is_hit = any(t.token.lemma_ in _HITTING and t.token.i in (noun.head.i, *(c.i for c in noun.rights)) for t in here)
    return CountKind.HIT if is_hit else None


def _owner(counted: Counted, drafts: list[Draft], reading: Reading) -> Draft | None:
    token, quantity = reading.doc[counted.token], counted.quantity
    if quantity.kind is CountKind.OTHER:
        return None
    ranked = [
        (distance, draft.trigger.frame.type != "ASSAULT", abs(trigger.token.i - token.i), draft)
        for draft in drafts
        for trigger in draft.triggers
        if reading.sentence_of[trigger.token.i] == reading.sentence_of[token.i]
        if (distance := cost(token, trigger.token, frozenset())) is not None
    ]
    if ranked:
        return min(ranked, key=lambda item: item[:3])[3]
    is_of_war = (quantity.low or quantity.best or 0) >= _OF_A_WAR
    if quantity.kind not in _HARM or is_of_war:
        return None
    before = [
        (trigger.token, draft)
        for draft in drafts
        if draft.trigger.frame.type == "ASSAULT"
        for trigger in draft.triggers
        if trigger.token.i < token.i
    ]
    if not before:
        return None
    last = max((pair[0] for pair in before), key=lambda trigger: trigger.i)
    beside = [pair for pair in before if pair[0].sent.start == last.sent.start]
    last, told = min(beside, key=lambda pair: (_is_answered(pair[0]), -pair[0].i))
    return told if reading.sentences_between(last, token) < _REACH else None


def _is_answered(deed: Any) -> bool:
    """Whether a deed is only what the one told answers ("fired rockets in response to the raid")."""
    return any(deed.doc[i].lemma_ in _ANSWERS for i in path_up(deed))


def _one_by_one(draft: Draft, taken: list[Quantity], reading: Reading) -> list[Quantity]:
    """Return a count of one for each singular victim without a figure of its own."""
    if draft.verdict.status in _UNREAL:
        return []
    deeds = [t.token for t in draft.triggers if t.frame.id in _DONE and not _is_foiled(t.token)]
    if not deeds:
        return []
    kinds = {t.token.i: _DONE[t.frame.id] for t in draft.triggers if t.frame.id in _DONE}
    seen: set[str] = set()
    found: list[Quantity] = []
    for token in draft.roles.get("victim", ()):
        mention = reading.mentions.describe(token)
        if token.pos_ == "PRON" and mention.antecedent is None and (found or not _is_of_deed(token, deeds, draft)):
            continue
        if not _is_one(token, mention) or mention.name in seen or _has_figure(mention, taken) or _is_among(token):
            continue
        if token.lemma_.lower() == "victim" and (found or draft.counts):
            continue  # who is told of already
        kind = kinds[_nearest(token, deeds).i]
        if kind is CountKind.WOUNDED and _dies_later(mention, draft, reading):
            kind = CountKind.KILLED
        if _is_told_again(token, mention, [q for q in (*taken, *found) if q.kind is kind and q.best == 1]):
            continue
        seen.add(mention.name)
        key = content_id("q", reading.document.id, mention.span.start, mention.span.end, kind.value)
        found.append(Quantity(key, mention.span, 1.0, 1.0, 1.0, of=mention.name, of_span=mention.span, kind=kind))
    return found


def _is_introduced(token: Any) -> bool:
    """Whether somebody is named with an age ("Ali Zaki, 12, died"), as those are of whom a count was told before."""
    after = token.doc[token.i + 1 : token.i + 4]
    return (
        token.pos_ == "PROPN" and len(after) == 3 and after[0].text == after[2].text == "," and after[1].text.isdigit()
    )


def _dies_later(mention: Mention, draft: Draft, reading: Reading) -> bool:
    """Whether the same person is said to have died of it ("He was shot … until he succumbed to his wounds")."""
    deadly = {trigger.token.i for trigger in draft.triggers if trigger.frame.id in _DEADLY}
    return any(
        token.pos_ == "PRON" and token.head.i in deadly and reading.mentions.describe(token).name == mention.name
        for token in draft.roles.get("victim", ())
    )


def _is_told_again(token: Any, mention: Mention, counted_ones: list[Quantity]) -> bool:
    """Whether "the man" or "the victim" is somebody whom a figure of one before has counted."""
    who = mention.name.lower()
    if _is_introduced(token):
        ones = [q for q in counted_ones if q.of and q.of.split()[-1].islower()]
        ones = [q for q in ones if q.span.start < token.sent.start_char]
        return any(token.idx - q.span.start <= _TOLD_NEAR for q in ones)
    if who not in _ANYBODY or (token.pos_ != "PRON" and not any(c.lower_ == "the" for c in token.lefts)):
        return False
    near = [q for q in counted_ones if 0 < token.idx - q.span.start <= _TOLD_NEAR]
    sexes = [_ANYBODY.get(q.of.lower().split()[-1], "") if q.of else "" for q in near]
    return any(not sex or not _ANYBODY[who] or sex == _ANYBODY[who] for sex in sexes)


def _is_foiled(deed: Any) -> bool:
    """Whether a deed is not said to have killed ("in an attempted lynching", "stabbed him in the neck")."""
    if deed.lemma_ in ("stab", "hack") and not is_fatal(deed):
        return not any(word.lower_ in ("death", "dead") for word in deed.subtree)
    return any(child.lower_ in ("attempted", "failed", "foiled", "thwarted") for child in deed.lefts)


def _is_of_deed(pronoun: Any, deeds: list[Any], draft: Draft) -> bool:
    """Whether somebody called only "he" is counted: the harm is said of him, and of nobody else in the event."""
    if any(quantity.kind in _HARM for quantity in draft.counts):
        return False
    own = {pronoun.head.i} | {c.i for c in pronoun.head.rights if c.dep_ == "dobj"}
    return any(deed.i in own for deed in deeds)


def _nearest(token: Any, deeds: list[Any]) -> Any:
    """Return the deed that a victim is of: whose object it is, else the nearest in the parse, else the first."""
    own = [deed for deed in deeds if deed.pos_ == "VERB" and token in verb_slots(deed)["object"]]
    if own or len(deeds) == 1:
        return (own or deeds)[0]
    costs = [cost(token, deed, frozenset()) for deed in deeds]
    return min(zip(costs, deeds, strict=True), key=lambda pair: MAX_COST if pair[0] is None else pair[0])[1]


def _is_one(token: Any, mention: Mention) -> bool:
    if token.lower_ in ("he", "she", "him"):
        return True
    is_singular = token.tag_ in _SINGULAR or token.lower_ == "old"  # "a 14-year-old"
    return (
        is_singular
        and mention.kind in _PEOPLE
        and mention.antecedent is None
        and not _names_many(token)
        and token.lemma_.lower() not in _MANY
        and not any(child.dep_ == "nummod" for child in token.children)
    )


def _is_among(token: Any) -> bool:
    """Whether somebody is named as one of those that a figure counts ("50 killed, including the mayor")."""
    if is_of_toll(token, counts()):
        return True
    node = token
    for _ in range(6):
        if node.dep_ == "pobj" and node.head.lower_ in ("including", "among"):
            return True
        if node.dep_ not in ("conj", "appos", "pobj", "prep") or node.head.i == node.i:
            return False
        node = node.head
    return False


def _also_killed(draft: Draft, reading: Reading) -> list[Quantity]:
    """Return the figures of those killed counted by what was done to them first ("three were seized and shot")."""
    if draft.verdict.status in _UNREAL or not any(trigger.frame.id in _DEADLY for trigger in draft.triggers):
        return []
    victims = {token.idx for token in draft.roles.get("victim", ())}
    if not victims:
        return []
    is_either = any(trigger.frame.id == "wound" for trigger in draft.triggers)  # "killed or wounded"
    known = {q.of_span for c in reading.counts for q in [c.quantity] if q.kind is CountKind.KILLED}
    found = []
    for counted in reading.counts:
        quantity = counted.quantity
        span = quantity.of_span
        if span is None or span in known or (is_either and quantity.kind is CountKind.CASUALTIES):
            continue
        if not any(span.start <= idx < span.end and " " not in span.text[idx - span.start :] for idx in victims):
            continue  # it counts something else: "four members of one family"
        if quantity.kind not in _HARM and quantity.unit is None:
            key = content_id("q", reading.document.id, quantity.span.start, quantity.span.end, "killed")
            found.append(replace(quantity, id=key, kind=CountKind.KILLED))
    return found


def _names_many(token: Any) -> bool:
    """Whether a name stands beside a plural that counts it already ("two men, Jan Roe and Al Poe")."""
    node = token
    while node.dep_ == "conj":
        node = node.head
    return bool(node.dep_ == "appos" and (node.head.tag_ in ("NNS", "NNPS") or node.head.pos_ == "NUM"))


def _has_figure(mention: Mention, taken: list[Quantity]) -> bool:
    """Whether a figure of the text already counts these people."""
    span = mention.antecedent or mention.span
    return any(
        (q.span.start < span.end and span.start < q.span.end)
        or (q.of_span is not None and q.of_span.start < span.end and span.start < q.of_span.end)
        for q in taken
    )
