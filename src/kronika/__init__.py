"""kronika turns war reporting into a record you can audit.

>>> import kronika
>>> record = kronika.open(":memory:")
>>> len(record.events())
0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kronika.version import VERSION

__version__ = VERSION

if TYPE_CHECKING:
    from kronika.api import Record, open, read
    from kronika.engine.adding import Added
    from kronika.errors import KronikaError
    from kronika.records import Document, Event, Finding, Incident, Report, Span

__all__ = [
    "Added",
    "Document",
    "Event",
    "Finding",
    "Incident",
    "KronikaError",
    "Record",
    "Report",
    "Span",
    "__version__",
    "open",
    "read",
]

_HOMES = {"Added": "engine.adding", "Record": "api", "open": "api", "read": "api", "KronikaError": "errors"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: importing kronika alone costs milliseconds."""
    if name not in __all__:
        raise AttributeError(f"module 'kronika' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"kronika.{_HOMES.get(name, 'records')}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
