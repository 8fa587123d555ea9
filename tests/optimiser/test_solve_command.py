"""`main.py solve FILE`: replays a solve to the letter, by the engine that is named, in little memory, and loads no more than it needs."""

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.load import Capacity
from app.optimiser import child, core_library
from app.optimiser.engine import CORE, NO_KERNEL, PYVRP
from app.services.problem import Problem
from app.services.problem_json import problem_to_json
from tests.conftest import LogWatch
from tests.problems import a_line, a_problem, a_task, a_turn, a_window_of, at

ROOT = Path(__file__).resolve().parents[2]
SHOWS_LOADED = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import main
main.main(sys.argv[1:])
print([*{{"pyvrp", "numpy", "matplotlib"}} & {{*sys.modules}}])
"""

needs_kernel = pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine")


def a_wide_problem() -> Problem:
    """Forty stops with windows and little room: different searches end in different plans."""
    tasks = [a_task(n, windows=(a_window_of(at(8 + n * 7 % 8), at(9 + n * 7 % 8)),)) for n in range(1, 41)]
    return a_problem(tasks, [a_turn(n, capacity=Capacity(pieces=9)) for n in (1, 2, 3, 4)], a_line(41))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The problem as a file."""
    found = tmp_path / "problem.json"
    found.write_text(problem_to_json(a_wide_problem()), "utf-8")
    return found


@pytest.fixture
def without_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which set-up could not build it."""
    monkeypatch.setattr(core_library, "FOLDER", tmp_path)
    core_library.library.cache_clear()
    yield
    core_library.library.cache_clear()


def ran(file: Path, *words: str) -> list[bytes]:
    """The lines that a process of its own writes."""
    environment = {**os.environ, "DOORSTEP_DATA": str(file.parent / "data")}
    return subprocess.run([sys.executable, *words], capture_output=True, env=environment, check=True, timeout=120).stdout.splitlines()


def replayed(file: Path, *words: str) -> dict[str, object]:
    """The solution that `main.py solve FILE` writes."""
    solution: dict[str, object] = json.loads(ran(file, str(ROOT / "main.py"), "solve", str(file), *words)[-1])["solution"]
    return solution


def lines_of(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, dict[str, object]]]]:
    """The exit code of the command in this process, and the lines that it wrote."""
    parser = ArgumentParser()
    child.configure(parser)
    code = child.run(parser.parse_args(words))
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_seed_and_iterations_are_the_same_plan(threads: int, file: Path) -> None:
    words = (f"--threads={threads}", "--iterations=3000", "--seed=5")
    first, second = (replayed(file, *words) for _ in range(2))
    assert (first["routes"], first["unplanned"]) == (second["routes"], second["unplanned"])


@needs_kernel
def test_the_kernel_works_within_little_memory(file: Path) -> None:
    assert replayed(file, "--memory=400", "--threads=2", "--iterations=100", "--engine=core")["engine"] == CORE


def test_the_engine_may_be_named(file: Path) -> None:
    assert replayed(file, "--iterations=5", "--engine=pyvrp")["engine"] == PYVRP


@pytest.mark.usefixtures("without_kernel")
def test_an_engine_that_is_not_there_is_refused_as_a_line(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (line,) = lines_of(capsys, str(file), "--engine=core")
    assert (code, line["refused"]["key"]) == (child.WRONG, "planning.no_kernel")


@pytest.mark.usefixtures("without_kernel")
def test_a_plan_made_without_a_kernel_says_so_on_every_line(file: Path, capsys: pytest.CaptureFixture[str], logged: LogWatch) -> None:
    logged.expect("PyVRP plans alone")
    _, lines = lines_of(capsys, str(file), "--iterations=5")
    assert {line["progress"]["note"] for line in lines[:-1]} == {NO_KERNEL}
    assert lines[-1]["solution"]["engine"] == PYVRP


@needs_kernel
def test_a_solve_by_the_kernel_loads_neither_pyvrp_nor_numpy(file: Path) -> None:
    """They take longer to load than the first plan takes."""
    assert ran(file, "-c", SHOWS_LOADED, "solve", str(file), "--iterations=50")[-1] == b"[]"
