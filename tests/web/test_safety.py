"""The site shows text as text, answers only to its own name, and writes only what its own pages ask for."""

from __future__ import annotations

import re

import pytest

import kronika
from kronika.errors import KronikaError
from kronika.records import Document, Report
from kronika.store import Store
from kronika.web.app import Options, create_app
from kronika.web.serving import is_loopback, options_for, serve_record

from .conftest import HOST, Visitor

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7 * 7 }} {% raw %} ]]> \u202egnp.exe\u202c"
    ' "><svg onload=alert(3)> &lt;b&gt; \u0000 \ufeff'
)


def record_with(tmp_path, text: str, **fields: str) -> Visitor:
    store = Store.open(tmp_path / "hostile.kronika")
    document = Document.of(text, **fields)
    store.write(Report(document, "ok", version="1"), where=text[:200], key="w-1")
    visitor = Visitor(create_app(store, Options()))
    visitor.document = document.id
    return visitor


def test_a_hostile_document_is_shown_as_text(tmp_path):
    visitor = record_with(tmp_path, HOSTILE, title=HOSTILE, publisher=HOSTILE, url="javascript:alert(4)")
    for path in (
        "/documents",
        f"/document/{visitor.document}",
        "/documents?q=alert",
        "/sources",
        "/documents?publisher=x",
    ):
        page = visitor.get(path).text
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert "<svg onload" not in page, path
        assert 'href="javascript:' not in page, path
        assert "\u202e" not in page, path
    assert "[U+202E]" in visitor.get(f"/document/{visitor.document}").text
    assert "{{ 7 * 7 }}" in visitor.get(f"/document/{visitor.document}").text


def test_a_line_of_five_million_letters_is_shown_in_parts(tmp_path):
    visitor = record_with(tmp_path, "x" * 5_000_000)
    page = visitor.get(f"/document/{visitor.document}")
    assert page.status_code == 200
    assert len(page.content) < 200_000
    assert "part 1 of 84" in page.text
    assert visitor.get(f"/document/{visitor.document}?part=84").status_code == 200


def test_the_raw_bytes_are_saved_and_never_shown(reader):
    key = reader.rows()[0]["document"]
    answer = reader.get(f"/document/{key}/raw")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("path", ["/incidents", "/incidents.csv", "/static/kronika.css", "/incident/none", "/review"])
def test_every_answer_forbids_scripts_from_elsewhere_and_inline(reader, path):
    policy = reader.get(path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/incidents", "/review", "/documents?q=drone", "/help", "/findings", "/log"])
def test_pages_hold_no_inline_script_or_style_and_nothing_from_elsewhere(reader, path):
    page = reader.get(path).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert "<style" not in page
    assert not re.search(r"\sstyle=", page)
    assert not re.search(r"\son\w+=", page)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page)


def test_formulas_are_taken_out_of_csv(tmp_path):
    visitor = record_with(tmp_path, "text", title='=HYPERLINK("x")', publisher="@SUM(1)")
    lines = visitor.get("/documents.csv").text
    assert "'=HYPERLINK" in lines
    assert "'@SUM" in lines


def test_another_host_name_is_refused(reader):
    assert reader.get("/incidents", headers={"host": "attacker.example"}).status_code == 403


def test_a_file_outside_the_static_folder_is_not_given(reader):
    for path in ("/static/../app.py", "/static/..%2Fapp.py", "/static//etc/passwd", "/static/%2e%2e/app.py"):
        assert reader.get(path).status_code == 404


@pytest.mark.parametrize(
    ("headers", "with_token"),
    [({}, True), ({"origin": "http://attacker.example"}, True), ({"origin": f"http://{HOST}"}, False)],
    ids=["no origin", "another origin", "no token"],
)
def test_a_write_that_our_pages_did_not_send_is_refused(reviewer, headers, with_token):
    key = reviewer.rows()[0]["id"]
    form = {"verdict": "accept", "incident": key, "csrf": reviewer.csrf() if with_token else "0" * 64}
    answer = reviewer.client.post("/decisions", data=form, headers=headers)
    assert answer.status_code == 403
    assert reviewer.get("/log.json").json()["count"] == 0


def test_a_token_of_another_session_is_refused(reviewer):
    token, key = reviewer.csrf(), reviewer.rows()[0]["id"]
    reviewer.client.cookies.clear()
    form = {"verdict": "accept", "incident": key, "csrf": token}
    assert reviewer.client.post("/decisions", data=form, headers={"origin": reviewer.origin}).status_code == 403


def test_a_server_that_only_shows_has_no_forms_and_takes_none(reader):
    page = reader.get("/review").text
    assert 'action="/decisions"' not in page
    answer = reader.client.post("/decisions", data={"verdict": "accept"}, headers={"origin": reader.origin})
    assert answer.status_code == 403


def test_away_from_the_loopback_everything_needs_the_token(sample_record):
    options = options_for(str(sample_record), "0.0.0.0", None, read_only=True, reviewer="Ada")
    assert options.token
    visitor = Visitor(create_app(Store.open(sample_record), options), "192.0.2.7:8765")
    for path in ("/incidents", "/static/kronika.css", "/openapi.json"):
        assert visitor.get(path).status_code == 401
    assert visitor.get("/incidents?token=wrong").status_code == 401
    first = visitor.get(f"/incidents?token={options.token}&country=RU", follow_redirects=False)
    assert first.headers["location"] == "/incidents?country=RU"
    assert "HttpOnly" in first.headers["set-cookie"]
    assert visitor.get("/incidents").status_code == 200
    visitor.client.cookies.clear()
    assert visitor.get("/incidents", headers={"authorization": f"Bearer {options.token}"}).status_code == 200


def test_on_the_loopback_there_is_no_token():
    assert is_loopback("127.0.0.1")
    assert options_for("a.kronika", "127.0.0.1", None, read_only=False, reviewer=None).token is None


def test_a_record_that_is_not_there_is_said(tmp_path):
    with pytest.raises(KronikaError, match="no such record"):
        serve_record(
            str(tmp_path / "none.kronika"),
            "127.0.0.1",
            0,
            None,
            read_only=True,
            reviewer=None,
            say=lambda *_, **__: None,
        )


def test_an_empty_record_says_how_to_fill_it(tmp_path):
    kronika.open(tmp_path / "empty.kronika").close()
    visitor = Visitor(create_app(Store.open(tmp_path / "empty.kronika"), Options()))
    assert "kronika add" in visitor.get("/incidents").text
    for path in ("/review", "/map.json", "/incidents.csv", "/facilities", "/places", "/log", "/documents", "/findings"):
        assert visitor.get(path).status_code == 200
