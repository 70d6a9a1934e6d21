"""A record of the sample articles, its site, and somebody who visits it."""

from __future__ import annotations

import re
import shutil
import warnings
from pathlib import Path

import pytest

import kronika
from kronika.web.app import Options, site_of

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would rather have another httpx
    from starlette.testclient import TestClient

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1:8765"


class Visitor:
    """A browser without scripts: it keeps its cookies and can fill in forms."""

    def __init__(self, app, host: str = HOST):
        self.client = TestClient(app, base_url=f"http://{host}", raise_server_exceptions=True)
        self.origin = f"http://{host}"

    def get(self, path: str, **options):
        return self.client.get(path, **options)

    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get("/review").text)
        assert found, "the review page has no form"
        return found.group(1)

    def decide(self, verdict: str, **fields: str):
        form = {"verdict": verdict, "csrf": self.csrf(), **fields}
        return self.client.post("/decisions", data=form, headers={"origin": self.origin, "accept": "application/json"})

    def rows(self, query: str = "") -> list[dict]:
        return self.get(f"/incidents.json{query}").json()["rows"]


@pytest.fixture(scope="session")
def sample_record(tmp_path_factory) -> Path:
    """The record of the sample articles, linked; copy it before changing it."""
    path = tmp_path_factory.mktemp("record") / "sample.kronika"
    with kronika.open(path) as record:
        record.add(ROOT / "examples" / "articles")
    site_of(path, Options()).state.store.close()
    return path


@pytest.fixture(scope="session")
def reader(sample_record) -> Visitor:
    """Somebody who only looks."""
    return Visitor(site_of(sample_record, Options(title="sample", read_only=True)))


@pytest.fixture
def reviewer(sample_record, tmp_path) -> Visitor:
    """Somebody who decides, in a record of their own."""
    path = tmp_path / "own.kronika"
    shutil.copyfile(sample_record, path)
    return Visitor(site_of(path, Options(title="own", reviewer="Ada")))
