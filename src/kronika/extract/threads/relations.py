"""Relations: what stands where, makes what, supplies whom, belongs to whom, as the document states it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kronika.codebook.relations import RelationWords, relation_words
from kronika.extract.grammar.lists import Item, read_list
from kronika.extract.reading import Reading
from kronika.extract.threads.sites import is_unreal, located
from kronika.extract.threads.standing import Subjects
from kronika.records import Mention, MentionKind, Relation, Span, content_id

_GOODS = frozenset((MentionKind.WEAPON, MentionKind.PRODUCT))
_OWNERS = frozenset((MentionKind.ORGANISATION, MentionKind.PERSON, MentionKind.STATE, MentionKind.BODY))
_PARTIES = frozenset((MentionKind.FORCES, MentionKind.STATE, MentionKind.BODY, MentionKind.ORGANISATION))
_WHOLES = frozenset((MentionKind.ORGANISATION, MentionKind.FORCES, MentionKind.BODY, MentionKind.FACILITY))


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation before it is a record: the tokens or mentions of its sides, and the rule that read it."""

    subject: Any
    predicate: str
    object: Mention
    cue: Any
    rule: str


def read_relations(reading: Reading) -> list[Relation]:
    """Return the standing relations that the document states, in the order of the text.

    What is negated, wished for or to come is left out, and so are sides that can't stand in the relation (a person
    that is "produced", a crowd that "operates").
    """
    words = relation_words()
    subjects = Subjects(reading)
    found = [_Found(*sides, "located") for sides in located(reading)]
    rules = {"VERB": words.verbs, "NOUN": words.nouns}
    for token in [word for word in reading.doc if word.pos_ in rules and word.lemma_ in rules[word.pos_]]:
        found.extend(_at(token, rules[token.pos_][token.lemma_], subjects, words))
    records: dict[str, Relation] = {}
    for item in sorted(found, key=lambda one: (one.object.span.start, one.cue.i)):
        record = _record(item, reading)
        records.setdefault(record.id, record)
    return list(records.values())


def _record(item: _Found, reading: Reading) -> Relation:
    subject = item.subject if isinstance(item.subject, Mention) else reading.mentions.describe(item.subject)
    sentence, text = item.cue.sent, reading.document.text
    start, end = sentence.start_char, sentence.start_char + len(sentence.text.rstrip())
    start += len(sentence.text) - len(sentence.text.lstrip())
    key = content_id("r", reading.document.id, subject.span.start, item.predicate, item.object.span.start)
    evidence = Span(reading.document.id, start, end, text[start:end])
    return Relation(key, subject, item.predicate, item.object, evidence, rule=item.rule)


def _at(token: Any, rule: str, subjects: Subjects, words: RelationWords) -> Iterator[_Found]:
    """Read the relations that one word states."""
    if token.pos_ != "NOUN" and is_unreal(token):
        return
    if rule in ("makes", "makes_loosely", "gives"):
        yield from _made(token, rule, subjects, words)
    elif rule == "by":
        yield from _by(token, words.by[token.lemma_], subjects)
    elif rule in ("makers", "givers", "making"):
        yield from _maker(token, rule, subjects, words)
    elif rule in ("parts", "belongs"):
        yield from _part(token, rule, subjects)
    elif rule == "components":
        yield from _component(token, subjects)
    elif rule == "under":
        yield from _under(token, subjects)


def _made(verb: Any, rule: str, subjects: Subjects, words: RelationWords) -> Iterator[_Found]:
    """Read "X produces A and B for C", "A and B produced by X"."""
    reading = subjects.reading
    if subjects.is_passive(verb):
        maker = next((t for t in subjects.after(verb, ("by", "at")) if subjects.is_site(t)), None)
        goods = subjects.passive_subject(verb)
        if maker is not None and goods is not None and rule != "gives":
            item = Item(goods, goods)
            if _are_goods([item], rule, maker, subjects):
                yield _Found(maker, "produces", subjects.mention(item), verb, f"{rule}.passive")
        return
    maker = subjects.of(verb)
    if maker is None or not subjects.is_site(maker):
        return
    items, end = read_list(reading.doc, verb.i + 1, verb.sent.end)
    if rule == "gives":
        yield from _supplied(verb, maker, items, end, subjects, words)
    elif _are_goods(items, rule, maker, subjects):
        yield from _produced(verb, maker, items, end, rule, subjects, words)


def _are_goods(items: list[Item], rule: str, maker: Any, subjects: Subjects) -> bool:
    """Whether a list is of goods: a weapon or product among them, or what a known site makes; no reports."""
    kinds = {subjects.mention(item).kind for item in items}
    if any(item.last.lemma_.lower() in relation_words().lists["not_goods"] for item in items):
        return False
    if kinds & _GOODS:
        return True
    is_known = subjects.reading.mentions.describe(maker).kind in (MentionKind.FACILITY, MentionKind.ORGANISATION)
    return rule == "makes" and is_known and bool(kinds) and kinds <= {MentionKind.UNKNOWN, MentionKind.ASSET}


def _produced(
    cue: Any, maker: Any, items: list[Item], end: int, rule: str, subjects: Subjects, words: RelationWords
) -> Iterator[_Found]:
    """Yield what is produced and, where the text says it, what that is built into."""
    for item in items:
        yield _Found(maker, "produces", subjects.mention(item), cue, rule)
    for item in _built_into(end, cue.sent.end, subjects, words):
        yield _Found(maker, "supplies components for", subjects.mention(item), cue, f"{rule}.for")


def _built_into(i: int, limit: int, subjects: Subjects, words: RelationWords) -> list[Item]:
    """Return the systems named after goods at ``i``: "vital for A and B", "used in A", "for A"."""
    doc, lists = subjects.reading.doc, words.lists
    if i < limit and doc[i].tag_ in ("WDT", "WP"):  # "chips that are used in …"
        i += 2
    is_said = i < limit and doc[i].lower_ in lists["into"]
    i += is_said
    if i >= limit or doc[i].lower_ not in (lists["into_prepositions"] if is_said else ("for",)):
        return []
    items, _ = read_list(doc, i + 1, limit)
    return items if any(subjects.mention(item).kind in _GOODS for item in items) else []


def _supplied(
    verb: Any, giver: Any, items: list[Item], end: int, subjects: Subjects, words: RelationWords
) -> Iterator[_Found]:
    """Read "supplies goods", "supplies goods to the army", "supplies the army with goods"."""
    doc, limit = subjects.reading.doc, verb.sent.end
    parties = [item for item in items if subjects.mention(item).kind in _PARTIES]
    goods = [item for item in items if subjects.mention(item).kind in _GOODS]
    if end < limit and doc[end].lower_ == ("with" if parties else "to"):
        more, _ = read_list(doc, end + 1, limit)
        parties += [item for item in more if subjects.mention(item).kind in _PARTIES]
        goods += [item for item in more if subjects.mention(item).kind in _GOODS]
    if goods:
        for item in (*goods, *parties):
            yield _Found(giver, "supplies", subjects.mention(item), verb, "gives")
        for item in _built_into(end, limit, subjects, words):
            yield _Found(giver, "supplies components for", subjects.mention(item), verb, "gives.for")


def _maker(noun: Any, rule: str, subjects: Subjects, words: RelationWords) -> Iterator[_Found]:
    """Read "X, a manufacturer of A and B", "the missile maker X", "X specialises in the production of A"."""
    doc = subjects.reading.doc
    maker = subjects.engaged(noun, words) if rule == "making" else subjects.described_as(noun)
    if maker is None or not subjects.is_site(maker):
        return
    if noun.i + 1 < len(doc) and doc[noun.i + 1].lower_ == "of":
        items, end = read_list(doc, noun.i + 2, noun.sent.end)
        is_of = True
    elif noun.i and doc[noun.i - 1].dep_ == "compound" and doc[noun.i - 1].head.i == noun.i:
        items, end, is_of = [Item(doc[noun.i - 1], doc[noun.i - 1])], noun.i + 1, False
    else:
        return
    if not _are_goods(items, "makes" if is_of else rule, maker, subjects):
        return
    if rule == "givers":
        for item in items:
            yield _Found(maker, "supplies", subjects.mention(item), noun, rule)
    else:
        yield from _produced(noun, maker, items, end, rule, subjects, words)


def _by(verb: Any, predicate: str, subjects: Subjects) -> Iterator[_Found]:
    """Read "X operated by Y", "Y operates X"; "sanctioned by" only passively."""
    describe = subjects.reading.mentions.describe
    if subjects.is_passive(verb):
        thing, agents = subjects.passive_subject(verb), subjects.after(verb, ("by",))
        pairs = [(thing, agent) for agent in agents if thing is not None]
    elif predicate == "sanctioned by":
        return
    else:
        agent = subjects.of(verb)
        pairs = [(child, agent) for child in verb.children if child.dep_ == "dobj" and agent is not None]
    for thing, agent in pairs:
        if _fits(thing, agent, predicate, subjects):
            yield _Found(thing, predicate, describe(agent), verb, "by")


def _fits(thing: Any, agent: Any, predicate: str, subjects: Subjects) -> bool:
    describe = subjects.reading.mentions.describe
    side = describe(agent)
    if predicate == "commanded by":
        return describe(thing).kind is MentionKind.FORCES and side.kind is MentionKind.PERSON
    is_named = agent.pos_ == "PROPN" or (agent.tag_ == "NN" and agent.text[0].isupper())
    is_party = side.kind in _OWNERS or (side.kind is MentionKind.UNKNOWN and is_named)
    if predicate == "sanctioned by":
        return (subjects.is_site(thing) or describe(thing).kind is MentionKind.PERSON) and is_party
    return subjects.is_site(thing) and is_party


def _part(word: Any, rule: str, subjects: Subjects) -> Iterator[_Found]:
    """Read "X, part of the Y group", "X is a subsidiary of Y", "X belongs to Y"."""
    describe = subjects.reading.mentions.describe
    if rule == "belongs":
        thing, wholes = subjects.of(word), subjects.after(word, ("to",))
    else:
        thing, wholes = subjects.described_as(word), subjects.after(word, ("of",))
    if thing is None:
        return
    kind = describe(thing).kind
    for whole in wholes:
        other = describe(whole)
        named = whole.pos_ == "PROPN" and other.kind is MentionKind.UNKNOWN
        if (subjects.is_site(thing) or kind is MentionKind.FORCES) and (other.kind in _WHOLES or named):
            yield _Found(thing, "part of", other, word, rule)


def _component(word: Any, subjects: Subjects) -> Iterator[_Found]:
    """Read "chips are used in Y", "X is a component of Y"; "its chips" are the facility's: it supplies them for Y."""
    reading = subjects.reading
    if word.pos_ == "NOUN":
        thing, preposition = subjects.described_as(word), "of"
    else:
        thing, preposition = subjects.passive_subject(word), "in"
    if thing is None or thing.pos_ not in ("NOUN", "PROPN") or not subjects.after(word, (preposition,)):
        return
    part = subjects.mention(Item(thing, thing))
    at = next(child.i for child in word.children if child.dep_ == "prep" and child.lower_ == preposition)
    items, _ = read_list(reading.doc, at + 1, word.sent.end)
    wholes = [mention for item in items if (mention := subjects.mention(item)).kind is MentionKind.WEAPON]
    owner = next((child for child in thing.lefts if child.dep_ == "poss" and subjects.is_site(child)), None)
    for whole in wholes if owner is not None or part.kind in (*_GOODS, MentionKind.UNKNOWN) else ():
        if owner is not None:
            yield _Found(owner, "supplies components for", whole, word, "components.owner")
        else:
            yield _Found(part, "component of", whole, word, "components")


def _under(noun: Any, subjects: Subjects) -> Iterator[_Found]:
    """Read "X is under EU sanctions", "the brigade under the command of Y"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "under":
        return
    describe = subjects.reading.mentions.describe
    above = noun.head.head
    thing = above if above.pos_ in ("NOUN", "PROPN") else subjects.passive_subject(above) or subjects.of(above)
    if thing is None or (above.pos_ in ("VERB", "AUX") and is_unreal(above)):
        return
    if noun.lemma_ == "sanction":
        predicate = "sanctioned by"
        agents = [child for child in noun.lefts if child.dep_ in ("compound", "amod", "poss", "nmod")]
        agents = [a for a in agents if describe(a).kind in (MentionKind.STATE, MentionKind.BODY) or describe(a).country]
    else:
        predicate, agents = "commanded by", subjects.after(noun, ("of",))
    for agent in agents:
        if _fits(thing, agent, predicate, subjects) or (predicate == "sanctioned by" and subjects.is_site(thing)):
            yield _Found(thing, predicate, describe(agent), noun, "under")
