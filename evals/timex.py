"""Time expressions: find and normalise (TempEval-3 task A on TimeBank and AQUAINT)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.annotate.parsing.syntax import BATCH_SIZE, load_model
from kronika.annotate.times.finding import find_times
from kronika.resolve.times.resolving import Resolution, resolve_expressions

SCORER = "timex"


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the expressions of each row, in order; the two ends of a range are two, as TimeML has them."""
    pairs = ((row["text"], row) for row in rows)
    for doc, row in load_model().pipe(pairs, as_tuples=True, batch_size=BATCH_SIZE):
        yield {"id": row["id"], "timexes": timexes(doc, row["dct"])}


def timexes(doc: Any, dct: str) -> list[dict[str, Any]]:
    """Return the time expressions of one parsed text in the scorer's format."""
    found = resolve_expressions(find_times(doc), doc, dct)
    return [
        {"start": one.expression.start, "end": one.expression.end, "type": str(one.expression.type), "value": one.value}
        for resolution in found
        for one in _ends(resolution)
    ]


def _ends(resolution: Resolution) -> tuple[Resolution, ...]:
    return resolution.ends or (resolution,)


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield each difference: a missed expression, a wrong value, one too many."""
    text, got = row["text"], prediction["timexes"]
    for gold in row["timexes"]:
        over = [one for one in got if one["start"] < gold["end"] and gold["start"] < one["end"]]
        value = over[0]["value"] if over else ""
        if value.upper() != (gold["value"] or "").upper():
            around = text[max(0, gold["start"] - 60) : gold["end"] + 30].replace("\n", " ")
            yield (1.0 if over else 2.0), around, f"{gold['text']} = {gold['value']}", value, row["dct"][:10]
    for one in got:
        if not any(gold["start"] < one["end"] and one["start"] < gold["end"] for gold in row["timexes"]):
            around = text[max(0, one["start"] - 60) : one["end"] + 30].replace("\n", " ")
            yield 1.5, around, "", f"{text[one['start'] : one['end']]} = {one['value']}", row["dct"][:10]
