"""Build the index in a temporary file, and rename it when complete. The same inputs give the same bytes."""

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
from kronika.gazetteer.ondisk import OnDisk, version_of
from kronika.gazetteer.packages import capitals, package_versions, read_packages
from kronika.gazetteer.rows import Collected, PlaceRow, Sink
from kronika.gazetteer.schema import CREDIT, SCHEMA
from kronika.gazetteer.supplement import OF_USER, read_supplement, stated_ids, supplement_text

Progress = Callable[[str, float], None]
Reader = Callable[[Sink], str]


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

    def fill(connection: sqlite3.Connection) -> None:
        sink = OnDisk(connection)
        supplement = supplement_text()
        meta = {
            "schema": str(SCHEMA),
            "packages": json.dumps(package_versions(), sort_keys=True),
            "supplement": hashlib.sha256(supplement.encode()).hexdigest(),
            "capitals": json.dumps(_packages_into(sink, supplement, progress)),
            "credit": CREDIT,
        }
        progress("reading dumps", 0.6)
        meta["sources"] = json.dumps([reader(sink) for reader in readers])
        progress("sorting names", 0.7)
        sink.finish(meta)

    _atomically(path, fill)
    progress("done", 1.0)


def _packages_into(sink: OnDisk, supplement: str, progress: Progress) -> list[int]:
    """Add what is installed and the supplement to ``sink``; returns the ids of the capitals."""
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects, none of them garbage: the collector would take a third of the time
    try:
        collected = Collected()
        read_packages(collected)
        progress("reading the supplement", 0.45)
        read_supplement(collected, supplement, "supplement.csv", "supplement")
        found = capitals(collected)
        progress("writing places and names", 0.5)
        sink.take(collected)
        return found
    finally:
        if collecting:
            gc.enable()


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
        meta |= {**version_of(content, meta["schema"]), "sources": sources}
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", sorted(meta.items()))
        connection.execute("COMMIT")

    collected = Collected()
    with contextlib.closing(sqlite3.connect(f"{base.resolve().as_uri()}?mode=ro", uri=True)) as known:
        columns = "id, name, lat, lon, cc, a1, a2, pop, kind, radius_km, origin, known"
        for number in stated_ids(text, where):
            for row in known.execute(f"SELECT {columns} FROM place WHERE id = ?", (number,)):
                collected.places[number] = PlaceRow(*row)
    count = read_supplement(collected, text, where, OF_USER)
    _atomically(path, fill)
    return count


def _insert(connection: sqlite3.Connection, collected: Collected) -> None:
    """Add places and names to an index that has some; what is there under the same id gives way."""
    rows = [collected.places[number].values() for number in sorted(collected.places)]
    connection.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
    names = [(key, *pair) for key in sorted(collected.names) for pair in sorted(collected.names[key].items())]
    # a name that is known gains the user's word for it
    better = "ON CONFLICT DO UPDATE SET src = min(src, excluded.src)"
    connection.executemany(f"INSERT INTO name VALUES (?,?,?) {better}", names)
    dated = [(*key, *dates) for key, dates in sorted(collected.dated.items())]
    connection.executemany("INSERT OR REPLACE INTO dated VALUES (?,?,?,?)", dated)
    hashes = array("I")
    hashes.frombytes(connection.execute("SELECT hashes FROM filter").fetchone()[0])
    merged = array("I", sorted({*hashes, *(key_hash(key) for key in collected.names)}))
    connection.execute("UPDATE filter SET hashes = ?", (merged.tobytes(),))


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
