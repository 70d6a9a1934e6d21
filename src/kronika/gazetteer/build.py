"""Build the index: collect, sort, write to a temporary file, rename. The same inputs give the same bytes."""

from __future__ import annotations

import contextlib
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
from kronika.gazetteer.packages import capitals, package_versions, read_packages
from kronika.gazetteer.rows import Collected, PlaceRow
from kronika.gazetteer.schema import ADM1, ADM2, CREDIT, SCHEMA, TABLES
from kronika.gazetteer.supplement import read_supplement, stated_ids, supplement_text

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
            "capitals": json.dumps(capitals(collected)),
            "sources": json.dumps(sources),
            "credit": CREDIT,
        }
        _write(path, collected, meta, progress)
    finally:
        if collecting:
            gc.enable()
    progress("done", 1.0)


def extend_index(base: Path, path: Path, text: str, where: str) -> int:
    """Write to ``path`` the index ``base`` and the rows of a user's CSV ``text``; returns their number.

    Raises:
        GazetteerError: a row breaks the rules, or the file can't be written.
    """

    def fill(connection: sqlite3.Connection) -> None:
        with contextlib.closing(sqlite3.connect(f"{base.resolve().as_uri()}?mode=ro", uri=True)) as source:
            source.backup(connection)
        connection.execute("BEGIN")
        _insert(connection, collected)
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        content = hashlib.sha256(f"{meta['content']}{text}".encode()).hexdigest()
        sources = json.dumps([*json.loads(meta["sources"]), f"{where}: {count} rows"])
        meta |= {"content": content, "version": f"{SCHEMA}.{content[:12]}", "sources": sources}
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", sorted(meta.items()))
        connection.execute("COMMIT")

    collected = Collected()
    with contextlib.closing(sqlite3.connect(f"{base.resolve().as_uri()}?mode=ro", uri=True)) as known:
        columns = "id, name, lat, lon, cc, a1, a2, pop, kind, radius_km, origin"
        for number in stated_ids(text, where):
            for row in known.execute(f"SELECT {columns} FROM place WHERE id = ?", (number,)):
                collected.places[number] = PlaceRow(*row)
    count = read_supplement(collected, text, where, "own")
    _atomically(path, fill)
    return count


def _insert(connection: sqlite3.Connection, collected: Collected) -> None:
    """Add places and names to an index that has some; what is there under the same id gives way."""
    rows = [collected.places[number].values() for number in sorted(collected.places)]
    connection.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)
    names = [(key, *pair) for key in sorted(collected.names) for pair in sorted(collected.names[key].items())]
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", names)
    dated = [(*key, *dates) for key, dates in sorted(collected.dated.items())]
    connection.executemany("INSERT OR REPLACE INTO dated VALUES (?,?,?,?)", dated)
    hashes = array("I")
    hashes.frombytes(connection.execute("SELECT hashes FROM filter").fetchone()[0])
    merged = array("I", sorted({*hashes, *(key_hash(key) for key in collected.names)}))
    connection.execute("UPDATE filter SET hashes = ?", (merged.tobytes(),))


def _write(path: Path, collected: Collected, meta: dict[str, str], progress: Progress) -> None:
    _atomically(path, lambda connection: _fill(connection, collected, meta, progress))


def _atomically(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Let ``fill`` write a new file, and put it at ``path`` only when that is done."""
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
            fill(connection)
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
