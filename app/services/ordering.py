"""Handlers of orders that a person enters, changes or cancels at the desk. Only facts are refused: what has left the depot or ended stays as it is.

An order in a route stays there whatever is changed of it, and the marks of the plan say what no longer fits; it leaves its route only
with its day, or when it is cancelled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import count, islice
from typing import Any

from app.domain.errors import Conflict, NotFound, RuleBroken
from app.domain.events import OrdersReceived, OrderStateChanged, RouteEdited
from app.domain.orders import EDITABLE, Order, OrderState, change_state, task_of
from app.domain.plans import Plan, take_out, touched
from app.services.commands import AddOrders, CancelOrders, Edit, EditOrders
from app.services.entering import SOURCE
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools

_TRIED = 200
"""Numbers looked up at once for one that is free."""
_UNEDITED = frozenset({"id", "version"})


def add_orders(wish: AddOrders, uow: UnitOfWork, tools: Tools) -> None:
    """Puts new orders into the book, each without a number under the next free one of its day. Raises Conflict for a number that is taken."""
    today = tools.clock.now().date()
    given = {order.number for order in wish.orders if order.number}
    taken = uow.orders.by_number(SOURCE, given)
    if taken or len(given) < sum(1 for order in wish.orders if order.number):
        raise Conflict("ordering.number_taken", order=min(taken or given))
    free: dict[date, Iterable[str]] = {}
    numbered = []
    for order in wish.orders:
        day = order.day or today
        numbers = free.setdefault(day, _free_numbers(day, uow, given))
        numbered.append(order if order.number else replace(order, number=next(iter(numbers))))
    uow.orders.put_many(numbered)
    uow.tell(OrdersReceived(source=SOURCE, new=tuple(order.id for order in numbered), changed=()))


def edit_orders(wish: EditOrders, uow: UnitOfWork, tools: Tools) -> None:
    """Writes what differs between each order before and after the edit; an order that changes its day leaves its route.

    Raises NotFound, RuleBroken for an order that was handed over or has ended, Conflict where another has changed the same field since.
    """
    del tools
    now = {order.id: order for order in uow.orders.get_many(edit.before.id for edit in wish.edits)}
    pairs = [(_found(now.get(edit.before.id), edit), edit) for edit in wish.edits]
    changed = [_edited(order, edit) for order, edit in pairs]
    leaving = [order for (order, _), after in zip(pairs, changed, strict=True) if order.day is not None and order.day != after.day]
    leave_routes(leaving, uow)
    gone = {order.id for order in leaving}
    kept = [ready_again(order) if order.id in gone else order for order in changed]
    keep([order for order, _ in pairs], kept, uow)
    uow.tell(OrdersReceived(source=SOURCE, new=(), changed=tuple(order.id for order in kept)))


def cancel_orders(wish: CancelOrders, uow: UnitOfWork, tools: Tools) -> None:
    """Cancels orders and takes them out of their routes. Raises RuleBroken for one that is under way or has ended already."""
    del tools
    orders = uow.orders.get_many(wish.orders)
    for order in orders:
        if order.state not in EDITABLE:
            raise RuleBroken("ordering.too_late", order=order.number)
    leave_routes(orders, uow)
    keep(orders, [replace(order, state=change_state(order, OrderState.CANCELLED), hold=None) for order in orders], uow)


def _free_numbers(day: date, uow: UnitOfWork, given: Iterable[str]) -> Iterable[str]:
    """Numbers of a day that no order has, as 1123-1, 1123-2 …"""
    running, used = count(1), set(given)
    while True:
        some = [f"{day:%m%d}-{number}" for number in islice(running, _TRIED)]
        taken = uow.orders.by_number(SOURCE, some)
        yield from (number for number in some if number not in taken and number not in used)


def _found(order: Order | None, edit: Edit) -> Order:
    if order is None:
        raise NotFound("ordering.gone", order=edit.before.number)
    if order.state not in EDITABLE:
        raise RuleBroken("ordering.too_late", order=order.number)
    return order


def _edited(now: Order, edit: Edit) -> Order:
    """The order as it is with what the edit changes."""
    differing = [each.name for each in fields(Order) if each.name not in _UNEDITED and getattr(edit.before, each.name) != getattr(edit.after, each.name)]
    for name in differing:
        if getattr(now, name) not in (getattr(edit.before, name), getattr(edit.after, name)):
            raise Conflict("ordering.changed_since", order=now.number)
    changes: dict[str, Any] = {name: getattr(edit.after, name) for name in differing}
    return replace(now, **changes)


def ready_again(order: Order) -> Order:
    """The order as one that no route serves any more."""
    return replace(order, state=change_state(order, OrderState.READY)) if order.state is OrderState.PLANNED else order


def leave_routes(orders: Sequence[Order], uow: UnitOfWork) -> None:
    """Takes orders out of the plans of their days; a stop that serves others too stays for them."""
    days = {order.day for order in orders if order.day is not None}
    tasks = {task_of(order) for order in orders}
    for depot in uow.depots.all() if days else ():
        for day in sorted(days):
            plan = uow.plans.of_day(depot.id, day)
            if plan is not None:
                _keep_plan(plan, _without(plan, tasks), uow)


def _without(plan: Plan, tasks: set[Any]) -> Plan:
    """The plan without these tasks."""
    empty = [stop.id for route in plan.routes for stop in route.stops if stop.tasks and tasks.issuperset(stop.tasks)]
    less, _ = take_out(plan, empty) if empty else (plan, ())
    routes = tuple(
        replace(route, stops=tuple(replace(stop, tasks=tuple(task for task in stop.tasks if task not in tasks)) for stop in route.stops))
        for route in less.routes
    )
    return replace(less, routes=routes, unassigned=tuple(each for each in less.unassigned if each.task not in tasks))


def _keep_plan(before: Plan, after: Plan, uow: UnitOfWork) -> None:
    if replace(after, state=before.state) == before:
        return
    uow.plans.put(after)
    routes = tuple(sorted(touched(before, after)))
    if routes:
        uow.tell(RouteEdited(plan=after.id, routes=routes))


def keep(before: Iterable[Order], after: Sequence[Order], uow: UnitOfWork) -> None:
    """Stores orders, and tells of each that has another state."""
    uow.orders.put_many(after)
    for was, now in zip(before, after, strict=True):
        if was.state is not now.state:
            uow.tell(OrderStateChanged(order=now.id, was=was.state, now=now.state))
