"""A synthetic war: settlements, sites and incidents, and the reports of them, with known truth.

Reports are copied, late, coarse and partly wrong, in shares that are written down in ``NOISE``. They are made row by
row from a seed, so a stream of any length costs no memory and is the same on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from kronika.link.features import DAYS_BEFORE_PUBLICATION, EventRow

FIRST_DAY = date(2022, 2, 24).toordinal()
REPORTS_PER_DAY = 300
MEAN_REPORTS = 4.0
MODES = {
    "drone": ("drone", ("strik", "attack", "hit")),
    "heavy-weapons": ("missile", ("strik", "shell", "hit")),
    "aerial": ("bomb", ("bomb", "strik", "raid")),
    "explosives": ("mine", ("explosion", "blast", "attack")),
}
HEADS = ("plant", "depot", "station", "hospital", "school", "airfield", "bridge", "house", "market", "substation")
#: Shares of reports with each kind of loss or error.
NOISE = {
    "copy": 0.3,  # taken over word for word from an earlier report
    "night": 0.15,  # "overnight": two days
    "undated": 0.1,  # only the publication date, up to two days late
    "week": 0.03,  # "last week", "in April"
    "wrong day": 0.005,  # an explicit date that is off by one
    "site lost": 0.3,  # the town instead of the site
    "neighbour": 0.02,  # a neighbouring town within 15 km
    "region": 0.04,  # the region only
    "no place": 0.01,
    "target unnamed": 0.25,  # "a plant"
    "no target": 0.08,
    "any site": 0.06,  # "an enterprise"
    "other mode": 0.06,
    "no mode": 0.1,
    "no actor": 0.3,
    "no weapon": 0.4,
    "other weapon": 0.02,
    "no figure": 0.4,
    "early figure": 0.15,  # a lower toll than the final one
}


@dataclass(frozen=True, slots=True)
class Truth:
    """A report's row and the number of the incident it is about."""

    row: EventRow
    incident: int


@dataclass(frozen=True, slots=True)
class _Town:
    id: str
    latitude: float
    longitude: float
    admin1: str
    country: str
    neighbour: tuple[str, float, float]
    sites: tuple[tuple[str, str], ...]


def _towns(rng: random.Random, count: int = 2000) -> list[_Town]:
    towns = []
    for number in range(count):
        latitude, longitude = rng.uniform(44, 53), rng.uniform(24, 42)
        near = (f"p{number}n", latitude + rng.uniform(-0.1, 0.1), longitude + rng.uniform(-0.1, 0.1))
        region = f"{int(latitude)}-{int(longitude / 2)}"
        sites = tuple((f"site-{number}-{i}", rng.choice(HEADS)) for i in range(rng.randint(1, 6)))
        country = "UA" if longitude < 36 else "RU"
        towns.append(_Town(f"p{number}", latitude, longitude, f"{country}{region}", country, near, sites))
    return towns


def _incident(rng: random.Random, town: _Town, day: int) -> EventRow:
    mode = rng.choice(tuple(MODES))
    weapon, words = MODES[mode]
    site, head = rng.choice(town.sites)
    killed = int(rng.paretovariate(1.1)) - 1 if rng.random() < 0.6 else None
    return EventRow(
        event="", document="", realm="real", type="ASSAULT", mode=mode,
        place=f"{town.id}/{site}", level=1, latitude=town.latitude, longitude=town.longitude, radius_km=0.1,
        admin1=town.admin1, country=town.country, first_day=day, last_day=day, is_dated=True,
        target=site, target_head=head, actor="RU" if town.country == "UA" else "UA", weapon=weapon,
        killed=killed, wounded=None if killed is None else killed * 2 + rng.randint(0, 5),
        ordinal=None, ordinal_least=False, ordinal_since=None, lemma=rng.choice(words), printed=day,
    )  # fmt: skip


def _report(rng: random.Random, truth: EventRow, town: _Town, noise: float) -> EventRow:
    def happens(what: str) -> bool:
        return rng.random() < noise * NOISE[what]

    changes: dict[str, object] = {"lemma": rng.choice(MODES[truth.mode or "drone"][1])}
    _blur_place(changes, town, happens)
    _blur_time(changes, rng, truth.first_day or 0, happens)
    if happens("no target"):
        changes |= {"target": None, "target_head": None}
    elif happens("any site"):
        changes |= {"target": None, "target_head": rng.choice(("enterpris", "facility"))}
    elif happens("target unnamed"):
        changes["target"] = None
    if happens("no mode"):
        changes["mode"] = None
    elif happens("other mode"):
        changes["mode"] = rng.choice(tuple(MODES))
    if happens("no actor"):
        changes["actor"] = None
    if happens("no weapon"):
        changes["weapon"] = None
    elif happens("other weapon"):
        changes["weapon"] = rng.choice([weapon for weapon, _ in MODES.values()])
    if happens("no figure"):
        changes |= {"killed": None, "wounded": None}
    elif truth.killed and happens("early figure"):
        changes |= {"killed": rng.randint(0, truth.killed), "wounded": rng.randint(0, truth.wounded or 0)}
    return replace(truth, **changes)  # type: ignore[arg-type]


def _blur_place(changes: dict[str, object], town: _Town, happens: object) -> None:
    assert callable(happens)
    if happens("no place"):
        changes |= {"place": None, "level": 0, "latitude": None, "longitude": None, "admin1": None, "country": None}
    elif happens("region"):
        changes |= {"place": f"region-{town.admin1}", "level": 4, "latitude": None, "longitude": None}
    elif happens("neighbour"):
        name, latitude, longitude = town.neighbour
        changes |= {"place": name, "level": 2, "latitude": latitude, "longitude": longitude, "radius_km": 25.0}
    elif happens("site lost"):
        changes |= {"place": town.id, "level": 2, "radius_km": 3.0}


def _blur_time(changes: dict[str, object], rng: random.Random, day: int, happens: object) -> None:
    assert callable(happens)
    if happens("undated"):
        published = day + rng.choice((0, 0, 1, 1, 2))
        changes |= {"first_day": published - DAYS_BEFORE_PUBLICATION + 1, "last_day": published, "is_dated": False}
    elif happens("week"):
        monday = day - (day - 1) % 7
        changes |= {"first_day": monday, "last_day": monday + 6}
    elif happens("night"):
        first = day - rng.randint(0, 1)
        changes |= {"first_day": first, "last_day": first + 1}
    elif happens("wrong day"):
        wrong = day + rng.choice((-1, 1))
        changes |= {"first_day": wrong, "last_day": wrong}


def stream(count: int, seed: int = 1, noise: float = 1.0) -> Iterator[Truth]:
    """Yield ``count`` reports with the incidents they are of, in the order of publication by day.

    ``noise`` multiplies the shares in ``NOISE`` but that of copies.
    """
    rng = random.Random(seed)
    towns = _towns(rng)
    weights = [1 / (rank + 20) for rank in range(len(towns))]
    made = incident = 0
    hit: set[tuple[int, str | None]] = set()
    while made < count:
        day = FIRST_DAY + made // REPORTS_PER_DAY
        town = rng.choices(towns, weights)[0]
        truth = _incident(rng, town, day)
        if (day, truth.target) in hit:  # by ACLED's rule, and ours, a second strike on one site and day is the same
            continue
        hit.add((day, truth.target))
        earlier: list[EventRow] = []
        for _ in range(1 + min(40, int(rng.expovariate(1 / (MEAN_REPORTS - 0.5))))):
            copied = earlier and rng.random() < NOISE["copy"]
            row = rng.choice(earlier) if copied else replace(_report(rng, truth, town, noise), wording=f"w-{made}")
            earlier.append(row)
            named = replace(row, event=f"e-{made * 7919 % 10_000_019:08d}-{made}", document=f"d-{made}")
            yield Truth(named, incident)
            made += 1
            if made >= count:
                return
        incident += 1
