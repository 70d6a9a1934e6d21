"""Triggers: the words that make an event, verbs and event nouns, by the codebook's predicates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kronika.annotate.amounts.counting import is_among_dead, is_fatal
from kronika.annotate.mentions import Mentions
from kronika.codebook.predicates import Frame, Predicates, VerbPattern, predicates
from kronika.codebook.things import things
from kronika.extract.grammar.misparses import is_shared
from kronika.extract.grammar.subjects import subject_of
from kronika.extract.predicates.patterns import done_to, fitting, kind_words
from kronika.records import MentionKind

_TELLING = frozenset(("say", "announce", "conclude", "state", "declare", "tell", "add"))
#: Types of what somebody is accused of.
_HARMFUL = frozenset(("ASSAULT", "COERCE", "THREATEN"))
#: Forms whose lemma the parser gets wrong.
_LEMMAS = {
    "raped": "rape",
    "raping": "rape",
    "rapes": "rape",
    "retook": "retake",
    "retaken": "retake",
    "overtook": "overtake",
    "overran": "overrun",
}
#: Before a word of labour these make it no party to a labour dispute.
_OTHER_WORK = frozenset(("general", "aid", "relief", "rescue", "humanitarian", "of"))
_DEADLY = frozenset(("shot", "gunned", "stabbed", "hacked", "beaten", "beat"))
#: Harm that is a death where the text says that it was fatal.
_WOUNDING = frozenset(("wound", "hurt", "shoot"))
_TELLING_POS = frozenset(("VERB", "AUX", "NOUN", "PROPN"))
_MODIFIER = frozenset(("compound", "nmod", "amod"))
#: Stretches of talks ("held a second round of negotiations").
_SITTINGS = frozenset(("round", "session", "hour", "day", "week"))
#: Verbs that, where they have somebody do something, demand it.
_BIDDING = frozenset(("tell", "require", "instruct", "direct", "compel"))
#: Verbs that can tell a deed by how their words are built.
_ALSO_TELLING = frozenset((*_TELLING, *_BIDDING, "survive", "retaliate", "avenge", "want", "allege", "claim", "charge"))


@dataclass(slots=True)
class Trigger:
    """An event word. ``light`` is the verb that carries an event noun ("carried out strikes"), with its sense.

    ``slots`` are what stands around it, once that was looked for.
    """

    token: Any
    frame: Frame
    is_verb: bool
    light: Any | None = None
    is_suffered: bool = False
    idiom: frozenset[int] = frozenset()
    slots: dict[str, list[Any]] | None = field(default=None, repr=False, compare=False)

    @property
    def rule(self) -> str:
        """The id of the rule: frame, part of speech, construction."""
        if self.is_verb:
            return f"{self.frame.id}.verb"
        if self.light is None:
            return f"{self.frame.id}.noun"
        return f"{self.frame.id}.noun.{'suffered' if self.is_suffered else 'light_verb'}"


def find_triggers(doc: Any, mentions: Mentions) -> list[Trigger]:
    """Return the triggers of a parsed document, in the order of the text; one token is at most one trigger."""
    table = predicates()
    found = []
    idioms: set[int] = set()
    for token in doc:
        trigger, pos = None, token.pos_
        if pos not in _TELLING_POS and token.lower_ != "dead":
            continue
        if pos == "VERB" and token.tag_ == "VBG" and (_is_heading(token) or _is_of_weapon(token, mentions)):
            trigger = _noun(token, table, mentions)
        elif pos in ("VERB", "AUX"):
            trigger = _verb(token, table)
            if trigger is not None:
                trigger.idiom = frozenset(_idiom(token, trigger.frame, table))
                idioms.update(trigger.idiom)
        elif token.i in idioms:
            continue
        elif token.lower_ == "dead" and token.i and token.nbor(-1).lower_ in _DEADLY and _has_object(token):
            trigger = Trigger(token, table.frames["kill"], is_verb=True)  # "two gunmen on a motorcycle shot dead a …"
        elif pos == "NOUN" or (pos == "PROPN" and token.lower_ in table.nouns):
            trigger = _noun(token, table, mentions)
        if trigger is not None:
            if trigger.frame.id in _WOUNDING and (trigger.is_verb or trigger.is_suffered) and is_fatal(trigger.token):
                trigger.frame = table.frames["kill"]
            found.append(trigger)
    return [trigger for trigger in found if trigger.is_verb or trigger.token.i not in idioms]


def _is_heading(token: Any) -> bool:
    """Whether a gerund opens a line as its heading ("Looting: On Friday gunmen …")."""
    return token.i == token.sent.start and token.i + 1 < len(token.doc) and token.nbor().text == ":"


def _is_of_weapon(token: Any, mentions: Mentions) -> bool:
    """Whether a gerund is a noun for what a weapon does, whatever the parse makes of it ("from artillery shelling")."""
    if not token.i or mentions.weapon_at(token.nbor(-1)) is None or token.nbor(-1).pos_ != "NOUN":
        return False
    is_used = any(child.dep_ in ("dobj", "aux", "nsubj") for child in token.children)
    return token.dep_ in ("advcl", "acl") and not is_used and token.lower_ in predicates().nouns


def _has_object(token: Any) -> bool:
    """Whether the parse took an adjective for the verb ("shot dead a policeman")."""
    return any(child.dep_ == "dobj" for child in token.rights)


def _verb(token: Any, table: Predicates) -> Trigger | None:
    if token.lemma_ == "be" and is_among_dead(token):
        return Trigger(token, table.frames["die"], is_verb=True)
    patterns = table.verbs.get(_LEMMAS.get(token.lower_) or token.lemma_.lower())
    frame = _listed(token, patterns, table) if patterns else None
    if frame is None and token.lemma_ in _ALSO_TELLING:
        frame = _in_other_words(token, table)
    return Trigger(token, frame, is_verb=True) if frame is not None else None


def _listed(token: Any, patterns: Iterable[VerbPattern], table: Predicates) -> Frame | None:
    """Return the frame of a verb that the codebook lists, where one of its patterns fits."""
    if token.tag_ in ("VBN", "VBD"):
        if token.i > 1 and token.nbor(-1).lower_ == "and" and token.nbor(-2).lower_ == "dead":
            return None  # "to recover the dead and wounded"
        is_noun = token.dep_ in ("pobj", "dobj", "nsubj", "nsubjpass")
        if is_noun and any(child.dep_ == "det" for child in token.lefts):
            return None  # "two of the wounded"
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ == "number":
        return None  # "the number of wounded"
    if token.dep_ in ("amod", "compound") and token.tag_ in ("VBG", "VBN") and not is_shared(token.head):
        return None  # "the occupied town", "fighting vehicles": a property, not a happening
    if token.tag_ == "VBN" and token.i and token.nbor(-1).tag_ == "HYPH" and token.dep_ in ("amod", "conj", "acl"):
        return None  # "army and junta-backed forces"
    if token.lemma_ in table.intransitive and (
        any(child.dep_ == "dobj" for child in token.children)
        or (token.dep_ == "acl" and any(child.lower_ == "by" for child in token.children))
    ):
        return None
    idioms = table.idioms.get(token.lemma_.lower())
    if idioms and fitting(token, idioms) is not None:
        return None
    if token.lemma_ == "fire" and any(c.lower_ == "test" for c in token.lefts):
        return table.frames["test_weapon"]  # "test-fired a missile"
    if token.lemma_ == "attack" and _is_in_words(token):
        return table.frames["condemn"]
    frame = fitting(token, patterns)
    if frame is not None and frame.id == "gather" and token.lemma_ in ("block", "obstruct") and _is_by_force(token):
        return table.frames["restrict"]  # "militiamen blocked a convoy": no demonstration
    return frame


def _is_by_force(verb: Any) -> bool:
    """Whether forces do something, by the nouns for them, and not to complain or demand."""
    if any(word.lemma_.lower() in predicates().purposes for word in verb.sent):
        return False
    doers = [t.lemma_.lower() for t in subject_of(verb)[0] if t.lemma_ not in ("group", "guard")]
    kinds = (things().heads.get(doer, ()) for doer in doers)
    return any(found and found[0] is MentionKind.FORCES for found in kinds)


def _is_in_words(attack: Any) -> bool:
    """Whether somebody is attacked for what he does, which is criticism ("attacked the minister for his silence")."""
    for child in attack.rights:
        if child.lower_ == "for" and child.dep_ == "prep":
            return any(g.dep_ == "pcomp" or any(p.dep_ == "poss" for p in g.lefts) for g in child.rights)
    return False


def _in_other_words(token: Any, table: Predicates) -> Frame | None:
    """Return the frame of a deed that is told by how its words are built rather than by a verb of its own."""
    if token.lemma_ == "survive" and any(child.dep_ == "neg" for child in token.lefts):
        return table.frames["die"]
    if token.lemma_ in ("retaliate", "avenge") and any(c.lower_ in ("will", "would", "'ll") for c in token.lefts):
        return table.frames["threaten"]
    if _obliges(token, table):
        return table.frames["demand"]
    if _wants_of_another(token):
        return table.frames["demand" if token.lemma_ in _BIDDING else "appeal"]
    return table.frames["accuse"] if _alleges(token, table) else None


def _idiom(token: Any, frame: Frame, table: Predicates) -> list[int]:
    """Return the nouns after a verb that make its idiom ("went on strike", "lifted sanctions"): no own events."""
    words = {w for p in table.verbs.get(token.lemma_.lower(), ()) if p.frame is frame for w in p.object}
    if not words:
        return []
    near = [*token.rights, *(g for c in token.rights if c.dep_ == "prep" for g in c.rights)]
    found = [child.i for child in near if child.lemma_ in words and child.dep_ in ("dobj", "pobj")]
    return [*found, *(noun.i for noun in done_to(token) if noun.lemma_ in words)]


def _obliges(token: Any, table: Predicates) -> bool:
    """Whether a speaker says what somebody else must do ("said that Sudan must return …"): a demand in other words."""
    for child in token.children:
        if child.dep_ != "ccomp" or token.lemma_ not in _TELLING:
            continue
        has_duty = any(c.dep_ == "aux" and c.lower_ in table.obliging for c in child.children)
        return has_duty and any(c.dep_ == "nsubj" and c.pos_ in ("PROPN", "NOUN") for c in child.children)
    return False


def _wants_of_another(token: Any) -> bool:
    """Whether somebody wants another to do something ("wants Spain to lift the ban"): an appeal in other words."""
    if token.lemma_ in _BIDDING:
        return _bids(token)
    if token.lemma_ != "want" or any(c.dep_ == "neg" for c in token.children):
        return False
    inner = (c for c in token.rights if c.dep_ in ("ccomp", "xcomp"))
    return any(c.dep_ == "nsubj" and c.pos_ in ("PROPN", "NOUN") for clause in inner for c in clause.lefts)


def _bids(token: Any) -> bool:
    """Whether somebody tells another to do something ("told the envoy to leave", "requires Serbia to hand over …")."""
    clauses = [c for c in token.rights if c.dep_ in ("xcomp", "ccomp") and any(g.tag_ == "TO" for g in c.lefts)]
    whom = [*token.rights, *(g for c in clauses for g in c.lefts)]
    is_somebody = any(c.dep_ in ("dobj", "nsubj", "dative") and c.pos_ in ("PROPN", "NOUN") for c in whom)
    return bool(clauses) and is_somebody


def _alleges(token: Any, table: Predicates) -> bool:
    """Whether somebody alleges a thing, or claims that another, by name, did harm ("claimed that rebels had fired")."""
    if token.lemma_ == "allege":
        return any(c.dep_ in ("ccomp", "dobj") for c in token.rights)
    if token.lemma_ not in ("claim", "charge"):
        return False
    for child in token.rights:
        if child.dep_ == "ccomp" and any(c.dep_ == "nsubj" and c.pos_ in ("PROPN", "NOUN") for c in child.lefts):
            return any(p.frame.type in _HARMFUL for p in table.verbs.get(child.lemma_.lower(), ()))
    return False


def _noun(token: Any, table: Predicates, mentions: Mentions) -> Trigger | None:
    if token.dep_ in _MODIFIER:
        return None
    entries = table.nouns.get(token.lemma_.lower()) or table.nouns.get(token.lower_)
    if not entries or mentions.weapon_at(token) is not None:
        return None
    for words, frame in entries:
        before = token.doc[max(0, token.i - len(words) + 1) : token.i] if len(words) > 1 else ()
        if tuple([word.lemma_.lower() for word in before]) != words[:-1]:
            continue
        if not _is_of(token, table.matters.get((frame.id, " ".join(words)))):
            continue
        if token.lemma_ == "fire" and frame.id == "fire" and _is_blaze(token):
            continue
        if token.lemma_ == "strike" and frame.id == "strike" and _is_of_labour(token, mentions):
            frame = table.frames["walkout"]
        if frame.type == "REJECT" and _names_party(token):
            continue
        if token.lemma_ == "release" and any(c.lower_ in ("press", "news", "media") for c in token.lefts):
            continue
        light, is_suffered = _carrier(token, table)
        if light is not None and frame.type == "PROTEST" and _attacks(light, table):
            light = None  # "a drone hit a rally"
        return Trigger(token, frame, is_verb=False, light=light, is_suffered=is_suffered)
    return None


def _is_of(noun: Any, matters: frozenset[str] | None) -> bool:
    """Whether an event noun is of what it has to be of ("the suspension of aid", not "of a player")."""
    if matters is None:
        return True
    tied = (g for c in noun.rights if c.dep_ == "prep" and c.lower_ in ("of", "on", "in") for g in c.rights)
    return any(g.dep_ == "pobj" and (g.lemma_ in matters or not matters.isdisjoint(kind_words(g))) for g in tied)


def _names_party(token: Any) -> bool:
    """Whether a noun that can be a deed names those who do it ("the opposition", not "opposition to the plan")."""
    return token.lemma_.lower() in things().heads and not any(c.lower_ in ("to", "against") for c in token.rights)


def _is_blaze(token: Any) -> bool:
    """Whether a "fire" burns ("a fire erupted at the refinery", "fires broke out"): gunfire is no single one."""
    if token.tag_ == "NNS":
        return True
    if not any(child.lower_ in ("a", "an", "another", "the", "this") for child in token.lefts):
        return token.dep_ == "dobj" and token.head.lemma_ in ("catch", "cause", "extinguish", "fight")
    if any(child.lower_ in ("a", "an", "another") for child in token.lefts):
        return not any(child.dep_ == "compound" for child in token.lefts)  # "an earlier fire"
    return token.dep_ in ("nsubj", "nsubjpass", "dobj") and not any(c.dep_ in ("compound", "amod") for c in token.lefts)


def _is_of_labour(token: Any, mentions: Mentions) -> bool:
    """Whether a "strike" is a stoppage of work: words of labour beside it, no weapon, and nothing that it hit."""
    sentence = token.sent
    if any(mentions.weapon_at(other) is not None for other in sentence) or _hits(token):
        return False
    return any(_is_of_work(other) for other in sentence)


def _is_of_work(word: Any) -> bool:
    """Whether a word is one of labour, not "General Staff" or "aid workers", whom a strike hits."""
    if word.lemma_.lower() not in predicates().labour:
        return False
    before = {child.lower_ for child in word.lefts}
    return not before & _OTHER_WORK and not (word.i and word.nbor(-1).lower_ in _OTHER_WORK)


def _hits(strike: Any) -> bool:
    """Whether a strike kills or hits something ("killed in a strike on the depot"), as no stoppage does."""
    table = predicates()
    governor = strike.head.head if strike.dep_ == "pobj" else strike.head
    if governor.pos_ == "VERB" and any(
        pattern.frame.id in table.consequences for pattern in table.verbs.get(governor.lemma_, ())
    ):
        return True
    sites = things().heads
    return any(
        preposition.lower_ in ("on", "against", "at")
        and any(MentionKind.FACILITY in sites.get(c.lemma_.lower(), ()) for c in preposition.rights)
        for preposition in strike.rights
    )


def _attacks(verb: Any, table: Predicates) -> bool:
    """Whether a verb tells an attack by itself (not "hold", which does with "hostage")."""
    return any(p.frame.type == "ASSAULT" and not p.object for p in table.verbs.get(verb.lemma_, ()))


def _carrier(token: Any, table: Predicates) -> tuple[Any | None, bool]:
    """Return the verb that carries an event noun, and whether its subject suffers the event."""
    head = token.head
    if token.dep_ == "conj":
        return _carrier(head, table) if head.i != token.i else (None, False)
    if token.dep_ == "pobj" and head.lower_ == "of" and head.head.lemma_.lower() in table.grouping | _SITTINGS:
        return _carrier(head.head, table)  # "a wave of strikes was launched"
    if token.dep_ == "pobj" and head.text.lower() == "under" and head.head.lemma_ in ("come", "be", "fall"):
        return head.head, True
    if token.dep_ == "pobj" and head.lower_ == "in" and head.head.lemma_ in table.joining:
        return head.head, False
    if token.dep_ not in ("dobj", "nsubjpass"):
        return None, False
    verb = head
    name = verb.lemma_.lower()
    particle = next((c.text.lower() for c in verb.children if c.dep_ == "prt"), None)
    if particle and f"{name} {particle}" in table.light_verbs:
        return verb, False
    if name in table.light_verbs:
        return verb, False
    return (verb, True) if name in table.suffering_verbs else (None, False)
