"""Train ``kronika.annotate.parsing.recase`` on running text in its usual case.

Multinomial logistic regression over hashed features by Adagrad, in a fixed order of the examples (the seed shuffles
them once); the weights are kept as int8:

    python scripts/train_recase.py ../shared/bench/polnear/train.jsonl --held-out ../shared/bench/polnear/dev.jsonl

Any JSON lines file with a ``text`` a row will do. The model is hashed: it holds no words of the texts.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.bench import read_rows
from kronika.annotate.parsing import recase

SEED, EPOCHS, RATE, BATCH, PENALTY = 13, 4, 0.3, 256, 2e-6
_TOKEN = recase._TOKEN


def examples(path: Path) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return feature rows and classes of all words that are not first in their sentence."""
    rows, labels = [], []
    for row in read_rows(path):
        for paragraph in re.split(r"\n+", row["text"]):
            if _is_title(paragraph):
                continue
            spelled = _TOKEN.findall(paragraph)
            tokens = [token.lower() for token in spelled]
            for index, token in enumerate(spelled):
                if token[0].isalpha() and not recase.opens(tokens, index) and tokens[index - 1] not in "\"“”'‘:—–":
                    rows.append(recase.features(tokens, index, _case(spelled[index - 1])))
                    labels.append(_case(token))
    return np.array(rows), np.array(labels)


def _is_title(paragraph: str) -> bool:
    """Whether a paragraph is a heading, where case says nothing."""
    words = [word for word in paragraph.split() if word[0].isalpha() and len(word) > 3]
    return len(words) < 5 or sum(word[0].isupper() for word in words) > 0.6 * len(words)


def _case(token: str) -> int:
    if not token[0].isalpha():
        return recase.LOWER
    if len(token) > 1 and token.split("'")[0].split("’")[0].isupper():
        return recase.UPPER
    return recase.TITLE if token[0].isupper() else recase.LOWER


def fit(rows: NDArray[np.int64], labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the weights, one row a bucket, one column a class."""
    weights = np.zeros((recase.BUCKETS, 3), np.float32)
    squares = np.full((recase.BUCKETS, 3), 1e-3, np.float32)
    order = np.random.default_rng(SEED).permutation(len(rows))
    for _ in range(EPOCHS):
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            inputs, wanted = rows[chosen], labels[chosen]
            logits = weights[inputs].sum(axis=1)
            odds = np.exp(logits - logits.max(axis=1, keepdims=True))
            odds /= odds.sum(axis=1, keepdims=True)
            odds[np.arange(len(wanted)), wanted] -= 1
            columns, where = np.unique(inputs, return_inverse=True)
            gradient = np.zeros((len(columns), 3), np.float32)
            np.add.at(gradient, where.reshape(-1), np.repeat(odds, inputs.shape[1], axis=0))
            gradient += PENALTY * len(chosen) * weights[columns]
            squares[columns] += gradient**2
            weights[columns] -= RATE * gradient / np.sqrt(squares[columns])
    return weights


def main() -> None:
    """Read the texts, write the weights beside the module, print the share of right cases on held-out texts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--held-out", type=Path)
    arguments = parser.parse_args()
    weights = fit(*examples(arguments.data))
    weights[np.abs(weights) < 0.02 * np.abs(weights).max()] = 0
    scale = float(np.abs(weights).max()) / 127
    stored = np.round(weights / scale).astype(np.int8)
    target = Path(recase.__file__).with_name("recase.npz")
    np.savez_compressed(target, weights=stored, scale=np.float32(scale))
    print(f"{target.stat().st_size / 1000:.0f} kB")
    if arguments.held_out:
        rows, labels = examples(arguments.held_out)
        found = (stored[rows].sum(axis=1, dtype=np.int32)).argmax(axis=1)
        for name, case in (("lower", 0), ("title", 1), ("upper", 2)):
            here = labels == case
            print(f"{name}: {100 * (found[here] == case).mean():.2f} % of {here.sum()}")


if __name__ == "__main__":
    main()
