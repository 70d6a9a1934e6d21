"""The benches that ``make eval`` runs, as ``benches.yaml`` lists them, and the figures read off their scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evals.bench import ROOT, bench_folder

LIST = ROOT / "evals" / "benches.yaml"
FLOORS = ROOT / "evals" / "floors.json"
RESULTS = ROOT / "evals" / "results.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure: ``key`` is a path into the scores, joined by dots.

    ``simple`` is what a trivial rule reaches and ``published`` the best known figure, both in words.
    """

    key: str
    label: str
    simple: str = ""
    published: str = ""
    precision: str = ""
    recall: str = ""


@dataclass(frozen=True, slots=True)
class Bench:
    """One labelled file: the module that measures it, its figures, and what goes wrong most (``errors``)."""

    id: str
    name: str
    data: str
    task: str
    figures: tuple[Figure, ...]
    errors: str
    sample: int | None = None

    @property
    def path(self) -> Path:
        """Where the data is on this machine, if it is there."""
        return bench_folder() / self.data


def benches() -> tuple[Bench, ...]:
    """Return the listed benches in order.

    Raises:
        ValueError: an id stands twice.
    """
    entries = yaml.safe_load(LIST.read_text("utf-8"))
    found = tuple(
        Bench(**{**entry, "figures": tuple(Figure(**figure) for figure in entry["figures"])}) for entry in entries
    )
    if len({bench.id for bench in found}) < len(found):
        raise ValueError("benches.yaml: an id stands twice")
    return found


def spaced(rows: list[dict[str, Any]], count: int | None) -> list[dict[str, Any]]:
    """Return ``count`` rows at even distances, all where there are no more.

    >>> [row["id"] for row in spaced([{"id": i} for i in range(10)], 4)]
    [0, 2, 5, 7]
    """
    if count is None or count >= len(rows):
        return rows
    return [rows[i * len(rows) // count] for i in range(count)]


def figures_of(scores: dict[str, Any], wanted: Iterable[Figure]) -> dict[str, dict[str, float]]:
    """Return the value of each wanted figure, with precision and recall where the scores have them.

    Raises:
        KeyError: the scores have no such figure.

    >>> figures_of({"a": {"b": {"p": 60.0, "r": 40.0, "f": 48.0}}, "c": 0.5}, [Figure("a.b", ""), Figure("c", "")])
    {'a.b': {'value': 48.0, 'precision': 60.0, 'recall': 40.0}, 'c': {'value': 0.5}}
    """
    found = {}
    for figure in wanted:
        value = _at(scores, figure.key)
        if isinstance(value, dict):
            found[figure.key] = {"value": value["f"], "precision": value["p"], "recall": value["r"]}
        else:
            found[figure.key] = {"value": value}
        for name, key in (("precision", figure.precision), ("recall", figure.recall)):
            if key:
                found[figure.key][name] = _at(scores, key)
    return found


def _at(scores: Any, key: str) -> Any:
    for part in key.split("."):
        scores = scores[part]
    return scores
