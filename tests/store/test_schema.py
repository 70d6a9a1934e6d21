"""The JSON Schema of a report that is committed is the one of the code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_committed_schema_is_current():
    script = Path(__file__).resolve().parents[2] / "scripts" / "schema.py"
    assert subprocess.run([sys.executable, script, "--check"], check=False).returncode == 0
