"""What is shown of a drag is what happens: weighed beforehand, done through the real handlers, and judged anew."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.ids import RouteId, StopId, TaskId
from app.domain.load import Capacity, Load
from app.domain.orders import Order, OrderState, TaskKind, task_of
from app.domain.plans import Lock, Plan, PromisedRoute
from app.domain.schedule import ViolationKind
from app.domain.units import Cubic, Grams, Millis
from app.services import planning
from app.services.commands import AssignTasks, Command, MoveStops, UnassignStops
from app.services.dragging import Hand, Impact, weigh
from app.services.planning_values import DayProblem
from tests.builders import a_day, a_depot, a_driver, a_plan, a_route, a_shift, a_stop, a_vehicle, a_window, an_order
from tests.desk import Desk
from tests.problems import MIN
from tests.services.test_planning import Flat

COUNT, VANS = 12, 3
TIMES = {ViolationKind.LATE, ViolationKind.SHIFT, ViolationKind.BREAK, ViolationKind.DURATION}


def some_orders(random: Random) -> tuple[Order, ...]:
    """Twelve orders, some with windows, and two pairs."""
    made = []
    for number in range(1, COUNT + 1):
        opens = random.randrange(8, 15)
        windows = (a_window(f"{opens:02d}:00", f"{opens + 1:02d}:00", late_per_hour=random.choice([None, 500])),) if random.random() < 0.6 else ()
        made.append(an_order(number, windows=windows, load=Load(Grams(random.randrange(1, 150) * 1_000), Cubic(8_000), 1)))
    for pickup, delivery in ((1, 2), (3, 4)):
        made[pickup - 1] = replace(made[pickup - 1], kind=TaskKind.PICKUP)
        made[delivery - 1] = replace(made[delivery - 1], paired_with=f"A-{pickup}")
    return tuple(made)


def some_plan(random: Random) -> Plan:
    """The orders dealt out to three routes and the pool; pairs together, each pick-up first."""
    routes: list[list[int]] = [[] for _ in range(VANS + 1)]
    for group in ([1, 2], [3, 4], *([number] for number in range(5, COUNT + 1))):
        routes[random.randrange(VANS + 1)] += group
    made = [a_route(at, [a_stop(number, lock=random.choice([None, None, Lock.DRIVER])) for number in routes[at - 1]]) for at in range(1, VANS + 1)]
    return a_plan(*made, unassigned=routes[VANS])


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("dragging") / "doorstep.db")
    made.put(a_depot(), *map(a_vehicle, range(1, VANS + 1)), *map(a_driver, range(1, VANS + 1)), *map(a_shift, range(1, VANS + 1)))
    yield made
    made.store.close()


def reset(desk: Desk, orders: tuple[Order, ...], plan: Plan) -> None:
    """Puts these orders and this plan in place of those that are there."""
    now = desk.day()
    versions = {order.id: order.version for order in now.orders}
    desk.put(*(replace(order, version=versions.get(order.id, 0)) for order in orders), replace(plan, version=now.plan.version if now.plan is not None else 0))


def wish_of(impact: Impact, plan: Plan, dragged: Hand) -> Command:
    """What a drop asks for."""
    if impact.route is None:
        return UnassignStops(plan=plan.id, stops=dragged.stops)
    if dragged.stops:
        return MoveStops(plan=plan.id, stops=dragged.stops, tasks=dragged.tasks, to_route=impact.route, position=impact.position)
    return AssignTasks(plan=plan.id, tasks=dragged.tasks, to_route=impact.route, position=impact.position)


def shape(plan: Plan) -> tuple[object, ...]:
    """Routes by their tasks and locks, and the pool."""
    routes = [[(stop.tasks, stop.lock, stop.reload_before) for stop in route.stops] for route in plan.routes]
    return routes, sorted(each.task for each in plan.unassigned)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_what_was_shown_is_what_happens(desk: Desk, seed: int) -> None:
    random = Random(seed)
    orders, before = some_orders(random), some_plan(random)
    reset(desk, orders, before)
    plan = desk.day().plan
    assert plan is not None
    problem = planning.day_problem(desk.day(), Flat())
    judged = planning.current(problem, plan)
    hand = Hand(problem, plan, [task_of(orders[at]) for at in random.sample(range(COUNT), random.randrange(1, 5))], judged.timelines)
    target = random.choice([*plan.routes, None])
    shown = hand.back() if target is None else random.choice([hand.best(target.id), hand.at(target.id, random.randrange(len(target.stops) + 1))])
    if target is None and not hand.stops:
        assert not shown.changes
        return
    desk.bus.do(wish_of(shown, plan, hand))
    after = desk.day().plan
    assert after is not None
    assert shape(after) == shape(shown.plan)
    anew = planning.current(problem, after)
    assert {route: anew.timelines[route] for route in shown.lines} == dict(shown.lines)
    assert shown.cost == sum(line.cost for line in anew.timelines.values()) - sum(line.cost for line in judged.timelines.values())
    assert shown.time == sum(line.duration for line in anew.timelines.values()) - sum(line.duration for line in judged.timelines.values())
    assert shown.meters == sum(line.meters for line in anew.timelines.values()) - sum(line.meters for line in judged.timelines.values())
    late = shown.late_after.stops - shown.late_before.stops
    assert late == anew.totals.late - judged.totals.late
    served = sorted(task for route in after.routes for task in route.tasks) + sorted(each.task for each in after.unassigned)
    assert sorted(served) == sorted(task_of(order) for order in orders), "nothing is lost"
    route_of = {task: route.id for route in after.routes for task in route.tasks}
    for pickup, delivery in ((0, 1), (2, 3)):
        assert route_of.get(task_of(orders[pickup])) == route_of.get(task_of(orders[delivery])), "a pair stays together"


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_best_place_is_no_worse_than_any_other(seed: int) -> None:
    random = Random(seed)
    orders, plan = some_orders(random), some_plan(random)
    problem = problem_of(plan, orders)
    hand = Hand(problem, plan, [task_of(orders[random.randrange(4, COUNT)])])
    for route in plan.routes:
        best, others = hand.best(route.id), [hand.at(route.id, at) for at in range(len(route.stops) + 1)]
        judged = [planning.current(problem, each.plan) for each in (best, *others)]
        firm = [sum(each.kind not in TIMES for line in one.timelines.values() for each in line.violations) for one in judged]
        late = [sum(each.amount for line in one.timelines.values() for each in line.violations if each.kind in TIMES) for one in judged]
        assert firm[0] == min(firm)
        assert late[0] == min(minutes for rules, minutes in zip(firm, late, strict=True) if rules == firm[0])
        if not any(firm) and not any(late):
            assert judged[0].totals.cost == min(each.totals.cost for each in judged)
        assert hand.best(route.id, range(len(others))).cost == best.cost


def problem_of(plan: Plan, orders: tuple[Order, ...]) -> DayProblem:
    return planning.day_problem(replace(a_day(1, VANS), orders=orders, plan=plan), Flat())


def orders_of(count: int) -> tuple[Order, ...]:
    return tuple(an_order(number) for number in range(1, count + 1))


def task(number: int) -> TaskId:
    return task_of(an_order(number))


def test_it_says_what_is_broken_on_which_route_and_what_is_mended() -> None:
    orders = (an_order(1, load=Load(Grams(399_000), Cubic(1), 1)), an_order(2, load=Load(Grams(15_000), Cubic(1), 1)), an_order(3))
    plan = a_plan(a_route(1, [1]), a_route(2, [2]), a_route(3, [3]))
    problem = problem_of(plan, orders)
    full = weigh(problem, plan, [task(2)], RouteId("rte_1"), 0)
    assert [(each.shift, each.violation.kind, each.violation.amount, each.violation.measure) for each in full.broken] == [
        ("shf_1", ViolationKind.LOAD, 14_000, "weight")
    ]
    assert full.mended == 0
    out = weigh(problem, full.plan, [task(2)], RouteId("rte_2"), 0)
    assert out.broken == ()
    assert out.mended == 1


def test_a_stop_that_is_as_late_elsewhere_breaks_nothing_new() -> None:
    late = an_order(1, windows=(a_window("06:00", "07:00"),))
    plan = a_plan(a_route(1, [1]), a_route(2, [2]), a_route(3))
    problem = problem_of(plan, (late, an_order(2)))
    moved = weigh(problem, plan, [task(1)], RouteId("rte_3"), 0)
    assert moved.broken == ()
    assert (moved.late_before, moved.late_after) == (moved.late_after, moved.late_before)
    assert moved.late_after.stops == 1


def test_locks_and_promises_that_are_touched_are_named() -> None:
    stops = [a_stop(1), a_stop(2, lock=Lock.POSITION), a_stop(3, lock=Lock.DRIVER)]
    plan = a_plan(a_route(1, stops), a_route(2, [4], locked=True), a_route(3), unassigned=[5])
    problem = problem_of(plan, orders_of(5))
    assert weigh(problem, plan, [task(5)], RouteId("rte_1"), 2).locks == ()
    assert weigh(problem, plan, [task(5)], RouteId("rte_1"), 1).locks == (StopId("stp_A-2"),)
    gone = weigh(problem, plan, [task(3)], RouteId("rte_2"), 0)
    assert gone.locks == (StopId("stp_A-3"),)
    assert gone.locked_routes == (RouteId("rte_2"),)
    arrivals = {halt.task: halt.arrival for halt in planning.current(problem, plan).timelines[RouteId("rte_1")].halts}
    told = PromisedRoute(route=RouteId("rte_1"), tasks=(task(1), task(2)), arrivals=(arrivals[task(1)], Millis(arrivals[task(2)] - 14 * MIN)))
    promised = replace(plan, promised=(told,))
    assert weigh(problem, promised, [task(1)], None).promises == (task(1),), "who was promised a visit is told that there is none"
    assert weigh(problem, promised, [task(3)], None).promises == ()


def test_a_pair_comes_along_and_what_is_on_hold_stays() -> None:
    orders = (replace(an_order(1), kind=TaskKind.PICKUP), replace(an_order(2), paired_with="A-1"), an_order(3, state=OrderState.ON_HOLD))
    plan = a_plan(a_route(1, [1, 2]), a_route(2), a_route(3), unassigned=[3])
    problem = problem_of(plan, orders)
    hand = Hand(problem, plan, [task(2), task(3)])
    moved = hand.at(RouteId("rte_2"), 0)
    assert moved.along == (task(1),)
    assert moved.plan.route(RouteId("rte_2")).tasks == (task(1), task(2))
    assert hand.stuck == 1
    assert Hand(problem, plan, [task(3)]).empty
    assert not hand.at(RouteId("rte_1"), 2).along, "within its route each half moves alone"


def test_a_long_route_is_searched_too() -> None:
    orders = tuple(an_order(number) for number in range(1, 62))
    plan = a_plan(a_route(1, [*range(1, 31), *range(32, 62)]), a_route(2), a_route(3), unassigned=[31])
    problem = planning.day_problem(
        replace(a_day(1, VANS), orders=orders, plan=plan, vehicles={v.id: v for v in (a_vehicle(at, capacity=Capacity()) for at in (1, 2, 3))}), Flat()
    )
    best = Hand(problem, plan, [task(31)]).best(RouteId("rte_1"))
    assert best.first == 31, "between its neighbours on the street"
