"""One article from an ``http(s)`` address, politely and safely.

robots.txt is obeyed. Every hop, the first included, is resolved before it is asked for, and the connection goes to
the very address that was checked, so that neither a redirect nor a name that changes its address can lead into the
local network. Size and time are bounded over all hops together.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from kronika.errors import RejectedDocument
from kronika.records import Stated
from kronika.settings import Settings
from kronika.sources.raw import Kind, Raw

if TYPE_CHECKING:
    import httpx

_TYPES = {"text/html": Kind.HTML, "application/xhtml+xml": Kind.HTML, "text/plain": Kind.TEXT}
_REDIRECTS = {301, 302, 303, 307, 308}


def utc_now() -> str:
    """Return the time of day in UTC, to the second, as ISO 8601."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_url(url: str, settings: Settings, now: Callable[[], str] = utc_now) -> Raw:
    """Return the article at ``url``.

    Raises:
        RejectedDocument: the server can't be reached, forbids it, answers with an error, with something that is no
            article, with too much or too late, or leads to a private address.
    """
    fetch = _Fetch(url, settings, time.monotonic() + settings.fetch_seconds)
    answer = fetch.get(url)
    if answer.status >= 400:
        raise RejectedDocument(f"{url}: the server answered {answer.status}", "http_status")
    media_type, _, parameters = answer.content_type.partition(";")
    kind = _TYPES.get(media_type.strip().lower())
    if kind is None:
        raise RejectedDocument(f"{url}: {media_type or 'no content type'}, not a page of text", "content_type")
    encoding = parameters.partition("charset=")[2].split(";")[0].strip("\"' ") or None
    return Raw(url, answer.content, kind, {"url": Stated(answer.url, "address")}, encoding, now())


@dataclass(frozen=True, slots=True)
class _Answer:
    url: str
    status: int
    content_type: str
    content: bytes


@dataclass(slots=True)
class _Fetch:
    """One download with its redirects, up to ``deadline`` (monotonic seconds)."""

    where: str
    settings: Settings
    deadline: float
    robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def get(self, url: str, *, is_robots: bool = False) -> _Answer:
        """Follow redirects from ``url`` to an answer."""
        import httpx

        for _ in range(self.settings.fetch_redirects + 1):
            if not is_robots:
                self._check_robots(url)
            try:
                answer = self._once(url)
            except httpx.TimeoutException as error:
                raise self._late() from error
            except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError) as error:
                reason = str(error) or type(error).__name__
                raise RejectedDocument(f"{self.where}: can't be fetched ({reason})", "unreachable") from error
            if answer.status not in _REDIRECTS or not answer.content_type.startswith("location:"):
                return answer
            url = urljoin(url, answer.content_type.removeprefix("location:"))
        raise RejectedDocument(f"{self.where}: more than {self.settings.fetch_redirects} redirects", "redirects")

    def _once(self, url: str) -> _Answer:
        import httpx

        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise RejectedDocument(f"{self.where}: leads to {url!r}, which is no web address", "bad_address")
        address = self._address(parts.hostname, parts.port or (443 if parts.scheme == "https" else 80))
        headers = {"Host": httpx.URL(url).netloc.decode("ascii"), "User-Agent": self.settings.user_agent}
        target = httpx.URL(url).copy_with(host=address)
        left = max(self.deadline - time.monotonic(), 0.01)
        with (
            httpx.Client(timeout=min(left, 10.0), trust_env=False) as client,
            client.stream("GET", target, headers=headers, extensions={"sni_hostname": parts.hostname}) as response,
        ):
            if response.status_code in _REDIRECTS and "location" in response.headers:
                return _Answer(url, response.status_code, "location:" + response.headers["location"], b"")
            return _Answer(url, response.status_code, response.headers.get("content-type", ""), self._body(response))

    def _body(self, response: httpx.Response) -> bytes:
        parts, size = [], 0
        for part in response.iter_bytes(65536):
            size += len(part)
            if size > self.settings.max_bytes:
                raise RejectedDocument(f"{self.where}: more than {self.settings.max_bytes:,} bytes", "too_large")
            if time.monotonic() > self.deadline:
                raise self._late()
            parts.append(part)
        return b"".join(parts)

    def _late(self) -> RejectedDocument:
        return RejectedDocument(f"{self.where}: no answer within {self.settings.fetch_seconds:g} s", "timeout")

    def _address(self, host: str, port: int) -> str:
        """Return the address that ``host`` resolves to, if none of its addresses is private."""
        found = sorted({str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)})
        for text in found:
            if not self.settings.allow_private_addresses and not _is_public(text):
                raise RejectedDocument(
                    f"{self.where}: leads to the private address {text}",
                    "private_address",
                    "set allow_private_addresses = true to read from your own network",
                )
        return next((text for text in found if ":" not in text), found[0])

    def _check_robots(self, url: str) -> None:
        """Raise unless robots.txt of the host lets the user agent read ``url``."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.robots:
            rules = RobotFileParser()
            answer = self.get(f"{site}/robots.txt", is_robots=True)
            # RFC 9309: no robots.txt (4xx) allows everything, a failing server (5xx) nothing
            text = answer.content.decode("utf-8", errors="replace") if answer.status < 400 else ""
            rules.parse(["User-agent: *", "Disallow: /"] if answer.status >= 500 else text.splitlines())
            self.robots[site] = rules
        if not self.robots[site].can_fetch(self.settings.user_agent, url):
            raise RejectedDocument(
                f"{self.where}: the site's robots.txt forbids it",
                "robots",
                "save the page from a browser and read the file",
            )


def _is_public(text: str) -> bool:
    """Whether ``text`` is an address of the public network, also when an IPv6 address wraps an IPv4 one."""
    address = ipaddress.ip_address(text.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.ip_address(int(address) & 0xFFFFFFFF).is_global
    return address.is_global and not address.is_multicast
