"""Which state a noun phrase names: "Russian forces", "Ukraine's army", "the mayor of Nablus"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kronika.codebook.states import states
from kronika.codebook.things import names_in
from kronika.records import MentionKind, PlaceRef

#: Participles after a state's name and a hyphen that say what it does to another.
_DONE_BY = frozenset(
    ("backed", "held", "occupied", "linked", "controlled", "supported", "allied", "funded", "supplied")
)


#: Demonyms that are words.
_WORDS = frozenset(("polish",))
#: Of these "in" says where they struck or stand, not whose they are.
_UNKNOWN = frozenset(("man", "gunman", "assailant", "attacker", "people", "person", "embassy", "consulate"))


def _is_demonym(token: Any) -> bool:
    """Whether an adjective in lower case names a nation ("tunisian rioters")."""
    is_before = token.dep_ in ("amod", "compound", "nmod")
    return is_before and token.lower_ in states().demonyms and token.lower_ not in _WORDS


class Countries:
    """The states that the phrases of one document name; ``places`` are its place names by token."""

    def __init__(self, text: str, words: Sequence[Any], places: Mapping[int, PlaceRef]) -> None:
        self._text, self._words, self._places = text, words, places

    def of(self, head: Any, first: int, last: int) -> str | None:
        """Return the state that the phrase itself names: "Russian forces", "Ukraine's army", "army of Chad"."""
        found = self._state_within(first, head.i)
        if not found:
            owner = next((child for child in head.lefts if child.dep_ == "poss"), None)
            found = states().country_of(owner.text) if owner is not None else None
        if found is None and last > head.i:
            found = self._state_within(head.i + 1, last)
        return found or self._country_of_place(head) or self._country_of_group(first, last)

    def phrase(self, first: int, last: int) -> str:
        """Return the text from one token to another."""
        final = self._words[last]
        return self._text[self._words[first].idx : final.idx + len(final.text)]

    def _state_within(self, first: int, last: int) -> str | None:
        endings, words = states().endings, self._words[first : last + 1]
        ends = [word.i for word in words if word.lower_ in endings]
        if not ends:
            return None
        capital = [word.i for word in words if word.text[0].isupper() or _is_demonym(word)]
        for i in reversed(ends):
            for start in capital:
                if i - 2 <= start <= i:
                    found = states().country_of(self.phrase(start, i))
                    if found and not self._is_stance(start, i):
                        return found
        return None

    def _country_of_group(self, first: int, last: int) -> str | None:
        """Return the state of a known force that the phrase names ("FARDC soldiers")."""
        known = names_in(self.phrase(first, last))
        return next((one.country for one in known if one.kind is MentionKind.FORCES and one.country), None)

    def _is_stance(self, first: int, last: int) -> bool:
        """Whether a state is only what somebody is for, or backed or held by ("pro-Russia", "Israeli-occupied")."""
        before = (
            first > 1 and self._words[first - 1].text == "-" and self._words[first - 2].lower_ in ("pro", "anti", "non")
        )
        after = self._words[last + 1 : last + 3]
        return before or (len(after) == 2 and after[0].text == "-" and after[1].lower_ in _DONE_BY)

    def _country_of_place(self, head: Any) -> str | None:
        """Return the country of a place the phrase is tied to ("the mayor of Nablus", "Bryansk governor")."""
        for child in head.children:
            if child.dep_ in ("compound", "poss", "nmod") and child.i in self._places:
                return self._places[child.i].country
            if child.lower_ == "in" and head.lemma_ in _UNKNOWN:
                continue
            if child.dep_ == "prep" and child.lower_ in ("of", "in", "from"):
                for token in child.subtree:
                    if token.i in self._places and token.i - head.i <= 10:
                        return self._places[token.i].country
                home = self._state_within(child.i + 1, child.i + 1) if child.lower_ == "from" else None
                if home is not None:
                    return home
        return None
