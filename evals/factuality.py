"""Graded certainty of event words (UW, MEANTIME, UDS-IH2): sentences come as tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kronika.annotate.parsing.syntax import load_model
from kronika.extract.grammar.factuality import factuality
from kronika.extract.grammar.realis import status_of

SCORER = "factuality"

#: Penn Treebank's stand-ins for characters that had a meaning in its files.
_WRITTEN = {"''": '"', "``": '"', "-LRB-": "(", "-RRB-": ")"}


def parsed(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Yield each row with the parse of its given tokens."""
    from spacy.tokens import Doc

    model = load_model()
    pairs = ((Doc(model.vocab, words=[_WRITTEN.get(word, word) or "-" for word in row["tokens"]]), row) for row in rows)
    for doc, row in model.pipe(pairs, as_tuples=True, batch_size=64):
        yield row, doc


def predict(rows: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield ``{"id", "targets": [{"start", "end", "factuality"}]}`` for each row, in order."""
    for row, doc in parsed(rows):
        targets = []
        for target in row["targets"]:
            token = doc[target["end"] - 1]
            verdict = status_of(token, doc)
            grade = round(factuality(token, doc), 3)
            targets.append({**target, "factuality": grade, "rule": f"{verdict.status} {verdict.rule}"})
        yield {"id": row["id"], "targets": targets}


def cases(row: dict[str, Any], prediction: dict[str, Any]) -> Iterator[tuple[float, str, str, str, str]]:
    """Yield each target with the distance between its grades."""
    text = " ".join(row["tokens"])
    for gold, said in zip(row["targets"], prediction["targets"], strict=True):
        distance = abs(gold["factuality"] - said["factuality"])
        yield distance, f"{gold['text']} in: {text}", str(gold["factuality"]), str(said["factuality"]), said["rule"]
