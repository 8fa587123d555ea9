"""The benches run every engine that is installed on toys, each plan checked, and write what they promise."""

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import main
from app.optimiser.benches.check import check
from app.optimiser.benches.race import Order, race
from app.optimiser.benches.reading import read
from app.optimiser.benches.watch import Heartbeat, Watch
from tests.optimiser.instances import TOYS, driven, written

NEEDS = {"core": "app.optimiser.engine", "pyvrp": "pyvrp", "pyvrp-quick": "pyvrp", "ortools": "ortools", "ortools-savings": "ortools", "vroom": "vroom"}


def asked(file: Path, engine: str, **changes: Any) -> Order:
    """Half a second of the wall for an engine; the test is skipped, with the reason, where it is not installed."""
    if importlib.util.find_spec(NEEDS[engine]) is None:
        pytest.skip(f"{NEEDS[engine]} is not installed: install packaging/requirements-test.lock")
    return Order(file=file, engine=engine, seconds=0.5, **changes)


@pytest.mark.parametrize("engine", NEEDS)
def test_every_engine_solves_ten_clients(tmp_path: Path, engine: str) -> None:
    """No worse than a plan made by hand, and found again by the checker."""
    file = written(tmp_path, "toy1.txt")
    outcome = race(asked(file, engine))
    assert outcome.error == ""
    assert outcome.plan is not None
    verdict = check(read(file), outcome.plan)
    assert verdict.broken == ()
    assert verdict.cost <= check(read(file), driven([3, 1, 2, 5], [4], [9, 10, 7, 8, 6])).cost
    assert outcome.curve[-1][1] == pytest.approx(verdict.cost)
    assert outcome.peak_mb > 0


@pytest.mark.parametrize("engine", ["core", "pyvrp", "ortools"])
@pytest.mark.parametrize("name", [name for name in TOYS if name != "toy1.txt"])
def test_engines_model_every_sort(tmp_path: Path, engine: str, name: str) -> None:
    file = written(tmp_path, name)
    outcome = race(asked(file, engine))
    assert outcome.plan is not None, outcome.error
    assert check(read(file), outcome.plan).broken == ()


@pytest.mark.parametrize("name", ["toy-depots.vrp", "toy-prizes.vrp"])
def test_what_an_engine_has_no_word_for_is_said(tmp_path: Path, name: str) -> None:
    outcome = race(asked(written(tmp_path, name), "vroom"))
    assert outcome.plan is None
    assert "VROOM knows no" in outcome.error


def test_an_engine_is_ended_when_its_processor_time_is_up(tmp_path: Path) -> None:
    """OR-Tools holds the interpreter; its last plan counts."""
    file = written(tmp_path, "toy1.txt")
    outcome = race(asked(file, "ortools", clock="cpu"))
    assert outcome.plan is not None
    assert check(read(file), outcome.plan).broken == ()
    assert outcome.seconds < 1.0  # of the processor: no busy machine makes them more


def test_a_heartbeat_feels_who_holds_the_interpreter() -> None:
    """Sorting is one call that gives nothing free, however long it takes."""
    from random import Random
    from time import perf_counter

    dice = Random(1)
    numbers = [dice.random() for _ in range(300_000)]
    with Heartbeat() as heart:
        began = perf_counter()
        sorted(numbers)
        held = perf_counter() - began
    assert heart.worst_s >= held / 2 - 0.02


def test_a_curve_only_falls() -> None:
    watch = Watch("wall")
    watch.begin()
    assert [watch.found(cost) for cost in (9.0, 9.0, 8.0, 8.5)] == [True, False, True, False]
    assert [cost for _, cost in watch.curve] == [9.0, 8.0]


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of instances with an index."""
    (tmp_path / "vrp" / "set").mkdir(parents=True)
    for name in TOYS:
        written(tmp_path / "vrp" / "set", name)
    (tmp_path / "vrp" / "index.csv").write_text("family,name,n,best_known,routes\nset,toy1,10,80,3\nset,ltoy1,4,30,1\n", "utf-8")
    monkeypatch.setenv("DOORSTEP_VRP", str(tmp_path / "vrp"))
    return tmp_path


def bench(folder: Path, *words: str) -> int:
    """Calls the program."""
    return main.main(["--data", str(folder / "data"), "--language", "en", "bench", *words])


def test_the_rows_hold_what_was_promised(toys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = toys / "rows.json"
    assert bench(toys, "vrptw", "toy1", "toy-road", "--seconds", "0.3", "--engine", "core,pyvrp", "--stalls", "--json", str(out)) == 0
    rows = json.loads(out.read_text("utf-8"))
    assert [(row["instance"], row["engine"], row["n"]) for row in rows] == [
        ("toy1", "core", 10),
        ("toy1", "pyvrp", 10),
        ("toy-road", "core", 2),
        ("toy-road", "pyvrp", 2),
    ]
    first = rows[0]
    assert check(read(toys / "vrp" / "set" / "toy1.txt"), driven(*first["routes"])).cost == pytest.approx(first["cost"])
    assert first["gap"] == pytest.approx(100 * (first["cost"] - 80) / 80, abs=0.01)
    assert first["threads"] == 1
    assert first["seconds"] > 0
    assert first["stalls"] >= 0
    assert first["curve"][0][0] == first["first_s"]
    assert rows[2]["gap"] is None
    said = capsys.readouterr().out
    assert "mean gap" in said
    assert "toy-road" in said


def test_fewer_vehicles_come_first_in_pairs(toys: Path) -> None:
    """Two vehicles would drive less."""
    out = toys / "rows.json"
    assert bench(toys, "pdp", "ltoy1", "--seconds", "0.3", "--engine", "pyvrp", "--json", str(out)) == 0
    (row,) = json.loads(out.read_text("utf-8"))
    assert row["vehicles"] == 1
    assert row["more_vehicles"] == 0


def test_without_a_sound_plan_the_bench_says_so(toys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(toys, "rich", "toy-prizes", "--seconds", "0.3", "--engine", "vroom") == 1
    assert "no sound plan on 1" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("--engine", "hope"), ("--seconds", "0"), ("--threads", "0"), ("--clock", "sun")])
def test_wrong_words_are_refused(toys: Path, words: tuple[str, ...]) -> None:
    assert bench(toys, "vrptw", "toy1", *words) == main.WRONG_USE


def test_a_missing_folder_is_one_clear_sentence(toys: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DOORSTEP_VRP")
    assert bench(toys, "vrptw", "R101") == main.WRONG_USE
    assert "DOORSTEP_VRP" in capsys.readouterr().err


def test_time_too_short_for_any_plan_is_said(tmp_path: Path) -> None:
    outcome = race(replace(asked(written(tmp_path, "toy1.txt"), "ortools", clock="cpu"), seconds=0.001))
    assert outcome.plan is not None or outcome.error == "no plan in its time"
