"""Train the weights of ``evals.muc4_reader`` on MUC-4's training documents.

Five logistic regressions (one a role) over hashed features, by L-BFGS from zero, without randomness. The thresholds are
those with the best F1 on every fourth document, with weights learnt on the others:

    python -m scripts.train_muc4_reader ../shared/bench/muc4/train.jsonl
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import minimize

from evals import muc4_reader
from evals.bench import read_rows, reference_scorer
from evals.muc4 import candidates_of, prepared
from evals.muc4_reader import BUCKETS, ROLES, Candidate
from evals.reports import read_texts

PENALTY = 1.0
STEPS = 120
#: Every n-th document is held out to set the thresholds.
HELD_OUT = 4
THRESHOLDS = np.arange(-3, 1.6, 0.25)
NEVER = 99.0

Texts = list[tuple[dict[str, Any], list[Candidate]]]


def read(path: Path) -> Texts:
    """Return the rows of a file with the candidates of each."""
    rows = list(read_rows(path))
    texts = [(row["id"], *prepared(row["text"])) for row in rows]
    return [(row, candidates_of(report)) for row, (_, report, _) in zip(rows, read_texts(texts), strict=True)]


def labels(texts: Texts) -> NDArray[np.float64]:
    """Return for each candidate (row) and role (column) whether the key has it there."""
    normal = reference_scorer("muc4")._normal
    found = []
    for row, listed in texts:
        key = {role: {normal(m[0]) for t in row["templates_gtt"] for e in t[role] for m in e} for role in ROLES}
        found += [[normal(muc4_reader.written(one, role)) in key[role] for role in ROLES] for one in listed]
    return np.array(found, float)


def matrix(texts: Texts) -> Any:
    """Return the features, a sparse row a candidate."""
    columns: list[int] = []
    ends = [0]
    for _, listed in texts:
        for one in listed:
            columns += sorted(one.features)
            ends.append(len(columns))
    return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, BUCKETS))


def fit(texts: Texts) -> NDArray[np.float32]:
    """Return the weights, a column a role."""
    inputs, wanted = matrix(texts), labels(texts)
    found = np.zeros((BUCKETS, len(ROLES)))
    for column in range(len(ROLES)):
        sign = wanted[:, column] * 2 - 1

        def loss(weights: Any, sign: Any = sign) -> tuple[float, Any]:
            margin = sign * (inputs @ weights)
            slope = inputs.T @ (-sign / (1 + np.exp(margin))) + PENALTY * weights
            return float(np.logaddexp(0, -margin).sum() + PENALTY * (weights @ weights) / 2), slope

        start = np.zeros(BUCKETS)
        found[:, column] = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return found.astype(np.float32)


def tune(texts: Texts, weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the threshold of each role with the best F1."""
    ceaf = reference_scorer("muc4")._evaluate
    gold = [row for row, _ in texts]
    best = np.zeros(len(ROLES), np.float32)
    for column, role in enumerate(ROLES):
        reached = -1.0
        for threshold in THRESHOLDS:
            limits = np.full(len(ROLES), NEVER)
            limits[column] = threshold
            value = ceaf(gold, {row["id"]: _filled(row, listed, weights, limits) for row, listed in texts})["ceaf_ree"]
            if value[role]["f"] > reached:
                reached, best[column] = value[role]["f"], threshold
        print(f"{role}: {reached:.1f} at {best[column]:g}")
    return best


def _filled(row: dict[str, Any], listed: list[Candidate], weights: Any, limits: Any) -> dict[str, Any]:
    kept = muc4_reader.choose(listed, muc4_reader.scores(listed, weights), limits)
    entities = {role: [[muc4_reader.written(one, role)] for one in found] for role, found in kept.items()}
    return {"id": row["id"], "templates": [{"incident_type": "attack", **entities}]}


def main() -> None:
    """Read the texts, write the weights beside the module."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    texts = read(parser.parse_args().data)
    thresholds = tune(texts[::HELD_OUT], fit([text for i, text in enumerate(texts) if i % HELD_OUT]))
    store(fit(texts), thresholds)


def store(weights: NDArray[np.float32], thresholds: NDArray[np.float32]) -> None:
    """Write the weights as int8, the small ones as zero."""
    scale = float(np.abs(weights).max()) / 127
    rounded = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(muc4_reader.MODEL, weights=rounded, scale=np.float32(scale), thresholds=thresholds)
    print(f"{muc4_reader.MODEL.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
