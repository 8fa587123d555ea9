"""Editing a cell of the order table: a line over the cell that stays, red and with the sentence, until what it holds can be taken or Escape leaves it."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit

from app.desktop.orders.editing.looking import Looked
from app.desktop.widgets.parts import label, repolish
from app.desktop.widgets.table import RowTable
from app.domain.ids import OrderId
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.entering import texts_of
from app.services.intake_names import Field

CELLS = {
    "priority": Field.PRIORITY,
    "customer": Field.NAME,
    "address": Field.ADDRESS,
    "note": Field.NOTES,
    "windows": Field.WINDOW,
    "preferred": Field.PREFERRED,
    "pieces": Field.PIECES,
    "weight": Field.WEIGHT,
    "volume": Field.VOLUME,
    "cod": Field.COD,
    "service": Field.SERVICE,
    "skills": Field.SKILLS,
    "features": Field.FEATURES,
    "handling": Field.HANDLING,
    "phone": Field.PHONE,
    "email": Field.EMAIL,
    "language": Field.LANGUAGE,
    "brand": Field.BRAND,
    "level": Field.SERVICE_LEVEL,
}
"""The field that a column of the order table shows, by the column's id; the others come from the plan."""
_LEAST_WIDTH = 150


class Taker(Protocol):
    """Who takes what was typed into a cell: looks at it first, writes it then."""

    def order(self, identity: OrderId) -> Order | None:
        """The order as it is now."""
        ...

    def look_at(self, order: Order, field: Field, text: str, then: Callable[[Looked], None]) -> None:
        """Looks at a text in the pool."""
        ...

    def write(self, before: Order, after: Order, field: Field) -> None:
        """Writes the change as one step."""
        ...

    def say(self, sentence: Sentence) -> str:
        """A sentence in the language in force."""
        ...

    def doubt(self, sentence: Sentence) -> None:
        """Tells of a value that was taken all the same."""
        ...


class CellLine(QLineEdit):
    """The editor. `done` carries the step to the next cell (0: stay, 1, -1), `left` is Escape."""

    done = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.done.emit(0)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        self.done.emit(1 if next else -1)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self.done.emit(0)


class CellEditing(QObject):
    """Opens the editor over cells of a table of orders."""

    def __init__(self, table: RowTable, taker: Taker) -> None:
        super().__init__(table)
        self._table, self._taker = table, taker
        self.line: CellLine | None = None
        self.sentence: QLabel | None = None
        self._index = QPersistentModelIndex()
        self._order: Order | None = None
        self._looking = False
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(self._follow)
        table.horizontalHeader().sectionResized.connect(self._follow)
        table.rows.modelAboutToBeReset.connect(self.close_line)
        table.rows.layoutChanged.connect(self._follow)

    def open_current(self) -> None:
        """Edits the cell with the cursor; from a column of the plan, the next one that can be edited."""
        current = self._table.currentIndex()
        if not current.isValid():
            return
        columns = self._columns()
        if columns:
            at = self._table.horizontalHeader().visualIndex(current.column())
            after = [each for each in columns if self._table.horizontalHeader().visualIndex(each) >= at]
            self.open(current.row(), (after or columns)[0])

    def open(self, row: int, column: int) -> None:
        """Edits one cell."""
        self.close_line()
        index, order = self._table.rows.index(row, column), self._taker.order(OrderId(str(self._table.rows.id_at(row))))
        if order is None:
            return
        self._table.setCurrentIndex(index)
        self._table.scrollTo(index)
        self._index, self._order = QPersistentModelIndex(index), order
        line = CellLine(self._table.viewport())
        line.setProperty("cell", True)
        line.setText(self._begun())
        line.setAccessibleName(self._table.rows.columns[column].title)
        line.textEdited.connect(self._typed)
        line.done.connect(self._done)
        line.left.connect(self._leave)
        self.line = line
        self._follow()
        line.show()
        line.setFocus()
        line.selectAll()

    def close_line(self) -> None:
        """Puts the editor away, with what it held."""
        line, sentence, self.line, self.sentence = self.line, self.sentence, None, None
        for widget in (line, sentence):
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._looking = False

    def _columns(self) -> list[int]:
        """The columns that are shown and can be edited, from the left."""
        header = self._table.horizontalHeader()
        found = [at for at, column in enumerate(self._table.rows.columns) if column.id in CELLS and not self._table.isColumnHidden(at)]
        return sorted(found, key=header.visualIndex)

    @property
    def _field(self) -> Field:
        return CELLS[self._table.rows.columns[self._index.column()].id]

    def _begun(self) -> str:
        """One line: breaks of the notes are blanks here, and stay as long as nothing is typed."""
        return " ".join(texts_of(self._order)[self._field].split("\n")) if self._order is not None else ""

    def _typed(self, _text: str) -> None:
        self._complain("")

    def _done(self, step: int) -> None:
        """Takes the text, where it says something new; then goes on by `step` cells."""
        line, order = self.line, self._order
        if line is None or order is None or self._looking or not self._index.isValid():
            return
        text = line.text().strip()
        if text == self._begun():
            self._go(step)
            return
        self._looking = True
        self._taker.look_at(order, self._field, text, lambda looked: self._looked(line, order, looked, step))

    def _looked(self, line: CellLine, order: Order, looked: Looked, step: int) -> None:
        if self.line is not line:
            return
        self._looking = False
        error = looked.entered.first_error
        if looked.order is None:
            self._complain(self._taker.say(error) if error is not None else "")
            line.setFocus()
            return
        field = self._field
        self._go(step)
        self._taker.write(order, looked.order, field)
        for doubt in looked.entered.warnings.values():
            self._taker.doubt(doubt)

    def _go(self, step: int) -> None:
        """To the cell before or after, in the same row; from the last one, and without a step, back to the table."""
        row, column, columns = self._index.row(), self._index.column(), self._columns()
        self.close_line()
        self._table.setFocus()
        at = columns.index(column) + step if column in columns else -1
        if step and 0 <= at < len(columns):
            identity = self._table.rows.id_at(row)
            QTimer.singleShot(0, self, lambda: self._open_at(identity, columns[at]))

    def _open_at(self, identity: object, column: int) -> None:
        row = self._table.rows.place_of(str(identity))
        if row is not None:
            self.open(row, column)

    def _leave(self) -> None:
        self.close_line()
        self._table.setFocus()

    def _complain(self, text: str) -> None:
        line = self.line
        if line is None:
            return
        if bool(line.property("wrong")) != bool(text):
            line.setProperty("wrong", bool(text))
            repolish(line)
        if self.sentence is None:
            self.sentence = label("", wrap=True)
            self.sentence.setParent(self._table.viewport())
            self.sentence.setProperty("bubble", True)
            repolish(self.sentence)
        self.sentence.setText(f"✕ {text}" if text else "")
        line.setAccessibleDescription(text)
        self.sentence.setVisible(bool(text))
        self._follow()

    def _follow(self, *_: object) -> None:
        """Keeps the editor over its cell, and the sentence beside it where there is room."""
        line = self.line
        if line is None or not self._index.isValid():
            return
        cell, port = self._table.visualRect(self._index), self._table.viewport().rect()
        width = min(max(cell.width(), _LEAST_WIDTH), port.width())
        left = max(0, min(cell.left(), port.width() - width))
        line.setGeometry(QRect(left, cell.top(), width, cell.height()))
        if self.sentence is not None and self.sentence.isVisible():
            self.sentence.setFixedWidth(min(360, port.width()))
            high = self.sentence.heightForWidth(self.sentence.width())
            under = line.geometry().bottom() + 1
            top = under if under + high <= port.height() else line.geometry().top() - high
            self.sentence.setGeometry(max(0, min(left, port.width() - self.sentence.width())), top, self.sentence.width(), high)
            self.sentence.raise_()
