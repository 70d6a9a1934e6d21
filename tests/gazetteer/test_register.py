"""The register of Ukraine's settlements: read from a workbook of its form, added to towns that are known."""

from __future__ import annotations

import zipfile

import pytest

from kronika.gazetteer.register import read_register, romanised
from kronika.gazetteer.rows import Collected, PlaceRow
from kronika.gazetteer.schema import ADM1, ALTERNATE, PRIMARY, SETTLEMENT

ROWS = [
    ("UA1", "", "", "", "O", "Тестівська"),
    ("UA1", "UA1R", "", "", "P", "Містівський"),
    ("UA1", "UA1R", "UA1H", "", "H", "Містівська"),
    ("UA1", "UA1R", "UA1H", "UA1M", "M", "Містів"),
    ("UA1", "UA1R", "UA1H", "UA1C", "C", "Нова Яблунька"),
]


@pytest.fixture
def workbook(tmp_path):
    strings = sorted({cell for row in ROWS for cell in row if cell})
    number = {text: index for index, text in enumerate(strings)}
    columns = ("A", "B", "C", "D", "F", "G")
    rows = "".join(
        f'<row r="{at}">'
        + "".join(
            f'<c r="{column}{at}" s="1" t="s"><v>{number[cell]}</v></c>'
            for column, cell in zip(columns, row, strict=True)
            if cell
        )
        + "</row>"
        for at, row in enumerate(ROWS, start=1)
    )
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/sharedStrings.xml", "".join(f"<si><t>{text}</t></si>" for text in strings))
        book.writestr("xl/worksheets/sheet1.xml", rows)
    return path


def test_a_village_gets_the_point_of_its_municipality_and_its_radius(workbook):
    known = Collected()
    known.put(PlaceRow(1, "Testivska oblast", 50.0, 30.0, "UA", "99", "", 9, ADM1))
    known.name("Тестівська область", 1, ALTERNATE)
    known.put(PlaceRow(2, "Mistiv", 50.1, 30.2, "UA", "99", "9901", 9000, SETTLEMENT))
    known.name("Містів", 2, PRIMARY)
    assert read_register(known, workbook) == 1
    (village,) = (place for place in known.places.values() if place.origin == "register")
    assert (village.name, village.a1, village.a2) == ("Nova Yablunka", "99", "9901")
    assert (village.lat, village.lon, village.radius_km) == (50.1, 30.2, 15.0)
    assert village.id in known.names["nova yablunka"]
    assert village.id in known.names["нова яблунька"]


@pytest.mark.parametrize(
    ("name", "latin"), [("Згурівка", "Zghurivka"), ("Ямпіль", "Yampil"), ("Івано-Франківськ", "Ivano-Frankivsk")]
)
def test_names_are_romanised_by_the_official_rules(name, latin):
    assert romanised(name) == latin
