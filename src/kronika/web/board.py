"""The board: all incidents of a record held as columns, so that any filter is answered in milliseconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select, text

from kronika.query.reviewed import EDITABLE
from kronika.records import Decision, Verdict
from kronika.store import Store
from kronika.store.decisions import read_decisions, standing_decisions
from kronika.store.schema import documents, entities, incident_names, incident_reports, incidents

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
#: A day that is not known; all others are days since 1970-01-01.
NO_DAY = np.int32(np.iinfo(np.int32).min)
CODED = ("type", "mode", "status", "standing", "certainty", "country", "place_id", "precision", "time_precision")
ROLES = ("actor", "target", "instrument")
OPEN, PARTLY, ACCEPTED, REJECTED = range(4)
REVIEW = ("open", "partly", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of few different texts: ``values[codes[row]]``; what is missing is the empty text."""

    values: list[str]
    codes: Ints

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> Coded:
        """Code a column."""
        seen: dict[str, int] = {}
        codes = np.fromiter((seen.setdefault(one or "", len(seen)) for one in texts), dtype=np.int32)
        return cls(list(seen), codes)

    def among(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Return which rows have one of the ``wanted`` values."""
        asked = set(wanted)
        keys = [key for key, value in enumerate(self.values) if value in asked]
        return np.isin(self.codes, keys)


@dataclass(frozen=True, slots=True)
class Named:
    """Who or what the incidents name in one role: entry ``i`` is name ``codes[i]`` in row ``rows[i]``.

    ``kinds`` are those of the entities, empty for what is only a name.
    """

    names: list[str]
    folded: list[str]
    entities: list[str]
    kinds: list[str]
    rows: Ints
    codes: Ints

    def rows_with(self, words: str, size: int) -> NDArray[np.bool_]:
        """Return which of ``size`` rows name a thing with this id, or with ``words`` in its name."""
        folded = words.casefold().strip()
        keys = [
            code
            for code, (name, entity) in enumerate(zip(self.folded, self.entities, strict=True))
            if folded in name or entity == words
        ]
        mask = np.zeros(size, dtype=bool)
        mask[self.rows[np.isin(self.codes, keys)]] = True
        return mask


@dataclass(slots=True)
class Board:
    """The columns; row ``i`` is the incident with the number ``numbers[i]`` in the record."""

    numbers: Ints
    ids: list[str]
    coded: dict[str, Coded]
    named: dict[str, Named]
    start: Ints
    end: Ints
    latitude: Floats
    longitude: Floats
    radius_km: Floats
    sources: Ints
    reports: Ints
    places: Coded
    published: Ints  # the day of each document that has one, sorted
    review: NDArray[np.int8]
    edits: dict[int, dict[str, Decision]] = field(default_factory=dict)
    by_start: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int32))
    lists: dict[str, Any] = field(default_factory=dict)  # what is listed of it, once it was asked for

    def __len__(self) -> int:
        return len(self.ids)

    def row_of(self, number: int) -> int | None:
        """Return the row of the incident with this number."""
        row = int(np.searchsorted(self.numbers, number))
        return row if row < len(self.numbers) and self.numbers[row] == number else None

    @property
    def is_pinned(self) -> NDArray[np.bool_]:
        """Which rows have a point on the map: country and coarser are listed, not pinned."""
        return self.coded["precision"].among(("site", "settlement", "admin2", "admin1")) & ~np.isnan(self.latitude)


class Desk:
    """The board of a store, read again when the record was changed by somebody else."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._lock = Lock()
        self._board: Board | None = None
        self._state: tuple[int, ...] = ()
        self._coverage: tuple[int, list[dict[str, Any]]] = (-1, [])

    def board(self) -> Board:
        """Return the board as of now."""
        with self.store.connect() as connection:
            state = _state(connection)
            with self._lock:
                if self._board is None or state != self._state:
                    self._board = load_board(connection)
                    self._state = state
                return self._board

    def coverage(self) -> list[dict[str, Any]]:
        """Return each publisher with how many documents it has and from when to when, those with most first.

        The whole table is read for it, so it is kept until documents are added.
        """
        with self.store.connect() as connection:
            count = _state(connection)[2]
            with self._lock:
                if self._coverage[0] != count:
                    self._coverage = (count, read_coverage(connection))
                return self._coverage[1]

    def decided(self, decision: Decision) -> None:
        """Take note of a decision that this server wrote: only what it changes is read again.

        One that changes which reports make an incident leaves the board to be read anew.
        """
        if decision.verdict not in (Verdict.ACCEPT, Verdict.REJECT):
            return
        with self.store.connect() as connection:
            state = _state(connection)
            with self._lock:
                board = self._board
                if board is None or state[0] != self._state[0] or state[2:] != self._state[2:]:
                    return
                if state[1] != self._state[1] + 1:
                    return
                decided = standing_decisions(read_decisions(connection))
                position = {int(number): row for row, number in enumerate(board.numbers)}
                homes = _homes(connection, decided, position)
                board.review = _review(decided, homes, len(board), board.reports.tolist())
                self._state = state


def _state(connection: Connection) -> tuple[int, ...]:
    """Return what changes when the incidents or the decisions do; three look-ups by key."""
    query = text(
        "SELECT (SELECT max(number) FROM incidents), (SELECT max(number) FROM decisions), "
        "(SELECT max(number) FROM documents), (SELECT max(number) FROM linkings)"
    )
    return tuple(int(value or 0) for value in connection.execute(query).one())


def read_coverage(connection: Connection) -> list[dict[str, Any]]:
    """Read what :meth:`Desk.coverage` returns."""
    publisher = func.coalesce(documents.c.publisher, "").label("publisher")
    query = select(
        publisher,
        func.count().label("documents"),
        func.min(documents.c.published).label("first"),
        func.max(documents.c.published).label("last"),
    )
    rows = connection.execute(query.group_by(publisher).order_by(func.count().desc(), publisher))
    return [dict(row) for row in rows.mappings()]


def load_board(connection: Connection) -> Board:
    """Read the columns of all incidents."""
    columns = [incidents.c[name] for name in ("number", "id", *CODED, "start", "end", "latitude", "longitude")]
    columns += [incidents.c[name] for name in ("radius_km", "sources", "reports", "place")]
    rows: Sequence[Any] = connection.execute(select(*columns).order_by(incidents.c.number)).all()
    table: dict[str, list[Any]] = {
        str(column.name): list(values)
        for column, values in zip(columns, zip(*rows, strict=True) if rows else [()] * len(columns), strict=True)
    }
    numbers = np.array(table["number"], dtype=np.int32)
    position = {number: row for row, number in enumerate(table["number"])}
    decided = standing_decisions(read_decisions(connection))
    homes = _homes(connection, decided, position)
    edits = _edits(decided, homes)
    for row, fields in edits.items():
        for name, decision in fields.items():
            table[name][row] = decision.value
    start = days(table["start"])
    board = Board(
        numbers=numbers,
        ids=table["id"],
        coded={name: Coded.of(table[name]) for name in CODED},
        named=_named(connection, position),
        start=start,
        end=days(table["end"]),
        latitude=np.array(table["latitude"], dtype=np.float64),
        longitude=np.array(table["longitude"], dtype=np.float64),
        radius_km=np.array(table["radius_km"], dtype=np.float64),
        sources=np.array(table["sources"], dtype=np.int32),
        reports=np.array(table["reports"], dtype=np.int32),
        places=Coded.of(table["place"]),
        published=_published(connection),
        review=_review(decided, homes, len(rows), table["reports"]),
        edits=edits,
    )
    board.by_start = np.lexsort((numbers, start)).astype(np.int32)
    return board


def days(texts: Iterable[str | None]) -> Ints:
    """Return ISO dates as days since 1970; ``NO_DAY`` for what is none."""
    whole = [one[:10] if one and len(one) >= 10 else "NaT" for one in texts]
    try:
        found = np.array(whole, dtype="datetime64[D]")
    except ValueError:
        found = np.array([_day(one) for one in whole], dtype="datetime64[D]")
    return np.where(np.isnat(found), NO_DAY, found.astype(np.int64)).astype(np.int32)


def _day(one: str) -> np.datetime64:
    try:
        return np.datetime64(one, "D")
    except ValueError:
        return np.datetime64("NaT", "D")


def _published(connection: Connection) -> Ints:
    texts = connection.execute(select(documents.c.published)).scalars()
    found = days(texts)
    return np.sort(found[found != NO_DAY])


def _named(connection: Connection, position: dict[int, int]) -> dict[str, Named]:
    kinds = {row.id: row.kind for row in connection.execute(select(entities.c.id, entities.c.kind))}
    query = select(
        incident_names.c.number,
        incident_names.c.role,
        incident_names.c.name,
        incident_names.c.folded,
        incident_names.c.entity,
    )
    found: dict[str, tuple[dict[tuple[str, str], int], list[str], list[int], list[int]]] = {
        role: ({}, [], [], []) for role in ROLES
    }
    for number, role, name, folded, entity in connection.execute(query):
        seen, names, rows, codes = found["actor" if role == "defender" else role]  # who takes part, on either side
        code = seen.setdefault((folded, entity or ""), len(seen))
        if code == len(names):
            names.append(name)
        rows.append(position[number])
        codes.append(code)
    return {
        role: Named(
            names,
            [folded for folded, _ in seen],
            [entity for _, entity in seen],
            [kinds.get(entity, "") for _, entity in seen],
            np.array(rows, dtype=np.int32),
            np.array(codes, dtype=np.int32),
        )
        for role, (seen, names, rows, codes) in found.items()
    }


def _homes(connection: Connection, decided: list[Decision], position: dict[int, int]) -> dict[str, int]:
    """Return the row of the incident that each event spoken of in a decision is in."""
    subjects = sorted({subject for decision in decided for subject in decision.subjects})
    homes: dict[str, int] = {}
    for first in range(0, len(subjects), 5_000):
        query = select(incident_reports.c.event, incident_reports.c.number)
        part = query.where(incident_reports.c.event.in_(subjects[first : first + 5_000]))
        homes.update((event, position[number]) for event, number in connection.execute(part))
    return homes


def _edits(decided: list[Decision], homes: dict[str, int]) -> dict[int, dict[str, Decision]]:
    found: defaultdict[int, dict[str, Decision]] = defaultdict(dict)
    for decision in decided:
        if decision.verdict is Verdict.EDIT and decision.field in EDITABLE:
            row = next((homes[subject] for subject in decision.subjects if subject in homes), None)
            if row is not None:
                found[row][decision.field] = decision
    return dict(found)


def _review(decided: list[Decision], homes: dict[str, int], size: int, reports: Sequence[int]) -> NDArray[np.int8]:
    """Return the state of each incident: a rejection of any report rejects it, acceptance takes all of them."""
    said: dict[str, Verdict] = {}
    for decision in decided:
        if decision.verdict in (Verdict.ACCEPT, Verdict.REJECT):
            said.update(dict.fromkeys(decision.subjects, decision.verdict))
    accepted: defaultdict[int, int] = defaultdict(int)
    rejected: set[int] = set()
    for event, verdict in said.items():
        row = homes.get(event)
        if row is None:
            continue
        if verdict is Verdict.ACCEPT:
            accepted[row] += 1
        else:
            rejected.add(row)
    state = np.zeros(size, dtype=np.int8)
    for row, count in accepted.items():
        state[row] = ACCEPTED if count >= reports[row] else PARTLY
    state[sorted(rejected)] = REJECTED
    return state
