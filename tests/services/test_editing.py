"""Edits by hand, applying proposals and committing, through the bus on a real database."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.address import Location
from app.domain.errors import Conflict, NotFound, RuleBroken
from app.domain.events import OrderStateChanged, PlanApplied, PlanCommitted, RouteAct, RouteEdited
from app.domain.ids import DepotId, PlanId, RouteId, ShiftId, StopId
from app.domain.orders import Order, OrderState, TaskKind, task_of
from app.domain.plans import Lock, Plan, PlanState, Route
from app.domain.units import Millis
from app.services.commands import ApplyPlan, AssignTasks, CommitPlan, LockRoute, LockStops, MoveStops, UnassignStops
from tests.builders import DAY, a_depot, a_driver, a_plan, a_route, a_shift, a_stop, a_vehicle, an_order, orders
from tests.desk import Desk

PLAN = PlanId("pln_1")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk with six orders; 1, 2, 3 in the first route, 4 in the second, 5 and 6 in the pool."""
    made = Desk(tmp_path / "doorstep.db")
    made.put(a_depot(), *orders(6), *map(a_vehicle, (1, 2)), *map(a_driver, (1, 2)), *map(a_shift, (1, 2)))
    made.put(a_plan(a_route(1, [1, 2, 3]), a_route(2, [4]), unassigned=[5, 6]))
    yield made
    made.store.close()


def plan_of(desk: Desk) -> Plan:
    found = desk.store.reader().day(DepotId("dep_1"), DAY).plan
    assert found is not None
    return found


def order_of(desk: Desk, number: str) -> Order:
    return next(order for order in desk.store.reader().day(DepotId("dep_1"), DAY).orders if order.number == number)


def shown(plan: Plan) -> list[list[str]]:
    """The numbers of the orders in each route, then those in the pool."""
    routes = [[task.removeprefix("tsk_A-") for task in route.tasks] for route in plan.routes]
    return [*routes, sorted(each.task.removeprefix("tsk_A-") for each in plan.unassigned)]


def move(*stops: int, to: int, position: int) -> MoveStops:
    return MoveStops(plan=PLAN, stops=tuple(StopId(f"stp_A-{each}") for each in stops), to_route=RouteId(f"rte_{to}"), position=position)


def assign(*numbers: int, to: int, position: int = 0) -> AssignTasks:
    return AssignTasks(plan=PLAN, tasks=tuple(task_of(an_order(n)) for n in numbers), to_route=RouteId(f"rte_{to}"), position=position)


def test_a_stop_moves_to_another_route_and_back_by_undo(desk: Desk) -> None:
    outcome = desk.bus.do(move(2, to=2, position=1))
    assert shown(plan_of(desk)) == [["1", "3"], ["4", "2"], ["5", "6"]]
    told = RouteEdited(plan=PLAN, routes=(RouteId("rte_1"), RouteId("rte_2")), act=RouteAct.MOVED, orders=(an_order(2).id,), to=RouteId("rte_2"))
    assert outcome.events == (told,)
    desk.bus.undo()
    assert shown(plan_of(desk)) == [["1", "2", "3"], ["4"], ["5", "6"]]


def test_a_stop_put_where_it_is_changes_nothing(desk: Desk) -> None:
    assert desk.bus.do(move(2, to=1, position=1)).step is None


def test_a_task_comes_from_the_pool_and_goes_back_with_a_reason(desk: Desk) -> None:
    desk.bus.do(assign(5, to=2))
    assert shown(plan_of(desk)) == [["1", "2", "3"], ["5", "4"], ["6"]]
    stop = plan_of(desk).routes[1].stops[0].id
    desk.bus.do(UnassignStops(plan=PLAN, stops=(stop,)))
    plan = plan_of(desk)
    assert shown(plan) == [["1", "2", "3"], ["4"], ["5", "6"]]
    assert next(each for each in plan.unassigned if each.task == task_of(an_order(5))).reasons[0].key == "planning.taken_out"


def test_what_is_in_a_route_cannot_be_assigned_again(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="already_planned"):
        desk.bus.do(assign(1, to=2))


def test_what_was_served_stays_where_it_is(desk: Desk) -> None:
    desk.put(replace(order_of(desk, "A-2"), state=OrderState.DELIVERED))
    for wish in (move(2, to=2, position=0), UnassignStops(plan=PLAN, stops=(StopId("stp_A-2"),))):
        with pytest.raises(RuleBroken, match="already_served"):
            desk.bus.do(wish)


def test_an_order_without_a_place_cannot_be_put_into_a_route(desk: Desk) -> None:
    desk.put(replace(order_of(desk, "A-5"), location=Location(), state=OrderState.ON_HOLD))
    with pytest.raises(RuleBroken, match="no_place"):
        desk.bus.do(assign(5, to=1))


def test_unknown_stops_and_routes_are_refused(desk: Desk) -> None:
    for wish in (move(9, to=1, position=0), move(1, to=9, position=0), assign(5, to=9)):
        with pytest.raises(NotFound):
            desk.bus.do(wish)


def test_a_pair_changes_route_together_and_reorders_alone(desk: Desk) -> None:
    """A-1 is the pick-up of A-3."""
    desk.put(replace(order_of(desk, "A-1"), kind=TaskKind.PICKUP), replace(order_of(desk, "A-3"), paired_with="A-1"))
    desk.bus.do(move(3, to=1, position=1))
    assert shown(plan_of(desk))[0] == ["1", "3", "2"]
    desk.bus.do(move(3, to=2, position=0))
    assert shown(plan_of(desk)) == [["2"], ["1", "3", "4"], ["5", "6"]]
    desk.bus.do(UnassignStops(plan=PLAN, stops=(StopId("stp_A-1"),)))
    assert shown(plan_of(desk)) == [["2"], ["4"], ["1", "3", "5", "6"]]
    desk.bus.do(assign(3, to=1, position=1))
    assert shown(plan_of(desk)) == [["2", "1", "3"], ["4"], ["5", "6"]]


def test_locks_are_set_and_lifted(desk: Desk) -> None:
    desk.bus.do(LockStops(plan=PLAN, stops=(StopId("stp_A-2"),), lock=Lock.POSITION))
    desk.bus.do(LockRoute(plan=PLAN, route=RouteId("rte_2"), locked=True))
    plan = plan_of(desk)
    assert (plan.routes[0].stops[1].lock, plan.routes[1].locked) == (Lock.POSITION, True)
    desk.bus.do(move(2, to=2, position=0))  # a person may move what planning may not
    desk.bus.do(LockStops(plan=PLAN, stops=(StopId("stp_A-2"),), lock=None))
    assert plan_of(desk).routes[1].stops[0].lock is None


def proposal(desk: Desk, *routes: Route, unassigned: tuple[int, ...] = (), based_on: int | None = None) -> ApplyPlan:
    plan = plan_of(desk)
    pool = a_plan(unassigned=unassigned).unassigned
    return ApplyPlan(plan=PLAN, depot="dep_1", day=DAY, based_on=plan.version if based_on is None else based_on, routes=routes, unassigned=pool, engine="e")


def test_applying_keeps_route_ids_and_loses_no_task(desk: Desk) -> None:
    """The proposal has a new id for shift 1 and does not name A-6: the route keeps its id, A-6 stays in the pool."""
    routes = (Route(id=RouteId("rte_new"), shift=ShiftId("shf_1"), stops=tuple(a_stop(n) for n in (3, 2, 1, 5))), a_route(2, [4]))
    outcome = desk.bus.do(proposal(desk, *routes))
    plan = plan_of(desk)
    assert [route.id for route in plan.routes] == ["rte_1", "rte_2"]
    assert shown(plan) == [["3", "2", "1", "5"], ["4"], ["6"]]
    assert [type(event) for event in outcome.events] == [PlanApplied]
    desk.bus.undo()
    assert shown(plan_of(desk)) == [["1", "2", "3"], ["4"], ["5", "6"]]


def test_a_proposal_for_an_edited_plan_is_a_conflict(desk: Desk) -> None:
    wish = proposal(desk, a_route(1, [1]), based_on=plan_of(desk).version)
    desk.bus.do(move(1, to=2, position=0))
    with pytest.raises(Conflict):
        desk.bus.do(wish)


def test_a_second_first_plan_of_a_day_is_a_conflict(desk: Desk) -> None:
    with pytest.raises(Conflict):
        desk.bus.do(ApplyPlan(plan=PlanId("pln_2"), depot="dep_1", day=DAY, based_on=0, routes=(), unassigned=()))


def test_a_task_twice_is_refused(desk: Desk) -> None:
    with pytest.raises(RuleBroken, match="task_twice"):
        desk.bus.do(proposal(desk, a_route(1, [1]), a_route(2, [1])))


def commit(desk: Desk) -> CommitPlan:
    return CommitPlan(plan=PLAN, based_on=plan_of(desk).version, day=DAY)


def test_commit_promises_and_an_edit_makes_a_draft_again(desk: Desk) -> None:
    outcome = desk.bus.do(commit(desk))
    plan = plan_of(desk)
    assert (plan.state, plan.committed) == (PlanState.COMMITTED, 1)
    assert [order_of(desk, f"A-{n}").state for n in (1, 4, 5)] == [OrderState.PLANNED, OrderState.PLANNED, OrderState.READY]
    assert [type(event) for event in outcome.events] == [OrderStateChanged] * 4 + [PlanCommitted]
    assert desk.bus.do(commit(desk)).step is None
    desk.bus.do(UnassignStops(plan=PLAN, stops=(StopId("stp_A-4"),)))
    assert plan_of(desk).state is PlanState.DRAFT
    desk.bus.do(commit(desk))
    assert (plan_of(desk).committed, order_of(desk, "A-4").state) == (2, OrderState.READY)


def test_commit_remembers_what_was_promised_until_the_next(desk: Desk) -> None:
    plan = plan_of(desk)
    first = plan.routes[0]
    told = {task: Millis(hour * 3_600_000) for hour, task in enumerate(first.tasks, start=9)}
    desk.bus.do(replace(commit(desk), arrivals=told))
    promised = plan_of(desk).promised
    assert {each.route: each.tasks for each in promised} == {route.id: route.tasks for route in plan.routes if route.stops}
    assert next(each.arrivals for each in promised if each.route == first.id) == tuple(told.values())
    desk.bus.do(UnassignStops(plan=PLAN, stops=(first.stops[0].id,)))
    assert plan_of(desk).promised == promised, "an edit changes no promise"
    desk.bus.do(commit(desk))
    again = plan_of(desk).promised
    assert first.tasks[0] not in {task for each in again for task in each.tasks}
    assert {at for each in again for at in each.arrivals} == {None}
    desk.bus.undo()
    assert (plan_of(desk).promised, plan_of(desk).committed) == (promised, 1)
    desk.reopen()
    assert plan_of(desk).promised == promised


def test_commit_of_an_edited_plan_is_a_conflict(desk: Desk) -> None:
    wish = commit(desk)
    desk.bus.do(move(1, to=2, position=0))
    with pytest.raises(Conflict):
        desk.bus.do(wish)


def test_commit_refuses_an_order_on_hold(desk: Desk) -> None:
    desk.put(replace(order_of(desk, "A-2"), state=OrderState.ON_HOLD))
    with pytest.raises(RuleBroken, match="held_in_route"):
        desk.bus.do(commit(desk))
