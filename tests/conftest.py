"""Fixtures for every test: the parser, the bench folder, and a guard against the network."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import hypothesis
import pytest

# how long an example takes says nothing on a shared machine
hypothesis.settings.register_profile("kronika", deadline=None)
hypothesis.settings.load_profile("kronika")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def nlp():
    from kronika.annotate.parsing.syntax import load_model

    return load_model()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the checkout with the seed article and the bench; absent in a user's clone."""
    if not SHARED.exists():
        if os.environ.get("CI"):
            pytest.fail("the shared folder is missing beside the checkout")
        pytest.skip("no shared folder beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def corpus_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus as a linked record; copy it before changing it."""
    import kronika
    from kronika.engine.linking import link_record

    path = tmp_path_factory.mktemp("corpus") / "corpus.kronika"
    with kronika.open(path) as record:
        added = record.add(Path(__file__).resolve().parents[1] / "examples" / "articles")
        assert added.rejected == 0, record.rejects().rows()[:1]
        link_record(record.store)
    return path


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch):
    """Nothing but the loopback may be reached from a test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0]  # type: ignore[index]
            if host not in ("127.0.0.1", "::1", "localhost"):
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
