"""The stability curve: it never rises, moves no more than may, begins each search with the best before, and finds its knee."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Cancelled
from app.domain.geo import Place
from app.domain.ids import PlanId
from app.domain.orders import OrderState, order_of
from app.domain.plans import Route
from app.domain.units import Cost
from app.optimiser.engine import Solve
from app.services import planning
from app.services.advice import Adviser
from app.services.advice_search import EveryPlace
from app.services.curve import LIMITS, Curve, Limit, Point, knee_of, stability_curve, taken
from app.services.planning_values import Totals
from app.services.ports.store import Day
from app.services.problem import Problem, Solution
from tests.builders import CENTER, a_day, a_location, a_plan, a_route, a_window, an_order
from tests.services.test_planning import Flat

Answer = Callable[[Problem], Solution]


class _Run:
    """A solve that has its answer when it is asked for."""

    def __init__(self, problem: Problem, answer: Answer) -> None:
        self._problem, self._answer = problem, answer
        self.killed = False

    def stop(self) -> None:
        """Nothing runs."""

    def kill(self) -> None:
        self.killed = True

    def wait(self, timeout: float | None = None) -> Solution:
        del timeout
        return self._answer(self._problem)


class _Here:
    """A planner in this process, which remembers what it was asked."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.asked: list[Problem] = []
        self.runs: list[_Run] = []

    def start(self, problem: Problem, **_: object) -> _Run:
        self.asked.append(problem)
        self.runs.append(_Run(problem, self._answer))
        return self.runs[-1]

    def prepare(self) -> None:
        """Nothing to make ready."""

    def advise(self, problem: Problem) -> Adviser:
        return Adviser(problem, EveryPlace)


def solved(problem: Problem) -> Solution:
    return Solve(problem, seconds=30, iterations=400, engine="core").run(lambda _progress: None)


def as_it_is(problem: Problem) -> Solution:
    """What is in no route stays out."""
    planned = {step.task for route in problem.start for step in route.steps}
    return Solution(routes=problem.start, unplanned=tuple(task.id for task in problem.tasks if task.id not in planned))


def a_muddled_day(seed: int, count: int = 12, pool: int = 2) -> Day:
    """Orders all around the depot, dealt to two vans without looking, and some that came in since."""
    rng = random.Random(seed)
    numbers = list(range(1, count + 1))
    places = {n: Place(CENTER.lat + rng.uniform(-0.05, 0.05), CENTER.lon + rng.uniform(-0.1, 0.1)) for n in numbers}
    found = [an_order(n, location=replace(a_location(n), place=places[n]), state=OrderState.READY) for n in numbers]
    dealt = numbers[:-pool]
    rng.shuffle(dealt)
    half = len(dealt) // 2
    plan = a_plan(a_route(1, dealt[:half]), a_route(2, dealt[half:]), unassigned=numbers[-pool:])
    return a_day(of=found, plan=plan)


def order_in(route: Route) -> list[str]:
    return [order_of(task) for task in route.tasks]


@settings(max_examples=12)
@given(st.integers(0, 10_000))
def test_the_curve_never_rises_and_no_point_moves_more_than_may(seed: int) -> None:
    day = a_muddled_day(seed)
    problem = planning.day_problem(day, Flat())
    curve = stability_curve(day, problem, _Here(solved))
    assert [point.at_most for point in curve.points] == list(LIMITS)
    costs = [point.totals.cost for point in curve.points]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] < curve.before.cost, "the pool's orders go in without moving anything"
    assert costs[-1] < costs[0], "a muddled plan gains by moving"
    for point in curve.points:
        proposal = taken(day, problem, point)
        assert proposal.after.cost == point.totals.cost
        moved = [move for move in proposal.moves if move.from_route is not None]
        assert len(moved) == point.moved
        assert point.at_most is None or point.moved <= point.at_most


def test_insert_only_keeps_every_stop_where_and_in_the_order_it_is() -> None:
    day = a_muddled_day(3)
    problem = planning.day_problem(day, Flat())
    proposal = taken(day, problem, stability_curve(day, problem, _Here(solved)).points[0])
    assert day.plan is not None
    for before in day.plan.routes:
        after = next(route for route in proposal.routes if route.id == before.id)
        assert [each for each in order_in(after) if each in order_in(before)] == order_in(before)
    assert proposal.after.unplanned == 0


def test_each_search_begins_with_the_best_before_and_is_measured_against_the_plan_as_it_stands() -> None:
    day = a_muddled_day(4)
    problem, planner = planning.day_problem(day, Flat()), _Here(solved)
    stability_curve(day, problem, planner)
    assert {problem.stability.at_most for problem in planner.asked} == set(LIMITS)
    assert len({problem.start for problem in planner.asked}) == 1
    limited = [each for each in planner.asked if each.stability.at_most]
    assert all(each.begin for each in limited)
    assert all(problem.begin != problem.start for problem in limited)


def test_an_engine_that_finds_nothing_leaves_the_plan_as_it_is() -> None:
    day = a_muddled_day(5, pool=1)
    problem = planning.day_problem(day, Flat())
    curve = stability_curve(day, problem, _Here(as_it_is))
    assert {(point.moved, point.totals.cost) for point in curve.points} == {(0, curve.before.cost)}
    assert curve.knee is None
    assert len(curve.steps) == 1
    assert taken(day, problem, curve.points[0]).moves == ()


def test_a_poor_answer_for_many_moves_is_replaced_by_the_better_one_for_few() -> None:
    day = a_muddled_day(6)
    problem = planning.day_problem(day, Flat())
    curve = stability_curve(day, problem, _Here(lambda asked: as_it_is(asked) if asked.stability.at_most in {5, None} else solved(asked)))
    assert curve.points[4].totals.cost == curve.points[3].totals.cost
    assert curve.points[6].totals.cost == curve.points[5].totals.cost


def test_moving_one_stop_mends_what_is_broken_where_it_can() -> None:
    """Van 1 reaches A-3 long after its window has closed because it drives to A-80 first; either of the two elsewhere is enough."""
    far, near = an_order(80), an_order(3, windows=(a_window("08:00", "08:30"),))
    plan = a_plan(a_route(1, [far, near, an_order(81)]), a_route(2, [an_order(2)]))
    day = a_day(of=[far, near, an_order(81), an_order(2)], plan=plan)
    problem = planning.day_problem(day, Flat())
    curve = stability_curve(day, problem, _Here(as_it_is))
    assert curve.before.violations == 1
    assert [(point.moved, point.totals.violations) for point in curve.points[:2]] == [(0, 1), (1, 0)]
    assert curve.points[1].totals.cost == curve.points[-1].totals.cost
    assert taken(day, problem, curve.points[1]).after.violations == 0


def test_who_does_not_wait_any_more_ends_the_searches() -> None:
    day, planner = a_muddled_day(7), _Here(solved)
    problem = planning.day_problem(day, Flat())
    known: list[Curve] = []

    def report(_share: float, _step: str) -> None:
        if known:
            raise Cancelled

    with pytest.raises(Cancelled):
        stability_curve(day, problem, planner, report=report, found=known.append)
    assert len(known[0].points) == 1
    assert not known[0].complete
    assert len(planner.runs) == 3
    assert all(run.killed for run in planner.runs)


def a_curve(*points: tuple[Limit, int, int]) -> list[Point]:
    """Points of a limit, moved stops and a cost."""
    return [Point(at_most=most, moved=moved, totals=Totals(travel_cost=Cost(cost)), to_tell=0, solution=None) for most, moved, cost in points]


def test_the_knee_is_where_more_moving_saves_little() -> None:
    bent = a_curve((0, 0, 1_000), (1, 1, 700), (2, 2, 420), (3, 3, 400), (10, 10, 390), (None, 80, 380))
    knee = knee_of(bent)
    assert knee is not None
    assert knee.at_most == 2
    straight = a_curve((0, 0, 1_000), (1, 1, 842), (3, 3, 684), (None, 80, 0))
    assert knee_of(straight) is None
    assert knee_of(bent[:2]) is None


def test_points_that_gain_nothing_are_no_steps() -> None:
    points = a_curve((0, 0, 900), (1, 1, 800), (2, 1, 800), (3, 3, 700))
    curve = Curve(plan=PlanId("pln_1"), based_on=1, before=Totals(), points=tuple(points))
    assert [point.at_most for point in curve.steps] == [0, 1, 3]
    assert curve.share_saved(points[1]) == pytest.approx(0.5)
    assert (curve.saves(points[1]), curve.saves(points[-1])) == (100, 200)


def test_money_is_counted_from_where_as_many_orders_are_served() -> None:
    """The first plan is cheaper only because it leaves an order out."""
    first, *others = a_curve((0, 0, 500), (1, 1, 800), (3, 3, 700))
    poor = replace(first, totals=replace(first.totals, unplanned_cost=Cost(10_000), unplanned=1))
    curve = Curve(plan=PlanId("pln_1"), based_on=1, before=poor.totals, points=(poor, *others))
    assert curve.base is others[0]
    assert [curve.saves(point) for point in curve.points] == [0, 0, 100]
    assert [point.at_most for point in curve.steps] == [0, 1, 3]
