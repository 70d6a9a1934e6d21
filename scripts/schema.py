"""Write the JSON Schema of a report to ``docs/report.schema.json``; with ``--check``, fail if that is not current."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kronika.records import Report
from kronika.store.codec import json_schema

PATH = Path(__file__).resolve().parents[1] / "docs" / "report.schema.json"


def schema() -> str:
    """Return the schema as the text of the file."""
    return json.dumps(json_schema(Report), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PATH.write_text(schema(), encoding="utf-8")
    elif not PATH.exists() or PATH.read_text(encoding="utf-8") != schema():
        sys.exit(f"{PATH.name} is not current: run python scripts/schema.py")
