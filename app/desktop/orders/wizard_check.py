"""Step 3 of the import: the rows with what is wrong in the very cell, counts that filter, problems stepped through by key, cells mended in place."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.desktop.format import Formats
from app.desktop.orders.check_model import CheckModel
from app.desktop.orders.wizard_file import dress, width_for
from app.desktop.widgets.parts import button, label, repolish
from app.desktop.widgets.rows import Index
from app.desktop.widgets.table import ToneDelegate
from app.desktop.words import later, tr
from app.domain.sentences import Sentence
from app.services.intake import PreviewRow
from app.services.intake_groups import Group, Groups

_CHIPS = {
    Group.ALL: ("", later("{count} rows")),
    Group.NEW: ("＋", later("{count} new")),
    Group.CHANGED: ("≠", later("{count} changed")),
    Group.SAME: ("＝", later("{count} already there")),
    Group.ERROR: ("✕", later("{count} with errors")),
    Group.DOUBT: ("◆", later("{count} doubtful")),
}
_TONES = {Group.ERROR: "late", Group.DOUBT: "risk"}
_LOOKED_AT = 40
"""Rows that a column's width is made for."""


class CellDelegate(ToneDelegate):
    """Paints the ground of a cell that stands out, and its words in their colour, also where it is selected."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = index.data(Qt.ItemDataRole.BackgroundRole)
        if ground is not None:
            painter.fillRect(option.rect.adjusted(0, 1, -1, -1), ground)
        super().paint(painter, option, index)


class CheckTable(QTableView):
    """The cells. `wanted_next` carries whether backwards, `wanted_filter` nothing."""

    wanted_next = Signal(bool)
    wanted_filter = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if self.state() is QAbstractItemView.State.EditingState:
            return  # what the open cell had no use for, as the Enter that closes it
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.edit(self.currentIndex())
        elif key == Qt.Key.Key_N:
            self.wanted_next.emit(shift)
        elif key == Qt.Key.Key_F:
            self.wanted_filter.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here."""


class CheckPage(QWidget):
    """`shown` carries a PreviewRow (or None) whenever another row is looked at."""

    shown = Signal(object)

    def __init__(self, model: CheckModel, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self._formats = model, formats
        self.table = CheckTable()
        dress(self.table, tr("Rows of the file"))
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setModel(model)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.table.wanted_next.connect(lambda back: self.step(back=back))
        self.table.wanted_filter.connect(self._toggle)
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._tell())
        self.table.selectionModel().selectionChanged.connect(lambda _now, _before: self._tell())
        model.dataChanged.connect(lambda *_: self._tell())
        model.modelReset.connect(self._fit_columns)
        self._fitted: list[tuple[int, bool]] = []
        self.chips: dict[Group, QPushButton] = {}
        self._make_chips()
        self.only_problems = QPushButton(tr("Only problems (F)"))
        self.only_problems.setAccessibleName(tr("Only problems"))
        self.only_problems.setCheckable(True)
        self.only_problems.setProperty("chip", True)
        self.only_problems.setAutoDefault(False)
        self.only_problems.toggled.connect(self._only)
        self.back = button(tr("◀ Previous"), lambda: self.step(back=True), name=tr("Previous problem"))
        self.forth = button(tr("Next problem (N) ▶"), self.step, name=tr("Next problem"))
        self.head, self.reasons = label(heading=True), label(wrap=True)
        self._lay_out()

    def _make_chips(self) -> None:
        for each in _CHIPS:
            chip = QPushButton()
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.setProperty("chip", True)
            chip.clicked.connect(lambda _on, wanted=each: self.show_group(wanted))
            self.chips[each] = chip

    # What is shown

    def show_groups(self, groups: Groups) -> None:
        """Shows how many rows are in each group."""
        for each, chip in self.chips.items():
            sign, text = _CHIPS[each]
            said = tr(text).format(count=self._formats.number(groups.count(each)))
            chip.setText(f"{sign} {said}".strip())
            chip.setAccessibleName(said)
            chip.setProperty("tone", _TONES.get(each, "") if groups.count(each) else "")
            chip.setVisible(each is Group.ALL or groups.count(each) > 0)
            repolish(chip)
        problems = groups.count(Group.PROBLEM) > 0
        for button_ in (self.only_problems, self.back, self.forth):
            button_.setEnabled(problems or (button_ is self.only_problems and self.only_problems.isChecked()))
        self._check_chip()
        self._tell()

    def show_group(self, group: Group) -> None:
        """Shows the rows of one group alone."""
        row = self.current_row()
        self.model.show_group(group)
        self._check_chip()
        if self.model.rowCount():
            at = (self.model.place_of(row.row) if row is not None else None) or 0
            self.go(at, self.model.first_mark(at))

    def go(self, at: int, section: int) -> None:
        """Puts the cursor on a cell."""
        index = self.model.index(at, section)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)

    def step(self, *, back: bool = False) -> None:
        """Goes to the next cell (the one before) that a person should look at; after the last comes the first."""
        now = self.table.currentIndex()
        found = self.model.next_problem(now.row() if now.isValid() else -1, now.column() if now.isValid() else -1, back=back)
        if found is not None:
            self.go(*found)
            self.table.setFocus()

    def first_problem(self) -> bool:
        """Puts the cursor on the first problem; whether there is one."""
        found = self.model.next_problem(-1, -1)
        if found is not None:
            self.go(*found)
        return found is not None

    def current_row(self) -> PreviewRow | None:
        """The row that is looked at."""
        now = self.table.currentIndex()
        rows = self.table.selectionModel().selectedRows()
        at = now.row() if now.isValid() else rows[0].row() if rows else -1
        return self.model.row_at(at) if 0 <= at < self.model.rowCount() else None

    def clear(self) -> None:
        """Shows nothing."""
        self.model.clear()
        for chip in self.chips.values():
            chip.hide()
        self._tell()

    @Slot()
    def _toggle(self) -> None:
        self.only_problems.toggle()

    def _only(self, on: bool) -> None:
        self.show_group(Group.PROBLEM if on else Group.ALL)

    def _check_chip(self) -> None:
        for group, chip in self.chips.items():
            chip.setChecked(group is self.model.group)
        self.only_problems.blockSignals(True)
        self.only_problems.setChecked(self.model.group is Group.PROBLEM)
        self.only_problems.blockSignals(False)

    @Slot()
    def _fit_columns(self) -> None:
        """Columns as wide as their first rows want, where they are other columns than before; those that mean nothing stay hidden."""
        columns = [(self.model.column_at(section), self.model.is_used(section)) for section in range(self.model.columnCount())]
        if columns == self._fitted:
            return
        self._fitted = columns
        rows = [self.model.row_at(at) for at in range(min(_LOOKED_AT, self.model.rowCount()))]
        for section, (column, used) in enumerate(columns):
            wanted = width_for(self.model.shown(row, column) for row in rows)
            self.table.setColumnHidden(section, not used)
            self.table.setColumnWidth(section, max(wanted, self.table.horizontalHeader().sectionSizeFromContents(section).width()))

    @Slot()
    def _tell(self) -> None:
        row = self.current_row()
        self.shown.emit(row)
        if row is None:
            self.head.setText("")
            self.reasons.setText(tr("Enter or F2 mends a cell in place; N goes to the next problem."))
            return
        number = row.order.number if row.order is not None else row.key[1] if row.key is not None else ""
        said = Sentence.of("desktop.import_row", row=row.row, order=number or "–")
        self.head.setText(self._formats.say(said))
        self.reasons.setText("\n".join(self.model.reasons(row)[:4]) or tr("Nothing to mend in this row."))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        for chip in self.chips.values():
            top.addWidget(chip)
        top.addStretch(1)
        for each in (self.only_problems, self.back, self.forth):
            top.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._note())

    def _note(self) -> QFrame:
        """What is to know of the row that is looked at; always as high, so that the cells stay where they are."""
        note = QFrame()
        note.setProperty("note", True)
        note.setFixedHeight(92)
        inside = QVBoxLayout(note)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(2)
        inside.addWidget(self.head)
        inside.addWidget(self.reasons)
        inside.addStretch(1)
        return note
