"""The directories: all facilities, places and actors that incidents name, with how many incidents each has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from sqlalchemy import Connection, select

from kronika.records import Entity
from kronika.store.codec import from_json
from kronika.store.schema import entities
from kronika.web.board import Board

Kind = Literal["facility", "place", "actor"]
Row = dict[str, Any]
ROLE: dict[str, str] = {"facility": "target", "actor": "actor"}
_AT_ONCE = 5_000


def directory(board: Board, kind: Kind, words: str, *, is_whole: bool = False) -> list[Row]:
    """Return the things of a kind: key, name and number of incidents, those with most first.

    Facilities are those that were identified; ``is_whole`` adds all else that was a target, known by its words only.
    """
    found = board.lists.get(kind)
    if found is None:
        found = _places(board) if kind == "place" else _named(board, kind)
        found.sort(key=lambda row: (-row["incidents"], row["name"], row["key"]))
        board.lists[kind] = found
    folded = words.casefold().strip()
    is_chosen = kind != "facility" or is_whole
    return [
        row for row in found if (is_chosen or row["is_identified"]) and (not folded or folded in row["name"].casefold())
    ]


def _places(board: Board) -> list[Row]:
    coded = board.coded["place_id"]
    codes, first, counts = np.unique(coded.codes, return_index=True, return_counts=True)
    names = [board.places.values[code] for code in board.places.codes[first]]
    return [
        {"key": coded.values[code], "name": name, "incidents": count, "is_identified": True}
        for code, name, count in zip(codes.tolist(), names, counts.tolist(), strict=True)
        if coded.values[code]
    ]


def _named(board: Board, kind: Kind) -> list[Row]:
    """Return the rows of what is named; an incident that calls one thing by two names counts once."""
    named = board.named[ROLE[kind]]
    rows: list[Row] = []
    places: dict[str, int] = {}
    homes = np.empty(len(named.names), dtype=np.int64)
    for code, name in enumerate(named.names):
        key = named.entities[code] or named.folded[code]
        homes[code] = places.setdefault(key, len(rows))
        if homes[code] == len(rows):
            is_identified = named.kinds[code] == "facility"
            rows.append({"key": key, "name": name, "incidents": 0, "is_identified": is_identified})
    pairs = np.unique(named.rows.astype(np.int64) * len(rows) + homes[named.codes]) if rows else homes
    for row, count in zip(rows, np.bincount(pairs % max(len(rows), 1), minlength=len(rows)).tolist(), strict=True):
        row["incidents"] = count
    return rows


def with_places(connection: Connection, board: Board, rows: Sequence[Row]) -> list[Row]:
    """Return rows of a directory of facilities, each with its own name and the place it stands in, as far as known."""
    things: dict[str, Entity] = {}
    keys = [row["key"] for row in rows if row["is_identified"]]
    for first in range(0, len(keys), _AT_ONCE):
        query = select(entities.c.id, entities.c.body).where(entities.c.id.in_(keys[first : first + _AT_ONCE]))
        things.update((key, from_json(Entity, body)) for key, body in connection.execute(query))
    found = []
    for row in rows:
        thing = things.get(row["key"])
        at = place_name(board, thing.settlement) if thing else ""
        name = thing.name if thing else row["name"]
        found.append({"key": row["key"], "name": name, "at": at, "incidents": row["incidents"]})
    return found


def place_name(board: Board, key: str | None) -> str:
    """Return the name of the place with this id, as far as an incident is there."""
    names = board.lists.get("names of places")
    if names is None:
        names = {row["key"]: row["name"] for row in _places(board)}
        board.lists["names of places"] = names
    return str(names.get(key or "", ""))
