"""Things by name: the facility, actor or town that somebody asks for, with all the names it goes by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select

from kronika.errors import RecordError
from kronika.link.names import fold, fold_translit
from kronika.records import Entity, MentionKind
from kronika.store.entities import read_entities
from kronika.store.schema import incident_names, incidents, roles

FACILITIES = (MentionKind.FACILITY,)
ACTORS = (MentionKind.PERSON, MentionKind.BODY, MentionKind.FORCES, MentionKind.ORGANISATION)
#: So many are named where a name is not known, or means several.
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """What a name leads to: an entity with its aliases, else a town, else names as they stand in reports.

    ``names`` are the names as written, the thing's own first.
    """

    kind: str
    name: str
    names: tuple[str, ...]
    entity: Entity | None = None
    place: str | None = None

    def is_named(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that a column of names holds one of this thing's."""
        return or_(*(func.lower(column) == name.casefold() for name in self.names), column.in_(self.names))


def find_thing(connection: Connection, words: str, kinds: Iterable[MentionKind]) -> Thing:
    """Return the thing of these kinds that goes by ``words`` (a name, part of one, or an id).

    Raises:
        RecordError: there is none, or several; the message names them.
    """
    wanted = set(kinds)
    things = [thing for thing in read_entities(connection) if thing.kind in wanted]
    for match in (_is_id, _is_name, _has_words):
        found = [thing for thing in things if match(thing, words)]
        if found:
            return _of_entity(_only(found, words))
    if MentionKind.FACILITY in wanted and (town := _town(connection, words)):
        return town
    return _as_written(connection, words, things)


def _is_id(thing: Entity, words: str) -> bool:
    return thing.id == words


def _is_name(thing: Entity, words: str) -> bool:
    key = fold_translit(words)
    return any(fold_translit(name) == key for name in _names(thing))


def _has_words(thing: Entity, words: str) -> bool:
    wanted = {fold_translit(word) for word in fold(words).split()}
    return any(wanted <= {fold_translit(word) for word in fold(name).split()} for name in _names(thing))


def _names(thing: Entity) -> list[str]:
    return list(dict.fromkeys([thing.name, *(alias.name for alias in thing.aliases)]))


def _only(found: list[Entity], words: str) -> Entity:
    """Return the one that is meant: named in the most places, unless another comes near to it."""
    sizes = {thing.id: sum(len(alias.spans) for alias in thing.aliases) for thing in found}
    ordered = sorted(found, key=lambda thing: (-sizes[thing.id], thing.id))
    if len(ordered) == 1 or sizes[ordered[0].id] > 2 * sizes[ordered[1].id]:
        return ordered[0]
    listed = ", ".join(f"{thing.name} ({thing.id})" for thing in ordered[:_SHOWN])
    raise RecordError(f"{words!r} is the name of several: {listed}", "give the id of one")


def _of_entity(thing: Entity) -> Thing:
    return Thing(thing.kind.value, thing.name, tuple(_names(thing)), thing, thing.settlement)


def _town(connection: Connection, words: str) -> Thing | None:
    column = incidents.c
    query = (
        select(column.place_id, column.place, func.count())
        .where(column.place_id.is_not(None))
        .group_by(column.place_id, column.place)
        .order_by(func.count().desc(), column.place_id)
    )
    key = fold_translit(words)
    found = [row for row in connection.execute(query) if fold_translit(row.place) == key or row.place_id == words]
    if not found:
        return None
    return Thing("place", found[0].place, (found[0].place,), None, found[0].place_id)


def _as_written(connection: Connection, words: str, things: list[Entity]) -> Thing:
    folded = words.casefold()
    found: dict[str, int] = {}
    for column in (roles.c, incident_names.c):
        query = select(column.name, func.count()).where(column.folded == folded).group_by(column.name)
        for name, count in connection.execute(query):
            found[name] = found.get(name, 0) + count
    if not found:
        from rapidfuzz import process

        names = sorted({name for thing in things for name in _names(thing)})
        near = [name for name, _, _ in process.extract(words, names, limit=_SHOWN, score_cutoff=60)]
        hint = f"did you mean {'; '.join(near)}?" if near else "names are those of the reports, as they write them"
        raise RecordError(f"the record has nothing that is called {words!r}", hint)
    ordered = sorted(found, key=lambda name: (-found[name], name))
    return Thing("name", ordered[0], tuple(ordered))
