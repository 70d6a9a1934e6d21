"""Files and folders: plain text, HTML and JSON lines, each also gzipped."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from kronika.errors import RejectedDocument, SourceError
from kronika.records import Stated
from kronika.sources.compressed import open_file, read_limited
from kronika.sources.jsonl import read_jsonl, stated_in
from kronika.sources.raw import Kind, Raw, Refusal

TEXT_SUFFIXES = {".txt", ".md", ".text"}
HTML_SUFFIXES = {".html", ".htm", ".xhtml"}
JSONL_SUFFIXES = {".jsonl", ".ndjson"}
#: What a browser puts beside a saved page, and files about the folder itself.
_ASSETS = "_files"
_ABOUT = ("readme", "license", "licence", "notice", "changelog")


def read_folder(folder: Path, max_bytes: int, encoding: str | None = None) -> Iterator[Raw | Refusal]:
    """Yield the articles of every readable file below ``folder``, in the order of their paths.

    Raises:
        SourceError: there is no such file in it.
    """
    paths = article_paths(folder)
    if not paths:
        others = sum(path.is_file() for path in folder.rglob("*"))
        found = f"no articles among its {others:,} files" if others else "the folder is empty"
        known = " ".join(sorted(TEXT_SUFFIXES | HTML_SUFFIXES | JSONL_SUFFIXES))
        raise SourceError(f"{folder.as_posix()}: {found}", f"articles are files in {known}, also with .gz")
    for path in paths:
        yield from read_file(path, max_bytes, encoding)


def article_paths(folder: Path) -> list[Path]:
    """Return the files below ``folder`` that are read, in order."""
    return sorted(path for path in folder.rglob("*") if _is_article(path.relative_to(folder)) and path.is_file())


def count_in_file(path: Path) -> int:
    """Return how many articles ``path`` holds: its lines for JSON lines, else one; as many as can be read."""
    if _suffix(path) not in JSONL_SUFFIXES:
        return 1
    try:
        with open_file(path) as stream:
            return sum(1 for line in stream if line.strip())
    except (OSError, EOFError, zlib.error):
        return 1  # it is refused when its turn comes


def read_file(path: Path, max_bytes: int, encoding: str | None = None) -> Iterator[Raw | Refusal]:
    """Yield the articles of one file.

    Raises:
        SourceError: there is no such file, or it may not be read.
    """
    where = path.as_posix()
    try:
        with open_file(path) as stream:
            if _suffix(path) in JSONL_SUFFIXES:
                yield from read_jsonl(stream, where, max_bytes)
                return
            content = read_limited(stream, where, max_bytes)
        yield Raw(where, content, kind_of(content, _suffix(path)), _sidecar(path), encoding)
    except RejectedDocument as error:
        yield Refusal.of(where, error)
    except OSError as error:
        raise SourceError(f"{where}: {error.strerror or error}", "check the name and the permissions") from error


def kind_of(content: bytes, suffix: str = "") -> Kind:
    """Return whether ``content`` is HTML or plain text, by the file's suffix or by how it begins."""
    if suffix in HTML_SUFFIXES:
        return Kind.HTML
    if suffix in TEXT_SUFFIXES:
        return Kind.TEXT
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return Kind.HTML if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")) else Kind.TEXT


def _suffix(path: Path) -> str:
    """Return the suffix that tells the kind: that of ``news.html.gz`` is ``.html``."""
    return (Path(path.stem) if path.suffix == ".gz" else path).suffix.lower()


def _is_article(path: Path) -> bool:
    if any(part.startswith(".") or part.endswith(_ASSETS) for part in path.parts):
        return False
    if path.stem.lower().startswith(_ABOUT):
        return False
    return _suffix(path) in TEXT_SUFFIXES | HTML_SUFFIXES | JSONL_SUFFIXES


def _sidecar(path: Path) -> dict[str, Stated]:
    """Return what the ``.json`` file beside ``path`` states ("a.json" or "a.txt.json" for "a.txt")."""
    bare = path.with_suffix("") if path.suffix == ".gz" else path
    for beside in (bare.with_name(bare.name + ".json"), bare.with_suffix(".json")):
        if beside.is_file():
            try:
                value = json.loads(beside.read_text(encoding="utf-8-sig"))
            except ValueError as error:
                raise RejectedDocument(
                    f"{beside.as_posix()}: not JSON ({error})", "bad_sidecar", "mend it or remove it"
                ) from error
            if not isinstance(value, dict):
                raise RejectedDocument(f"{beside.as_posix()}: not a JSON object", "bad_sidecar", "mend it or remove it")
            return stated_in(value, f"sidecar {beside.name}")
    return {}
