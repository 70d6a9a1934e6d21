"""What the README shows as output is what the commands print."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from kronika.cli.main import run

ROOT = Path(__file__).resolve().parents[2]


def samples() -> list[tuple[str, list[str]]]:
    """Return (command, lines of output that are shown) for every command in the README, in order."""
    found: list[tuple[str, list[str]]] = []
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line not in ("", "…"):
                found[-1][1].append(line)
    return [(command, lines) for command, lines in found if command.startswith("kronika ") and not _waits(command)]


def _waits(command: str) -> bool:
    """Whether a command goes on until somebody ends it."""
    return command.split()[1] in ("serve", "review")


def test_the_samples_of_the_readme_are_real(tmp_path, monkeypatch, capsys):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    assert sum(bool(lines) for _, lines in samples()) >= 2
    for command, lines in samples():
        arguments = [part for part in shlex.split(command)[1:] if part not in ("--workers", "2")]
        assert run(arguments) == 0, command
        printed = capsys.readouterr().out.splitlines()
        assert [line for line in lines if line not in printed] == [], command
