"""Sectors and leaders: the tables are sound, and a common surname needs an office."""

from __future__ import annotations

import pytest

from kronika.codebook import leaders as leaders_module
from kronika.codebook import lists
from kronika.codebook import sectors as sectors_module
from kronika.codebook.leaders import leaders
from kronika.codebook.sectors import SECTORS, sectors
from kronika.codebook.states import states
from kronika.errors import CodebookError


def test_every_noun_has_a_sector_and_every_leader_a_state():
    assert set(sectors().nouns.values()) <= SECTORS
    assert set(leaders().names.values()) <= set(states().iso3)


def test_a_surname_of_leaders_of_two_states_stands_for_none():
    assert leaders().country_of("Kim Dae-jung") == "KR"
    assert "Castro" not in leaders().titled


@pytest.mark.parametrize(
    ("module", "name", "text"),
    [
        (sectors_module, "sectors", "sectors: {GOV: [king], LEG: [king]}"),
        (sectors_module, "sectors", "sectors: {KNG: [king]}"),
        (leaders_module, "leaders", "leaders: {FR: [Jean Dupont], BE: [Jean Dupont]}\ncommon: []"),
    ],
)
def test_a_faulty_table_is_refused(module, name, text, monkeypatch, tmp_path):
    (tmp_path / f"{name}.yaml").write_text(text, encoding="utf8")
    monkeypatch.setattr(lists, "files", lambda package: tmp_path)
    with pytest.raises(CodebookError):
        getattr(module, name).__wrapped__()


def test_a_list_that_is_no_mapping_is_refused(monkeypatch, tmp_path):
    (tmp_path / "odd.yaml").write_text("- one\n- two", encoding="utf8")
    monkeypatch.setattr(lists, "files", lambda package: tmp_path)
    with pytest.raises(CodebookError, match=r"odd\.yaml is not a mapping"):
        lists.read_list("odd.yaml")
