"""Derive the shares in ``src/kronika/link/model.json`` from the synthetic stream: ``python -m scripts.link_weights``.

m is the share of a level among candidate pairs of one incident, u among the other candidates, both counted on 30,000
reports with seed 1 (the benchmark uses another seed) and smoothed by ``SMOOTHING`` pairs a level. The stream knows
nothing of some things; these are judgement and stay as ``JUDGED`` says. No weight is beyond ``MOST_BITS``.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.stream_world import stream
from kronika.link.blocking import candidate_pairs
from kronika.link.model import explain, model_data

TARGET = Path(__file__).resolve().parent.parent / "src" / "kronika" / "link" / "model.json"
SMOOTHING = 5.0
MOST_BITS = 8.0
#: Comparisons that the stream can't teach. Ordinals are rare: both shares are judgement. For "word", m is the share of
#: equal stems among coreferent mentions in different documents of one ECB+ train topic (6,822 of 14,325); u is
#: judgement, because candidates share an event type and ECB+ pairs do not (2 % there).
JUDGED = ("ordinal", "word")


def main() -> None:
    truth, rows = {}, []
    for report in stream(30_000, seed=1):
        truth[report.row.event] = report.incident
        rows.append(report.row)
    same: Counter[tuple[str, str]] = Counter()
    other: Counter[tuple[str, str]] = Counter()
    n_same = n_other = 0
    for one, two in candidate_pairs(rows):
        is_same = truth[one.event] == truth[two.event]
        n_same, n_other = n_same + is_same, n_other + (not is_same)
        (same if is_same else other).update((name, label) for name, label, _ in explain(one, two).rows)
    data = model_data()
    data["prior"] = round(n_same / (n_same + n_other), 4)
    for comparison in data["comparisons"]:
        if comparison["name"] not in JUDGED:
            _fill(comparison, same, other)
    TARGET.write_text(json.dumps(data, indent=1) + "\n", "utf8")
    print(f"{n_same} pairs of one incident, {n_other} others")


def _fill(comparison: dict[str, Any], same: Counter[tuple[str, str]], other: Counter[tuple[str, str]]) -> None:
    name = comparison["name"]
    levels = [level for level in comparison["levels"] if "m" in level]
    totals = [sum(c[name, level["label"]] + SMOOTHING for level in levels) for c in (same, other)]
    for level in levels:
        m, u = ((c[name, level["label"]] + SMOOTHING) / n for c, n in zip((same, other), totals, strict=True))
        excess = abs(math.log2(m / u)) - MOST_BITS
        if excess > 0:  # raise the smaller share
            m, u = (m, u * 2**excess) if m > u else (m * 2**excess, u)
        level["m"], level["u"] = round(m, 5), round(u, 5)


if __name__ == "__main__":
    main()
