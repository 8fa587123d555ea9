"""What orders cost where they are and elsewhere, on a line of stops where every second can be counted."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.domain.errors import Cancelled
from app.domain.load import Capacity, Load
from app.domain.orders import task_of
from app.domain.plans import Lock
from app.domain.units import Cubic, Grams, minutes
from app.services import planning, weighing
from app.services.planning_values import DayProblem, Judged
from app.services.ports.store import Day
from app.services.route_times import spent
from app.wording import sentence
from tests.builders import a_day, a_plan, a_route, a_stop, a_vehicle, a_window, an_order
from tests.services.test_planning import Flat


def look(day: Day) -> tuple[DayProblem, Judged]:
    problem = planning.day_problem(day, Flat())
    return problem, planning.current(problem, day.plan)


def nothing() -> None:
    """Nobody cancels."""


def here(day: Day, number: int) -> list[str]:
    problem, judged = look(day)
    return [sentence(each) for each in weighing.here(problem, judged, task_of(an_order(number)), nothing)]


def test_what_an_order_adds_is_the_difference_of_two_timelines() -> None:
    day = a_day(4, plan=a_plan(a_route(1, [1, 2]), a_route(2), unassigned=[3, 4]))
    problem, judged = look(day)
    tasks = [task_of(an_order(3)), task_of(an_order(4))]
    weights = weighing.added(problem, judged, tasks, nothing)
    assert {each.route for each in weights} == {"rte_1", "rte_2"}
    for each in weights:
        route = next(route for route in judged.routes if route.id == each.route)
        before = judged.timelines[each.route]
        fixed = [int(stop.id.rpartition("-")[2]) for stop in route.stops]
        tried = [planning.timelines(problem, [a_route(int(each.route[-1]), order)])[each.route] for order in orders_of(fixed)]
        best = min(tried, key=lambda line: line.cost)
        assert each.time == best.duration - before.duration
        assert each.meters == best.meters - before.meters
        assert each.cost == best.cost - before.cost
    assert [each.cost for each in weights] == sorted(each.cost for each in weights), "the best comes first"


def orders_of(fixed: list[int]) -> Iterator[list[int]]:
    """Every route that keeps the fixed stops in their order with 3 and 4 put in anywhere."""
    for first in range(len(fixed) + 1):
        with_three = [*fixed[:first], 3, *fixed[first:]]
        for second in range(len(with_three) + 1):
            yield [*with_three[:second], 4, *with_three[second:]]


def test_a_route_that_would_break_a_rule_is_not_offered() -> None:
    heavy = an_order(3, load=Load(Grams(300_000), Cubic(0), 1))
    small = a_vehicle(2, capacity=Capacity(weight=Grams(100_000)))
    day = a_day(of=(an_order(1), an_order(2), heavy), plan=a_plan(a_route(1, [1]), a_route(2, [2]), unassigned=[3]))
    day = replace(day, vehicles={**day.vehicles, small.id: small})
    problem, judged = look(day)
    assert [each.vehicle for each in weighing.added(problem, judged, [task_of(heavy)], nothing)] == ["Van 1"]


def test_a_stop_says_what_it_takes_and_what_the_next_best_would() -> None:
    day = a_day(4, plan=a_plan(a_route(1, [1, 2, 3]), a_route(2, [4])))
    said = here(day, 3)
    assert said[0].startswith("On Van 1 it takes ")
    assert said[1].startswith("Van 2")


def test_a_locked_stop_says_so_and_nothing_is_compared() -> None:
    day = a_day(2, plan=a_plan(a_route(1, [a_stop(1, lock=Lock.DRIVER), 2]), a_route(2)))
    assert here(day, 1)[1:] == ["It is locked to Van 1."]
    day = a_day(2, plan=a_plan(a_route(1, [1, 2], locked=True), a_route(2)))
    assert here(day, 2)[1:] == ["It is locked to Van 1."]


def test_where_no_other_route_can_that_is_the_reason() -> None:
    stairs = an_order(1, features=frozenset({"lift"}))
    day = a_day(of=(stairs, an_order(2)), plan=a_plan(a_route(1, [1]), a_route(2, [2])))
    assert here(day, 1)[1:] == ["No other route can take it without breaking a rule."]


def test_an_order_of_the_pool_has_no_place_to_explain() -> None:
    assert here(a_day(2, plan=a_plan(a_route(1, [1]), a_route(2), unassigned=[2])), 2) == []


def test_looking_can_be_cancelled_between_routes() -> None:
    problem, judged = look(a_day(3, plan=a_plan(a_route(1, [1]), a_route(2), unassigned=[2, 3])))

    def cancelled() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        weighing.added(problem, judged, [task_of(an_order(2))], cancelled)


def test_waiting_at_a_door_is_told_from_driving_and_serving() -> None:
    first = an_order(1, windows=(a_window("08:00", "08:10"),), service=minutes(5))
    late = an_order(2, windows=(a_window("10:00", "11:00"),), service=minutes(7))
    problem, judged = look(a_day(of=(first, late), plan=a_plan(a_route(1, [1, 2]), a_route(2))))
    line = judged.timelines[judged.routes[0].id]
    parts = spent(line, problem.shifts[judged.routes[0].shift].reload)
    assert parts.serving == minutes(12)
    assert parts.waiting == line.halts[1].begin - line.halts[1].arrival > 0
    assert parts.driving == line.duration - parts.serving - parts.waiting
