"""Build the index: collect, sort, write to a temporary file, rename. The same inputs give the same bytes."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import sqlite3
import tempfile
from array import array
from collections.abc import Callable, Iterable
from pathlib import Path

from kronika.errors import GazetteerError
from kronika.gazetteer.keys import key_hash
from kronika.gazetteer.packages import package_versions, read_packages
from kronika.gazetteer.rows import Collected
from kronika.gazetteer.schema import ADM1, ADM2, CREDIT, SCHEMA, TABLES
from kronika.gazetteer.supplement import read_supplement, supplement_text

Progress = Callable[[str, float], None]
Reader = Callable[[Collected], str]


def _silent(step: str, share: float) -> None:
    return


def build_index(path: Path, readers: Iterable[Reader] = (), progress: Progress = _silent) -> None:
    """Write the index to ``path``, replacing what is there only when it is complete.

    ``readers`` add further sources (dumps, a user's places) and return what ``meta`` says of them. ``progress`` is
    told the step and the share of the work that is done (0 to 1).

    Raises:
        GazetteerError: a source breaks the rules, or the file can't be written.
    """
    progress("reading settlements and regions", 0.0)
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects, none of them garbage: the collector would take a third of the time
    try:
        collected = Collected()
        read_packages(collected)
        progress("reading the supplement", 0.45)
        supplement = supplement_text()
        read_supplement(collected, supplement, "supplement.csv", "supplement")
        sources = [reader(collected) for reader in readers]
        meta = {
            "schema": str(SCHEMA),
            "packages": json.dumps(package_versions(), sort_keys=True),
            "supplement": hashlib.sha256(supplement.encode()).hexdigest(),
            "sources": json.dumps(sources),
            "credit": CREDIT,
        }
        _write(path, collected, meta, progress)
    finally:
        if collecting:
            gc.enable()
    progress("done", 1.0)


def _write(path: Path, collected: Collected, meta: dict[str, str], progress: Progress) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        os.close(descriptor)
    except OSError as error:
        raise GazetteerError(
            f"the gazetteer can't be written to {path.parent}: {error.strerror}", "set KRONIKA_CACHE to a folder"
        ) from error
    part = Path(name)
    try:
        connection = sqlite3.connect(part, isolation_level=None)
        try:
            _fill(connection, collected, meta, progress)
        finally:
            connection.close()
        part.replace(path)
    except sqlite3.Error as error:
        raise GazetteerError(f"the gazetteer can't be written to {path}: {error}") from error
    finally:
        part.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, collected: Collected, meta: dict[str, str], progress: Progress) -> None:
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;" + TABLES)
    connection.execute("BEGIN")
    digest = hashlib.sha256()
    progress("writing places", 0.5)
    places = [collected.places[number].values() for number in sorted(collected.places)]
    for row in places:
        digest.update(repr(row).encode())
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", places)
    progress("writing names", 0.6)
    keys = sorted(collected.names)
    for key in keys:
        digest.update(repr((key, sorted(collected.names[key].items()))).encode())
    connection.executemany(
        "INSERT INTO name VALUES (?,?,?)",
        ((key, number, source) for key in keys for number, source in sorted(collected.names[key].items())),
    )
    dated = [(*key, *dates) for key, dates in sorted(collected.dated.items())]
    connection.executemany("INSERT INTO dated VALUES (?,?,?,?)", dated)
    connection.executemany("INSERT OR IGNORE INTO unit VALUES (?,?,?,?,?)", _units(collected))
    progress("writing the filter", 0.9)
    hashes = array("I", sorted({key_hash(key) for key in keys}))
    connection.execute("INSERT INTO filter VALUES (0, ?)", (hashes.tobytes(),))
    content = digest.hexdigest()
    meta = {**meta, "content": content, "version": f"{SCHEMA}.{content[:12]}"}
    meta |= {"places": str(len(places)), "names": str(len(keys))}
    connection.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
    connection.execute("COMMIT")


def _units(collected: Collected) -> list[tuple[str, str, str, int, str]]:
    """The first- and second-level regions by their codes."""
    return sorted(
        (place.cc or "", place.a1, place.a2 if place.kind == ADM2 else "", place.id, place.name)
        for place in collected.places.values()
        if place.kind in (ADM1, ADM2) and place.a1
    )
