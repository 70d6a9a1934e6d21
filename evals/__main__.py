"""Run kronika on one labelled file and print its scores: ``python -m evals NAME --data PATH``."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.bench import read_rows, reference_scorer, write_rows

NAMES = (
    "acled_notes",
    "coref",
    "factuality",
    "muc4",
    "newsquant",
    "petr2_gsr",
    "plover_gsr",
    "polnear",
    "seed",
    "timex",
    "toponym",
    "wikievents",
)


def parse_arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m evals",
        description="Run kronika on one labelled file; scores as JSON on stdout.",
        epilog="example: python -m evals timex --data ../shared/bench/tempeval3/train_aquaint.jsonl --errors 5",
    )
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--data", type=Path, required=True, help="the labelled file (for seed: its folder)")
    parser.add_argument("--limit", type=int, help="read only the first N rows")
    parser.add_argument(
        "--half", choices=("even", "odd"), help="rows with an even or odd index: develop on one, score the other"
    )
    parser.add_argument("--predictions", type=Path, help="write the predictions here")
    parser.add_argument("--errors", type=int, default=0, help="print the N worst cases on stderr")
    return parser.parse_args(argv)


def run(name: str, data: Path, rows: list[dict[str, Any]], predictions: Path | None, errors: int) -> dict[str, Any]:
    """Predict, score, and print the worst cases; returns the scores."""
    module = importlib.import_module(f"evals.{name}")
    answers = list(module.predict(rows))
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        said = predictions or Path(folder) / "predictions.jsonl"
        write_rows(gold, rows)
        write_rows(said, answers)
        score = module.score if module.SCORER is None else reference_scorer(module.SCORER).score
        scores: dict[str, Any] = score(gold, said)
    if errors and hasattr(module, "cases"):
        print_worst(module, rows, answers, errors)
    return scores


def print_worst(module: Any, rows: list[dict[str, Any]], answers: list[dict[str, Any]], count: int) -> None:
    """Print the ``count`` worst cases side by side on stderr."""
    found: Iterator[tuple[float, str, str, str, str]] = (
        case for row, answer in zip(rows, answers, strict=True) for case in module.cases(row, answer)
    )
    for badness, text, expected, got, rule in sorted(found, key=lambda case: -case[0])[:count]:
        print(f"[{badness:g}] {text}\n  expected  {expected}\n  got       {got}\n  rule      {rule}\n", file=sys.stderr)


def main(argv: list[str] | None = None) -> None:
    """Entry point."""
    arguments = parse_arguments(argv)
    if arguments.name == "seed":
        seed = importlib.import_module("evals.seed")
        print(json.dumps(seed.run(arguments.data), indent=1, ensure_ascii=False))
        return
    rows = list(read_rows(arguments.data, arguments.limit))
    if arguments.half:
        rows = rows[arguments.half == "odd" :: 2]
    scores = run(arguments.name, arguments.data, rows, arguments.predictions, arguments.errors)
    print(json.dumps(scores, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
