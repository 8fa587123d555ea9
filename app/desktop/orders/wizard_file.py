"""Step 1 of the import: which file, how it is to be read, and its first rows as they are read so."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFormLayout, QFrame, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.orders import preview as words
from app.desktop.orders.wizard_reading import How
from app.desktop.theme import ROW_HEIGHT
from app.desktop.widgets.parts import Elided, button, label
from app.desktop.widgets.rows import Index
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.intake_mapping import letter
from app.services.ports.files import Line, Table

_FIRST = 60
"""Rows that are shown of a file."""
_SIDE = 320
_WIDEST, _NARROWEST, _PADDING, _LETTER = 220, 64, 24, 7.4
"""Widths of columns; the last is a letter's, half that of a Chinese character."""


class FirstRows(QAbstractTableModel):
    """The first rows of a table as they are, columns named by letters."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Line] = ()
        self._width = 0

    def show_table(self, table: Table | None) -> None:
        """Shows a table's first rows; None: nothing."""
        self.beginResetModel()
        self._lines = table.lines[:_FIRST] if table is not None else ()
        self._width = max((len(line.cells) for line in self._lines), default=0)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        cells = self._lines[index.row()].cells
        return cells[index.column()] if index.column() < len(cells) else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation is Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return letter(section)
        return str(self._lines[section].row) if 0 <= section < len(self._lines) else None


def dress(table: QTableView, name: str) -> None:
    """Makes a table look as all of the wizard do: no grid, rows of the usual height, reached by one tab."""
    table.setAccessibleName(name)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setHighlightSections(False)
    table.horizontalHeader().setHighlightSections(False)


def width_for(texts: Iterable[str]) -> int:
    """How wide a column wants to be for these texts, about; Qt's own measure asks the model for every cell and holds the window while a file is read."""
    longest = max((sum(2 if sign > "\u2e80" else 1 for sign in text[:40]) for text in texts), default=0)
    return min(_WIDEST, max(_NARROWEST, round(longest * _LETTER) + _PADDING))


class DropPlace(QFrame):
    """A place to drop a file on. `dropped` carries its path."""

    dropped = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("drop", True)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if file:
            event.acceptProposedAction()
            self.dropped.emit(Path(file))


class FilePage(QWidget):
    """`changed` carries a How, `wanted` nothing (a file is to be chosen), `pasted` nothing, `dropped` a Path."""

    changed = Signal(object)
    wanted = Signal()
    pasted = Signal()
    dropped = Signal(Path)

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self.encoding, self.delimiter, self.sheet = QComboBox(), QComboBox(), QComboBox()
        self._labels = [label(tr("Encoding"), muted=True), label(tr("Divided by"), muted=True), label(tr("Sheet"), muted=True)]
        for box, name in zip(self.boxes, (tr("Encoding"), tr("Divided by"), tr("Sheet")), strict=True):
            box.setAccessibleName(name)
            box.activated.connect(lambda _at: self.changed.emit(self._how()))
        self.rows = FirstRows(self)
        self.table = QTableView()
        dress(self.table, tr("First rows of the file"))
        self.table.setModel(self.rows)
        self.name, self.facts = Elided(), label(muted=True, wrap=True)
        self.name.setProperty("heading", True)
        self.choose = button(tr("Choose a file…"), self.wanted.emit)
        self.paste = button(tr("Paste rows"), self.pasted.emit)
        self._lay_out()
        self.show_table(None, "")

    @property
    def boxes(self) -> tuple[QComboBox, QComboBox, QComboBox]:
        """Encoding, delimiter, sheet."""
        return self.encoding, self.delimiter, self.sheet

    def show_table(self, table: Table | None, name: str) -> None:
        """Shows what was read, and how."""
        self.name.show_text(name or tr("No file yet"))
        self.rows.show_table(table)
        self.facts.setText(self._facts(table) if table is not None else "")
        if table is not None:
            self._fill(table)
            for column in range(self.rows.columnCount()):
                texts = [line.cells[column] for line in table.lines[:_FIRST] if column < len(line.cells)]
                self.table.setColumnWidth(column, width_for(texts))
        shown = (bool(table and table.encoding), bool(table and table.delimiter), bool(table and len(table.sheets) > 1))
        for text, box, visible in zip(self._labels, self.boxes, shown, strict=True):
            box.setVisible(visible)
            text.setVisible(visible)

    def _facts(self, table: Table) -> str:
        width = max((len(line.cells) for line in table.lines[:_FIRST]), default=0)
        return self._formats.say(Sentence.of("desktop.file_facts", count=len(table.lines), columns=width))

    def _fill(self, table: Table) -> None:
        codes = dict.fromkeys([table.encoding, *words.ENCODINGS])
        _refill(self.encoding, [(words.ENCODINGS.get(each, each), each) for each in codes if each], table.encoding)
        _refill(self.delimiter, [(tr(text), sign) for sign, text in words.DELIMITERS.items()], table.delimiter)
        _refill(self.sheet, [(each, each) for each in table.sheets], table.sheet)

    def _how(self) -> How:
        encoding, delimiter, sheet = (str(box.currentData() or "") for box in self.boxes)
        return How(encoding=encoding, delimiter=delimiter, sheet=sheet)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        side = QWidget()
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._drop_place())
        column.addLayout(self._form())
        column.addStretch(1)
        layout.addWidget(side)
        right = QVBoxLayout()
        right.setSpacing(8)
        heading = label(tr("First rows, as they are read now"), muted=True)
        right.addWidget(heading)
        right.addWidget(self.table, 1)
        layout.addLayout(right, 1)

    def _drop_place(self) -> QWidget:
        place = DropPlace()
        place.dropped.connect(self.dropped)
        column = QVBoxLayout(place)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.name)
        column.addWidget(self.facts)
        hint: QLabel = label(tr("Drop a file here: CSV, TSV, Excel or OpenDocument."), muted=True, wrap=True)
        hint.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column.addWidget(hint)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.choose)
        line.addWidget(self.paste)
        line.addStretch(1)
        column.addLayout(line)
        return place

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, box in zip(self._labels, self.boxes, strict=True):
            form.addRow(text, box)
        return form


def _refill(box: QComboBox, choices: list[tuple[str, str]], held: str) -> None:
    box.clear()
    for text, value in choices:
        box.addItem(text, value)
    box.setCurrentIndex(box.findData(held))
