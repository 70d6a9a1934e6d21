"""The sides of a standing relation: who makes, owns, commands; through relatives, participles and appositions."""

from __future__ import annotations

from typing import Any

from kronika.codebook.relations import RelationWords, relation_words
from kronika.codebook.things import things
from kronika.extract.grammar.lists import Item
from kronika.extract.grammar.subjects import expand, subject_of
from kronika.extract.reading import Reading
from kronika.records import Mention, MentionKind, Span
from kronika.records.quick import replace

_SITES = frozenset((MentionKind.FACILITY, MentionKind.ORGANISATION))
#: What a company may be named after: "Varta Optics" is no optics.
_NAMED_AFTER = frozenset((MentionKind.UNKNOWN, MentionKind.PRODUCT, MentionKind.ASSET))
_DROPPED = frozenset(("DT", "PDT", "PRP$", "POS"))
_NOUNS = ("NOUN", "PROPN", "PRON")


class Subjects:
    """Finds the sides of relations in one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def is_site(self, token: Any) -> bool:
        """Whether a token heads the name of a facility or company, or is a proper name of nothing else known."""
        kind = self.reading.mentions.describe(token).kind
        if kind in _SITES:
            return True
        if token.pos_ == "PROPN":
            return kind in _NAMED_AFTER
        heads = things().heads
        listed = heads.get(token.lemma_.lower(), heads.get(token.lower_, ()))
        return token.pos_ == "NOUN" and any(kind in _SITES for kind in listed)

    def is_passive(self, verb: Any) -> bool:
        """Whether a verb is said of what it is done to, also as a bare participle ("drones built by X")."""
        children = list(verb.children)
        if any(child.dep_ in ("nsubjpass", "auxpass") for child in children):
            return True
        if verb.tag_ == "VBN" and verb.dep_ == "acl":
            return True
        if any(child.dep_ in ("dobj", "aux") for child in children):
            return False
        if verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and verb.head.pos_ == "VERB":
            return self.is_passive(verb.head) and not any(child.dep_ == "nsubj" for child in children)
        follows = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ == "by"
        return bool(verb.tag_ in ("VBN", "VBD") and follows)

    def of(self, verb: Any) -> Any | None:
        """Return who does what ``verb`` says.

        A participle after a comma that the parse hangs elsewhere ("X is a cornerstone of Y, developing chips") is the
        deed of its sentence's subject.
        """
        found, is_passive = subject_of(verb)
        if found:
            return self._behind_place(found[0]) if verb.dep_ in ("relcl", "acl") else found[0]
        if is_passive:
            return None
        if verb.dep_ == "pcomp" or (verb.tag_ == "VBG" and verb.i > verb.sent.start and verb.nbor(-1).text == ","):
            return self._of_sentence(verb)
        return None

    def _behind_place(self, token: Any) -> Any:
        """Return the site for "the plant in Kazan, which makes …", where the parse takes the town for the maker."""
        if token.dep_ != "pobj" or token.head.dep_ != "prep":
            return token
        is_placed = self.reading.mentions.describe(token).kind in (MentionKind.PLACE, MentionKind.UNKNOWN)
        return token.head.head if is_placed and self.is_site(token.head.head) else token

    def _of_sentence(self, verb: Any) -> Any | None:
        """Return the subject of the finite verb that ``verb`` hangs under, however far."""
        node = verb
        for _ in range(8):
            if node.head.i == node.i:
                break
            node = node.head
            if node.pos_ in ("VERB", "AUX"):
                found, is_passive = subject_of(node)
                if found and not is_passive:
                    return found[0]
        return None

    def passive_subject(self, verb: Any) -> Any | None:
        """Return what a passive is said of: its own subject, or the noun that a bare participle follows."""
        for child in verb.children:
            if child.dep_ == "nsubjpass":
                is_relative = child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl"
                return verb.head if is_relative else child
        if verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl", "conj") and verb.head.pos_ in _NOUNS:
            return verb.head
        own = next((child for child in verb.children if child.dep_ == "nsubj"), None)
        if own is None and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
            shared = self.passive_subject(verb.head) if self.is_passive(verb.head) else None
            return shared or next((child for child in verb.head.children if child.dep_ == "nsubj"), None)
        return own if self.is_passive(verb) else None  # "drones built by X fell": the parse takes it for a deed

    def after(self, word: Any, prepositions: tuple[str, ...]) -> list[Any]:
        """Return the nouns after one of these prepositions, coordinated ones too."""
        return [
            noun
            for child in word.children
            if child.dep_ in ("prep", "agent") and child.lower_ in prepositions
            for below in child.children
            if below.dep_ == "pobj"
            for noun in expand(below)
        ]

    def described_as(self, noun: Any) -> Any | None:
        """Return what ``noun`` describes: "X is a maker", "X, one of the makers", "the maker X"."""
        node = noun
        while node.dep_ == "pobj" and node.head.lower_ in ("of", "among") and node.head.head.pos_ in ("NUM", "NOUN"):
            node = node.head.head  # "one of the largest makers of …"
        if node.dep_ == "attr":
            found, _ = subject_of(node.head)
            return found[0] if found else None
        if node.dep_ == "appos":
            return node.head
        if node.dep_ == "compound" and node.head.pos_ == "PROPN":
            return node.head
        return next((child for child in node.rights if child.dep_ == "appos" and child.pos_ == "PROPN"), None)

    def engaged(self, noun: Any, words: RelationWords) -> Any | None:
        """Return who "specialises in the production of", "is engaged in the manufacture of"."""
        if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "with", "on"):
            return None
        verb = noun.head.head
        if verb.lemma_ not in words.lists["engaged"]:
            return None
        return self.of(verb) or self.passive_subject(verb)

    def mention(self, item: Item) -> Mention:
        """Return the mention of a listed thing: a named weapon by its name, the rest in its own words."""
        doc, describe = self.reading.doc, self.reading.mentions.describe
        first, last = item.first.i, item.last.i
        for i in range(last, first, -1):
            if doc[i].tag_ == "POS" or (doc[i].tag_ in _DROPPED and i < last):
                first = i + 1
                break
        while first < last and (doc[first].tag_ in _DROPPED or doc[first].lemma_.lower() == "other"):
            first += 1
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        text = self.reading.document.text[start:end]
        own = describe(item.last)
        span = Span(self.reading.document.id, start, end, text)
        weapon = self._weapon(first, last)
        if weapon is not None:
            return replace(own, span=span, kind=MentionKind.WEAPON, name=weapon)
        if own.antecedent is not None and first == last:
            return own
        kind = MentionKind.UNKNOWN if own.kind is MentionKind.WEAPON else own.kind
        known = own.span == span
        return replace(own, span=span, kind=own.kind if known else kind, name=own.name if known else text)

    def _weapon(self, first: int, last: int) -> str | None:
        """Return the weapon a phrase names: what it ends in, or a named system before a noun that only carries it."""
        doc, mentions = self.reading.doc, self.reading.mentions
        if doc[last].lemma_.lower() in relation_words().lists["carriers"]:
            for i in range(last, first - 1, -1):
                found = mentions.weapon_at(doc[i])
                if found is not None and found.word.is_proper:
                    return found.word.name
        found = mentions.weapon_at(doc[last])
        return None if found is None else found.word.name
