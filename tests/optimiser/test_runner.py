"""The child process behind the Planner port: it streams, stops, refuses, and may die without harm."""

import io
import json
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

import pytest

from app.domain.errors import Malformed, Unavailable
from app.optimiser import child
from app.optimiser.runner import ChildPlanner, ChildRun
from app.services.problem import Problem, Progress, Solution
from app.services.problem_json import problem_to_json
from tests.problems import a_line, a_problem, a_task, a_turn

ROOT = Path(__file__).resolve().parents[2]
REAL = f"import sys; sys.path.insert(0, {str(ROOT)!r})\nimport main\nsys.exit(main.main(sys.argv[1:]))\n"
LINE = '{"progress":{"seconds":0.1,"cost":1,"best":{"routes":[],"unplanned":["t1"]}}}'


def a_small_problem(count: int = 12) -> Problem:
    return a_problem([a_task(n) for n in range(1, count + 1)], [a_turn(1), a_turn(2)], a_line(count + 1))


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ChildRun]:
    """Starts a program as the child of a solve; the real one unless another text is given."""
    monkeypatch.setenv("DOORSTEP_DATA", str(tmp_path / "data"))

    def started(program: str = REAL, *, seconds: float = 30, progress: Callable[[Progress], None] = lambda _: None, **more: Callable) -> ChildRun:
        main = tmp_path / "program.py"
        main.write_text(program, "utf-8")
        return ChildPlanner(main).start(a_small_problem(), seconds=seconds, progress=progress, **more)

    return started


def test_better_plans_are_streamed_and_stop_keeps_the_best(start: Callable[..., ChildRun]) -> None:
    seen: list[Progress] = []
    first = threading.Event()
    ended: list[Solution | BaseException] = []

    def progress(each: Progress) -> None:
        seen.append(each)
        first.set()

    run = start(progress=progress, done=ended.append)
    assert first.wait(60)
    run.stop()
    solution = run.wait(60)
    assert ended == [solution]
    assert solution.unplanned == ()
    best = seen[-1].best
    assert best is not None
    assert [route.steps for route in solution.routes] == [route.steps for route in best.routes]


def test_a_killed_child_leaves_its_best(start: Callable[..., ChildRun]) -> None:
    first = threading.Event()
    run = start(progress=lambda _: first.set())
    assert first.wait(60)
    run.kill()
    assert run.wait(60).unplanned == ()


def test_a_child_that_dies_without_a_plan_is_unavailable_and_says_why(start: Callable[..., ChildRun]) -> None:
    run = start("import sys\nsys.exit('no memory left')\n")
    with pytest.raises(Unavailable) as died:
        run.wait(60)
    assert dict(died.value.sentence.facts)["why"] == "no memory left"


def test_a_child_that_dies_in_the_middle_of_a_line_leaves_its_best(start: Callable[..., ChildRun]) -> None:
    run = start(f"import sys\nsys.stdin.readline()\nprint('{LINE}')\nprint('{LINE[:40]}', end='')\n")
    assert run.wait(60).unplanned == ("t1",)


def test_a_child_that_does_not_listen_is_killed(start: Callable[..., ChildRun]) -> None:
    first = threading.Event()
    run = start(f"import sys, time\nprint('{LINE}', flush=True)\ntime.sleep(600)\n", progress=lambda _: first.set())
    assert first.wait(60)
    began = time.monotonic()
    run.stop()
    assert run.wait(60).unplanned == ("t1",)
    assert time.monotonic() - began < 30


def test_waiting_has_a_limit(start: Callable[..., ChildRun]) -> None:
    run = start("import time\ntime.sleep(600)\n")
    with pytest.raises(TimeoutError):
        run.wait(0.05)
    run.kill()
    with pytest.raises(Unavailable):
        run.wait(60)


def test_a_program_that_cannot_be_started_is_unavailable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    with pytest.raises(Unavailable):
        ChildPlanner(tmp_path / "main.py").start(a_small_problem(), seconds=1, progress=lambda _: None)


# The child in this process -------------------------------------------------------------------------------------------


def lines_of(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, object]]]:
    """The exit code of `main.py solve` with these words, and the lines that it wrote."""
    parser = ArgumentParser()
    child.configure(parser)
    code = child.run(parser.parse_args(words))
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_problem_file_is_replayed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "problem.json"
    file.write_text(problem_to_json(a_small_problem()), "utf-8")
    code, lines = lines_of(capsys, str(file), "--iterations=20")
    assert code == 0
    assert [*lines[0]] == ["progress"]
    assert [*lines[-1]] == ["solution"]


@pytest.mark.parametrize("text", ["", "{", '{"version": 7}', "[]", '{"version": 1, "sulution": 2}'])
def test_a_bad_problem_is_refused_as_a_line(text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    code, (line,) = lines_of(capsys)
    assert code == child.WRONG
    assert [*line] == ["refused"]


def test_a_refusal_reaches_the_asker(start: Callable[..., ChildRun]) -> None:
    line = json.dumps({"refused": {"key": "problem.version", "facts": {"found": "9", "needed": 1}}})
    with pytest.raises(Malformed, match=r"problem\.version"):
        start(f"print({line!r})\n").wait(60)
