"""Compare the incidents of the sample corpus with its key, and say for each difference which stage made it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kronika.api import Record
from kronika.records import Document, Event, Incident, Status
from kronika.store.codec import from_json
from kronika.store.schema import incident_bodies

#: Types that tell one violent happening: a coder's choice among them is no difference of linking.
VIOLENT = ("ASSAULT",)
_NO_NEWS = (Status.HISTORICAL, Status.HYPOTHETICAL)
#: Deeds in words: what is promised lies ahead, the promise does not.
_IN_WORDS = ("AGREE", "CONCEDE", "THREATEN")


@dataclass(frozen=True)
class Failure:
    """One difference: ``cause`` is the stage that made it, ``incident`` the key's id ("" for one that is not in it)."""

    cause: str
    incident: str
    file: str
    detail: str
    sentence: str = ""


@dataclass(frozen=True)
class Found:
    """What the record holds: documents and events by file name, the incident that each event is in."""

    documents: dict[str, Document]
    events: dict[str, list[Event]]
    incidents: dict[str, Incident]
    home: dict[str, str]  # event -> incident

    @classmethod
    def of(cls, record: Record) -> Found:
        """Read a linked record of the corpus."""
        store = record.store
        documents = {Path(origin).name: d for d in store.documents() for origin in store.origins(d.id)}
        events = {name: list(store.report(d.id).events) for name, d in documents.items()}
        with store.connect() as connection:
            bodies = connection.execute(select(incident_bodies.c.body)).scalars().all()
        incidents = {incident.id: incident for incident in (from_json(Incident, body) for body in bodies)}
        home = {event: incident.id for incident in incidents.values() for event in incident.reports}
        return cls(documents, events, incidents, home)


def place_of(words: str, text: str) -> tuple[int, int]:
    """Return where ``words`` stand in ``text``, whatever the white space."""
    found = re.search(r"\s+".join(map(re.escape, words.split())), text)
    assert found is not None, words
    return found.span()


def reporting(found: Found, file: str, words: str, type_: str) -> list[Event]:
    """Return the events of ``file`` that are read from the sentence with ``words``, the likeliest report first."""
    start, end = place_of(words, found.documents[file].text)
    events = [e for e in found.events[file] if e.type == type_ and _overlaps(e, start, end)]
    return sorted(events, key=lambda e: (not start <= e.trigger.start < end, e.status in _NO_NEWS, e.trigger.start))


def _overlaps(event: Event, start: int, end: int) -> bool:
    spans = (event.evidence, *event.mentions)
    return any(span.start < end and start < span.end for span in spans)


def days(edtf: str) -> tuple[date, date]:
    """Return the first and last day of a key's date, the evening before included: nights are dated by their morning."""
    first, _, last = edtf.partition("/")
    last = last or first
    begin = date.fromisoformat(first if len(first) == 10 else f"{first}-01")
    end = date.fromisoformat(last if len(last) == 10 else f"{last}-28")
    return begin - timedelta(days=1), end


def is_dated_right(event: Event | Incident, expected: str | None) -> bool:
    """Whether the time lies within the key's date (and the evening before), and says more than a month.

    Where the key has no date, because no text gives one, there must be none.
    """
    time = event.time
    if expected is None:
        return time is None
    if time is None or time.start is None or time.end is None:
        return False
    begin, end = days(expected)
    first, last = date.fromisoformat(time.start[:10]), date.fromisoformat(time.end[:10])
    return begin <= first and last <= end and not (first == last == begin and begin != end and first < end)


def is_placed_right(event: Event | Incident, expected: dict[str, str]) -> bool:
    """Whether the place is that of the key, or a part of its region."""
    place = event.place
    if place is None or place.id is None:
        return False
    names = {_key(name) for name in (place.name, place.surface, place.admin1) if name}
    return place.country == expected["country"] and _key(expected["name"]) in names


def _key(name: str) -> str:
    """Fold a name as different transliterations write it ("Krasnodarskiy kray" is Krasnodar Krai)."""
    words = re.sub(r"[^a-z ]", "", name.casefold()).split()
    plain = "".join(word for word in words if word not in ("oblast", "krai", "kray"))
    return re.sub(r"sk(?:iy|aya)$", "", plain).replace("uy", "ui")


def judge(found: Found, key: dict[str, Any]) -> Iterator[Failure]:
    """Yield every difference between the record's incidents and the key's."""
    expected = [*key["incidents"], *key["other_incidents"]]
    reports: dict[str, str] = {}  # event -> the key's incident
    for incident in expected:
        for file, words in incident["reports"].items():
            events = [e for e in reporting(found, file, words, incident["type"]) if e.id not in reports]
            sentence = _sentence(found, file, words)
            if not events:
                yield Failure("extraction: no event", incident["id"], file, words, sentence)
                continue
            event = events[0]
            reports[event.id] = incident["id"]
            yield from _judge_event(event, found.incidents.get(found.home.get(event.id, "")), incident, file, sentence)
    yield from _judge_groups(found, expected, reports)
    yield from _judge_surplus(found, key, reports)


def _judge_event(
    event: Event, home: Incident | None, incident: dict[str, Any], file: str, sentence: str
) -> Iterator[Failure]:
    """Judge one report. Day and place of the key are the incident's: one that is silent on them is in a right one.

    A local paper writes "the refinery" without its town, a digest "has paid" without the day: to give them none is
    right, and what other reports say of the same happening completes it. A report that gives another is wrong.
    """
    told = f"“{event.trigger.text}”"
    is_ahead = event.status is Status.PLANNED and event.type not in _IN_WORDS
    if event.status in (Status.HISTORICAL, Status.HYPOTHETICAL) or is_ahead:
        yield Failure("extraction: status", incident["id"], file, f"{told} is {event.status.value}", sentence)
    if not is_dated_right((event if event.time else home) or event, incident["date"]):
        edtf = event.time.edtf if event.time else "none"
        yield Failure("extraction: time", incident["id"], file, f"{told}: {edtf}, not {incident['date']}", sentence)
    if incident.get("place") and not is_placed_right((event if event.place else home) or event, incident["place"]):
        place = (event.place.name or event.place.surface) if event.place else "none"
        yield Failure("places", incident["id"], file, f"{told}: {place}, not {incident['place']['name']}", sentence)
    if incident.get("mode") and event.mode != incident["mode"]:
        wrong = f"{told}: {event.mode!r}, not {incident['mode']}"
        yield Failure("extraction: mode", incident["id"], file, wrong, sentence)


def _judge_groups(found: Found, expected: list[dict[str, Any]], reports: dict[str, str]) -> Iterator[Failure]:
    homes: defaultdict[str, set[str]] = defaultdict(set)
    holds: defaultdict[str, set[str]] = defaultdict(set)
    for event, name in reports.items():
        if event in found.home:
            homes[name].add(found.home[event])
            holds[found.home[event]].add(name)
    for incident in expected:
        name = incident["id"]
        if len(homes[name]) > 1:
            yield Failure("linking: split", name, "", f"in {len(homes[name])} incidents")
        if not homes[name] and any(known == name for known in reports.values()):
            yield Failure("linking: no incident", name, "", "its reports are in no incident")
    for home, names in holds.items():
        if len(names) > 1:
            yield Failure("linking: joined", ", ".join(sorted(names)), "", f"one incident {home}")


def _judge_surplus(found: Found, key: dict[str, Any], reports: dict[str, str]) -> Iterator[Failure]:
    known = {found.home[event] for event in reports if event in found.home}
    files = {document.id: name for name, document in found.documents.items()}
    by_id = {event.id: event for events in found.events.values() for event in events}
    for incident in found.incidents.values():
        if incident.id in known or incident.type not in VIOLENT:
            continue
        event = by_id[incident.reports[0]]
        if _is_raid(key, event, files[event.document]):
            continue
        edtf = event.time.edtf if event.time else "none"
        place = (event.place.name or event.place.surface) if event.place else "none"
        what = f"“{event.trigger.text}” {event.status.value}, {edtf}, {place}"
        yield Failure("surplus", "", files[event.document], what, " ".join(event.evidence.text.split()))


def _is_raid(key: dict[str, Any], event: Event, file: str) -> bool:
    """Whether an event is what a ministry says was shot down in a whole night, told by its file or by another.

    The key has each total once, from the fullest report of it; an outlet that gives the same number for the same night
    reports the same raid.
    """
    counts = [count.best for count in event.counts if count.kind.value in ("intercepted", "destroyed")]
    return bool(counts) and any(
        raid["file"] == file or (raid["intercepted"] in counts and is_dated_right(event, raid["date"]))
        for raid in key["raids"]
    )


def _sentence(found: Found, file: str, words: str) -> str:
    from kronika.cli.page import sentence

    text = found.documents[file].text
    start, end = sentence(text, *place_of(words, text))
    return " ".join(text[start:end].split())
