"""CAMEO root and dyad of a sentence (``petr2_gsr``); measured as its README says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evals.reports import read_texts
from kronika.records import Event
from kronika.resolve.dyads import cameo_dyads

SCORER = None


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the (root, source, target) triples of each sentence."""
    texts = [(row["id"], row["text"], row.get("published")) for row in rows]
    for key, report, _ in read_texts(texts):
        triples = {triple for event in report.events for triple in dyads(event)}
        yield {"id": key, "triples": sorted(map(list, triples))}


def dyads(event: Event) -> Iterator[tuple[str, str, str]]:
    """Yield the event as (CAMEO root, source state, target state): the first three letters of the actor codes."""
    for dyad in cameo_dyads(event):
        yield dyad.code[:2], str(dyad.source)[:3], str(dyad.target)[:3]


def score(gold: Path, predictions: Path) -> dict[str, Any]:
    """Return precision, recall and F1 (per cent) of the triples."""
    said = {row["id"]: {tuple(t) for t in row["triples"]} for row in map(json.loads, predictions.open(encoding="utf8"))}
    counts: Counter[str] = Counter()
    for row in map(json.loads, gold.open(encoding="utf8")):
        wanted = {(one["cameo"][:2], one["source"][:3], one["target"][:3]) for one in row["gold"]}
        counts.update(tp=len(wanted & said[row["id"]]), gold=len(wanted), said=len(said[row["id"]]))
    p, r = (counts["tp"] / counts[side] if counts[side] else 0.0 for side in ("said", "gold"))
    f = 2 * p * r / (p + r) if p + r else 0.0
    return {"n": len(said), **{k: round(100 * v, 1) for k, v in (("precision", p), ("recall", r), ("f1", f))}}


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield sentences with missed or extra triples."""
    wanted = sorted([one["cameo"][:2], one["source"][:3], one["target"][:3]] for one in row["gold"])
    if wanted != prediction["triples"]:
        yield 1.0, row["text"], str(wanted), str(prediction["triples"]), ""
