"""From a day and its judged plan to what stands on the papers. Pure; the numbers are those that every panel shows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.fleet import Driver
from app.domain.ids import OrderId, RouteId, ShiftId
from app.domain.orders import Order, TaskKind, order_of
from app.domain.schedule import Timeline
from app.domain.units import Millis
from app.services.papers.values import DayPapers, PaperKind, PaperOrder, PaperRoute, PaperStop, Span
from app.services.ports.store import Day
from app.services.queries import DayView, RouteRow, StopRow, natural


def day_papers(day: Day, view: DayView, timelines: Mapping[RouteId, Timeline], only: Collection[RouteId] | None = None) -> DayPapers:
    """The papers of a day's routes that have stops; `only` names those wanted, None: all."""
    orders = {order.id: order for order in day.orders}
    drivers = {shift.id: day.drivers.get(shift.driver) for shift in day.shifts if shift.driver is not None}
    routes = tuple(_route(row, view, timelines.get(row.id), orders, drivers) for row in view.routes if row.stops and (only is None or row.id in only))
    return DayPapers(depot=day.depot.name, address=day.depot.address, day=day.day, zone=day.depot.zone, origin=view.origin, routes=routes)


def _route(row: RouteRow, view: DayView, line: Timeline | None, orders: Mapping[OrderId, Order], drivers: Mapping[ShiftId, Driver | None]) -> PaperRoute:
    driver = drivers.get(row.shift)
    rows = view.stops[row.id]
    pauses, reloads = _pauses(rows, line), _reloads(rows, line)
    return PaperRoute(
        id=row.id,
        number=row.number,
        vehicle=row.vehicle,
        driver=row.driver,
        language=driver.language if driver is not None else "",
        leaves=row.leaves,
        ends=row.ends,
        meters=row.meters,
        stops=tuple(_stop(stop, view, orders, pauses.get(stop.position), reloads.get(stop.position)) for stop in rows),
    )


def _pauses(rows: Sequence[StopRow], line: Timeline | None) -> dict[int, Span]:
    """The stop before which each break falls; one after the last stop is no longer the sheet's business."""
    found: dict[int, Span] = {}
    for pause in line.breaks if line is not None else ():
        served = 0
        for row in rows:
            if served >= pause.after:
                found[row.position] = (pause.begin, pause.end)
                break
            served += len(row.orders)
    return found


def _reloads(rows: Sequence[StopRow], line: Timeline | None) -> dict[int, Millis]:
    """When the van loads again before a stop. Where times are not known the row says that it does, at no time."""
    begins = {order_of(halt.task): halt.reload_begin for halt in (line.halts if line is not None else ()) if halt.reload_begin is not None}
    found = {row.position: begins.get(row.orders[0], row.arrival or Millis(0)) for row in rows if row.reload_before and row.orders}
    return {position: Millis(at) for position, at in found.items()}


def _stop(row: StopRow, view: DayView, orders: Mapping[OrderId, Order], pause: Span | None, reload: Millis | None) -> PaperStop:
    served = [orders[each] for each in row.orders if each in orders]
    return PaperStop(
        number=row.position,
        arrival=row.arrival,
        late=row.late,
        orders=tuple(_order(order, view) for order in served),
        place=served[0].location.place if served else None,
        reload=reload,
        pause=pause,
    )


def _order(order: Order, view: DayView) -> PaperOrder:
    row = view.by_order.get(order.id)
    return PaperOrder(
        order=order.id,
        number=order.number,
        customer=order.recipient.name,
        address=order.address.line or order.location.label,
        phone=order.recipient.phone,
        notes=order.notes,
        windows=row.windows if row is not None else (),
        pieces=order.load.pieces,
        weight=order.load.weight,
        cod=order.cod,
        handling=tuple(sorted(order.handling | order.skills | order.features)),
        contactless=order.contactless,
        kind=order.kind,
        from_depot=order.kind is TaskKind.DELIVERY and not order.paired_with,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """What goes into a van at one loading. `stops` are in loading order: the last stop first, for it lies deepest; stops that need nothing from the
    depot are left out. `number` counts from 1, `ready` is when the van begins loading or leaves."""

    number: int
    ready: Millis
    stops: tuple[PaperStop, ...]

    @property
    def orders(self) -> tuple[PaperOrder, ...]:
        """The orders in loading order."""
        return tuple(order for stop in self.stops for order in stop.orders)


def trips(route: PaperRoute) -> tuple[Trip, ...]:
    """A route's loadings: one at the start, and one for each return to the depot."""
    return tuple(
        Trip(number=number, ready=_ready(route, stops), stops=tuple(_loaded(stops)))
        for number, stops in enumerate(_trips(route.stops), 1)
        if any(_loaded(stops))
    )


def _ready(route: PaperRoute, stops: Sequence[PaperStop]) -> Millis:
    first = stops[0]
    return first.reload if first.reload is not None else route.leaves


def _trips(stops: Sequence[PaperStop]) -> Iterator[list[PaperStop]]:
    trip: list[PaperStop] = []
    for stop in stops:
        if stop.reload is not None and trip:
            yield trip
            trip = []
        trip.append(stop)
    if trip:
        yield trip


def _loaded(stops: Sequence[PaperStop]) -> Iterator[PaperStop]:
    for stop in reversed(stops):
        orders = tuple(order for order in stop.orders if order.from_depot)
        if orders:
            yield PaperStop(number=stop.number, arrival=stop.arrival, orders=orders, place=stop.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where a parcel of an order goes on the depot floor: the lane is the route's number, `stop` the stop's."""

    number: str
    customer: str
    parcels: int
    lane: int
    stop: int


def lanes(papers: DayPapers) -> tuple[PaperRoute, ...]:
    """The routes as they leave, the first first."""
    return tuple(sorted(papers.routes, key=lambda route: (route.leaves, route.number)))


def finder(papers: DayPapers) -> tuple[Found, ...]:
    """Every order that starts at the depot, by number, for whoever sorts parcels."""
    found = (
        Found(number=order.number, customer=order.customer, parcels=order.parcels, lane=route.number, stop=stop.number)
        for route in papers.routes
        for stop in route.stops
        for order in stop.orders
        if order.from_depot
    )
    return tuple(sorted(found, key=lambda each: natural(each.number)))


def parcel_code(order: PaperOrder, parcel: int) -> str:
    """What the codes of a label say: the order's number, and which of several parcels it is, as 10465/2."""
    return order.number if order.parcels == 1 else f"{order.number}/{parcel}"


def sheets(kind: PaperKind, papers: DayPapers) -> int:
    """How many labels or cards a day's papers are; 0 for papers that are lists."""
    if kind is PaperKind.CARDS:
        return sum(len(route.orders) for route in papers.routes)
    return sum(order.parcels for route in papers.routes for trip in trips(route) for order in trip.orders) if kind is PaperKind.LABELS else 0
