"""The timeline under mouse and keyboard: selecting, walking from stop to stop, dragging stops to another place or row."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QApplication, QRubberBand, QWidget

from app.desktop.dragging.ghost import ORDERS_MIME, start_drag
from app.desktop.timeline.axis import HEIGHT
from app.desktop.timeline.content import Spot, Target
from app.desktop.timeline.picking import Picked, clicked, walked
from app.desktop.timeline.view import TimelineView
from app.domain.ids import OrderId

_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_WALKS = {
    Qt.Key.Key_Left: {"across": -1},
    Qt.Key.Key_Right: {"across": 1},
    Qt.Key.Key_Up: {"down": -1},
    Qt.Key.Key_Down: {"down": 1},
    Qt.Key.Key_Home: {"edge": -1},
    Qt.Key.Key_End: {"edge": 1},
}
_ZOOM = {Qt.Key.Key_Plus: 1.25, Qt.Key.Key_Equal: 1.25, Qt.Key.Key_Minus: 0.8}
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SCROLL_MS, _SCROLL_EDGE = 40, 18
"""While something is dragged near the upper or lower edge, rows scroll so often."""


class Timeline(TimelineView):
    """Tells what a person does: `picked` a Picked, `row_picked` a row number, `opened` an order, `menu` (spot or None, row or None, global point),
    `dropped` (route, position, orders), `hovered` a spot or None with the global point."""

    picked = Signal(object)
    row_picked = Signal(int)
    opened = Signal(object)
    menu = Signal(object, object, QPoint)
    dropped = Signal(object)
    hovered = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editable = True
        """Whether stops can be dragged now."""
        self._anchor: Spot | None = None
        self._pressed: tuple[QPointF, Spot | None] | None = None
        self._panning: QPointF | None = None
        self._band = QRubberBand(QRubberBand.Shape.Rectangle, self.viewport())
        self._banding = False
        self._drag_at = QPointF()
        self._scroller = QTimer(self, interval=_SCROLL_MS)
        self._scroller.timeout.connect(self._scroll_on)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = event.position()
            return
        spot = self.spot_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = (event.position(), spot)
            if spot is not None and not self._selected(spot):
                self._click(spot, event.modifiers())
                self._pressed = (event.position(), spot) if not event.modifiers() & _CTRL else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panning is not None:
            moved = event.position() - self._panning
            self._panning = event.position()
            self.scroll_to(self.lens.top - moved.y())
            self.pan(-moved.x())
        elif self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._moved(event.position())
        else:
            self._hover(event.position(), event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = None
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        start, spot = self._pressed
        self._pressed = None
        if self._banding:
            self._end_band(event.modifiers())
        elif spot is not None:
            self._click(spot, event.modifiers())
        elif start.y() >= HEIGHT:
            self._click_row(start, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = self.spot_at(event.position())
        if spot is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.content.stop(spot).orders[0])

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(QPointF(-1, -1), QPoint())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        spot = self.look.current if keyboard else self.spot_at(QPointF(event.pos()))
        if spot is not None and not self._selected(spot):
            self._click(spot, Qt.KeyboardModifier.NoModifier)
        row = spot.row if spot is not None else self.row_at(QPointF(event.pos()))
        at = self.mapToGlobal(self.area_of(spot).center().toPoint()) if keyboard and spot is not None else event.globalPos()
        self.menu.emit(spot, row, at)

    def _selected(self, spot: Spot) -> bool:
        return not self.look.orders.isdisjoint(self.content.stop(spot).orders)

    def _click(self, spot: Spot, modifiers: Qt.KeyboardModifier) -> None:
        toggle, extend = bool(modifiers & _CTRL), bool(modifiers & _SHIFT)
        made = clicked(self.content, self.look.orders, self._anchor, spot, toggle=toggle, extend=extend)
        if not extend:
            self._anchor = spot
        self.picked.emit(made)

    def _click_row(self, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        row = self.row_at(point)
        if not modifiers & (_CTRL | _SHIFT):
            self.picked.emit(Picked(orders=frozenset()))
        if row is not None:
            self.row_picked.emit(row)

    def _moved(self, point: QPointF) -> None:
        """The pointer moves with its button held: a drag of stops, or a rubber band."""
        if self._pressed is None:
            return
        start, spot = self._pressed
        if not self._banding and (point - start).manhattanLength() < QApplication.startDragDistance():
            return
        if spot is not None:
            self._pressed = None
            if self.editable:
                self._drag()
        else:
            self._banding = True
            self._band.setGeometry(QRect(start.toPoint(), point.toPoint()).normalized())
            self._band.show()

    def _end_band(self, modifiers: Qt.KeyboardModifier) -> None:
        area = QRectF(self._band.geometry())
        self._band.hide()
        self._banding = False
        spots = self.spots_in(area)
        kept = self.look.orders if modifiers & (_CTRL | _SHIFT) else frozenset[OrderId]()
        self.picked.emit(Picked(orders=kept | self.content.orders(spots), current=spots[0] if spots else None))

    def _hover(self, point: QPointF, where: QPoint) -> None:
        spot = self.spot_at(point)
        if spot != self.look.hovered or self.row_at(point) != self.look.hovered_row:
            self.set_look(replace(self.look, hovered=spot, hovered_row=self.row_at(point)))
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if spot is not None else Qt.CursorShape.ArrowCursor)
            self.hovered.emit(spot, where)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Arrows, Home and End go from stop to stop here; elsewhere they are keys of acts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._walks(event) is not None:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        walk, key = self._walks(event), Qt.Key(event.key())
        if walk is not None:
            self._walk(bool(event.modifiers() & _SHIFT), **walk)
        elif key in _ENTERS and self.look.current is not None and not event.modifiers():
            self.opened.emit(self.content.stop(self.look.current).orders[0])
        elif key in _ZOOM and not event.modifiers() & _CTRL:
            self.zoom(_ZOOM[key])
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.scroll_to(self.lens.top + self.lens.height * (0.9 if key == Qt.Key.Key_PageDown else -0.9))
        elif key == Qt.Key.Key_A and event.modifiers() == _CTRL:
            everything = (Spot(row, at) for row, known in enumerate(self.content.rows) for at in range(len(known.stops)))
            self.picked.emit(Picked(orders=self.content.orders(everything), current=self.look.current))
        else:
            event.ignore()

    @staticmethod
    def _walks(event: QKeyEvent) -> dict[str, int] | None:
        plain = not event.modifiers() & ~(_SHIFT | Qt.KeyboardModifier.KeypadModifier)
        return _WALKS.get(Qt.Key(event.key())) if plain else None

    def _walk(self, extend: bool, **way: int) -> None:
        spot = walked(self.content, self.look.current, self.content.row_of(self.look.route), **way)
        if spot is None:
            return
        self.reveal(spot)
        if extend and self._anchor is None:
            self._anchor = self.look.current
        self._click(spot, _SHIFT if extend else Qt.KeyboardModifier.NoModifier)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.set_look(replace(self.look, focused=True))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.set_look(replace(self.look, focused=False))

    # Dragging

    def carried(self) -> tuple[OrderId, ...]:
        """What a drag takes along: the orders of the selected stops, row by row in driving order."""
        chosen = self.look.orders
        return tuple(order for row in self.content.rows for stop in row.stops if not chosen.isdisjoint(stop.orders) for order in stop.orders)

    def place_at(self, point: QPoint) -> Target | None:
        """The route and the position in it that something dropped at a point of the view would get."""
        row = self.row_at(QPointF(point))
        return self.content.target(row, self.lens.reading(point.x())) if row is not None else None

    def _drag(self) -> None:
        orders = self.carried()
        if not orders:
            return
        carried = QMimeData()
        carried.setData(ORDERS_MIME, "\n".join(orders).encode())
        self._hover(QPointF(-1, -1), QPoint())
        start_drag(self, carried)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drag_over(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drag_over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_target(None)

    def dropEvent(self, event: QDropEvent) -> None:
        target = self.place_at(event.position().toPoint())
        self._show_target(None)
        if target is None or not self._takes(event):
            return
        orders = tuple(OrderId(each) for each in bytes(event.mimeData().data(ORDERS_MIME).data()).decode().split("\n"))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit((target.route, target.position, orders))

    def _drag_over(self, event: QDragMoveEvent) -> None:
        self._drag_at = event.position()
        target = self.place_at(event.position().toPoint()) if self._takes(event) else None
        self._show_target(target)
        if self._takes(event):
            self._scroller.start()
            event.acceptProposedAction()
        else:
            event.ignore()

    def _takes(self, event: QDropEvent) -> bool:
        return self.editable and event.mimeData().hasFormat(ORDERS_MIME)

    def _show_target(self, target: Target | None) -> None:
        if target is None:
            self._scroller.stop()
        self.set_look(replace(self.look, target=target))

    def _scroll_on(self) -> None:
        """Rows and hours come into view while something is held near the edge."""
        x, y, step = self._drag_at.x(), self._drag_at.y(), self.lens.row / 3
        if y - HEIGHT < _SCROLL_EDGE:
            self.scroll_to(self.lens.top - step)
        elif self.height() - y < _SCROLL_EDGE:
            self.scroll_to(self.lens.top + step)
        if x < _SCROLL_EDGE and self.lens.first > self.content.extent[0]:
            self.pan(-2 * step)
        elif self.width() - x < _SCROLL_EDGE and self.lens.first + self.lens.span < self.content.extent[1]:
            self.pan(2 * step)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 90)
