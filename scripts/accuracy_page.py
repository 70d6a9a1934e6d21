"""Write ``docs/accuracy.md`` from the results of the last ``python -m evals.gate --update``.

python scripts/accuracy_page.py
"""

from __future__ import annotations

from typing import Any

from evals.bench import ROOT
from evals.catalogue import FLOORS, RESULTS, Bench, Figure, benches
from evals.gate import read_json

PAGE = ROOT / "docs" / "accuracy.md"

HEAD = """# Accuracy

What kronika reaches on labelled data, each layer by itself. The page is written by `scripts/accuracy_page.py` from the
results of the last run; `make eval` repeats the run where the data is there and fails when a figure falls under its
floor.

The data is not part of the repository: most of it may be used but not passed on. It is development data. Rules were
written while looking at one half of a file, so read a figure as what kronika does on text of this kind, not as a result
on text that nobody had seen. Published figures are mostly on the test sets, which were not used: compare in size.

*Simple rule* is what a trivial rule reaches on the same rows, such as the most populous place of a name. *Floor* is
what a change may not fall under. F is the harmonic mean of P (precision, the share of what kronika says that is right)
and R (recall, the share of what is there that kronika says). Figures are per cent unless they are under 1.
"""
COLUMNS = ("task, data", "figure", "kronika", "P / R", "simple rule", "floor", "best published")


def page(listed: tuple[Bench, ...], results: dict[str, Any], floors: dict[str, dict[str, float]]) -> str:
    """Return the page: one table, then what the errors are, bench by bench."""
    lines = [HEAD, f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|"]
    for bench in listed:
        if bench.id in results:
            held = floors.get(bench.id, {})
            for number, figure in enumerate(bench.figures):
                first = f"{bench.task}: {_data(bench, results[bench.id])}" if not number else ""
                lines.append(_row(first, figure, results[bench.id]["figures"], held))
    lines += ["", "## What the errors are", ""]
    for bench in listed:
        if bench.id in results:
            lines += [f"**{bench.task}** (`{bench.name}`). {bench.errors.strip()}", ""]
    return "\n".join(lines)


def _data(bench: Bench, result: dict[str, Any]) -> str:
    rows, of = result["rows"], result["of"]
    size = f"{rows:,} rows" if rows == of else f"{rows:,} of {of:,} rows"
    return f"`{bench.data.removeprefix('../')}`" + (f", {size}" if of > 1 else "")


def _row(first: str, figure: Figure, figures: dict[str, dict[str, float]], held: dict[str, float]) -> str:
    got = figures.get(figure.key)
    if got is None:
        return f"| {first} | {figure.label} | not measured | | {figure.simple} | | {figure.published} |"
    value = _number(got["value"])
    parts = f"{_number(got['precision'])} / {_number(got['recall'])}" if "precision" in got else ""
    floor = f"{held[figure.key]:g}" if figure.key in held else ""
    return f"| {first} | {figure.label} | **{value}** | {parts} | {figure.simple} | {floor} | {figure.published} |"


def _number(value: float) -> str:
    return f"{value:.3f}".lstrip("0") if value < 1 else f"{value:.1f}"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(benches(), read_json(RESULTS), read_json(FLOORS)), "utf-8")


if __name__ == "__main__":
    main()
