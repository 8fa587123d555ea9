"""Every plan that the engine gives obeys every rule, keeps what locks fix, and is never worse than what it began with."""

import threading
import time
from dataclasses import replace

from hypothesis import given, settings

from app.domain.ids import TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.schedule import Step, timeline
from app.domain.units import Cubic, Grams, Millis
from app.optimiser.engine import Solve
from app.optimiser.pyvrp_model import compressed, model_of
from app.optimiser.repair import Repair
from app.services.planning_insertion import best_in, slack_of
from app.services.problem import Problem, Progress, RoutePlan, Solution
from tests.problems import HOUR, MIN, a_line, a_pause, a_problem, a_task, a_turn, a_window_of, at, problems, steps

FEW = 60


def solved(problem: Problem, *, iterations: int = FEW) -> Solution:
    return Solve(problem, seconds=5, iterations=iterations).run(lambda _: None)


def check(problem: Problem, solution: Solution) -> None:
    """Each task exactly once, and no rule broken."""
    tasks = {task.id: task for task in problem.tasks}
    shifts = {shift.id: shift for shift in problem.shifts}
    served = [step.task for route in solution.routes for step in route.steps]
    assert sorted([*served, *solution.unplanned]) == sorted(tasks)
    for route in solution.routes:
        shift = shifts[route.shift]
        assert timeline(shift, route.steps, tasks, problem.travel[shift.profile]).violations == ()


def order_in(solution: Solution) -> list[list[TaskId]]:
    return [[step.task for step in route.steps] for route in solution.routes]


@settings(max_examples=40)
@given(problems())
def test_every_plan_obeys_every_rule(problem: Problem) -> None:
    check(problem, solved(problem, iterations=20))


@settings(max_examples=15)
@given(problems())
def test_starting_from_a_plan_never_makes_it_worse(problem: Problem) -> None:
    first = Repair(problem, {})
    first.mend()
    started = replace(problem, start=tuple(first.solution("", 0).routes))
    second = Repair(started, {route.shift: route.steps for route in solved(started, iterations=20).routes})
    assert not first.worth() < second.worth()


@settings(max_examples=15)
@given(problems())
def test_going_on_from_another_plan_is_never_worse_than_that(problem: Problem) -> None:
    """However short the search, and measured against the plan as it stands."""
    better = solved(problem, iterations=200).routes
    found = Repair(problem, {route.shift: route.steps for route in solved(replace(problem, begin=better), iterations=1).routes})
    assert not Repair(problem, {route.shift: route.steps for route in better}).worth() < found.worth()


def test_a_plan_to_begin_with_that_moves_what_is_fixed_is_passed_over() -> None:
    start = (RoutePlan(shift=a_turn(1).id, steps=steps(1, 2), fixed=2),)
    problem = a_problem([a_task(1), a_task(2), a_task(3)], [a_turn(1)], start=start, begin=(RoutePlan(shift=a_turn(1).id, steps=steps(3, 2, 1)),))
    assert order_in(solved(problem))[0][:2] == [a_task(1).id, a_task(2).id]


def test_a_tour_of_a_line_goes_out_and_back() -> None:
    """Four places a minute apart: 8 km, whatever the order of the input."""
    problem = a_problem([a_task(n) for n in (3, 1, 4, 2)], [a_turn()])
    (route,) = solved(problem).routes
    found = timeline(problem.shifts[0], route.steps, {task.id: task for task in problem.tasks}, problem.travel[problem.shifts[0].profile])
    assert found.meters == 8_000


def test_full_vans_share_the_day() -> None:
    problem = a_problem([a_task(n) for n in (1, 2, 3, 4)], [a_turn(n, capacity=Capacity(weight=Grams(2_000))) for n in (1, 2)])
    solution = solved(problem)
    check(problem, solution)
    assert [len(route.steps) for route in solution.routes] == [2, 2]


def test_a_van_comes_back_to_load_where_it_may() -> None:
    shift = a_turn(capacity=Capacity(weight=Grams(2_000)), reloads=1, reload=Millis(5 * MIN))
    problem = a_problem([a_task(n) for n in (1, 2, 3, 4)], [shift])
    solution = solved(problem)
    check(problem, solution)
    assert solution.unplanned == ()
    assert sum(step.reload_before for step in solution.routes[0].steps) == 1


def test_pickup_comes_before_its_delivery_in_the_same_route() -> None:
    pickup = a_task(3, kind=TaskKind.PICKUP)
    problem = a_problem([pickup, a_task(1, after=pickup.id), a_task(2)], [a_turn(1), a_turn(2)])
    solution = solved(problem)
    check(problem, solution)
    assert solution.unplanned == ()


def test_skills_send_a_task_to_the_driver_who_has_them() -> None:
    problem = a_problem([a_task(1, skills=frozenset({"x"})), a_task(2)], [a_turn(1), a_turn(2, skills=frozenset({"x"}))])
    solution = solved(problem)
    check(problem, solution)
    assert ["t1", "t2"] in [sorted(each) for each in order_in(solution)]


def test_a_window_of_several_is_chosen() -> None:
    several = (a_window_of(at(6), at(7)), a_window_of(at(9), at(9, 30)))
    problem = a_problem([a_task(1, windows=several), a_task(2)], [a_turn()])
    solution = solved(problem)
    check(problem, solution)
    assert solution.unplanned == ()


def test_what_fits_only_late_is_planned_late_where_that_is_cheaper() -> None:
    """Two places five minutes apart that both want 8:05 sharp: one of them is served late, at a price."""
    wish = (a_window_of(at(8, 5), at(8, 5), 1),)
    problem = a_problem([a_task(1, place=5, windows=wish), a_task(2, place=1, windows=wish)], [a_turn()], a_line(6))
    solution = solved(problem)
    assert solution.unplanned == ()


def test_pauses_are_kept_by_every_plan() -> None:
    tasks = [a_task(n, service=Millis(HOUR), windows=(a_window_of(at(8 + n), at(10 + n)),)) for n in (1, 2, 3, 4)]
    problem = a_problem(tasks, [a_turn(breaks=(a_pause(at(11), at(12)),))])
    solution = solved(problem)
    check(problem, solution)
    assert solution.unplanned == ()


def test_locks_never_move() -> None:
    """t4 then t1 are fixed at the beginning of s1 though the other way round is shorter; s2 is closed; t3 stays with s1."""
    start = (
        RoutePlan(shift=a_turn(1).id, steps=steps(4, 1, 3), fixed=2, stay=frozenset({TaskId("t3")})),
        RoutePlan(shift=a_turn(2).id, steps=steps(5), closed=True),
    )
    problem = a_problem([a_task(n) for n in (1, 2, 3, 4, 5)], [a_turn(1), a_turn(2), a_turn(3)], start=start)
    solution = solved(problem)
    routes = {route.shift: route.steps for route in solution.routes}
    assert routes[a_turn(1).id][:2] == steps(4, 1)
    assert TaskId("t3") in {step.task for step in routes[a_turn(1).id]}
    assert routes[a_turn(2).id] == steps(5)
    assert solution.unplanned == ()


def test_what_a_person_fixed_stays_also_where_it_breaks_a_rule() -> None:
    heavy = a_task(1, load=Load(Grams(9_000), Cubic(0), 1))
    start = (RoutePlan(shift=a_turn(1).id, steps=steps(1), stay=frozenset({heavy.id})),)
    problem = a_problem([heavy, a_task(2)], [a_turn(1, capacity=Capacity(weight=Grams(2_000))), a_turn(2)], start=start)
    routes = {route.shift: route.steps for route in solved(problem).routes}
    assert Step(heavy.id) in routes[a_turn(1).id]


def test_the_same_seed_and_iterations_give_the_same_plan() -> None:
    problem = a_problem([a_task(n, windows=(a_window_of(at(8 + n), at(9 + n)),)) for n in range(1, 9)], [a_turn(1), a_turn(2)], a_line(9))
    assert order_in(solved(problem)) == order_in(solved(problem))


def test_nothing_to_do_is_done_at_once() -> None:
    assert solved(a_problem([], [a_turn()])).routes == ()
    assert solved(a_problem([a_task(1)], [], a_line(2))).unplanned == ("t1",)


def test_stopping_keeps_the_best_so_far() -> None:
    problem = a_problem([a_task(n) for n in range(1, 30)], [a_turn(1), a_turn(2)], a_line(30))
    solve = Solve(problem, seconds=60)
    shown: list[Progress] = []

    def progress(each: Progress) -> None:
        shown.append(each)
        solve.stop()

    began = time.monotonic()
    solution = solve.run(progress)
    assert time.monotonic() - began < 30
    assert shown
    assert shown[-1].best is not None
    assert order_in(solution) == order_in(shown[-1].best)
    check(problem, solution)
    for thread in threading.enumerate():
        if thread.name.startswith("pyvrp-"):
            thread.join(10)


@settings(max_examples=25)
@given(problems(most_shifts=1))
def test_the_price_of_an_insertion_is_the_difference_of_timelines(problem: Problem) -> None:
    tasks = {task.id: task for task in problem.tasks}
    (shift,) = problem.shifts
    base = tuple(Step(task.id) for task in problem.tasks[1:])
    found = best_in(slack_of(problem, tasks, shift, base), tasks, problem.tasks[0], anyhow=True)
    assert found is not None
    table = problem.travel[shift.profile]
    assert found.price == timeline(shift, found.steps, tasks, table).cost - timeline(shift, base, tasks, table).cost
    assert sorted(step.task for step in found.steps) == sorted(tasks)


def test_a_compressed_clock_stands_still_during_a_pause() -> None:
    """A pause of 30 min from 12:00: 11:00 stays, 12:10 becomes 12:00, 13:00 becomes 12:30."""
    pause = (a_pause(at(12), at(13)),)
    assert [compressed(each, pause) for each in (at(11), at(12, 10), at(13))] == [at(11), at(12), at(12, 30)]


def test_equal_shifts_are_one_kind_of_vehicle_and_others_are_not() -> None:
    problem = a_problem([a_task(1)], [a_turn(1), a_turn(2, reloads=1), a_turn(3)])
    assert [[shift.id for shift in equal] for equal in model_of(problem).shifts] == [["s1", "s3"], ["s2"]]


def test_equal_vans_keep_the_stops_that_they_have() -> None:
    """Vans of four places each: s1 has the four in the west, s2 nothing, s3 those in the east; no better plan swaps them."""
    vans = [a_turn(n, capacity=Capacity(weight=Grams(4_000))) for n in (1, 2, 3)]
    tasks = [a_task(n, place=place) for n, place in enumerate((1, 2, 3, 4, 41, 42, 43, 44), 1)]
    start = (RoutePlan(shift=vans[2].id, steps=steps(1, 2, 3, 4)), RoutePlan(shift=vans[0].id, steps=steps(5, 6, 7, 8)))
    solution = solved(a_problem(tasks, vans, a_line(45), start=start))
    assert {route.shift: {step.task for step in route.steps} for route in solution.routes} == {
        "s3": {"t1", "t2", "t3", "t4"},
        "s1": {"t5", "t6", "t7", "t8"},
    }


def test_a_limit_of_pieces_is_kept_while_searching() -> None:
    """One piece too many must weigh more than the way that it saves: without the judge's mending every route keeps the limit."""
    tasks = [a_task(n, load=Load(Grams(100), Cubic(0), 1)) for n in range(1, 13)]
    problem = a_problem(tasks, [a_turn(n, capacity=Capacity(pieces=4)) for n in (1, 2, 3)], a_line(13))
    assert model_of(problem).data.vehicle_type(0).capacity[0] >= 4 * 10_000
    solution = solved(problem)
    check(problem, solution)
    assert (solution.unplanned, [len(route.steps) for route in solution.routes]) == ((), [4, 4, 4])


def test_a_pair_whose_windows_contradict_each_other_stops_nothing() -> None:
    """The delivery's window closes before the pick-up's opens: both stay out, the rest is planned."""
    pickup = a_task(1, kind=TaskKind.PICKUP, windows=(a_window_of(at(12), at(13)),))
    problem = a_problem([pickup, a_task(2, after=pickup.id, windows=(a_window_of(at(9), at(10)),)), a_task(3)], [a_turn()])
    solution = solved(problem)
    check(problem, solution)
    assert sorted(solution.unplanned) == ["t1", "t2"]


def test_half_a_second_still_gives_a_whole_plan() -> None:
    problem = a_problem([a_task(n) for n in range(1, 60)], [a_turn(n) for n in (1, 2, 3)], a_line(60))
    solution = Solve(problem, seconds=0.5, threads=2).run(lambda _: None)
    check(problem, solution)
    assert solution.unplanned == ()
    for thread in threading.enumerate():
        if thread.name.startswith("pyvrp-"):
            thread.join(10)
