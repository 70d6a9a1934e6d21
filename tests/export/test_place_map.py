"""The map of an article: what is drawn and how wide, what stands beside it, and that nothing is loaded."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kronika.api import read
from kronika.cli.main import run
from kronika.export.map_frame import fit
from kronika.export.place_map import write_place_map
from kronika.gazetteer import open_gazetteer

TEXT = (
    "Drones struck an oil depot near Bryansk overnight, officials said. Pyongyang said it knew nothing. "
    "Trains from Kyiv were late. Nothing moved in France, nor in the village of Qwertyivka."
)


@pytest.fixture(scope="module")
def page():
    stream = io.StringIO()
    write_place_map([read(TEXT, published="2025-04-29", title="Depot <hit>")], stream, open_gazetteer())
    return stream.getvalue()


def section(page, title):
    found = re.search(rf"<h2>{title}</h2>(.*?)</[ou]l>", page, re.DOTALL)
    return found[1] if found else ""


def test_the_place_of_an_event_is_drawn_as_an_area_and_stands_out(page):
    assert "near Bryansk" in section(page, "Where something happened")
    (area,) = re.findall(r'<ellipse class="area event loose"[^>]*rx="([\d.]+)"', page)
    assert float(area) >= 4


def test_what_is_only_named_is_no_place_of_an_event(page):
    assert "Kyiv" in section(page, "Only named")
    assert "Kyiv" not in section(page, "Where something happened")


def test_governments_countries_and_unknown_places_stand_beside_the_map(page):
    assert "France" in section(page, "Countries and wide regions")
    assert "Pyongyang" in section(page, "Governments")
    assert "Qwertyivka" in section(page, "Not resolved")
    assert page.count("<ellipse") == 2


def test_the_page_loads_nothing_and_escapes_what_it_shows(page):
    assert "Depot &lt;hit&gt;" in page
    assert not re.search(r"<(script|link|img|iframe)|@import|url\(|(src|href)=", page)


def test_the_caveat_and_the_credit_are_printed(page):
    assert "not where something happened" in page
    assert "CC BY 4.0" in page


def test_an_article_without_places_has_no_picture():
    stream = io.StringIO()
    write_place_map([read("It rained all day long.")], stream, open_gazetteer())
    assert "<svg" not in stream.getvalue()
    assert "names no place that can be drawn" in stream.getvalue()


def test_read_draws_the_map_beside_its_listing(tmp_path, capsys):
    article, target = tmp_path / "a.txt", tmp_path / "map.html"
    article.write_text(TEXT, "utf-8")
    assert run(["read", str(article), "--map", str(target), "--format", "csv"]) == 0
    assert "<svg" in target.read_text("utf-8")
    said = capsys.readouterr()
    assert said.out.startswith("id,")
    assert str(target) in said.err


def test_a_map_that_cannot_be_written_is_an_error(tmp_path, capsys):
    article = tmp_path / "a.txt"
    article.write_text(TEXT, "utf-8")
    assert run(["read", str(article), "--map", str(tmp_path / "none" / "map.html")]) == 1
    assert "can't be written" in capsys.readouterr().err


points = st.tuples(st.floats(-84, 84), st.floats(-180, 180), st.floats(0, 500))


@given(st.lists(points, min_size=1, max_size=6))
def test_every_place_lies_in_the_frame(circles):
    frame = fit(circles, 900, 640)
    assert frame.east - frame.west <= 360.001
    for latitude, longitude, _ in circles:
        x, y = frame.point(latitude, longitude)
        assert -0.2 <= x <= frame.width + 0.2
        assert -0.2 <= y <= frame.height + 0.2


def test_places_on_both_sides_of_the_antimeridian_lie_side_by_side():
    frame = fit([(66.0, 179.0, 5), (66.0, -179.0, 5)], 900, 640)
    assert frame.east - frame.west < 20
    assert frame.point(66.0, 179.0)[0] < frame.point(66.0, -179.0)[0]
