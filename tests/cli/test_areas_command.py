"""`main.py area`: from a file to a found address, in words and in JSON, with exit codes that scripts can use."""

import argparse
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.cli import areas as command
from app.routing.areas import LocalAreas
from tests.routing.tiny_towns import two_towns


@pytest.fixture
def doors(tmp_path: Path) -> Any:
    """Doors on an empty data folder."""
    areas = LocalAreas(tmp_path / "areas", tmp_path / "cache")
    return SimpleNamespace(areas=lambda: areas, language="en")


def run(doors: Any, *words: str) -> int:
    """Runs the command with these words."""
    parser = argparse.ArgumentParser()
    command.configure(parser)
    return command.run(parser.parse_args(words), doors)


def test_an_area_is_built_listed_searched_and_removed(doors: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extract = two_towns().write(tmp_path / "towns.osm.pbf")
    assert run(doors, "list") == 0
    assert "area build" in capsys.readouterr().out
    assert run(doors, "build", str(extract)) == 0
    told = capsys.readouterr()
    assert "10 house numbers" in told.out
    assert "© OpenStreetMap contributors" in told.out
    assert "100%" in told.err
    assert run(doors, "list") == 0
    assert "towns" in capsys.readouterr().out
    assert run(doors, "find", "Hauptstr. 11, Westdorf", "--area", "towns") == 0
    assert "Hauptstraße 11, 11111 Westdorf" in capsys.readouterr().out
    assert run(doors, "remove", "towns") == 0
    assert doors.areas().known() == ()


def test_an_address_that_may_not_be_planned_ends_with_one(doors: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    extract = str(two_towns().write(tmp_path / "towns.osm.pbf"))
    assert run(doors, "find", "Hauptstraße 3", "--area", extract, "--json") == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["state"] == "ambiguous"
    assert len(answer["candidates"]) == 2
    assert run(doors, "find", "Bahnhofstraße 7, Ostdorf", "--area", "towns") == 1
    assert "not in Ostdorf" in capsys.readouterr().out
