"""Dragging on the map and onto it: the page says which stop, line or depot lies under the pointer, the window what that does."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.desktop.day import DayModel
from app.desktop.dragging.following import Dragging
from app.desktop.dragging.ghost import ghost, orders_in
from app.desktop.dragging.spots import Spot
from app.desktop.map.features import Carried, CarryPhase
from app.desktop.map.view import MapView
from app.domain.ids import OrderId, RouteId
from app.domain.sentences import Sentence
from app.wording.catalogue import sentence


class MapDrag(QObject):
    """Takes orders that come over the map, and those that leave it for another panel of its window."""

    def __init__(self, dragging: Dragging, map_view: MapView, model: DayModel, language: str) -> None:
        super().__init__(map_view)
        self._dragging, self._map, self._model, self._language = dragging, map_view, model, language
        self._held: tuple[OrderId, ...] = ()
        self._ghost: QLabel | None = None
        map_view.ground.setAcceptDrops(True)
        map_view.ground.installEventFilter(self)
        map_view.carried.connect(self._carried)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a list drags over the map: the page is asked what lies there, and answers with `carried`."""
        if isinstance(event, QDropEvent) and orders_in(event.mimeData()):
            self._held = orders_in(event.mimeData())
            point, drop = event.position().toPoint(), event.type() == QEvent.Type.Drop
            self._map.carry(point.x(), point.y(), CarryPhase.DROP if drop else CarryPhase.OVER)
            if drop or isinstance(event, QDragMoveEvent):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
            return True
        if event.type() == QEvent.Type.DragLeave and self._held:
            self._held = ()
            self._map.carry(0, 0, CarryPhase.END)
            self._dragging.leave()
            return True
        return False

    @Slot(Carried)
    def _carried(self, carried: Carried) -> None:
        view = self._model.view
        orders = tuple(OrderId(each) for each in carried.ids if view is not None and each in view.by_order) or self._held
        if carried.phase is CarryPhase.END or not orders:
            self._leave()
            return
        if carried.ids:
            self._show_ghost(QPoint(carried.x, carried.y), len(orders))
        widget, point = self._under(carried)
        if widget is self._map.ground:
            self._dragging.over_spot(widget, point, self._spot(carried), orders, sentence(Sentence.of("desktop.drag_ground"), self._language))
        elif widget is not None:
            self._dragging.over(widget, point, orders)
        else:
            self._dragging.leave()
        if carried.phase is CarryPhase.DROP:
            self._dragging.let_go()
            self._leave()

    def _under(self, carried: Carried) -> tuple[QWidget | None, QPoint]:
        """The map, or the panel over which a mark of the map is held by now, with the point in it."""
        ground, point = self._map.ground, QPoint(carried.x, carried.y)
        if ground.rect().contains(point):
            return ground, point
        window = ground.window()
        found = self._dragging.watched_at(window, ground.mapTo(window, point))
        return found, found.mapFrom(window, ground.mapTo(window, point)) if found is not None else point

    def _spot(self, carried: Carried) -> Spot | None:
        """What the page found, as a place of the plan: before or behind a stop, between the stops of a leg; the depot keeps what is in no route."""
        view = self._model.view
        if view is None or not carried.kind:
            return None
        if carried.kind == "depot":
            return Spot(route=None)
        if carried.kind == "line":
            row = view.by_route.get(RouteId(carried.id))
            return Spot(route=row.id, among=(max(0, min(carried.at, row.stops)),)) if row is not None else None
        stop = view.stop_of(OrderId(carried.id))
        return Spot(route=stop.route, among=(stop.position - 1, stop.position)) if stop is not None else None

    def _leave(self) -> None:
        self._held = ()
        self._dragging.leave()
        if self._ghost is not None:
            self._ghost.hide()
            self._ghost.deleteLater()
            self._ghost = None

    def _show_ghost(self, point: QPoint, count: int) -> None:
        """The page has no pointer image of its own: the slip with the number follows in the window."""
        window = self._map.window()
        if self._ghost is None:
            self._ghost = QLabel(window)
            self._ghost.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._ghost.setPixmap(ghost(count, window))
            self._ghost.adjustSize()
            self._ghost.show()
        self._ghost.move(self._map.ground.mapTo(window, point) + QPoint(6, 4))
        self._ghost.raise_()
