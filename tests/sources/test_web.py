"""Fetching, against a server on the loopback."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kronika.errors import RejectedDocument
from kronika.settings import Settings
from kronika.sources.web import _is_public, read_url

ALLOWED = Settings(allow_private_addresses=True, max_bytes=50_000, fetch_seconds=2.0)
PAGE = b"<html><body><article><p>Drones struck the depot overnight.</p></article></body></html>"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/slow":
            time.sleep(3)
        status = {"/gone": 404, "/loop": 302, "/out": 302, "/moved": 301, "/inside": 302}.get(self.path, 200)
        body = b"x" * 60_000 if self.path == "/big" else PAGE
        if self.path == "/robots.txt":
            body = b"User-agent: *\nDisallow: /private\n"
        self.send_response(status)
        target = {
            "/loop": "/loop",
            "/out": "ftp://example.org/",
            "/moved": "/page",
            "/inside": "http://10.0.0.1/secret",
        }.get(self.path)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Type", "image/png" if self.path == "/picture" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_with_its_final_address_and_time(site):
    raw = read_url(site + "/moved", ALLOWED, now=lambda: "2025-04-29T10:00:00Z")
    assert (raw.content, raw.encoding, raw.fetched_at) == (PAGE, "utf-8", "2025-04-29T10:00:00Z")
    assert raw.stated["url"].value == site + "/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "http_status"),
        ("/loop", "redirects"),
        ("/out", "bad_address"),
        ("/big", "too_large"),
        ("/slow", "timeout"),
        ("/picture", "content_type"),
        ("/private/page", "robots"),
    ],
)
def test_what_is_no_article_or_forbidden_is_refused(site, path, reason):
    with pytest.raises(RejectedDocument) as caught:
        read_url(site + path, ALLOWED)
    assert caught.value.reason == reason


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0"])
def test_private_addresses_are_refused_unless_allowed(host):
    with pytest.raises(RejectedDocument) as caught:
        read_url(f"http://{host}:9/", replace(ALLOWED, allow_private_addresses=False))
    assert caught.value.reason == "private_address"


def test_a_redirect_to_a_private_address_is_refused_before_it_is_asked_for(site, monkeypatch):
    # the loopback stands for the public network here
    monkeypatch.setattr("kronika.sources.web._is_public", lambda text: text == "127.0.0.1")
    with pytest.raises(RejectedDocument, match=r"leads to the private address 10\.0\.0\.1") as caught:
        read_url(site + "/inside", replace(ALLOWED, allow_private_addresses=False))
    assert caught.value.reason == "private_address"


def test_a_name_that_has_a_private_address_beside_a_public_one_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("93.184.215.14", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(RejectedDocument, match=r"192\.168\.0\.1"):
        read_url("http://two-faced.example/", replace(ALLOWED, allow_private_addresses=False))


def test_addresses_that_wrap_a_private_one_are_private():
    assert not any(map(_is_public, ["::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "fe80::1", "224.0.0.1"]))
    assert _is_public("93.184.215.14")
