"""Train the weights of ``kronika.extract.grammar.factuality`` on graded sentences.

Ridge regression in closed form, without randomness:

    python scripts/train_factuality.py ../shared/bench/factuality/uw_train.jsonl

The same file and the same parser give the same weights. Features seen in fewer than ``MINIMUM`` targets are dropped.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import numpy as np

from evals.bench import read_rows
from evals.factuality import parsed
from kronika.extract.grammar import factuality

MINIMUM = 6
#: chosen by five-fold cross-validation over the training file
PENALTY = 8.0


def fit(samples: list[list[str]], grades: list[float], penalty: float = PENALTY) -> dict[str, float]:
    """Return ridge weights by feature name, with "bias"."""
    counts = Counter(name for sample in samples for name in sample)
    names = sorted(name for name, count in counts.items() if count >= MINIMUM)
    column = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(samples), len(names)))
    for row, sample in enumerate(samples):
        for name in sample:
            if name in column:
                matrix[row, column[name]] = 1.0
    target = np.array(grades)
    centre = matrix.mean(axis=0)
    centred = matrix - centre
    gram = centred.T @ centred + penalty * np.eye(len(names))
    solution = np.linalg.solve(gram, centred.T @ (target - target.mean()))
    weights = {name: round(float(value), 4) for name, value in zip(names, solution, strict=True)}
    return {"bias": round(float(target.mean() - centre @ solution), 4), **weights}


def main() -> None:
    """Read the training file, write the weights beside the module."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, nargs="+")
    parser.add_argument("--folds", type=int, default=0, help="print the cross-validated Pearson r instead of writing")
    arguments = parser.parse_args()
    samples, grades = [], []
    for path in arguments.data:
        for row, doc in parsed(read_rows(path)):
            for target in row["targets"]:
                samples.append(list(dict.fromkeys(factuality.features(doc[target["end"] - 1], doc))))
                grades.append(target["factuality"])
    if arguments.folds:
        for penalty in (2.0, 4.0, 8.0, 16.0, 32.0):
            print(penalty, round(cross_validated(samples, grades, arguments.folds, penalty), 4))
        return
    table = fit(samples, grades)
    place = Path(factuality.__file__).with_name("factuality.json")
    text = json.dumps({"version": factuality.VERSION, "weights": table}, indent=0, ensure_ascii=False, sort_keys=True)
    place.write_text(text + "\n", "utf-8")


def cross_validated(samples: list[list[str]], grades: list[float], folds: int, penalty: float) -> float:
    """Pearson's r over contiguous folds."""
    guesses = []
    size = -(-len(samples) // folds)
    for start in range(0, len(samples), size):
        stop = start + size
        table = fit(samples[:start] + samples[stop:], grades[:start] + grades[stop:], penalty)
        guesses += [table["bias"] + sum(table.get(name, 0.0) for name in sample) for sample in samples[start:stop]]
    return float(np.corrcoef(np.clip(guesses, -3, 3), grades)[0, 1])


if __name__ == "__main__":
    main()
