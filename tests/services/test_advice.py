"""Advice about standing routes: places ranked with prices, what a change costs, what stands against a task; every number the schedule's own."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import Malformed
from app.domain.ids import ShiftId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import TaskKind
from app.domain.schedule import Step, ViolationKind
from app.domain.units import Cost, Cubic, Grams
from app.services.advice import Adviser, Standing, late_tasks, with_routes
from app.services.advice_search import EveryPlace
from app.services.advice_values import Placement, Spot, newly_broken, put_in, without
from app.services.problem import Problem, RoutePlan, Solution
from tests.problems import HOUR, MIN, a_problem, a_task, a_turn, a_window_of, at, problems, steps


def route(number: int, *tasks: int, **more: object) -> RoutePlan:
    """Shift sn serving these tasks."""
    return RoutePlan(shift=ShiftId(f"s{number}"), steps=steps(*tasks), **more)  # type: ignore[arg-type]


def advise(problem: Problem) -> Adviser:
    return Adviser(problem, EveryPlace)


def places(problem: Problem, task: int, most: int = 5) -> tuple[Placement, ...]:
    return advise(problem).places([TaskId(f"t{task}")], most)[0]


def spots(found: Sequence[Placement]) -> list[tuple[str, int]]:
    return [(each.shift, each.position) for each in found]


# Places --------------------------------------------------------------------------------------------------------------


def test_the_cheapest_place_comes_first_with_its_price() -> None:
    """Van 1 goes to 1 and 3, so 2 lies on its way: two minutes of service at 10 a millisecond. Van 2 stands still: 4 km and 4 minutes more."""
    problem = a_problem([a_task(1), a_task(2), a_task(3)], [a_turn(1), a_turn(2)], start=(route(1, 1, 3),))
    found = places(problem, 2)
    assert spots(found) == [("s1", 1), ("s2", 0)]
    assert [each.price for each in found] == [2 * MIN * 10, 4_000 + 6 * MIN * 10]


def test_no_more_places_than_asked_for() -> None:
    problem = a_problem([a_task(1)], [a_turn(n) for n in range(1, 5)])
    assert len(places(problem, 1, most=2)) == 2


def test_what_fits_comes_before_what_is_cheaper_and_does_not() -> None:
    """Van 1 passes by but is full; van 2 has room."""
    vans = [a_turn(1, capacity=Capacity(Grams(2_000))), a_turn(2)]
    found = places(a_problem([a_task(1), a_task(2), a_task(3)], vans, start=(route(1, 1, 3),)), 2)
    assert [each.shift for each in found] == ["s2", "s1"]
    assert [(each.kind, each.amount, each.measure) for each in found[1].broken] == [(ViolationKind.LOAD, 1_000, "weight")]


def test_a_driver_without_the_skill_comes_last_however_little_else_is_broken() -> None:
    task = a_task(1, skills=frozenset({"id check"}), windows=(a_window_of(at(7), at(7, 59)),))
    problem = a_problem([task], [a_turn(1), a_turn(2, skills=frozenset({"id check"}))])
    assert [each.shift for each in places(problem, 1)] == ["s2", "s1"]


def test_a_planned_task_is_taken_out_first_and_moving_it_back_costs_nothing() -> None:
    """Moving 4 to van 2 costs as much as going there alone, less what van 1 saves: 4 km, 4 minutes of driving and a service."""
    problem = a_problem([a_task(1), a_task(2), a_task(4)], [a_turn(1), a_turn(2)], start=(route(1, 1, 2, 4),))
    found = places(problem, 4)
    assert [(each.shift, each.price) for each in found] == [("s1", 0), ("s2", (8_000 + 10 * MIN * 10) - (4_000 + 6 * MIN * 10))]


def test_locks_hold_what_they_hold() -> None:
    fixed = a_problem([a_task(1), a_task(2)], [a_turn(1), a_turn(2)], start=(route(1, 1, fixed=1),))
    assert spots(places(fixed, 2)) == [("s1", 1), ("s2", 0)]
    assert places(fixed, 1) == ()
    closed = replace(fixed, start=(route(1, 1, closed=True),))
    assert spots(places(closed, 2)) == [("s2", 0)]
    assert places(closed, 1) == ()
    stays = replace(fixed, start=(route(1, 1, stay=frozenset({TaskId("t1")})),))
    assert spots(places(stays, 1)) == [("s1", 0)]


def test_a_van_that_may_load_again_offers_that() -> None:
    """Both parcels at once are too many for it."""
    van = a_turn(1, capacity=Capacity(pieces=1), reloads=1)
    (found,) = places(a_problem([a_task(1), a_task(2)], [van], start=(route(1, 1),)), 2)
    first, second = put_in(steps(1), TaskId("t2"), found.spot)
    assert (found.broken, first.reload_before, second.reload_before) == ((), False, True)


def test_a_task_may_come_behind_a_reload_that_is_there() -> None:
    """1, load, 2: the first trip is full, the second has room for one piece; 3 closes when 2 is reached, so it must come before."""
    van = a_turn(1, capacity=Capacity(pieces=2), reloads=1)
    heavy, urgent = a_task(1, load=Load(Grams(0), Cubic(0), 2)), a_task(3, windows=(a_window_of(at(8), at(8, 7)),))
    (found,) = places(a_problem([heavy, a_task(2), urgent], [van], start=(route(1, 1, -2),)), 3)
    assert (found.broken, found.position, found.reload_before, found.reload_after) == ((), 1, True, False)
    first = put_in(steps(1, -2), TaskId("t3"), Spot(1, reload_before=True, reload_after=False))
    assert first == (Step(TaskId("t1")), Step(TaskId("t3"), True), Step(TaskId("t2")))


def test_the_halves_of_a_pair_go_together() -> None:
    pickup, delivery = a_task(1, kind=TaskKind.PICKUP), a_task(3, after=TaskId("t1"))
    problem = a_problem([pickup, a_task(2), delivery], [a_turn(1)], start=(route(1, 2),))
    (forth,), (back,) = places(problem, 1), places(problem, 3)
    assert (forth.broken, back.broken) == ((), ())
    assert (forth.position, forth.partner_position) == (back.partner_position, back.position)
    assert [step.task for step in put_in(steps(2), TaskId("t1"), forth.spot, TaskId("t3"))].index(TaskId("t1")) < (forth.partner_position or 0)


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(Malformed, match="nobody"):
        advise(a_problem([a_task(1)], [a_turn(1)])).places([TaskId("nobody")])


# Changes -------------------------------------------------------------------------------------------------------------


def test_a_change_costs_the_difference_of_its_routes() -> None:
    problem = a_problem([a_task(1), a_task(2)], [a_turn(1), a_turn(2)], start=(route(1, 1, 2),))
    swapped, same, split = advise(problem).prices([[route(1, 2, 1)], [route(1, 1, 2)], [route(1, 1), route(2, 2)]])
    assert (swapped.price, swapped.broken) == (0, ())  # there and back again is as long either way
    assert same.price == 0
    assert split.price == 2_000 + 2 * MIN * 10


def test_a_change_pays_for_what_it_leaves_out() -> None:
    problem = a_problem([a_task(1), a_task(2, unplanned_price=Cost(77))], [a_turn(1)], start=(route(1, 1, 2),))
    out, back = advise(problem).prices([[route(1, 1)], [route(1, 1, 2)]])
    assert out.after - back.after == 77 - (2_000 + 4 * MIN * 10)
    assert out.before == back.before


def test_a_change_says_what_it_newly_breaks_and_where() -> None:
    late = a_task(1, windows=(a_window_of(at(8), at(8, 2)),))
    problem = a_problem([late, a_task(5)], [a_turn(1)], start=(route(1, 1, 5),))
    (priced,) = advise(problem).prices([[route(1, 5, 1)]])
    assert [(each.shift, each.violation.kind, each.violation.task, each.violation.amount) for each in priced.broken] == [("s1", "late", "t1", 9 * MIN)]


@pytest.mark.parametrize("change", [[route(9, 1)], [route(1, 9)], [route(1, 1), route(2, 1)], [route(1), route(1)], [route(2, 1)]])
def test_a_change_against_facts_is_refused(change: list[RoutePlan]) -> None:
    problem = a_problem([a_task(1)], [a_turn(1), a_turn(2)], start=(route(1, 1),))
    with pytest.raises(Malformed):
        advise(problem).prices([change])


# Obstacles -----------------------------------------------------------------------------------------------------------


def test_every_shift_has_its_obstacle_best_first() -> None:
    """Van 1 carries 3 kg and has 2 kg on board, van 2 carries 1 kg and is closed, van 3 lacks the skill."""
    task = a_task(3, load=Load(Grams(2_000)), skills=frozenset({"id check"}))
    able = {"skills": frozenset({"id check"})}
    vans = [a_turn(1, capacity=Capacity(Grams(3_000)), **able), a_turn(2, capacity=Capacity(Grams(1_000)), **able), a_turn(3)]
    problem = a_problem([a_task(1), a_task(2), task], vans, start=(route(1, 1, 2), route(2, closed=True)))
    found = advise(problem).obstacles([TaskId("t3")])[0]
    assert [(each.shift, [(broken.kind, broken.amount) for broken in each.broken]) for each in found] == [
        ("s1", [("load", 1_000)]),
        ("s3", [("skill", 0)]),
        ("s2", []),
    ]
    assert found[2].position is None


def test_lateness_at_a_price_is_an_obstacle_to_being_in_time() -> None:
    """Task 1 closes at 8:01 at a price and is reached at 8:09 after 5; in van 2, which starts at 9, it would be an hour late."""
    soft = a_task(1, windows=(a_window_of(at(8), at(8, 1), late_price=1),))
    problem = a_problem([soft, a_task(5)], [a_turn(1), a_turn(2, starts=at(9))], start=(route(1, 5, 1),))
    first, second = advise(problem).obstacles([TaskId("t1")])[0]
    assert (first.shift, first.position, first.broken) == ("s1", 0, ())
    assert (second.shift, [(each.kind, each.amount) for each in second.broken]) == ("s2", [("late", HOUR)])


def test_late_tasks_are_found_latest_first() -> None:
    tasks = [a_task(n, windows=(a_window_of(at(8), at(8, n), late_price=price),)) for n, price in ((1, 1), (2, None))]
    problem = a_problem([*tasks, a_task(5)], [a_turn(1)], start=(route(1, 5, 2, 1),))
    assert late_tasks(Standing(problem)) == ["t1", "t2"]


def test_a_solution_stands_under_the_locks_of_its_problem() -> None:
    problem = a_problem([a_task(1), a_task(2)], [a_turn(1), a_turn(2)], start=(route(1, 1, fixed=1), route(2, 2, stay=frozenset({TaskId("t2")}))))
    standing = with_routes(problem, Solution(routes=(route(1, 1, 2),)))
    assert standing.start == (route(1, 1, 2, fixed=1), route(2))


# General -------------------------------------------------------------------------------------------------------------


@st.composite
def standing(draw: st.DrawFn, *, most_tasks: int = 7) -> Problem:
    """A random problem with some of its tasks in random routes, also ones that break rules."""
    problem = draw(problems(most_tasks=most_tasks))
    rng = draw(st.randoms(use_true_random=False))
    rows: dict[ShiftId, list[Step]] = {shift.id: [] for shift in problem.shifts}
    for task in problem.tasks:
        if rng.random() < 0.7:
            rows[rng.choice(problem.shifts).id].append(Step(task.id, rng.random() < 0.2))
    return replace(
        problem, start=tuple(RoutePlan(shift=shift, steps=tuple(row), fixed=rng.randrange(len(row) + 1) if row else 0) for shift, row in rows.items())
    )


@settings(max_examples=40)
@given(standing())
def test_a_placement_says_what_the_plan_then_is(problem: Problem) -> None:
    """Carried out, a placement costs its price and breaks just what it names."""
    adviser = advise(problem)
    known = adviser.standing
    for task, found in zip(known.tasks, adviser.places(list(known.tasks), 99), strict=True):
        gone = {task, known.partners.get(task)}
        rests = {shift: without(steps, gone) for shift, steps in known.routes.items()}
        for each in found:
            carried_out = {**rests, each.shift: put_in(rests[each.shift], task, each.spot, known.partners.get(task))}
            cost = sum(known.line(shift, steps).cost - known.line(shift, known.routes[shift]).cost for shift, steps in carried_out.items())
            assert each.price == cost
            broken = newly_broken(known.line(each.shift, rests[each.shift]), known.line(each.shift, carried_out[each.shift]))
            assert each.broken == broken
            fixed = known.fixed(each.shift)
            assert carried_out[each.shift][:fixed] == known.routes[each.shift][:fixed]


@settings(max_examples=40)
@given(standing())
def test_every_task_has_an_obstacle_or_a_place_on_every_shift(problem: Problem) -> None:
    adviser = advise(problem)
    for task, found in zip(problem.tasks, adviser.obstacles([task.id for task in problem.tasks]), strict=True):
        assert sorted(each.shift for each in found) == sorted(shift.id for shift in problem.shifts)
        assert all(each.task == task.id for each in found)


def test_of_many_shifts_the_best_few_are_enough_and_those_that_never_could_come_last() -> None:
    """Vans 2 to 4 have 1, 2 and 3 pieces on board and carry 4, so that 4 more are as many too many; van 1 has room, and not the skill."""
    task = a_task(9, load=Load(Grams(0), Cubic(0), 4), skills=frozenset({"id check"}))
    vans = [a_turn(number, capacity=Capacity(pieces=4), skills=frozenset({"id check"} if number > 1 else ())) for number in (1, 2, 3, 4)]
    start = (route(2, 1), route(3, 2, 3), route(4, 4, 5, 6))
    adviser = advise(a_problem([*(a_task(number) for number in range(1, 7)), task], vans, start=start))
    assert [each.shift for each in adviser.obstacles([task.id])[0]] == ["s2", "s3", "s4", "s1"]
    assert [each.shift for each in adviser.obstacles([task.id], 2)[0]] == ["s2", "s3"]
    assert [each.shift for each in adviser.obstacles([task.id], 9)[0]] == ["s2", "s3", "s4", "s1"]
