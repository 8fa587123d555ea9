"""Benches that plan a day in a made-up city, as their user runs them: made once, planned whole, one more stop put in."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

import main

CITY = ("--city=300", "--stops=30", "--vans=4", "--threads=1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with the city's day, planned once by `bench plan`, and what came of it."""
    made = tmp_path_factory.mktemp("city")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DOORSTEP_DATA", str(made))  # for the children
        assert bench(made, "plan", "--seconds=0.3", f"--json={made / 'first.json'}") == 0
        yield made


def bench(folder: Path, what: str, *words: str) -> int:
    """The exit code of a bench over the city."""
    return main.main(["--data", str(folder), "bench", what, *CITY, *words])


def orders(folder: Path) -> list[dict[str, str]]:
    """The rows of the made-up order file."""
    with (folder / "bench" / "city-300-30.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_made_up_order_is_planned_at_once(folder: Path) -> None:
    curve = json.loads((folder / "first.json").read_text("utf-8"))["curve"]
    assert (curve[0]["planned"], curve[0]["left"]) == (30, 0)
    costs = [each["cost"] for each in curve]
    assert costs == sorted(costs, reverse=True)


def test_the_orders_lie_at_different_houses_of_the_city(folder: Path) -> None:
    rows = orders(folder)
    assert len({(row["lat"], row["lon"]) for row in rows}) == len({row["order"] for row in rows}) == 30
    assert all(abs(float(row["lat"]) - 40) < 0.1 and abs(float(row["lon"]) + 35) < 0.1 for row in rows)
    assert 0 < sum(bool(row["window"]) for row in rows) < 30


def test_a_second_run_makes_nothing_anew(folder: Path) -> None:
    """Neither files nor travel times."""
    files = [folder / "bench" / f"city-300-30{ending}" for ending in (".osm.pbf", ".csv")]
    kept = {file: file.stat().st_mtime_ns for file in [*files, *(folder / "cache" / "roads").rglob("*")]}
    assert bench(folder, "plan", "--seconds=0.1", f"--json={folder / 'second.json'}") == 0
    assert {file: file.stat().st_mtime_ns for file in files} == {file: kept[file] for file in files}
    assert {*(folder / "cache" / "roads").rglob("*")} <= {*kept}


def test_one_more_stop_is_asked_about_in_every_way(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder / "insert.json"
    assert bench(folder, "insert", "--planned=27", "--askings=3", "--seconds=0.3", f"--json={out}") == 0
    figures = json.loads(out.read_text("utf-8"))
    assert figures.pop("put_in") == [1.0] * 6
    counts = {name: len(times) for name, times in figures.items()}
    assert counts == {"solve, child started ahead": 3, "solve, child started then": 3, "stop to solution": 6, "advice, opened then": 3, "advice, open": 3}
    assert "27 stops on 4 vehicles, 3 others" in capsys.readouterr().out


def test_a_day_without_others_to_ask_about_is_refused(folder: Path) -> None:
    """Nothing to put in, nothing to measure."""
    assert bench(folder, "insert", "--planned=30") == main.WRONG_USE
