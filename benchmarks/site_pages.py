"""How long each page of the site takes until its first byte, on a record that is there.

``python -m benchmarks.site_pages out/large.kronika`` (``--rounds 20``; make the record with benchmarks.large_record)

The record is served by ``kronika serve`` in a process of its own. Every round asks each page once, with other
parameters each time, in an order that is shuffled; the first round is not counted. Prints the median and the 95th
percentile of each page in milliseconds, and fails over ``MEDIAN_MS`` or ``TAIL_MS``.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote, urlencode

MEDIAN_MS, TAIL_MS = 150.0, 400.0
Row = dict[str, Any]


class Server:
    """``kronika serve`` in a process of its own."""

    def __init__(self, record: Path) -> None:
        command = [sys.executable, "-c", "from kronika.cli import main; main()", "serve", str(record), "--port", "0"]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self._process.stdout is not None
        found = None
        for line in self._process.stdout:
            found = re.search(r"http://([\d.]+):(\d+)/", line)
            if found:
                break
        if found is None:
            sys.exit("kronika serve ended without an address")
        self._connection = http.client.HTTPConnection(found[1], int(found[2]), timeout=60)

    def ask(self, path: str) -> tuple[float, bytes]:
        """Return the milliseconds until the first byte of the body, and the body."""
        begun = time.perf_counter()
        self._connection.request("GET", path)
        answer = self._connection.getresponse()
        first = answer.read(1)
        passed = (time.perf_counter() - begun) * 1000
        body = first + answer.read()
        if answer.status not in (200, 303):
            sys.exit(f"{path}: {answer.status}")
        return passed, body

    def rows(self, path: str) -> list[Row]:
        """Return the rows of a twin."""
        return list(json.loads(self.ask(path)[1])["rows"])

    def close(self) -> None:
        """End the server."""
        self._connection.close()
        self._process.terminate()
        self._process.wait(10)


def pages(server: Server, rng: random.Random) -> dict[str, Callable[[], str]]:
    """Return what to ask by name; each call gives other parameters."""
    some = [row for page in (1, 40, 700) for row in server.rows(f"/incidents.json?page={page}")]
    things = {kind: server.rows(f"/{kind}.json") for kind in ("facilities", "places", "actors")}
    publishers = [row["publisher"] for row in server.rows("/sources.json")]
    words = ("depot", "hospital", "rail yard", "Shahed", "governor cellars", '"oil depot"', "Brigade", "killing")

    def asking(path: str, **choices: Callable[[], object]) -> Callable[[], str]:
        return lambda: f"{path}?{urlencode({name: choice() for name, choice in choices.items()})}"

    def one(path: str, rows: list[Row], key: str) -> Callable[[], str]:
        return lambda: path.format(quote(str(rng.choice(rows)[key]), safe=""))

    def month() -> str:
        return f"{rng.randint(2022, 2025)}-{rng.randint(3, 12):02d}"

    found: dict[str, Callable[[], str]] = {
        f"/{name}": (lambda name=name: f"/{name}")
        for name in ("incidents", "facilities", "places", "actors", "documents", "findings", "review", "log", "sources")
    }
    found |= {name: (lambda name=name: name) for name in ("/export", "/help", "/incidents.json", "/review.json")}
    country, kind = (lambda: rng.choice(("UA", "RU"))), (lambda: rng.choice(("ASSAULT", "PROTEST")))
    found |= {
        "/incidents?page": asking("/incidents", page=lambda: rng.randint(2, 1500)),
        "/incidents?sort": asking("/incidents", sort=lambda: rng.choice(("sources", "reports", "earliest"))),
        "/incidents?country&type": asking("/incidents", country=country, type=kind),
        "/incidents?since&until": asking("/incidents", since=month, until=lambda: "2025-12"),
        "/incidents?q": asking("/incidents", q=lambda: rng.choice(words)),
        "/incidents?target": asking("/incidents", target=lambda: rng.choice(("refinery", "bridge", "Novo"))),
        "/incidents.csv": asking("/incidents.csv", country=country),
        "/map.json": asking("/map.json", zoom=lambda: rng.choice((2, 4, 6, 8))),
        "/incident": one("/incident/{}", some, "id"),
        "/incident.json": one("/incident/{}.json", some, "id"),
        "/review?at": one("/review?at={}", some, "id"),
        "/review?country": asking("/review", country=country),
        "/facility": one("/facility/{}", things["facilities"], "key"),
        "/place": one("/place/{}", things["places"], "key"),
        "/actor": one("/actor/{}", things["actors"], "key"),
        "/facilities?q": asking("/facilities", q=lambda: rng.choice(("refinery", "Kras", "bridge"))),
        "/documents?page": asking("/documents", page=lambda: rng.randint(2, 7000)),
        "/documents?q": asking("/documents", q=lambda: rng.choice(words)),
        "/documents?publisher": asking("/documents", publisher=lambda: rng.choice(publishers)),
        "/document": one("/document/{}", some, "document"),
        "/findings?kind": asking(
            "/findings", kind=lambda: rng.choice(("money", "date")), page=lambda: rng.randint(1, 9)
        ),
    }
    return found


def measure(server: Server, rounds: int, seed: int) -> dict[str, list[float]]:
    """Return the milliseconds of each page."""
    rng = random.Random(seed)
    asked = pages(server, rng)
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for turn in range(rounds + 1):
        order = list(asked)
        rng.shuffle(order)
        for name in order:
            passed, _ = server.ask(asked[name]())
            if turn:
                taken[name].append(passed)
    return dict(taken)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    server = Server(asked.record)
    try:
        taken = measure(server, asked.rounds, asked.seed)
    finally:
        server.close()
    over = []
    for name, times in sorted(taken.items(), key=lambda item: -median(item[1])):
        middle, tail = median(times), quantiles(times, n=20)[-1]
        print(f"{name:28} {middle:8.1f} {tail:8.1f}")
        if middle > MEDIAN_MS or tail > TAIL_MS:
            over.append(name)
    if over:
        sys.exit(f"over {MEDIAN_MS:.0f} ms at the median or {TAIL_MS:.0f} ms at the 95th percentile: {', '.join(over)}")


if __name__ == "__main__":
    main()
