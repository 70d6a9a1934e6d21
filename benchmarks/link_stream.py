"""Link a synthetic stream and print time, peak memory and pair scores.

``python -m benchmarks.link_stream 10000 100000``
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping

from benchmarks.stream_world import stream
from kronika.link.cluster import FLOOR, cluster
from kronika.link.features import EventRow
from kronika.link.scoring import score_events


def pair_scores(truth: Mapping[str, int], groups: Iterable[Iterable[str]]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of reports that are put, or belong, in one incident."""
    both = predicted = 0
    for group in groups:
        incidents = Counter(truth[event] for event in group)
        both += sum(n * (n - 1) // 2 for n in incidents.values())
        size = incidents.total()
        predicted += size * (size - 1) // 2
    real = sum(n * (n - 1) // 2 for n in Counter(truth.values()).values())
    precision, recall = both / max(predicted, 1), both / max(real, 1)
    return {"p": precision, "r": recall, "f1": 2 * precision * recall / max(precision + recall, 1e-9)}


def run(count: int, seed: int, noise: float = 1.0) -> dict[str, float]:
    """Link ``count`` reports; seconds are of linking alone, without making the stream."""
    truth: dict[str, int] = {}
    rows: dict[str, EventRow] = {}
    for report in stream(count, seed, noise):
        rows[report.row.event] = report.row
        truth[report.row.event] = report.incident
    start = time.perf_counter()
    edges = score_events(rows.values(), FLOOR)
    scored = time.perf_counter()
    clustering = cluster(rows, edges)
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {
        "events": count,
        "noise": noise,
        "edges": len(edges),
        "score_s": round(scored - start, 1),
        "cluster_s": round(end - scored, 1),
        "total_s": round(end - start, 1),
        "peak_gb": round(peak, 2),
        **{name: round(value, 4) for name, value in pair_scores(truth, clustering.groups).items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--noise", type=float, default=1.0, help="times the shares written down in stream_world.NOISE")
    options = parser.parse_args()
    for count in options.counts:
        json.dump(run(count, options.seed, options.noise), sys.stdout)
        print(flush=True)


if __name__ == "__main__":
    main()
