"""Whatever is asked, the site never fails: every path and parameter of its OpenAPI, with values made up."""

from __future__ import annotations

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from .conftest import HOST

QUIET = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
AWKWARD = (
    "\x00",
    "'",
    '"',
    "%",
    "\u202e",
    "NEAR(",
    "*",
    "-1",
    "9" * 30,
    "../..",
    "a" * 5_000,
    "🜚",
    "\ud7ff",
    "NaN",
    "(",
)


def test_nothing_that_is_asked_breaks_the_site(reader):
    schema = schemathesis.openapi.from_asgi("/openapi.json", reader.client.app, headers={"host": HOST})
    tried = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @QUIET
        @given(case=operation.as_strategy())
        def ask(case):
            answer = case.call(headers={"host": HOST})
            assert answer.status_code < 500, (case.method, case.path, case.query, case.path_parameters)

        ask()
        tried += 1
    assert tried > 30


def test_awkward_words_break_no_page(reader):
    parameters = {
        "/incidents": ("q", "place", "actor", "target", "weapon", "since", "box", "country", "sources", "page", "sort"),
        "/documents": ("q", "publisher", "since", "until", "page"),
        "/map.json": ("zoom", "box", "q"),
        "/review": ("at", "other", "q"),
        "/facilities": ("q", "page"),
        "/findings": ("kind", "severity", "page"),
    }
    for path, names in parameters.items():
        for name in names:
            for word in AWKWARD:
                answer = reader.get(path, params={name: word})
                assert answer.status_code in (200, 422), (path, name, word)


def test_awkward_keys_are_not_found(reader):
    from urllib.parse import quote

    for kind in ("incident", "document", "facility", "place", "actor"):
        for word in AWKWARD:
            answer = reader.get(f"/{kind}/{quote(word, safe='')}")
            assert answer.status_code in (404, 422), (kind, word)
