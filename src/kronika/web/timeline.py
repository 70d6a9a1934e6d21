"""The timeline as geometry: a bar for each incident while they are few, a histogram once they are many.

Lengths are in units of a drawing ``WIDTH`` wide. What is only known to a week or coarser is drawn soft.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from kronika.web.board import NO_DAY, Board, Ints
from kronika.web.choose import Chosen
from kronika.web.view import View, day_of

WIDTH = 1000.0
#: More incidents than this are counted in bins.
MOST_MARKS = 300
_LANES = 14
_LANE_HEIGHT = 7.0
_HISTOGRAM_HEIGHT = 84.0
_MOST_BINS = 120
_SOFT = ("week", "month", "season", "year", "open", "vague", "range")
_HATCHED = ("month", "season", "year")


@dataclass(frozen=True, slots=True)
class Mark:
    """One incident: a bar from its first to its last day, open at an end that is not known."""

    id: str
    x: float
    y: float
    width: float
    look: str  # "sharp", "soft", "hatched" or "open"
    standing: str
    label: str


@dataclass(frozen=True, slots=True)
class Bin:
    """The incidents and documents of one stretch of days."""

    x: float
    width: float
    sharp: float  # heights
    soft: float
    count: int
    documents: int
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis."""

    x: float
    label: str
    is_major: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn. ``first`` and ``last`` are the days at its edges; ``step_days`` is the width of a bin."""

    first: str
    last: str
    height: float
    marks: tuple[Mark, ...]
    bins: tuple[Bin, ...]
    ticks: tuple[Tick, ...]
    step_days: int
    most: int
    density: tuple[Bin, ...]  # documents by bin, also where marks are drawn


def timeline(chosen: Chosen, view: View) -> Timeline | None:
    """Return the drawing of the incidents that have a day; None where none has."""
    board = chosen.board
    rows = chosen.rows[board.start[chosen.rows] != NO_DAY]
    if not len(rows):
        return None
    first, last = _edges(board, rows, view)
    step = max(1, -(-(last - first + 1) // _MOST_BINS))
    bins = _bins(board, rows, first, last, step)
    marks = _marks(board, rows, first, last) if len(rows) <= MOST_MARKS else ()
    height = max((mark.y for mark in marks), default=0.0) + _LANE_HEIGHT * 1.5 if marks else _HISTOGRAM_HEIGHT
    return Timeline(
        first=_iso(first),
        last=_iso(last),
        height=height,
        marks=marks,
        bins=() if marks else bins,
        ticks=_ticks(first, last),
        step_days=step,
        most=max((one.count for one in bins), default=0),
        density=bins,
    )


def _iso(day: int) -> str:
    return (date(1970, 1, 1) + timedelta(days=int(day))).isoformat()


def _edges(board: Board, rows: Ints, view: View) -> tuple[int, int]:
    """Return the first and last day drawn: what the view asks for, else what the incidents span."""
    starts = board.start[rows]
    first, last = int(starts.min()), int(starts.max())
    epoch = date(1970, 1, 1)
    if view.since:
        first = (day_of(view.since) - epoch).days
    if view.until:
        last = (day_of(view.until, is_end=True) - epoch).days
    if last - first < 6:
        first, last = first - 3, last + 3
    return first, max(first, last)


def _x(day: float, first: int, last: int) -> float:
    return round(min(max((day - first) / (last - first + 1), 0.0), 1.0) * WIDTH, 2)


def _look(precision: str, *, is_open: bool) -> str:
    if is_open:
        return "open"
    if precision in _HATCHED:
        return "hatched"
    return "soft" if precision in _SOFT else "sharp"


def _marks(board: Board, rows: Ints, first: int, last: int) -> tuple[Mark, ...]:
    lanes = [-1.0] * _LANES
    marks = []
    precisions, standings, kinds = (board.coded[name] for name in ("time_precision", "standing", "type"))
    for row in rows[np.argsort(board.start[rows], kind="stable")]:
        start = int(board.start[row])
        is_open = bool(board.end[row] == NO_DAY)
        end = last if is_open else max(int(board.end[row]), start)
        x = _x(start, first, last)
        width = max(_x(end + 1, first, last) - x, 4.0)
        lane = next((i for i, free in enumerate(lanes) if free <= x), int(np.argmin(lanes)))
        lanes[lane] = x + width + 1.5
        look = _look(precisions.values[precisions.codes[row]], is_open=is_open)
        days = f"from {_iso(start)}" if is_open else _iso(start) if end == start else f"{_iso(start)} to {_iso(end)}"
        standing, kind = standings.values[standings.codes[row]], kinds.values[kinds.codes[row]].lower()
        y = 2.0 + lane * _LANE_HEIGHT
        place = board.places.values[board.places.codes[row]]
        label = f"{days}: {kind}{', ' if place else ''}{place}; {standing}"
        marks.append(Mark(board.ids[row], x, y, width, look, standing, label))
    return tuple(marks)


def _bins(board: Board, rows: Ints, first: int, last: int, step: int) -> tuple[Bin, ...]:
    count = -(-(last - first + 1) // step)
    slots = np.clip((board.start[rows] - first) // step, 0, count - 1)
    precisions = board.coded["time_precision"]
    is_soft = precisions.among((*_SOFT, *_HATCHED))[rows]
    every = np.bincount(slots, minlength=count)
    soft = np.bincount(slots[is_soft], minlength=count)
    edges = first + step * np.arange(count + 1)
    papers = np.diff(np.searchsorted(board.published, edges))
    scale = (_HISTOGRAM_HEIGHT - 4) / max(1, int(every.max()))
    width = _x(first + step, first, last)
    return tuple(
        Bin(
            x=_x(first + step * i, first, last),
            width=round(max(width - 0.6, 0.4), 2),
            sharp=round(float(every[i] - soft[i]) * scale, 2),
            soft=round(float(soft[i]) * scale, 2),
            count=int(every[i]),
            documents=int(papers[i]),
            since=_iso(first + step * i),
            until=_iso(min(first + step * (i + 1) - 1, last)),
        )
        for i in range(count)
    )


def _ticks(first: int, last: int) -> tuple[Tick, ...]:
    """Return at most about ten dates: years, months or days, whichever fit."""
    begin, end = (date(1970, 1, 1) + timedelta(days=day) for day in (first, last))
    months = (end.year - begin.year) * 12 + end.month - begin.month
    found = []
    if months >= 2:
        step = next((one for one in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200) if months / one <= 10), 2400)
        year, month = begin.year, 1
        while (year, month) <= (end.year, end.month):
            day = (date(year, month, 1) - date(1970, 1, 1)).days
            if day >= first:
                label = str(year) if month == 1 else date(year, month, 1).strftime("%b")
                found.append(Tick(_x(day, first, last), label, month == 1))
            year, month = (year + (month - 1 + step) // 12, (month - 1 + step) % 12 + 1)
            if year > 9000:
                break
        if found and not any(tick.is_major for tick in found):
            found[0] = Tick(found[0].x, f"{found[0].label} {begin.year}", True)
        return tuple(found)
    step = max(1, (last - first) // 8)
    for day in range(first, last + 1, step):
        when = date(1970, 1, 1) + timedelta(days=day)
        label = f"{when.day} {when.strftime('%b')}" + (f" {when.year}" if day == first else "")
        found.append(Tick(_x(day, first, last), label, day == first))
    return tuple(found)
