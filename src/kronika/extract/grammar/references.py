"""References: pronouns and definite descriptions lead back to what they stand for, where that is clear."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.codebook.measures import counts
from kronika.codebook.predicates import predicates
from kronika.extract.grammar.nearness import TELLING, path_up
from kronika.records import Mention, MentionKind
from kronika.records.quick import replace

_SPEAKING = TELLING | {"demand", "call", "urge", "condemn", "accuse", "blame", "vow", "reject", "denounce", "express"}
_PERSON = frozenset(("he", "she", "him", "her"))
_THING = frozenset(("it",))
_PLURAL = frozenset(("they", "them", "these", "those"))
_DEFINITE = frozenset(("the", "this", "these", "that", "those"))
_OWNERS = frozenset((MentionKind.STATE, MentionKind.BODY, MentionKind.FACILITY, MentionKind.PLACE, MentionKind.FORCES))
_SINGLE = frozenset((MentionKind.STATE, MentionKind.BODY, MentionKind.FACILITY))
_ACTING = frozenset((MentionKind.STATE, MentionKind.BODY, MentionKind.FORCES, MentionKind.ORGANISATION))
#: Words that a site may be called by after its name, whatever it is.
_ANY_SITE = frozenset(
    ("facility", "site", "enterprise", "installation", "works", "complex", "object", "plant", "factory", "company")
)
#: Nouns that are singular and many.
COLLECTIVES = frozenset(
    (
        *("group", "family", "crew", "couple", "team", "crowd", "mob", "community", "tribe", "army", "military"),
        *("gang", "militia", "force", "unit", "brigade", "opposition", "staff", "cartel", "resistance", "navy"),
        *("battalion", "regiment", "squad", "patrol", "garrison", "infantry", "cell", "wing", "corps", "personnel"),
    )
)
#: What a site has, and a state has not as such.
_OF_SITE = frozenset(("capacity", "throughput", "unit", "tank", "workshop", "roof", "reactor", "furnace", "operator"))
#: What may stand before such a word and still name nothing ("the production site").
_PLAIN = frozenset(("production", "industrial", "same", "whole", "entire", "damaged", "affected", "stricken"))
#: What comes down of a weapon: it does the harm in its stead.
DEBRIS = frozenset(("debris", "wreckage", "fragment", "shard"))
_TOWNS = frozenset(("town", "city", "village"))
_BEARINGS = frozenset(("north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "outside"))
_SEATS = frozenset(("headquarters", "command", "base", "office", "staff", "ministry", "barracks", "hospital"))
_NAME_WORDS = 4
_REACH = 90  # tokens: about three sentences
_PEOPLE = frozenset((MentionKind.PERSON, MentionKind.STATE, MentionKind.BODY, MentionKind.FORCES, MentionKind.GROUP))


def resolve_references(doc: Any, mentions: Mentions) -> None:
    """Let pronouns and definite descriptions stand for their antecedents, in place; what is unclear stays as it is."""
    names: list[tuple[Any, Mention]] = []
    fuller: dict[str, tuple[Any, Mention]] = {}
    for token in doc:
        pos = token.pos_
        if pos == "PRON":
            _pronoun(token, names, mentions)
        elif pos in ("NOUN", "PROPN") and token.dep_ not in ("compound", "nmod"):
            mention, lemma = mentions.known(token), token.lemma_.lower()
            if lemma in DEBRIS:
                _fallen(token, names, mentions)
            elif mention is not None:
                if token.lefts:
                    _describes(token, mention, names, fuller.get(lemma), mentions)
                pair = token, mentions.describe(token)  # "the refinery" is what "it" stands for next
                names.append(pair)
                if " " in pair[1].name and not (lemma in fuller and _is_by_the_way(token)):
                    fuller[lemma] = pair


def _pronoun(token: Any, names: list[tuple[Any, Mention]], mentions: Mentions) -> None:
    word, first = token.lower_, token.i - _REACH
    near = names[bisect_left(names, first, key=_position) :]
    if token.dep_ == "dobj" and _is_set_off(token.head):
        found = [pair for pair in near if pair[1].kind is MentionKind.WEAPON]
    elif word in _PERSON:
        if _suffers(token):
            victim = _hurt_before(token, near)
            if victim is not None:
                _stand_for(token, victim, mentions)
            return
        found = [pair for pair in near if pair[1].kind is MentionKind.PERSON]
    elif word == "its":
        found = [p for p in names if p[1].kind in _OWNERS and p[0].tag_ in ("NN", "NNP")]
        if _is_blow(token.head.head) or token.head.lemma_ in _OF_SITE:  # "the raid that set its tanks on fire"
            found = [p for p in found if p[1].kind is MentionKind.FACILITY] or found
    elif word in _THING and _is_condemned(token):
        return
    elif word in _THING and token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj"):
        speaker = _speaker_before(token, names) or _speaker_of_last(token, mentions)
        if speaker is not None:
            _stand_for(token, speaker, mentions)
            return
        kinds = _SINGLE | {MentionKind.FORCES} if token.dep_ == "nsubj" else _SINGLE
        if token.dep_ == "nsubj" and token.head.lemma_ in _SPEAKING:
            kinds = _ACTING
        found = [p for p in names if p[1].kind in kinds]
        found = [p for p in found if p[0].tag_ in ("NN", "NNP")]
        if token.dep_ in ("nsubjpass", "dobj") and _is_blow(token.head):
            found = [p for p in found if p[1].kind is MentionKind.FACILITY] or found
    elif word in ("those", "these") and any(c.dep_ in ("acl", "relcl") for c in token.rights):
        return  # "those killed", "those who fled": they are told of here
    elif word in _PLURAL and _is_shot_down(token):
        found = [p for p in near if p[1].kind is MentionKind.WEAPON and p[0].tag_ in ("NNS", "NNPS")]
        found = [p for p in found if not _defends(p[0], mentions)]
    elif word == "they" and (group := _speaker_before(token, names)) and group.kind is not MentionKind.STATE:
        _stand_for(token, group, mentions)  # "the Houthis said they had fired"; a state is rather "it"
        return
    elif word in _PLURAL and token.dep_ in ("nsubj", "nsubjpass", "dobj"):
        found = [p for p in near if p[1].kind in _PEOPLE and p[0].tag_ in ("NNS", "NNPS")]
        if _suffers(token):  # "rebels killed two men. They were shot": those that were hit
            hit = [p for p in found if _was_hit(p[0])]
            if hit:
                _stand_for(token, hit[-1][1], mentions)
                return
            found = [p for p in found if not (p[0].dep_ == "nsubj" and _is_blow(p[0].head))]
    else:
        return
    own = _own_subject(token)
    found = [pair for pair in found if pair[0].i >= first and pair[0].i != own]
    if found:
        _stand_for(token, _clearest(token, found), mentions)


def _is_by_the_way(token: Any) -> bool:
    """Whether a town is only what another is measured from, or where a staff sits ("north of the city of Bor").

    What is told next "in the city" is in the one told of before.
    """
    if token.dep_ != "pobj" or token.lemma_.lower() not in _TOWNS:
        return False
    above = token.head.head
    if token.head.lower_ in ("of", "from"):
        return above.lemma_.lower() in _BEARINGS
    return token.head.lower_ == "in" and above.lemma_.lower() in _SEATS


def _own_subject(pronoun: Any) -> int:
    """Return the subject of the verb whose object a pronoun is, -1 of no object: "forced them" is of others."""
    verb = pronoun.head
    while pronoun.dep_ == "dobj":
        subject = next((int(c.i) for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None:
            return subject
        if verb.dep_ != "conj":
            break
        verb = verb.head
    return -1


def _position(name: tuple[Any, Mention]) -> int:
    """Return the token at which a name stands."""
    found: int = name[0].i
    return found


def _is_somebody(token: Any, mention: Mention) -> bool:
    """Whether a common noun names one person ("a farmer", "the officer"), not a body or crowd in the singular."""
    if token.tag_ != "NN" or mention.kind not in (MentionKind.GROUP, MentionKind.FORCES):
        return False
    return token.lemma_.lower() not in COLLECTIVES


def _suffers(token: Any) -> bool:
    """Whether somebody is hurt in the clause of a pronoun: who was hit before, not who did it or says so."""
    verb = token.head
    if token.dep_ in ("nsubjpass", "dobj"):
        return _is_blow(verb)
    if token.dep_ != "nsubj":
        return False
    if verb.lemma_ in ("die", "succumb"):
        return True
    is_harm = any(c.dep_ == "dobj" and c.lemma_ in ("injury", "wound", "burn", "fracture") for c in verb.rights)
    return verb.lemma_ in counts().sufferings and is_harm


def _was_hit(token: Any) -> bool:
    """Whether something is done to somebody, or he died of it."""
    if token.dep_ == "nsubj":
        return token.head.lemma_ in ("die", "succumb", "perish")
    return token.dep_ in ("dobj", "nsubjpass") and _is_blow(token.head)


def _hurt_before(token: Any, names: list[tuple[Any, Mention]]) -> Mention | None:
    """Return the one person whom a pronoun that suffers stands for: who was hit last, else who is told of and silent.

    Two that were hit side by side leave it open.
    """
    near = [p for p in names if not _speaks(p[0])]
    found = [p for p in near if p[1].kind is MentionKind.PERSON or _is_somebody(*p) or _is_name(*p)]
    heads = {p[0].i for p in found}
    found = [p for p in found if p[0].dep_ != "appos" or p[0].head.i not in heads]  # "a man, John Roe": one person
    hit = [p for p in found if p[0].dep_ in ("dobj", "nsubjpass") and _is_blow(p[0].head)]
    if hit:
        last = hit[-1][0]
        beside = [p for p in found if p[0].dep_ == "conj" and p[0].head.i == last.i]
        return None if beside else hit[-1][1]
    others = [p for p in found if p[0].dep_ != "nsubj"] or found
    return _clearest(token, others) if others else None


def _is_name(token: Any, mention: Mention) -> bool:
    """Whether somebody of whom nothing is known goes by a first name and a surname."""
    words = mention.name.split()
    is_unknown = token.pos_ == "PROPN" and mention.kind is MentionKind.UNKNOWN and not token.text.isupper()
    is_venue = token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "near", "from", "on")
    return is_unknown and not is_venue and 2 <= len(words) <= _NAME_WORDS and words[0][0].isupper()


def _speaks(token: Any) -> bool:
    """Whether somebody is named as who says something ("said the mayor", "reported by the mayor")."""
    while token.dep_ in ("appos", "conj") and token.head.i != token.i:
        token = token.head
    above = token.head
    if token.dep_ == "pobj" and above.lower_ in ("by", "to"):
        return above.head.lemma_ in TELLING or above.head.lower_ == "according"
    return token.dep_ == "nsubj" and above.lemma_ in TELLING


def _speaker_before(token: Any, names: list[tuple[Any, Mention]]) -> Mention | None:
    """Return who says in one clause what "it" or "they" do ("the military said it had struck the site")."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ != "ccomp":
        return None
    subject = next((c.i for c in verb.head.lefts if c.dep_ == "nsubj"), None)
    return next((m for t, m in names if t.i == subject and m.kind in _ACTING), None)


def _speaker_of_last(token: Any, mentions: Mentions) -> Mention | None:
    """Return who spoke in the sentence before, where "it" speaks on ("The network said …. It demanded an end to …")."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.dep_ != "ROOT" or verb.lemma_ not in _SPEAKING or token.sent.start == 0:
        return None
    before = token.doc[token.sent.start - 1].sent.root
    if before.lemma_ not in TELLING:
        return None
    speaker = next((c for c in before.lefts if c.dep_ == "nsubj" and c.tag_ in ("NN", "NNP")), None)
    return None if speaker is None else mentions.describe(speaker)


def _is_condemned(token: Any) -> bool:
    """Whether "it" struck by the words of who condemns that: the attack, and never who speaks ("condemned the attack,
    saying it hit a ward").
    """
    if token.dep_ != "nsubj" or not _is_blow(token.head):
        return False
    verbs = predicates().verbs
    above = (token.doc[index].lemma_ for index in path_up(token.head)[1:])
    return any(pattern.frame.type == "ACCUSE" for lemma in above for pattern in verbs.get(lemma, ()))


def _is_blow(verb: Any) -> bool:
    """Whether a verb tells an attack: what is hit, and called "it", is rather a site than a state."""
    return any(pattern.frame.type == "ASSAULT" for pattern in predicates().verbs.get(verb.lemma_, ()))


def _is_set_off(verb: Any) -> bool:
    """Whether the object of a verb is a weapon ("before detonating them")."""
    return verb.lemma_ in ("detonate", "explode", "defuse")


def _fallen(token: Any, names: list[tuple[Any, Mention]], mentions: Mentions) -> None:
    """Let debris stand for what it is of: named in its phrase ("drone debris", "fragments of a missile") or before."""
    below = [c for c in token.lefts if c.dep_ in ("compound", "poss", "nmod")]
    below += [g for c in token.rights if c.lower_ in ("of", "from") for g in c.rights if g.dep_ == "pobj"]
    own = [mentions.describe(t) for t in below if mentions.weapon_at(t) is not None]
    told = [m for t, m in names if m.kind is MentionKind.WEAPON and token.i - t.i <= _REACH and _flies(t, mentions)]
    if own or told:
        _stand_for(token, (own or told)[-1], mentions)


def _flies(token: Any, mentions: Mentions) -> bool:
    weapon = mentions.weapon_at(token)
    return weapon is not None and weapon.word.weapon.id in ("drone", "missile", "artillery")


def _defends(token: Any, mentions: Mentions) -> bool:
    weapon = mentions.weapon_at(token)
    return weapon is not None and weapon.word.weapon.id == "air_defence"


def _is_shot_down(pronoun: Any) -> bool:
    """Whether a verb of interception is said of a pronoun, or of a number of what it stands for ("three of them")."""
    noun = pronoun
    if noun.dep_ == "pobj" and noun.head.lower_ == "of":
        noun = noun.head.head
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    particle = next((child.lower_ for child in verb.children if child.dep_ in ("prt", "advmod")), None)
    patterns = predicates().verbs.get(verb.lemma_, ())
    return any(one.frame.id == "intercept" and one.particle in (None, particle) for one in patterns)


def _clearest(token: Any, found: list[tuple[Any, Mention]]) -> Mention:
    """Prefer the subject of the clause or sentence before (a pronoun keeps on with the topic), else the nearest."""
    subjects = [pair for pair in found if pair[0].dep_ in ("nsubj", "nsubjpass")]
    if token.dep_ in ("nsubj", "nsubjpass") and subjects:
        return subjects[-1][1]
    return found[-1][1]


def _describes(
    token: Any,
    mention: Mention,
    names: list[tuple[Any, Mention]],
    fuller: tuple[Any, Mention] | None,
    mentions: Mentions,
) -> None:
    """Let "the plant", "these troops" stand for the last fuller mention of that noun (``fuller``) or kind."""
    if token.pos_ == "PROPN" or _DEFINITE.isdisjoint([child.lower_ for child in token.lefts]):
        return
    if any(word.lower() not in _PLAIN for word in mention.name.split()[:-1]):
        _name_before(token, mention, names, mentions)
        return
    same = [] if fuller is None else [fuller]
    if not same and token.lemma_.lower() in _ANY_SITE:
        sites = [p for p in names if p[1].kind is MentionKind.FACILITY and len(p[1].name.split()) > 1]
        same = [p for p in sites if _is_named(p[1])] or (sites if len({p[1].name for p in sites}) == 1 else [])
    if same and token.i - same[-1][0].i <= 4 * _REACH:
        _stand_for(token, same[-1][1], mentions)


def _name_before(token: Any, mention: Mention, names: list[tuple[Any, Mention]], mentions: Mentions) -> None:
    """Give a site that was told without its name the name told next ("A depot burns. The Klin oil depot stands …")."""
    if mention.kind is not MentionKind.FACILITY or not _is_named(mention):
        return
    before = [t for t, m in names if m.kind is MentionKind.FACILITY and t.lemma_ == token.lemma_]
    if not before or token.i - before[-1].i > _REACH or not any(c.lower_ in ("a", "an") for c in before[-1].lefts):
        return
    if not _is_named(mentions.describe(before[-1])):
        _stand_for(before[-1], mention, mentions)


def _is_named(mention: Mention) -> bool:
    return any(word[0].isupper() for word in mention.name.split())


def _stand_for(token: Any, antecedent: Mention, mentions: Mentions) -> None:
    own = mentions.describe(token)
    mentions.replace(
        token,
        replace(
            own,
            kind=antecedent.kind,
            name=antecedent.name,
            country=antecedent.country,
            antecedent=antecedent.antecedent or antecedent.span,
        ),
    )
