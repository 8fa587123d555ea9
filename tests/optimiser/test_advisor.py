"""Advice by a child process: the same answers as in this process, from any thread, and an end that harms nobody."""

import json
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from app.domain.errors import BadAnswer, Malformed, Unavailable
from app.domain.ids import ShiftId, TaskId
from app.optimiser import advising
from app.optimiser.advisor import ChildAdvice, advice_of
from app.optimiser.runner import ChildPlanner
from app.services.advice import Adviser
from app.services.advice_search import EveryPlace
from app.services.problem import Problem, RoutePlan
from app.services.problem_json import problem_to_json
from tests.problems import a_problem, a_task, a_turn, steps

ROOT = Path(__file__).resolve().parents[2]
READS = (
    f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom app.services.problem_parcel import received\n"
    "received(sys.stdin.buffer); sys.stdin.buffer.readline()\n"
)
"""A program that reads the problem and a question."""


def a_day_under_way() -> Problem:
    """Seven tasks on three vans, two of them in no route."""
    start = (RoutePlan(shift=ShiftId("s1"), steps=steps(1, 2, 3), fixed=1), RoutePlan(shift=ShiftId("s2"), steps=steps(5, 4)))
    return a_problem([a_task(n) for n in range(1, 8)], [a_turn(n) for n in (1, 2, 3)], start=start)


@pytest.fixture
def advice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChildAdvice]:
    """Advice of the real child about the day under way."""
    monkeypatch.setenv("DOORSTEP_DATA", str(tmp_path / "data"))
    with ChildPlanner(ROOT / "main.py").advise(a_day_under_way()) as opened:
        yield opened


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Callable[..., ChildAdvice]]:
    """Advice of a child that runs this text."""
    opened: list[ChildAdvice] = []

    def start(program: str, problem: Problem | None = None, **more: float) -> ChildAdvice:
        file = tmp_path / "program.py"
        file.write_text(program, "utf-8")
        opened.append(advice_of([sys.executable, str(file)], problem or a_day_under_way(), **more))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def answering(line: str) -> str:
    """A program that reads the problem and a question, says a line, and waits for the end."""
    return f"{READS}print({line!r}, flush=True)\nsys.stdin.buffer.read()\n"


def test_the_child_answers_as_this_process_does(advice: ChildAdvice) -> None:
    here = Adviser(a_day_under_way(), EveryPlace)
    tasks = [task.id for task in a_day_under_way().tasks]
    changes = [[RoutePlan(shift=ShiftId("s2"), steps=steps(4, 5, 6))], [RoutePlan(shift=ShiftId("s1"))]]
    assert [[each.price for each in found] for found in advice.places(tasks)] == [[each.price for each in found] for found in here.places(tasks)]
    assert advice.prices(changes) == here.prices(changes)
    assert [{each.shift for each in found} for found in advice.obstacles(tasks)] == [{"s1", "s2", "s3"}] * len(tasks)


def test_questions_of_many_threads_get_their_own_answers(advice: ChildAdvice) -> None:
    tasks = [task.id for task in a_day_under_way().tasks if task.id != "t1"] * 5
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda task: advice.places([task])[0], tasks))
    assert [{each.task for each in row} for row in found] == [{task} for task in tasks]


def test_a_question_against_facts_is_refused_and_the_next_is_answered(advice: ChildAdvice) -> None:
    with pytest.raises(Malformed, match="nobody"):
        advice.places([TaskId("nobody")])
    assert advice.places([TaskId("t6")])[0]


def test_a_bad_problem_is_refused_at_every_question(asked: Callable[..., ChildAdvice]) -> None:
    line = json.dumps({"refused": {"key": "problem.version", "facts": {"found": "9", "needed": 1}}})
    opened = asked(answering(line))
    for _ in range(2):
        with pytest.raises(Malformed, match=r"problem\.version"):
            opened.places([TaskId("t1")])


def test_a_child_that_dies_is_unavailable_and_says_why(asked: Callable[..., ChildAdvice]) -> None:
    opened = asked(f"{READS}sys.exit('no memory left')\n")
    for _ in range(2):
        with pytest.raises(Unavailable) as died:
            opened.places([TaskId("t1")])
        assert dict(died.value.sentence.facts)["why"] == "no memory left"


def test_a_child_that_does_not_answer_is_given_up(asked: Callable[..., ChildAdvice]) -> None:
    opened = asked("import time\ntime.sleep(600)\n", patience=0.2)
    for _ in range(2):
        with pytest.raises(Unavailable, match=r"planning\.advice_slow"):
            opened.obstacles([TaskId("t1")])


def test_an_answer_that_is_none_is_a_bad_answer(asked: Callable[..., ChildAdvice]) -> None:
    with pytest.raises(BadAnswer):
        asked(answering('{"id": 1, "answer": [[{"task": 7}]]}')).places([TaskId("t1")])


def test_closing_ends_a_child_that_does_not_listen(asked: Callable[..., ChildAdvice]) -> None:
    opened = asked("import time\ntime.sleep(600)\n")
    waiting: queue.SimpleQueue[BaseException] = queue.SimpleQueue()

    def ask() -> None:
        try:
            opened.places([TaskId("t1")])
        except Unavailable as gone:
            waiting.put(gone)

    asker = threading.Thread(target=ask)
    asker.start()
    while not opened._waiting:  # the question is on its way
        time.sleep(0.01)
    opened.close()
    assert isinstance(waiting.get(timeout=60), Unavailable)
    asker.join()
    with pytest.raises(Unavailable):
        opened.places([TaskId("t1")])


def test_a_program_that_cannot_be_started_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        advice_of([str(tmp_path / "nothing")], a_day_under_way())


# The child in this process -------------------------------------------------------------------------------------------


def said(*lines: str) -> tuple[int, list[dict[str, object]]]:
    """The exit code of a child that is told these lines, and what it says."""
    out = StringIO()
    code = advising.serve(BytesIO("\n".join(lines).encode()), out, end=lambda _: None)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def test_answers_carry_the_ids_of_their_questions() -> None:
    questions = ('{"id": 4, "ask": "obstacles", "tasks": ["t6"]}', '{"id": 9, "ask": "the weather"}')
    code, (ready, first, second) = said(problem_to_json(a_day_under_way()), *questions)
    assert (code, [*ready]) == (advising.DONE, ["ready"])
    assert (first["id"], [*first]) == (4, ["answer", "id"])
    assert (second["id"], [*second]) == (9, ["id", "refused"])


@pytest.mark.parametrize("text", ["{", '{"version": 7}', "[]"])
def test_a_bad_problem_is_one_refusal(text: str) -> None:
    code, (line,) = said(text)
    assert (code, [*line]) == (advising.WRONG, ["refused"])
