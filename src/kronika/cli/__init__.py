"""The command line: one module a command, loaded when it is called.

Exit codes: 0 all well · 1 an error · 2 wrong usage · 3 at least one document was refused · 130 interrupted.
"""

from __future__ import annotations

from kronika.cli.main import main

__all__ = ["main"]
