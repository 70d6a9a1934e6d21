"""Link a record of synthetic articles, then add a hundred to it: how long does it take, and is it as if linked at once?

``python -m benchmarks.link_record 10000``; the record stands in ``out/`` and is made anew by each run.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path

from sqlalchemy import text

from benchmarks.stream_world import Truth, stream
from kronika.engine.linking import link_record
from kronika.link.features import EventRow
from kronika.records import (
    CountKind,
    Document,
    Event,
    Mention,
    MentionKind,
    PlacePrecision,
    PlaceRef,
    Quantity,
    Report,
    Roles,
    Span,
    Status,
    TimePrecision,
    TimeRef,
    content_id,
)
from kronika.store import Store

#: What linking ends with: incidents with their reports, and who they are about.
QUERIES = (
    "SELECT i.id, b.body FROM incidents i JOIN incident_bodies b USING (number) ORDER BY 1",
    "SELECT i.id, n.role, n.position, n.entity FROM incident_names n JOIN incidents i USING (number) ORDER BY 1, 2, 3",
    "SELECT one, other, weight FROM link_edges ORDER BY 1, 2",
)
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
_PRECISIONS = {1: PlacePrecision.SITE, 2: PlacePrecision.SETTLEMENT, 4: PlacePrecision.ADMIN1}
_VERBS = {"strik": "strike", "attack": "attack", "hit": "hit", "shell": "shelling", "bomb": "bombing", "raid": "raid"}


def name_of(key: str) -> str:
    """A name of six letters for a key of the stream: short enough to be compared letter by letter."""
    number = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest(), "big")
    size = len(_SYLLABLES)
    return "".join(_SYLLABLES[number // size**place % size] for place in range(3)).title()


class _Text:
    """A text in the making: words are appended, and their spans kept."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, words: str, before: str = " ") -> tuple[int, int, str]:
        self.text += before if self.text else ""
        start = len(self.text)
        self.text += words
        return start, len(self.text), words


def report_of(truth: Truth) -> Report:
    """The article that says what a row of the stream does: one sentence, told by a paper of its own."""
    row, made = truth.row, _Text()
    trigger = made.add(_VERBS.get(row.lemma, row.lemma), before="")
    target = made.add(f"on the {name_of(row.target) + ' ' if row.target else ''}{row.target_head or 'area'}")
    weapon = made.add(f"with a {row.weapon}") if row.weapon else None
    place = made.add(f"in {name_of(row.place)}") if row.place else None
    day = made.add(date.fromordinal(row.first_day).isoformat()) if row.is_dated and row.first_day else None
    killed = made.add(str(row.killed)) if row.killed is not None else None
    made.add(" ".join(name_of(f"{row.wording} {number}").lower() for number in range(20)) + ".")  # words of its own
    published = date.fromordinal((row.printed if row.is_dated else row.last_day) or 1).isoformat()
    document = Document.of(made.text, publisher=f"paper {row.document}", published=published)

    def span(found: tuple[int, int, str], skip: int = 0) -> Span:
        return Span(document.id, found[0] + skip, found[1], found[2][skip:])

    def mention(found: tuple[int, int, str], skip: int, kind: MentionKind) -> Mention:
        one = span(found, skip)
        return Mention(one, kind, one.text.split()[-1], one.text)

    roles = Roles(
        target=(mention(target, len("on the "), MentionKind.FACILITY),) if row.target_head else (),
        instrument=(mention(weapon, len("with a "), MentionKind.WEAPON),) if weapon else (),
    )
    counts = ()
    if killed is not None:
        key = content_id("q", document.id, killed[0])
        n = float(row.killed or 0)
        counts = (Quantity(key, span(killed), n, n, n, kind=CountKind.KILLED),)
    event = Event(
        id=content_id("e", document.id, row.lemma, 0),
        document=document.id,
        type=row.type,
        mode=row.mode or "",
        acled=None,
        cameo=None,
        status=Status.OCCURRED,
        trigger=span(trigger),
        evidence=Span(document.id, 0, len(made.text), made.text),
        roles=roles,
        time=_time(row, span(day)) if day else None,
        place=_place(row, span(place, len("in "))) if place else None,
        counts=counts,
    )
    return Report(document, "ok", (event,), version="synthetic")


def _time(row: EventRow, span: Span) -> TimeRef:
    first, last = (date.fromordinal(day or 1).isoformat() for day in (row.first_day, row.last_day))
    precision = TimePrecision.DAY if first == last else TimePrecision.RANGE
    return TimeRef(first if first == last else f"{first}/{last}", first, last, precision, span)


def _place(row: EventRow, span: Span) -> PlaceRef:
    return PlaceRef(
        span.text, span, row.place, span.text, row.admin1, None, row.country, row.latitude, row.longitude,
        _PRECISIONS[row.level], radius_km=row.radius_km,
    )  # fmt: skip


def fill(store: Store, found: Iterable[Truth]) -> None:
    """Write the articles."""
    for truth in found:
        store.write(report_of(truth), where=truth.row.document, key=truth.row.document)


def state(store: Store) -> str:
    """A hash of everything that linking ends with."""
    digest = hashlib.blake2b(digest_size=16)
    with store.connect() as connection:
        for query in QUERIES:
            for row in connection.execute(text(query)):
                digest.update(repr(tuple(row)).encode())
    return digest.hexdigest()


def run(count: int, late: int, path: Path, seed: int) -> Iterator[dict[str, object]]:
    """Yield the figures of each step."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    store = Store.open(path)
    reports = stream(count + late, seed)
    start = time.perf_counter()
    fill(store, islice(reports, count))
    yield {"step": "write", "events": count, "seconds": round(time.perf_counter() - start, 1)}
    for step, found in (("link", ()), (f"add {late}", reports), ("again", ())):
        fill(store, found)
        start, cpu = time.perf_counter(), time.process_time()
        done = link_record(store, again=step == "again")
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        figures = {"seconds": round(seconds, 1), "cpu_s": round(cpu, 1), "peak_gb": round(peak, 2)}
        figures["incidents"] = done.incidents
        yield {"step": step, "events": done.documents, **figures, "state": state(store)}
    store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--late", type=int, default=100, help="articles that come after the record was linked")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--record", type=Path, default=Path("out/stream.kronika"))
    options = parser.parse_args()
    options.record.parent.mkdir(exist_ok=True)
    for figures in run(options.count, options.late, options.record, options.seed):
        json.dump(figures, sys.stdout)
        print(flush=True)


if __name__ == "__main__":
    main()
