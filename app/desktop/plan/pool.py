"""The pool: orders in no route, each with its reason."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop.actions import ORDER_MENU, Actions
from app.desktop.dragging.ghost import ORDERS_MIME, start_drag
from app.desktop.format import Formats
from app.desktop.selection import Selected, Selection
from app.desktop.theme import Tokens
from app.desktop.widgets.mirror import hand
from app.desktop.widgets.row_paint import fit, ground, mark
from app.desktop.words import tr
from app.services.queries import BoardRow, Standing

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_LINE = 17
_PADDING = 6


class PoolModel(QAbstractListModel):
    """The orders that no route serves, plannable ones first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[BoardRow, ...] = ()
        self.formats = Formats()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.number} {row.address}"
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            return "\n".join(part for part in pool_lines(row, self.formats) if part)
        return row if role == ROW else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else super().flags(index)

    def mimeTypes(self) -> list[str]:
        return [ORDERS_MIME]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        carried = QMimeData()
        carried.setData(ORDERS_MIME, "\n".join(self.rows[index.row()].order for index in indexes).encode())
        return carried

    def set_rows(self, rows: Sequence[BoardRow], formats: Formats) -> None:
        """Shows these orders."""
        if [row.order for row in rows] == [row.order for row in self.rows] and formats is self.formats:
            self.rows = tuple(rows)
            if self.rows:
                self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))
            return
        self.beginResetModel()
        self.rows, self.formats = tuple(rows), formats
        self.endResetModel()


def _telling(row: BoardRow) -> bool:
    """Whether the reason says more than that nobody has planned yet, which holds for the whole pool then."""
    return bool(row.reasons) and row.reasons[0].key != "planning.not_planned_yet"


def pool_lines(row: BoardRow, formats: Formats) -> tuple[str, str, str]:
    """Number and address; window and load; the reason."""
    window = formats.windows(row.windows) or tr("any time")
    load = f"{row.pieces} × {formats.weight(row.weight)}" if row.pieces > 1 else formats.weight(row.weight)
    reason = formats.say(row.reasons[0]) if _telling(row) else ""
    return f"{row.number}  {row.address}", f"{window} · {load}", reason


class PoolDelegate(QStyledItemDelegate):
    """Draws one order on two or three lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW)
        return QSize(160, (3 if row is not None and _telling(row) else 2) * _LINE + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, tokens, model = index.data(ROW), self.tokens, index.model()
        if row is None or tokens is None or not isinstance(model, PoolModel):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        pen = hand(painter, area, option.direction)
        ground(pen, area, option.state, tokens)
        held = row.standing is Standing.HELD
        middle = QRectF(area.left() + 12, area.top() + _PADDING + 2, 12, 12).center()
        mark(pen, middle, "✕" if held else "◇", tokens.late if held else tokens.text)
        self._lines(pen, area, pool_lines(row, model.formats), row.number, tokens, held)
        painter.restore()

    def _lines(self, painter: QPainter, area: QRectF, lines: tuple[str, str, str], number: str, tokens: Tokens, held: bool) -> None:
        left, width = area.left() + 34, area.width() - 46
        bold, plain = QFont(painter.font()), QFont(painter.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(tokens.text))
        top = area.top() + _PADDING
        painter.drawText(QRectF(left, top, width, _LINE), Qt.AlignmentFlag.AlignVCenter, fit(bold, number, width))
        used = QFontMetrics(bold).horizontalAdvance(number) + 8
        painter.setFont(plain)
        painter.drawText(
            QRectF(left + used, top, width - used, _LINE), Qt.AlignmentFlag.AlignVCenter, fit(plain, lines[0][len(number) :].strip(), width - used)
        )
        small = QFont(plain)
        small.setPixelSize(12)
        painter.setFont(small)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QRectF(left, top + _LINE, width, _LINE), Qt.AlignmentFlag.AlignVCenter, fit(small, lines[1], width))
        painter.setPen(QColor(tokens.late if held else tokens.risk))
        painter.drawText(QRectF(left, top + 2 * _LINE, width, _LINE), Qt.AlignmentFlag.AlignVCenter, fit(small, lines[2], width))


class PoolList(QListView):
    """The pool; rows can be dragged to any place of a route."""

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._actions = actions
        self._quiet = False
        self.pool = PoolModel(self)
        self._delegate = PoolDelegate(self)
        self.setModel(self.pool)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("Pool"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._menu)
        self.selectionModel().selectionChanged.connect(self._changed)
        actions.lend_keys(self)
        selection.changed.connect(self._selected)

    def show_pool(self, rows: Sequence[BoardRow], formats: Formats) -> None:
        """Shows the orders in no route."""
        self._quiet = True
        self.pool.set_rows(rows, formats)
        self._quiet = False
        self._selected(self._selection.held)

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here."""

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        start_drag(self, self.pool.mimeData(self.selectedIndexes()))

    @Slot(QItemSelection, QItemSelection)
    def _changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if self._quiet:
            return
        chosen = [self.pool.rows[index.row()].order for index in self.selectionModel().selectedIndexes()]
        current = self.currentIndex()
        self._selection.pick(chosen, current=self.pool.rows[current.row()].order if current.isValid() else None)

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        self._quiet = True
        picked = QItemSelection()
        for at, row in enumerate(self.pool.rows):
            if row.order in held.orders:
                picked.select(self.pool.index(at), self.pool.index(at))
        self.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if picked.indexes() and not self.hasFocus():
            self.scrollTo(picked.indexes()[0])
        self._quiet = False

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        self._actions.context_menu(self, ORDER_MENU).exec(self.viewport().mapToGlobal(at))
