"""What is on other days: orders, what no route serves, shifts; and who was promised a time that moving an order would break."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.ids import OrderId
from app.domain.orders import PLANNING, Order, OrderState, order_of, task_of
from app.domain.plans import Plan
from app.services.ports.store import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLoad:
    """A day in four numbers; the weight in grams."""

    day: date
    orders: int = 0
    unplanned: int = 0
    """Orders that could be planned and are in no route."""
    shifts: int = 0
    weight: int = 0


def day_load(day: Day) -> DayLoad:
    """What is on a day; orders without a day count for none."""
    own = [order for order in day.orders if order.day == day.day and order.state is not OrderState.CANCELLED]
    routed = {task for route in day.plan.routes for task in route.tasks} if day.plan is not None else set()
    left = sum(1 for order in own if order.state in PLANNING and task_of(order) not in routed)
    return DayLoad(day=day.day, orders=len(own), unplanned=left, shifts=len(day.shifts), weight=sum(order.load.weight for order in own))


def with_halves(orders: Iterable[Order], chosen: Collection[OrderId]) -> tuple[Order, ...]:
    """The chosen orders and the other halves of their pairs, as they are moved together."""
    known = tuple(orders)
    own = [order for order in known if order.id in chosen]
    named = {(order.source, order.paired_with) for order in own if order.paired_with} | {(order.source, order.number) for order in own}
    return tuple(order for order in known if order.id in chosen or _key(order) in named or (order.source, order.paired_with) in named)


def promised(plan: Plan | None, orders: Iterable[Order]) -> tuple[Order, ...]:
    """Those of the orders whose customers were told a time by the last committed version."""
    told = {order_of(task) for route in plan.promised for task in route.tasks} if plan is not None else set()
    return tuple(order for order in orders if order.id in told)


def _key(order: Order) -> tuple[str, str]:
    return order.source, order.number
