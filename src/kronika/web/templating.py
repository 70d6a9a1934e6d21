"""Jinja2 with everything escaped, and characters that turn text around made visible."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from kronika.version import VERSION
from kronika.web import words
from kronika.web.assets import are_built, asset

#: Marks that reorder or hide text: shown as what they are, so that a document can't disguise what it says.
_INVISIBLE = {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)}
_INVISIBLE |= dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), "�")
_HIDING = re.compile(f"[{re.escape(''.join(map(chr, _INVISIBLE)))}]")  # looked for first: few texts have any


def visible(value: Any) -> Any:
    """Return text with its invisible marks written out; anything else as it is.

    >>> visible("safe \\u202e evil")
    'safe [U+202E] evil'
    """
    return value.translate(_INVISIBLE) if isinstance(value, str) and _HIDING.search(value) else value


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment of all templates."""
    made = Environment(
        loader=PackageLoader("kronika.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(version=VERSION, asset=asset, are_built=are_built, STANDING=words.STANDING)
    made.filters.update(
        when=words.when,
        time_doubt=words.time_doubt,
        place_precision=words.place_precision,
        full_day=words.full_day,
        what=words.what,
        country=words.country,
        number=words.number,
        plural=words.plural,
    )
    return made


def render(request: Request, name: str, status: int = 200, **context: Any) -> HTMLResponse:
    """Return a page: the template ``name`` with ``context`` and what every page knows."""
    state = request.app.state
    query = request.url.query
    text = (
        environment()
        .get_template(name)
        .render(
            path=request.url.path,
            here=request.url.path + (f"?{query}" if query else ""),
            csrf=getattr(request.state, "csrf", ""),
            read_only=state.options.read_only,
            record=state.options.title,
            reviewer=state.reviewer(request),
            **context,
        )
    )
    return HTMLResponse(text.encode("utf-8", "replace"), status)
