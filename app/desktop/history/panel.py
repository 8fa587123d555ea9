"""The dock of the change history: every step, what it touched, and one press that leads back to it or forth again."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QStackedLayout, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.history.model import ROW, HistoryModel, Index, Line, Place, lines_of
from app.desktop.history.stepping import Stepping
from app.desktop.moments import Now, present
from app.desktop.theme import Tokens
from app.desktop.widgets.mirror import hand
from app.desktop.widgets.painting import font_of
from app.desktop.widgets.parts import Empty, button
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.ports.store import Reader

_HEIGHT = 46
_MARKS = {Place.UNDONE: "○", Place.NOW: "●", Place.PAST: "✓"}


class StepDelegate(QStyledItemDelegate):
    """Draws a step on two lines: its mark and title; when, by whom and what it touched."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(180, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, tokens, model = index.data(ROW), self.tokens, index.model()
        if line is None or tokens is None or not isinstance(model, HistoryModel):
            return
        area, state = QRectF(option.rect), option.state
        painter.save()
        pen = hand(painter, area, option.direction)
        if state & QStyle.StateFlag.State_Selected:
            pen.fillRect(area, QColor(tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            pen.fillRect(area, QColor(tokens.hover))
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            pen.fillRect(QRectF(area.left(), area.top(), 3, area.height()), QColor(tokens.accent))
        self._lines(pen, line, area, model, tokens)
        painter.restore()

    def _lines(self, painter: QPainter, line: Line, area: QRectF, model: HistoryModel, tokens: Tokens) -> None:
        undone, now = line.place is Place.UNDONE, line.place is Place.NOW
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font_of(painter, 12))
        painter.setPen(QColor(tokens.accent if now else tokens.muted))
        painter.drawText(QRectF(area.left() + 12, area.top() + 5, 16, 19), middle, _MARKS[line.place])
        left, width = area.left() + 34, area.width() - 46
        painter.setPen(QColor(tokens.muted if undone else tokens.text))
        painter.setFont(font_of(painter, 13, bold=now))
        _elided(painter, QRectF(left, area.top() + 5, width, 19), model.title(line))
        painter.setPen(QColor(tokens.muted))
        painter.setFont(font_of(painter, 11))
        said = f"{tr('Undone')} · {model.about(line)}" if undone else model.about(line)
        _elided(painter, QRectF(left, area.top() + 24, width, 17), said)


def _elided(painter: QPainter, box: QRectF, text: str) -> None:
    said = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, said)


class StepList(QListView):
    """The rows; Enter and a double click go to one."""

    taken = Signal(object)
    """Line"""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.taken.emit(self.currentIndex().data(ROW))
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts elsewhere, and mean nothing here."""


class HistoryPanel(QWidget):
    """Shows the steps that are kept, newest first, also those of earlier runs."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None, *, now: Now = present) -> None:
        super().__init__(parent)
        self._bridge, self.now = bridge, now
        self._formats = Formats()
        self._stale = True
        self.stepping = Stepping(bridge, self)
        self.model = HistoryModel(self)
        self._delegate = StepDelegate(self)
        self.list = StepList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(tr("Change history"))
        self.go = button("", self._go)
        self._lay_out()
        self.list.taken.connect(self._take)
        self.list.doubleClicked.connect(lambda index: self._take(index.data(ROW)))
        self.list.selectionModel().currentChanged.connect(self._offer)
        self.stepping.ended.connect(self._settled)
        bridge.stepped.connect(self._outdated)
        bridge.changed.connect(self._outdated)

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Times are those of the depot of the day in view."""
        del shown
        if formats != self._formats:
            self._formats = formats
            self._outdated()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._delegate.tokens = tokens
        self.list.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def _lay_out(self) -> None:
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.setContentsMargins(12, 8, 12, 8)
        line.addWidget(self.go)
        line.addStretch(1)
        layout.addLayout(line)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(Empty(tr("Nothing was changed yet. Every step will be listed here, and you can go back to any of them.")))
        self._stack.addWidget(whole)

    @Slot()
    def _outdated(self, _news: object = None) -> None:
        """While nobody looks, and in the middle of a way, nothing is read."""
        self._stale = True
        if self.isVisible() and not self.stepping.running:
            self._read()

    @Slot()
    def _settled(self) -> None:
        self._outdated()

    def _read(self) -> None:
        self._stale = False
        self._bridge.ask(_steps, then=self._show, key="history")

    def _show(self, lines: tuple[Line, ...]) -> None:
        at = self.list.currentIndex().data(ROW)
        self.model.show(lines, self._formats, self.now())
        self._stack.setCurrentIndex(1 if lines else 0)
        numbers = [line.number for line in lines]
        if lines:
            kept = numbers.index(at.number) if at is not None and at.number in numbers else _present(lines)
            self.list.selectionModel().setCurrentIndex(self.model.index(kept), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._offer()

    @Slot(QModelIndex, QModelIndex)
    def _offer(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        """The button says how many steps it turns."""
        line = self.list.currentIndex().data(ROW)
        count = line.steps if line is not None else 0
        key = "steps.redo_to" if count > 0 else "steps.undo_to"
        self.go.setText(self._formats.say(Sentence.of(key, count=abs(count))) if count else tr("This is the present state"))
        self.go.setAccessibleName(self.go.text())
        self.go.setEnabled(bool(count) and not self.stepping.running)

    @Slot()
    def _go(self) -> None:
        self._take(self.list.currentIndex().data(ROW))

    @Slot(object)
    def _take(self, line: Line | None) -> None:
        """Turns every step between the present and that row."""
        if line is None or not line.steps or self.stepping.running:
            return
        steps = [each for each in self.model.lines if each.step is not None]
        if line.steps < 0:
            numbers = [each.number for each in steps if each.place is not Place.UNDONE and each.number > line.number]
        else:
            numbers = [each.number for each in reversed(steps) if each.place is Place.UNDONE and each.number <= line.number]
        self.stepping.go(numbers, redo=line.steps > 0)
        self._offer()


def _present(lines: tuple[Line, ...]) -> int:
    return next((at for at, line in enumerate(lines) if line.place is Place.NOW), 0)


def _steps(reader: Reader) -> tuple[Line, ...]:
    return lines_of(reader.history(), reader.touched())
