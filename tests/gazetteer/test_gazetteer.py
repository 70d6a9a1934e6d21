"""The index: what it holds, how it is built, and what it refuses."""

from __future__ import annotations

import sqlite3
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronika.errors import GazetteerError
from kronika.gazetteer import Gazetteer, name_key, open_gazetteer
from kronika.gazetteer.build import build_index, extend_index
from kronika.gazetteer.dumps import Filters, in_order, read_dump
from kronika.gazetteer.ondisk import OnDisk
from kronika.gazetteer.rows import Collected
from kronika.gazetteer.supplement import read_supplement, supplement_text
from kronika.gazetteer.words import country_points, words

HEADER = "sid,name,variants,kind,cc,lat,lon,radius_km,same_as,valid_from,valid_to,source_url\n"


def row(number, name, code="PPL", feature="P", cc="UA", names=""):
    return "\t".join(
        [str(number), name, name, names, "50.0", "30.0", feature, code, cc, "", "21", "", "", "", "100", "", "", "", ""]
    )


@pytest.mark.parametrize(
    ("name", "country"), [("DRC", "CD"), ("U.S.", "US"), ("Україна", "UA"), ("North Korea", "KP"), ("Nowhere", None)]
)
def test_countries_are_known_by_their_usual_names(name, country):
    assert open_gazetteer().country_of_name(name) == country


@pytest.mark.parametrize(("word", "country"), [("Ukrainians", "UA"), ("Czechs", "CZ"), ("Dutch", "NL"), ("Kyiv", None)])
def test_demonyms_lead_to_countries(word, country):
    assert open_gazetteer().country_of_demonym(word) == country


@pytest.mark.parametrize("name", ["Київ", "Kyiv", "Kiev", "Киев", "كييف"])
def test_a_place_is_found_in_every_script_of_the_data(name):
    assert 703448 in {place.id for place in open_gazetteer().find(name)}


def test_a_region_is_found_by_its_adjective_without_its_type_word():
    kinds = {(place.kind, place.country) for place in open_gazetteer().find("Belgorod")}
    assert {("ADM1", "RU"), ("PPL", "RU")} <= kinds


def test_the_filter_in_memory_never_hides_a_name():
    opened = open_gazetteer()
    assert all(opened.may_hold(name_key(name)) for name in ("Kyiv", "Darfur", "Black Sea", "France"))
    assert not opened.may_hold("no place bears this name")


@given(st.text())
def test_keys_have_no_case_and_single_spaces(text):
    key = name_key(text)
    assert key == " ".join(key.split(" ")).strip()
    assert name_key(text.replace(" ", "  ")) == key


def test_every_country_with_a_point_is_known():
    known = {place for place in country_points() if open_gazetteer().country_place(place)}
    assert known == set(country_points())
    assert set(words().demonyms.values()) <= known | {"AS", "GU", "XK"}


def test_the_supplement_has_sources_and_no_place_twice():
    collected = Collected()
    rows = supplement_text().splitlines()
    places = [line for line in rows[1:] if not line.startswith("name-")]
    assert read_supplement(collected, "\n".join([rows[0], *places]), "supplement.csv", "supplement") == len(places)
    assert len(collected.places) == len(places) > 150


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a,Depot,,OTH,UA,48,37,1,,,,", "names no source"),
        (",Depot,,OTH,UA,48,37,1,,,,https://example.org", "not unique"),
        ("a,Depot,,OTH,UA,948,37,1,,,,https://example.org", "no such point"),
        ("a,Depot,,OTH,UA,north,37,1,,,,https://example.org", "must be numbers"),
        ("a,Depot,,HUT,UA,48,37,1,,,,https://example.org", "no such point or kind"),
        ("a,Depot,,OTH,Ukraine,48,37,1,,,,https://example.org", "alpha-2"),
        ("a,Depot,,,,,,,1,,,https://example.org", "there is no place 1"),
        ("a,Depot,,OTH,UA,48,37,1,,2020,2010,https://example.org", "in order"),
    ],
)
def test_rows_that_break_the_rules_are_named(line, message):
    with pytest.raises(GazetteerError, match=message):
        read_supplement(Collected(), HEADER + line, "own.csv", "own")


def test_own_places_are_added_to_the_index_that_is_there(tmp_path):
    text = HEADER + "a,Depot Nine,Depot 9,OTH,UA,48,37,1,,,,https://example.org\n"
    text += "b,Kyjivgrad,,,,,,,703448,,,https://example.org\n"
    paths = [tmp_path / "one.sqlite", tmp_path / "two.sqlite"]
    for path in paths:
        assert extend_index(open_gazetteer().path, path, text, "own.csv") == 2
    assert paths[0].read_bytes() == paths[1].read_bytes()
    opened = Gazetteer(paths[0])
    assert opened.find("Depot 9")[0].radius_km == 1
    assert opened.find("Kyjivgrad")[0].id == 703448
    assert opened.find("Lviv")
    assert opened.version != open_gazetteer().version
    opened.close()


def test_a_dump_is_read_from_text_and_from_an_archive(tmp_path):
    lines = [
        row(1, "Aville", names="Avil,Авіль"),
        row(2, "Bville", cc="RU"),
        row(3, "Old", code="PPLH"),
        row(4, "Far", "FRM", "S"),
    ]
    text = tmp_path / "XX.txt"
    text.write_text("\n".join(lines) + "\n", "utf-8")
    archive = tmp_path / "XX.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("readme.txt", "longer than the data " * 100)
        out.write(text, "XX.txt")
    for path in (text, archive):
        into = Collected()
        assert (
            read_dump(path, into, Filters(frozenset({"UA"})))
            == f"{path.name}{'/XX.txt' if path == archive else ''}: 1 rows taken (UA)"
        )
        assert set(into.places) == {1}
        assert 1 in into.names[name_key("Авіль")]


def test_alternate_names_bring_their_dates(tmp_path):
    (tmp_path / "UA.txt").write_text(row(1, "Aville") + "\n", "utf-8")
    alternate = "\t".join(["9", "1", "uk", "Стара", "", "", "", "1", "1920", "1991"])
    link = "\t".join(["9", "1", "link", "https://example.org", "", "", "", "", "", ""])
    (tmp_path / "alternateNamesV2.txt").write_text(f"{alternate}\n{link}\n", "utf-8")
    into = Collected()
    for name in ("UA.txt", "alternateNamesV2.txt"):
        read_dump(tmp_path / name, into, Filters())
    assert into.dated == {(name_key("Стара"), 1): ("1920", "1991")}
    assert not any("example" in key for key in into.names)


def test_a_dump_goes_to_disk_and_hierarchy_gives_what_lies_in_a_region_its_codes(tmp_path):
    lines = [row(1, "Aville", names="Авіль"), row(2, "Bregion", "ADM2", "A"), row(3, "Cville")]
    parts = lines[1].split("\t")
    lines[1] = "\t".join([*parts[:11], "77", *parts[12:]])
    (tmp_path / "XX.txt").write_text("\n".join([*lines, lines[0]]) + "\n", "utf-8")
    (tmp_path / "hierarchy.txt").write_text("2\t1\tADM\n9\t3\t\n", "utf-8")
    files = in_order([tmp_path / "hierarchy.txt", tmp_path / "XX.txt"])
    assert [path.name for path in files] == ["XX.txt", "hierarchy.txt"]
    connection = sqlite3.connect(":memory:", isolation_level=None)
    sink = OnDisk(connection)
    for path in files:
        read_dump(path, sink, Filters())
    sink.finish({"schema": "0"})
    assert connection.execute("SELECT id, a2 FROM place ORDER BY id").fetchall() == [(1, "77"), (2, "77"), (3, "")]
    assert connection.execute("SELECT id, src FROM name WHERE n = 'aville'").fetchall() == [(1, 0)]
    assert connection.execute("SELECT name FROM unit").fetchall() == [("Bregion",)]
    assert connection.execute("SELECT name FROM sqlite_master WHERE name IN ('spelled', 'inside')").fetchall() == []
    connection.close()


def test_what_a_dump_holds_does_not_stay_in_memory(tmp_path):
    sink = OnDisk(sqlite3.connect(tmp_path / "x.sqlite", isolation_level=None))
    dump = tmp_path / "XX.txt"
    peaks = []
    for size in (2_000, 20_000):
        names = ",".join(f"Name{size}x{k}" for k in range(8))
        dump.write_text("".join(row(size * 9 + k, f"V{size}x{k}", names=names) + "\n" for k in range(size)), "utf-8")
        tracemalloc.start()
        read_dump(dump, sink, Filters())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 20_000_000


def test_a_file_that_is_no_dump_is_refused(tmp_path):
    (tmp_path / "x.txt").write_text("one\ttwo\n", "utf-8")
    with pytest.raises(GazetteerError, match="line 1 has 2 columns"):
        read_dump(tmp_path / "x.txt", Collected(), Filters())


def test_a_missing_or_damaged_index_says_what_to_do(tmp_path):
    with pytest.raises(GazetteerError, match="no gazetteer"):
        Gazetteer(tmp_path / "none.sqlite")
    (tmp_path / "bad.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(GazetteerError, match="damaged"):
        Gazetteer(tmp_path / "bad.sqlite")


@pytest.mark.slow
def test_two_builds_are_the_same_bytes_and_small(tmp_path):
    steps: list[str] = []
    build_index(tmp_path / "one.sqlite", progress=lambda step, share: steps.append(step))
    assert (tmp_path / "one.sqlite").read_bytes() == open_gazetteer().path.read_bytes() or open_gazetteer().meta[
        "sources"
    ] != "[]"
    assert (tmp_path / "one.sqlite").stat().st_size < 60e6
    assert steps[-1] == "done"
    assert [path.name for path in tmp_path.iterdir()] == ["one.sqlite"]


@pytest.mark.slow
def test_the_dump_of_ukraine_brings_its_villages(shared, tmp_path):
    into = Collected()
    said = read_dump(shared / "data/UA.zip", into, Filters(classes=frozenset({"P"})))
    assert said.startswith("UA.zip/UA.txt: ")
    assert len(into.places) > 30_000
    assert name_key("Robotyne") in into.names
