"""The browser of the tests is found, or installed, or its lack is said; in CI that is a failure."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from kronika.web.serving import listen
from scripts import browser


@pytest.fixture
def bare(monkeypatch, tmp_path):
    """A machine without a browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "APPLICATIONS", ())
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def program(folder, name: str) -> str:
    path = folder / name
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def test_any_chromium_on_the_path_will_do(bare):
    assert browser.find() is None
    path = program(bare, "google-chrome")
    assert browser.find() == path
    assert browser.main() == 0


def test_without_a_way_to_install_it_says_so_and_fails_in_ci_only(bare, monkeypatch, capsys):
    assert browser.main() == 0
    assert "apt-get install chromium" in capsys.readouterr().err
    monkeypatch.setenv("CI", "1")
    assert browser.main() == 1


@pytest.mark.skipif(sys.platform != "linux", reason="Debian's way")
def test_root_on_debian_has_it_installed_and_nobody_else(bare, monkeypatch):
    program(bare, "apt-get")
    monkeypatch.setattr(browser, "DEBIAN", bare)
    called: list[tuple[str, ...]] = []

    def run(command, **_):
        called.append(command)
        program(bare, "chromium")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(browser.subprocess, "run", run)
    monkeypatch.setattr(browser.os, "geteuid", lambda: 1000)
    assert not browser.install()
    assert not called
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    assert browser.install()
    assert called[-1][-1] == "chromium"


def test_who_opens_the_address_at_once_is_not_refused():
    listening = listen("127.0.0.1", 0)
    with listening, socket.create_connection(listening.getsockname(), timeout=5) as caller:
        assert caller.getpeername() == listening.getsockname()
