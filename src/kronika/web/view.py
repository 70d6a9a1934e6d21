"""The view: what a page shows, all of it in its URL, with its parameters always in one order."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
Sort = Literal["latest", "earliest", "sources", "reports"]
ROWS = 60


def day_of(prefix: str, *, is_end: bool = False) -> date:
    """Return the first (or last, if ``is_end``) day that an ISO date or prefix covers.

    >>> day_of("2024-02"), day_of("2024-02", is_end=True)
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))

    Raises:
        ValueError: it is no date.
    """
    found = _DATE.match(prefix)
    if not found:
        raise ValueError(f"{prefix!r} is no date; write 2025-04-29, 2025-04 or 2025")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if not is_end or day:
        return date(year, month or 1, day or 1)
    if month is None or month == 12:
        date(year, month or 12, 31)
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def _checked_date(value: object) -> object:
    if isinstance(value, str):
        value = value.strip()
        if value:
            day_of(value)
            day_of(value, is_end=True)
    return value


def _without_empty(value: object) -> object:
    values = value if isinstance(value, (list, tuple)) else [value]
    return tuple(dict.fromkeys(str(one).strip() for one in values if str(one).strip()))


def _number(value: object) -> object:
    return None if value == "" else value


def _box(value: object) -> object:
    if isinstance(value, str) and value.strip():
        read_box(value)
    return value


def read_box(text: str) -> tuple[float, float, float, float]:
    """Return (west, south, east, north) in degrees out of "30.1,50,31,51.5".

    Raises:
        ValueError: it is no such box.
    """
    parts = text.split(",")
    if len(parts) != 4:
        raise ValueError("a box is west,south,east,north in degrees")
    west, south, east, north = (float(part) for part in parts)
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("a box is west,south,east,north in degrees, south before north")
    return west, south, east, north


Text = Annotated[str, Field(max_length=300)]
Day = Annotated[str, BeforeValidator(_checked_date)]
Several = Annotated[tuple[str, ...], BeforeValidator(_without_empty), Field(max_length=40)]


class View(BaseModel):
    """What is asked for. Every field is a URL parameter; those that repeat mean any of their values."""

    model_config = ConfigDict(frozen=True)

    q: Text = Field("", description="words of the reports; quoted words stand together")
    since: Day = Field("", description="ISO date or prefix")
    until: Day = Field("", description="ISO date or prefix")
    place: Text = Field("", description="id of a place, or part of its name")
    country: Several = Field((), description="ISO 3166 alpha-2 codes")
    type: Several = Field((), description="PLOVER types")
    weapon: Text = Field("", description="part of the name of a weapon")
    actor: Text = Field("", description="part of the name of an actor, or its id")
    target: Text = Field("", description="part of the name of a target, or its id")
    standing: Several = Field((), description="stated, attributed, contested")
    certainty: Several = Field((), description="certain, probable, possible, doubtful, denied")
    status: Several = Field((), description="occurred, ongoing, … ; 'any' for all")
    sources: Annotated[Annotated[int, Field(ge=0, le=10_000)] | None, BeforeValidator(_number)] = Field(
        None, description="at least so many independent sources"
    )
    reviewed: Several = Field((), description="accepted, rejected, partly, open")
    box: Annotated[str, BeforeValidator(_box), Field(max_length=120)] = Field(
        "", description="west,south,east,north in degrees"
    )
    sort: Annotated[Sort, BeforeValidator(lambda value: value or "latest")] = Field("latest", description="order")
    page: Annotated[int, BeforeValidator(lambda value: value or 1), Field(ge=1, le=100_000)] = Field(
        1, description="counted from 1"
    )

    def pairs(self, **changes: object) -> list[tuple[str, str]]:
        """Return the parameters that differ from their defaults, in order; ``changes`` are applied first.

        Any change but of the page itself goes back to the first page.
        """
        if changes and "page" not in changes:
            changes["page"] = 1
        found: list[tuple[str, str]] = []
        for name, field in type(self).model_fields.items():
            value = changes.get(name, getattr(self, name))
            if value in (None, "", ()) or value == field.default:
                continue
            values = value if isinstance(value, (tuple, list)) else (value,)
            found.extend((name, str(one)) for one in values)
        return found

    def query(self, **changes: object) -> str:
        """Return the query string, with its question mark, or nothing where everything is default."""
        pairs = self.pairs(**changes)
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def is_default(self) -> bool:
        """Whether nothing is filtered."""
        return not self.pairs(page=1, sort="latest")


KNOWN = tuple(View.model_fields)
