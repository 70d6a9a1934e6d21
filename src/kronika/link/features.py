"""Features: an event as a flat typed row, which is all that linking ever compares."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kronika.codebook.things import things
from kronika.documents.sentences import sentence_bounds
from kronika.link.copies import WORDS
from kronika.link.names import fold, fold_translit, stem
from kronika.records import CountKind, Document, Event, Mention, MentionKind, PlacePrecision, Status, TimePrecision

#: A report without a time of its own is of what happened in these days before it was published.
DAYS_BEFORE_PUBLICATION = 3
#: Intervals wider than this many days say little about the day.
WIDE_DAYS = 4
#: Sentences of fewer words are written twice by chance ("Two people were killed.").
TELLING_WORDS = 8
LEVELS = {
    PlacePrecision.SITE: 1,
    PlacePrecision.SETTLEMENT: 2,
    PlacePrecision.ADMIN2: 3,
    PlacePrecision.ADMIN1: 4,
    PlacePrecision.REGION: 5,
    PlacePrecision.WATER: 5,
    PlacePrecision.COUNTRY: 6,
}
#: Levels at which a raid is one of the whole night: told of no place, or of a country.
_NO_PLACE = (0, LEVELS[PlacePrecision.COUNTRY])
REAL = (Status.OCCURRED, Status.ONGOING, Status.ATTEMPTED, Status.INTERCEPTED, Status.HISTORICAL, Status.DENIED)
ANNOUNCED = (Status.PLANNED, Status.THREATENED)
_DEFENCE = "air_defence"
_PROPER = (MentionKind.FACILITY, MentionKind.ORGANISATION, MentionKind.FORCES, MentionKind.PERSON, MentionKind.BODY)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event for comparison; field names are the columns of the Splink table.

    ``realm`` is "real" or "announced"; ``level`` 1 (site) to 6 (country), 0 without a place; ``latitude`` and
    ``longitude`` are None above level 3; days are proleptic Gregorian ordinals, inclusive; ``is_dated`` says that the
    text itself gives the time. Names are folded keys. None is "not stated", which is no evidence either way.
    """

    event: str
    document: str
    realm: str
    type: str
    mode: str | None
    place: str | None
    level: int
    latitude: float | None
    longitude: float | None
    radius_km: float
    admin1: str | None
    country: str | None
    first_day: int | None
    last_day: int | None
    is_dated: bool
    target: str | None
    target_head: str | None
    actor: str | None
    weapon: str | None
    killed: int | None
    wounded: int | None
    ordinal: int | None
    ordinal_least: bool
    ordinal_since: str | None
    lemma: str
    night: int | None = None  # the day on whose evening it begins, where the text gives a night
    wording: str | None = None  # hash of the longest sentence that tells it, and of the word in it that does
    printed: int | None = None  # the day of publication
    downed: int | None = None  # how many were shot down in a raid that is told of no place

    @property
    def width(self) -> int:
        """Days that the interval spans; 0 without a time."""
        if self.first_day is None or self.last_day is None:
            return 0
        return self.last_day - self.first_day + 1

    @property
    def middle(self) -> int | None:
        """The day in the middle of the interval."""
        if self.first_day is None or self.last_day is None:
            return None
        return (self.first_day + self.last_day) // 2


def _day(iso: str | None) -> int | None:
    if iso is None or len(iso) < 10:
        return None
    try:
        return date.fromisoformat(iso[:10]).toordinal()
    except ValueError:
        return None


def _interval(event: Event, published: str | None) -> tuple[int | None, int | None, bool]:
    time = event.time
    if time is not None and time.precision is not TimePrecision.OPEN:
        first, last = _day(time.start), _day(time.end)
        if first is not None and last is not None and first <= last:
            return first, last, time.span is not None
    day = _day(published)
    if day is None or event.status is Status.HISTORICAL or (time is not None and time.span is not None):
        return None, None, False
    return day - DAYS_BEFORE_PUBLICATION + 1, day, False


def name_key(mention: Mention, aliases: Mapping[str, str] | None = None) -> str:
    """Return the key that a mention is compared by: the entity of its name, else the folded name.

    ``aliases`` maps folded names to entity keys (:func:`kronika.link.facilities.alias_keys`).
    """
    key = fold_translit(mention.name)
    if aliases and key in aliases:
        return aliases[key]
    return mention.entity or key


def _named(mentions: Iterable[Mention], aliases: Mapping[str, str] | None) -> str | None:
    """Return the key of the first thing that goes by a name: a site before others, what is not known of last."""
    named = [mention for mention in mentions if any(c.isupper() for c in mention.name)]
    for kinds in ((MentionKind.FACILITY,), _PROPER, (MentionKind.UNKNOWN,)):
        found = next((m for m in named if m.kind in kinds and (m.kind in _PROPER or m.head[:1].isupper())), None)
        if found is not None:
            return name_key(found, aliases)
    return None


def _head(mentions: Iterable[Mention]) -> str | None:
    """The stem of the word that says what was hit, for a pronoun that of its antecedent.

    A town, and people who are not named, say nothing: one report has the depot, the other who was hurt there.
    """
    things = [mention for mention in mentions if mention.kind not in (MentionKind.PLACE, MentionKind.GROUP)]
    if not things:
        return None
    words = things[0].name.split() if things[0].antecedent is not None else []
    return stem(words[-1] if words else things[0].head)


def _weapon(mentions: Iterable[Mention]) -> str | None:
    """The codebook's class of the first weapon, that of an attacker rather than what shot it down; else its name."""
    found: list[str] = []
    for mention in mentions:
        word = things().weapons.get(mention.name.lower()) or things().weapons.get(mention.head.lower())
        found.append(word.weapon.id if word is not None else fold(mention.name))
    return next((name for name in found if name != _DEFENCE), None)


def _actor(mentions: Iterable[Mention], aliases: Mapping[str, str] | None) -> str | None:
    """The state behind the actor where known: outlets name one army in many ways."""
    mentions = list(mentions)
    countries = sorted({m.country for m in mentions if m.country})
    return countries[0] if countries else _named(mentions, aliases)


def _state(mentions: Iterable[Mention]) -> str | None:
    return next((mention.country for mention in mentions if mention.country), None)


def _count(event: Event, kind: CountKind) -> int | None:
    values = [
        c.best if c.best is not None else c.low
        for c in event.counts
        if c.kind is kind and c.part_of is None and not c.possible
    ]
    known = [value for value in values if value is not None]
    return int(max(known)) if known else None


def wording(event: Event, text: str) -> str | None:
    """Return the key of the longest sentence of ``text`` that tells the event, and of the word in it that does.

    Copies of one text share it, whatever was read around it. None for sentences that could be written twice by chance.
    """
    told: list[tuple[int, list[str], int]] = []
    for span in (event.trigger, *event.mentions):
        start, end = sentence_bounds(text, span.start, span.end)
        words = WORDS.findall(text[start:end].casefold())
        told.append((len(words), words, len(WORDS.findall(text[start : span.start]))))
    size, words, position = max(told)
    if size < TELLING_WORDS:
        return None
    return hashlib.blake2b(f"{position} {' '.join(words)}".encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def event_row(
    event: Event, published: str | None = None, aliases: Mapping[str, str] | None = None, text: str = ""
) -> EventRow | None:
    """Return the row of an event, or None for one that is no happening (hypothetical).

    ``published`` is the document's publication date, as a time used only where the event has none of its own; ``text``
    is the document's.
    """
    if event.status not in REAL and event.status not in ANNOUNCED:
        return None
    place, targets = event.place, event.roles.target or event.roles.victim or event.roles.recipient
    if event.type == "AID":
        targets = event.roles.recipient  # to whom it goes tells one gift from another, not what it consists of
    resolved = place is not None and place.id is not None
    level = LEVELS.get(place.precision, 0) if place is not None and resolved else 0
    has_point = place is not None and 1 <= level <= 3
    first, last, is_dated = _interval(event, published)
    ordinal = event.ordinal
    return EventRow(
        event=event.id,
        document=event.document,
        realm="real" if event.status in REAL else "announced",
        type=event.type,
        mode=event.mode or None,
        place=place.id if place is not None and level else None,
        level=level,
        latitude=place.latitude if place is not None and has_point else None,
        longitude=place.longitude if place is not None and has_point else None,
        radius_km=(place.radius_km or 0.0) if place is not None and has_point else 0.0,
        admin1=place.admin1 if place is not None and 1 <= level <= 4 else None,
        country=place.country if place is not None and level else None,
        first_day=first,
        last_day=last,
        is_dated=is_dated,
        target=_named(targets, aliases) or (_state(targets) if event.type == "AID" else None),
        target_head=_head(targets),
        actor=_actor(event.roles.actor, aliases),
        weapon=_weapon(event.roles.instrument),
        killed=_count(event, CountKind.KILLED),
        wounded=_count(event, CountKind.WOUNDED),
        ordinal=ordinal.value if ordinal else None,
        ordinal_least=bool(ordinal and ordinal.at_least),
        ordinal_since=ordinal.since if ordinal else None,
        lemma=stem(event.trigger.text.split()[-1]) if event.trigger.text.split() else "",
        night=first if is_dated and event.time is not None and event.time.precision is TimePrecision.NIGHT else None,
        wording=wording(event, text) if text else None,
        printed=_day(published),
        downed=_count(event, CountKind.INTERCEPTED) if level in _NO_PLACE else None,
    )


def event_rows(
    events: Iterable[Event], documents: Iterable[Document], aliases: Mapping[str, str] | None = None
) -> Iterator[EventRow]:
    """Yield the rows of the events that are happenings, in order."""
    papers = {document.id: document for document in documents}
    for event in events:
        paper = papers.get(event.document)
        row = event_row(event, paper.published, aliases, paper.text) if paper else event_row(event, None, aliases)
        if row is not None:
            yield row
