"""Plain text: encodings, front matter, dates, language, and bytes that survive."""

from __future__ import annotations

import codecs
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kronika
from kronika.documents import make_document
from kronika.documents.dates import iso_date
from kronika.documents.decoding import decode, tidy
from kronika.documents.language import detect_language
from kronika.errors import RejectedDocument
from kronika.settings import Settings
from kronika.sources import Kind, Raw

LANGUAGES = Settings().languages


def document(content: bytes, **rest):
    return make_document(Raw("a.txt", content, Kind.TEXT, **rest), Settings())


def outcome(raw: Raw):
    try:
        return make_document(raw, Settings())
    except RejectedDocument as error:
        return error


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Über Kyjiv".encode(), None),
        (codecs.BOM_UTF8 + "Über Kyjiv".encode(), None),
        (codecs.BOM_UTF16_LE + "Über Kyjiv".encode("utf-16-le"), None),
        (codecs.BOM_UTF16_BE + "Über Kyjiv".encode("utf-16-be"), "latin-1"),
        ("Über Kyjiv".encode("cp1252"), "windows-1252"),
    ],
)
def test_a_byte_order_mark_or_the_caller_names_the_encoding(content: bytes, encoding: str | None):
    assert decode(content, "a.txt", encoding) == "Über Kyjiv"


def test_bytes_of_another_encoding_are_refused_with_their_place():
    with pytest.raises(RejectedDocument, match=r"a\.txt: byte 0xdc at position 0 is not utf-8"):
        decode("Über".encode("latin-1"), "a.txt")


def test_an_encoding_that_does_not_exist_is_refused():
    with pytest.raises(RejectedDocument, match="utf-9"):
        decode(b"words", "a.txt", "utf-9")


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str):
    once = tidy(text)
    assert tidy(once) == once
    assert "\r" not in once


def test_front_matter_states_metadata_and_is_not_the_text():
    made = document(
        b"---\r\ntitle: 'Fire: a report'\r\npublished: 2024-05-17\r\nsource: Courier\r\n---\r\nIt burned.\r\n"
    )
    assert (made.text, made.title, made.published, made.publisher) == (
        "It burned.",
        "Fire: a report",
        "2024-05-17",
        "Courier",
    )
    assert dict(made.origins)["title"] == "front matter"


@pytest.mark.parametrize(
    "text", ["---\nIt burned.\n---\nAll night.", "--- It burned.", "It burned.\n---\ntitle: x\n---"]
)
def test_a_rule_in_the_text_is_no_front_matter(text: str):
    made = document(text.encode())
    assert (made.text, made.title) == (text, None)


def test_a_date_that_can_not_be_read_is_left_out_and_said_so():
    made = document(b"---\ndate: 05/06/2024\n---\nIt burned.")
    assert made.published is None
    assert dict(made.origins)["published"] == "front matter: '05/06/2024' is no ISO 8601 date"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024", "2024"),
        ("2024-13", None),
        ("2023-02-29", None),
        ("20240229", "2024-02-29"),
        (" 2024-05-17 ", "2024-05-17"),
        ("2024-05-17T08:30", "2024-05-17T08:30:00"),
        ("Fri, 17 May 2024 08:30:00 GMT", "2024-05-17T08:30:00+00:00"),
        ("17 May", None),
        ("", None),
    ],
)
def test_dates_are_read_without_guessing(written: str, read: str | None):
    assert iso_date(written) == read


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Уночі над містом збили шість безпілотників, повідомила обласна влада у своєму каналі."),
        ("ru", "Ночью над городом сбили шесть беспилотников, сообщили областные власти в своём канале."),
        ("de", "In der Nacht wurden über der Stadt sechs Drohnen abgeschossen, teilten die Behörden am Morgen mit."),
        ("en", "Six drones were shot down over the city in the night, the authorities of the region said."),
        (None, "Six drones."),
        ("und", "昨夜、市の上空で六機の無人機が撃墜されたと当局が発表した。" * 4),
    ],
)
def test_the_language_is_told_or_left_open(language: str | None, text: str):
    assert detect_language(text, LANGUAGES) == language


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_give_a_document_or_a_reason(content: bytes):
    for kind in Kind:
        made = outcome(Raw("a", content, kind))
        if isinstance(made, RejectedDocument):
            assert made.reason
            assert "\n" not in made.message
        else:
            assert made.text == made.text.strip() != ""
            assert made.raw_sha256 == hashlib.sha256(content).hexdigest()


def test_the_bytes_come_out_of_the_record_as_they_went_in(tmp_path):
    content = codecs.BOM_UTF16_LE + "Die Brücke wurde am Freitag gesperrt.\r\n".encode("utf-16-le")
    (tmp_path / "a.txt").write_bytes(content)
    with kronika.open(tmp_path / "a.kronika") as record:
        record.add(tmp_path / "a.txt")
        (made,) = record.documents()
        assert made.text == "Die Brücke wurde am Freitag gesperrt."
        assert record.store.raw(made.id) == content
        assert made.raw_sha256 == hashlib.sha256(content).hexdigest()
