"""Run every bench whose data is there and hold each figure to its floor: ``make eval``.

A figure under its floor in ``floors.json`` fails. ``--update`` raises the floors to just under the figures, writes
``results.json`` (what ``docs/accuracy.md`` is made of), and refuses to lower a floor: that is done by hand, in a commit
that says why the figure has fallen.
"""

from __future__ import annotations

import argparse
import importlib
import json
import math
import multiprocessing
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from evals.__main__ import run
from evals.bench import bench_folder, read_rows
from evals.catalogue import FLOORS, RESULTS, Bench, benches, figures_of, spaced

#: How far under the figure a new floor lies, so that a change elsewhere does not fail by a rounding.
_MARGIN, _MARGIN_OF_RATE = 0.3, 0.003

Results = dict[str, dict[str, Any]]
Floors = dict[str, dict[str, float]]


def measure(bench: Bench) -> dict[str, Any]:
    """Run one bench; returns its rows, its figures and the seconds taken, or under ``error`` why it failed."""
    begin = time.monotonic()
    try:
        if bench.name == "seed":
            scores, rows, of = importlib.import_module("evals.seed").run(bench.path), 1, 1
        else:
            everything = list(read_rows(bench.path))
            kept = spaced(everything, bench.sample)
            scores, rows, of = run(bench.name, bench.path, kept, None, 0), len(kept), len(everything)
        figures = figures_of(scores, bench.figures)
    except Exception as error:  # one bench that breaks must not hide the others; it fails the run
        return {"error": f"{type(error).__name__}: {error}"}
    return {"rows": rows, "of": of, "figures": figures, "seconds": round(time.monotonic() - begin, 1)}


def measure_all(chosen: list[Bench], processes: int) -> Iterator[tuple[Bench, dict[str, Any]]]:
    """Yield each bench with its result, in the order of the list; every bench in a process of its own."""
    if processes < 2:
        yield from ((bench, measure(bench)) for bench in chosen)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context) as pool:
        yield from zip(chosen, pool.map(measure, chosen), strict=True)


def under_floor(results: Results, floors: Floors) -> list[str]:
    """Return a line for each figure that is under its floor, and for each bench with a floor that broke."""
    lines = []
    for name, result in results.items():
        if "error" in result:
            lines.append(f"{name}: {result['error']}")
            continue
        for key, floor in floors.get(name, {}).items():
            value = result["figures"].get(key, {}).get("value")
            if value is None:
                lines.append(f"{name} {key}: has a floor of {floor:g} and was not measured")
            elif value < floor:
                lines.append(f"{name} {key}: {value:g} is under its floor of {floor:g}")
    return lines


def floor_of(value: float) -> float:
    """Return the floor that a figure earns.

    >>> floor_of(75.497), floor_of(0.848)
    (75.1, 0.845)
    """
    if value <= 1:
        return max(0.0, math.floor((value - _MARGIN_OF_RATE) * 1000 + 1e-9) / 1000)
    return max(0.0, math.floor((value - _MARGIN) * 10 + 1e-9) / 10)


def raised(results: Results, floors: Floors) -> Floors:
    """Return the floors after a run: each as it was or higher, with those of new figures."""
    out: Floors = {name: dict(held) for name, held in floors.items()}
    for name, result in results.items():
        held = out.setdefault(name, {})
        for key, figure in result["figures"].items():
            held[key] = max(held.get(key, 0.0), floor_of(figure["value"]))
    return {name: dict(sorted(out[name].items())) for name in sorted(out)}


def read_json(path: Path) -> dict[str, Any]:
    """Return the file's content, nothing where there is no file."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write sorted, so that a change is a change of figures."""
    path.write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def show(bench: Bench, result: dict[str, Any], floors: Floors) -> None:
    """Print one bench's figures beside their floors."""
    if "error" in result:
        print(f"{bench.id:20} failed: {result['error']}")
        return
    size = f"{result['rows']} rows" + ("" if result["rows"] == result["of"] else f" of {result['of']}")
    print(f"{bench.id:20} {size}, {result['seconds']:.0f} s")
    for figure in bench.figures:
        got = result["figures"][figure.key]
        floor = floors.get(bench.id, {}).get(figure.key)
        detail = f"  P {got['precision']:.1f} R {got['recall']:.1f}" if "precision" in got else ""
        digits = 3 if got["value"] <= 1 else 1
        held = "-" if floor is None else f"{floor:g}"
        print(f"  {figure.label:44} {got['value']:7.{digits}f}  floor {held:>6}{detail}")


def parse_arguments(argv: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.gate", description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true", help="raise the floors and write the results")
    parser.add_argument("--only", nargs="+", metavar="ID", default=[], help="run only these benches (ids or modules)")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args(argv)


def main(argv: list[str] | None = None) -> int:
    """Entry point; the exit code is 1 where a figure is under its floor."""
    arguments = parse_arguments(argv)
    listed = [b for b in benches() if not arguments.only or {b.id, b.name} & set(arguments.only)]
    chosen = [bench for bench in listed if bench.path.exists()]
    if not chosen:
        print(f"no labelled data under {bench_folder()}: set KRONIKA_BENCH", file=sys.stderr)
        return 0
    floors: Floors = read_json(FLOORS)
    results: Results = {}
    for bench, result in measure_all(chosen, arguments.processes):
        results[bench.id] = result
        show(bench, result, floors)
        sys.stdout.flush()
    missing = [bench.id for bench in listed if bench not in chosen]
    if missing:
        print(f"no data for {', '.join(missing)}", file=sys.stderr)
    failures = under_floor(results, floors)
    for line in failures:
        print(line, file=sys.stderr)
    if failures:
        return 1
    if arguments.update:
        kept = {name: {k: v for k, v in result.items() if k != "seconds"} for name, result in results.items()}
        write_json(FLOORS, raised(results, floors))
        write_json(RESULTS, {**read_json(RESULTS), **kept})
    return 0


if __name__ == "__main__":
    sys.exit(main())
