"""Who decides: the name that a browser keeps for the person before it."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request
from fastapi.responses import Response

_COOKIE = "kronika_reviewer"
_YEAR_S = 31_536_000
_LONGEST_NAME = 80


def reviewer_of(request: Request, otherwise: str) -> str:
    """Return the name that decisions are signed with."""
    return unquote(request.cookies.get(_COOKIE, "")).strip()[:_LONGEST_NAME] or otherwise


def keep_reviewer(response: Response, name: str) -> None:
    """Let the browser keep ``name`` for a year."""
    kept = quote(name.strip()[:_LONGEST_NAME])
    response.set_cookie(_COOKIE, kept, httponly=True, samesite="strict", max_age=_YEAR_S)
