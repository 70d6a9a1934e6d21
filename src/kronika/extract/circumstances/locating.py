"""Where an event was: the place nearest to it in the parse, within its evidence window."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kronika.extract.circumstances.belonging import is_whereabouts, qualifies
from kronika.extract.circumstances.company import Company
from kronika.extract.circumstances.venues import is_of_teller, is_stated, keep_stated, leading, same_deed, standing_back
from kronika.extract.grammar.nearness import MAX_COST, is_parted, nearest, path_up
from kronika.extract.reading import Draft, Located, Reading
from kronika.records import PlacePrecision, PlaceRef, PlaceRelation
from kronika.records.quick import replace

#: Finest first: among places equally near the one that says most is the event's.
_LEVELS = (
    PlacePrecision.SITE,
    PlacePrecision.SETTLEMENT,
    PlacePrecision.ADMIN2,
    PlacePrecision.ADMIN1,
    PlacePrecision.REGION,
    PlacePrecision.WATER,
    PlacePrecision.COUNTRY,
    PlacePrecision.NONE,
)
_VENUE = frozenset((PlaceRelation.IN, PlaceRelation.NEAR, PlaceRelation.OVER, PlaceRelation.BETWEEN))
_MOVED = {
    "MOBILIZE": frozenset((PlaceRelation.TOWARDS,)),
    "RETREAT": frozenset((PlaceRelation.FROM,)),
    "COERCE": frozenset((PlaceRelation.FROM,)),
}
#: What stands between the place that heads a paragraph and what happened there.
_COLON = re.compile(r"(?:\s+(?:region|oblast|province|district|governorate))?\s*[.:](?=\s)")
_PARTED = frozenset(("one", "another", "other", "others"))
#: Nearer than this a place hangs under the event or its verb; farther it only shares the sentence.
_CLAUSE_COST = 5.0
#: Between two parts of an address stand at most so many tokens ("Shazand city (Markazi").
_ADDRESS_TOKENS = 3
#: A heading has no more words ("Movement of forces:").
_HEADING_TOKENS = 3
_ADDRESS = frozenset((",", "(", "in", "of"))
#: What a place costs more whose country nothing else in the text supports.
_LONELY_COST = 3.0
#: ... where it is less probable than this.
_SURE = 0.95
#: A place farther than this, and not told outright, is not the one inside a country that a deed is in.
_INSIDE_COST = 6.5
#: What a place costs more that hangs under a later mention of the event.
_RETOLD_COST = 1.5


def _venues(draft: Draft, reading: Reading, relations: frozenset[PlaceRelation]) -> list[tuple[Any, Located]]:
    """Return where the draft can have happened, by the names of its sentences: no government, no origin or goal.

    Where a movement leads to, or from, is where it happens. What only says whose something is is no venue. The names
    of an address all stand for its first; each comes with its own token.
    """
    beside = reading.places_beside(draft)
    is_held = any(named.holds >= 0 for named in beside)
    inner = {located.first: located for located in reading.places} if is_held else {}
    return [
        (reading.doc[named.end - 1], located)
        for named in beside
        for located in (_innermost(named, inner) if inner else named,)
        if not (named.is_actor or named.is_dateline or located.is_actor or located.is_dateline)
        and located.place.relation in relations
        and not _is_aside(located, reading)
        and not is_of_teller(located, draft.token)
    ]


def _is_aside(located: Located, reading: Reading) -> bool:
    """Whether a name is no venue, whatever the deed: it says whose or which something is, or where a speaker is."""
    found = reading.asides.get((located.first, located.end))
    if found is None:
        found = reading.asides[located.first, located.end] = (
            _is_side(located, reading)
            or qualifies(located, reading)
            or is_whereabouts(reading.doc[located.end - 1], reading)
        )
    return found


def _innermost(located: Located, inner: Mapping[int, Located]) -> Located:
    """Return the first name of the address that a name is part of, where the gazetteer bears that out."""
    for _ in range(len(_LEVELS)):
        held = inner.get(located.holds)
        if held is None or held is located or not _contains(located.place, held.place):
            break
        located = held
    return located


def _is_side(located: Located, reading: Reading) -> bool:
    """Whether a name says who did something or whose hour it was ("US-led", "Iran-backed", "at 4 pm Sanaa time").

    Of a country between which and no other place something happens, too ("fire between Israel and its enemies").
    """
    doc, end = reading.doc, located.end
    after = [token.lower_ for token in doc[end : end + 2]]
    if after[:1] == ["time"] or (after[:1] == ["-"] and doc[min(end + 1, len(doc) - 1)].tag_ in ("VBN", "VBD", "JJ")):
        return True
    if located.place.relation is not PlaceRelation.BETWEEN or located.place.precision is not PlacePrecision.COUNTRY:
        return False
    return not any(other is not located and end < other.first <= end + _ADDRESS_TOKENS for other in reading.places)


def places_of(draft: Draft, company: Company, reading: Reading) -> list[PlaceRef]:
    """Return the event's place, or the coordinated places of an enumeration; empty with a reason when there is none.

    The place that hangs under the event's words is the event's; else the nearest in its sentence. A country or region
    gives way to the settlement named inside it.
    """
    moved = _MOVED.get(draft.trigger.frame.type)
    relations = _VENUE | moved if moved else _VENUE
    within = [
        pair
        for pair in _venues(draft, reading, relations)
        if company.actors.isdisjoint(range(pair[1].first, pair[1].end)) or is_stated(pair[1], reading)
    ]
    within = keep_stated(within, draft, reading)
    if not within:
        return _in_heading(draft, reading)
    others = company.others(draft) - same_deed(draft, company)
    apart = others - _beside(draft)
    found = _placed(draft, within, others, reading)
    if not found and apart != others:
        found = _placed(draft, within, apart, reading)
    found.extend(leading(draft, within, reading))
    sentence = draft.token.sent
    here = [pair for pair in within if sentence.start <= pair[0].i < sentence.end]
    if not found and len({pair[1].first for pair in here}) == 1 and not _is_of_another(here[0][0], draft.token, others):
        found = [(MAX_COST, here[0][1])]
    if not found:
        return _in_heading(draft, reading)
    found = sorted(_coherent(found, reading), key=lambda pair: pair[0])
    reach = max(_CLAUSE_COST, found[0][0] + 2.5)
    close = [pair for pair in found if pair[0] <= reach]
    best = min(close, key=lambda pair: (_level(pair[1].place), pair[0]))
    stated = [(MAX_COST, located) for _, located in here if is_stated(located, reading)]
    if best[1].place.precision is PlacePrecision.COUNTRY:  # "killed two and seized nine in the north of Niger state"
        found.extend(_placed(draft, within, apart, reading))
    best = _inmost(best, [*found, *stated], draft, reading)
    chosen = "same clause" if best[0] <= _CLAUSE_COST else "same sentence"
    listed = _coordinated(best[1], [pair[1] for pair in found], reading)
    return [replace(located.place, chosen=chosen) for located in listed]


def _in_heading(draft: Draft, reading: Reading) -> list[PlaceRef]:
    """Return the place that heads the draft's paragraph, or nothing, with a reason."""
    heading = _heading(draft.token, reading)
    if heading is not None:
        return [replace(heading.place, chosen="heading of the paragraph")]
    draft.reasons["place"] = "no place in the sentence"
    return []


def _level(place: PlaceRef) -> int:
    """Return how fine a place is named: one that the gazetteer lacks is answered wider than it is (with a reason)."""
    if place.reason is not None and place.latitude is not None and place.precision is not PlacePrecision.COUNTRY:
        return _LEVELS.index(PlacePrecision.SETTLEMENT)
    return _LEVELS.index(place.precision)


def _heading(token: Any, reading: Reading) -> Located | None:
    """Return the place that heads the token's paragraph, as in round-ups ("Kherson. Three people were killed …")."""
    text = reading.document.text
    start = text.rfind("\n", 0, token.idx) + 1
    for located in reading.places:
        if reading.doc[located.first].idx != start or located.end > token.i or located.is_dateline:
            continue
        last = reading.doc[located.end - 1]
        return located if _COLON.match(text, last.idx + len(last)) else None
    return None


def _inmost(
    best: tuple[float, Located], found: list[tuple[float, Located]], draft: Draft, reading: Reading
) -> tuple[float, Located]:
    """Return the place inside ``best`` that is meant: the first of its address, or for a country the place named in it.

    "In Tallahassee (Florida)" and "teachers in Iran protested in Mashhad" name their region or country besides; a
    region gives way to what hangs under the deed's own word ("In the Tula region a drone fell at a depot in Aleksin").
    """
    cost, outer = best
    inside = [pair for pair in found if pair[1] is not outer and _contains(outer.place, pair[1].place)]
    inside = [pair for pair in inside if pair[0] <= _INSIDE_COST or pair[0] == MAX_COST]  # the latter: told outright
    if outer.place.precision is PlacePrecision.ADMIN1:
        inside = [pair for pair in inside if _hangs_under(reading.doc[pair[1].end - 1], draft)]
    if outer.place.precision in (PlacePrecision.COUNTRY, PlacePrecision.ADMIN1):
        cost, outer = min(inside, key=lambda pair: pair[0], default=best)
    return cost, outer


def _hangs_under(token: Any, draft: Draft) -> bool:
    return any(trigger.token.i in path_up(token) for trigger in draft.triggers if trigger.is_verb)


def _contains(outer: PlaceRef, inner: PlaceRef) -> bool:
    """Whether ``inner`` lies in ``outer``, by the gazetteer's codes or because it is only known as somewhere in it."""
    if not inner.country or inner.country != outer.country or inner.precision is PlacePrecision.COUNTRY:
        return inner.id == outer.id and inner.surface != outer.surface
    return (
        outer.precision is PlacePrecision.COUNTRY or inner.id == outer.id or outer.name in (inner.admin1, inner.admin2)
    )


def _placed(
    draft: Draft, within: list[tuple[Any, Located]], others: frozenset[int], reading: Reading
) -> list[tuple[float, Located]]:
    """Return the places within reach of the draft's words, each with its cost."""
    found = []
    for rank, trigger in enumerate(draft.triggers):
        extra = _RETOLD_COST if rank else 0.0
        for token in (trigger.token, trigger.light, _headed(trigger.token)):
            for cost, located in nearest(token, within, others) if token is not None else ():
                found.append((cost + extra + standing_back(located, draft, reading), located))
    return found


def _headed(token: Any) -> Any | None:
    """Return the verb that tells what a heading only names: "rustled" in "Looting: On 7 March, gunmen rustled …"."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].text != ":" or token.i - token.sent.start > _HEADING_TOKENS:
        return None
    root = doc[token.i + 2].sent.root
    return root if root.pos_ == "VERB" and root.i > token.i else None


def _is_of_another(token: Any, deed: Any, others: frozenset[int]) -> bool:
    """Whether a place hangs under another event's verb that has a clause of its own ("… after a missile hit Kyiv")."""
    if is_parted(token, deed):
        return True
    other = next((i for i in path_up(token) if i in others), None)
    if other is None:
        return False
    word = token.doc[other]
    return word.dep_ in ("advcl", "relcl") or (word.dep_ == "pobj" and word.head.lower_ in ("than", "as", "like"))


def _beside(draft: Draft) -> frozenset[int]:
    """Return the verbs coordinated after the draft's: what stands behind the last of them may hold for all."""
    found = [trigger.token for trigger in draft.triggers]
    for token in found:
        found.extend(child for child in token.rights if child.dep_ == "conj" and child.pos_ == "VERB")
    return frozenset(token.i for token in found)


def _coherent(found: list[tuple[float, Located]], reading: Reading) -> list[tuple[float, Located]]:
    """Let a doubtful place in a country that no other name of the text is in stand back where another has more.

    A common word or a rare namesake is often the only "place" of its country in the text.
    """
    weight = reading.countries()
    most = max(weight.values(), default=0)

    def lonely(place: PlaceRef) -> bool:
        return not place.country or (weight[place.country] == 1 and most > 1 and (place.score or 0.0) < _SURE)

    return [(cost + (_LONELY_COST if lonely(located.place) else 0.0), located) for cost, located in found]


def _coordinated(best: Located, close: list[Located], reading: Reading) -> list[Located]:
    """Return the places of the list that ``best`` stands in ("in Tatarstan, Belgorod and the Moscow region")."""
    if all(one is best for one in close):
        return [best]
    apart = one_each(close, reading)
    if best in apart and len(apart) > 1:
        return apart
    heads = {reading.doc[located.end - 1].i: located for located in close}
    heads.update({_top(reading.doc[located.end - 1], located, reading): located for located in close})
    root = reading.doc[_top(reading.doc[best.end - 1], best, reading)]
    while (before := _listed_before(root)) is not None and before.i in heads:
        root = before
    members = []
    queue = [root]
    for token in queue:
        if token.i in heads:
            members.append(heads[token.i])
            own = reading.doc[heads[token.i].end - 1]
            if own.i != token.i:  # "the Rostov, Voronezh and Smolensk regions"
                queue.append(own)
        queue.extend(_listed_after(token))
    unique = list(dict.fromkeys(members))
    levels = {located.place.precision for located in unique}
    if len(unique) < 2 or best not in unique or PlacePrecision.COUNTRY in levels or _is_address(unique):
        return [best]
    return unique


def _listed_before(token: Any) -> Any | None:
    """Return what a word stands behind in a list, also where the preposition is said again ("in Bor and in Ufa")."""
    if token.dep_ == "conj":
        return token.head
    link = token.head
    if token.dep_ != "pobj" or link.dep_ != "conj" or link.head.pos_ != "ADP":
        return None
    return next((child for child in link.head.rights if child.dep_ == "pobj"), None)


def _listed_after(token: Any) -> list[Any]:
    """Return what follows a word in a list, also where the preposition is said again."""
    links = [c for c in token.head.rights if c.dep_ == "conj" and c.pos_ == "ADP"] if token.dep_ == "pobj" else []
    again = [child for link in links for child in link.rights if child.dep_ == "pobj"]
    return [child for child in token.rights if child.dep_ == "conj"] + again


def one_each(close: list[Located], reading: Reading) -> list[Located]:
    """Return the place of each part that is told apart ("two refineries, one in Ryazan and one in Syzran")."""
    found: dict[int, Located] = {}
    if len(close) < 2:
        return []
    for located in sorted(close, key=lambda located: located.first):
        owner = reading.doc[located.end - 1]
        while owner.dep_ in ("pobj", "prep", "compound", "nmod") and owner.head.i < owner.i:
            owner = owner.head
        if owner.lower_ in _PARTED and owner.i != located.end - 1:
            found.setdefault(owner.i, located)
    return list(found.values())


def _is_address(places: list[Located]) -> bool:
    """Whether a run of names is one address ("Izium, Kharkiv region"), each inside the next."""
    inner, outer = places[0].place, places[1].place
    return (
        outer.name is not None and outer.name in (inner.admin1, inner.admin2)
    ) or inner.relation is PlaceRelation.BETWEEN


def _top(token: object, located: Located, reading: Reading) -> int:
    """Return the head of the phrase that a place name is part of ("region" in "the Moscow region")."""
    node = reading.doc[located.end - 1]
    while node.dep_ in ("compound", "amod", "nmod") and node.head.i < len(reading.doc):
        node = node.head
    return int(node.i)
