"""Leanings as prices, and plans tried with them: days become even, routes keep together, customers get the driver who knows them, and money says the rest."""

from dataclasses import replace
from datetime import timedelta

from app.domain.address import Address
from app.domain.geo import Place
from app.domain.orders import Recipient, task_of
from app.domain.units import minutes
from app.services import planning
from app.services.leaning import MOST, Known, Leaning, apart, areas, keys_of, knowers, known_from, middles, wishes_of
from app.services.planning_values import DayProblem
from app.services.ports.store import Day
from app.services.problem import Problem, Wishes
from app.services.wishing import Trial, measured, tried, with_wishes
from tests.builders import CENTER, DAY, a_day, a_location, a_plan, a_route, a_stop, an_order
from tests.services.test_curve import _Here, solved
from tests.services.test_planning import Flat


def at(number: int, east: float, north: float = 0.0, **changes: object) -> object:
    return an_order(number, location=replace(a_location(number), place=Place(CENTER.lat + north, CENTER.lon + east)), **changes)


def look(day: Day) -> DayProblem:
    return planning.day_problem(day, Flat())


def a_try(day: Day, leaning: Leaning, known: Known | None = None) -> Trial:
    return tried(day, look(day), leaning, known or {}, _Here(solved))


def test_nothing_leaned_to_is_nothing_wished() -> None:
    day = a_day(4, plan=a_plan(a_route(1, [1, 2]), a_route(2, [3, 4])))
    problem = look(day)
    assert day.plan is not None
    assert wishes_of(day, problem, day.plan.routes, Leaning(), {}) == Wishes()
    asked = planning.to_solve(problem, day.plan)
    assert with_wishes(asked, day, problem, Leaning(), {}) == asked


def a_long_and_a_short_day() -> Day:
    """Van 1 serves eight stops of twenty minutes, van 2 one."""
    found = [an_order(number, service=minutes(20)) for number in range(1, 10)]
    return a_day(of=found, plan=a_plan(a_route(1, list(range(1, 9))), a_route(2, [9])))


def test_even_days_cost_money_and_bring_the_longest_and_the_shortest_together() -> None:
    day = a_long_and_a_short_day()
    cheap, even = a_try(day, Leaning()), a_try(day, Leaning(balance=MOST))
    problem = look(day)
    now = measured(day, problem, planning.current(problem, day.plan), {})
    assert now.spread > minutes(100)
    assert even.measures.spread < now.spread / 2
    assert even.measures.money >= cheap.measures.money
    assert even.measures.unplanned == 0


def test_a_stronger_leaning_has_a_higher_price() -> None:
    day = a_long_and_a_short_day()
    problem = look(day)
    assert day.plan is not None
    prices = [wishes_of(day, problem, day.plan.routes, Leaning(balance=value), {}).beyond_price for value in (2, 5, MOST)]
    assert prices == sorted(set(prices))
    assert prices[0] > 0


def a_mixed_day() -> Day:
    """Two clusters east and west of the depot, each van serving half of both."""
    found = [at(number, 0.05 if number % 2 else -0.05, 0.002 * number) for number in range(1, 13)]
    return a_day(of=found, plan=a_plan(a_route(1, list(range(1, 7))), a_route(2, list(range(7, 13)))))  # type: ignore[arg-type]


def test_the_middle_of_a_route_is_the_stop_that_is_nearest_to_the_others() -> None:
    day = a_day(3, plan=a_plan(a_route(1, [1, 2, 3])))
    problem = look(day)
    assert day.plan is not None
    assert problem.places[middles(problem, day.plan.routes)[day.plan.routes[0].shift]] == an_order(2).location.place
    assert apart(problem, day.plan.routes) > 0
    assert apart(problem, ()) == 0


def test_compact_areas_bring_stops_nearer_to_the_middle_of_their_route() -> None:
    day = a_mixed_day()
    problem = look(day)
    now = measured(day, problem, planning.current(problem, day.plan), {})
    assert day.plan is not None
    lons = sorted(problem.places[row].lon - CENTER.lon for row in areas(problem, day.plan.routes).values())
    assert lons[0] < 0 < lons[1], "one area in the west, one in the east"
    compact = a_try(day, Leaning(compactness=MOST))
    assert compact.measures.apart < now.apart / 2
    assert compact.measures.unplanned == 0


def a_day_before() -> Day:
    """Yesterday van 1, with driver 1, served A-3 and A-4, and that was committed."""
    plan = a_plan(a_route(1, [3, 4]), a_route(2, [1, 2]))
    return a_day(4, plan=replace(plan, committed=1, day=DAY - timedelta(days=1)), day=DAY - timedelta(days=1))


def test_who_served_an_address_or_a_customer_knows_it() -> None:
    known = known_from([a_day_before()])
    day = a_day(4, plan=a_plan(a_route(1, [1, 2]), a_route(2, [3, 4])))
    problem = look(day)
    assert knowers(day, problem, known)[task_of(an_order(3))] == {"shf_1"}
    assert knowers(day, problem, known)[task_of(an_order(1))] == {"shf_2"}
    draft = a_day_before()
    assert draft.plan is not None
    assert known_from([replace(draft, plan=replace(draft.plan, committed=0))]) == {}
    moved = an_order(3, address=Address(street="Elsewhere", house="1"))
    assert set(keys_of(moved)) & set(keys_of(an_order(3))), "the same customer at another address"
    neighbour = an_order(3, recipient=Recipient(name="Somebody else", phone="+3580000"))
    assert set(keys_of(neighbour)) & set(keys_of(an_order(3))), "somebody else at the same address"
    assert not set(keys_of(an_order(1))) & set(keys_of(an_order(3)))


def test_a_familiar_driver_is_sent_where_it_is_worth_it_and_counted() -> None:
    known = known_from([a_day_before()])
    day = a_day(4, plan=a_plan(a_route(1, [1, 2]), a_route(2, [3, 4])))
    problem = look(day)
    now = measured(day, problem, planning.current(problem, day.plan), known)
    assert (now.known, now.knowable) == (0, 4)
    familiar = a_try(day, Leaning(familiar=MOST), known)
    assert familiar.measures.known == 4
    assert measured(day, problem, planning.current(problem, day.plan), {}).knowable == 0


def test_a_part_of_a_day_is_wished_for_by_its_own_tasks_alone() -> None:
    day = a_mixed_day()
    problem = look(day)
    asked: Problem = planning.to_solve(problem, None)
    part = replace(asked, tasks=asked.tasks[:3])
    wishes = with_wishes(part, day, problem, Leaning(compactness=5), {}).wishes
    assert {each.task for each in wishes.likings} <= {task.id for task in part.tasks}
    assert wishes.likings


def test_locks_hold_whatever_is_wished() -> None:
    from app.domain.plans import Lock

    day = a_long_and_a_short_day()
    locked = a_route(1, [a_stop(an_order(number), lock=Lock.DRIVER) for number in range(1, 9)])
    day = replace(day, plan=a_plan(locked, a_route(2, [9])))
    trial = a_try(day, Leaning(balance=MOST, compactness=MOST))
    assert trial.measures.moved == 0 or all(step.task in set(locked.tasks) for route in trial.solution.routes if route.shift == "shf_1" for step in route.steps)
    served = {step.task: route.shift for route in trial.solution.routes for step in route.steps}
    assert {served[task] for task in locked.tasks} == {"shf_1"}
