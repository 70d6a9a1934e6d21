"""Where the labelled data and the reference scorers are."""

from __future__ import annotations

import importlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def bench_folder() -> Path:
    """The folder with the data sets: ``KRONIKA_BENCH``, by default beside the checkout."""
    return Path(os.environ.get("KRONIKA_BENCH", ROOT.parent / "shared" / "bench"))


def reference_scorer(name: str) -> Any:
    """Import the reference scorer ``name`` from the bench.

    Raises:
        SystemExit: the bench has no such scorer.
    """
    folder = bench_folder()
    if not (folder / "scorers" / f"{name}.py").exists():
        raise SystemExit(f"no reference scorer {name} under {folder}/scorers: set KRONIKA_BENCH")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return importlib.import_module(f"scorers.{name}")


def read_rows(path: Path, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a JSON lines file, at most ``limit``."""
    with path.open(encoding="utf8") as lines:
        for number, line in enumerate(line for line in lines if line.strip()):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows as JSON lines."""
    with path.open("w", encoding="utf8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
