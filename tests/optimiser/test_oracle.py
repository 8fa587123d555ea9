"""The oracle is right: hand-worked optima, every plan of tiny problems tried, and two ways of proving that agree."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import ShiftId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.schedule import Step
from app.domain.units import Cost, Cubic, Grams, Millis
from app.services.problem import Problem, RoutePlan, Solution, Stability
from tests.optimiser.circuit import expresses, proved
from tests.optimiser.judging import Whole, Worth, changes, complaints, longest_rising, moved, torn, worth
from tests.optimiser.oracle import optimum
from tests.optimiser.small_days import a_day
from tests.problems import HOUR, MIN, a_problem, a_task, a_turn, a_window_of, at, problems, steps

S1, S2 = ShiftId("s1"), ShiftId("s2")
A_MINUTE = MIN * 10
"""Cost of a minute of a shift of `a_turn`; a kilometre costs 1,000."""


def served(problem: Problem, whole: Whole = Whole.PAIRS) -> dict[str, list[str]]:
    """The tasks of each route of the optimum."""
    return {shift: [step.task for step in route] for shift, route in optimum(problem, whole=whole).routes.items() if route}


# By hand -------------------------------------------------------------------------------------------------------------


def test_two_places_on_a_line_are_one_way_out_and_back() -> None:
    """4 km, and 4 minutes of driving and 4 of service."""
    found = optimum(a_problem([a_task(1), a_task(2)], [a_turn()]))
    assert found.worth == Worth(0, 4 * 1_000 + 8 * A_MINUTE)
    assert found.unplanned == ()


def test_what_costs_more_to_serve_than_to_leave_out_stays_out() -> None:
    """t5 makes the way 8 km, 8 minutes of driving and 2 of service longer than t1 alone: 8,000 + 10 minutes. A cost less, and it stays out; a cost
    more, and it is served."""
    more = 8 * 1_000 + 10 * A_MINUTE
    for price, left in ((more - 1, ("t5",)), (more + 1, ())):
        assert optimum(a_problem([a_task(1), a_task(5, unplanned_price=Cost(price))], [a_turn()])).unplanned == left


def test_a_second_van_is_used_where_its_fixed_price_is_less_than_overtime() -> None:
    """Two tasks of an hour in a shift that ends after one: about an hour of overtime at 10 a millisecond more, or a van."""
    tasks = [a_task(n, service=Millis(HOUR)) for n in (1, 2)]
    vans = [a_turn(n, ends=Millis(at(9, 10)), latest_end=at(11), overtime_price=Cost(10)) for n in (1, 2)]
    for price, used in ((0, 2), (HOUR * 10, 1)):
        dear = [replace(van, fixed_price=Cost(price)) for van in vans]
        assert len(served(a_problem(tasks, dear))) == used


def test_being_late_costs_or_the_order_turns() -> None:
    """t5 wants 8:05, t1 8:06: t5 first makes t1 3 min late (8:05 + 2 min of service + 4 min = 8:11, 5 min late), t1 first makes t5 2 min late. Priced alike,
    the smaller lateness wins; t1's a hundredth of the price, the other order."""
    for price, order in ((1_000, ["t1", "t5"]), (10, ["t5", "t1"])):
        tasks = [a_task(5, windows=(a_window_of(at(8, 5), at(8, 5), 1_000),)), a_task(1, windows=(a_window_of(at(8), at(8, 6), price),))]
        assert served(a_problem(tasks, [a_turn(milli_price=Cost(0))])) == {"s1": order}


def test_a_van_of_one_order_comes_back_to_load() -> None:
    """1 kg a trip: with a reload both are served, without one of them."""
    small = a_turn(capacity=Capacity(weight=Grams(1_000)), reload=Millis(MIN))
    tasks = [a_task(1), a_task(2)]
    assert optimum(a_problem(tasks, [replace(small, reloads=1)])).worth.cost == (2 + 4) * 1_000 + (6 + 4 + 1) * A_MINUTE
    assert len(optimum(a_problem(tasks, [small])).unplanned) == 1


def test_a_half_of_a_pair_is_not_planned_alone() -> None:
    """The delivery's window is over before its pick-up opens. By the schedule alone the pick-up would be served."""
    pickup = a_task(1, kind=TaskKind.PICKUP, windows=(a_window_of(at(12), at(13)),))
    problem = a_problem([pickup, a_task(2, after=pickup.id, windows=(a_window_of(at(9), at(10)),))], [a_turn()])
    assert served(problem) == {}
    assert served(problem, Whole.FREE) == {"s1": ["t1"]}


def test_another_driver_only_where_it_saves_more_than_its_price() -> None:
    """t4 with s1, which begins at place 0; s2 begins and ends at place 4: 2 minutes of service instead of 8 km, 8 minutes and 2 of service."""
    start = (RoutePlan(shift=S1, steps=steps(4)),)
    problem = a_problem([a_task(4)], [a_turn(1), a_turn(2, start=4, end=4)], start=start)
    saved = 8 * 1_000 + 8 * A_MINUTE
    for price, driver in ((saved - 1, "s2"), (saved + 1, "s1")):
        assert list(served(replace(problem, stability=Stability(per_driver_change=Cost(price))))) == [driver]
    assert list(served(replace(problem, stability=Stability(at_most=0)))) == ["s1"]


def test_no_more_tasks_move_than_may() -> None:
    """Both tasks are with the far van; each costs less with the near one."""
    start = (RoutePlan(shift=S1, steps=steps(4, 5)),)
    problem = a_problem([a_task(4), a_task(5)], [a_turn(1), a_turn(2, start=5, end=5)], start=start)
    for most in (0, 1, 2):
        found = optimum(replace(problem, stability=Stability(at_most=most)))
        assert moved(problem, found.routes) == most


def test_what_a_lock_breaks_is_broken_as_little_as_can_be() -> None:
    """t1 is too heavy for the van that it must stay with: one rule is broken, t2 goes with the other van rather than break it further."""
    heavy = a_task(1, load=Load(Grams(9_000), Cubic(0), 1))
    start = (RoutePlan(shift=S1, steps=steps(1), fixed=1),)
    vans = [a_turn(1, capacity=Capacity(weight=Grams(2_000), pieces=1)), a_turn(2)]
    found = optimum(a_problem([heavy, a_task(2)], vans, start=start))
    assert (found.worth.broken, {shift: len(route) for shift, route in found.routes.items()}) == (1, {"s1": 1, "s2": 1})


def test_the_order_that_two_routes_have_in_common() -> None:
    """Of 3 1 2 4 the longest rising part is 1 2 4: one task left the order. A task from s2 changed its driver, a new one did neither."""
    start = (RoutePlan(shift=S1, steps=steps(1, 2, 3, 4)), RoutePlan(shift=S2, steps=steps(5)))
    problem = a_problem([a_task(n) for n in range(1, 7)], [a_turn(1), a_turn(2)], start=start)
    found = changes(problem, S1, steps(3, 1, 6, 2, 5, 4))
    assert (found.drivers, found.order, longest_rising([3, 1, 2, 4])) == (1, 1, 3)
    assert moved(problem, {S1: steps(3, 1, 6, 2, 5, 4)}) == 2
    assert moved(problem, {S1: steps(1, 2, 4)}) == 2


def test_the_judge_names_what_no_plan_may_do() -> None:
    start = (RoutePlan(shift=S1, steps=steps(1, 2), fixed=1, stay=frozenset({a_task(2).id})), RoutePlan(shift=S2, steps=steps(3), closed=True))
    problem = a_problem([a_task(n) for n in (1, 2, 3, 4)], [a_turn(1), a_turn(2)], start=start, stability=Stability(at_most=1))
    kept = Solution(routes=(RoutePlan(shift=S1, steps=steps(1, 4, 2)), RoutePlan(shift=S2, steps=steps(3))))
    broken = Solution(routes=(RoutePlan(shift=S1, steps=steps(4, 1)), RoutePlan(shift=S2, steps=steps(3, 4))))
    assert complaints(problem, kept) == []
    assert complaints(problem, broken) == [
        "t2 is there 0 times",
        "t4 is there 2 times",
        "the fixed beginning of s1 changed",
        "t2 left s1",
        "s2 is closed and changed",
    ]
    assert complaints(problem, Solution(routes=(), unplanned=tuple(task.id for task in problem.tasks)))[-1] == "3 tasks moved, 1 may"


# Every plan ----------------------------------------------------------------------------------------------------------


def every_plan(problem: Problem) -> Iterator[dict[ShiftId, tuple[Step, ...]]]:
    """All assignments, orders and choices of reloads."""
    given = any(step.reload_before for route in problem.start for step in route.steps)
    for drivers in product([None, *(shift.id for shift in problem.shifts)], repeat=len(problem.tasks)):
        orders = []
        for shift in problem.shifts:
            own = [task.id for task, driver in zip(problem.tasks, drivers, strict=True) if driver == shift.id]
            flags = list(product((False, True) if shift.reloads or given else (False,), repeat=len(own)))
            orders.append([tuple(map(Step, order, reloads)) for order in permutations(own) for reloads in flags])
        for routes in product(*orders):
            yield {shift.id: steps for shift, steps in zip(problem.shifts, routes, strict=True)}


def tried_out(problem: Problem, whole: Whole) -> Worth:
    """The best of all plans that keep the locks, one by one."""
    lawful = []
    for routes in every_plan(problem):
        planned = {step.task for steps in routes.values() for step in steps}
        left = tuple(task.id for task in problem.tasks if task.id not in planned)
        plan = Solution(routes=tuple(RoutePlan(shift=shift, steps=steps) for shift, steps in routes.items()), unplanned=left)
        if not complaints(problem, plan) and not torn(problem, routes, whole):
            lawful.append(worth(problem, routes))
    return min(lawful)


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from(Whole))
def test_no_plan_of_a_tiny_day_is_better(seed: int, whole: Whole) -> None:
    problem = a_day(seed, most_tasks=3, most_shifts=2)
    assert optimum(problem, whole=whole).worth == tried_out(problem, whole)


@settings(max_examples=40)
@given(problems(most_tasks=3, most_shifts=2))
def test_no_plan_is_better_on_a_map_with_short_cuts(problem: Problem) -> None:
    assert optimum(problem).worth == tried_out(problem, Whole.PAIRS)


@settings(max_examples=40)
@given(st.one_of(problems(most_tasks=4, most_shifts=2), st.integers(0, 10**6).map(lambda seed: a_day(seed, most_tasks=4))))
def test_the_routes_that_are_given_up_are_of_no_use(problem: Problem) -> None:
    assert optimum(problem).worth == optimum(problem, prune=False).worth


# Two ways of proving -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [each for each in range(26) if each not in (5, 13)])  # the two take circuits several seconds
def test_routes_and_circuits_prove_the_same(seed: int) -> None:
    problem = a_day(seed, plain=True)
    circuits = proved(problem)
    assert circuits is not None
    assert Worth(0, circuits.cost) == worth(problem, circuits.routes) == optimum(problem).worth


@pytest.mark.parametrize("seed", (107, 116, 136))
def test_they_prove_the_same_for_ten_tasks_and_more(seed: int) -> None:
    problem = a_day(seed, most_tasks=12, plain=True)
    circuits = proved(problem)
    assert circuits is not None
    assert len(problem.tasks) >= 10
    assert Worth(0, circuits.cost) == worth(problem, circuits.routes) == optimum(problem).worth


def test_circuits_refuse_what_they_do_not_express() -> None:
    priced = a_problem([a_task(1, windows=(a_window_of(at(8), at(9), 1),))], [a_turn()])
    assert not expresses(priced)
    with pytest.raises(ValueError, match="more than circuits express"):
        proved(priced)
