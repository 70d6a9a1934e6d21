"""What is known of one document while its events are read, and the events in the making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kronika.annotate.mentions import Mentions
from kronika.extract.grammar.realis import RealisVerdict
from kronika.extract.predicates.triggers import Trigger
from kronika.records import Document, Effect, Ordinal, PlaceRef, Quantity, Status, TimeRef
from kronika.records.quick import quick

#: Statuses of what a text tells as new, of that or what was shot down on its way, and of all that was done or tried.
NEW = frozenset((Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED))
TRIED = NEW | {Status.INTERCEPTED}
REAL = TRIED | {Status.HISTORICAL}
#: The anchor of a time that an event takes from what was told before it.
CARRIED = "the day told before"


@quick
@dataclass(frozen=True, slots=True)
class Located:
    """A place name of the document: its tokens (end exclusive), what it means, and how it is used."""

    first: int
    end: int
    place: PlaceRef
    is_actor: bool = False  # "Moscow said": the government, not the venue
    is_dateline: bool = False  # where the article was filed
    is_reference: bool = False  # "the city": a place named before
    holds: int = -1  # the first token of the name that it is said to contain ("Oyam" for the district in "Oyam (Lira)")


@quick
@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression of the document: its tokens (end exclusive) and what it means.

    ``days`` is the length of a measured duration ("two days", "a week"), None of anything else.
    """

    first: int
    end: int
    time: TimeRef
    days: int | None = None


@quick
@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity of the document and the token it stands at."""

    token: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with everything that was found in it before its events are read."""

    document: Document
    doc: Any
    mentions: Mentions
    places: Sequence[Located] = ()
    times: Sequence[Timed] = ()
    counts: Sequence[Counted] = ()
    published_year: int | None = None
    sentence_of: Sequence[int] = field(default=(), repr=False)
    _places: dict[int, list[Located]] = field(default_factory=dict, repr=False)
    _times: dict[int, list[Timed]] = field(default_factory=dict, repr=False)
    _counts: dict[int, list[Counted]] = field(default_factory=dict, repr=False)
    asides: dict[tuple[int, int], bool] = field(default_factory=dict, repr=False)  # by its tokens: is it no venue?
    site_words: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)  # by its token: what tells it
    _dated: list[frozenset[int]] = field(default_factory=list, repr=False)
    _countries: list[Mapping[str, int]] = field(default_factory=list, repr=False)
    _words: dict[int, frozenset[str]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        numbers: list[int] = []
        for number, sentence in enumerate(self.doc.sents):
            numbers.extend([number] * (sentence.end - sentence.start))
        object.__setattr__(self, "sentence_of", numbers)
        for located in self.places:
            self._places.setdefault(numbers[located.end - 1], []).append(located)
        for timed in self.times:
            self._times.setdefault(numbers[timed.end - 1], []).append(timed)
        for counted in self.counts:
            self._counts.setdefault(numbers[counted.token], []).append(counted)

    def places_beside(self, draft: Draft) -> list[Located]:
        """Return the place names in the sentences that tell of a draft."""
        return [located for number in self._sentences(draft) for located in self._places.get(number, ())]

    def times_beside(self, draft: Draft) -> list[Timed]:
        """Return the time expressions in the sentences that tell of a draft."""
        return [timed for number in self._sentences(draft) for timed in self._times.get(number, ())]

    def places_in(self, sentence: int) -> Sequence[Located]:
        """Return the place names of a sentence by its number."""
        return self._places.get(sentence, ())

    def times_in(self, sentence: int) -> Sequence[Timed]:
        """Return the time expressions of a sentence by its number."""
        return self._times.get(sentence, ())

    def counts_in(self, sentence: int) -> Sequence[Counted]:
        """Return the figures of a sentence by its number."""
        return self._counts.get(sentence, ())

    def dated(self) -> frozenset[int]:
        """Return the tokens of time expressions."""
        if not self._dated:
            self._dated.append(frozenset(i for timed in self.times for i in range(timed.first, timed.end)))
        return self._dated[0]

    def countries(self) -> Mapping[str, int]:
        """Return how many names of places the document has in each country."""
        if not self._countries:
            named = {(located.place.surface, located.place.country) for located in self.places}
            self._countries.append(Counter(country for _, country in named if country))
        return self._countries[0]

    def words_beside(self, token: Any) -> frozenset[str]:
        """Return the words of a token's sentence in lower case: what they lack need not be sought in the parse."""
        number = self.sentence_of[token.i]
        found = self._words.get(number)
        if found is None:
            found = self._words[number] = frozenset([word.lower_ for word in token.sent])
        return found

    def _sentences(self, draft: Draft) -> list[int]:
        if len(draft.triggers) == 1:
            return [self.sentence_of[draft.token.i]]
        return sorted({self.sentence_of[trigger.token.i] for trigger in draft.triggers})

    def sentences_between(self, first: Any, second: Any) -> int:
        """Return how many sentences on the token ``second`` stands from ``first`` (0 in the same, or before it)."""
        return max(0, self.sentence_of[second.i] - self.sentence_of[first.i])


@dataclass(slots=True)
class Draft:
    """An event in the making: its triggers and the tokens in its roles.

    ``trigger`` is the main one of ``triggers``, their first, ``token`` its word: rules ask for these most of all.
    ``again`` are further days that one telling gives ("was hit on the 24th and again on the 26th"); ``part`` is the
    place of one of several deeds that one telling gives ("hit two depots, one in Izium and one in Sumy").
    """

    triggers: list[Trigger]
    roles: dict[str, list[Any]]
    verdict: RealisVerdict
    places: list[PlaceRef] = field(default_factory=list)
    time: TimeRef | None = None
    again: list[TimeRef] = field(default_factory=list)
    counts: list[Quantity] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)
    ordinal: Ordinal | None = None
    reasons: dict[str, str] = field(default_factory=dict)
    denials: list[Trigger] = field(default_factory=list)  # words by which somebody denies it
    part: PlaceRef | None = None
    heading: str = ""  # the frame that a heading announces the deed as
    trigger: Trigger = field(init=False, repr=False, compare=False)
    token: Any = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.trigger = self.triggers[0]
        self.token = self.trigger.token

    def lead(self, triggers: Sequence[Trigger]) -> None:
        """Put triggers before those it has: the first of them becomes the main one."""
        self.triggers = [*triggers, *self.triggers]
        self.trigger, self.token = self.triggers[0], self.triggers[0].token

    def add(self, role: str, tokens: Sequence[Any]) -> None:
        """Put tokens into a role, each once."""
        held = self.roles.setdefault(role, [])
        seen = {token.i for token in held}
        held.extend(token for token in tokens if token.i not in seen)
