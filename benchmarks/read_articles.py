"""What kronika costs on top of the bare parser, layer by layer, with peak memory and the gain of a second process.

``python -m benchmarks.read_articles`` (``--words 20000 --rounds 5``; ``--workers 2`` for the gain; ``--profile``)

Both passes run over the same texts with the same spaCy pipeline in the same process. They take turns batch by batch,
the bare pass first in one batch and last in the next, so that whatever else the machine does meets both alike; the
ratio is the median of those of the rounds. The texts are the sample corpus and articles put together from its
paragraphs in varied order, so that no two are alike. ``whole`` is the way from bytes to the record on disk.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import kronika
import kronika.pipeline as pipeline
from kronika.annotate.parsing.syntax import BATCH_SIZE, load_model
from kronika.documents import make_document
from kronika.records import Document
from kronika.settings import Settings, settings
from kronika.sources import Refusal, read_sources

ARTICLES = Path(__file__).resolve().parents[1] / "examples" / "articles"
RATIO_LIMIT, MEMORY_LIMIT_MB = 1.40, 700


def corpus(words: int, seed: int = 1) -> list[Document]:
    """Return the sample corpus and mixed articles of 4 to 30 of its paragraphs, about ``words`` words in all."""
    chosen = random.Random(seed)
    found = [make_document(raw, Settings()) for raw in read_sources([str(ARTICLES)], Settings()) if not _refused(raw)]
    paragraphs = [line for document in found for line in document.text.split("\n") if line.strip()]
    total = sum(len(document.text.split()) for document in found)
    while total < words:
        text = "\n".join(chosen.sample(paragraphs, chosen.randint(4, 30)))
        found.append(Document.of(text, published="2025-01-24", publisher="Mixed Daily", language="en"))
        total += len(text.split())
    return found


def _refused(item: object) -> bool:
    return isinstance(item, Refusal)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of ``work``: what else the machine does counts less than with a clock on the wall."""
    start = time.process_time()
    work()
    return time.process_time() - start


def exhaust(items: Iterable[object]) -> None:
    """Read ``items`` to their end."""
    for _ in items:
        pass


class Clock:
    """Time spent in each stage that the pipeline calls, without that of the stages it calls in turn."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self.inner = [0.0]
        self.originals: dict[str, Any] = {}

    def __enter__(self) -> Clock:
        for name, stage in vars(pipeline).copy().items():
            module = getattr(stage, "__module__", "") or ""
            if callable(stage) and module.startswith("kronika.") and name not in ("parse", "read_documents"):
                if module.startswith("kronika.records"):
                    continue
                self.originals[name] = stage
                setattr(pipeline, name, self._timed(stage, f"{module.removeprefix('kronika.')}.{name}"))
        return self

    def __exit__(self, *_: object) -> None:
        for name, stage in self.originals.items():
            setattr(pipeline, name, stage)

    def _timed(self, stage: Callable[..., Any], label: str) -> Callable[..., Any]:
        def timed(*args: Any, **keywords: Any) -> Any:
            self.inner.append(0.0)
            start = time.process_time()
            try:
                result = stage(*args, **keywords)
                return list(result) if isinstance(result, Iterator) else result
            finally:
                took = time.process_time() - start
                self.spent[label] = self.spent.get(label, 0.0) + took - self.inner.pop()
                self.inner[-1] += took

        return timed


def parts(documents: list[Document], rounds: int) -> dict[str, float]:
    """Return the seconds of each stage, the median of ``rounds``."""
    spent: dict[str, list[float]] = {}
    for _ in range(rounds):
        with Clock() as clock:
            exhaust(pipeline.read_documents(documents))
        for label, took in clock.spent.items():
            spent.setdefault(label, []).append(took)
    return {label: median(took) for label, took in spent.items()}


def one_round(documents: list[Document]) -> tuple[float, float]:
    """Return the seconds of the bare pass and of the pipeline, which take turns batch by batch."""
    nlp = load_model(settings().model)
    bare = read = 0.0
    for number, first in enumerate(range(0, len(documents), BATCH_SIZE)):
        batch = documents[first : first + BATCH_SIZE]
        texts = [document.text for document in batch]
        if number % 2:
            read += seconds(lambda: exhaust(pipeline.read_documents(batch)))  # noqa: B023  # called at once
        bare += seconds(lambda: exhaust(nlp.pipe(texts, batch_size=BATCH_SIZE)))  # noqa: B023
        if not number % 2:
            read += seconds(lambda: exhaust(pipeline.read_documents(batch)))  # noqa: B023
    return bare, read


def compare(documents: list[Document], rounds: int) -> dict[str, float]:
    """Return the median seconds of the bare pass, of the pipeline and of the way into a record, and the ratio."""
    one_round(documents[: 2 * BATCH_SIZE])  # first use: lexicons, gazetteer
    passes = [one_round(documents) for _ in range(rounds)]
    with tempfile.TemporaryDirectory() as folder:
        source = write_jsonl(documents, Path(folder) / "articles.jsonl")

        def whole() -> None:
            with kronika.open(Path(folder) / "record.kronika") as record:
                record.add(source)

        took = seconds(whole)
    return {
        "bare": median(bare for bare, _ in passes),
        "kronika": median(read for _, read in passes),
        "whole": took,
        "ratio": median(read / bare for bare, read in passes),
    }


def write_jsonl(documents: Iterable[Document], path: Path) -> Path:
    """Write ``documents`` as JSON lines to ``path`` and return it."""
    names = ("text", "title", "publisher", "published", "url")
    lines = (json.dumps({name: getattr(document, name) for name in names}) for document in documents)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def in_new_process(documents: list[Document], workers: int) -> tuple[float, float]:
    """Return the seconds that ``kronika add`` takes in a process of its own, and its peak memory in MB."""
    program = "import resource, sys; from kronika.cli.main import run; code = run(sys.argv[1:]); "
    program += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss); sys.exit(code)"
    with tempfile.TemporaryDirectory() as folder:
        source = write_jsonl(documents, Path(folder) / "articles.jsonl")
        arguments = ["add", f"{folder}/a.kronika", str(source), "--quiet", "--workers", str(workers)]
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True)
        return time.perf_counter() - start, int(done.stdout.split()[-1]) / _RSS_UNITS


#: ru_maxrss is in kilobytes, on macOS in bytes.
_RSS_UNITS = 1024 * 1024 if sys.platform == "darwin" else 1024


def show(documents: list[Document], rounds: int) -> bool:
    """Print the figures; return whether they are within the limits."""
    words = sum(len(document.text.split()) for document in documents)
    typical = compare(documents, rounds)
    spent = parts(documents, rounds)
    print(f"{len(documents)} articles, {words:,} words, median of {rounds} rounds\n")
    print(f"{'':34}{'ms per 1000 words':>18}{'x bare':>9}")
    for name, label in (
        ("bare", "bare spaCy pass"),
        ("kronika", "kronika, parse included"),
        ("whole", "bytes to record"),
    ):
        print(f"{label:34}{typical[name] / words * 1e6:18.2f}{typical[name] / typical['bare']:9.3f}")
    print("\nwhat kronika adds, by layer and stage")
    layers: dict[str, float] = {}
    for label, took in spent.items():
        layer = label.split(".")[0]
        layers[layer] = layers.get(layer, 0.0) + took
    for layer, whole in sorted(layers.items(), key=lambda item: -item[1]):
        print(f"{layer:34}{whole / words * 1e6:18.2f}{whole / typical['bare']:9.3f}")
        stages = [(label, took) for label, took in spent.items() if label.split(".")[0] == layer]
        for label, took in sorted(stages, key=lambda item: -item[1]):
            print(f"  {label.removeprefix(layer + '.'):32}{took / words * 1e6:18.2f}{took / typical['bare']:9.3f}")
    took, memory = in_new_process(documents, 1)
    print(f"\none process, cold: {took:.1f} s, peak memory {memory:.0f} MB (limit {MEMORY_LIMIT_MB})")
    print(f"ratio kronika/bare {typical['ratio']:.3f} (limit {RATIO_LIMIT:.2f})")
    return typical["ratio"] <= RATIO_LIMIT and memory < MEMORY_LIMIT_MB


def show_gain(documents: list[Document], workers: int) -> None:
    """Print how much faster several processes are, starting included."""
    one, _ = in_new_process(documents, 1)
    several, _ = in_new_process(documents, workers)
    print(f"--workers {workers}: {one:.1f} s -> {several:.1f} s, {one / several:.2f} times as fast")


def show_profile(documents: list[Document], rows: int) -> None:
    """Print the functions of kronika that take longest, by cProfile: it flatters few large functions."""
    import cProfile
    import pstats

    exhaust(pipeline.read_documents(documents[:16]))
    profile = cProfile.Profile()
    profile.runcall(lambda: exhaust(pipeline.read_documents(documents)))
    pstats.Stats(profile).sort_stats("tottime").print_stats("kronika", rows)


def main() -> int:
    """Run from the command line; exit code 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=20_000, help="words in all (default 20000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts (default 5)")
    parser.add_argument("--workers", type=int, default=0, help="also measure the gain of so many processes")
    parser.add_argument(
        "--profile", type=int, metavar="ROWS", default=0, help="print so many rows of a profile instead"
    )
    asked = parser.parse_args()
    documents = corpus(asked.words)
    if asked.profile:
        show_profile(documents, asked.profile)
        return 0
    within = show(documents, asked.rounds)
    if asked.workers > 1:
        show_gain(documents, asked.workers)
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
