"""Handler that puts orders on another day: out of their routes, into that day's pool, pairs together. Nothing of an order is lost by it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from app.domain.errors import RuleBroken
from app.domain.events import OrdersPostponed
from app.domain.orders import EDITABLE, Order, Window
from app.services.commands import MoveToDay
from app.services.ordering import keep, leave_routes, ready_again
from app.services.ports.store import UnitOfWork
from app.services.tools import Tools


def move_to_day(wish: MoveToDay, uow: UnitOfWork, tools: Tools) -> None:
    """Puts orders and the other halves of their pairs on another day; what is on that day already stays as it is.

    Raises RuleBroken where one of them is under way or has ended.
    """
    del tools
    asked = uow.orders.get_many(wish.orders)
    whole = {order.id: order for order in (*asked, *uow.orders.partners_of(asked))}
    going = [order for order in whole.values() if order.day != wish.day]
    for order in going:
        if order.state not in EDITABLE:
            raise RuleBroken("ordering.too_late", order=order.number)
    if not going:
        return
    leave_routes(going, uow)
    keep(going, [ready_again(on_day(order, wish.day, keep_windows=wish.keep_windows)) for order in going], uow)
    uow.tell(OrdersPostponed(orders=tuple(order.id for order in going), day=wish.day.isoformat()))


def on_day(order: Order, day: date, *, keep_windows: bool) -> Order:
    """The order on another day, its windows at the same hours of that day; without `keep_windows` at any time of it."""
    if not keep_windows:
        return replace(order, day=day, windows=(), preferred=())
    first = order.day or min((window.opens.date() for window in (*order.windows, *order.preferred)), default=day)
    by = day - first
    return replace(order, day=day, windows=_moved(order.windows, by), preferred=_moved(order.preferred, by))


def _moved(windows: Sequence[Window], by: timedelta) -> tuple[Window, ...]:
    return tuple(replace(each, opens=each.opens + by, closes=each.closes + by) for each in windows)
