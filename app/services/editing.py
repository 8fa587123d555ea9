"""Handlers of the plan editor. A person's edit is refused only where it contradicts facts; what it breaks, the timelines show.

A pick-up and the delivery that belongs to it change route together; within their route each moves alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from app.domain.errors import Conflict, NotFound, RuleBroken
from app.domain.events import RouteAct, RouteEdited
from app.domain.ids import RouteId, StopId, TaskId, new_id
from app.domain.orders import Order, OrderState, order_of, task_of
from app.domain.plans import Plan, Route, Stop, Unassigned, move, put_in, take_out, touched, with_routes
from app.domain.sentences import Sentence
from app.services.commands import ArrangeStops, AssignTasks, LockRoute, LockStops, MoveStops, UnassignStops
from app.services.planning_judging import moves
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools

MOVABLE = frozenset(
    {OrderState.DRAFT, OrderState.ON_HOLD, OrderState.READY, OrderState.PLANNED, OrderState.TENDERED, OrderState.IN_PROGRESS},
)
"""States of orders whose stop has not been served yet."""


def move_stops(wish: MoveStops, uow: UnitOfWork, tools: Tools) -> None:
    """Puts stops into a place of a route, with the other halves of pairs that would be torn apart, and orders of the pool behind them.

    Raises NotFound for an unknown plan, stop, route or order, RuleBroken where a stop was served already or an order cannot be put in.
    """
    del tools
    plan = uow.plans.get(wish.plan)
    orders = _orders((*_tasks(plan, wish.stops), *wish.tasks), uow)
    _place(plan, wish.stops, wish.tasks, wish.to_route, wish.position, orders, uow)


def assign_tasks(wish: AssignTasks, uow: UnitOfWork, tools: Tools) -> None:
    """Puts tasks from the pool into a route as stops of their own, with the other halves of pairs.

    Raises NotFound for an unknown plan, route or order, RuleBroken for one that is in a route already, was served, or has no place.
    """
    del tools
    plan = uow.plans.get(wish.plan)
    _place(plan, (), wish.tasks, wish.to_route, wish.position, _orders(wish.tasks, uow), uow)


def _place(
    plan: Plan, stops: Sequence[StopId], tasks: Sequence[TaskId], route: RouteId, position: int, orders: Mapping[TaskId, Order], uow: UnitOfWork
) -> None:
    plan.route(route)
    moving = with_partners(plan, stops, orders, route)
    _check_open(plan, moving, orders)
    added = pooled_partners(plan, tasks, orders)
    for task in added:
        _check_assignable(plan, task, orders)
    after = placed(plan, moving, added, route, position, lambda _task: StopId(new_id("stp")))
    _keep(plan, after, uow, RouteAct.MOVED, (*_tasks(plan, moving), *added), route)


def placed(plan: Plan, stops: Sequence[StopId], tasks: Sequence[TaskId], route: RouteId, position: int, named: Callable[[TaskId], StopId]) -> Plan:
    """The plan with stops moved to a place of a route (`position` as in `plans.move`) and tasks of the pool behind them as stops of their own, which
    `named` gives their ids. Whoever shows a move before it is done asks this as well."""
    moved = move(plan, stops, route, position) if stops else plan
    if not tasks:
        return moved
    place = moved.place_of(stops[-1]) if stops else None
    new = [Stop(id=named(task), tasks=(task,)) for task in tasks]
    left = replace(moved, unassigned=tuple(each for each in moved.unassigned if each.task not in tasks))
    return put_in(left, new, route, place[1] + 1 if place is not None else position)


def pooled(plan: Plan, stops: Sequence[StopId]) -> Plan:
    """The plan with stops back in the pool."""
    without, taken = take_out(plan, stops)
    reasons = (Sentence.of("planning.taken_out"),)
    back = tuple(Unassigned(task=task, reasons=reasons) for stop in taken for task in stop.tasks)
    return replace(without, unassigned=(*without.unassigned, *back))


def unassign_stops(wish: UnassignStops, uow: UnitOfWork, tools: Tools) -> None:
    """Puts stops back into the pool, with the other halves of pairs. Raises NotFound, and RuleBroken where a stop was served already."""
    del tools
    plan = uow.plans.get(wish.plan)
    orders = _orders(_tasks(plan, wish.stops), uow)
    stops = with_partners(plan, wish.stops, orders, None)
    _check_open(plan, stops, orders)
    _keep(plan, pooled(plan, stops), uow, RouteAct.POOLED, _tasks(plan, stops))


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


def arrange_stops(wish: ArrangeStops, uow: UnitOfWork, tools: Tools) -> None:
    """Gives routes their stops in another order, or another's stops; what they have together stays.

    Raises NotFound, Conflict where the plan has other stops in these routes by now, RuleBroken where a stop that changes route was served already.
    """
    del tools
    plan = uow.plans.get(wish.plan)
    wanted = {route.id: route for route in wish.routes}
    known = _with_new(plan, wish.routes, uow)
    old = [known.route(each) for each in wanted]
    own = {stop.id: stop for route in old for stop in route.stops}
    if sorted(own) != sorted(stop.id for route in wish.routes for stop in route.stops):
        raise Conflict("applying.plan_changed", day=plan.day.isoformat())
    arranged = [replace(route, stops=tuple(_arranged(own[stop.id], stop) for stop in wanted[route.id].stops)) for route in old]
    after = with_routes(known, arranged)
    moved = moves(plan.routes, after.routes)
    _check_open(plan, [stop.id for stop in own.values() if any(each.task in stop.tasks for each in moved)], _orders([each.task for each in moved], uow))
    if replace(after, state=plan.state) == known:
        return
    uow.plans.put(after)
    changed = tuple(sorted(touched(plan, after)))
    for route in dict.fromkeys(each.to_route for each in moved):
        orders = tuple(order_of(each.task) for each in moved if each.to_route == route)
        uow.tell(RouteEdited(plan=after.id, routes=changed, act=RouteAct.MOVED, orders=orders, to=route))


def _with_new(plan: Plan, wanted: Iterable[Route], uow: UnitOfWork) -> Plan:
    """The plan with an empty route for each wanted one that stands on screen only: of a shift that was added since. Raises NotFound for an unknown shift."""
    have, shifts = {route.id for route in plan.routes}, {route.shift for route in plan.routes}
    new = [route for route in wanted if route.id not in have]
    for route in new:
        if uow.shifts.get(route.shift).day != plan.day or route.shift in shifts:
            raise NotFound("plan.no_route", route=route.id)
    return replace(plan, routes=(*plan.routes, *(Route(id=route.id, shift=route.shift) for route in new)))


def _arranged(own: Stop, wanted: Stop) -> Stop:
    return replace(own, reload_before=wanted.reload_before)


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


def with_partners(plan: Plan, stops: Sequence[StopId], orders: Mapping[TaskId, Order], to_route: RouteId | None) -> tuple[StopId, ...]:
    """The stops and those of their partners that would end up in another route; a pick-up directly before what was moved with it.

    Raises NotFound for a stop that is in no route.
    """
    places = {stop.id: (route, at) for route in plan.routes for at, stop in enumerate(route.stops)}
    wanted, found = set(stops), dict[StopId, None]()
    for stop_id in stops:
        if stop_id not in places:
            raise NotFound("plan.no_stop", stop=stop_id)
        route, position = places[stop_id]
        leaving = to_route is None or route.id != to_route
        others = {other for task in route.stops[position].tasks for other in partners(task, orders)} if leaving else set()
        along = [stop for stop in route.stops if stop.id not in wanted and not others.isdisjoint(stop.tasks)] if others else []
        group = sorted([*along, route.stops[position]], key=lambda stop: places[stop.id][1])
        found |= dict.fromkeys(stop.id for stop in group)
    return tuple(found)


def pooled_partners(plan: Plan, tasks: Sequence[TaskId], orders: Mapping[TaskId, Order]) -> tuple[TaskId, ...]:
    """The tasks and their partners that are in the pool, each pick-up before its delivery."""
    pool = {each.task for each in plan.unassigned}
    found: dict[TaskId, None] = {}
    for task in tasks:
        others = [other for other in partners(task, orders) if other in pool]
        found |= dict.fromkeys(sorted([task, *others], key=lambda each: bool(orders[each].paired_with) if each in orders else False))
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
