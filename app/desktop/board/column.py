"""One column of the board: a head with the driver and the load, and the stops below it as cards that can be dragged."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QVBoxLayout, QWidget

from app.desktop.board.cards import CardModel
from app.desktop.board.drawing import CardDelegate, draw_badge, draw_load, line_height, small, strong, write
from app.desktop.dragging.ghost import ORDERS_MIME, start_drag
from app.desktop.format import Formats
from app.desktop.plan.routes import route_words
from app.desktop.theme import LIGHT, Tokens
from app.desktop.widgets.mirror import hand
from app.desktop.words import tr
from app.domain.ids import OrderId, RouteId
from app.domain.sentences import Sentence
from app.services.queries import BoardRow, RouteRow, StopRow

WIDTH, NARROW = 216, 46
"""Pixels of a column, and of one without stops."""
_SIDE = 10


class ColumnHead(QWidget):
    """Chip, driver, vehicle, load, stops, span and late stops; of the pool: how many wait. A click puts the route in view."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens = LIGHT
        self.route: RouteRow | None = None
        self.lines = ("", "")
        self.narrow = False
        self.in_view = False
        self._hovered = False

    def sizeHint(self) -> QSize:
        line = line_height(self.font())
        return QSize(NARROW if self.narrow else WIDTH, 2 * line + 24)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.clicked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, area = self.tokens, QRectF(self.rect())
        pen = hand(painter, area, self.layoutDirection())
        painter.fillRect(area, QColor(tokens.selected if self.in_view else tokens.hover if self._hovered else tokens.surface))
        if self.in_view:
            painter.fillRect(QRectF(0, 0, area.width(), 3), QColor(tokens.accent))
        self._names(pen, area)
        painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), QColor(tokens.line))

    def _names(self, painter: QPainter, area: QRectF) -> None:
        tokens, font, route = self.tokens, self.font(), self.route
        line = line_height(font)
        left, top = float(_SIDE), 8.0
        if route is not None:
            painter.setFont(strong(small(font)))
            draw_badge(painter, QRectF(left, top, 26, line + 2), route.number, str(route.number))
            left += 34
        if self.narrow:
            return
        room = area.right() - _SIDE - left
        used = write(painter, strong(font), tokens.text, QRectF(left, top, room, line), self.lines[0])
        if route is not None and room - used > 40:
            write(painter, small(font), tokens.muted, QRectF(left + used + 6, top, room - used - 6, line), route.vehicle)
        self._figures(painter, QRectF(left, top + line + 2, room, line), small(font))
        if route is not None:
            draw_load(painter, QRectF(_SIDE, area.bottom() - 9, area.width() - 2 * _SIDE, 4), route.number, route.share, tokens)

    def _figures(self, painter: QPainter, line: QRectF, font: QFont) -> None:
        route, tokens = self.route, self.tokens
        used = write(painter, font, tokens.muted, line, self.lines[1])
        rest = QRectF(line.left() + used + 8, line.top(), line.width() - used - 8, line.height())
        if route is not None and route.late:
            write(painter, strong(font), tokens.late, rest, f"▲ {route.late}", right=True)
        elif route is not None and (route.violations or route.broken):
            write(painter, strong(font), tokens.risk, rest, "◆", right=True)
        elif route is not None and route.locked:
            write(painter, font, tokens.muted, rest, "🔒", right=True)


class CardList(QListView):
    """The cards of a column. `turned` carries −1 or +1 for the neighbouring column; `picked` whether to add."""

    turned = Signal(int)
    picked = Signal(bool)
    dragging = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards = CardModel(self)
        self.tokens = LIGHT
        self.carried: Sequence[OrderId] = ()
        self._quiet = self._adding = False
        self.setModel(self.cards)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().selectionChanged.connect(self._changed)

    def mark(self, orders: frozenset[OrderId]) -> None:
        """Selects the cards of these orders, without telling."""
        wanted = list(self.cards.places_of(orders))
        now = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        if wanted == now:
            return
        picked = QItemSelection()
        for at in wanted:
            picked.select(self.cards.index(at), self.cards.index(at))
        self._quiet = True
        self.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if wanted:
            if self.currentIndex().row() not in wanted:
                self.selectionModel().setCurrentIndex(self.cards.index(wanted[0]), QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(self.currentIndex())
        self._quiet = False

    def chosen(self) -> tuple[OrderId, ...]:
        """The orders of the selected cards, from the top."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(order for at in rows for order in self.cards.orders_at(at))

    def enter(self, near: int) -> None:
        """Takes the focus; the card nearest to a height (pixels of the viewport) becomes the chosen one."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        count = self.cards.rowCount()
        if not count:
            self._adding = False
            self.picked.emit(False)
            return
        index = self.indexAt(QPoint(8, near))
        self.setCurrentIndex(index if index.isValid() else self.cards.index(count - 1))

    def height_of_current(self) -> int:
        """Where the current card stands, in pixels of the viewport."""
        return self.visualRect(self.currentIndex()).center().y() if self.currentIndex().isValid() else 0

    def event(self, event: QEvent) -> bool:
        """Arrows to the side go to the next column here, not to the next day."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _sideways(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._adding = False
        if _sideways(event):
            self.turned.emit(_sideways(event))
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._adding = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mousePressEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        self.dragging.emit()
        orders = self.carried or self.chosen()
        if not orders:
            return
        carried = self.cards.mimeData(())
        carried.setData(ORDERS_MIME, "\n".join(orders).encode())
        start_drag(self, carried)

    @Slot(QItemSelection, QItemSelection)
    def _changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if not self._quiet:
            self.picked.emit(self._adding)


def _sideways(event: QKeyEvent) -> int:
    """−1 or +1 for a bare arrow to the side, else 0."""
    bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0) if bare else 0


class Column(QFrame):
    """A route, or the pool, with its cards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.route: RouteId | None = None
        self.head = ColumnHead(self)
        self.list = CardList(self)
        self.delegate = CardDelegate(self.list)
        self.list.setItemDelegate(self.delegate)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 1, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.list, 1)
        self.head.clicked.connect(self.list.setFocus)

    def show_route(self, row: RouteRow, stops: Sequence[StopRow], formats: Formats) -> None:
        """Shows a route with its stops."""
        self.route, self.head.route = row.id, row
        count = formats.say(Sentence.of("desktop.board_stops", count=row.stops))
        self.head.lines = (row.driver or row.vehicle, f"{count} · {formats.span(row.leaves, row.ends)}" if row.stops else tr("No stops"))
        self.delegate.number = row.number
        self._show(stops, formats, route_words(row, formats), narrow=not row.stops)

    def show_pool(self, rows: Sequence[BoardRow], formats: Formats) -> None:
        """Shows the orders in no route."""
        self.head.lines = (tr("Pool"), formats.say(Sentence.of("desktop.day_orders", count=len(rows))))
        self._show(rows, formats, f"{tr('Pool')}: {self.head.lines[1]}", narrow=False)

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self.head.tokens = self.list.tokens = self.delegate.tokens = tokens
        self.head.update()
        self.list.viewport().update()

    def set_in_view(self, in_view: bool) -> None:
        """Whether its route is the one in view."""
        if in_view != self.head.in_view:
            self.head.in_view = in_view
            self.head.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), QColor(self.head.tokens.line))

    def _show(self, rows: Sequence[StopRow | BoardRow], formats: Formats, words: str, *, narrow: bool) -> None:
        self.list.cards.set_rows(rows, formats)
        self.list.setAccessibleName(words)
        self.head.setToolTip(words)
        self.head.narrow = narrow
        self.head.updateGeometry()
        self.setFixedWidth(NARROW if narrow else WIDTH)
        self.head.update()
