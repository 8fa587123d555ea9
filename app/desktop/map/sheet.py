"""What the map shows of a day, made of its rows, its proposal and the lines of its routes; pure functions, for a thread of the pool."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby

from app.desktop import names
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.map.features import MapClosure, MapDay, MapDepot, MapGhost, MapLeg, MapPool, MapRoute, MapStop
from app.desktop.words import tr
from app.domain.geo import Box, Place
from app.domain.ids import ClosureId, OrderId, RouteId, TaskId
from app.domain.orders import order_of, task_of
from app.domain.plans import Route
from app.domain.roads import Closure, Profile
from app.domain.schedule import ViolationKind
from app.domain.sentences import Sentence
from app.domain.units import MILLIS_PER_MINUTE
from app.services.closing_effects import today
from app.services.ports.travel import Travel
from app.services.queries import BoardRow, DayView, RouteRow, StopRow

Legs = tuple[MapLeg, ...]
Way = tuple[tuple[Place, ...], Profile, tuple[frozenset[ClosureId], ...]]
"""What the line of a route depends on: its places in order, the kind of vehicle, and the closures that each leg goes around (none: no leg any)."""
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
            legs=_hatched(lines.get(ways[row.id], ()), row) if row.id in ways else (),
        )
        for row in view.routes
    )
    pool = tuple(
        MapPool(id=row.order, place=row.place, title=_pool_title(row, formats)) for row in view.pool if row.place is not None and _near(row.place, bounds)
    )
    depot = shown.day.depot
    held = {each.id for each in today(shown.day.closures, shown.day, shown.view.origin)}
    closures = tuple(closure_of(each, quiet=each.id not in held) for each in shown.day.closures)
    return MapDay(routes=routes, pool=pool, depots=(MapDepot(id=depot.id, place=depot.place, title=depot.name),), closures=closures)


def closure_of(closure: Closure, *, quiet: bool = False) -> MapClosure:
    """A closure as the map draws it."""
    return MapClosure(id=closure.id, points=closure.points, roads=closure.roads, title=closure.note, slow=closure.factor is not None, quiet=quiet)


def _hatched(legs: Legs, row: RouteRow) -> Legs:
    if not row.hatched:
        return legs
    met = set(row.hatched)
    return tuple(replace(leg, hatched=True) if at in met else leg for at, leg in enumerate(legs))


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
    rules = [each for each in row.violations if each.kind is not ViolationKind.LATE]
    lines += [f"◆ {names.violation(each, formats)}" for each in rules]
    late = -(-row.late // MILLIS_PER_MINUTE)
    return MapStop(
        id=row.orders[0],
        place=place,
        number=row.position,
        title="\n".join(each for each in lines if each),
        late_minutes=late,
        broken=bool(rules),
        locked=row.lock is not None,
        moved=not moved.isdisjoint(row.orders),
    )


def ways_of(shown: Shown) -> Mapping[RouteId, Way]:
    """What the line of each route with stops depends on."""
    places = _places(shown.view)
    driven = {row.id: tuple(places[each.orders[0]] for each in shown.view.stops[row.id] if each.orders[0] in places) for row in shown.view.routes}
    return {row.id: (_with_ends(driven[row.id], shown, row), row.profile, _closed(shown, row)) for row in shown.view.routes if driven[row.id]}


def _closed(shown: Shown, row: RouteRow) -> tuple[frozenset[ClosureId], ...]:
    """The closures that the travel times of each leg go around: those of the hour in which it is left."""
    problem, judged = shown.problem, shown.judged
    terms, line = problem.shifts.get(row.shift) if problem is not None else None, judged.timelines.get(row.id) if judged is not None else None
    table = problem.problem.travel.get(terms.travels) if problem is not None and terms is not None else None
    if table is None or line is None or not table.closed:
        return ()
    held = [table.closed[max(0, bisect_right(table.begins, leaves) - 1)] for leaves in (line.leaves, *(halt.departure for halt in line.halts))]
    return tuple(held) if any(held) else ()


def ghosts_of(shown: Shown, lines: Mapping[Way, Legs]) -> tuple[MapGhost, ...]:
    """The routes that the proposal changes, as they ran before."""
    return tuple(MapGhost(id=route, lines=_ghost_lines(way, lines)) for route, way in _ways_before(shown).items())


def ghost_ways(shown: Shown, lines: Mapping[Way, Legs]) -> frozenset[Way]:
    """The ways of those routes whose lines are not known."""
    return frozenset(way for way in _ways_before(shown).values() if _known(way, lines) is None)


def _ways_before(shown: Shown) -> Mapping[RouteId, Way]:
    plan, proposal = shown.day.plan, shown.proposal
    if plan is None or proposal is None:
        return {}
    now = {route.id: route.tasks for route in proposal.routes}
    changed = [route for route in plan.routes if route.stops and now.get(route.id) != route.tasks]
    orders = {task_of(order): order.location.place for order in shown.day.orders}
    found = {route.id: _way_before(route, shown, orders) for route in changed}
    return {route: way for route, way in found.items() if way is not None}


def _way_before(route: Route, shown: Shown, orders: Mapping[TaskId, Place | None]) -> Way | None:
    row = shown.view.by_route.get(route.id)
    places = tuple(place for place in (orders.get(task) for task in route.tasks) if place is not None)
    return (_with_ends(places, shown, row), row.profile, ()) if row is not None and places else None


def _known(wanted: Way, lines: Mapping[Way, Legs]) -> Legs | None:
    """The line of the same places, whatever closures it goes around."""
    return lines.get(wanted) or next((legs for way, legs in lines.items() if way[:2] == wanted[:2]), None)


def _ghost_lines(way: Way, lines: Mapping[Way, Legs]) -> tuple[tuple[Place, ...], ...]:
    known = _known(way, lines)
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
    places, profile, held = way
    legs: list[MapLeg] = []
    for around, run in groupby(range(len(places) - 1), key=lambda at: held[at] if at < len(held) else frozenset()):
        numbers = list(run)
        shape = travel.shape(places[numbers[0] : numbers[-1] + 2], profile, closures=[each for each in closures if each.id in around], zone=zone)
        legs += [MapLeg(points=leg, straight=shape.source != "roads" and len(leg) < 3) for leg in shape.legs]
    return tuple(legs)
