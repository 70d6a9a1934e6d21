"""The index while it is written: rows go to disk as they come, and are sorted there. Memory does not grow with them."""

from __future__ import annotations

import hashlib
import sqlite3
from array import array
from collections.abc import Iterator

import numpy as np

from kronika.gazetteer.keys import key_hash, name_key
from kronika.gazetteer.rows import Collected, PlaceRow, kept_name
from kronika.gazetteer.schema import ADM1, ADM2, ADM3, DERIVED, SETTLEMENT, TABLES
from kronika.gazetteer.spelling import spelling
from kronika.gazetteer.words import words

#: Rows that wait in memory before they are written together.
_BATCH = 50_000
_PLACE = "INSERT OR IGNORE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
_SETTINGS = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096; PRAGMA cache_size = -65536;
PRAGMA temp_store = FILE;
"""
#: Names and parents as they come; gone when the index is complete.
_PASSING = """
CREATE TABLE spelled (n TEXT NOT NULL, id INTEGER NOT NULL, src INTEGER NOT NULL);
CREATE TABLE inside (child INTEGER NOT NULL, parent INTEGER NOT NULL);
"""


class OnDisk:
    """A :class:`kronika.gazetteer.rows.Sink` that writes into an empty index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.executescript(_SETTINGS + TABLES + _PASSING)
        connection.execute("BEGIN")
        self._names: list[tuple[str, int, int]] = []

    def take(self, collected: Collected) -> None:
        """Add all that was collected in memory; what that is made of is freed."""
        rows = (collected.places[number].values() for number in sorted(collected.places))
        self._connection.executemany(_PLACE, rows)
        names = ((key, *pair) for key, places in collected.names.items() for pair in places.items())
        self._connection.executemany("INSERT INTO spelled VALUES (?,?,?)", names)
        collected.names.clear()
        collected.places.clear()
        dated = [(*key, *dates) for key, dates in sorted(collected.dated.items())]
        self._connection.executemany("INSERT OR REPLACE INTO dated VALUES (?,?,?,?)", dated)

    def knows(self, place: int) -> bool:
        """Whether there is a place with this id."""
        return self._connection.execute("SELECT 1 FROM place WHERE id = ?", (place,)).fetchone() is not None

    def put(self, row: PlaceRow) -> None:
        """Add a place; one that is known keeps its row, and gains a point if it has none."""
        values = row.values()
        if not self._connection.execute(_PLACE, values).rowcount:
            self._connection.execute(
                "UPDATE place SET lat = ?, lon = ? WHERE id = ? AND lat IS NULL", (values[2], values[3], row.id)
            )

    def name(self, text: str, place: int, source: int) -> None:
        """Let ``text`` name ``place``; the better source stays."""
        kept = kept_name(text, source)
        if kept is not None:
            self._names.append((kept[0], place, kept[1]))
            if len(self._names) >= _BATCH:
                self._flush()

    def date(self, text: str, place: int, valid_from: str | None, valid_to: str | None) -> None:
        """Say when ``text`` was the name of ``place``."""
        row = (name_key(text), place, valid_from, valid_to)
        self._connection.execute("INSERT OR REPLACE INTO dated VALUES (?,?,?,?)", row)

    def lies_in(self, child: int, parent: int) -> None:
        """Say that a place lies in another."""
        self._connection.execute("INSERT INTO inside VALUES (?,?)", (child, parent))

    def _flush(self) -> None:
        self._connection.executemany("INSERT INTO spelled VALUES (?,?,?)", self._names)
        self._names.clear()

    def finish(self, meta: dict[str, str]) -> None:
        """Sort the names, write regions, filter and ``meta`` (with counts, content hash and version); commit."""
        self._flush()
        run = self._connection.execute
        for level, code in ((ADM1, "a1"), (ADM2, "a2")):
            run(_CODES.format(code=code, more="" if level == ADM1 else _SAME_REGION), (level,))
        run("INSERT INTO name SELECT n, id, min(src) FROM spelled GROUP BY n, id ORDER BY n, id")
        run("DROP TABLE spelled")
        self._respell()
        run("CREATE TABLE counted AS SELECT id, count(*) AS names FROM name GROUP BY id ORDER BY id")
        run("UPDATE place SET known = counted.names FROM counted WHERE counted.id = place.id")
        run("DROP TABLE counted")
        run("DROP TABLE inside")
        run(_UNITS, {"first": ADM1, "second": ADM2})
        hashes, digest = self._hashes()
        run("INSERT INTO filter VALUES (0, ?)", (hashes,))
        places = run("SELECT count(*) FROM place").fetchone()[0]
        keys = run("SELECT count(DISTINCT n) FROM name").fetchone()[0]
        meta = {**meta, **version_of(digest, meta["schema"]), "places": str(places), "names": str(keys)}
        self._connection.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
        run("COMMIT")
        run("VACUUM")  # the same rows leave the same bytes, whatever was dropped between them

    def _respell(self) -> None:
        """Keep the spellings of towns and regions in countries whose names are romanised in several ways."""
        self._connection.create_function("spelled", 1, _spelling_hash, deterministic=True)
        romanised = ",".join(f"'{code}'" for code in sorted(words().romanised))
        self._connection.execute(_ALIKE.format(countries=romanised), (DERIVED, SETTLEMENT, ADM1, ADM2, ADM3))

    def _hashes(self) -> tuple[bytes, str]:
        """The sorted hashes of all keys, and the hash of all rows."""
        digest = hashlib.sha256()
        for row in self._connection.execute("SELECT * FROM place ORDER BY id"):
            digest.update(repr(row).encode())
        hashes = array("I")
        last = ""
        for row in self._names_in_order():
            digest.update(repr(row).encode())
            if row[0] != last:
                last = row[0]
                hashes.append(key_hash(last))
        return np.unique(np.frombuffer(hashes, dtype=np.uint32)).tobytes(), digest.hexdigest()

    def _names_in_order(self) -> Iterator[tuple[str, int, int]]:
        yield from self._connection.execute("SELECT n, id, src FROM name ORDER BY n, id")


def _spelling_hash(key: str) -> int | None:
    found = spelling(key)
    return key_hash(found) if found else None


_ALIKE = """
WITH found AS MATERIALIZED (
    SELECT spelled(n) AS h, place.id AS id FROM place JOIN name ON name.id = place.id
    WHERE src <= ? AND kind IN (?, ?, ?, ?) AND cc IN ({countries})
)
INSERT INTO alike SELECT DISTINCT h, id FROM found WHERE h IS NOT NULL ORDER BY 1, 2
"""
_CODES = """
UPDATE place SET {code} = outer.{code} FROM inside JOIN place AS outer ON outer.id = inside.parent
WHERE inside.child = place.id AND place.{code} = '' AND outer.cc = place.cc AND outer.kind = ? {more}
"""
_SAME_REGION = "AND outer.a1 = place.a1"
_UNITS = """
INSERT OR IGNORE INTO unit SELECT ifnull(cc, ''), a1, CASE kind WHEN :second THEN a2 ELSE '' END AS second, id, name
FROM place WHERE kind IN (:first, :second) AND a1 <> '' ORDER BY 1, 2, 3, 4
"""


def version_of(content: str, schema: str) -> dict[str, str]:
    """Return what ``meta`` says of an index with this content hash."""
    return {"content": content, "version": f"{schema}.{content[:12]}"}
