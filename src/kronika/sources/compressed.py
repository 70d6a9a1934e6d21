"""Gzip with a limit: a small file can hold gigabytes, and a broken one ends in the middle."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from kronika.errors import RejectedDocument


def open_file(path: Path) -> IO[bytes]:
    """Open ``path`` for reading, decompressed where its name ends in ``.gz``."""
    return cast(IO[bytes], gzip.open(path, "rb")) if path.suffix == ".gz" else path.open("rb")


def read_limited(stream: IO[bytes], where: str, max_bytes: int) -> bytes:
    """Return all of ``stream``.

    Raises:
        RejectedDocument: it holds more than ``max_bytes`` ("too_large") or breaks off ("truncated_gzip").
    """
    try:
        content = stream.read(max_bytes + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise damaged(where, error) from error
    if len(content) > max_bytes:
        raise RejectedDocument(
            f"{where}: more than {max_bytes:,} bytes",
            "too_large",
            "raise max_bytes in kronika.toml if it is one article",
        )
    return content


def lines(stream: IO[bytes], where: str, max_bytes: int) -> Iterator[tuple[int, bytes | RejectedDocument]]:
    """Yield (line number, line); a line over ``max_bytes`` or a break in the file gives the error in its place."""
    number = 0
    while True:
        number += 1
        try:
            line = stream.readline(max_bytes + 1)
            is_long = len(line) > max_bytes
            while is_long and not line.endswith(b"\n"):  # skip to the end of it, keeping nothing
                line = stream.readline(max_bytes)
                if not line:
                    break
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield number, damaged(f"{where}:{number}", error)
            return
        if is_long:
            yield number, RejectedDocument(f"{where}:{number}: a line of more than {max_bytes:,} bytes", "too_large")
        elif not line:
            return
        else:
            yield number, line


def damaged(where: str, error: Exception) -> RejectedDocument:
    """Return the refusal of a compressed file that can't be read to its end."""
    return RejectedDocument(
        f"{where}: the gzip data is cut short or damaged ({error})", "truncated_gzip", "fetch it again"
    )
