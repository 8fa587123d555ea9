"""Keeps the map in step with the day, the selection and a proposal; road lines are asked for in the pool and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.desktop import names
from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown, area_name, travel_for
from app.desktop.format import Formats
from app.desktop.map.features import MapClosure, MapDay, MapDepot, MapGhost, MapLeg, MapPool, MapRoute, MapStop, Picked, PickMode
from app.desktop.map.view import MapView, Parts, parts
from app.desktop.selection import Selected, Selection
from app.desktop.work import Job
from app.domain.errors import Outside, Refused
from app.domain.fleet import Depot
from app.domain.geo import Box, Place
from app.domain.ids import OrderId, RouteId, TaskId
from app.domain.orders import OrderState, task_of
from app.domain.plans import Route
from app.domain.roads import Closure, Profile
from app.domain.sentences import Sentence
from app.domain.units import MILLIS_PER_MINUTE
from app.services.ports.travel import Areas, Travel
from app.services.queries import DayView, RouteRow, StopRow

Legs = tuple[MapLeg, ...]
Way = tuple[tuple[Place, ...], Profile]
"""What the line of a route depends on: its places in order and the kind of vehicle."""
_MARGIN_M = 500.0
"""Metres outside the area within which an order is still drawn."""
_AFTER_MS = 16
"""Milliseconds until the map follows: the panels are painted first, for a thread of the pool slows their painting down."""
_KEPT = 400
"""Lines that are kept, the newest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A day as the map is to show it, made off the main thread."""

    shown: Shown
    area: str
    bounds: Box | None
    ways: Mapping[RouteId, Way]
    day: MapDay
    ghosts: tuple[MapGhost, ...]
    parts: Parts


class MapPanel(QObject):
    """Feeds a MapView. `settled` is emitted once the lines of what is shown have all been sent."""

    settled = Signal()

    def __init__(self, map_view: MapView, bridge: Bridge, areas: Areas, model: DayModel, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._map = map_view
        self._bridge = bridge
        self._areas = areas
        self._selection = selection
        self._formats = Formats()
        self._shown: Shown | None = None
        self._lines: dict[Way, Legs] = {}
        self._closures: tuple[Closure, ...] = ()
        self._area = ""
        self._sheet: Sheet | None = None
        self._fitted: tuple[str, object] | None = None
        self._pending = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._pending.timeout.connect(self._draw)
        model.shown.connect(self.show_day)
        selection.changed.connect(self._selected)
        map_view.picked.connect(self._picked)

    def set_formats(self, formats: Formats) -> None:
        """How times read in tooltips."""
        self._formats = formats

    @Slot(object)
    def show_day(self, shown: Shown) -> None:
        """Another day, plan or proposal; drawn once the event loop is free."""
        self._shown = shown
        self._pending.start()

    @property
    def complete(self) -> bool:
        """Whether every route that is shown has its line."""
        sheet = self._sheet
        return sheet is not None and sheet.shown is self._shown and not self._pending.isActive() and all(way in self._lines for way in sheet.ways.values())

    def _draw(self) -> None:
        """Makes in the pool what the map is to show; the map is told when it is made."""
        shown = self._shown
        if shown is None:
            return
        if shown.day.closures != self._closures:
            self._closures, self._lines = shown.day.closures, {}
        formats, lines = self._formats, self._lines
        self._bridge.compute(lambda _job: self._made(shown, formats, lines), then=self._drawn, key="map day")

    def _drawn(self, sheet: Sheet) -> None:
        shown = sheet.shown
        if shown is not self._shown:
            return
        self._put(sheet)
        missing = tuple(way for way in sheet.ways.values() if way not in self._lines)
        if not missing or shown.trouble is not None:
            self.settled.emit()
            return
        formats, lines = self._formats, self._lines

        def ask(_job: Job) -> tuple[dict[Way, Legs], Sheet]:
            found = self._ask(missing, shown.day.depot, shown.day.closures)
            return found, self._made(shown, formats, {**lines, **found})

        self._bridge.compute(ask, then=lambda made: self._found(*made), key="map lines", failed=self._no_lines)

    def _made(self, shown: Shown, formats: Formats, lines: Mapping[Way, Legs]) -> Sheet:
        """What the map shows of a day; runs in the pool."""
        area = area_name(self._areas, shown.day.depot)
        bounds = next((each.bounds for each in self._areas.known() if each.name == area), None)
        ways = ways_of(shown)
        day, ghosts = day_of(shown, ways, lines, formats, bounds), ghosts_of(shown, lines)
        return Sheet(shown=shown, area=area, bounds=bounds, ways=ways, day=day, ghosts=ghosts, parts=parts(day, ghosts))

    def show_empty(self) -> None:
        """Without a depot: the first area that is known."""
        first = next(iter(self._areas.known()), None)
        self._show_area(first.name if first is not None else "", first.bounds if first is not None else None)

    def _show_area(self, area: str, bounds: Box | None) -> None:
        if area == self._area:
            return
        self._area = area
        if bounds is None:
            self._map.set_tiles(None, None)
            return
        try:
            self._map.set_tiles(self._areas.tiles(area), bounds)
        except (Refused, Outside) as refusal:
            self._map.set_tiles(None, None)
            self._bridge.tell(refusal)

    def _put(self, sheet: Sheet) -> None:
        view, self._sheet = sheet.shown.view, sheet
        self._show_area(sheet.area, sheet.bounds)
        self._map.show_with(sheet.day, sheet.ghosts, sheet.parts)
        self._mark(self._selection.held)
        key = (self._area, (view.depot, view.day, any(row.place is not None and row.state is not OrderState.DRAFT for row in view.board)))
        if key != self._fitted:
            self._fitted = key
            self._map.fit()

    def _ask(self, ways: Sequence[Way], depot: Depot, closures: tuple[Closure, ...]) -> dict[Way, Legs]:
        travel = travel_for(self._areas, depot)
        return {way: _legs(travel, way, closures, depot.zone) for way in ways}

    def _found(self, found: dict[Way, Legs], sheet: Sheet) -> None:
        if sheet.shown.day.closures == self._closures:
            self._lines.update(found)
        while len(self._lines) > _KEPT:
            self._lines.pop(next(iter(self._lines)))
        if self._shown is sheet.shown:
            self._put(sheet)
            self.settled.emit()

    def _no_lines(self, error: BaseException) -> None:
        self.settled.emit()
        self._bridge.tell(error)

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        self._mark(held)

    def _mark(self, held: Selected) -> None:
        view: DayView | None = self._shown.view if self._shown is not None else None
        wanted: set[str] = {held.route} if held.route is not None else set()
        for order in held.orders:
            stop = view.stop_of(order) if view is not None else None
            wanted.add(stop.orders[0] if stop is not None else order)
        self._map.select(frozenset(wanted))

    @Slot(Picked)
    def _picked(self, picked: Picked) -> None:
        view = self._shown.view if self._shown is not None else None
        if view is None:
            return
        routes = [RouteId(each) for each in picked.ids if each in view.by_route]
        if routes and len(picked.ids) == 1:
            self._selection.show_route(routes[0])
            return
        orders = {OrderId(each) for each in picked.ids if each in view.by_order}
        held = self._selection.held.orders
        chosen = {PickMode.REPLACE: orders, PickMode.ADD: held | orders, PickMode.TOGGLE: held ^ orders}[picked.mode]
        self._selection.pick(chosen, current=next(iter(orders), None) if len(orders) == 1 else None)
        row = view.by_order.get(next(iter(orders))) if len(orders) == 1 else None
        if row is not None and row.route is not None:
            self._selection.show_route(row.route)


def day_of(shown: Shown, ways: Mapping[RouteId, Way], lines: Mapping[Way, Legs], formats: Formats, bounds: Box | None) -> MapDay:
    """What the map shows of a day, with the lines that are known."""
    view = shown.view
    places = _places(view)
    routes = tuple(
        MapRoute(
            id=row.id,
            number=row.number,
            name=row.vehicle,
            stops=tuple(_stop(each, places[each.orders[0]], row, formats) for each in view.stops[row.id] if each.orders and each.orders[0] in places),
            legs=lines.get(ways[row.id], ()) if row.id in ways else (),
        )
        for row in view.routes
    )
    pool = tuple(
        MapPool(id=row.order, place=row.place, title=f"{row.number}\n{row.address}") for row in view.pool if row.place is not None and _near(row.place, bounds)
    )
    depot = shown.day.depot
    closures = tuple(MapClosure(id=each.id, points=each.points, title=each.note, slow=each.factor is not None) for each in shown.day.closures)
    return MapDay(routes=routes, pool=pool, depots=(MapDepot(id=depot.id, place=depot.place, title=depot.name),), closures=closures)


def _places(view: DayView) -> Mapping[OrderId, Place]:
    return {row.order: row.place for row in view.board if row.place is not None}


def _near(place: Place, bounds: Box | None) -> bool:
    """Whether a place lies in the area: what was given wrongly must not send the view to another continent."""
    return bounds is None or bounds.grown(_MARGIN_M).holds(place)


def _stop(row: StopRow, place: Place, route: RouteRow, formats: Formats) -> MapStop:
    head = formats.say(Sentence.of("desktop.stop_title", route=route.vehicle or str(route.number), stop=row.position))
    arrival = formats.clock(row.arrival) if row.arrival is not None else ""
    punctual = names.punctuality(None, row.late, row.slack, formats)
    lines = [head, f"{row.number} {row.customer}".strip(), row.address, f"{arrival} {punctual}".strip(), formats.windows(row.windows)]
    late = -(-row.late // MILLIS_PER_MINUTE)
    return MapStop(
        id=row.orders[0], place=place, number=row.position, title="\n".join(each for each in lines if each), late_minutes=late, locked=row.lock is not None
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


def _legs(travel: Travel, way: Way, closures: tuple[Closure, ...], zone: str) -> Legs:
    shape = travel.shape(way[0], way[1], closures=closures, zone=zone)
    roads = shape.source == "roads"
    return tuple(MapLeg(points=leg, straight=not roads and len(leg) < 3) for leg in shape.legs)
