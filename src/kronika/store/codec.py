"""Records to JSON and back, in the order of their fields: the same record is always the same bytes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")


@lru_cache(maxsize=64)
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def to_json(record: object) -> str:
    """Return one record of the data model as compact JSON."""
    return _adapter(cast(Any, type(record))).dump_json(record).decode("utf-8")


def to_dict(record: object) -> dict[str, Any]:
    """Return one record as plain dictionaries, lists and strings, as in its JSON."""
    return cast(dict[str, Any], _adapter(cast(Any, type(record))).dump_python(record, mode="json"))


def from_json(kind: type[T], text: str | bytes) -> T:
    """Return the record of ``kind`` that ``text`` holds.

    Raises:
        pydantic.ValidationError: it holds no such record.
    """
    return cast(T, _adapter(cast(Any, kind)).validate_json(text))


def json_schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of ``kind``."""
    return _adapter(kind).json_schema(mode="serialization")
