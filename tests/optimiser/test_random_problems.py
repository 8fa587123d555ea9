"""Random problems are valid, repeatable, and have every rule switched on somewhere."""

from collections.abc import Iterator

import pytest

from app.domain.orders import TaskKind
from app.domain.roads import UNREACHABLE
from app.domain.schedule import timeline
from app.optimiser.benches.random_problems import random_problem
from app.services.problem import Problem
from app.services.problem_json import check, problem_from_json, problem_to_json

SOME = 600


@pytest.fixture(scope="module")
def many() -> list[Problem]:
    return [random_problem(seed) for seed in range(SOME)]


def test_every_problem_is_valid(many: list[Problem]) -> None:
    for problem in many:
        check(problem)


def test_every_problem_survives_its_file_form(many: list[Problem]) -> None:
    for problem in many[:100]:
        text = problem_to_json(problem)
        again = problem_from_json(text)
        assert problem_to_json(again) == text
        assert (again.tasks, again.shifts, again.start, again.stability) == (problem.tasks, problem.shifts, problem.start, problem.stability)


def test_the_same_number_is_the_same_problem_and_another_number_another() -> None:
    assert problem_to_json(random_problem(7)) == problem_to_json(random_problem(7))
    assert problem_to_json(random_problem(7)) != problem_to_json(random_problem(8))


def test_sizes_keep_their_bounds(many: list[Problem]) -> None:
    assert {len(problem.tasks) for problem in many} >= set(range(1, 20))
    assert max(len(problem.tasks) for problem in many) <= 60
    assert {len(problem.shifts) for problem in many} == set(range(1, 9))
    assert max(len(random_problem(seed, most_tasks=5, most_shifts=2).tasks) for seed in range(50)) == 5


def _rules(problem: Problem) -> Iterator[str]:
    """The names of what is switched on in a problem."""
    yield from _rules_of_travel(problem)
    yield from _rules_of_tasks(problem)
    yield from _rules_of_shifts(problem)
    yield from _rules_of_start(problem)


def _rules_of_travel(problem: Problem) -> Iterator[str]:
    for table in problem.travel.values():
        yield f"bands {len(table.begins)}"
        if any(UNREACHABLE in band for band in table.durations):
            yield "missing legs"
        if any(later - earlier < 100 for earlier, later in zip(table.begins, table.begins[1:], strict=False)):
            yield "bands of milliseconds"
    yield f"profiles {len(problem.travel)}"


def _rules_of_tasks(problem: Problem) -> Iterator[str]:
    kinds = {task.id: task.kind for task in problem.tasks}
    for task in problem.tasks:
        yield f"windows {len(task.windows)}"
        yield task.kind.value
        yield from (("hard", "priced")[window.late_price is not None] for window in task.windows)
        if len({window.late_price is None for window in task.windows}) == 2:
            yield "hard and priced windows"
        for name, there in (("skills", task.skills), ("features", task.features), ("only", task.only), ("never", task.never)):
            if there:
                yield name
        if task.after is not None:
            yield "pair" if kinds[task.after] is not TaskKind.DELIVERY and task.kind is TaskKind.DELIVERY else "chain"


def _rules_of_shifts(problem: Problem) -> Iterator[str]:
    for shift in problem.shifts:
        yield f"breaks {len(shift.breaks)}"
        for name in ("max_distance", "max_duration", "reloads", "overtime_price", "under_way", "fixed_price"):
            if getattr(shift, name):
                yield name
        for name in ("weight", "volume", "pieces"):
            if getattr(shift.capacity, name) is not None:
                yield f"limit of {name}"
        if shift.end is None:
            yield "open end"
        if shift.start != (shift.end or 0):
            yield "own start"
        if shift.depot is None:
            yield "no depot"


def _rules_of_start(problem: Problem) -> Iterator[str]:
    tasks = {task.id: task for task in problem.tasks}
    shifts = {shift.id: shift for shift in problem.shifts}
    for route in problem.start:
        for name in ("fixed", "closed", "stay"):
            if getattr(route, name):
                yield name
        broken = timeline(shifts[route.shift], route.steps, tasks, problem.travel[shifts[route.shift].profile]).violations
        if route.steps:
            yield "broken route" if broken else "sound route"
        yield from (f"starts with {each.kind.value} broken" for each in broken)
    stability = problem.stability
    yield f"at most {stability.at_most}"
    if stability.per_driver_change and stability.per_order_change:
        yield "both prices"


def test_every_rule_is_on_somewhere(many: list[Problem]) -> None:
    found = {rule for problem in many for rule in _rules(problem)}
    limits = {f"at most {k}" for k in (None, *range(11))}
    rules = ("late", "load", "skill", "feature", "precedence", "shift", "break", "distance", "duration", "reload", "forbidden", "unreachable")
    wanted = {
        *(f"bands {n}" for n in (1, 2, 3, 5)),
        *(f"windows {n}" for n in range(4)),
        *(f"breaks {n}" for n in range(3)),
        *(f"profiles {n}" for n in (1, 2, 3)),
        *(f"limit of {name}" for name in ("weight", "volume", "pieces")),
        *(f"starts with {rule} broken" for rule in rules),
        *(kind.value for kind in TaskKind),
        *limits,
    }
    wanted |= {"missing legs", "bands of milliseconds", "hard", "priced", "hard and priced windows", "skills", "features", "only", "never", "pair", "chain"}
    wanted |= {"max_distance", "max_duration", "reloads", "overtime_price", "under_way", "fixed_price", "open end", "own start", "no depot"}
    wanted |= {"fixed", "closed", "stay", "broken route", "sound route", "both prices"}
    assert not wanted - found
