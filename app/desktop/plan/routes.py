"""The route list: colour chip with number, vehicle and driver, load bar, stops, span, and late marks."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QLineF, QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop import names
from app.desktop.actions import ROUTE_MENU, Actions
from app.desktop.dragging import ghost
from app.desktop.format import Formats
from app.desktop.palette import badge_text_color, route_color
from app.desktop.selection import Selected, Selection
from app.desktop.theme import Tokens
from app.desktop.widgets.mirror import hand
from app.desktop.widgets.painting import font_of
from app.desktop.words import later, tr
from app.domain.ids import RouteId
from app.domain.sentences import Fact, Sentence
from app.services.queries import RouteRow

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
ORDERS_MIME = ghost.ORDERS_MIME
_LOW, _HIGH = 46, 62
SORTS = (("number", later("By number")), ("late", later("Late first")), ("load", later("Fullest first")), ("ends", later("Back last first")))
"""In which order routes can stand."""


class RouteModel(QAbstractListModel):
    """The routes of the day by number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[RouteRow, ...] = ()
        self.formats = Formats()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number} {row.vehicle}"
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return route_words(row, self.formats)
        return row if role == ROW else None

    def set_rows(self, rows: Sequence[RouteRow], formats: Formats) -> None:
        """Shows these routes."""
        same = [row.id for row in rows] == [row.id for row in self.rows]
        if not same:
            self.beginResetModel()
        self.rows, self.formats = tuple(rows), formats
        if not same:
            self.endResetModel()
        elif self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def place_of(self, route: RouteId | None) -> int | None:
        """Where a route stands in the list."""
        return next((at for at, row in enumerate(self.rows) if row.id == route), None)


def route_words(row: RouteRow, formats: Formats) -> str:
    """The route in one sentence, for screen readers and the tooltip."""
    facts: dict[str, Fact] = {
        "count": row.stops,
        "number": row.number,
        "vehicle": row.vehicle,
        "driver": row.driver or "–",
        "span": formats.span(row.leaves, row.ends) if row.stops else "–",
        "late": row.late,
        "load": formats.percent(row.share) if row.share is not None else "–",
        "distance": formats.kilometers(row.meters),
    }
    words = formats.say(Sentence.of("desktop.route_words", **facts))
    return f"{words}\n{names.road_marks(row.roads, formats)}" if row.roads else words


class RouteDelegate(QStyledItemDelegate):
    """Draws one route on two lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens | None = None
        self.dense = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, _LOW if self.dense else _HIGH)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, tokens, model = index.data(ROW), self.tokens, index.model()
        if row is None or tokens is None or not isinstance(model, RouteModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        pen, state = hand(painter, area, option.direction), option.state
        if state & QStyle.StateFlag.State_Selected:
            pen.fillRect(area, QColor(tokens.selected))
            pen.fillRect(QRectF(area.left(), area.top(), 3, area.height()), QColor(tokens.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            pen.fillRect(area, QColor(tokens.hover))
        self._badge(pen, row, area)
        right = self._figures(pen, row, area, model.formats, tokens)
        self._names(pen, row, area, right, tokens)
        if not self.dense:
            self._words(pen, row, area, model.formats, tokens)
        painter.restore()

    def _badge(self, painter: QPainter, row: RouteRow, area: QRectF) -> None:
        box = QRectF(area.left() + 12, area.top() + 12, 24, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(route_color(row.number)))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(badge_text_color(row.number)))
        painter.setFont(font_of(painter, 11, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(row.number))

    def _figures(self, painter: QPainter, row: RouteRow, area: QRectF, formats: Formats, tokens: Tokens) -> float:
        """Draws stops, late mark and span at the right; returns the left edge of what it drew."""
        edge = area.right() - 12
        top = QRectF(area.left(), area.top() + 5, edge - area.left(), 18)
        bottom = QRectF(area.left(), area.top() + 24, edge - area.left(), 18)
        painter.setFont(font_of(painter, 13))
        end = edge
        if row.late:
            end = _right(painter, top, end, f"▲ {row.late}", tokens.late, bold=True) - 8
        elif row.violations or row.broken:
            end = _right(painter, top, end, "◆", tokens.risk, bold=True) - 8
        if row.roads:
            end = _right(painter, top, end, "▨", tokens.late if any(not mark.slow for mark in row.roads) else tokens.risk, bold=True) - 6
        if row.locked:
            end = _right(painter, top, end, "🔒", tokens.muted) - 6
        end = _right(painter, top, end, str(row.stops), tokens.text)
        painter.setFont(font_of(painter, 11))
        span = formats.span(row.leaves, row.ends) if row.stops else "–"
        return min(end, _right(painter, bottom, edge, span, tokens.muted)) - 10

    def _names(self, painter: QPainter, row: RouteRow, area: QRectF, right: float, tokens: Tokens) -> None:
        left = area.left() + 46
        font = font_of(painter, 13, bold=True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        name = QFontMetrics(font).elidedText(row.vehicle, Qt.TextElideMode.ElideRight, int(right - left))
        painter.drawText(QRectF(left, area.top() + 6, right - left, 18), Qt.AlignmentFlag.AlignVCenter, name)
        used = QFontMetrics(font).horizontalAdvance(name) + 6
        painter.setFont(font_of(painter, 12))
        painter.setPen(QColor(tokens.muted))
        room = right - left - used
        if room > 24:
            driver = QFontMetrics(painter.font()).elidedText(row.driver, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(left + used, area.top() + 6, room, 18), Qt.AlignmentFlag.AlignVCenter, driver)
        self._load_bar(painter, row, QRectF(left, area.top() + 31, right - left, 4), tokens)

    def _words(self, painter: QPainter, row: RouteRow, area: QRectF, formats: Formats, tokens: Tokens) -> None:
        """The third line: how full, and how long of what is allowed."""
        line = QRectF(area.left() + 46, area.top() + 41, area.width() - 58, 18)
        painter.setFont(font_of(painter, 11))
        over = row.stops and row.allowed and row.ends - row.leaves > row.allowed
        hours = (
            f"{'▲ ' if over else ''}{formats.duration(row.ends - row.leaves)} / {formats.duration(row.allowed)}" if row.stops else formats.duration(row.allowed)
        )
        end = _right(painter, line, line.right(), hours, tokens.late if over else tokens.muted) if row.allowed else line.right()
        if row.share is not None:
            painter.setPen(QColor(tokens.late if row.share > 1 else tokens.muted))
            room = QRectF(line.left(), line.top(), end - line.left() - 8, line.height())
            text = QFontMetrics(painter.font()).elidedText(
                tr("Load {share}").format(share=formats.percent(row.share)), Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _load_bar(self, painter: QPainter, row: RouteRow, bar: QRectF, tokens: Tokens) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(bar, 2, 2)
        share = min(1.0, row.share or 0.0)
        if share > 0:
            painter.setBrush(QColor(route_color(row.number)))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(4.0, bar.width() * share), bar.height()), 2, 2)
        if row.share is not None and row.share > 1:
            painter.setPen(QPen(QColor(tokens.late), 2))
            painter.drawLine(QLineF(bar.right(), bar.top() - 3, bar.right(), bar.bottom() + 3))


def _right(painter: QPainter, line: QRectF, edge: float, text: str, color: str, *, bold: bool = False) -> float:
    """Draws a text that ends at `edge`; returns where it begins."""
    font = QFont(painter.font())
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(color))
    width = QFontMetrics(font).horizontalAdvance(text)
    painter.drawText(QRectF(edge - width - 1, line.top(), width + 2, line.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return edge - width


_KEYS: Mapping[str, Callable[[RouteRow], tuple[float, int]]] = {
    "number": lambda row: (row.number, 0),
    "late": lambda row: (-row.worst_late, row.number),
    "load": lambda row: (-(row.share or 0.0), row.number),
    "ends": lambda row: (-row.ends, row.number),
}


class RouteList(QListView):
    """The routes; picking one puts it in view."""

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._actions = actions
        self._quiet = False
        self._sort = "number"
        self._rows: tuple[RouteRow, ...] = ()
        self._formats = Formats()
        self.routes = RouteModel(self)
        self._delegate = RouteDelegate(self)
        self.setModel(self.routes)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setMinimumWidth(200)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Routes"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.selectionModel().currentChanged.connect(self._current_changed)
        actions.lend_keys(self)
        selection.changed.connect(self._selected)

    def show_routes(self, rows: Sequence[RouteRow], formats: Formats) -> None:
        """Shows the routes of a day."""
        self._rows, self._formats = tuple(rows), formats
        self._quiet = True
        self.routes.set_rows(sorted(rows, key=_KEYS[self._sort]), formats)
        self._quiet = False
        self._mark(self._selection.held.route)

    def sort(self, name: str) -> None:
        """Puts the routes in another order, one of SORTS."""
        self._sort = name
        self.show_routes(self._rows, self._formats)

    def set_dense(self, dense: bool) -> None:
        """Lower rows, without the line of words."""
        self._delegate.dense = dense
        self.scheduleDelayedItemsLayout()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here."""

    def _mark(self, route: RouteId | None) -> None:
        at = self.routes.place_of(route)
        self._quiet = True
        if at is None:
            self.selectionModel().clear()
        else:
            self.setCurrentIndex(self.routes.index(at))
        self._quiet = False

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self._selection.show_route(now.data(ROW).id)

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        self._mark(held.route)

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        self._actions.context_menu(self, ROUTE_MENU).exec(self.viewport().mapToGlobal(at))
