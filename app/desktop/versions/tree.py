"""The tree of versions as a list: its model, and how a row is drawn: tick, branch, name and numbers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop.board.drawing import small, strong, write
from app.desktop.format import Formats
from app.desktop.theme import LIGHT, Tokens
from app.desktop.versions.lines import Line, Role, about, name_of, numbers_of, said_numbers
from app.desktop.words import tr
from app.services.version_comparison import MOST

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_HEIGHT, _LANE, _BOX, _DOT = 62, 14, 16, 4.5
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable


class VersionModel(QAbstractListModel):
    """The rows; those that are ticked are compared. `ticked` carries their keys, in the order of the rows."""

    ticked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self.formats = Formats()
        self._currency = ""
        self._now: datetime | None = None
        self._names: Mapping[str, str] = {}
        self._ticks: frozenset[str] = frozenset()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name_of(line, self.formats)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if line.key in self._ticks else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return (", " if role == Qt.ItemDataRole.AccessibleTextRole else "\n").join(part for part in self._said(line) if part)
        return line if role == LINE else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """A fifth tick is not taken: so many plans are compared at most."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        key, wanted = self.lines[index.row()].key, Qt.CheckState(value) is Qt.CheckState.Checked
        if wanted and len(self._ticks) >= MOST:
            return False
        self._ticks = self._ticks | {key} if wanted else self._ticks - {key}
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit(self.ticks)
        return True

    @property
    def ticks(self) -> tuple[str, ...]:
        """The keys of the ticked rows, from the top."""
        return tuple(line.key for line in self.lines if line.key in self._ticks)

    def show(self, lines: tuple[Line, ...], formats: Formats, currency: str, now: datetime) -> None:
        """Shows these rows; ticks stay with what is still there."""
        self.beginResetModel()
        self.lines, self.formats, self._currency, self._now = lines, formats, currency, now
        self._names = {line.key: name_of(line, formats) for line in lines if line.version is not None}
        current = next((line.key for line in lines if line.version is not None and line.version.current), None)
        self._names = {**self._names, **({"": self._names[current]} if current is not None else {})}
        self._ticks &= {line.key for line in lines}
        self.endResetModel()
        self.ticked.emit(self.ticks)

    def about(self, line: Line) -> str:
        """When, by whom, from what."""
        return about(line, self.formats, self._now, self._names) if self._now is not None else ""

    def numbers(self, line: Line) -> str:
        """Cost and what is wrong with it, short."""
        return numbers_of(line.figures, self.formats, self._currency)

    def _said(self, line: Line) -> tuple[str, ...]:
        current = tr("the plan grew out of it") if line.version is not None and line.version.current else ""
        return name_of(line, self.formats), current, self.about(line), said_numbers(line.figures, self.formats, self._currency)


class VersionDelegate(QStyledItemDelegate):
    """Draws a row on three lines beside its branch."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, model, area = index.data(LINE), index.model(), QRectF(option.rect)
        if not isinstance(model, VersionModel) or line is None:
            return
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, area, mirrored=mirrored)
        self._tick(painter, option, index)
        lanes = 1 + max((each.lane for each in model.lines), default=0)
        inside = area.adjusted(12 + _BOX + 10, 0, -12, 0)
        self._branch(painter, line, area, inside, mirrored=mirrored)
        self._words(painter, option, line, model, inside.adjusted(lanes * _LANE + 6, 0, 0, 0), area, mirrored=mirrored)
        painter.restore()

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: Index) -> bool:
        """A click on the tick turns it."""
        if not isinstance(event, QMouseEvent) or event.type() is not QEvent.Type.MouseButtonRelease:
            return False
        hit = event.button() is Qt.MouseButton.LeftButton and self._box(option).adjusted(-8, -8, 8, 8).contains(event.position())
        if hit:
            turn(model, index)
        return hit

    def _box(self, option: QStyleOptionViewItem) -> QRectF:
        area = QRectF(option.rect)
        left = area.right() - 12 - _BOX if option.direction is Qt.LayoutDirection.RightToLeft else area.left() + 12
        return QRectF(left, area.center().y() - _BOX / 2, _BOX, _BOX)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRectF, *, mirrored: bool) -> None:
        state, tokens = option.state, self.tokens
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(tokens.hover))
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            edge = area.right() - 3 if mirrored else area.left()
            painter.fillRect(QRectF(edge, area.top(), 3, area.height()), QColor(tokens.accent))
        painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), QColor(tokens.line))

    def _tick(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, tokens = self._box(option), self.tokens
        ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        painter.setPen(QPen(QColor(tokens.accent if ticked else tokens.muted), 1.4))
        painter.setBrush(QColor(tokens.accent if ticked else tokens.surface))
        painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), 3, 3)
        if ticked:
            painter.setPen(QPen(QColor(tokens.surface), 2))
            painter.drawPolyline([box.topLeft() + QPointF(*at) for at in ((4, 8.5), (7, 11.5), (12, 5))])

    def _branch(self, painter: QPainter, line: Line, area: QRectF, inside: QRectF, *, mirrored: bool) -> None:
        """The lines between what grew out of what, and the dot of this row: hollow for what is not kept, a ring for a commit."""

        def across(lane: int) -> float:
            left = inside.left() + lane * _LANE + _LANE / 2
            return area.left() + area.right() - left if mirrored else left

        middle, here = area.top() + 20, across(line.lane)
        painter.setPen(QPen(QColor(self.tokens.muted), 1.4))
        for lane in line.passing:
            painter.drawLine(QPointF(across(lane), area.top()), QPointF(across(lane), area.bottom()))
        for lane in line.joins:
            painter.drawLine(QPointF(across(lane), area.top()), QPointF(across(lane), middle) if lane == line.lane else QPointF(across(lane), middle - 8))
            if lane != line.lane:
                painter.drawLine(QPointF(across(lane), middle - 8), QPointF(here, middle))
        if line.grows:
            painter.drawLine(QPointF(here, middle), QPointF(here, area.bottom()))
        kept = line.version is not None
        here_now = line.role is Role.NOW or (line.version is not None and line.version.current)
        color = QColor(self.tokens.accent if here_now else self.tokens.muted)
        painter.setPen(QPen(color, 1.8))
        painter.setBrush(color if kept else QColor(self.tokens.surface))
        painter.drawEllipse(QPointF(here, middle), _DOT, _DOT)
        if line.role is Role.COMMITTED:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(here, middle), _DOT + 3, _DOT + 3)

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, line: Line, model: VersionModel, inside: QRectF, area: QRectF, *, mirrored: bool) -> None:
        left = area.left() + area.right() - inside.right() if mirrored else inside.left()
        tokens, font = self.tokens, option.font
        rows = (
            (strong(font), tokens.text, 9.0, 20.0, name_of(line, model.formats)),
            (small(font), tokens.muted, 28.0, 15.0, model.about(line)),
            (small(font), tokens.text, 43.0, 15.0, model.numbers(line)),
        )
        for face, color, top, height, text in rows:
            write(painter, face, color, QRectF(left, area.top() + top, inside.width(), height), text, right=mirrored)


def turn(model: VersionModel, index: Index) -> None:
    """Turns the tick of a row."""
    ticked = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
    model.setData(index, Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


class VersionList(QListView):
    """The rows; Space ticks one, Enter and a double click compare it."""

    opened = Signal(str)

    def __init__(self, model: VersionModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.versions = model
        self.setModel(model)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(LINE).key))

    @property
    def line(self) -> Line | None:
        """The row under the cursor."""
        found: Line | None = self.currentIndex().data(LINE)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid():
            turn(self.versions, index)
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() and index.isValid():
            self.opened.emit(index.data(LINE).key)
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts elsewhere, and mean nothing here."""
