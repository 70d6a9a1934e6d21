"""A record of the size that a newsroom has after years, made up from a seed: 100,000 incidents in 300,000 documents.

``python -m benchmarks.large_record out/large.kronika`` (``--incidents 100000 --documents 300000``)

Nothing is read or linked: the reports are written as reading would write them, the incidents as linking would. The
articles have names, counts, claims and findings in the shares that real ones have, so that every page has work to do.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, insert, text

from kronika.engine.linking import link_record
from kronika.records import (
    Certainty,
    Claim,
    CountKind,
    Deployment,
    Document,
    Entity,
    Event,
    Figure,
    Finding,
    FindingKind,
    Incident,
    Mention,
    MentionKind,
    Outcome,
    PlacePrecision,
    PlaceRef,
    Quantity,
    Relation,
    Report,
    Roles,
    Severity,
    Span,
    Speaker,
    SpeakerKind,
    Stance,
    StatedValue,
    Status,
    TimePrecision,
    TimeRef,
)
from kronika.records.ids import content_id
from kronika.store import Store
from kronika.store.codec import to_json
from kronika.store.incidents import add_incidents
from kronika.store.links import mark_linked
from kronika.store.rows import document_row, part_rows, role_rows
from kronika.store.schema import PARTS, documents, entities, entity_spans, roles

FIRST_DAY = date(2022, 2, 24)
DAYS = 1_400
BATCH = 2_000
_FIRST = ("Novo", "Staro", "Veliko", "Bere", "Krasno", "Zele", "Sero", "Pavlo", "Iva", "Petro", "Bilo", "Chorno")
_MIDDLE = ("gor", "pol", "dub", "rich", "kam", "les", "mir", "vod", "luh", "ozer", "hrad", "sad")
_LAST = ("ivka", "ske", "yne", "ovo", "ino", "ets", "nyk", "ysk", "ka", "ychi")
_SITES = ("refinery", "oil depot", "power station", "airfield", "hospital", "rail yard", "bridge", "grain terminal")
_WEAPONS = ("drone", "Shahed drones", "cruise missiles", "artillery", "guided bombs", "ballistic missile", "mines")
_ACTORS = tuple(f"{number}th {kind}" for number in range(1, 61) for kind in ("Brigade", "Regiment", "Rifle Division"))
_SPEAKERS = ("the governor", "the mayor", "the defence ministry", "the general staff", "a local official")
_KINDS = (
    ("ASSAULT", "drone", "Air/drone strike"),
    ("ASSAULT", "heavy-weapons", "Shelling/artillery/missile attack"),
    ("ASSAULT", "aerial", "Air/drone strike"),
    ("ASSAULT", "explosives", "Remote explosive/landmine/IED"),
    ("ASSAULT", "firearms", "Armed clash"),
    ("PROTEST", "demonstrate", "Peaceful protest"),
    ("AID", "", None),
)
_FILLER = (
    "Residents spoke of a long night in the cellars beneath the market hall.",
    "Repair crews reached the quarter in the morning and cut the water for two hours.",
    "Trains on the northern line ran late, the railway company wrote to its passengers.",
    "The school nearby will teach from a distance until the windows are mended.",
    "A column of smoke could be seen from the other bank of the river, motorists wrote.",
    "Traders at the exchange took little notice, and the price of diesel did not move.",
    "The council met in the afternoon and promised help with roofs and boilers.",
)
_STANDINGS = ((), ("c",), ("c",), ("c", "c"))


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement with a made-up name; ``sites`` are the facilities in it."""

    id: str
    name: str
    admin1: str
    country: str
    latitude: float
    longitude: float
    sites: tuple[str, ...]


def towns(rng: random.Random, count: int) -> list[Town]:
    """Return settlements spread over a stretch of land, a third of them with sites."""
    made = []
    for number in range(count):
        latitude, longitude = rng.triangular(44, 60, 49), rng.triangular(22, 60, 36)
        name = rng.choice(_FIRST) + rng.choice(_MIDDLE) + rng.choice(_LAST)
        country = rng.choices(("UA", "RU", "BY", "MD"), (60, 33, 4, 3))[0]
        sites = tuple(f"{name} {rng.choice(_SITES)}" for _ in range(rng.randint(1, 3))) if number % 3 == 0 else ()
        region = f"{country} region {int(latitude / 2)}-{int(longitude / 3)}"
        made.append(Town(f"made:{number}", name, region, country, round(latitude, 4), round(longitude, 4), sites))
    return made


@dataclass(frozen=True, slots=True)
class Happening:
    """What is reported, and how many documents report it."""

    number: int
    town: Town
    day: date
    kind: tuple[str, str, str | None]
    target: str
    weapon: str
    actor: str
    killed: int
    reports: int


def happenings(rng: random.Random, count: int, reports: int, places: list[Town]) -> Iterator[Happening]:
    """Yield ``count`` happenings, later ones more often, with ``reports`` reports in all."""
    weights = [1 / (rank + 30) for rank in range(len(places))]
    left = reports
    for number in range(count):
        most = left - (count - number - 1)
        several = min(1 + int(rng.expovariate(1 / (reports / count - 1 + 1e-9))), most, 40)
        several = several if number < count - 1 else most
        left -= several
        town = rng.choices(places, weights)[0]
        target = rng.choice(town.sites) if town.sites else rng.choice(("houses", "a warehouse", "positions"))
        day = FIRST_DAY + timedelta(days=int(DAYS * rng.random() ** 0.7))
        killed = int(rng.paretovariate(1.2)) - 1
        kind = rng.choices(_KINDS, (30, 25, 15, 10, 12, 5, 3))[0]
        yield Happening(number, town, day, kind, target, rng.choice(_WEAPONS), rng.choice(_ACTORS), killed, several)


class _Article:
    """A text put together piece by piece; each piece knows its span once the document has its id."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: dict[str, tuple[int, int]] = {}

    def add(self, words: str, name: str = "") -> None:
        if name:
            self.spans[name] = (len(self.text), len(self.text) + len(words))
        self.text += words

    def span(self, document: str, name: str) -> Span:
        start, end = self.spans[name]
        return Span(document, start, end, self.text[start:end])


def report_of(rng: random.Random, told: Happening, publishers: list[str], which: int) -> Report:
    """Return what one document says of a happening."""
    article = _Article()
    for line in rng.sample(_FILLER, 3):
        article.add(line + " ")
    begin = len(article.text)
    article.add(f"{told.weapon[0].upper()}{told.weapon[1:]}", "weapon")
    article.add(" of the ")
    article.add(told.actor, "actor")
    article.add(" ")
    article.add("struck", "trigger")
    article.add(" ")
    article.add(told.target, "target")
    article.add(" in ")
    article.add(told.town.name, "place")
    article.add(" on ")
    article.add(f"{told.day.day} {told.day.strftime('%B %Y')}", "time")
    toll = max(0, told.killed + rng.choice((0, 0, 0, -1, 1, 2)))
    if toll:
        article.add(", killing ")
        article.add(str(toll), "killed")
        article.add(" people")
    speaker = rng.choice(_SPEAKERS)
    article.add(", ")
    article.add(speaker, "speaker")
    article.add(" ")
    article.add("said", "cue")
    article.add(".")
    article.spans["evidence"] = (begin, len(article.text))
    for line in rng.sample(_FILLER, 4):
        article.add(" " + line)
    published = (told.day + timedelta(days=rng.choice((0, 1, 1, 2)))).isoformat()
    title = f"{told.target[0].upper()}{told.target[1:]} hit in {told.town.name}"
    publisher = rng.choice(publishers)
    document = Document.of(
        article.text,
        title=title,
        publisher=publisher,
        published=published,
        url=f"https://{publisher.lower().replace(' ', '-')}.example/{told.number}-{which}",
        language="en",
    )
    return _report(rng, told, article, document, toll)


def _report(rng: random.Random, told: Happening, article: _Article, document: Document, toll: int) -> Report:
    def mention(name: str, kind: MentionKind, called: str, entity: str | None = None) -> Mention:
        return Mention(article.span(document.id, name), kind, called.split()[-1], called, entity)

    evidence = article.span(document.id, "evidence")
    speaker = mention("speaker", MentionKind.PERSON, article.span(document.id, "speaker").text)
    claims = [
        Claim(
            id=content_id("c", document.id, str(index)),
            speaker=Speaker(SpeakerKind.NAMED, speaker),
            cue=article.span(document.id, "cue"),
            content=(evidence,),
            stance=Stance.DENIES if rng.random() < 0.04 else Stance.SAYS,
            certainty=Certainty.CERTAIN,
        )
        for index, _ in enumerate(rng.choice(_STANDINGS))
    ]
    vague = rng.random()
    precision = TimePrecision.DAY if vague > 0.2 else TimePrecision.WEEK if vague > 0.05 else TimePrecision.MONTH
    length = {TimePrecision.DAY: 0, TimePrecision.WEEK: 6, TimePrecision.MONTH: 29}[precision]
    last = (told.day + timedelta(days=length)).isoformat()
    time = TimeRef(told.day.isoformat(), told.day.isoformat(), last, precision, article.span(document.id, "time"))
    place = _place(rng, told.town, article.span(document.id, "place"))
    site = f"site:{told.target}" if told.town.sites else None
    actor = mention("actor", MentionKind.FORCES, told.actor)
    target = mention("target", MentionKind.FACILITY, told.target, site)
    weapon = mention("weapon", MentionKind.WEAPON, told.weapon)
    counts = ()
    if toll:
        key = content_id("q", document.id)
        span = article.span(document.id, "killed")
        counts = (Quantity(key, span, toll, toll, toll, of="people", kind=CountKind.KILLED),)
    event = Event(
        id=content_id("e", document.id), document=document.id, type=told.kind[0], mode=told.kind[1], acled=told.kind[2],
        cameo=None, status=Status.OCCURRED, trigger=article.span(document.id, "trigger"), evidence=evidence,
        roles=Roles(actor=(actor,), target=(target,), instrument=(weapon,)), time=time, place=place, counts=counts,
        claims=tuple(claim.id for claim in claims), rule="made up",
    )  # fmt: skip
    findings = ()
    if rng.random() < 0.03:
        pair = (article.span(document.id, "time"), article.span(document.id, "place"))
        severity = rng.choice(tuple(Severity))
        findings = (
            Finding(content_id("f", document.id), rng.choice(tuple(FindingKind)), severity, pair, "These differ."),
        )
    relations, sent = _supplies(rng, told, actor, target, evidence), _deployed(rng, event, counts)
    return Report(
        document, "ok", (event,), tuple(claims), counts, relations=relations, deployments=sent, places=(place,),
        times=(time,), mentions=(actor, target, weapon), findings=findings, version="made up",
    )  # fmt: skip


def _supplies(
    rng: random.Random, told: Happening, actor: Mention, target: Mention, evidence: Span
) -> tuple[Relation, ...]:
    if not told.town.sites or rng.random() > 0.1:
        return ()
    words = rng.choice(("supplies", "operated by", "owned by"))
    return (Relation(content_id("r", evidence.document), target, words, actor, evidence),)


def _deployed(rng: random.Random, event: Event, counts: tuple[Quantity, ...]) -> tuple[Deployment, ...]:
    if not counts or rng.random() > 0.02:
        return ()
    key, force = content_id("p", event.document), event.roles.actor
    return (Deployment(key, event.id, force, force, (), event.place, (counts[0].id,), event.evidence),)


def _place(rng: random.Random, town: Town, span: Span) -> PlaceRef:
    precision = rng.choices(
        (PlacePrecision.SETTLEMENT, PlacePrecision.SITE, PlacePrecision.ADMIN1, PlacePrecision.COUNTRY), (80, 8, 8, 4)
    )[0]
    return PlaceRef(
        town.name, span, town.id, town.name, town.admin1, None, town.country, town.latitude, town.longitude, precision,
        radius_km={PlacePrecision.SITE: 1.0, PlacePrecision.SETTLEMENT: 5.0}.get(precision), score=0.9,
    )  # fmt: skip


def incident_of(reports: list[Report]) -> Incident:
    """Return the incident that these reports make."""
    events = [report.events[0] for report in reports]
    first = events[0]
    values = tuple(
        StatedValue(count, event.document, event.id, report.document.publisher or "")
        for report, event in zip(reports, events, strict=True)
        for count in event.counts
    )
    numbers = [value.quantity.best for value in values if value.quantity.best is not None]
    figures = (Figure("killed", min(numbers), numbers[-1], max(numbers), values, "latest"),) if numbers else ()
    return Incident(
        id=content_id("i", *sorted(event.id for event in events)),
        type=first.type, mode=first.mode, acled=first.acled, status=first.status, outcome=Outcome.UNKNOWN,
        time=first.time, place=first.place, actors=first.roles.actor, targets=first.roles.target,
        instruments=first.roles.instrument, reports=tuple(event.id for event in events), figures=figures,
        independent_sources=len({report.document.publisher for report in reports}),
    )  # fmt: skip


def fill(store: Store, incident_count: int, document_count: int, seed: int = 1) -> None:
    """Write the record; a sixth of the documents report nothing."""
    rng = random.Random(seed)
    link_record(store)  # of nothing: it notes by which rules, so that what follows counts as linked
    publishers = [f"Courier of {town.name}" for town in towns(rng, 400)]
    places = towns(rng, 20_000)
    telling = document_count - document_count // 6
    _write_sites(store, places)
    told = happenings(rng, incident_count, telling, places)
    number = 1
    while batch := list(islice(told, BATCH)):
        reported = [[report_of(rng, one, publishers, which) for which in range(one.reports)] for one in batch]
        with store.begin() as connection:
            _write(connection, [report for reports in reported for report in reports])
            events = {report.events[0].id: report.events[0] for reports in reported for report in reports}
            number += len(add_incidents(connection, map(incident_of, reported), events, number))
        print(f"\r{number - 1:,} incidents", end="", file=sys.stderr)
    silent = iter(range(document_count // 6))
    while quiet := list(islice(silent, BATCH)):
        with store.begin() as connection:
            _write(connection, [_silent(rng, publishers, index) for index in quiet])
    print(file=sys.stderr)


def _silent(rng: random.Random, publishers: list[str], index: int) -> Report:
    day = (FIRST_DAY + timedelta(days=rng.randrange(DAYS))).isoformat()
    text_of_it = f"Notice {index}. " + " ".join(rng.sample(_FILLER, 6))
    document = Document.of(text_of_it, title=f"Notice {index}", publisher=rng.choice(publishers), published=day)
    return Report(document, "no event words", version="made up")


def _write_sites(store: Store, places: list[Town]) -> None:
    made = {site: Entity(f"site:{site}", MentionKind.FACILITY, site, (), (), t.id) for t in places for site in t.sites}
    rows = [{"id": one.id, "kind": one.kind.value, "name": one.name, "body": to_json(one)} for one in made.values()]
    with store.begin() as connection:
        connection.execute(insert(entities), rows)


def _write(connection: Connection, reports: list[Report]) -> None:
    connection.execute(insert(documents), [document_row(one.document, one.status, one.version) for one in reports])
    rows: dict[str, list[dict[str, object]]] = {}
    for report in reports:
        for name, some in part_rows(report).items():
            rows.setdefault(name, []).extend(some)
    for name, some in rows.items():
        if some:
            connection.execute(insert(PARTS[name]), some)
    events = [event for report in reports for event in report.events]
    if events:
        connection.execute(insert(roles), [row for event in events for row in role_rows(event)])
        targets = [mention for event in events for mention in event.roles.target if mention.entity]
        spans = [
            {"document": m.span.document, "start": m.span.start, "end": m.span.end, "entity": m.entity} for m in targets
        ]
        connection.execute(insert(entity_spans), spans)
        evidence = [{"event": e.id, "document": e.document, "text": e.evidence.text} for e in events]
        said = text("INSERT INTO evidence_search (event, document, text) VALUES (:event, :document, :text)")
        connection.execute(said, evidence)
    mark_linked(connection, [report.document.id for report in reports])


def main() -> None:
    """Make the record."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--documents", type=int, default=300_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.record.exists():
        sys.exit(f"{asked.record} is there already")
    if asked.documents < asked.incidents * 6 // 5 + 1:
        sys.exit("each incident needs a document, and a sixth of the documents report nothing")
    store = Store.open(asked.record)
    fill(store, asked.incidents, asked.documents, asked.seed)
    store.close()


if __name__ == "__main__":
    main()
