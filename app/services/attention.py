"""What of a day needs a person, most urgent first: one list for the inbox. Pure functions over the rows that every panel shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import OrderId, RouteId
from app.domain.orders import Order
from app.domain.schedule import Violation, ViolationKind
from app.domain.sentences import Sentence
from app.domain.units import Millis
from app.services.ports.store import Day
from app.services.queries import BoardRow, DayView, RouteRow, Span, Standing

UNFORESEEN = "planning.not_planned_yet"
"""The reason of an order that nobody has tried to plan; no more than that needs a person before there is a plan."""


class Matter(StrEnum):
    """Kinds of things that need a person, most urgent first."""

    LATE = "late"
    RULE = "rule"
    """A rule other than the window is broken."""
    ADDRESS = "address"
    UNPLANNED = "unplanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that needs a person: an order, or a whole route (`order` None)."""

    matter: Matter
    order: OrderId | None = None
    route: RouteId | None = None
    number: str = ""
    """The order's."""
    customer: str = ""
    address: str = ""
    route_number: int = 0
    vehicle: str = ""
    position: int = 0
    """Place in the route, from 1; 0: in none, or the whole route."""
    late: Millis = Millis(0)
    windows: tuple[Span, ...] = ()
    violations: tuple[Violation, ...] = ()
    reasons: tuple[Sentence, ...] = ()

    @property
    def key(self) -> str:
        """What stays the same while the day changes around it."""
        return f"{self.matter}:{self.order or self.route}"


def items_of(day: Day, view: DayView) -> tuple[Item, ...]:
    """Everything that needs a person: late stops, broken rules, addresses, orders that no route takes; most urgent first.

    While nothing is planned, orders that merely wait to be planned are not listed.
    """
    orders = {order.id: order for order in day.orders}
    found = [*_of_routes(view), *(item for row in view.board for item in _of_order(row, orders, view))]
    return tuple(sorted(found, key=_urgency))


def bad_addresses(items: tuple[Item, ...]) -> tuple[OrderId, ...]:
    """The orders whose address waits for a person, most urgent first."""
    return tuple(item.order for item in items if item.matter is Matter.ADDRESS and item.order is not None)


def count_by_matter(items: tuple[Item, ...]) -> Mapping[Matter, int]:
    """How many of each kind; kinds without any are there with 0."""
    return {matter: sum(1 for item in items if item.matter is matter) for matter in Matter}


def _of_routes(view: DayView) -> Iterator[Item]:
    for row in view.routes:
        broken = _other_than_late(row.violations)
        if broken:
            yield Item(matter=Matter.RULE, route=row.id, route_number=row.number, vehicle=row.vehicle, violations=broken)


def _of_order(row: BoardRow, orders: Mapping[OrderId, Order], view: DayView) -> Iterator[Item]:
    if row.standing is Standing.HELD:
        order = orders.get(row.order)
        placed = order is not None and order.location.plannable
        yield _item(row, Matter.UNPLANNED if placed else Matter.ADDRESS, view)
    elif row.standing is Standing.POOL:
        if view.plan is not None or any(reason.key != UNFORESEEN for reason in row.reasons):
            yield _item(row, Matter.UNPLANNED, view)
    else:
        if row.late:
            yield _item(row, Matter.LATE, view)
        if _other_than_late(row.violations):
            yield _item(row, Matter.RULE, view)


def _item(row: BoardRow, matter: Matter, view: DayView) -> Item:
    route: RouteRow | None = view.by_route.get(row.route) if row.route is not None else None
    return Item(
        matter=matter,
        order=row.order,
        route=row.route,
        number=row.number,
        customer=row.customer,
        address=row.address,
        route_number=route.number if route is not None else 0,
        vehicle=route.vehicle if route is not None else "",
        position=row.position,
        late=row.late if matter is Matter.LATE else Millis(0),
        windows=row.windows,
        violations=_other_than_late(row.violations) if matter is Matter.RULE else (),
        reasons=row.late_reasons if matter is Matter.LATE else row.reasons,
    )


def _other_than_late(violations: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """Lateness is a matter of its own."""
    return tuple(each for each in violations if each.kind is not ViolationKind.LATE)


_NEVER = Millis(2**62)


def _urgency(item: Item) -> tuple[int, int, int, str]:
    """Late stops first, the latest first; then broken rules; then what must still find its way into a route, by the end of its window, tight ones first."""
    if item.matter is Matter.LATE:
        return (0, -item.late, 0, item.number)
    if item.matter is Matter.RULE:
        return (1, item.route_number, item.position, item.number)
    closes = min((end for _, end in item.windows), default=_NEVER)
    width = min((end - start for start, end in item.windows), default=_NEVER)
    return (2, closes, width, item.number)
