"""What has changed since a route was printed: who is new, gone, moved, or served at another time. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.domain.ids import OrderId, RouteId
from app.domain.units import Millis, minutes
from app.services.papers.values import Changed, OrderChange, PaperOrder, PaperRoute, RouteChange, Span

WORTH_SAYING = minutes(5)
"""An arrival that moves by less is no news to a driver."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOrder:
    """One order as a sheet showed it; of what is personal only a digest is kept."""

    order: OrderId
    number: str
    stop: int
    arrival: Millis | None = None
    windows: tuple[Span, ...] = ()
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRoute:
    """A route as its last sheet showed it; `at` is when that was, aware UTC."""

    route: RouteId
    at: datetime
    header: str = ""
    orders: tuple[PrintedOrder, ...] = ()


def printed(route: PaperRoute, at: datetime) -> PrintedRoute:
    """What is remembered of a print."""
    orders = tuple(_printed(order, stop.number, stop.arrival) for stop in route.stops for order in stop.orders)
    return PrintedRoute(route=route.id, at=at, header=_header(route), orders=orders)


def _printed(order: PaperOrder, stop: int, arrival: Millis | None) -> PrintedOrder:
    return PrintedOrder(order=order.order, number=order.number, stop=stop, arrival=arrival, windows=order.windows, details=_details(order))


def _details(order: PaperOrder) -> str:
    cod = (order.cod.minor, order.cod.currency) if order.cod is not None else None
    shown = (order.customer, order.address, order.phone, order.notes, order.pieces, order.weight, cod, order.handling, order.contactless, order.kind.value)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:24]


def _header(route: PaperRoute) -> str:
    return hashlib.sha256(repr((route.number, route.vehicle, route.driver, route.leaves // WORTH_SAYING)).encode()).hexdigest()[:24]


def change(before: PrintedRoute | None, now: PaperRoute) -> RouteChange:
    """What is different about a route since it was printed."""
    if before is None:
        return RouteChange(route=now.id)
    current = printed(now, before.at)
    was, new = {each.order: each for each in before.orders}, {each.order: each for each in current.orders}
    moved = _moved([each.order for each in before.orders if each.order in new], [each.order for each in current.orders if each.order in was])
    changes = [_one(was.get(order), new.get(order), order in moved) for order in (*new, *(each for each in was if each not in new))]
    return RouteChange(
        route=now.id,
        since=before.at,
        orders=tuple(each for each in changes if each.changed),
        numbers={order: was[order].stop for order in new if order in was and was[order].stop != new[order].stop},
        header=before.header != current.header,
    )


def changes(before: Mapping[RouteId, PrintedRoute], now: Sequence[PaperRoute]) -> dict[RouteId, RouteChange]:
    """What is different about each route."""
    return {route.id: change(before.get(route.id), route) for route in now}


def _one(was: PrintedOrder | None, now: PrintedOrder | None, moved: bool) -> OrderChange:
    shown = now or was
    if shown is None:
        raise ValueError("an order that was never printed and is not there now")
    return OrderChange(
        order=shown.order,
        number=shown.number,
        changed=frozenset({Changed.GONE} if now is None else {Changed.NEW} if was is None else _differences(was, now, moved)),
        was=was.stop if was is not None else 0,
        now=now.stop if now is not None else 0,
        arrival_was=was.arrival if was is not None else None,
        arrival=now.arrival if now is not None else None,
        windows_were=was.windows if was is not None else (),
        windows=now.windows if now is not None else (),
    )


def _differences(was: PrintedOrder, now: PrintedOrder, moved: bool) -> set[Changed]:
    found = {Changed.MOVED} if moved else set()
    if (was.arrival is None) != (now.arrival is None) or abs((was.arrival or 0) - (now.arrival or 0)) >= WORTH_SAYING:
        found.add(Changed.TIME)
    if was.windows != now.windows:
        found.add(Changed.WINDOW)
    if was.details != now.details:
        found.add(Changed.DETAILS)
    return found


def _moved(before: Sequence[OrderId], now: Sequence[OrderId]) -> frozenset[OrderId]:
    """The fewest orders that must move to turn one sequence into the other: those outside a longest run that both share."""
    place = {order: index for index, order in enumerate(before)}
    ranks = [place[order] for order in now]
    best, previous = [1] * len(ranks), [-1] * len(ranks)
    for i, rank in enumerate(ranks):
        for j in range(i):
            if ranks[j] < rank and best[j] + 1 > best[i]:
                best[i], previous[i] = best[j] + 1, j
    kept: set[int] = set()
    at = max(range(len(ranks)), key=lambda i: best[i], default=-1)
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return frozenset(order for index, order in enumerate(now) if index not in kept)
