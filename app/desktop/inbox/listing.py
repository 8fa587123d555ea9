"""The rows of the inbox: a list model of what needs a person, and how a row is drawn with its one act."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop.format import Formats
from app.desktop.inbox.words import Said, words_of
from app.desktop.theme import Tokens
from app.desktop.widgets.mirror import hand, turned
from app.desktop.widgets.row_paint import fit, ground, mark
from app.services.attention import Item, Matter

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
SAID = Qt.ItemDataRole.UserRole + 1
_LINE, _PADDING, _LEFT, _RIGHT = 18, 8, 38, 14
_WIDE = 420
"""Pixels from which on the act is a button at the right; below, it stands under the words."""


class InboxModel(QAbstractListModel):
    """What needs a person, most urgent first; `show_only` keeps one kind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[Item, ...] = ()
        self._formats = Formats()
        self._only: Matter | None = None
        self.rows: tuple[Item, ...] = ()
        self._said: dict[str, Said] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.rows[index.row()]
        if role == ITEM:
            return item
        said = self._words(item)
        if role == SAID:
            return said
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{said.head} {said.rest}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (f"{said.head} {said.rest}", said.window, said.why) if part)
        return said.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def set_items(self, items: Sequence[Item], formats: Formats) -> None:
        """Shows these things."""
        if tuple(items) == self._items and formats == self._formats:
            return
        self._items, self._formats, self._said = tuple(items), formats, {}
        self._refill()

    def show_only(self, matter: Matter | None) -> None:
        """Keeps one kind; None: all."""
        if matter is not self._only:
            self._only = matter
            self._refill()

    def row_of(self, key: str) -> int:
        """The row of a thing by its key; -1: it is not shown."""
        return next((at for at, item in enumerate(self.rows) if item.key == key), -1)

    def _refill(self) -> None:
        self.beginResetModel()
        self.rows = tuple(item for item in self._items if self._only is None or item.matter is self._only)
        self.endResetModel()

    def _words(self, item: Item) -> Said:
        said = self._said.get(item.key)
        if said is None:
            said = self._said[item.key] = words_of(item, self._formats)
        return said


class InboxDelegate(QStyledItemDelegate):
    """Draws one thing; a press on its act is told by `pressed` with the Item."""

    pressed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        wide = isinstance(view, QListView) and view.viewport().width() >= _WIDE
        return QSize(200, (2 if wide else 3) * _LINE + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        said, tokens = index.data(SAID), self.tokens
        if not isinstance(said, Said) or tokens is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        pen = hand(painter, area, option.direction)
        ground(pen, area, option.state, tokens)
        tone = str(getattr(tokens, said.tone))
        mark(pen, QPointF(area.left() + 20, area.top() + _PADDING + _LINE / 2), said.mark, tone)
        act = self.act_area(area, said, painter.font())
        self._words(pen, area, act, said, tokens, tone)
        focused = bool(option.state & QStyle.StateFlag.State_Selected)
        self._act(pen, act, said.act, tokens, focused=focused)
        painter.restore()

    def act_area(self, area: QRectF, said: Said, font: QFont) -> QRectF:
        """Where the act of a row stands: at its right, or under its words where there is no room."""
        width = QFontMetrics(_bold(font)).horizontalAdvance(said.act) + 24.0
        if area.width() >= _WIDE:
            return QRectF(area.right() - _RIGHT - width, area.center().y() - 14, width, 28)
        return QRectF(area.left() + _LEFT, area.top() + _PADDING + 2 * _LINE, width - 24, _LINE)

    def _words(self, painter: QPainter, area: QRectF, act: QRectF, said: Said, tokens: Tokens, tone: str) -> None:
        plain, bold = QFont(painter.font()), _bold(painter.font())
        left, top = area.left() + _LEFT, area.top() + _PADDING
        room = (act.left() - 12 if area.width() >= _WIDE else area.right() - _RIGHT) - left
        used = _write(painter, bold, tokens.text, left, top, room, said.head)
        _write(painter, plain, tokens.text, left + used + 8, top, room - used - 8, said.rest)
        small = QFont(plain)
        small.setPixelSize(12)
        used = _write(painter, small, tokens.muted, left, top + _LINE, room, f"{said.window}  " if said.window else "")
        _write(painter, small, tone, left + used, top + _LINE, room - used, said.why)

    def _act(self, painter: QPainter, where: QRectF, text: str, tokens: Tokens, *, focused: bool) -> None:
        painter.setFont(_bold(painter.font()))
        button = where.height() > _LINE
        if button:
            painter.setPen(QPen(QColor(tokens.accent if focused else tokens.line), 1))
            painter.setBrush(QColor(tokens.surface))
            painter.drawRoundedRect(where, 4, 4)
        painter.setPen(QColor(tokens.accent))
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter if button else Qt.AlignmentFlag.AlignVCenter, text)

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            said = index.data(SAID)
            area = QRectF(option.rect)
            if isinstance(said, Said) and self.act_area(area, said, option.font).contains(turned(event.position(), area, option.direction)):
                self.pressed.emit(index.data(ITEM))
                return True
        return super().editorEvent(event, model, option, index)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _write(painter: QPainter, font: QFont, color: str, left: float, top: float, room: float, text: str) -> float:
    """Writes a text of one line and tells how wide it came out."""
    shown = fit(font, text, room)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRectF(left, top, max(0.0, room), _LINE), Qt.AlignmentFlag.AlignVCenter, shown)
    return float(QFontMetrics(font).horizontalAdvance(shown))
