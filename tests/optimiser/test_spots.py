"""The kernel finds places as good as the plain search that prices every one by the schedule."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import ShiftId, TaskId
from app.domain.units import Cost
from app.optimiser import core_library
from app.optimiser.spots import KernelSpots
from app.services.advice import Adviser, Standing
from app.services.advice_search import EveryPlace
from app.services.advice_values import put_in, worth
from app.services.problem import Problem, RoutePlan, Stability
from tests.problems import a_problem, a_task, a_turn, steps
from tests.services.test_advice import standing

pytestmark = pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine")


@settings(max_examples=300)
@given(standing(most_tasks=9))
def test_the_kernel_finds_places_as_good_as_every_place_tried(problem: Problem) -> None:
    """Broken rules, by how much, and price, to the last digit; which of two equal places is free."""
    known = Standing(problem)
    loose = [task for task in known.tasks if task not in known.planned and known.partners.get(task) not in known.planned]
    for task, kernel, plain in zip(loose, KernelSpots(known).spots(known.routes, loose), EveryPlace(known).spots(known.routes, loose), strict=True):
        assert kernel.keys() == plain.keys()
        for shift, spot in plain.items():
            before, steps_now, partner = known.line(shift, known.routes[shift]), known.routes[shift], known.partners.get(task)
            values = [worth(before, known.line(shift, put_in(steps_now, task, each, partner))) for each in (kernel[shift], spot)]
            assert values[0] == values[1], (task, shift, kernel[shift], spot)


@settings(max_examples=100)
@given(standing(), st.data())
def test_advice_says_the_same_with_either_search(problem: Problem, data: st.DataObject) -> None:
    """Also for a task that is planned, of a route that is closed or must keep it."""
    closed = data.draw(st.sampled_from(problem.start))
    stays = frozenset(step.task for step in closed.steps)
    locked = {"closed": {"closed": True}, "stays": {"stay": stays}, "open": {}}[data.draw(st.sampled_from(["closed", "stays", "open"]))]
    problem = replace(problem, start=tuple(replace(route, **locked) if route is closed else route for route in problem.start))
    tasks = [task.id for task in problem.tasks]
    kernel, plain = Adviser(problem, KernelSpots), Adviser(problem, EveryPlace)
    for one, other in zip(kernel.places(tasks, 99), plain.places(tasks, 99), strict=True):
        assert {(each.shift, each.price) for each in one if not each.broken} >= {(each.shift, each.price) for each in other if not each.broken}
    for task, one, other in zip(tasks, kernel.obstacles(tasks), plain.obstacles(tasks), strict=True):
        assert {each.shift for each in one if each.position is None} == {each.shift for each in other if each.position is None}, task


def test_prices_of_stability_do_not_bend_advice() -> None:
    """Behind 1 is the cheapest place of 3, however dear it is that the order of a route changes."""
    start = (RoutePlan(shift=ShiftId("s1"), steps=steps(1, 2)),)
    problem = a_problem([a_task(1), a_task(2), a_task(3)], [a_turn(1)], start=start)
    dear = replace(problem, stability=Stability(per_driver_change=Cost(10**9), per_order_change=Cost(10**9), at_most=0))
    assert Adviser(dear, KernelSpots).places([TaskId("t3")]) == Adviser(problem, KernelSpots).places([TaskId("t3")])
