"""The column beside the timeline: number, driver, vehicle, stops and late mark of each row; it scrolls with the rows."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.desktop.board.drawing import draw_badge, draw_load, small, strong, write
from app.desktop.plan.routes import ORDERS_MIME, route_words
from app.desktop.timeline.content import Row
from app.desktop.timeline.hands import Timeline
from app.desktop.timeline.marks import color
from app.desktop.widgets.mirror import hand
from app.desktop.words import tr
from app.domain.ids import OrderId
from app.services.queries import RouteRow

WIDTH = 196
_SIDE, _BADGE = 8, 24


class Drivers(QWidget):
    """One line a row, beside its day. `picked` carries a row number, `menu` a row number and a global point, `dropped` (route, position, orders)."""

    picked = Signal(int)
    menu = Signal(int, QPoint)
    dropped = Signal(object)

    def __init__(self, view: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.setFixedWidth(WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("Drivers"))
        view.moved.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        content, lens = self._view.content, self._view.lens
        for row in lens.rows(len(content.rows)):
            area = QRectF(0, lens.y(row), self.width(), lens.row)
            self._row(hand(painter, area, self.layoutDirection()), content.rows[row], area, hovered=row == self._view.look.hovered_row)
        edge = 0 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else self.width() - 1
        painter.fillRect(QRectF(edge, 0, 1, self.height()), color(self._view.look.tokens.line))

    def _row(self, painter: QPainter, known: Row, area: QRectF, *, hovered: bool) -> None:
        look, route = self._view.look, known.route
        tokens = look.tokens
        if route.id == look.route:
            painter.fillRect(area, color(tokens.selected))
            painter.fillRect(QRectF(0, area.top(), 3, area.height()), color(tokens.accent))
        elif hovered:
            painter.fillRect(area, color(tokens.hover))
        painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), color(tokens.line, 90))
        painter.setFont(strong(small(self.font())))
        top = area.top() + (4 if look.sizes.roomy else 3)
        draw_badge(painter, QRectF(_SIDE, top, _BADGE, 18), route.number, str(route.number))
        line = QRectF(_SIDE + _BADGE + 8, top, area.width() - 2 * _SIDE - _BADGE - 8, 18)
        used = self._figures(painter, route, line)
        self._names(painter, route, QRectF(line.left(), line.top(), line.width() - used - 6, 18), area)

    def _names(self, painter: QPainter, route: RouteRow, line: QRectF, area: QRectF) -> None:
        """The driver; in high rows the vehicle and the hours below, else the vehicle behind where there is room."""
        tokens, font = self._view.look.tokens, self.font()
        used = write(painter, strong(font), tokens.text, line, route.driver or route.vehicle)
        if not self._view.look.sizes.roomy:
            room = line.width() - used - 6
            if route.driver and room > 34:
                write(painter, small(font), tokens.muted, QRectF(line.left() + used + 6, line.top(), room, line.height()), route.vehicle)
            return
        below = QRectF(line.left(), area.top() + 19, area.width() - _SIDE - line.left(), 15)
        span = self._view.look.formats.span(route.leaves, route.ends) if route.stops else "–"
        taken = write(painter, small(font), tokens.muted, below, span, right=True) + 6
        write(painter, small(font), tokens.muted, QRectF(below.left(), below.top(), below.width() - taken, below.height()), route.vehicle)
        draw_load(painter, QRectF(_SIDE, area.top() + 27, _BADGE, 4), route.number, route.share, tokens)

    def _figures(self, painter: QPainter, route: RouteRow, line: QRectF) -> float:
        """Stops at the edge, before them the mark and the lock; returns what they take."""
        tokens, font = self._view.look.tokens, small(self.font())
        used = write(painter, font, tokens.text, line, str(route.stops) if route.stops else "–", right=True)
        for text, tone, kind in self._marks(route, font):
            rest = QRectF(line.left(), line.top(), line.width() - used - 6, line.height())
            used += write(painter, kind, tone, rest, text, right=True) + 6
        return used

    def _marks(self, route: RouteRow, font: QFont) -> list[tuple[str, str, QFont]]:
        tokens, found = self._view.look.tokens, []
        if route.late:
            found.append((f"▲ {route.late}", tokens.late, strong(font)))
        elif route.violations or route.broken:
            found.append(("◆", tokens.risk, strong(font)))
        if route.roads:
            found.append(("▨", tokens.late if any(not mark.slow for mark in route.roads) else tokens.risk, strong(font)))
        if route.locked:
            found.append(("🔒", tokens.muted, font))
        return found

    # Mouse

    def row_at(self, y: float) -> int | None:
        """The row at a height."""
        row = self._view.lens.row_at(y)
        return row if 0 <= row < len(self._view.content.rows) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().y())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.row_at(event.pos().y())
        if row is not None:
            self.picked.emit(row)
            self.menu.emit(row, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._view.wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """What a row says in whole, where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(event.pos().y())
            words = route_words(self._view.content.rows[row].route, self._view.look.formats) if row is not None else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def route_at(self, height: float) -> RouteRow | None:
        """The route in a row at a height of the widget."""
        row = self.row_at(height)
        return self._view.content.rows[row].route if row is not None else None

    # Dropping: onto a driver is to the end of the route

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._drag_over(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._drag_over(event)

    def dropEvent(self, event: QDropEvent) -> None:
        row = self.row_at(event.position().y())
        self._show_row(None)
        if row is None or not self._takes(event):
            return
        known = self._view.content.rows[row]
        orders = tuple(OrderId(each) for each in bytes(event.mimeData().data(ORDERS_MIME).data()).decode().split("\n"))
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit((known.route.id, len(known.stops), orders))

    def _drag_over(self, event: QDragMoveEvent) -> None:
        row = self.row_at(event.position().y()) if self._takes(event) else None
        self._show_row(row)
        if row is not None:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._show_row(None)

    def _show_row(self, row: int | None) -> None:
        """Marks the row that would take what is dragged, at its end."""
        target = self._view.content.target(row, self._view.content.extent[1]) if row is not None else None
        self._view.set_look(replace(self._view.look, target=target))

    def _takes(self, event: QDropEvent) -> bool:
        return self._view.editable and event.mimeData().hasFormat(ORDERS_MIME)
