"""Handlers that make a proposal the draft plan, and a draft plan the promise."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.domain.errors import Conflict, RuleBroken
from app.domain.events import OrderStateChanged, Placing, PlanApplied, PlanCommitted
from app.domain.ids import DepotId, RouteId, TaskId
from app.domain.orders import Order, OrderState, change_state, order_of
from app.domain.plans import Plan, PlanState, PromisedRoute, Route, Unassigned
from app.domain.units import Millis
from app.services.commands import ApplyPlan, CommitPlan
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools
from app.services.versioning import keep_committed


def apply_plan(wish: ApplyPlan, uow: UnitOfWork, tools: Tools) -> None:
    """Makes the proposal the draft plan of its day.

    Routes keep the ids that their shifts had; tasks of the old plan that the proposal does not name stay in the pool with their reasons. Raises Conflict
    where the plan was edited since the proposal was computed, RuleBroken where a task stands in it twice.
    """
    del tools
    depot = DepotId(wish.depot)
    old = uow.plans.find(wish.plan) or uow.plans.of_day(depot, wish.day)
    if (old.version if old is not None else 0) != wish.based_on or (old is not None and old.id != wish.plan):
        raise Conflict("applying.plan_changed", day=wish.day.isoformat())
    routes = _lasting(old.routes if old is not None else (), wish.routes)
    unassigned = _conserved(old, routes, wish.unassigned)
    plan = Plan(
        id=wish.plan,
        depot=depot,
        day=wish.day,
        routes=routes,
        unassigned=unassigned,
        committed=old.committed if old is not None else 0,
        promised=old.promised if old is not None else (),
        version=wish.based_on,
    )
    if old is not None and replace(plan, state=old.state) == old:
        return
    uow.plans.put(plan)
    stops = sum(len(route.stops) for route in routes)
    uow.tell(PlanApplied(plan=plan.id, engine=wish.engine, stops=stops, unassigned=len(unassigned), placed=_placed(old, plan)))


def _placed(old: Plan | None, new: Plan) -> tuple[Placing, ...]:
    """The orders that stand in another route than before, by route; those that came into the pool last."""
    before = {task: route.id for route in old.routes for task in route.tasks} if old is not None else {}
    groups: list[tuple[RouteId | None, list[TaskId]]] = [(route.id, [task for task in route.tasks if before.get(task) != route.id]) for route in new.routes]
    groups.append((None, [each.task for each in new.unassigned if each.task in before]))
    return tuple(Placing(route=route, orders=tuple(order_of(task) for task in tasks)) for route, tasks in groups if tasks)


def _lasting(old: Iterable[Route], new: Iterable[Route]) -> tuple[Route, ...]:
    """The new routes under the ids of the old routes of the same shifts."""
    known = {route.shift: route.id for route in old}
    return tuple(replace(route, id=known.get(route.shift, route.id)) for route in new)


def _conserved(old: Plan | None, routes: tuple[Route, ...], unassigned: tuple[Unassigned, ...]) -> tuple[Unassigned, ...]:
    """The pool with every task of the old plan that would otherwise be lost."""
    seen: set[TaskId] = set()
    for task in [*(task for route in routes for task in route.tasks), *(each.task for each in unassigned)]:
        if task in seen:
            raise RuleBroken("applying.task_twice", task=task)
        seen.add(task)
    if old is None:
        return unassigned
    known = {each.task: each for each in old.unassigned}
    before = [*(task for route in old.routes for task in route.tasks), *known]
    return (*unassigned, *(known.get(task, Unassigned(task=task)) for task in before if task not in seen))


def commit_plan(wish: CommitPlan, uow: UnitOfWork, tools: Tools) -> None:
    """Makes the plan the promise: a new version, which is kept; its orders become planned, those that fell out ready again.

    Committing what is committed already changes nothing. Raises Conflict where the plan was edited since it was read, RuleBroken where an order
    in a route is on hold.
    """
    plan = uow.plans.get(wish.plan)
    if plan.version != wish.based_on:
        raise Conflict("applying.plan_changed", day=wish.day.isoformat())
    if plan.state is PlanState.COMMITTED:
        return
    promised = uow.orders.get_many([order_of(task) for route in plan.routes for task in route.tasks])
    for order in promised:
        if order.state in {OrderState.ON_HOLD, OrderState.DRAFT}:
            raise RuleBroken("applying.held_in_route", order=order.number)
    _set_states([order for order in promised if order.state is OrderState.READY], OrderState.PLANNED, uow)
    _set_states(_fallen_out(plan, uow), OrderState.READY, uow)
    number = plan.committed + 1
    uow.plans.put(replace(plan, state=PlanState.COMMITTED, committed=number, promised=promised_routes(plan, wish.arrivals)))
    uow.tell(PlanCommitted(plan=plan.id, number=number, orders=tuple(order.id for order in promised)))
    keep_committed(replace(plan, committed=number), wish.who, wish.figures, uow, tools)


def promised_routes(plan: Plan, arrivals: Mapping[TaskId, Millis]) -> tuple[PromisedRoute, ...]:
    """What a commit of the plan promises, with the times that were seen."""
    return tuple(
        PromisedRoute(route=route.id, tasks=route.tasks, arrivals=tuple(arrivals.get(task) for task in route.tasks)) for route in plan.routes if route.stops
    )


def _fallen_out(plan: Plan, uow: UnitOfWork) -> list[Order]:
    """Planned orders in this plan's pool that no other depot's plan of the day serves."""
    pool = uow.orders.get_many([order_of(each.task) for each in plan.unassigned])
    planned = [order for order in pool if order.state is OrderState.PLANNED]
    if not planned:
        return []
    others = [uow.plans.of_day(depot.id, plan.day) for depot in uow.depots.all() if depot.id != plan.depot]
    elsewhere = {order_of(task) for other in others if other is not None for route in other.routes for task in route.tasks}
    return [order for order in planned if order.id not in elsewhere]


def _set_states(orders: Iterable[Order], state: OrderState, uow: UnitOfWork) -> None:
    """Gives orders a state, and says so for each."""
    changed = [(order, replace(order, state=change_state(order, state))) for order in orders]
    uow.orders.put_many([after for _, after in changed])
    for before, after in changed:
        uow.tell(OrderStateChanged(order=before.id, was=before.state, now=after.state))
