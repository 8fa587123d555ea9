"""What would help an order that fits nowhere: each remedy is done by the real commands, and the day judged anew."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import pytest

from app.cli.remedy_days import Fleet, fleet_of, left_out, routes_of
from app.domain.geo import Place
from app.domain.ids import PlanId
from app.domain.load import Load
from app.domain.orders import Order, task_of
from app.domain.plans import Plan
from app.domain.units import Cubic, Grams, minutes
from app.services import planning, whys
from app.services.advice import Adviser
from app.services.advice_search import EveryPlace
from app.services.advice_values import newly_broken
from app.services.planning_judging import judged_plan
from app.services.planning_values import DayProblem, Judged
from app.services.ports.store import Day
from app.services.postponing import on_day
from app.services.problem import RoutePlan, Solution
from app.services.remedies import remedies
from app.services.remedies_spare import Spare, spares
from app.services.remedies_values import Remedy, RemedyKind
from app.services.remedies_words import said
from app.services.remedying import command_of, on_another_day
from app.wording import sentence
from tests.builders import DAY, a_day, a_driver, a_plan, a_route, a_shift, a_vehicle, a_window, an_order, wall
from tests.desk import Desk
from tests.services.test_planning import Flat


class Kept(Flat):
    """Travel that measures each way once: the same places are asked for again and again."""

    @lru_cache(maxsize=100_000)  # noqa: B019 - one for the whole module
    def _meters(self, a: Place, b: Place) -> int:
        return super()._meters(a, b)


FLAT = Kept()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "doorstep.db")
    yield made
    made.store.close()


def asked(day: Day, order: Order, spare: tuple[Spare, ...] = ()) -> tuple[DayProblem, Judged, tuple[Remedy, ...]]:
    """The day as a problem, its plan judged, and what would help the order."""
    problem = planning.day_problem(day, FLAT)
    judged = judged_plan(problem, day.plan)
    with Adviser(planning.to_solve(problem, day.plan), EveryPlace) as adviser:
        return problem, judged, remedies(adviser, task_of(order), [each.terms for each in spare], seconds=60)


def test_of_fifty_orders_that_fit_nowhere_nearly_all_get_a_remedy_that_works(desk: Desk) -> None:
    fleet, orders = a_planned_day(desk)
    helped: Counter[str] = Counter()
    failed = []
    for number, (cause, order) in enumerate(orders):
        kinds = tuple(remedy.kind for remedy in done_and_judged(desk, fleet, order, 8 if number % 10 == 0 else 1))
        helped[cause] += bool(kinds)
        failed += [] if kinds else [(cause, order.number)]
    assert len(orders) == 50
    assert sum(helped.values()) >= 48, failed


def a_planned_day(desk: Desk) -> tuple[Fleet, list[tuple[str, Order]]]:
    """Ninety orders on six vans, stored with a plan; and fifty orders that fit nowhere."""
    usual = [an_order(number, windows=(a_window("09:00", "12:00"),) if number % 3 == 0 else (), service=minutes(12)) for number in range(1, 91)]
    shifts = tuple(replace(a_shift(number), max_duration=minutes(600)) for number in (1, 2, 3))
    vehicles = {van.id: van for van in (a_vehicle(1, features=frozenset({"tail lift"})), a_vehicle(2), a_vehicle(3))}
    drivers = {each.id: each for each in (a_driver(1), a_driver(2, skills=frozenset({"id check"})), a_driver(3))}
    fleet = fleet_of(a_day(of=usual, vans=3, shifts=shifts, vehicles=vehicles, drivers=drivers), 6)
    problem = planning.day_problem(fleet.day, FLAT)
    routes = routes_of(problem)
    judged = planning.judge(problem, Solution(routes=routes), explain=False)
    plan = replace(a_plan(), routes=judged.routes)
    desk.put(fleet.day.depot, *fleet.vehicles, *fleet.drivers, *fleet.day.shifts, *fleet.day.orders)
    desk.put(plan)
    return fleet, list(left_out(fleet, problem, {each.shift: each.steps for each in routes}, 50, seed=7))


def done_and_judged(desk: Desk, fleet: Fleet, order: Order, most: int) -> Iterator[Remedy]:
    """Does the first remedies of an order through the bus, checks the day anew, and takes it back."""
    desk.put(order)
    day = desk.day()
    spare = spares(day, planning.day_problem(day, FLAT), fleet.vehicles, fleet.drivers)
    problem, judged, found = asked(day, order, spare)
    before = desk.contents()
    for remedy in found[:most]:
        assert all(sentence(each, language) for language in ("en", "zh_TW") for each in (said(problem, remedy, spare).what, said(problem, remedy, spare).then))
        desk.bus.do(command_of(desk.day(), problem, judged, remedy, [each.shift for each in spare]))
        check(desk.day(), judged, order, remedy)
        desk.bus.undo()
        assert desk.contents() == before, "one undo takes all of it back"
        yield remedy
    desk.bus.undo()


def check(day: Day, before: Judged, order: Order, remedy: Remedy) -> None:
    """The order is in a route, nobody else is lost, and no rule is broken that was not."""
    plan = day.plan
    assert plan is not None
    after = planning.current(planning.day_problem(day, FLAT), plan)
    own = next((route for route in after.routes if task_of(order) in route.tasks), None)
    assert own is not None, remedy
    old = {line.shift: line for line in before.timelines.values()}
    for route in after.routes:
        line = after.timelines[route.id]
        assert not (newly_broken(old[line.shift], line) if line.shift in old else line.violations), remedy
    assert tasks_of(plan) - set(remedy.pooled) == {task for route in before.routes for task in route.tasks} - set(remedy.pooled) | {task_of(order)}


def tasks_of(plan: Plan) -> set[str]:
    return {task for route in plan.routes for task in route.tasks}


# Kind by kind ---------------------------------------------------------------------------------------------------------


def only(day: Day, order: Order, kind: RemedyKind, spare: tuple[Spare, ...] = ()) -> tuple[DayProblem, Remedy]:
    """The first remedy of a kind."""
    problem, _, found = asked(day, order, spare)
    return problem, next(each for each in found if each.kind is kind)


def test_a_window_opens_no_earlier_than_it_must() -> None:
    """The van leaves at eight; the order may be served from 6:00 to 7:00: it must be allowed until it is reached, rounded up to five minutes."""
    order = an_order(1, windows=(a_window("06:00", "07:00"),))
    problem, remedy = only(a_day(of=[order], vans=1, plan=a_plan(a_route(1), unassigned=[1])), order, RemedyKind.WINDOW)
    assert sentence(said(problem, remedy).what) == "Window 06:00–08:05 instead of 06:00–07:00"
    assert [sentence(each) for each in said(problem, remedy).concerns] == ["Ask the customer of this order"]


def test_an_order_for_the_evening_may_be_served_before_it_or_by_a_longer_shift() -> None:
    order = an_order(1, windows=(a_window("19:00", "20:00"),))
    day = a_day(of=[order], vans=1, plan=a_plan(a_route(1), unassigned=[1]))
    problem, longer = only(day, order, RemedyKind.SHIFT)
    assert "may end at 19:" in sentence(said(problem, longer).what)
    problem, earlier = only(day, order, RemedyKind.WINDOW)
    assert "Window 17:5" in sentence(said(problem, earlier).what), "as late as the shift allows"


def test_a_full_van_may_load_once_more_or_hand_a_stop_over() -> None:
    heavy = [an_order(number, load=Load(Grams(390_000), Cubic(0), 1)) for number in (1, 2)]
    order = an_order(3, load=Load(Grams(200_000), Cubic(0), 1))
    day = a_day(of=[*heavy, order], vans=2, plan=a_plan(a_route(1, [1]), a_route(2, [2]), unassigned=[3]))
    _, trip = only(day, order, RemedyKind.TRIP)
    assert trip.shifts[0].reloads == 1
    small = an_order(3, load=Load(Grams(150_000), Cubic(0), 1))
    light = [replace(each, load=Load(Grams(grams), Cubic(0), 1)) for each, grams in zip(heavy, (250_000, 255_000), strict=True)]
    four = [*light, small, an_order(4, load=Load(Grams(140_000), Cubic(0), 1))]
    crowded = a_day(of=four, vans=2, plan=a_plan(a_route(1, [1, 4]), a_route(2, [2]), unassigned=[3]))
    problem, move = only(crowded, small, RemedyKind.MOVE)
    assert sentence(said(problem, move).what) == "A-4 goes from Van 1 to Van 2"


def test_another_vehicle_or_driver_has_what_is_missing() -> None:
    vans = {each.id: each for each in (a_vehicle(1), a_vehicle(2, features=frozenset({"cooling"})))}
    drivers = {each.id: each for each in (a_driver(1, skills=frozenset({"stairs"})), a_driver(2))}
    order = an_order(1, skills=frozenset({"stairs"}), features=frozenset({"cooling"}))
    day = a_day(of=[order], vans=2, vehicles=vans, drivers=drivers, plan=a_plan(a_route(1), a_route(2), unassigned=[1]))
    kinds = {each.kind for each in asked(day, order)[2]}
    assert {RemedyKind.VEHICLE, RemedyKind.DRIVER, RemedyKind.WITHOUT} <= kinds
    problem, swap = only(day, order, RemedyKind.VEHICLE)
    assert sentence(said(problem, swap).what) == "Van 1 and Van 2 exchange their vehicles"


def test_a_locked_route_is_named_as_one() -> None:
    order = an_order(1)
    day = a_day(of=[order], vans=1, plan=a_plan(a_route(1, locked=True), unassigned=[1]))
    assert [each.kind for each in asked(day, order)[2]] == [RemedyKind.UNLOCK]


def test_where_there_is_room_nothing_but_the_plan_is_changed() -> None:
    order = an_order(1)
    found = asked(a_day(of=[order], vans=2, plan=a_plan(a_route(1), a_route(2), unassigned=[1])), order)[2]
    assert {each.kind for each in found} == {RemedyKind.PLACE}


def test_of_a_stop_in_time_only_what_saves_money_is_said() -> None:
    """A-40 is far from A-41's van and beside A-42's."""
    orders = [an_order(1), an_order(40), an_order(41)]
    day = a_day(of=orders, vans=2, plan=a_plan(a_route(1, [1, 40]), a_route(2, [41])))
    found = asked(day, orders[1])[2]
    assert found
    assert all(each.price < 0 for each in found)


def test_a_late_stop_is_helped_as_if_its_window_were_hard() -> None:
    late = an_order(2, windows=(a_window("08:00", "08:10", late_per_hour=600),))
    first = an_order(1, service=minutes(60))
    day = a_day(of=[first, late], vans=1, plan=a_plan(a_route(1, [1, 2])))
    found = asked(day, late)[2]
    assert found
    assert found[0].kind is RemedyKind.PLACE, "before the long one"


# Another day, and why ------------------------------------------------------------------------------------------------


def test_an_order_goes_to_another_day_and_into_its_route_there_as_one_step(desk: Desk) -> None:
    tomorrow = DAY + timedelta(days=1)
    desk.fleet(1)
    later = replace(a_shift(7), day=tomorrow, starts=wall("08:00", tomorrow), ends=wall("17:00", tomorrow), latest_end=wall("18:00", tomorrow))
    order, other = an_order(1, load=Load(Grams(300_000), Cubic(0), 1)), an_order(2, day=tomorrow)
    desk.put(a_vehicle(7), a_driver(7), later, order, other)
    desk.put(a_plan(a_route(1), unassigned=[1]), a_plan(a_route(7, [2]), id=PlanId("pln_2"), day=tomorrow))
    before = desk.contents()
    day = desk.store.reader().day(desk.day().depot.id, tomorrow)
    problem = planning.day_problem(replace(day, orders=(*day.orders, on_day(order, tomorrow, keep_windows=True))), FLAT)
    judged = judged_plan(problem, day.plan)
    with Adviser(whys.standing(problem, judged), EveryPlace) as adviser:
        place = adviser.places([task_of(order)], 1)[0][0]
    steps, begin = whys.with_placement(problem, judged, place)
    routes = (RoutePlan(shift=place.shift, steps=steps),)
    remedy = Remedy(kind=RemedyKind.DAY, task=task_of(order), shift=place.shift, routes=routes, begin=begin, position=place.position)
    desk.bus.do(on_another_day(order, day, problem, judged, remedy))
    plan = desk.store.reader().day(day.depot.id, tomorrow).plan
    assert plan is not None
    assert tasks_of(plan) == {task_of(order), task_of(other)}
    assert desk.order(1).day == tomorrow
    assert not desk.day().plan.unassigned  # type: ignore[union-attr]  # it was put there
    desk.bus.undo()
    assert desk.contents() == before


def test_every_vehicle_says_what_it_would_make_of_a_stop() -> None:
    orders = [an_order(1), an_order(2), an_order(3, skills=frozenset({"stairs"}))]
    drivers = {each.id: each for each in (a_driver(1, skills=frozenset({"stairs"})), a_driver(2), a_driver(3))}
    day = a_day(of=orders, vans=3, drivers=drivers, plan=a_plan(a_route(1, [1, 3]), a_route(2, [2]), a_route(3, locked=True)))
    problem = planning.day_problem(day, FLAT)
    judged = judged_plan(problem, day.plan)
    with Adviser(whys.standing(problem, judged), EveryPlace) as adviser:
        places = adviser.places([task_of(orders[2])], 5)[0]
    here, there, locked = whys.everywhere(problem, judged, task_of(orders[2]), places)
    assert (here.vehicle, here.here, here.position) == ("Van 1", True, 1)
    assert there.rules is not None
    assert sentence(there.rules) == "the driver lacks stairs"
    assert locked.rules is not None
    assert sentence(locked.rules) == "its route is locked"


def test_what_a_stop_costs_is_what_the_plan_costs_less_without_it() -> None:
    far = an_order(1, location=replace(an_order(1).location, place=Place(60.40, 25.40)))
    day = a_day(of=[far, *(an_order(number) for number in range(2, 7))], vans=1, plan=a_plan(a_route(1, [1, 2, 3, 4, 5, 6])))
    problem = planning.day_problem(day, FLAT)
    judged = judged_plan(problem, day.plan)
    costs = whys.prices(problem, judged)
    without = judged_plan(problem, a_plan(a_route(1, [2, 3, 4, 5, 6]), unassigned=[1]))
    assert costs[task_of(far)] == judged.totals.travel_cost - without.totals.travel_cost
    (task, dear), *_ = whys.dearest(costs)
    assert task == task_of(far)
    assert dear.times > 2
