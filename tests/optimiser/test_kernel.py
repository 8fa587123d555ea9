"""The kernel and the schedule are one arithmetic: the same timelines to the last digit, and every price of a place is a difference of timelines."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import TaskId
from app.domain.schedule import Step, timeline
from app.optimiser import core_library
from app.optimiser.benches.random_problems import random_problem
from app.optimiser.core import Kernel
from app.services.problem import Problem
from tests.problems import problems

pytestmark = pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine")


def a_route(problem: Problem, rng: random.Random) -> tuple[Step, ...]:
    """Some tasks in any order, also one that breaks rules."""
    chosen = rng.sample(problem.tasks, rng.randint(1, min(12, len(problem.tasks))))
    return tuple(Step(task.id, rng.random() < 0.2) for task in chosen)


@settings(max_examples=500)
@given(problems(most_tasks=9), st.randoms(use_true_random=False))
def test_timelines_of_the_kernel_are_those_of_the_schedule(problem: Problem, rng: random.Random) -> None:
    search = Kernel(problem).search(1)
    tasks = {task.id: task for task in problem.tasks}
    for shift in problem.shifts:
        steps = a_route(problem, rng)
        assert search.timeline(shift.id, steps) == timeline(shift, steps, tasks, problem.travel[shift.profile])


@pytest.mark.parametrize("chunk", range(4))
def test_they_are_with_every_rule_profile_and_band_at_once(chunk: int) -> None:
    """A thousand random problems of up to sixty tasks, three routes of each shift."""
    for seed in range(chunk, 1_000, 4):
        problem, rng = random_problem(seed), random.Random(seed)
        search = Kernel(problem).search(1)
        tasks = {task.id: task for task in problem.tasks}
        for shift in problem.shifts:
            for _ in range(3):
                steps = a_route(problem, rng)
                assert search.timeline(shift.id, steps) == timeline(shift, steps, tasks, problem.travel[shift.profile]), seed


@settings(max_examples=100)
@given(problems(most_tasks=8), st.randoms(use_true_random=False))
def test_the_price_of_a_place_is_the_difference_of_two_timelines(problem: Problem, rng: random.Random) -> None:
    tasks = {task.id: task for task in problem.tasks}
    shift, steps = problem.shifts[0], a_route(problem, rng)
    left = [task.id for task in problem.tasks if task.id not in {step.task for step in steps}]
    search = Kernel(problem).search(1)
    search.put_plan({shift.id: steps})
    before = timeline(shift, steps, tasks, problem.travel[shift.profile])
    for task in left:
        for place in search.positions(TaskId(task), shift.id, len(steps)):
            after = timeline(shift, place.steps(steps, task), tasks, problem.travel[shift.profile])
            assert place.price == after.cost - before.cost
