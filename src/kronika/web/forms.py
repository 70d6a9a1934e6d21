"""Writes: a form is read only after its CSRF token was checked, and never in a read-only run."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from fastapi import Request

from kronika.errors import KronikaError

_MOST_BYTES = 64_000
#: The OpenAPI of a form body that :func:`read_form` reads.
FORM: dict[str, Any] = {
    "requestBody": {
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "additionalProperties": {"type": "string"}}
            }
        }
    },
    "responses": {"303": {"description": "done"}, "403": {"description": "refused"}},
}


class Refused(KronikaError):  # noqa: N818 - it names what became of the request
    """Raised when a write is not let in; ``status`` is the HTTP status to answer with."""

    def __init__(self, message: str, status: int = 403, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form, the first value of each.

    Raises:
        Refused: the server only shows, the token is missing or wrong, or the form is too long.
    """
    if request.app.state.options.read_only:
        raise Refused("This server only shows the record; it was started with --read-only.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise Refused("The form is too long.", 413)
    try:
        read = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=200)
    except ValueError as error:
        raise Refused("The form has too many fields.", 413) from error
    form = {name: values[0] for name, values in read.items()}
    given = request.headers.get("x-kronika-csrf") or form.pop("csrf", "")
    rules = request.app.state.rules
    if not rules.is_csrf(getattr(request.state, "session", ""), given):
        raise Refused("The form is from another session.", 403, "Load the page again and repeat what you did.")
    return form


def local_address(address: str, otherwise: str) -> str:
    """Return ``address`` if it leads to a page of this server, else ``otherwise``.

    >>> local_address("/review?at=i-1", "/"), local_address("//elsewhere.example/", "/")
    ('/review?at=i-1', '/')
    """
    parts = urlsplit(address)
    is_local = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith("//")
    if not is_local or "\\" in address or not address.isprintable() or not address.isascii():
        return otherwise
    return address
