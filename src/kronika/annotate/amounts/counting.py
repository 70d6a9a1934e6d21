"""What a number counts, and what happened to the things counted, read from the parse."""

from __future__ import annotations

from typing import Any

from kronika.codebook.measures import Counts, counts
from kronika.records import CountKind

_PASSIVE = frozenset(("nsubjpass",))
_OBJECTS = frozenset(("dobj", "obj", "attr", "oprd"))
#: Nouns that settle the kind whatever the verb says; others yield to it ("detained 300 protesters").
_STRONG = frozenset((CountKind.KILLED, CountKind.WOUNDED, CountKind.CASUALTIES, CountKind.MISSING))
#: "Killed and wounded nine": a verb so close shares the object.
_BESIDE = 2
#: Who came to harm, be it death or wounds: the verb says which.
_WHOEVER = frozenset(("victim",))
_LINKS = frozenset(("conj", "appos"))
_CLIMBS = frozenset(
    ("rise", "climb", "reach", "be", "stand", "jump", "grow", "increase", "hit", "exceed", "pass", "top")
)


#: Verbs that put a figure on something ("the dead were put at 12", "fatalities estimated as 10").
_PUTS = frozenset(
    ("put", "estimate", "report", "record", "count", "place", "tally", "code", "cod")
)  # "coded" is read as "cod"


def _verb(token: Any) -> str:
    """The lemma of a verb with its particle ("shoot down")."""
    for child in token.children:
        if child.dep_ == "prt" or (child.i == token.i + 1 and child.lower_ in ("down", "up", "out", "hostage", "dead")):
            return f"{token.lemma_.lower()} {child.lower_}"
    return str(token.lemma_.lower())


def is_fatal(word: Any, words: Counts | None = None) -> bool:
    """Whether a word of harm tells a death: "fatally injured", "mortal wounds", "injuries incompatible with life".

    >>> from kronika.annotate.parsing.syntax import load_model
    >>> doc = load_model()("One man was fatally wounded, another was slightly wounded.")
    >>> [is_fatal(token) for token in doc if token.lower_ == "wounded"]
    [True, False]
    """
    words = words or counts()
    if any(child.lower_ in words.fatal and child.dep_ in ("advmod", "amod") for child in word.children):
        return True
    after = word.doc[word.i + 1 : word.i + 4]
    return [token.lower_ for token in after] == ["incompatible", "with", "life"]


def verb_kind(token: Any, role: str, words: Counts) -> CountKind | None:
    """Return what a verb says of the things in ``role``: "object" (also the subject of its passive) or "subject"."""
    table = words.objects if role == "object" else words.subjects
    lemma = _verb(token)
    kind = table.get(lemma) or table.get(lemma.split(" ")[0])
    if role == "subject":
        return kind or _suffered(token, words)
    if (kind is CountKind.WOUNDED or lemma in words.blows) and is_fatal(token, words):
        return CountKind.KILLED
    return _either(token, kind, words)


def _suffered(verb: Any, words: Counts) -> CountKind | None:
    """Return the harm that the subject of a verb comes to ("sustained injuries", "suffered fatal wounds")."""
    if verb.lemma_ not in words.sufferings:
        return None
    harm = next((c for c in verb.rights if c.dep_ == "dobj" and words.nouns.get(c.lemma_) is CountKind.WOUNDED), None)
    if harm is None:
        return None
    return CountKind.KILLED if is_fatal(harm, words) else CountKind.WOUNDED


def _either(word: Any, kind: CountKind | None, words: Counts) -> CountKind | None:
    """Return casualties for those of whom it is left open which it was ("killed or wounded", "dead or injured")."""
    if kind not in (CountKind.KILLED, CountKind.WOUNDED) or not any(c.lower_ == "or" for c in word.rights):
        return kind
    for other in word.rights:
        said = words.objects.get(other.lemma_.lower()) or words.participles.get(other.lower_)
        if other.dep_ == "conj" and {said, kind} == {CountKind.KILLED, CountKind.WOUNDED}:
            return CountKind.CASUALTIES
    return kind


def participle_kind(token: Any, words: Counts) -> CountKind | None:
    """Return what a participle or adjective after a number says ("14 wounded", "three dead")."""
    kind = _either(token, words.participles.get(token.lower_), words)
    if kind is None and token.tag_ in ("VBN", "VBD", "JJ"):
        kind = verb_kind(token, "object", words) or (
            words.nouns.get(token.lower_) if token.lower_ == token.text else None
        )
    return kind


def noun_kind(token: Any, words: Counts) -> CountKind | None:
    """Return what a counted noun says by itself ("deaths", "casualties", "refugees")."""
    return words.nouns.get(token.lemma_.lower()) or words.nouns.get(token.lower_)


def _toll(token: Any, words: Counts) -> CountKind | None:
    """Return the kind of a noun that heads a figure ("death toll of 12"), with its modifier."""
    for child in token.children:
        if child.dep_ in ("compound", "amod"):
            kind = words.heads.get(f"{child.lower_} {token.lower_}")
            if kind:
                return kind
        if child.dep_ == "prep" and child.lower_ == "of" and token.lower_ == "number":
            for below in child.children:
                kind = noun_kind(below, words) or participle_kind(below, words) or _done_to(below, words)
                if kind:
                    return kind
    return words.heads.get(token.lower_) or words.nouns.get(token.lemma_.lower())


def _done_to(noun: Any, words: Counts) -> CountKind | None:
    """Return what a participle says of the people beside it ("the number of people injured", "wounded residents")."""
    kinds = (participle_kind(child, words) for child in noun.children if child.dep_ in ("acl", "amod"))
    return next((kind for kind in kinds if kind), None)


def among_dead(word: Any) -> Any | None:
    """Return the verb of "X was among the dead", "X was among five people killed", for the word of death in it."""
    if word.lower_ not in ("dead", "killed", "deceased", "slain"):
        return None
    people = word.head if word.dep_ == "acl" else word
    if people.dep_ != "pobj" or people.head.lower_ != "among" or people.head.head.lemma_ != "be":
        return None
    return people.head.head


def is_among_dead(verb: Any) -> bool:
    """Whether a verb says of its subject that it was among the dead."""
    if verb.lemma_ != "be":
        return False
    behind = (child for child in verb.children if child.lower_ == "among")
    return any(among_dead(token) == verb for child in behind for token in child.subtree)


def _names_told(noun: Any, words: Counts) -> bool:
    """Whether a noun for those who came to harm is definite: they were told before ("the three other victims")."""
    kind = words.nouns.get(noun.lower_) or words.nouns.get(noun.lemma_)
    is_people = noun.lower_ in words.participles or noun.lower_ in ("victims", "deceased")
    return is_people and kind in _STRONG and any(child.lower_ in ("the", "those") for child in noun.lefts)


def is_of_toll(noun: Any, words: Counts) -> bool:
    """Whether people are told of as some of those who came to harm ("the dead included nine women")."""
    if _names_told(noun, words):
        return True
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head  # "four of his relatives"
    if noun.dep_ == "pobj" and noun.head.lower_ == "including" and noun.head.head.dep_ == "attr":
        return _subject_toll(noun.head.head.head, words) is not None  # "The victims were farmers, including nine women"
    while noun.dep_ == "conj":
        noun = noun.head
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ == "include":
        return _subject_toll(verb, words) is not None
    return noun.dep_ == "nsubj" and is_among_dead(verb)


def _subject_toll(verb: Any, words: Counts) -> CountKind | None:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return _toll(child, words)
    return _toll(verb.head, words) if verb.dep_ == "acl" else None


def _by_preposition(prep: Any, words: Counts, depth: int) -> CountKind | None:
    above = prep.head
    while above.dep_ == "prep" and above.head is not above:  # "rose from 12 to 14"
        above = above.head
    if prep.lower_ == "of" and above.pos_ == "NOUN":
        return _toll(above, words) or (governed_kind(above, words, depth + 1) if above.lower_ == "total" else None)
    if prep.lower_ in ("to", "at", "by") and above.lemma_ in _CLIMBS:
        return _subject_toll(above, words)
    if prep.lower_ in ("at", "as") and above.lemma_ in _PUTS:
        return _subject_toll(above, words)
    if prep.lower_ in ("including", "among"):
        if above.pos_ in ("VERB", "AUX"):
            return _including_verb(above, prep, words)
        return governed_kind(above, words, depth + 1)
    return None


def _including_verb(verb: Any, prep: Any, words: Counts) -> CountKind | None:
    """What the verb does to the noun phrase that stands before ``including``."""
    nearest = max(
        (c for c in verb.children if c.i < prep.i and c.dep_ in ("dobj", "nsubj", "nsubjpass")),
        key=lambda c: c.i,
        default=None,
    )
    return governed_kind(nearest, words, 3) if nearest is not None else None


def governed_kind(head: Any, words: Counts, depth: int = 0) -> CountKind | None:
    """Return what the clause says happened to the thing that ``head`` heads, or None."""
    dep, above = head.dep_, head.head
    if dep in _PASSIVE:
        return verb_kind(above, "object", words)
    if dep in _OBJECTS:
        kind = verb_kind(above, "object", words)
        if kind is None and (above.lemma_ in _CLIMBS or above.lemma_ == "include"):
            kind = _subject_toll(above, words)
        if kind is None and above.dep_ == "conj" and above.i - above.head.i <= _BESIDE:
            kind = verb_kind(above.head, "object", words)
        return kind
    if dep == "nsubj":
        if above.tag_ == "VBN" and not any(c.dep_ == "aux" for c in above.children):
            return participle_kind(above, words)
        if is_among_dead(above):
            return CountKind.KILLED
        if above.lemma_ in ("be", "go", "remain") or above.tag_.startswith("JJ"):
            return next((k for c in above.children if c.i > above.i and (k := words.participles.get(c.lower_))), None)
        return verb_kind(above, "subject", words)
    if dep == "pobj":
        return _by_preposition(above, words, depth)
    if dep in ("nummod", "nmod", "quantmod", "compound") and above.pos_ in ("VERB", "ADJ"):
        return participle_kind(above, words)
    if dep in _LINKS and depth < 3:
        return governed_kind(above, words, depth + 1)
    return None


def _does_it(verb: Any) -> bool:
    """Whether a verb after a number has an object: "two air strikes killed eight" counts no killed strikes."""
    beside = [child for child in verb.rights if child.dep_ == "conj" and child.i - verb.i <= _BESIDE]
    return verb.tag_ == "VBD" and any(c.dep_ == "dobj" for word in (verb, *beside) for c in word.rights)


def _own_verb(number: Any, words: Counts) -> CountKind | None:
    """Return what a verb does to a figure that the parse joins to the one before ("killed 900, displaced millions")."""
    if number.i < 2 or number.nbor(-1).tag_ not in ("VBD", "VBN") or number.nbor(-2).lower_ != "and":
        return None
    verb = number.nbor(-1)
    return verb_kind(verb, "object", words) if verb.dep_ == "amod" and verb.head.i == number.i else None


def kind_of(number: Any, head: Any | None, last: Any, words: Counts | None = None) -> CountKind:
    """Return the kind of a figure: ``number`` its last token, ``head`` the counted noun, ``last`` the last token."""
    words = words or counts()
    said = noun_kind(head, words) if head is not None else None
    if said in _STRONG and (head is None or head.lemma_ not in _WHOEVER):
        return said
    if head is not None and head.dep_ == "pobj" and head.head.head.i == number.i:
        head = number if number.dep_ != "nummod" else head  # "61 of the drones were shot down"
    own = _own_verb(number, words)
    if own is not None:
        return own
    for child in head.children if head is not None else ():  # "20 wounded residents"
        if child.dep_ == "amod" and number.i < child.i and (kind := participle_kind(child, words)):
            return kind
    if last.i + 1 < len(last.doc):
        after = last.nbor()
        if after.lower_ in ("were", "was", "are", "people") and after.i + 1 < len(last.doc):
            after = after.nbor() if after.lower_ == "people" else after
        kind = participle_kind(after, words)
        is_only_sent = kind is CountKind.LAUNCHED and after.dep_ == "acl"  # "three missiles fired from … were downed"
        if kind and after.lower_ not in ("hit",) and not is_only_sent and not _does_it(after):
            return kind
        if is_only_sent:
            said = said or kind
    return governed_kind(head if head is not None else number, words) or said or CountKind.OTHER
