"""Attribution on PolNeAR: who says, with what word, what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.annotate.parsing.syntax import BATCH_SIZE, load_model
from kronika.annotate.sayings.speech import Attribution, find_attributions

SCORER = "polnear"


def _spans(doc: Any, tokens: tuple[int, ...]) -> list[list[int]]:
    """Code point spans of token indices, neighbours joined."""
    spans: list[list[int]] = []
    previous = -2
    for index in tokens:
        end = doc[index].idx + len(doc[index])
        if index == previous + 1:
            spans[-1][1] = end
        else:
            spans.append([doc[index].idx, end])
        previous = index
    return spans


def _row(doc: Any, found: Attribution) -> dict[str, Any]:
    return {
        "source": _spans(doc, found.source),
        "cue": _spans(doc, found.cue),
        "content": sorted([a, b] for a, b in found.content),
        "rule": found.rule,
    }


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield ``{"id", "attributions"}`` for each row, in order."""
    pairs = ((row["text"], row["id"]) for row in rows)
    for doc, key in load_model().pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE):
        yield {"id": key, "attributions": [_row(doc, found) for found in find_attributions(doc)]}


def _said(text: str, row: dict[str, Any]) -> str:
    return " | ".join("…".join(text[a:b] for a, b in row[part]) for part in ("source", "cue", "content"))


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield gold attributions whose cue no prediction has, and predictions whose cue is in no gold one."""
    text = row["text"]

    def meets(one: dict[str, Any], others: list[dict[str, Any]]) -> bool:
        return any(a < d and c < b for a, b in one["cue"] for other in others for c, d in other["cue"])

    for gold in row["attributions"]:
        if gold["cue"] and not meets(gold, prediction["attributions"]):
            yield 1.0, row["id"], _said(text, gold), "", ""
    for said in prediction["attributions"]:
        if not meets(said, row["attributions"]):
            yield 0.5, row["id"], "", _said(text, said), said["rule"]
