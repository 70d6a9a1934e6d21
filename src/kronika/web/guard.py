"""The gate: which requests come in, and the headers that every answer leaves with.

- The ``Host`` must be one that the server was told to answer to: a page elsewhere can't reach it under another name.
- Away from the loopback every request needs the token, as a cookie set by the first visit or as a bearer token.
- Writes must come from our own pages: their origin is checked here, their CSRF token in :mod:`kronika.web.forms`.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

Scope = dict[str, Any]
LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")
_SAFE = ("GET", "HEAD", "OPTIONS")
#: No inline script or style, nothing from elsewhere; blob: is where the map's worker keeps its images.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
_SESSION, _TOKEN = "kronika_session", "kronika_token"


@dataclass(frozen=True, slots=True)
class Rules:
    """Whom the server answers.

    ``hosts`` are the names it goes by, without the port (none: any name, which needs ``token``); ``secret`` seals the
    CSRF tokens of this run.
    """

    hosts: tuple[str, ...] = LOOPBACK
    token: str | None = None
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def csrf(self, session: str) -> str:
        """Return the CSRF token of a session."""
        return hmac.new(self.secret, session.encode(), sha256).hexdigest()

    def is_csrf(self, session: str, given: str) -> bool:
        """Whether ``given`` is the CSRF token of a session."""
        return bool(session) and hmac.compare_digest(self.csrf(session), given)


class Guard:
    """ASGI middleware that applies :class:`Rules`."""

    def __init__(self, app: Any, rules: Rules) -> None:
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        cookies = _cookies(headers.get("cookie", ""))
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _plain(send, 403, refusal)
            return
        entered = self._enter(scope, headers, cookies)
        if entered is None:
            await _plain(send, 401, "This record needs its token: open the address that kronika serve printed.")
            return
        if entered:
            await _redirect(send, entered, f"{_TOKEN}={self._rules.token}; Path=/; HttpOnly; SameSite=Strict")
            return
        session = cookies.get(_SESSION, "")
        is_new = len(session) < 20
        session = secrets.token_urlsafe(24) if is_new else session
        scope.setdefault("state", {}).update(session=session, csrf=self._rules.csrf(session))
        cookie = f"{_SESSION}={session}; Path=/; HttpOnly; SameSite=Strict" if is_new else None
        await self._app(scope, receive, _with_headers(send, cookie))

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> str | None:
        host = headers.get("host", "")
        if self._rules.hosts and _name(host) not in self._rules.hosts:
            return f"This server does not go by the name {host!r}."
        if scope["method"] in _SAFE:
            return None
        origin = headers.get("origin", "")
        if not origin or urlsplit(origin).netloc != host:
            return "Writing is only possible from this server's own pages."
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return "Writing is only possible from this server's own pages."
        return None

    def _enter(self, scope: Scope, headers: dict[str, str], cookies: dict[str, str]) -> str | None:
        """Return "" to let in, an address to go on to, or None to refuse."""
        token = self._rules.token
        if token is None:
            return ""
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if any(hmac.compare_digest(token.encode(), given.encode()) for given in (bearer, cookies.get(_TOKEN, ""))):
            return ""
        pairs = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in pairs if name == "token"]
        if given and hmac.compare_digest(token.encode(), given[0].encode()):
            rest = urlencode([pair for pair in pairs if pair[0] != "token"])
            path = "/" + scope.get("raw_path", b"/").decode("latin-1").split("?")[0].lstrip("/")
            return f"{path}?{rest}" if rest else path
        return None


def _name(host: str) -> str:
    """Return a ``Host`` without its port."""
    if host.startswith("["):
        return host.split("]")[0] + "]"
    return host.rsplit(":", 1)[0] if ":" in host else host


def _cookies(header: str) -> dict[str, str]:
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _with_headers(send: Any, cookie: str | None) -> Any:
    async def sending(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = [pair for pair in message["headers"] if pair[0] != b"server"]
            headers += [(name.encode(), value.encode()) for name, value in HEADERS]
            if cookie:
                headers.append((b"set-cookie", cookie.encode()))
            if not any(name == b"cache-control" for name, _ in headers):
                headers.append((b"cache-control", b"no-store"))
            message = {**message, "headers": headers}
        await send(message)

    return sending


async def _plain(send: Any, status: int, text: str) -> None:
    sending = _with_headers(send, None)
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await sending({"type": "http.response.start", "status": status, "headers": headers})
    await sending({"type": "http.response.body", "body": text.encode("utf-8", "replace")})


async def _redirect(send: Any, address: str, cookie: str) -> None:
    sending = _with_headers(send, cookie)
    await sending({"type": "http.response.start", "status": 303, "headers": [(b"location", address.encode("latin-1"))]})
    await sending({"type": "http.response.body", "body": b""})
