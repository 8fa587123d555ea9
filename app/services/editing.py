"""Handlers of the plan editor. A person's edit is refused only where it contradicts facts; what it breaks, the timelines show.

A pick-up and the delivery that belongs to it change route together; within their route each moves alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.errors import NotFound, RuleBroken
from app.domain.events import RouteAct, RouteEdited
from app.domain.ids import RouteId, StopId, TaskId, new_id
from app.domain.orders import Order, OrderState, order_of, task_of
from app.domain.plans import Plan, Stop, Unassigned, move, put_in, take_out, touched, with_routes
from app.domain.sentences import Sentence
from app.services.commands import AssignTasks, LockRoute, LockStops, MoveStops, UnassignStops
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools

MOVABLE = frozenset(
    {OrderState.DRAFT, OrderState.ON_HOLD, OrderState.READY, OrderState.PLANNED, OrderState.TENDERED, OrderState.IN_PROGRESS},
)
"""States of orders whose stop has not been served yet."""


def move_stops(wish: MoveStops, uow: UnitOfWork, tools: Tools) -> None:
    """Puts stops into a place of a route, with the other halves of pairs that would be torn apart.

    Raises NotFound for an unknown plan, stop or route, RuleBroken where a stop was served already.
    """
    del tools
    plan = uow.plans.get(wish.plan)
    orders = _orders(_tasks(plan, wish.stops), uow)
    plan.route(wish.to_route)
    stops = _with_partners(plan, wish.stops, orders, wish.to_route)
    _check_open(plan, stops, orders)
    _keep(plan, move(plan, stops, wish.to_route, wish.position), uow, RouteAct.MOVED, _tasks(plan, stops), wish.to_route)


def assign_tasks(wish: AssignTasks, uow: UnitOfWork, tools: Tools) -> None:
    """Puts tasks from the pool into a route as stops of their own, with the other halves of pairs.

    Raises NotFound for an unknown plan, route or order, RuleBroken for one that is in a route already, was served, or has no place.
    """
    del tools
    plan = uow.plans.get(wish.plan)
    orders = _orders(wish.tasks, uow)
    tasks = _pooled_partners(plan, wish.tasks, orders)
    for task in tasks:
        _check_assignable(plan, task, orders)
    stops = [Stop(id=StopId(new_id("stp")), tasks=(task,)) for task in tasks]
    without = replace(plan, unassigned=tuple(each for each in plan.unassigned if each.task not in tasks))
    _keep(plan, put_in(without, stops, wish.to_route, wish.position), uow, RouteAct.MOVED, tasks, wish.to_route)


def unassign_stops(wish: UnassignStops, uow: UnitOfWork, tools: Tools) -> None:
    """Puts stops back into the pool, with the other halves of pairs. Raises NotFound, and RuleBroken where a stop was served already."""
    del tools
    plan = uow.plans.get(wish.plan)
    orders = _orders(_tasks(plan, wish.stops), uow)
    stops = _with_partners(plan, wish.stops, orders, None)
    _check_open(plan, stops, orders)
    without, taken = take_out(plan, stops)
    reasons = (Sentence.of("planning.taken_out"),)
    pool = tuple(Unassigned(task=task, reasons=reasons) for stop in taken for task in stop.tasks)
    _keep(plan, replace(without, unassigned=(*without.unassigned, *pool)), uow, RouteAct.POOLED, [each.task for each in pool])


def lock_stops(wish: LockStops, uow: UnitOfWork, tools: Tools) -> None:
    """Locks stops to their route or place, or unlocks them. Raises NotFound."""
    del tools
    plan = uow.plans.get(wish.plan)
    for stop in wish.stops:
        if plan.place_of(stop) is None:
            raise NotFound("plan.no_stop", stop=stop)
    routes = [replace(route, stops=tuple(replace(stop, lock=wish.lock) if stop.id in wish.stops else stop for stop in route.stops)) for route in plan.routes]
    act = RouteAct.LOCKED if wish.lock is not None else RouteAct.UNLOCKED
    _keep(plan, replace(with_routes(plan, routes), state=plan.state), uow, act, _tasks(plan, wish.stops))


def lock_route(wish: LockRoute, uow: UnitOfWork, tools: Tools) -> None:
    """Fixes a whole route, or frees it. Raises NotFound."""
    del tools
    plan = uow.plans.get(wish.plan)
    locked = replace(plan.route(wish.route), locked=wish.locked)
    act = RouteAct.ROUTE_LOCKED if wish.locked else RouteAct.ROUTE_UNLOCKED
    _keep(plan, replace(with_routes(plan, [locked]), state=plan.state), uow, act, locked.tasks)


def _keep(before: Plan, after: Plan, uow: UnitOfWork, act: RouteAct, tasks: Iterable[TaskId], to: RouteId | None = None) -> None:
    """Stores the plan and tells what was done to which orders; what is the same as before changes nothing, not even a commit."""
    if replace(after, state=before.state) == before:
        return
    uow.plans.put(after)
    orders = tuple(order_of(task) for task in tasks)
    uow.tell(RouteEdited(plan=after.id, routes=tuple(sorted(touched(before, after))), act=act, orders=orders, to=to))


def _tasks(plan: Plan, stops: Iterable[StopId]) -> tuple[TaskId, ...]:
    """The tasks of those stops."""
    wanted = set(stops)
    return tuple(task for route in plan.routes for stop in route.stops if stop.id in wanted for task in stop.tasks)


def _orders(tasks: Iterable[TaskId], uow: UnitOfWork) -> Mapping[TaskId, Order]:
    """The orders of these tasks and of their partners; a plan of thousands is not read for the move of one."""
    own = uow.orders.get_many([order_of(task) for task in tasks])
    return {task_of(order): order for order in (*own, *uow.orders.partners_of(own))}


def partners(task: TaskId, orders: Mapping[TaskId, Order]) -> tuple[TaskId, ...]:
    """The tasks that must be in the same route as this one: its pick-up, or the deliveries that name it."""
    own = orders.get(task)
    if own is None:
        return ()
    return tuple(
        other
        for other, order in orders.items()
        if other != task and order.source == own.source and (order.number == own.paired_with or order.paired_with == own.number)
    )


def _with_partners(plan: Plan, stops: Sequence[StopId], orders: Mapping[TaskId, Order], to_route: RouteId | None) -> tuple[StopId, ...]:
    """The stops and those of their partners that would end up in another route; a pick-up directly before what was moved with it."""
    found: list[StopId] = []
    for stop_id in stops:
        place = plan.place_of(stop_id)
        if place is None:
            raise NotFound("plan.no_stop", stop=stop_id)
        route, position = place
        leaving = to_route is None or route.id != to_route
        others = [other for task in route.stops[position].tasks for other in partners(task, orders)] if leaving else []
        along = [stop for stop in route.stops if any(task in others for task in stop.tasks) and stop.id not in stops]
        group = sorted([*along, route.stops[position]], key=route.stops.index)
        found += [stop.id for stop in group if stop.id not in found]
    return tuple(found)


def _pooled_partners(plan: Plan, tasks: Sequence[TaskId], orders: Mapping[TaskId, Order]) -> tuple[TaskId, ...]:
    """The tasks and their partners that are in the pool, each pick-up before its delivery."""
    pool = {each.task for each in plan.unassigned}
    found: list[TaskId] = []
    for task in tasks:
        others = [other for other in partners(task, orders) if other in pool]
        group = sorted([task, *others], key=lambda each: bool(orders[each].paired_with) if each in orders else False)
        found += [each for each in group if each not in found]
    return tuple(found)


def _check_open(plan: Plan, stops: Iterable[StopId], orders: Mapping[TaskId, Order]) -> None:
    """Raises RuleBroken for a stop that was served already."""
    wanted = set(stops)
    for route in plan.routes:
        for stop in route.stops:
            for task in stop.tasks if stop.id in wanted else ():
                order = orders.get(task)
                if order is not None and order.state not in MOVABLE:
                    raise RuleBroken("editing.already_served", order=order.number)


def _check_assignable(plan: Plan, task: TaskId, orders: Mapping[TaskId, Order]) -> None:
    order = orders.get(task)
    if order is None:
        raise NotFound("editing.no_order", task=task)
    if plan.stop_of_task(task) is not None:
        raise RuleBroken("editing.already_planned", order=order.number)
    if order.state not in MOVABLE:
        raise RuleBroken("editing.already_served", order=order.number)
    if order.location.place is None:
        raise RuleBroken("editing.no_place", order=order.number)
