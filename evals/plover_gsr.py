"""Event type, source and target of a sentence (``plover_gsr``); measured as its README says."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from evals.reports import depth, read_texts
from kronika.annotate.parsing.syntax import load_model
from kronika.records import Event, Mention, PlaceRef, Status
from kronika.resolve.recipients import recipients

SCORER = None
_WORD = re.compile(r"[^\W\d_]+")


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the events of each sentence, the one to be scored first."""
    texts = [(row["id"], row["text"], row.get("published")) for row in rows]
    for key, report, doc in read_texts(texts):
        events = sorted(report.events, key=lambda e: (e.status is Status.HISTORICAL, *depth(e, doc)))
        yield {"id": key, "events": [_row(event) for event in events]}


def _row(event: Event) -> dict[str, Any]:
    return {
        "type": event.type,
        "mode": event.mode,
        "source": [_words(m) for m in event.roles.actor],
        "target": [_words(party) for party in recipients(event)],
        "rule": event.rule,
    }


def _words(party: Mention | PlaceRef) -> str:
    return party.surface if isinstance(party, PlaceRef) else f"{party.span.text} {party.name}"


def score(gold: Path, predictions: Path) -> dict[str, Any]:
    """Return type accuracy and macro F1, and the shares of sources and targets found, in per cent."""
    rows = [json.loads(line) for line in gold.open(encoding="utf8")]
    said = {row["id"]: row["events"] for row in map(json.loads, predictions.open(encoding="utf8"))}
    types = [(row["gold"]["type"], said[row["id"]][0]["type"] if said[row["id"]] else "") for row in rows]
    return {
        "n": len(rows),
        "type_accuracy": _percent(sum(g == p for g, p in types), len(types)),
        "type_macro_f1": _macro(types),
        "source_found": _found(rows, said, "source"),
        "target_found": _found(rows, said, "target"),
        "events_per_sentence": round(sum(map(len, said.values())) / max(1, len(rows)), 2),
    }


def _percent(part: float, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0


def _macro(pairs: list[tuple[str, str]]) -> float:
    hits = Counter(g for g, p in pairs if g == p)
    golds, saids = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    return _percent(sum(2 * hits[t] / (golds[t] + saids[t]) for t in golds), len(golds))


def _found(rows: list[dict[str, Any]], said: dict[str, list[dict[str, Any]]], role: str) -> float:
    """Share of gold participants whose head word stands in a predicted participant of that side."""
    found = total = 0
    for row in rows:
        words = {w.lower() for event in said[row["id"]] for text in event[role] for w in _WORD.findall(text)}
        for party in row["gold"][role]:
            head = _head(party["text"])
            if head:
                total += 1
                found += head in words
    return _percent(found, total)


@lru_cache(maxsize=1024)
def _head(phrase: str) -> str:
    """Return the head word of a phrase ("rebels in the north": rebels), by the parse; "" if it has no word."""
    words = _WORD.findall(phrase)
    if not words:
        return ""
    root: Any = next(load_model()(phrase).sents).root
    if root.pos_ in ("VERB", "AUX", "ADP"):
        root = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass", "pobj")), root)
    return str((_WORD.findall(root.text) or words)[-1]).lower()


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield sentences whose type is wrong."""
    events = prediction["events"]
    got = events[0] if events else {"type": None, "rule": "no event"}
    if got["type"] != row["gold"]["type"]:
        yield (
            1.0,
            row["text"],
            f"{row['gold']['type']} ({row['gold']['anchor_words']})",
            str(got["type"]),
            str(got["rule"]),
        )
