"""JSON and JSON lines: records whole, in the order of their fields."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from kronika.store.codec import to_dict, to_json


def write_json(records: Iterable[object], stream: IO[str]) -> None:
    """Write ``records`` as one indented JSON list."""
    json.dump([to_dict(record) for record in records], stream, ensure_ascii=False, indent=2)
    stream.write("\n")


def write_jsonl(records: Iterable[object], stream: IO[str]) -> None:
    """Write ``records``, one JSON object a line, as they come."""
    for record in records:
        stream.write(to_json(record) + "\n")
