"""Where a happening can be said to be: places that are stated outright, and what makes others stand back."""

from __future__ import annotations

from typing import Any

from kronika.extract.circumstances.company import Company
from kronika.extract.grammar.nearness import TELLING, is_aside, path_up
from kronika.extract.reading import Draft, Located, Reading
from kronika.records import MentionKind, PlacePrecision, PlaceRelation

#: Behind these a place is said outright to be one, whatever the parse makes of it.
_STATING = frozenset(("in", "at", "near", "around", "outside", "inside"))
#: Deeds of states and bodies are where the text says that they took place; what else a sentence names are sides.
_OF_STATES = frozenset(("CONSULT", "AID", "COOPERATE"))
_OF_CAPTIVES = frozenset(("ceasefire", "swap", "release"))
#: What leads somewhere, so that the goal is the place.
_JOURNEYS = frozenset(("visit", "arrive", "aid_arrives"))
#: What a town or region is called before its name ("in the port city of Jeddah").
_CALLED = frozenset(
    ("city", "town", "village", "capital", "port", "resort", "suburb", "district", "province", "region")
)
#: What a protest is about stands behind these.
_ABOUT = frozenset(("against", "about", "over", "amid", "for", "regarding", "concerning", "despite"))
CAUSES = frozenset(
    ("support", "solidarity", "favour", "favor", "memory", "commemoration", "defence", "defense", "invasion")
)
#: What a place costs more that belongs to what a protest is about.
_TOPIC_COST = 3.0
#: What may stand before the place that opens a sentence: its preposition, and the date.
_OPENERS = frozenset(("ADP", "SCONJ", "NUM", "PUNCT", "DET", "SPACE"))
#: What a place at the head of the sentence costs.
_OPENING_COST = 2.1
#: What a place costs more that only stands in the name of a site, or at the end of a road.
_NAME_COST = 3.0
_ROAD_COST = 2.0
#: ... or in who did it; what one costs less that is told as the place that was looked up.
_PEOPLE_COST = 2.5
_ADDRESSED = 4.0
#: ... and what one costs less whose address is told.
_BRACKETED = 2.0
_NAMED_AFTER = frozenset((MentionKind.FACILITY, MentionKind.FORCES, MentionKind.ORGANISATION, MentionKind.BODY))


def is_stated(located: Located, reading: Reading) -> bool:
    """Whether a word of place stands right before a name, which then is no actor whatever the parse says."""
    return located.first > 0 and reading.doc[located.first - 1].lower_ in _STATING


def is_of_teller(located: Located, deed: Any) -> bool:
    """Whether a place opens a sentence in which somebody speaks of a known deed ("In Seoul, Jan Roe confirmed the …").

    It is where that is said; the deed was told with its own place.
    """
    if deed.dep_ != "dobj" or deed.head.lemma_ not in TELLING:
        return False
    start = deed.sent.start
    opens = start < located.first <= start + 2 and located.end <= deed.head.i
    return opens and any(child.lower_ in ("the", "this", "these", "both") for child in deed.lefts)


def _needs_statement(draft: Draft) -> bool:
    """Whether a draft is only where its own words say that it was: talks, help, exchanges, a truce."""
    frame = draft.trigger.frame
    if frame.id in _JOURNEYS:
        return False
    return frame.type in _OF_STATES or frame.id in _OF_CAPTIVES


def _is_venue(located: Located, draft: Draft, reading: Reading) -> bool:
    """Whether a place is said to be that of a deed: "in the capital, Minsk", "the Geneva talks"."""
    node = reading.doc[located.end - 1]
    if node.dep_ in ("compound", "nmod") and any(node.head.i == trigger.token.i for trigger in draft.triggers):
        return located.place.precision is not PlacePrecision.COUNTRY
    is_address = False
    for _ in range(5):
        if node.dep_ == "pobj":
            if node.head.lower_ in _STATING:
                return True
            if node.head.lower_ != "of" or node.head.head.lemma_.lower() not in _CALLED:
                return False
            node = node.head.head
        elif node.dep_ in ("appos", "compound", "nmod", "conj"):
            is_address = node.dep_ == "appos" and node.head.pos_ == "PROPN"
            node = node.head
        else:
            break
    is_short = located.first > 0 and reading.doc[located.first - 1].text == "("  # "the Emirates (UAE) acted as …"
    is_loose = is_address and not is_short  # "… Tuesday, Geneva, Switzerland": an address that hangs loose
    return is_loose or is_stated(located, reading)


def keep_stated(within: list[tuple[Any, Located]], draft: Draft, reading: Reading) -> list[tuple[Any, Located]]:
    """Return the places, each with its token; of a deed of states those that its own clause says to be its venue."""
    if not _needs_statement(draft):
        return within
    deeds = [trigger.token for trigger in draft.triggers]
    return [
        (token, located)
        for token, located in within
        if _is_venue(located, draft, reading) and any(_shares_clause(token, deed) for deed in deeds)
    ]


def _shares_clause(place: Any, deed: Any) -> bool:
    """Whether no other clause stands between a place and a deed; one that tells of the deed itself may.

    "Talks that began in Oslo on Monday", but not "the truce, said an envoy in a letter published in Oslo".
    """
    own = set(path_up(deed))
    for index in path_up(place):
        word = place.doc[index]
        if index in own:
            return True
        if word.pos_ == "VERB" and not (word.dep_ in ("relcl", "acl", "conj") and word.head.i in own):
            return False
    return False


def same_deed(draft: Draft, company: Company) -> frozenset[int]:
    """Return the nouns for the draft's own deed that hang under its word: "gathered for a rally in Sofia"."""
    start, nouns = draft.token.sent.start, company.nouns[draft.trigger.frame.type]
    here = [noun for other, noun in nouns if noun.sent.start == start and other is not draft]
    return frozenset([noun.i for noun in here if _hangs_as_object(noun, draft.token)])


def _hangs_as_object(noun: Any, verb: Any) -> bool:
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    if noun.dep_ == "pobj" and noun.head.lower_ in ("for", "at", "in", "during"):
        noun = noun.head
    elif noun.dep_ != "dobj":
        return False
    return bool(noun.head.i == verb.i)


def standing_back(located: Located, draft: Draft, reading: Reading) -> float:
    """Return what a place costs more that gives way to one named outright: in a site's name, at a road's end."""
    at_an_end = _ROAD_COST if located.place.relation is PlaceRelation.BETWEEN else 0.0
    cost = _inside_name(located, reading) + at_an_end + _of_topic(located, draft, reading)
    cost += _of_people(located, draft, reading)
    return cost - _ADDRESSED * _is_addressed(located, reading) - _BRACKETED * _has_address(located, reading)


def _has_address(located: Located, reading: Reading) -> bool:
    """Whether brackets behind a place say where it lies: "the road from Beja to Bizerte (Bizerte Nord, Bizerte)"."""
    doc, end = reading.doc, located.end
    if end + 1 >= len(doc) or doc[end].text != "(":
        return False
    return any(other.first == end + 1 for other in reading.places)


def _is_addressed(located: Located, reading: Reading) -> bool:
    """Whether a place is told as one that was looked up: "coded to Kumba", "in Kumba (Ndian, South-West)"."""
    first, doc = located.first, reading.doc
    return first > 1 and doc[first - 2].lower_ == "coded" and doc[first - 1].lower_ in ("to", "as", "at")


def _of_people(located: Located, draft: Draft, reading: Reading) -> float:
    """Return what a place costs more that only tells who did it: "residents of Valle", "Katsina militiamen"."""
    name = reading.doc[located.end - 1]
    if name.dep_ in ("compound", "nmod", "amod") and reading.mentions.describe(name.head).kind is MentionKind.FORCES:
        return _PEOPLE_COST
    deeds = {token.i for trigger in draft.triggers for token in (trigger.token, trigger.light) if token is not None}
    acting = {token.i for token in draft.roles.get("actor", ())}
    while name.head.i != name.i:
        name = name.head
        if name.i in deeds or name.dep_ == "relcl":
            return 0.0
        if name.i in acting or (name.dep_ in ("nsubj", "agent") and name.head.i in deeds):
            return _PEOPLE_COST
    return 0.0


def _inside_name(located: Located, reading: Reading) -> float:
    """Return what a place costs more that only stands in the name of a site ("the Zagorsk plant near Moscow")."""
    head = reading.doc[located.end - 1]
    is_before = head.dep_ in ("compound", "nmod", "amod") and head.head.pos_ in ("NOUN", "PROPN")
    if not is_before or head.head.lower_ == "state":
        return 0.0  # "Zamfara state" is a region's name, whatever else a state is
    return _NAME_COST if reading.mentions.describe(head.head).kind in _NAMED_AFTER else 0.0


def _of_topic(located: Located, draft: Draft, reading: Reading) -> float:
    """Return what a place costs more that a protest is about ("against the war in Sudan", "in support of Mali")."""
    if draft.trigger.frame.type != "PROTEST":
        return 0.0
    own = set(path_up(draft.token))
    for index in path_up(reading.doc[located.end - 1]):
        if index in own:
            return 0.0
        token = reading.doc[index]
        if token.lower_ in (_ABOUT if token.dep_ == "prep" else CAUSES):
            return _TOPIC_COST
    return 0.0


def leading(draft: Draft, within: list[tuple[Any, Located]], reading: Reading) -> list[tuple[float, Located]]:
    """Return the place that opens the sentence ("On 5 May, in Izium, …"): what its main clauses tell happened there."""
    start = draft.token.sent.start
    if not within or is_aside(draft.token) or _is_told(draft.token):
        return []
    for token, located in within:
        if not (start < located.first <= token.i and is_stated(located, reading)):
            continue
        opening = [word.i for word in reading.doc[start : located.first] if word.pos_ not in _OPENERS]
        if reading.dated().issuperset(opening):
            return [(_OPENING_COST, located)]
    return []


def _is_told(token: Any) -> bool:
    """Whether somebody tells what a word stands for: then what opens the sentence can be where it is told."""
    while token.head.i != token.i:
        if token.dep_ in ("ccomp", "parataxis") and token.head.pos_ == "VERB":
            return True
        token = token.head
    return False
