"""Any source by its name: ``-``, a web address, a folder or a file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from kronika.errors import RejectedDocument, SourceError
from kronika.records import Stated
from kronika.settings import Settings
from kronika.sources.compressed import read_limited
from kronika.sources.file import article_paths, count_in_file, kind_of, read_file, read_folder
from kronika.sources.raw import Raw, Refusal

STDIN = "-"


def read_sources(
    names: Iterable[str],
    settings: Settings,
    *,
    stated: dict[str, str] | None = None,
    encoding: str | None = None,
    stdin: IO[bytes] | None = None,
) -> Iterator[Raw | Refusal]:
    """Yield every article of the sources, in the order given (folders in the order of their paths).

    ``stated`` is metadata given by the caller; it wins over what the sources state. ``encoding`` is that of text and
    HTML files which do not say.

    Raises:
        SourceError: a named file or folder does not exist (said before anything is read), may not be read, or a
            folder has no articles in it.
    """
    names = list(names)
    for name in names:
        _check_exists(name)
    flags = {name: Stated(value, "flag") for name, value in (stated or {}).items() if value}
    for name in names:
        for item in _read(name, settings, encoding, stdin):
            yield replace(item, stated={**item.stated, **flags}) if isinstance(item, Raw) and flags else item


def count_articles(names: Iterable[str]) -> int:
    """Return how many articles the sources hold, for a progress bar: without reading them, so only nearly."""
    total = 0
    for name in names:
        path = Path(name)
        if name == STDIN or _is_address(name) or not path.exists():
            total += 1
        elif path.is_dir():
            total += sum(map(count_in_file, article_paths(path)))
        else:
            total += count_in_file(path)
    return total


def _read(name: str, settings: Settings, encoding: str | None, stdin: IO[bytes] | None) -> Iterator[Raw | Refusal]:
    where = "stdin" if name == STDIN else name
    try:
        if name == STDIN:
            content = read_limited(stdin or sys.stdin.buffer, where, settings.max_bytes)
            yield Raw(where, content, kind_of(content), encoding=encoding)
        elif _is_address(name):
            from kronika.sources.web import read_url

            yield read_url(name, settings)
        elif Path(name).is_dir():
            yield from read_folder(Path(name), settings.max_bytes, encoding)
        else:
            yield from read_file(Path(name), settings.max_bytes, encoding)
    except RejectedDocument as error:
        yield Refusal.of(where, error)


def _is_address(name: str) -> bool:
    return name.lower().startswith(("http://", "https://"))


def _check_exists(name: str) -> None:
    if name != STDIN and not _is_address(name) and not Path(name).exists():
        raise SourceError(f"{name}: no such file or folder", "check the name; web addresses begin with https://")
