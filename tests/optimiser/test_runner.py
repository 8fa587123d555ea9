"""The child process behind the Planner port: it streams, stops, refuses, and may die without harm."""

import io
import json
import os
import queue
import signal
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
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
    run = start(f"import sys\nsys.stdin.buffer.readline()\nprint('{LINE}')\nprint('{LINE[:40]}', end='')\n")
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


# A child started ahead -----------------------------------------------------------------------------------------------


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[tuple[ChildPlanner, Path]]:
    """A planner whose children write a line to a file when they start, and solve when a line comes in."""
    main, log = tmp_path / "program.py", tmp_path / "log"
    log.touch()
    solved = json.dumps({"solution": {"routes": [], "unplanned": ["t1"]}})
    main.write_text(
        "import os, sys\n"
        f"with open({str(log)!r}, 'a') as log: log.write(f'{{os.getpid()}}\\n')\n"
        f"if sys.stdin.buffer.readline(): print({solved!r}, flush=True)\nsys.stdin.buffer.read()\n",
        "utf-8",
    )
    planner = ChildPlanner(main)
    yield planner, log
    planner.close()


def started(log: Path, count: int) -> list[str]:
    """The process numbers of the children so far, once there are so many."""
    ends = time.monotonic() + 60
    while len(lines := log.read_text("utf-8").splitlines()) < count and time.monotonic() < ends:
        time.sleep(0.01)
    return lines


def solved_by(planner: ChildPlanner) -> Solution:
    """What a solve ends with."""
    ended: queue.SimpleQueue[Progress] = queue.SimpleQueue()
    run = planner.start(a_small_problem(), seconds=1, progress=ended.put)
    run.stop()
    return run.wait(60)


def test_a_child_started_ahead_has_the_next_solve(counted: tuple[ChildPlanner, Path]) -> None:
    planner, log = counted
    planner.prepare()
    planner.prepare()
    (ahead,) = started(log, 1)
    assert solved_by(planner).unplanned == ("t1",)
    assert started(log, 1) == [ahead]
    assert solved_by(planner).unplanned == ("t1",)
    assert len(started(log, 2)) == 2


def test_a_child_that_died_while_it_waited_is_not_missed(counted: tuple[ChildPlanner, Path]) -> None:
    planner, log = counted
    for again in (planner.prepare, lambda: None):
        planner.prepare()
        os.kill(int(started(log, 1)[-1]), signal.SIGTERM)
        assert planner._idle is not None
        planner._idle.wait(60)
        again()
        assert solved_by(planner).unplanned == ("t1",)
        log.write_text("", "utf-8")


def test_closing_ends_the_child_that_waits(counted: tuple[ChildPlanner, Path]) -> None:
    planner, log = counted
    planner.prepare()
    waiting = planner._idle
    assert waiting is not None
    started(log, 1)
    planner.close()
    assert waiting.poll() is not None
    assert solved_by(planner).unplanned == ("t1",)


def test_nothing_is_prepared_where_no_child_can_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    planner = ChildPlanner(tmp_path / "main.py")
    planner.prepare()
    with pytest.raises(Unavailable):
        planner.start(a_small_problem(), seconds=1, progress=lambda _: None)


def test_a_real_child_that_waited_solves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOORSTEP_DATA", str(tmp_path / "data"))
    planner = ChildPlanner(ROOT / "main.py")
    planner.prepare()
    assert planner.start(a_small_problem(), seconds=0.1, progress=lambda _: None).wait(60).unplanned == ()
    planner.close()


@pytest.mark.parametrize(
    ("text", "code", "lines"), [("", child.DONE, 0), ("[]\n", child.WRONG, 1), ('{"seconds": 1}\n', child.WRONG, 1), ('{"seconds": 1, "threads": "x"}\n', 2, 1)]
)
def test_a_child_whose_parent_goes_or_talks_nonsense_ends(
    text: str, code: int, lines: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that never had a problem ends quietly."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    monkeypatch.setattr(os, "nice", lambda _: 0)
    found, said = lines_of(capsys, "--child")
    assert (found, len(said)) == (code, lines)


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
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    code, (line,) = lines_of(capsys)
    assert code == child.WRONG
    assert [*line] == ["refused"]


def test_a_refusal_reaches_the_asker(start: Callable[..., ChildRun]) -> None:
    line = json.dumps({"refused": {"key": "problem.version", "facts": {"found": "9", "needed": 1}}})
    with pytest.raises(Malformed, match=r"problem\.version"):
        start(f"print({line!r})\n").wait(60)


def test_what_a_child_says_last_counts_also_where_it_does_not_end(start: Callable[..., ChildRun]) -> None:
    """It is ended by force a little later; nobody waits for that."""
    line = json.dumps({"solution": {"routes": [], "unplanned": ["t1"]}})
    run = start(f"import sys, time\nprint({line!r}, flush=True)\ntime.sleep(600)\n")
    assert run.wait(60).unplanned == ("t1",)
    assert run.ended(60)
