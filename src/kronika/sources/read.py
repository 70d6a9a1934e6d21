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
from kronika.sources.file import kind_of, read_file, read_folder
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
        SourceError: a named file or folder does not exist or may not be read.
    """
    flags = {name: Stated(value, "flag") for name, value in (stated or {}).items() if value}
    for name in names:
        for item in _read(name, settings, encoding, stdin):
            yield replace(item, stated={**item.stated, **flags}) if isinstance(item, Raw) and flags else item


def _read(name: str, settings: Settings, encoding: str | None, stdin: IO[bytes] | None) -> Iterator[Raw | Refusal]:
    where = "stdin" if name == STDIN else name
    try:
        if name == STDIN:
            content = read_limited(stdin or sys.stdin.buffer, where, settings.max_bytes)
            yield Raw(where, content, kind_of(content), encoding=encoding)
        elif name.lower().startswith(("http://", "https://")):
            from kronika.sources.web import read_url

            yield read_url(name, settings)
        elif Path(name).is_dir():
            yield from read_folder(Path(name), settings.max_bytes, encoding)
        elif Path(name).exists():
            yield from read_file(Path(name), settings.max_bytes, encoding)
        else:
            raise SourceError(f"{name}: no such file or folder", "check the name; web addresses begin with https://")
    except RejectedDocument as error:
        yield Refusal.of(where, error)
