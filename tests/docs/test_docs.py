"""The docs build, their links resolve, and the commands, options and targets they mention exist."""

from __future__ import annotations

import importlib.util
import math
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from kronika.cli.main import COMMANDS, kronika
from kronika.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md")]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
OWN = [page for page in [*TOP, *PAGES] if page.name != "codebook.md"]

_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
#: A command line: after a prompt, a pipe or a variable, or as code within a sentence.
_CALL = re.compile(r"(?:^\$ (?:\w+=\S+ )*(?:\S+ \| )?(?:\S*/)?|`)kronika( [^`\n]*)?", re.MULTILINE)
_OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchors(page: Path) -> set[str]:
    found = re.findall(r"\{ #([\w-]+) \}", text(page))
    for heading in re.findall(r"^#+ (.+)$", text(page), re.MULTILINE):
        found.append("-".join(re.sub(r"[^\w\s-]", "", heading.lower()).split()))
    return set(found)


def calls() -> list[tuple[str, str, str]]:
    """Return (page, command, the rest of the line) for every call of kronika in the docs."""
    found = []
    for page in OWN:
        for match in _CALL.finditer(text(page)):
            words = (match.group(1) or "").split()
            command = next((word for word in words if not word.startswith("-") and word != "COMMAND"), None)
            if command is not None and "COMMAND" not in words:
                found.append((name(page), command, " ".join(words)))
    return found


@pytest.mark.parametrize("page", OWN, ids=name)
def test_links_lead_to_files_and_headings_that_exist(page: Path):
    for link in _LINK.findall(text(page)):
        if link.startswith(("http://", "https://")):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), link
        if anchor:
            assert anchor in anchors(path), link


def test_the_docs_mention_every_command():
    reference = text(ROOT / "docs" / "reference" / "commands.md")
    assert all(f"`kronika {command}" in reference for command in COMMANDS)


def test_every_command_in_the_docs_exists():
    assert len(calls()) > 20
    assert not {(page, command) for page, command, _ in calls() if command not in COMMANDS}


@pytest.mark.parametrize("command", sorted({command for _, command, _ in calls()} & set(COMMANDS)))
def test_every_command_in_the_docs_has_the_options_that_they_give_it(command: str, request: pytest.FixtureRequest):
    if importlib.util.find_spec(f"kronika.cli.{command}") is None:
        request.applymarker(pytest.mark.xfail(reason=f"{command} is listed by the CLI and not there yet", strict=True))
    result = CliRunner().invoke(kronika, [command, "--help"])
    assert result.exit_code == 0, result.output
    pages = [result.output]
    below = getattr(kronika.get_command(click.Context(kronika), command), "commands", {})
    pages += [CliRunner().invoke(kronika, [command, name, "--help"]).output for name in below]
    known = set(_OPTION.findall("\n".join(pages)))
    given = {option for _, called, line in calls() if called == command for option in _OPTION.findall(line)}
    assert given <= known


def test_every_make_target_in_the_docs_exists():
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))
    asked = {target for page in OWN for target in re.findall(r"(?:^\$ |`)make ([a-z]+)", text(page), re.MULTILINE)}
    assert asked == {"demo", "eval", "test"}
    assert asked <= targets


def test_every_file_of_the_repository_that_the_docs_call_with_exists():
    for page in OWN:
        for path in re.findall(r"(?:examples|scripts|tests|src)/[\w./-]*[\w/]", text(page)):
            assert (ROOT / path).exists(), f"{name(page)}: {path}"


def test_the_settings_page_gives_every_setting_with_its_default():
    page = text(ROOT / "docs" / "how-to" / "settings.md")
    for field in fields(Settings):
        default = ", ".join(field.default) if isinstance(field.default, tuple) else field.default
        assert f"| `{field.name}` | `{default}` |" in page


def test_the_exit_codes_are_those_of_the_command_line():
    from kronika.cli import main

    page = text(ROOT / "docs" / "reference" / "commands.md")
    codes = [
        sys.modules[main.__module__].__dict__[code] for code in ("OK", "ERROR", "USAGE", "REJECTED", "INTERRUPTED")
    ]
    assert [int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)] == codes


def test_the_readme_of_the_corpus_describes_every_article_once():
    listed = re.findall(r"^\| `([^`]+)` \|", text(ROOT / "examples" / "README.md"), re.MULTILINE)
    articles = {path.name for path in (ROOT / "examples" / "articles").iterdir() if path.suffix != ".json"}
    assert sorted(listed) == sorted(articles | {"articles/", "expected.yaml"})


@pytest.mark.parametrize("page", OWN, ids=name)
def test_a_page_holds_no_placeholder_and_no_path_of_a_machine(page: Path):
    assert not re.search(r"TODO|TBD|FIXME|lorem|/home/|/work/|/Users/|/tmp/", text(page))


@pytest.mark.parametrize("script", ["codebook_page.py", "linking_page.py", "schema.py"])
def test_what_is_written_from_the_code_is_current(script: str):
    run = [sys.executable, str(ROOT / "scripts" / script), "--check"]
    result = subprocess.run(run, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_the_sums_of_the_linking_page_are_those_of_their_rows():
    page = text(ROOT / "docs" / "linking.md")
    tables = re.findall(r"^comparison +level.*?^sum +([+-][\d.]+)$", page, re.MULTILINE | re.DOTALL)
    blocks = re.findall(r"^comparison +level(.*?)^sum ", page, re.MULTILINE | re.DOTALL)
    assert len(tables) == 2
    for total, rows in zip(tables, blocks, strict=True):
        weights = [float(found) for found in re.findall(r"([+-]\d+\.\d\d)$", rows, re.MULTILINE)]
        assert len(weights) == 12
        assert sum(weights) == pytest.approx(float(total), abs=0.06)
    for m, u, bits in re.findall(r"^\| \w+ \| [\w ]+ \| ([\d.]+) \| ([\d.]+) \| ([+-][\d.]+) \|$", page, re.MULTILINE):
        assert math.log2(float(m) / float(u)) == pytest.approx(float(bits), abs=0.01)


def test_the_site_builds_without_a_warning(tmp_path: Path):
    run = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    result = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "site" / "reference" / "codebook" / "index.html").exists()
