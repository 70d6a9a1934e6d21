"""``python -m kronika``: the command line."""

from __future__ import annotations

from kronika.cli import main

main()
