"""What the browser is given: our own stylesheet, and the modules that the build put beside it."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

STATIC = Path(__file__).parent / "static"
BUILT = STATIC / "build"
#: The command that makes the assets where an installation came without them.
BUILD_COMMAND = "python hatch_build.py"
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


def are_built() -> bool:
    """Whether the map, the timeline and the review keys have their modules; pages work without them."""
    return (BUILT / "map.js").exists()


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """Return the address of an asset, which changes when its content does."""
    path = STATIC / name
    mark = blake2b(path.read_bytes(), digest_size=6).hexdigest() if path.exists() else "none"
    return f"/static/{name}?{mark}"


def read_asset(name: str) -> tuple[bytes, str] | None:
    """Return the bytes and the media type of an asset; None for anything else, outside the folder above all."""
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC.resolve()) or not path.is_file() or path.suffix not in _TYPES:
        return None
    return path.read_bytes(), _TYPES[path.suffix]
