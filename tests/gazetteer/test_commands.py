"""``kronika gazetteer``: own places are added and found; listings are data on stdout."""

from __future__ import annotations

import json

import pytest

import kronika
from kronika.cli.main import run
from kronika.gazetteer import index
from kronika.gazetteer.schema import OWN

CSV = "sid,name,kind,cc,lat,lon,source_url\na,Depot Nine,OTH,UA,48,37,https://example.org\n"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """A cache of its own that starts with the index that is built already."""
    path = index.open_gazetteer().path
    monkeypatch.setenv("KRONIKA_CACHE", str(tmp_path))
    (tmp_path / index.default_path().name).symlink_to(path)
    yield tmp_path
    index._open.cache_clear()


def test_own_places_are_added_and_found(cache, tmp_path, capsys):
    (tmp_path / "own.csv").write_text(CSV, "utf-8")
    assert run(["gazetteer", "add", str(tmp_path / "own.csv")]) == 0
    assert "1 rows added" in capsys.readouterr().err
    index._open.cache_clear()
    assert run(["gazetteer", "find", "Depot Nine", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["country"], found["latitude"]) == ("UA", 48.0)


def test_a_text_that_names_an_own_place_is_about_it(cache, tmp_path):
    text = "Two people died in Depotnyne and in Artemivka Nova."
    before = [place.id for place in kronika.read(text).places]
    (tmp_path / "own.csv").write_text(
        "sid,name,cc,lat,lon,same_as,source_url\n"
        "a,Depotnyne,UA,48,37,,https://example.org\nb,Artemivka Nova,,,,713174,https://example.org\n",
        "utf-8",
    )
    assert run(["gazetteer", "add", str(tmp_path / "own.csv")]) == 0
    index._open.cache_clear()
    one, other = kronika.read(text).places
    assert (one.latitude, one.country, other.name) == (48.0, "UA", "Bakhmut")
    assert not {one.id, other.id} & set(before)


def test_a_known_name_gains_the_users_word_for_it(cache, tmp_path):
    before = [place.source for place in index.open_gazetteer().by_key("artemivsk") if place.id == 713174]
    (tmp_path / "own.csv").write_text("sid,name,same_as,source_url\na,Artemivsk,713174,https://example.org\n", "utf-8")
    assert run(["gazetteer", "add", str(tmp_path / "own.csv")]) == 0
    index._open.cache_clear()
    after = [place.source for place in index.open_gazetteer().by_key("artemivsk") if place.id == 713174]
    assert after == [OWN] != before
    assert before


def test_a_type_word_changes_what_comes_first(capsys):
    first = []
    for arguments in ([], ["--level", "region"]):
        assert run(["gazetteer", "find", "Bryansk", "--format", "jsonl", *arguments]) == 0
        first.append(json.loads(capsys.readouterr().out.splitlines()[0])["kind"])
    assert first[1] == "ADM1"


def test_info_credits_geonames(capsys):
    assert run(["gazetteer", "info"]) == 0
    assert "CC BY 4.0" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["build", "add", "find", "info"])
def test_every_command_has_an_example(command, capsys):
    assert run(["gazetteer", command, "--help"]) == 0
    assert f"kronika gazetteer {command}" in capsys.readouterr().out
