"""A running day planned anew by the engine: where k is 0, orders that came in are put in, where advice says, and nothing else moves."""

from dataclasses import replace

import pytest

from app.domain.ids import ShiftId, TaskId
from app.domain.orders import task_of
from app.optimiser import core_library
from app.optimiser.engine import Solve
from app.optimiser.spots import search_of
from app.services import planning
from app.services.advice import Adviser
from app.services.planning import OnTheRoad
from app.services.planning_values import DayProblem
from app.services.problem import Problem, Stability
from tests.builders import a_day, a_plan, a_route, an_order
from tests.problems import at
from tests.services.test_planning import Flat

pytestmark = pytest.mark.skipif(not core_library.is_there(), reason="the kernel is not built on this machine")

STANDING = {"shf_1": (1, 4, 2, 6), "shf_2": (3, 7, 5)}
"""Routes that drive to and fro, so that a search that may move stops would."""


def task(number: int) -> TaskId:
    return task_of(an_order(number))


def a_running_day(**more: object) -> tuple[DayProblem, Problem]:
    """Van 1 has served A-1 and reaches A-4 at 9; A-8 and A-9 came in since. The day, and the problem with k = 0."""
    plan = a_plan(*(a_route(number, stops) for number, stops in enumerate(STANDING.values(), start=1)), unassigned=[8, 9])
    day = a_day(9, 2, plan=plan)
    where = OnTheRoad(heading_to=task(4), arrives=at(9), left=at(8))
    problem = planning.running_day(planning.day_problem(day, Flat()), plan, {ShiftId("shf_1"): where})
    return problem, planning.to_replan(problem, plan, stability=Stability(at_most=0), **more)  # type: ignore[arg-type]


def solved(problem: Problem) -> dict[str, list[TaskId]]:
    solution = Solve(problem, seconds=1, iterations=300).run(lambda _: None)
    return {route.shift: [step.task for step in route.steps] for route in solution.routes}


def test_orders_that_came_in_are_put_in_and_nothing_moves() -> None:
    routes = solved(a_running_day()[1])
    assert {each for row in routes.values() for each in row} == {task(number) for number in range(2, 10)}
    old = [[each for each in routes[shift] if each not in {task(8), task(9)}] for shift in STANDING]
    assert old == [[task(number) for number in row] for row in ((4, 2, 6), (3, 7, 5))]
    assert routes["shf_1"][0] == task(4)


def test_one_order_goes_where_advice_puts_it_first() -> None:
    problem, to_solve = a_running_day(insert={task(8)})
    with Adviser(to_solve, search_of) as adviser:
        best = adviser.places([task(8)])[0][0]
        before = sum(adviser.standing.line(shift, steps).cost for shift, steps in adviser.standing.routes.items())
    judged = planning.judge(problem, Solve(to_solve, seconds=1, iterations=300).run(lambda _: None))
    assert judged.totals.cost - judged.totals.unplanned_cost - before == best.price


def test_goods_at_the_depot_go_with_the_van_that_is_still_there() -> None:
    routes = solved(a_running_day(at_depot={task(8), task(9)})[1])
    assert {task(8), task(9)} <= set(routes["shf_2"])


def test_without_the_limit_the_engine_would_have_moved_stops() -> None:
    """What keeps the stops in their places is k, not the day."""
    _, problem = a_running_day()
    routes = solved(replace(problem, stability=Stability()))
    assert [each for each in routes.get("shf_2", []) if each not in {task(8), task(9)}] != [task(3), task(7), task(5)]
