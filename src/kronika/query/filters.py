"""Filters: which events of a record are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, or_, select

from kronika.errors import KronikaError
from kronika.store.schema import events, incident_names, incidents, roles

#: The roles in which a thing is looked for as the site of a happening.
_SITE_ROLES = ("target", "victim", "origin")


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; everything given must hold.

    ``facility`` is found anywhere in the name of a target or of the event's place; ``actor`` in the name of any
    participant; case does not matter. ``country`` is an ISO 3166 alpha-2 code or an English name. ``since`` and
    ``until`` are ISO dates or prefixes ("2025-04"); an event without a time is left out by either. ``type`` is a
    PLOVER type, ``status`` any of the given.
    """

    facility: str | None = None
    actor: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    status: tuple[str, ...] = ()

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on the table of events."""
        found = self._columns(events)
        if self.facility:
            surface = events.c.body  # places carry their names in the JSON only
            named = _with_role(self.facility, _SITE_ROLES)
            found.append(or_(named, surface_name(surface).icontains(self.facility, autoescape=True)))
        if self.actor:
            found.append(_with_role(self.actor, None))
        return found

    def incident_conditions(self) -> list[ColumnElement[bool]]:
        """Return the conditions on the table of incidents."""
        found = self._columns(incidents)
        if self.facility:
            named = _with_name(self.facility, "target")
            found.append(or_(named, incidents.c.place.icontains(self.facility, autoescape=True)))
        if self.actor:
            found.append(_with_name(self.actor, None))
        return found

    def _columns(self, table: Table) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if self.country:
            found.append(table.c.country == country_code(self.country))
        if self.since:
            found.append(table.c.end >= _checked(self.since))
        if self.until:
            found.append(table.c.start <= _checked(self.until) + "~")  # "~" sorts after every digit and dash
        if self.type:
            found.append(table.c.type == self.type.upper())
        if self.status:
            found.append(table.c.status.in_(self.status))
        return found


def surface_name(body: Any) -> ColumnElement[str]:
    """Return the name of the event's place, out of its JSON."""
    from sqlalchemy import func

    place: ColumnElement[str] = func.coalesce(
        func.json_extract(body, "$.place.name"), func.json_extract(body, "$.place.surface"), ""
    )
    return place


def country_code(name: str) -> str:
    """Return the ISO 3166 alpha-2 code of a country given by code or English name.

    >>> country_code("ua"), country_code("Russia")
    ('UA', 'RU')

    Raises:
        KronikaError: there is no such country.
    """
    if len(name) == 2:
        return name.upper()
    from babel import Locale

    for code, territory in sorted(Locale("en").territories.items()):
        if len(code) == 2 and code.isalpha() and territory.casefold() == name.strip().casefold():
            return str(code)
    raise KronikaError(f"no country is called {name!r}", "give its ISO 3166 code, for instance UA")


def _with_role(name: str, kinds: tuple[str, ...] | None) -> ColumnElement[bool]:
    query = select(roles.c.event).where(roles.c.folded.contains(name.casefold(), autoescape=True))
    if kinds:
        query = query.where(roles.c.role.in_(kinds))
    return events.c.id.in_(query)


def _with_name(name: str, role: str | None) -> ColumnElement[bool]:
    query = select(incident_names.c.number).where(incident_names.c.folded.contains(name.casefold(), autoescape=True))
    if role:
        query = query.where(incident_names.c.role == role)
    return incidents.c.number.in_(query)


def _checked(date: str) -> str:
    """Return ``date`` if it is an ISO date or a prefix of one."""
    import re

    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", date):
        raise KronikaError(f"{date!r} is no date", "dates are written 2025-04-29, 2025-04 or 2025")
    return date
