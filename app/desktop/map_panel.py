"""Keeps the map in step with the day, the selection and a proposal; road lines are asked for in the pool and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.desktop.bridge import Bridge
from app.desktop.day import DayModel, Shown, area_name, travel_for
from app.desktop.format import Formats
from app.desktop.map.features import MapDay, MapGhost, Picked, PickMode
from app.desktop.map.sheet import Legs, Way, day_of, ghost_ways, ghosts_of, legs_of, ways_of
from app.desktop.map.view import MapView, Parts, parts
from app.desktop.selection import Selected, Selection
from app.desktop.work import Job
from app.domain.errors import Outside, Refused
from app.domain.fleet import Depot
from app.domain.geo import Box
from app.domain.ids import OrderId, RouteId
from app.domain.orders import OrderState
from app.domain.roads import Closure
from app.services.ports.travel import Areas
from app.services.queries import DayView

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
    before: frozenset[Way]
    """The ways of routes as they ran before the proposal, where their lines are not known."""
    day: MapDay
    ghosts: tuple[MapGhost, ...]
    parts: Parts


class MapPanel(QObject):
    """Feeds a MapView. `settled` is emitted once the lines of what is shown have all been sent."""

    settled = Signal()
    opened = Signal(object)
    """A person wants the details of an order (an OrderId): a double click on its mark, or Enter."""

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
        self._follows = True
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

    def set_following(self, follows: bool) -> None:
        """Whether the map brings what is selected elsewhere into view."""
        self._follows = follows
        self._map.set_toggle("follow", follows)
        if follows:
            self._map.reveal(self._wanted(self._selection.held))

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
        missing = tuple(way for way in dict.fromkeys([*sheet.ways.values(), *sheet.before]) if way not in self._lines)
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
        return Sheet(shown=shown, area=area, bounds=bounds, ways=ways, before=ghost_ways(shown, lines), day=day, ghosts=ghosts, parts=parts(day, ghosts))

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
        return {way: legs_of(travel, way, closures, depot.zone) for way in ways}

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
        if self._follows:
            self._map.reveal(self._wanted(held) if held.orders else frozenset())

    def _mark(self, held: Selected) -> None:
        self._map.select(self._wanted(held) | ({held.route} if held.route is not None else set()))

    def _wanted(self, held: Selected) -> frozenset[str]:
        """The marks of the selected orders, else the route in view."""
        view: DayView | None = self._shown.view if self._shown is not None else None
        if not held.orders:
            return frozenset({held.route} if held.route is not None else ())
        stops = [(order, view.stop_of(order) if view is not None else None) for order in held.orders]
        return frozenset(stop.orders[0] if stop is not None else order for order, stop in stops)

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
        row = view.by_order.get(next(iter(orders))) if len(orders) == 1 else None
        self._selection.pick(chosen, current=row.order if row is not None else None, route=row.route if row is not None else None)
        if row is not None and picked.opened:
            self.opened.emit(row.order)
