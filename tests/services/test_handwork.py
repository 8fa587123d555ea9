"""Swapping, turning round and handing over: nothing is lost, pairs stay together, the order is kept, and the desk's database has what was asked for."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Conflict, NotFound, RuleBroken
from app.domain.ids import RouteId, StopId
from app.domain.load import Load
from app.domain.orders import Order, OrderState, TaskKind, task_of
from app.domain.plans import Lock, Plan, Route
from app.domain.sentences import Sentence
from app.domain.units import Cubic, Grams
from app.services import planning
from app.services.commands import ArrangeStops
from app.services.handwork import effect, handed_over, loads_swapped, pairs_of, rest_of, swapped, turned
from tests.builders import a_day, a_depot, a_driver, a_plan, a_route, a_shift, a_stop, a_vehicle, an_order, orders
from tests.desk import Desk
from tests.services.test_planning import Flat

CALLED = Sentence.of("command.lock_route", route="Van 1")


def stop(number: int) -> StopId:
    return StopId(f"stp_A-{number}")


def numbers(route: Route) -> list[int]:
    return [int(each.id.rpartition("-")[2]) for each in route.stops]


@st.composite
def planned(draw: st.DrawFn) -> tuple[Plan, tuple[Order, ...]]:
    """Up to ten orders in three routes; some are pairs in one route, some stops load before."""
    count = draw(st.integers(2, 10))
    routes: list[list[int]] = [[], [], []]
    for number in range(1, count + 1):
        routes[draw(st.integers(0, 2))].append(number)
    made = {number: an_order(number) for number in range(1, count + 1)}
    for route in routes:
        if len(route) >= 2 and draw(st.booleans()):
            first, last = route[0], route[draw(st.integers(1, len(route) - 1))]
            made[first] = replace(made[first], kind=TaskKind.PICKUP)
            made[last] = replace(made[last], paired_with=f"A-{first}")
    loads = draw(st.sets(st.integers(1, count)))
    stops = [[a_stop(number, reload_before=number in loads) for number in route] for route in routes]
    return a_plan(*(a_route(at, each) for at, each in enumerate(stops, start=1))), tuple(made.values())


def together(plan: Plan, known: tuple[Order, ...]) -> bool:
    home = {task: route.id for route in plan.routes for task in route.tasks}
    numbered = {order.number: order for order in known}
    return all(home[task_of(order)] == home[task_of(numbered[order.paired_with])] for order in known if order.paired_with)


def same_stops(before: Plan, after: Plan) -> bool:
    was, now = ([each.id for route in plan.routes for each in route.stops] for plan in (before, after))
    return sorted(was) == sorted(now)


@given(planned(), st.data())
def test_swapping_loses_nothing_and_keeps_pairs_together(made: tuple[Plan, tuple[Order, ...]], data: st.DataObject) -> None:
    plan, known = made
    every = [each.id for route in plan.routes for each in route.stops]
    first, second = data.draw(st.permutations(every).map(lambda some: some[:2]))
    after = swapped(plan, first, second, pairs_of(known))
    assert same_stops(plan, after)
    assert together(after, known)
    (one, _), (two, _) = plan.place_of(first) or (None, 0), plan.place_of(second) or (None, 0)
    assert one is not None
    assert two is not None
    assert (after.place_of(first) or (None,))[0] == after.route(two.id)
    assert (after.place_of(second) or (None,))[0] == after.route(one.id)


@given(planned(), st.data())
def test_turning_twice_is_what_was_before(made: tuple[Plan, tuple[Order, ...]], data: st.DataObject) -> None:
    plan, _ = made
    route = data.draw(st.sampled_from([each for each in plan.routes if each.stops]))
    some = data.draw(st.sets(st.sampled_from([each.id for each in route.stops])))
    after = turned(plan, some)
    assert same_stops(plan, after)
    assert [each.id for each in after.route(route.id).stops if each.id in some] == [each.id for each in reversed(route.stops) if each.id in some]
    assert turned(after, some) == plan


@given(planned(), st.data())
def test_what_is_handed_over_keeps_its_order_and_its_pairs(made: tuple[Plan, tuple[Order, ...]], data: st.DataObject) -> None:
    plan, known = made
    problem = planning.day_problem(a_day(of=known, vans=3), Flat())
    route = data.draw(st.sampled_from([each for each in plan.routes if each.stops]))
    first = data.draw(st.sampled_from(route.stops)).id
    takers = data.draw(st.lists(st.sampled_from([each.id for each in plan.routes if each.id != route.id]), min_size=1, max_size=2, unique=True))
    rest = rest_of(route, first, pairs_of(known))
    after = handed_over(problem, plan, rest, takers, pairs_of(known))
    assert same_stops(plan, after)
    assert together(after, known)
    assert not set(rest) & {each.id for each in after.route(route.id).stops}
    for taker in takers:
        taken = [each.id for each in after.route(taker).stops if each.id in rest]
        assert taken == [each for each in rest if each in taken]
        assert [each for each in after.route(taker).stops if each.id not in rest] == list(plan.route(taker).stops)


def test_a_swap_exchanges_places_and_leaves_loading_where_it_was() -> None:
    plan = a_plan(a_route(1, [1, a_stop(2, reload_before=True), 3]), a_route(2, [4]))
    assert [numbers(route) for route in swapped(plan, stop(1), stop(3), {}).routes] == [[3, 2, 1], [4]]
    beside = swapped(plan, stop(1), stop(2), {}).routes[0]
    assert (numbers(beside), [each.reload_before for each in beside.stops]) == ([2, 1, 3], [False, True, False])
    with pytest.raises(NotFound):
        swapped(plan, stop(1), stop(9), {})


def test_a_route_turned_round_loads_between_the_same_stops() -> None:
    plan = a_plan(a_route(1, [1, a_stop(2, reload_before=True), 3]))
    route = turned(plan, [stop(1), stop(2), stop(3)]).routes[0]
    assert numbers(route) == [3, 2, 1]
    assert [each.reload_before for each in route.stops] == [False, False, True]


def test_two_drivers_exchange_all_that_they_have_and_keep_their_locks() -> None:
    plan = a_plan(a_route(1, [a_stop(1, lock=Lock.DRIVER), 2]), a_route(2, [3], locked=True))
    after = loads_swapped(plan, RouteId("rte_1"), RouteId("rte_2"))
    assert [numbers(route) for route in after.routes] == [[3], [1, 2]]
    assert [route.locked for route in after.routes] == [False, True]
    assert after.routes[1].stops[0].lock is Lock.DRIVER


def test_the_rest_goes_to_who_can_carry_it() -> None:
    """Each van carries 400 kg and has 250 kg on board: of three stops of 100 kg, either can take one."""
    heavy = [an_order(n, load=Load(Grams(250_000 if n > 3 else 100_000), Cubic(1_000), 1)) for n in range(1, 6)]
    day = a_day(of=heavy, vans=3)
    plan = a_plan(a_route(1, [1, 2]), a_route(2, [4]), a_route(3, [5]))
    problem = planning.day_problem(day, Flat())
    after = handed_over(problem, plan, [stop(1), stop(2)], [RouteId("rte_2"), RouteId("rte_3")], {})
    assert sorted(len(route.stops) for route in after.routes) == [0, 2, 2]
    found = effect(problem, plan, after)
    assert not found.broken
    lines = [planning.timelines(problem, each.routes).values() for each in (plan, after)]
    assert found.cost == sum(line.cost for line in lines[1]) - sum(line.cost for line in lines[0])
    crowded = effect(problem, plan, handed_over(problem, plan, [stop(1), stop(2)], [RouteId("rte_2")], {}))
    assert [each.violation.kind.value for each in crowded.broken] == ["load"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "doorstep.db")
    made.put(a_depot(), *orders(5), *map(a_vehicle, (1, 2)), *map(a_driver, (1, 2)), *map(a_shift, (1, 2)))
    made.put(a_plan(a_route(1, [1, 2, 3]), a_route(2, [4]), unassigned=[5]))
    yield made
    made.store.close()


def wish(plan: Plan, *changed: int) -> ArrangeStops:
    return ArrangeStops(plan=plan.id, routes=tuple(route for at, route in enumerate(plan.routes, start=1) if at in changed), called=CALLED)


def plan_of(desk: Desk) -> Plan:
    plan = desk.day().plan
    assert plan is not None
    return plan


def test_an_arrangement_is_one_step_and_its_orders_can_tell_of_it(desk: Desk) -> None:
    before = plan_of(desk)
    outcome = desk.bus.do(wish(swapped(before, stop(2), stop(4), {}), 1, 2))
    assert outcome.title == CALLED
    assert [numbers(route) for route in plan_of(desk).routes] == [[1, 4, 3], [2]]
    assert {event.to: event.orders for event in outcome.events} == {"rte_1": ("ord_A-4",), "rte_2": ("ord_A-2",)}  # type: ignore[attr-defined]
    desk.bus.undo()
    assert [numbers(route) for route in plan_of(desk).routes] == [[1, 2, 3], [4]]
    assert desk.bus.do(wish(before, 1, 2)).step is None, "as it is already"


def test_an_arrangement_of_other_stops_than_the_plan_has_is_refused(desk: Desk) -> None:
    other = loads_swapped(plan_of(desk), RouteId("rte_1"), RouteId("rte_2"))
    with pytest.raises(Conflict):
        desk.bus.do(wish(other, 1))
    desk.put(replace(desk.order(2), state=OrderState.DELIVERED))
    with pytest.raises(RuleBroken, match="already_served"):
        desk.bus.do(wish(other, 1, 2))


def test_a_route_that_stands_on_screen_only_can_take_stops(desk: Desk) -> None:
    desk.put(a_vehicle(3), a_driver(3), a_shift(3))
    plan = plan_of(desk)
    whole = replace(plan, routes=(*plan.routes, a_route(3)))
    after = loads_swapped(whole, RouteId("rte_1"), RouteId("rte_3"))
    desk.bus.do(ArrangeStops(plan=plan.id, routes=(after.routes[0], after.routes[2]), called=CALLED))
    assert [numbers(route) for route in plan_of(desk).routes] == [[], [4], [1, 2, 3]]
    desk.bus.undo()
    assert [numbers(route) for route in plan_of(desk).routes] == [[1, 2, 3], [4]]
    strange = replace(a_route(9), shift=a_shift(1).id)
    with pytest.raises(NotFound):
        desk.bus.do(ArrangeStops(plan=plan.id, routes=(plan.routes[0], strange), called=CALLED))
