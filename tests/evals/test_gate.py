"""The gate: floors rise, never fall, and a figure under its floor fails."""

from __future__ import annotations

import importlib.util
import json

import pytest

from evals import gate
from evals.bench import ROOT
from evals.catalogue import FLOORS, RESULTS, Bench, Figure, benches, figures_of

BENCH = Bench("one", "one", "one.jsonl", "a task", (Figure("value", "value F1"),), "none")


def result(value: float) -> dict:
    return {"rows": 2, "of": 2, "figures": {"value": {"value": value}}, "seconds": 0.0}


def test_a_figure_under_its_floor_is_named():
    lines = gate.under_floor({"one": result(59.9)}, {"one": {"value": 60.0}})
    assert lines == ["one value: 59.9 is under its floor of 60"]
    assert gate.under_floor({"one": result(60.0)}, {"one": {"value": 60.0}}) == []


def test_a_bench_that_breaks_fails_the_run():
    assert gate.under_floor({"one": {"error": "KeyError: 'f'"}}, {}) == ["one: KeyError: 'f'"]


def test_a_floor_whose_figure_is_gone_fails_the_run():
    assert gate.under_floor({"one": result(70.0)}, {"one": {"other": 1.0}}) == [
        "one other: has a floor of 1 and was not measured"
    ]


def test_floors_rise_and_never_fall():
    assert gate.raised({"one": result(70.0)}, {"one": {"value": 60.0}}) == {"one": {"value": 69.7}}
    assert gate.raised({"one": result(50.0)}, {"one": {"value": 60.0}}) == {"one": {"value": 60.0}}


def test_update_writes_nothing_when_a_figure_has_fallen(tmp_path, monkeypatch, capsys):
    data = tmp_path / "one.jsonl"
    data.write_text("{}\n")
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps({"one": {"value": 60.0}}))
    monkeypatch.setenv("KRONIKA_BENCH", str(tmp_path))
    monkeypatch.setattr(gate, "FLOORS", floors)
    monkeypatch.setattr(gate, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(gate, "benches", lambda: (BENCH,))
    monkeypatch.setattr(gate, "measure", lambda bench: result(59.0))
    assert gate.main(["--update", "--processes", "1"]) == 1
    assert json.loads(floors.read_text()) == {"one": {"value": 60.0}}
    assert not (tmp_path / "results.json").exists()
    monkeypatch.setattr(gate, "measure", lambda bench: result(65.0))
    assert gate.main(["--update", "--processes", "1"]) == 0
    assert json.loads(floors.read_text()) == {"one": {"value": 64.7}}
    assert "floor" in capsys.readouterr().out


def test_without_data_nothing_is_compared(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KRONIKA_BENCH", str(tmp_path / "nowhere"))
    assert gate.main(["--processes", "1"]) == 0
    assert "KRONIKA_BENCH" in capsys.readouterr().err


def test_every_bench_has_a_module_and_every_floor_a_figure():
    listed = {bench.id: bench for bench in benches()}
    for bench in listed.values():
        assert importlib.util.find_spec(f"evals.{bench.name}")
    for name, held in gate.read_json(FLOORS).items():
        assert held.keys() <= {figure.key for figure in listed[name].figures}


def test_results_lie_over_their_floors():
    assert gate.under_floor(gate.read_json(RESULTS), gate.read_json(FLOORS)) == []


def test_a_score_that_is_missing_is_an_error():
    with pytest.raises(KeyError):
        figures_of({}, [Figure("a.f", "")])


def test_the_accuracy_page_is_current():
    spec = importlib.util.spec_from_file_location("accuracy_page", ROOT / "scripts" / "accuracy_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    expected = module.page(benches(), gate.read_json(RESULTS), gate.read_json(FLOORS))
    assert module.PAGE.read_text("utf-8") == expected, "run python -m scripts.accuracy_page"
