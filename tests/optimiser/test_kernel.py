"""The kernel and the schedule are one arithmetic: the same timelines to the last digit, and every price is a difference of timelines."""

import random
from array import array
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Unavailable
from app.domain.ids import TaskId
from app.domain.schedule import Step, timeline
from app.domain.units import Cost
from app.optimiser import core_library
from app.optimiser.core import Kernel
from app.services.problem import Problem
from tests.problems import a_problem, a_task, a_turn, problems

pytestmark = pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine")


def a_route(problem: Problem, rng: random.Random) -> tuple[Step, ...]:
    """Some tasks in any order, also one that breaks rules."""
    chosen = rng.sample(problem.tasks, rng.randint(1, len(problem.tasks)))
    return tuple(Step(task.id, rng.random() < 0.2) for task in chosen)


@settings(max_examples=500)
@given(problems(most_tasks=9), st.randoms(use_true_random=False))
def test_timelines_of_the_kernel_are_those_of_the_schedule(problem: Problem, rng: random.Random) -> None:
    search = Kernel(problem).search(1)
    tasks = {task.id: task for task in problem.tasks}
    for shift in problem.shifts:
        steps = a_route(problem, rng)
        assert search.timeline(shift.id, steps) == timeline(shift, steps, tasks, problem.travel[shift.profile])
