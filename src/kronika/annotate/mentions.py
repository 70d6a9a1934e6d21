"""Mentions: the noun phrases that name who and what took part, and what kind of thing each names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kronika.annotate.countries import Countries
from kronika.annotate.persons import find_persons
from kronika.annotate.phrases import DROPPED, IN_NAME, belongs, ends_name, is_loose, is_named_before, is_named_by
from kronika.annotate.weapons import WeaponMention
from kronika.codebook.leaders import leaders
from kronika.codebook.states import states
from kronika.codebook.things import name_edges, names_in, things
from kronika.records import Document, Mention, MentionKind, PlacePrecision, PlaceRef, Span

#: After these "of …" is part of the name ("head of the regional administration").
_OF_HEADS = frozenset(
    ("minister", "ministry", "president", "head", "chief", "leader", "commander", "member", "resident")
)
#: Of these "of X" and "from X" say which group they belong to, where X is a name ("cadres of the Liberation Army").
_ADHERENTS = frozenset(
    (
        *(
            "member",
            "cadre",
            "fighter",
            "militant",
            "operative",
            "militiaman",
            "gunman",
            "element",
            "soldier",
            "trooper",
        ),
        *("rebel", "insurgent", "guerrilla", "combatant", "commander", "leader", "bomber", "mercenary"),
    )
)
#: "The village of …" is named by what follows.
_SETTLED = frozenset(("village", "town", "city", "port", "settlement", "district", "province", "state", "region"))
#: Heads that only carry the name of a weapon system ("Pantsir mobile units", "Iskander missiles").
_CARRIERS = frozenset(
    (
        "unit",
        "system",
        "battery",
        "launcher",
        "platform",
        "missile",
        "complex",
        "drone",
        "rocket",
        "tank",
        "round",
        "shell",
    )
)
#: What a town as such does; any other deed of a capital is its government's.
_OF_PLACE = frozenset(("lie", "stand", "be", "host", "come", "suffer", "see", "wake", "burn", "have", "lose", "fall"))
#: Sites that are named by who holds them ("positions of the 5th brigade").
_HELD_SITES = frozenset(
    ("position", "base", "checkpoint", "vehicle", "convoy", "headquarters", "outpost", "barracks", "camp", "stronghold")
)
#: Verbs whose object is spoken to or of as one who acts.
_ADDRESSED = frozenset(
    (
        *("accuse", "blame", "urge", "warn", "ask", "tell", "threaten", "criticise", "criticize", "condemn", "thank"),
        *("denounce", "praise", "pressure", "press", "persuade", "assure", "sanction", "support", "help"),
    )
)
#: Tags of what can stand in a name, however the parse joins it.
_NAMING = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ"))
#: How many tokens before what the parse joins a known name may begin.
_NAME_REACH = 4
#: Verbs after whose object "of" says what it did.
_CHARGING = frozenset(("accuse", "suspect", "convict", "acquit"))
#: Stands for a country that is still to be looked for.
_ASK = "?"


class Mentions:
    """The mentions of one document, described when first asked for.

    ``places`` are the document's place names with the (first, end) token range of each.
    """

    def __init__(
        self,
        document: Document,
        doc: Any,
        weapons: Iterable[WeaponMention] = (),
        places: Sequence[tuple[int, int, PlaceRef]] = (),
    ) -> None:
        self.document = document
        self.doc = doc
        self._words = [*doc]
        self._weapons = {found.end_token - 1: found for found in weapons}
        self._persons = find_persons(doc)
        self._places = {i: place for first, end, place in places for i in range(first, end)}
        self._countries = Countries(doc.text, self._words, self._places)
        self._phrase = self._countries.phrase
        self._known: dict[int, Mention] = {}

    def describe(self, head: Any) -> Mention:
        """Return the mention whose head is the token ``head``."""
        mention = self._known.get(head.i)
        if mention is None:
            mention = self._look_at(head, *self._kind_within(head))
        return mention

    def known(self, head: Any) -> Mention | None:
        """Return the mention whose head is ``head``, or None for a common noun that nothing is known of."""
        mention = self._known.get(head.i)
        if mention is None:
            found = self._kind_within(head)
            if found[2] is MentionKind.UNKNOWN and head.pos_ != "PROPN":
                return None
            mention = self._look_at(head, *found)
        return mention

    def _kind_within(self, head: Any) -> tuple[int, int, MentionKind, str | None]:
        named = self._named_person(head)
        first, last = self._extent(head, named)
        return first, last, *self._kind(head, named, first, last)

    def _look_at(self, head: Any, first: int, last: int, kind: MentionKind, country: str | None) -> Mention:
        country = self._countries.of(head, first, last) if country is _ASK else country
        mention = self._known[head.i] = self._made(head, first, last, kind, country)
        return mention

    def described(self) -> list[Mention]:
        """Return every mention described so far, in the order of the text."""
        return [self._known[i] for i in sorted(self._known)]

    def replace(self, head: Any, mention: Mention) -> None:
        """Let ``head`` stand for ``mention`` from now on (a pronoun that leads back to a name, or to a weapon)."""
        self._known[head.i] = mention
        if mention.kind is MentionKind.WEAPON and mention.antecedent is not None:
            weapon = next((found for found in self._weapons.values() if found.end == mention.antecedent.end), None)
            if weapon is not None:
                self._weapons[head.i] = weapon

    def weapon_at(self, token: Any) -> WeaponMention | None:
        """Return the weapon whose last word is ``token``, if there is one."""
        return self._weapons.get(token.i)

    def _made(self, head: Any, first: int, last: int, kind: MentionKind, country: str | None) -> Mention:
        start, text = self._words[first].idx, self._phrase(first, last)
        name = self._name(head, first, kind) or " ".join(text.split())
        return Mention(Span(self.document.id, start, start + len(text), text), kind, head.text, name, country=country)

    def _name(self, head: Any, first: int, kind: MentionKind) -> str | None:
        """Return the name the thing goes by in the record, where it is not simply the words of the text."""
        if kind is MentionKind.WEAPON:
            weapon = self._weapon_within(head, first)
            return weapon.word.name if weapon else None
        if kind is MentionKind.PERSON:
            named = self._named_person(head)
            return self._persons.get(named.i) if named is not None else None
        place = self._places.get(head.i)
        if kind is MentionKind.PLACE and place is not None and place.span.text == head.text:
            return place.surface
        if kind is MentionKind.STATE:
            text = self._phrase(first, head.i)
            code = states().country_of(text) or states().capitals.get(text.lower())
            return states().title.get(code or "")
        for start in range(first + 1, head.i + 1) if head.text in name_edges()[1] else ():
            known = things().names.get(self._phrase(start, head.i))
            if known is not None:
                return known.name  # "the paramilitary Rapid Support Forces"
        known = things().names.get(head.text)
        return known.name if known is not None and first == head.i else None

    def _weapon_within(self, head: Any, first: int) -> WeaponMention | None:
        """Return the weapon the phrase is about: a named system before a carrying noun, else the head's own."""
        if self._weapons and head.lemma_.lower() in _CARRIERS:
            for i in range(head.i - 1, first - 1, -1):
                found = self._weapons.get(i)
                if found is not None and found.word.is_proper:
                    return found
        return self._weapons.get(head.i)

    def _named_person(self, head: Any) -> Any | None:
        """Return the last token of the person's name: the head, or the name beside an office."""
        if not self._persons or head.i in self._persons:
            return head if self._persons else None
        for child in head.rights:
            is_apart = head.i in self._places and child.left_edge.i > head.i + 1  # "in Izium, governor Jan Roe said"
            if child.dep_ == "appos" and child.i in self._persons and not is_apart:
                return child
        return None

    def _extent(self, head: Any, named: Any | None) -> tuple[int, int]:
        """Return the first and last token of the name: modifiers before the head, "of …" after a title or body."""
        words, first = self._words, head.i
        for i in range(first - 1, max(head.sent.start, first - 12) - 1, -1):
            token = words[i]
            if token.dep_ not in IN_NAME and token.tag_ not in _NAMING and not token.is_punct:
                break
            if ends_name(token, head) or (token.tag_ in DROPPED and self._is_number(token, head)):
                break
            if not self._is_of(token, head, first) or self._parts_sites(token, head):
                break
            first = i
        first = self._known_from(head, self._after_possessor(head, first))
        if first < head.i:
            while first < head.i and is_loose(words[first]) and self._phrase(first, head.i) not in things().names:
                first += 1
            first = self._with_age(first, head)
        return first, named.i if named is not None else self._right(head)

    def _is_number(self, token: Any, head: Any) -> bool:
        """Whether a determiner or number before a head stands by itself, and is no part of a name ("MS-13")."""
        i = token.i
        is_glued = (i < head.i - 1 and not token.whitespace_) or (i and not self._words[i - 1].whitespace_)
        return not is_glued and token.text not in things().names

    def _with_age(self, first: int, head: Any) -> int:
        """Return where a name begins that an age opens ("61-year-old resident"), which is never cut in two."""
        is_cut = (
            self._words[first].lower_ == "year" and first - 2 >= head.sent.start and self._words[first - 1].text == "-"
        )
        return first - 2 if is_cut else first

    def _is_of(self, token: Any, head: Any, first: int) -> bool:
        """Whether a word is part of the name: it hangs under the head, or is hyphened to what does ("Saudi-led")."""
        if belongs(token, head):
            return True
        return not token.whitespace_ and token.i + 1 == first and self._words[first].text == "-"

    def _parts_sites(self, word: Any, head: Any) -> bool:
        """Whether "and" stands between two sites that the parse joins to one ("the Izium mill and power station")."""
        if word.dep_ != "cc" or not is_named_before(word.head):
            return False
        return self._listed(word.head) is MentionKind.FACILITY is self._listed(head)

    def _known_from(self, head: Any, first: int) -> int:
        """Return where a known name that ends at the head begins, however the parse divides it."""
        if head.text not in name_edges()[1]:
            return first
        for start in range(max(head.sent.start, first - _NAME_REACH), first):
            if self._phrase(start, head.i) in things().names:
                return start
        return first

    def _after_possessor(self, head: Any, first: int) -> int:
        """Skip "Russia's" before a name that stands without it ("Bryansk region")."""
        for word in self._words[first : max(first, head.i - 1)]:
            if word.dep_ == "case" and word.head.dep_ == "poss":
                return int(word.i) + 1
        return first

    def _right(self, head: Any) -> int:
        last = head.i
        if not head.rights or (head.dep_ in ("dobj", "nsubjpass") and head.head.lemma_ in _CHARGING):
            return last  # "accused the army of killings"
        for child in head.rights:
            if child.dep_ != "prep" or child.text not in ("of", "from") or child.i != last + 1:
                continue
            objects = [grand for grand in child.rights if grand.dep_ == "pobj"]
            if head.lemma_.lower() in _ADHERENTS and objects and self._is_group(objects[0]):
                last = objects[0].i
            if child.text == "from":
                continue
            wanted = head.lemma_.lower() in _OF_HEADS or self._is_unit(head) or is_named_by(head)
            wanted = wanted or (head.lemma_.lower() in _HELD_SITES and any(map(self._holds, objects[:1])))
            wanted = wanted or (head.lemma_.lower() in _SETTLED and bool(objects) and objects[0].pos_ == "PROPN")
            if objects and wanted and objects[0].i - head.i <= 8:
                last = self._right(objects[0]) if head.lemma_.lower() in _HELD_SITES else objects[0].i
        return last

    def _is_group(self, token: Any) -> bool:
        """Whether a noun heads the name of an armed group: a known one, or a proper noun listed as forces."""
        listed = self._listed(token) is MentionKind.FORCES
        first, last = token.left_edge.i, token.i
        words = self._words[first : last + 1]
        return bool(names_in(self._phrase(first, last))) or (listed and any(word.text[0].isupper() for word in words))

    def _holds(self, token: Any) -> bool:
        """Whether a site can be somebody's position: forces, or a proper name."""
        return bool(token.pos_ == "PROPN" or self._listed(token) is MentionKind.FORCES)

    def _is_unit(self, head: Any) -> bool:
        kinds = things().heads.get(head.lemma_.lower(), ())
        return bool(kinds) and kinds[0] in (MentionKind.FORCES, MentionKind.BODY) and head.lemma_.lower() != "group"

    def _kind(self, head: Any, named: Any | None, first: int, last: int) -> tuple[MentionKind, str | None]:
        """Return the kind and the country; _ASK for the country that the phrase itself names, which costs more."""
        if self._weapon_within(head, first) is not None and not self._is_bearer(head):
            return MentionKind.WEAPON, _ASK
        if named is not None:
            country = self._countries.of(head, first, last)
            return MentionKind.PERSON, country or leaders().country_of(self._persons[named.i], has_office=True)
        listed = self._listed(head)
        if listed is not None:
            return listed, _ASK
        core = self._phrase(first, head.i)
        names = things().names
        known = names.get(core) or names.get(head.text)
        if known is not None:
            return known.kind, self._countries.of(head, first, last) or known.country
        is_state_like = head.lower_ in states().endings
        state = states().country_of(core) if is_state_like else None
        if state is not None:
            is_counted = any(
                c.dep_ == "nummod" if head.tag_ in ("NNS", "NNPS") else c.lower_ in ("a", "an") for c in head.lefts
            )
            return MentionKind.GROUP if is_counted else MentionKind.STATE, state
        if is_state_like and core.lower() in states().capitals and _acts(head):
            return MentionKind.STATE, states().capitals[core.lower()]
        place = self._places.get(head.i)
        if place is not None and place.precision is PlacePrecision.COUNTRY:
            return MentionKind.STATE, place.country
        if place is not None:
            return MentionKind.PLACE, place.country
        leads = leaders().country_of(core) or leaders().country_of(head.text) if head.pos_ == "PROPN" else None
        if leads is not None:
            return MentionKind.PERSON, self._countries.of(head, first, last) or leads
        is_acronym = head.pos_ == "PROPN" and head.text.isupper() and len(head.text) > 1
        return (MentionKind.ORGANISATION if is_acronym else MentionKind.UNKNOWN), _ASK

    def _is_bearer(self, head: Any) -> bool:
        """Whether a weapon is somebody ("a suicide bomber", who acts), not a thing."""
        weapon = self._weapons.get(head.i)
        is_suicide = weapon is not None and weapon.word.weapon.id == "suicide"
        return is_suicide and self._listed(head) is MentionKind.FORCES

    def _listed(self, head: Any) -> MentionKind | None:
        """Return the kind by the head noun, the longer listed noun first ("police station" before "station")."""
        lemma = head.lemma_.lower() if head.pos_ != "PROPN" else head.lower_
        table = things().heads
        if head.i > head.sent.start:
            pair = table.get(f"{self._words[head.i - 1].lower_} {lemma}")
            if pair:
                return pair[0]
        kinds = table.get(lemma) or table.get(head.lower_)  # "barracks" is "barrack" to the parser
        kinds = kinds or (table.get(lemma[:-1]) if lemma.endswith("s") and head.pos_ == "PROPN" else None)
        if not kinds:
            return None
        if head.pos_ == "PROPN" and kinds[0] in (MentionKind.PERSON, MentionKind.GROUP, MentionKind.SOURCE):
            return None  # "Major", "Sons": a name may end in a word that is listed
        return kinds[0]


def _acts(head: Any) -> bool:
    """Whether a capital stands for its government: subject of a verb other than one of place, or whom words address."""
    while head.dep_ == "conj" and head.head.i < head.i:
        head = head.head
    if head.dep_ == "dobj" and head.head.lemma_ in _ADDRESSED:
        return True
    return bool(head.dep_ == "nsubj" and head.head.pos_ in ("VERB", "AUX") and head.head.lemma_ not in _OF_PLACE)
