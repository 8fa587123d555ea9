"""A solution brings along what stands against the tasks that it leaves out or serves late."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity
from app.domain.units import Cost
from app.optimiser import core_library, obstacles
from app.optimiser.benches.safety_reasons import day_of
from app.optimiser.obstacles import explained
from app.services.advice import Adviser
from app.services.planning_reasons import Explainer
from app.services.problem import Problem, RoutePlan, Solution
from tests.problems import HOUR, a_problem, a_task, a_turn, a_window_of, at, steps
from tests.services.test_advice import standing


def a_full_van(left: int) -> tuple[Problem, Solution]:
    """A van that carries one piece and has it on board; the tasks from 2 on are left out, the higher the dearer."""
    tasks = [a_task(number, unplanned_price=Cost(number)) for number in range(1, left + 2)]
    problem = a_problem(tasks, [a_turn(1, capacity=Capacity(pieces=1)), a_turn(2, capacity=Capacity(pieces=0))])
    return problem, Solution(routes=(RoutePlan(shift=ShiftId("s1"), steps=steps(1)),), unplanned=tuple(task.id for task in tasks[1:]))


def test_every_task_left_out_brings_an_obstacle_for_each_shift_dearest_first() -> None:
    problem, solution = a_full_van(2)
    found = explained(problem, solution)
    assert replace(found, obstacles=()) == solution
    assert [(each.task, each.shift) for each in found.obstacles] == [("t3", "s1"), ("t3", "s2"), ("t2", "s1"), ("t2", "s2")]
    assert {(broken.kind, broken.amount) for each in found.obstacles for broken in each.broken} == {("load", 1)}


def test_late_tasks_bring_theirs_hard_or_priced() -> None:
    """Van 1 is an hour late at the door of 1; van 2, which starts in time, could be there."""
    late = a_task(1, windows=(a_window_of(at(8), at(8, 30), late_price=1),))
    problem = a_problem([late], [a_turn(1, starts=at(9, 29)), a_turn(2)])
    found = explained(problem, Solution(routes=(RoutePlan(shift=ShiftId("s1"), steps=steps(1)),)))
    assert [(each.shift, [broken.amount for broken in each.broken]) for each in found.obstacles] == [("s2", []), ("s1", [HOUR])]


def test_with_no_time_left_the_solution_goes_as_it_is() -> None:
    problem, solution = a_full_van(2)
    assert explained(problem, solution, seconds=0) == solution


def test_many_tasks_bring_the_best_few_each(monkeypatch: pytest.MonkeyPatch) -> None:
    problem, solution = a_full_van(4)
    problem = replace(problem, shifts=(*problem.shifts, *(a_turn(number, capacity=Capacity(pieces=0)) for number in (3, 4, 5))))
    briefly = explained(problem, solution, waiting=lambda: True).obstacles
    assert [sum(each.task == task for each in briefly) for task in solution.unplanned] == [obstacles.NAMED] * 4
    monkeypatch.setattr(obstacles, "MOST", 5)
    assert explained(problem, solution).obstacles == briefly


def test_without_a_kernel_the_plain_search_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    problem, solution = a_full_van(1)
    expected = explained(problem, solution)
    monkeypatch.setattr(core_library, "FOLDER", tmp_path)
    core_library.library.cache_clear()
    try:
        assert explained(problem, solution) == expected
    finally:
        core_library.library.cache_clear()
    assert {each.task for each in expected.obstacles} == {TaskId("t2")}


@settings(max_examples=100)
@given(standing())
def test_what_is_brought_along_holds_where_it_is_looked_at(problem: Problem) -> None:
    """The window words every reason without a search of its own."""
    planned = {step.task for route in problem.start for step in route.steps}
    left = tuple(task.id for task in problem.tasks if task.id not in planned)
    solution = explained(problem, Solution(routes=problem.start, unplanned=left), seconds=60)
    explainer = Explainer(day_of(problem), problem.start, solution.obstacles)
    late = {each.task for each in solution.obstacles} - set(left)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Adviser, "obstacles", lambda *_: pytest.fail("searched"))
        assert all(explainer.reasons(task) for task in left)
        assert all(explainer.late_reasons(task) for task in late)
