"""Where the pipeline runs: this process, or a pool of processes."""

from __future__ import annotations

from kronika.engine.run import run

__all__ = ["run"]
