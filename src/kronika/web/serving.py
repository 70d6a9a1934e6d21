"""From a record to a running server."""

from __future__ import annotations

import getpass
import ipaddress
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from kronika.errors import KronikaError
from kronika.web.app import Options, site_of
from kronika.web.assets import BUILD_COMMAND, are_built
from kronika.web.guard import LOOPBACK


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("::1")
    (True, True, False, True)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def options_for(path: str, host: str, token: str | None, *, read_only: bool, reviewer: str | None) -> Options:
    """Return how a record is served at ``host``: away from the loopback never without a token."""
    local = is_loopback(host)
    if not local and not token:
        token = secrets.token_urlsafe(24)
    return Options(
        title=Path(path).stem,
        read_only=read_only,
        token=token,
        hosts=(*LOOPBACK, host) if local else (),
        reviewer=reviewer or _login(),
    )


def serve_record(
    path: str,
    host: str,
    port: int,
    token: str | None,
    *,
    read_only: bool,
    reviewer: str | None,
    say: Callable[..., object],
) -> None:
    """Serve the record at ``path`` until interrupted; ``say`` is told the address.

    Raises:
        RecordError: there is no such record.
        KronikaError: the address can't be listened at.
    """
    import uvicorn

    options = options_for(path, host, token, read_only=read_only, reviewer=reviewer)
    app = site_of(path, options)
    app.state.desk.board()  # read now, so that the first visitor does not wait
    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}/"
    if options.token:
        address += f"?token={options.token}"
    if not are_built():
        say(f"The map, the timeline's brush and the review keys are not built: {BUILD_COMMAND}", err=True)
    say(f"{path} is at {address}")
    config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; port 0 takes a free one.

    Raises:
        KronikaError: the address can't be listened at.
    """
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(128)  # who opens the address as soon as it is printed waits, and is not refused
    except OSError as error:
        raise KronikaError(f"can't listen at {host}, port {port} ({error})", "choose another with --port") from error
    return listening


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "reviewer"
