"""CAMEO root and dyad of a sentence (``petr2_gsr``); measured as its README says.

The records of this set follow two conventions that kronika's own dyads do not, and that are applied here alone: a deed
that is to come is coded as done, and of what somebody is accused of only the accusation is coded.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.reports import read_texts
from kronika.codebook.predicates import predicates
from kronika.extract.coding import cameo_of
from kronika.records import Certainty, Event, Report, Status
from kronika.resolve.dyads import cameo_dyads

SCORER = None
#: What says that a deed is to come, and not only wished for or offered.
_AHEAD = frozenset(("will", "wo", "'ll", "shall", "schedule", "set", "due", "prepare", "expect"))


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the (root, source, target) triples of each sentence."""
    texts = [(row["id"], row["text"], row.get("published")) for row in rows]
    for key, report, doc in read_texts(texts):
        yield {"id": key, "triples": sorted(map(list, set(triples(report, doc))))}


def triples(report: Report, doc: Any) -> Iterator[tuple[str, str, str]]:
    """Yield the report as (CAMEO root, source state, target state): the first three letters of the actor codes."""
    for event in report.events:
        if _is_charged(event, report):
            continue
        for dyad in cameo_dyads(_as_done(event, doc)):
            yield dyad.code[:2], str(dyad.source)[:3], str(dyad.target)[:3]


def _as_done(event: Event, doc: Any) -> Event:
    """Return a deed that is to come as if it were done ("will supply": aid, no promise of aid)."""
    frame = predicates().frames[event.rule.partition(".")[0]]
    if event.status is not Status.PLANNED or not _AHEAD & _around(event, doc):
        return event
    code = cameo_of(frame.type, frame.mode, frame)
    return replace(event, type=frame.type, mode=frame.mode, cameo=code, status=Status.OCCURRED)


def _around(event: Event, doc: Any) -> set[str]:
    """Return the lemmas of a trigger's auxiliaries and of the word that governs it."""
    token = doc.char_span(event.trigger.start, event.trigger.end, alignment_mode="expand")[0]
    verb = token if token.pos_ == "VERB" else token.head
    return {verb.head.lemma_, *(child.lower_ for child in verb.children if child.dep_ == "aux")}


def _is_charged(event: Event, report: Report) -> bool:
    """Whether a deed is what an accusation in the same report is about."""
    if event.certainty is not Certainty.POSSIBLE:
        return False
    accused = {one.name for other in report.events if other.type == "ACCUSE" for one in other.roles.recipient}
    return any(one.name in accused for one in event.roles.actor)


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
