"""kronika turns war reporting into a record you can audit."""

from __future__ import annotations

__version__ = "0.1.0"
