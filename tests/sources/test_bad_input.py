"""Every kind of bad input is refused with its reason; what is good beside it is read."""

from __future__ import annotations

import gzip

import pytest

from kronika.documents import make_document
from kronika.errors import RejectedDocument, SourceError
from kronika.settings import Settings
from kronika.sources import Refusal, count_articles, read_sources

GOOD = "Drones struck an oil depot near the river overnight, the governor of the region said on Tuesday morning.\n"
SETTINGS = Settings(max_bytes=100_000, max_characters=5000)
CASES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\n ", "empty"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
    "binary.txt": (bytes(range(32)) * 40, "binary"),
    "latin.txt": ("Le général a déclaré.".encode("latin-1"), "encoding"),
    "huge.html": (b"<html><body>" + b"<p>words</p>" * 20_000, "too_large"),
    "long.txt": (b"word " * 2000, "too_long"),
    "nothing.html": (b"<html><body></body></html>", "no_article"),
    "cut.txt.gz": (gzip.compress(GOOD.encode() * 50)[:-20], "truncated_gzip"),
    "bad.jsonl": (b'{"text": \n', "bad_json"),
    "list.jsonl": (b"[1, 2]\n", "bad_json"),
    "without.jsonl": (b'{"title": "x"}\n', "no_text"),
    "front.txt": (b"---\ntitle: [a\n---\ntext\n", "bad_front_matter"),
}


def outcomes(*names):
    for item in read_sources(map(str, names), SETTINGS):
        if isinstance(item, Refusal):
            yield item
            continue
        try:
            yield make_document(item, SETTINGS)
        except RejectedDocument as error:
            yield Refusal.of(item.where, error)


@pytest.mark.parametrize("name", CASES)
def test_bad_input_is_refused_with_its_reason(tmp_path, name):
    content, reason = CASES[name]
    (tmp_path / name).write_bytes(content)
    (refusal,) = outcomes(tmp_path / name)
    assert refusal.reason == reason
    assert name in refusal.message
    assert "\n" not in refusal.message


def test_a_folder_of_bad_and_good_is_read_to_its_end(tmp_path):
    for name, (content, _) in CASES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "good.txt.gz").write_bytes(gzip.compress(GOOD.encode()))
    (tmp_path / "README.md").write_text("About this folder.")
    found = list(outcomes(tmp_path))
    assert [item.text for item in found if not isinstance(item, Refusal)] == [GOOD.strip()]
    assert sum(isinstance(item, Refusal) for item in found) == len(CASES)


def test_a_bad_line_leaves_the_other_lines_readable(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "One.", "lang": "en"}\nnonsense\n\n{"text": "Two."}\n')
    first, bad, last = outcomes(tmp_path / "a.jsonl")
    assert (first.text, bad.where.rsplit(":")[-1], last.text) == ("One.", "2", "Two.")


def test_a_sidecar_and_flags_state_metadata_and_the_flag_wins(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "a.json").write_text('{"published": "2025-04-29", "publisher": "The Post"}')
    (raw,) = read_sources([str(tmp_path / "a.txt")], SETTINGS, stated={"publisher": "The Times"})
    document = make_document(raw, SETTINGS)
    assert (document.published, document.published_origin) == ("2025-04-29", "sidecar a.json")
    assert (document.publisher, dict(document.origins)["publisher"]) == ("The Times", "flag")


def test_a_missing_file_is_an_error_that_names_it(tmp_path):
    with pytest.raises(SourceError, match="absent"):
        list(read_sources([str(tmp_path / "absent.txt")], SETTINGS))


def test_a_missing_file_is_said_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    with pytest.raises(SourceError, match="absent"):
        next(read_sources([str(tmp_path / "a.txt"), str(tmp_path / "absent.txt")], SETTINGS))


@pytest.mark.parametrize(
    ("names", "said"), [((), "the folder is empty"), (("a.pdf", "sub/b.docx"), "no articles among its 2 files")]
)
def test_a_folder_without_articles_is_an_error_that_says_what_articles_are(tmp_path, names, said):
    (tmp_path / "sub").mkdir()
    for name in names:
        (tmp_path / name).write_bytes(b"%PDF")
    with pytest.raises(SourceError, match=said) as caught:
        list(read_sources([str(tmp_path)], SETTINGS))
    assert ".txt" in caught.value.hint


def test_articles_are_counted_without_being_read(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n\n{"text": "y"}\n'))
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n' * 999)[:-20])
    assert count_articles([str(tmp_path), str(tmp_path / "a.txt"), "-", "https://example.org/"]) == 1 + 2 + 1 + 1 + 2
