"""One table model for all tables: frozen rows, an index array for sorting and filtering, and cells cached as text.

A filtering proxy of Qt over a Python model takes seconds at 10,000 rows; an index array takes milliseconds.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor

Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PAUSE_MS, _SLICE_S = 10, 0.003
"""Cells are written ahead for 3 ms in every 10."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: `text` makes the cell, `key` what it sorts by (None sorts last), `tone` names a colour of the theme's tokens."""

    id: str
    title: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any] | None = None
    tone: Callable[[Any], str] | None = None
    number: bool = False
    """Aligned to the right."""
    width: int = 100
    tip: Callable[[Any], str] | None = None
    hidden: bool = False
    """Not shown until chosen."""
    edit: Callable[[Any, str], object] | None = None
    """What a typed text means for a row; None from it: nothing, the cell stays. Without it the column cannot be edited."""
    start: Callable[[Any], str] | None = None
    """The text that editing begins with; else what the cell shows."""
    locked: Callable[[Any], bool] | None = None
    """Whether this row cannot be edited here now."""


class RowModel(QAbstractTableModel):
    """Frozen rows in columns. `identity` gives the id of a row, unique and lasting.

    Rows are never changed here: what a person types is told by `edited`, and new rows follow once it has been done.
    """

    edited = Signal(object, str, str)
    """The id of the row, the id of the column, the text: typed, and understood by the column."""

    def __init__(self, columns: Sequence[Column], identity: Callable[[Any], Hashable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._identity = identity
        self._rows: tuple[Any, ...] = ()
        self._cells: list[tuple[str, ...] | None] = []
        self._search: list[str | None] = []
        self._ahead = 0
        self._idle = QTimer(self, interval=_PAUSE_MS)
        self._idle.timeout.connect(self._read_ahead)
        self._order: list[int] = []
        self._text = ""
        self._keep: Callable[[Any], bool] | None = None
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._colors: dict[str, QColor] = {}
        self._places: dict[Hashable, int] | None = None
        self._mime = ""

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        at, column = self._order[index.row()], index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._texts(at)[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[column].number else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(self._columns[column], self._rows[at])
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = self._columns[column].tip
            return tip(self._rows[at]) if tip else self._texts(at)[column] or None
        if role == Qt.ItemDataRole.EditRole:
            return self._begun(self._columns[column], at)
        if role == ID_ROLE:
            return self._identity(self._rows[at])
        return self._rows[at] if role == ROW_ROLE else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[section].number else _LEFT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted = (column, order) if column >= 0 else None
        self._arrange()

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        if not index.isValid():
            return base
        if self._mime:
            base |= Qt.ItemFlag.ItemIsDragEnabled
        return base | Qt.ItemFlag.ItemIsEditable if self._editable(index) else base

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tells what was typed, where the column understands it and it differs from what stood there."""
        if role != Qt.ItemDataRole.EditRole or not self._editable(index):
            return False
        column, text = self._columns[index.column()], str(value)
        row = self.row_at(index.row())
        if text == self._begun(column, self._order[index.row()]) or column.edit is None or column.edit(row, text) is None:
            return False
        self.edited.emit(self._identity(row), column.id, text)
        return True

    def mimeTypes(self) -> list[str]:
        return [self._mime] if self._mime else []

    def mimeData(self, indexes: Iterable[Index]) -> QMimeData:
        carried = QMimeData()
        rows = sorted({index.row() for index in indexes})
        carried.setData(self._mime, "\n".join(str(self.id_at(row)) for row in rows).encode())
        return carried

    # What panels ask

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns."""
        return self._columns

    def carry(self, mime: str) -> None:
        """Lets rows be dragged as ids, one a line, under this type."""
        self._mime = mime

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other words or formats for the same columns."""
        self._columns = tuple(columns)
        self._cells = [None] * len(self._rows)
        self._start_reading()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        self._announce()

    def set_colors(self, colors: dict[str, QColor]) -> None:
        """The colours of tones."""
        self._colors = colors
        self._announce()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Shows these rows. Where the same ids stay in place, one block of data changes; otherwise the model is reset."""
        old_ids = [self._identity(self._rows[at]) for at in self._order]
        was = {id(row): cells for row, cells in zip(self._rows, self._cells, strict=True)}
        kept_alive, self._rows = self._rows, tuple(rows)
        self._cells = [was.get(id(row)) for row in self._rows]
        del kept_alive
        self._start_reading()
        order = self._arranged()
        if old_ids == [self._identity(self._rows[at]) for at in order]:
            self._order, self._places = order, None
            self._announce()
            return
        self.beginResetModel()
        self._order, self._places = order, None
        self.endResetModel()

    def set_filter(self, text: str, keep: Callable[[Any], bool] | None = None) -> None:
        """Shows only rows that have every word of the text in a cell, and that `keep` keeps."""
        self._text, self._keep = text.casefold(), keep
        self._arrange()

    def row_at(self, row: int) -> Any:
        """The frozen row shown at that place."""
        return self._rows[self._order[row]]

    def id_at(self, row: int) -> Hashable:
        """The id of the row shown at that place."""
        return self._identity(self.row_at(row))

    def place_of(self, identity: Hashable) -> int | None:
        """Where the row of that id is shown; None: it is not."""
        if self._places is None:
            self._places = {self._identity(self._rows[at]): row for row, at in enumerate(self._order)}
        return self._places.get(identity)

    @property
    def total(self) -> int:
        """Rows before filtering."""
        return len(self._rows)

    def _editable(self, index: Index) -> bool:
        if not index.isValid():
            return False
        column = self._columns[index.column()]
        return column.edit is not None and not (column.locked is not None and column.locked(self.row_at(index.row())))

    def _begun(self, column: Column, at: int) -> str:
        return column.start(self._rows[at]) if column.start is not None else self._texts(at)[self._columns.index(column)]

    def _texts(self, at: int) -> tuple[str, ...]:
        cells = self._cells[at]
        if cells is None:
            row = self._rows[at]
            cells = self._cells[at] = tuple(column.text(row) for column in self._columns)
        return cells

    def _color(self, column: Column, row: Any) -> QColor | None:
        tone = column.tone(row) if column.tone else ""
        return self._colors.get(tone) if tone else None

    def _arranged(self) -> list[int]:
        order = self._filtered()
        if self._sorted is None or self._sorted[0] >= len(self._columns):
            return order
        column, way = self._columns[self._sorted[0]], self._sorted[1]
        key = column.key or column.text
        keyed = [(key(self._rows[at]), at) for at in order]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=way is Qt.SortOrder.DescendingOrder)
        return [at for _, at in known] + [at for wanted, at in keyed if wanted is None]

    def _filtered(self) -> list[int]:
        keep = self._keep
        order = [at for at, row in enumerate(self._rows) if keep is None or keep(row)]
        words = self._text.split()
        if not words:
            return order
        found = [(at, self._searched(at)) for at in order]
        return [at for at, text in found if all(word in text for word in words)]

    def _searched(self, at: int) -> str:
        """What words are looked for in."""
        text = self._search[at]
        if text is None:
            text = self._search[at] = "\n".join(self._texts(at)).casefold()
        return text

    def _start_reading(self) -> None:
        self._search, self._ahead = [None] * len(self._rows), 0
        self._idle.start()

    @Slot()
    def _read_ahead(self) -> None:
        """Writes the cells of further rows while the person looks at the first, so that the first typed word finds them written."""
        ends = time.perf_counter() + _SLICE_S
        while self._ahead < len(self._rows) and time.perf_counter() < ends:
            self._searched(self._ahead)
            self._ahead += 1
        if self._ahead >= len(self._rows):
            self._idle.stop()

    def _arrange(self) -> None:
        order = self._arranged()
        if len(order) != len(self._order):
            self.beginResetModel()
            self._order, self._places = order, None
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        ids = [self.id_at(index.row()) for index in old]
        self._order, self._places = order, None
        places = [self.place_of(identity) for identity in ids]
        self.changePersistentIndexList(old, [QModelIndex() if row is None else self.index(row, index.column()) for row, index in zip(places, old, strict=True)])
        self.layoutChanged.emit()

    def _announce(self) -> None:
        if self._order:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, len(self._columns) - 1))
