"""A running day: it goes on from where the vehicles are, and a new plan of it moves no more than it may."""

from dataclasses import replace

import pytest

from app.domain.errors import Malformed
from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import task_of
from app.domain.plans import Lock
from app.domain.schedule import BreakTerms, Step
from app.domain.units import Cost, Cubic, Grams, Meters, Millis
from app.services import planning
from app.services.planning import OnTheRoad
from app.services.planning_values import DayProblem
from app.services.ports.store import Day
from app.services.problem import RoutePlan, Solution, Stability
from tests.builders import a_day, a_plan, a_route, a_stop, an_order
from tests.problems import HOUR, MIN, at
from tests.services.test_planning import Flat, all_steps, words

VAN = ShiftId("shf_1")


def task(number: int) -> TaskId:
    return task_of(an_order(number))


def a_day_at_work() -> Day:
    """Van 1 serves A-1 to A-3 and van 2 A-4; A-5 and A-6 have come in since."""
    plan = a_plan(a_route(1, [1, 2, a_stop(3, lock=Lock.POSITION)]), a_route(2, [4]), unassigned=[5, 6])
    return a_day(6, 2, plan=plan)


def heading_to(number: int, **more: object) -> OnTheRoad:
    return OnTheRoad(heading_to=task(number), arrives=at(9), left=at(8), **more)  # type: ignore[arg-type]


def from_now_on(where: OnTheRoad | None = None) -> tuple[Day, DayProblem]:
    day = a_day_at_work()
    assert day.plan is not None
    return day, planning.running_day(planning.day_problem(day, Flat()), day.plan, {VAN: where or heading_to(2)})


def test_a_vehicle_goes_on_from_where_it_is_heading() -> None:
    """Van 1 has served A-1 and reaches A-2 at 9: it serves it at once, and leaves three minutes later."""
    day, problem = from_now_on()
    shift = problem.shifts[VAN]
    assert (problem.places[shift.start], shift.starts, shift.under_way) == (an_order(2).location.place, at(9), True)
    assert task(1) not in problem.terms
    assert task(1) not in problem.orders
    judged = planning.current(problem, day.plan)
    line = judged.timelines[judged.routes[0].id]
    assert (line.halts[0].task, line.halts[0].begin) == (task(2), at(9))
    assert (line.leaves, line.halts[0].departure, line.halts[0].meters) == (at(9), at(9, 3), 0)
    assert {each.task for each in judged.unassigned} == {task(5), task(6)}


def test_what_is_left_of_the_limits_of_a_shift() -> None:
    day = a_day_at_work()
    assert day.plan is not None
    problem = planning.day_problem(day, Flat())
    pauses = tuple(BreakTerms(earliest=at(hour), latest=at(hour, 30), length=Millis(MIN)) for hour in (8, 12))
    limited = replace(
        problem.shifts[VAN],
        max_distance=Meters(10_000),
        max_duration=Millis(3 * HOUR),
        reloads=2,
        breaks=pauses,
        capacity=Capacity(Grams(9_000), Cubic(50), 4),
    )
    problem = replace(problem, shifts={**problem.shifts, VAN: limited})
    where = heading_to(2, driven=Meters(4_000), breaks=1, reloads=1, collected=Load(Grams(2_000), Cubic(60), 1))
    shift = planning.running_day(problem, day.plan, {VAN: where}).shifts[VAN]
    assert (shift.max_distance, shift.max_duration, shift.reloads, shift.breaks) == (6_000, 2 * HOUR, 1, pauses[1:])
    assert shift.capacity == Capacity(Grams(7_000), Cubic(0), 3)


def test_a_vehicle_that_is_late_home_may_still_end() -> None:
    _, problem = from_now_on(replace(heading_to(2), arrives=at(20)))
    assert (problem.shifts[VAN].ends, problem.shifts[VAN].latest_end) == (at(20), at(20))


def test_a_vehicle_cannot_head_for_what_is_not_in_its_route() -> None:
    with pytest.raises(Malformed, match="shf_1"):
        from_now_on(heading_to(4))


def test_the_next_stop_and_the_locks_are_fixed_and_what_is_loaded_stays() -> None:
    day, problem = from_now_on()
    assert day.plan is not None
    stability = Stability(at_most=0, per_driver_change=Cost(3), per_order_change=Cost(4))
    made = planning.to_replan(problem, day.plan, stability=stability, loaded={task(4), task(6)})
    first, second = made.start
    assert (first.steps, first.fixed, first.stay) == (all_steps(an_order(2), an_order(3)), 2, {task(2), task(3)})
    assert (second.steps, second.fixed, second.stay) == (all_steps(an_order(4)), 0, {task(4)})
    assert made.stability == stability
    assert {each.id for each in made.tasks} == {task(number) for number in range(2, 7)}


def test_a_loading_before_the_stop_that_is_next_is_over() -> None:
    day = a_day_at_work()
    plan = a_plan(a_route(1, [1, a_stop(2, reload_before=True)]))
    problem = planning.running_day(planning.day_problem(day, Flat()), plan, {VAN: heading_to(2)})
    (route,) = planning.to_replan(problem, plan, stability=Stability()).start
    assert (route.steps, route.fixed) == ((Step(task(2)),), 1)


def test_only_what_is_to_be_inserted_is_among_the_tasks() -> None:
    day, problem = from_now_on()
    assert day.plan is not None
    made = planning.to_replan(problem, day.plan, stability=Stability(at_most=0), insert={task(6)})
    assert {each.id for each in made.tasks} == {task(number) for number in (2, 3, 4, 6)}


def test_goods_at_the_depot_do_not_go_with_a_vehicle_that_has_left() -> None:
    day, problem = from_now_on()
    assert day.plan is not None
    made = planning.to_replan(problem, day.plan, stability=Stability(), at_depot={task(5)})
    assert {each.id: each.never for each in made.tasks if each.never} == {task(5): {VAN}}


def test_a_plan_of_the_rest_of_the_day_is_judged_by_it() -> None:
    day, problem = from_now_on()
    routes = (RoutePlan(shift=VAN, steps=all_steps(an_order(2), an_order(3), an_order(5))), RoutePlan(shift=ShiftId("shf_2"), steps=all_steps(an_order(4))))
    judged = planning.judge(problem, Solution(routes=routes, unplanned=(task(6),)), day.plan)
    assert judged.totals.planned == 4
    (left,) = judged.unassigned
    assert left.task == task(6)
    assert words(left.reasons)[0].startswith("Fits on ")
