"""What the map shows of a day, made of its rows, its proposal and the lines of its routes; pure functions, for a thread of the pool."""

from collections.abc import Mapping

from app.desktop import names
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.map.features import MapClosure, MapDay, MapDepot, MapGhost, MapLeg, MapPool, MapRoute, MapStop
from app.desktop.words import tr
from app.domain.geo import Box, Place
from app.domain.ids import OrderId, RouteId, TaskId
from app.domain.orders import order_of, task_of
from app.domain.plans import Route
from app.domain.roads import Closure, Profile
from app.domain.sentences import Sentence
from app.domain.units import MILLIS_PER_MINUTE
from app.services.ports.travel import Travel
from app.services.queries import BoardRow, DayView, RouteRow, StopRow

Legs = tuple[MapLeg, ...]
Way = tuple[tuple[Place, ...], Profile]
"""What the line of a route depends on: its places in order and the kind of vehicle."""
_MARGIN_M = 500.0
"""Metres outside the area within which an order is still drawn."""


def day_of(shown: Shown, ways: Mapping[RouteId, Way], lines: Mapping[Way, Legs], formats: Formats, bounds: Box | None) -> MapDay:
    """What the map shows of a day, with the lines that are known."""
    view = shown.view
    places, moved = _places(view), _moved(shown)
    routes = tuple(
        MapRoute(
            id=row.id,
            number=row.number,
            name=" · ".join(each for each in (row.vehicle, row.driver) if each),
            stops=tuple(_stop(each, places[each.orders[0]], row, formats, moved) for each in view.stops[row.id] if each.orders and each.orders[0] in places),
            legs=lines.get(ways[row.id], ()) if row.id in ways else (),
        )
        for row in view.routes
    )
    pool = tuple(
        MapPool(id=row.order, place=row.place, title=_pool_title(row, formats)) for row in view.pool if row.place is not None and _near(row.place, bounds)
    )
    depot = shown.day.depot
    closures = tuple(MapClosure(id=each.id, points=each.points, title=each.note, slow=each.factor is not None) for each in shown.day.closures)
    return MapDay(routes=routes, pool=pool, depots=(MapDepot(id=depot.id, place=depot.place, title=depot.name),), closures=closures)


def _places(view: DayView) -> Mapping[OrderId, Place]:
    return {row.order: row.place for row in view.board if row.place is not None}


def _near(place: Place, bounds: Box | None) -> bool:
    """Whether a place lies in the area: what was given wrongly must not send the view to another continent."""
    return bounds is None or bounds.grown(_MARGIN_M).holds(place)


def _moved(shown: Shown) -> frozenset[OrderId]:
    """The orders that a proposal brings into another route than they are in now."""
    plan, proposal = shown.day.plan, shown.proposal
    if plan is None or proposal is None:
        return frozenset()
    before = {task: route.id for route in plan.routes for task in route.tasks}
    return frozenset(order_of(task) for route in proposal.routes for task in route.tasks if before.get(task, route.id) != route.id)


def _pool_title(row: BoardRow, formats: Formats) -> str:
    """Number and customer, address, window, and what stands against planning it."""
    lines = [f"{row.number} {row.customer}".strip(), row.address, _line(tr("Window"), formats.windows(row.windows))]
    lines += [f"◆ {formats.say(reason)}" for reason in row.reasons[:2]]
    return "\n".join(each for each in lines if each)


def _line(label: str, words: str) -> str:
    return f"{label} {words}" if words else ""


def _stop(row: StopRow, place: Place, route: RouteRow, formats: Formats, moved: frozenset[OrderId]) -> MapStop:
    head = formats.say(Sentence.of("desktop.stop_title", route=route.vehicle or str(route.number), stop=row.position))
    arrival = formats.clock(row.arrival) if row.arrival is not None else ""
    punctual = names.punctuality(None, row.late, row.slack, formats)
    timed = _line(tr("Arrival"), " · ".join(each for each in (arrival, punctual) if each))
    lines = [head, f"{row.number} {row.customer}".strip(), row.address, _line(tr("Window"), formats.windows(row.windows)), timed]
    late = -(-row.late // MILLIS_PER_MINUTE)
    return MapStop(
        id=row.orders[0],
        place=place,
        number=row.position,
        title="\n".join(each for each in lines if each),
        late_minutes=late,
        locked=row.lock is not None,
        moved=not moved.isdisjoint(row.orders),
    )


def ways_of(shown: Shown) -> Mapping[RouteId, Way]:
    """What the line of each route with stops depends on."""
    places = _places(shown.view)
    driven = {row.id: tuple(places[each.orders[0]] for each in shown.view.stops[row.id] if each.orders[0] in places) for row in shown.view.routes}
    return {row.id: (_with_ends(driven[row.id], shown, row), row.profile) for row in shown.view.routes if driven[row.id]}


def ghosts_of(shown: Shown, lines: Mapping[Way, Legs]) -> tuple[MapGhost, ...]:
    """The routes that the proposal changes, as they ran before."""
    plan, proposal = shown.day.plan, shown.proposal
    if plan is None or proposal is None:
        return ()
    now = {route.id: route.tasks for route in proposal.routes}
    changed = [route for route in plan.routes if route.stops and now.get(route.id) != route.tasks]
    orders = {task_of(order): order.location.place for order in shown.day.orders}
    return tuple(MapGhost(id=route.id, lines=_ghost_lines(route, shown, orders, lines)) for route in changed)


def _ghost_lines(route: Route, shown: Shown, orders: Mapping[TaskId, Place | None], lines: Mapping[Way, Legs]) -> tuple[tuple[Place, ...], ...]:
    row = shown.view.by_route.get(route.id)
    places = tuple(place for place in (orders.get(task) for task in route.tasks) if place is not None)
    if row is None or not places:
        return ()
    way = (_with_ends(places, shown, row), row.profile)
    known = lines.get(way)
    return tuple(leg.points for leg in known) if known else (way[0],)


def _with_ends(places: tuple[Place, ...], shown: Shown, row: RouteRow) -> tuple[Place, ...]:
    """The stops with where the shift begins and ends."""
    shift = next((each for each in shown.day.shifts if each.id == row.shift), None)
    driver = shown.day.drivers.get(shift.driver) if shift is not None and shift.driver is not None else None
    depot = shown.day.depot.place
    start = driver.start if driver is not None and driver.start is not None else depot
    end = driver.end if driver is not None and driver.end is not None else depot
    return (start, *places) if shift is not None and shift.open_end else (start, *places, end)


def legs_of(travel: Travel, way: Way, closures: tuple[Closure, ...], zone: str) -> Legs:
    """The line of a route, leg by leg; straight where no road is known."""
    shape = travel.shape(way[0], way[1], closures=closures, zone=zone)
    roads = shape.source == "roads"
    return tuple(MapLeg(points=leg, straight=not roads and len(leg) < 3) for leg in shape.legs)
