"""Write the codebook page of the docs from the YAML files in the package; ``--check`` fails if it is not current."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
FILES = ROOT / "src" / "kronika" / "codebook"
PAGE = ROOT / "docs" / "reference" / "codebook.md"

HEAD = """# Codebook

<!-- written by scripts/codebook_page.py: change the YAML files, not this page -->

The codebook is data: one YAML file for each kind of knowledge, in `src/kronika/codebook/`, loaded and checked when it
is first used. This page shows all of it. Event types, modes and contexts are those of PLOVER; the definitions are
worded anew (see NOTICE).
"""
#: Files that open the page, most useful to a coder first; the others follow by name.
FIRST = ("events", "weapons", "effects", "certainty")


def page(folder: Path = FILES) -> str:
    """Return the page: a section for each file, a part for each of its keys."""
    paths = sorted(folder.glob("*.yaml"), key=lambda path: (_rank(path.stem), path.stem))
    return "\n".join([HEAD, *(section(path) for path in paths)])


def section(path: Path) -> str:
    """Return the section of one file; its opening comment introduces it."""
    text = path.read_text(encoding="utf-8")
    content = yaml.load(text, Loader=_Words)
    parts = [f"## {_title(path.stem)}", "", f"`codebook/{path.name}`", "", *_opening(text), ""]
    for key, value in content.items() if isinstance(content, dict) else [("entries", content)]:
        parts += [f"### {_title(str(key))} {{ #{path.stem}-{_slug(str(key))} }}", "", _shown(value), ""]
    return "\n".join(parts)


class _Words(yaml.SafeLoader):
    """Reads YAML as the package does, but keeps the scalars as they are written: a page shows words."""


_Words.yaml_implicit_resolvers = {}


def _rank(stem: str) -> int:
    return FIRST.index(stem) if stem in FIRST else len(FIRST)


def _opening(text: str) -> list[str]:
    """Return the comment at the head of a file as Markdown lines; its backticks are code as they are."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(_escaped(line.lstrip("#").strip()).replace("\\`", "`"))
    return lines


def _shown(value: Any) -> str:
    """Return a value as a table (of records, of pairs) or as a line of words."""
    if isinstance(value, dict):
        if value and all(isinstance(entry, dict) for entry in value.values()):
            return _table([{"": name, **entry} for name, entry in value.items()])
        return _table([{"": name, "value": entry} for name, entry in value.items()])
    if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
        return _table(value)
    if isinstance(value, list) and value and all(isinstance(entry, list) for entry in value):
        return "\n".join(f"- {_cell(entry)}" for entry in value)
    return _cell(value)


def _table(rows: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = ["| " + " | ".join(_escaped(str(column)) for column in columns) + " |", "| --- " * len(columns) + "|"]
    lines += ["| " + " | ".join(_cell(row.get(column)) for column in columns) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: Any) -> str:
    """Return a value in one line: words by commas, pairs as "name: value" by semicolons."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return "; ".join(f"{_escaped(str(name))}: {_cell(entry)}" for name, entry in value.items())
    if isinstance(value, list):
        return ", ".join(_cell(entry) for entry in value)
    return _escaped(" ".join(str(value).split()))


def _escaped(text: str) -> str:
    """Return ``text`` with what Markdown and HTML would read as markup made plain."""
    for mark in "\\`*_[]|#~^$":
        text = text.replace(mark, "\\" + mark)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _title(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _slug(name: str) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        sys.exit(f"{PAGE.name} is not current: run python scripts/codebook_page.py")
