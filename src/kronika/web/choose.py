"""Which incidents a view asks for, in its order, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import text

from kronika.store import Store
from kronika.store.search import match_expression
from kronika.web.board import NO_DAY, REVIEW, Board, Ints
from kronika.web.view import View, day_of, read_box

Mask = NDArray[np.bool_]
#: What is shown unless a status is asked for: what is said to have happened, also where somebody denies it.
HAPPENED = ("occurred", "ongoing", "attempted", "intercepted", "denied")
FACETS = ("type", "country", "standing", "certainty", "status")
_SHOWN = 14


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: how many incidents would be left, were it chosen."""

    value: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows of the board that are asked for, in order; ``facets`` by name."""

    board: Board
    rows: Ints
    facets: Mapping[str, list[Option]]
    without_day: int
    not_pinned: int

    def __len__(self) -> int:
        return len(self.rows)

    def page(self, view: View, size: int) -> Ints:
        """Return the rows of the view's page."""
        first = (view.page - 1) * size
        return self.rows[first : first + size]


def choose(board: Board, view: View, found: Ints | None = None, *, with_facets: bool = True) -> Chosen:
    """Return what ``view`` asks for; ``found`` are the numbers that a full-text search found, if it asks for words."""
    masks = _masks(board, view, found)
    mask = np.logical_and.reduce(list(masks.values())) if masks else np.ones(len(board), dtype=bool)
    rows = _sorted(board, view, mask)
    facets: dict[str, list[Option]] = {}
    if with_facets:
        facets = {name: _facet(board, view, masks, name) for name in FACETS}
        facets["reviewed"] = _review_facet(board, view, masks)
        facets["weapon"] = _names_facet(board, mask)
    return Chosen(
        board,
        rows,
        facets,
        without_day=int((board.start[mask] == NO_DAY).sum()),
        not_pinned=int((mask & ~board.is_pinned).sum()),
    )


def search_numbers(store: Store, words: str) -> Ints | None:
    """Return the numbers of the incidents whose reports hold all ``words``; None where none are asked for."""
    if not words.strip():
        return None
    query = text("SELECT rowid FROM incidents_search WHERE incidents_search MATCH :match")
    with store.connect() as connection:
        return np.fromiter(connection.execute(query, {"match": match_expression(words)}).scalars(), dtype=np.int32)


def _masks(board: Board, view: View, found: Ints | None) -> dict[str, Mask]:
    masks: dict[str, Mask] = {}
    for name in ("type", "country", "standing", "certainty"):
        if wanted := getattr(view, name):
            masks[name] = board.coded[name].among(wanted)
    if "any" not in view.status:
        masks["status"] = board.coded["status"].among(view.status or HAPPENED)
    for name, role in (("actor", "actor"), ("target", "target"), ("weapon", "instrument")):
        if words := getattr(view, name).strip():
            masks[name] = board.named[role].rows_with(words, len(board))
    if view.since:
        masks["since"] = (board.start != NO_DAY) & (_last_day(board) >= _number(view.since))
    if view.until:
        masks["until"] = (board.start != NO_DAY) & (board.start <= _number(view.until, is_end=True))
    if view.sources:
        masks["sources"] = board.sources >= view.sources
    if view.reviewed:
        masks["reviewed"] = np.isin(board.review, [REVIEW.index(one) for one in view.reviewed if one in REVIEW])
    if view.place:
        masks["place"] = _at(board, view.place)
    if view.box:
        masks["box"] = _inside(board, view.box)
    if found is not None:
        masks["q"] = np.isin(board.numbers, found)
    return masks


def _last_day(board: Board) -> Ints:
    last: Ints = np.where(board.end == NO_DAY, board.start, board.end)
    return last


def _number(prefix: str, *, is_end: bool = False) -> int:
    return int(np.datetime64(day_of(prefix, is_end=is_end), "D").astype(np.int64))


def _at(board: Board, wanted: str) -> Mask:
    coded = board.coded["place_id"]
    if wanted in coded.values and wanted:
        return coded.among((wanted,))
    folded = wanted.casefold()
    return board.places.among(name for name in board.places.values if folded in name.casefold())


def _inside(board: Board, text_of_box: str) -> Mask:
    west, south, east, north = read_box(text_of_box)
    with np.errstate(invalid="ignore"):
        inside = (board.latitude >= south) & (board.latitude <= north)
        if west <= east:
            inside &= (board.longitude >= west) & (board.longitude <= east)
        else:
            inside &= (board.longitude >= west) | (board.longitude <= east)
    found: Mask = inside & board.is_pinned
    return found


def _sorted(board: Board, view: View, mask: Mask) -> Ints:
    """Return the rows in the view's order; those without a day come last whichever way the time runs."""
    rows: Ints = board.by_start[mask[board.by_start]]
    undated = int((board.start[rows] == NO_DAY).sum())  # they come first in by_start
    nowhen, dated = rows[:undated], rows[undated:]
    if view.sort != "earliest":
        dated = dated[::-1]
    rows = np.concatenate((dated, nowhen))
    if view.sort in ("sources", "reports"):
        weight = board.sources if view.sort == "sources" else board.reports
        rows = rows[np.argsort(-weight[rows], kind="stable")]
    return rows


def _others(masks: Mapping[str, Mask], name: str, size: int) -> Mask:
    rest = [mask for key, mask in masks.items() if key != name]
    return np.logical_and.reduce(rest) if rest else np.ones(size, dtype=bool)


def _facet(board: Board, view: View, masks: Mapping[str, Mask], name: str) -> list[Option]:
    column = board.coded[name]
    counts = np.bincount(column.codes[_others(masks, name, len(board))], minlength=len(column.values))
    chosen = getattr(view, name)
    options = [
        Option(value, int(count), value in chosen)
        for value, count in zip(column.values, counts, strict=True)
        if value and (count or value in chosen)
    ]
    options.sort(key=lambda option: (not option.is_chosen, -option.count, option.value))
    return options[:_SHOWN]


def _review_facet(board: Board, view: View, masks: Mapping[str, Mask]) -> list[Option]:
    counts = np.bincount(board.review[_others(masks, "reviewed", len(board))], minlength=len(REVIEW))
    options = zip(REVIEW, counts, strict=True)
    return [
        Option(name, int(count), name in view.reviewed) for name, count in options if count or name in view.reviewed
    ]


def _names_facet(board: Board, mask: Mask) -> list[Option]:
    named = board.named["instrument"]
    counts = np.bincount(named.codes[mask[named.rows]], minlength=len(named.names))
    most = np.argsort(-counts, kind="stable")[:10]
    return [Option(named.names[code], int(counts[code]), False) for code in most if counts[code]]
