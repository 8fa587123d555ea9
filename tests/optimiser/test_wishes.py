"""Wishes as prices: the kernel counts them as Python does, to the last digit; they steer the search, and without any nothing is different."""

import random
from dataclasses import replace

import pytest

from app.domain.ids import TaskId
from app.domain.schedule import Step, Timeline, timeline
from app.domain.units import Cost, Millis
from app.optimiser import core_library as lib
from app.optimiser.benches.random_problems import random_problem, with_wishes
from app.optimiser.core import Kernel
from app.optimiser.engine import Solve
from app.optimiser.repair import Repair
from app.optimiser.second_member import can_help
from app.optimiser.wished import Wished
from app.services.problem import Liking, Problem, Solution, Wishes
from tests.problems import HOUR, MIN, a_line, a_problem, a_task, a_turn

pytestmark = pytest.mark.skipif(not lib.is_there(), reason="the kernel is not built on this machine")
DEAR = Cost(10**12)


def a_wished_problem(seed: int) -> Problem:
    return with_wishes(random_problem(seed), random.Random(seed))


def solved(problem: Problem, iterations: int = 300) -> Solution:
    return Solve(problem, seconds=30, iterations=iterations, engine="core").run(lambda _progress: None)


@pytest.mark.parametrize("chunk", range(4))
def test_the_price_of_a_place_counts_wishes(chunk: int) -> None:
    """Of 200 random problems with every rule: where a place is priced, the difference is that of two timelines and their wishes."""
    for seed in range(chunk, 200, 4):
        problem, rng = a_wished_problem(seed), random.Random(seed)
        tasks, wished = {task.id: task for task in problem.tasks}, Wished(problem.wishes)
        shift = rng.choice(problem.shifts)
        steps = tuple(Step(task.id) for task in rng.sample(problem.tasks, rng.randint(0, min(8, len(problem.tasks)))))
        search = Kernel(replace(problem, stability=replace(problem.stability, per_driver_change=Cost(0), per_order_change=Cost(0)))).search(1)
        search.put_plan({shift.id: steps})

        def cost(route: tuple[Step, ...]) -> int:
            line: Timeline = timeline(shift, route, tasks, problem.travel[shift.travels])  # noqa: B023
            return (line.cost if route else 0) + wished.price([line])  # noqa: B023

        for task in [each.id for each in problem.tasks if each.id not in {step.task for step in steps}][:6]:
            for place in search.positions(TaskId(task), shift.id, len(steps)):
                assert place.price == cost(place.steps(steps, task)) - cost(steps), seed


@pytest.mark.parametrize("chunk", range(4))
def test_what_a_plan_is_worth_to_the_kernel_is_what_it_is_worth_in_python(chunk: int) -> None:
    compared = 0
    for seed in range(chunk, 120, 4):
        problem = a_wished_problem(seed)
        search = Kernel(problem).search(seed)
        search.set_plan({route.shift: route.steps for route in problem.start})
        search.construct()
        search.anneal(lib.AnnealTerms(hot=1e6, cold=1.0, until=1.0, iterations=60, removed=4.0, string_most=4.0))
        broken, cost, _ = search.worth()
        found = Repair(problem, search.best()).worth()
        if broken == found.broken:  # where a limit of moves excuses what is broken, the kernel does not count it
            compared += 1
            assert cost == found.cost, seed
    assert compared > 20


def test_a_task_goes_with_whom_it_would_rather() -> None:
    """Two equal vans: each task with the one that knows it, however the line would be driven."""
    tasks, vans = [a_task(number) for number in range(1, 9)], [a_turn(1), a_turn(2)]
    other = {task.id: vans[number % 2].id for number, task in enumerate(tasks)}
    likings = tuple(Liking(task=task, shift=shift, price=DEAR) for task, shift in other.items())
    found = solved(a_problem(tasks, vans, a_line(9), wishes=Wishes(likings=likings)))
    assert found.unplanned == ()
    assert {step.task: route.shift for route in found.routes for step in route.steps} == {
        task: next(van.id for van in vans if van.id != shift) for task, shift in other.items()
    }


def test_days_become_equally_long_where_that_is_wished() -> None:
    """One van alone is cheapest, for going out twice costs more; with a price on long days both go."""
    tasks = [a_task(number, service=Millis(20 * MIN)) for number in range(1, 9)]
    plain = a_problem(tasks, [a_turn(1), a_turn(2)], a_line(9))
    even = replace(plain, wishes=Wishes(fair=Millis(HOUR), beyond_price=Cost(10_000_000)))
    assert lengths(plain, solved(plain))[1:] == []
    longest, shortest = lengths(even, solved(even))
    assert longest - shortest <= 25 * MIN


def lengths(problem: Problem, solution: Solution) -> list[int]:
    """How long each driven route is, the longest first."""
    tasks, shifts = {task.id: task for task in problem.tasks}, {shift.id: shift for shift in problem.shifts}
    lines = [timeline(shifts[route.shift], route.steps, tasks, problem.travel[shifts[route.shift].travels]) for route in solution.routes if route.steps]
    return sorted((line.duration for line in lines), reverse=True)


def test_wishes_that_cost_nothing_change_nothing() -> None:
    for seed in range(20):
        problem = random_problem(seed)
        nothing = Wishes(fair=Millis(HOUR), likings=tuple(Liking(task=task.id, shift=problem.shifts[0].id, price=Cost(0)) for task in problem.tasks))
        assert replace(solved(replace(problem, wishes=nothing), 60), seconds=0) == replace(solved(problem, 60), seconds=0)


def test_pyvrp_is_of_no_use_where_anything_is_wished() -> None:
    problem = a_problem([a_task(1)], [a_turn(1)])
    assert can_help(problem)
    assert not can_help(replace(problem, wishes=Wishes(beyond_price=Cost(1))))
