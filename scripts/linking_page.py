"""Write the numbers of ``docs/linking.md``: the table of weights and what the commands print about its articles.

``--check`` writes nothing, and fails if the page would change.
"""

from __future__ import annotations

import contextlib
import io
import re
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "linking.md"
_ARTICLE = re.compile(r'```text title="(\w+)\.txt"\n(.*?)```', re.DOTALL)
_LEVEL = re.compile(r"^\| (\w+) \| ([\w ]+) \| [\d.]+ \| [\d.]+ \| [+-]?[\d.]+ \|$", re.MULTILINE)
_CALL = re.compile(r"```console\n\$ kronika (\w+) war\.kronika(.*)\n(?:[^`]*\n)?```")


def page() -> str:
    """Return the page as it should be."""
    text = PAGE.read_text(encoding="utf-8")
    text = _LEVEL.sub(lambda found: _level(*found.groups()), text)
    with tempfile.TemporaryDirectory() as folder:
        record = str(Path(folder) / "war.kronika")
        events = _record(text, Path(folder), record)
        return _CALL.sub(lambda found: _answer(found[1], found[2], record, events), text)


def _level(name: str, label: str) -> str:
    from kronika.link.model import load_match_model

    comparison = next(one for one in load_match_model().comparisons if one.name == name)
    level = next(one for one in comparison.levels if one.label == label)
    return f"| {name} | {label} | {level.m} | {level.u} | {level.weight:+.2f} |"


def _record(text: str, folder: Path, record: str) -> dict[str, str]:
    """Read the articles of the page into a record and return the event of each by its title in capitals."""
    import kronika

    events = {}
    with kronika.open(record) as opened:
        for name, article in _ARTICLE.findall(text):
            path = folder / f"{name}.txt"
            path.write_text(article, encoding="utf-8")
            opened.add(path)
        for report in opened.reports():
            (place,) = opened.store.origins(report.document.id)
            (event,) = report.events
            events[Path(place).stem.upper()] = event.id
    return events


def _answer(command: str, rest: str, record: str, events: dict[str, str]) -> str:
    import shlex

    from kronika.cli.main import run

    words = [events.get(word, word) for word in shlex.split(rest)]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        run([command, record, *words])
    lines = (line.rstrip() for line in printed.getvalue().splitlines())
    return f"```console\n$ kronika {command} war.kronika{rest}\n" + "\n".join(lines).rstrip() + "\n```"


def main() -> int:
    """Write the page, or with ``--check`` only say whether it is current."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.read_text(encoding="utf-8") == wanted
        if not current:
            print(f"{PAGE.name} is not current: run python scripts/linking_page.py", file=sys.stderr)
        return 0 if current else 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
