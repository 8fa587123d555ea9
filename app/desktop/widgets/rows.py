"""One table model for all tables: frozen rows, an index array for sorting and filtering, cells cached as text and columns as ranks.

A filtering proxy of Qt over a Python model takes seconds at 10,000 rows; an index array takes milliseconds. What is asked once is kept: a cell when it is
first painted, a column's order when it is first sorted by, a row's words when they are first searched or a moment before.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor

Index = QModelIndex | QPersistentModelIndex
ID_ROLE = Qt.ItemDataRole.UserRole
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PLAIN = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_DRAGGED = _PLAIN | Qt.ItemFlag.ItemIsDragEnabled
_EDITABLE = _PLAIN | Qt.ItemFlag.ItemIsEditable
_DRAGGED_EDITABLE = _DRAGGED | Qt.ItemFlag.ItemIsEditable
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
    least: int = 0
    """As narrow as it may become where the table is narrow; 0: its width."""
    stretch: int = 0
    """Its share of the room that is left over."""
    gives: int = 0
    """The higher, the sooner it leaves a table that is too narrow for all; 0: it stays."""
    group: str = ""
    """Under which heading it can be chosen."""
    find: Callable[[Any], str] | None = None
    """What `id:word` is looked for in; else what the cell shows."""
    whole: bool = False
    """Only a whole word of it is found so: 3 does not find 13."""
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

    def __init__(
        self,
        columns: Sequence[Column],
        identity: Callable[[Any], Hashable],
        parent: QObject | None = None,
        *,
        search: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._identity = identity
        self._words_of = search
        self._rows: tuple[Any, ...] = ()
        self._cells: list[list[str | None] | None] = []
        self._search: list[str | None] = []
        self._found: dict[int, list[str]] = {}
        self._ranks: dict[int, list[int]] = {}
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
            return self._cell(at, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._columns[column].number else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._color(self._columns[column], self._rows[at])
        if role == Qt.ItemDataRole.ToolTipRole:
            tip = self._columns[column].tip
            return (tip(self._rows[at]) if tip else self._cell(at, column)) or None
        if role == Qt.ItemDataRole.EditRole:
            return self._begun(column, at)
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
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._columns[index.column()].edit is not None and self._editable(index):
            return _DRAGGED_EDITABLE if self._mime else _EDITABLE
        return _DRAGGED if self._mime else _PLAIN

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tells what was typed, where the column understands it and it differs from what stood there."""
        if role != Qt.ItemDataRole.EditRole or not self._editable(index):
            return False
        column, text = self._columns[index.column()], str(value)
        row = self.row_at(index.row())
        if text == self._begun(index.column(), self._order[index.row()]) or column.edit is None or column.edit(row, text) is None:
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
        self._forget()
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
        before, self._rows = (self._rows, self._cells), tuple(rows)
        self._cells = [was.get(id(row)) for row in self._rows]
        self._forget()
        order = self._arranged()
        if old_ids == [self._identity(self._rows[at]) for at in order]:
            self._order, self._places = order, None
            self._announce()
            return
        fresh = self._rows, self._cells
        self._rows, self._cells = before  # who is told of the coming reset sees the rows as they still are
        self.beginResetModel()
        self._rows, self._cells = fresh
        self._order, self._places = order, None
        self.endResetModel()

    def set_filter(self, text: str, keep: Callable[[Any], bool] | None = None) -> None:
        """Shows only rows that have every word of the text, and that `keep` keeps. A word `route:3` is looked for in the column of that id or title alone."""
        self._text, self._keep = text.casefold(), keep
        self._arrange()

    def renew(self, column: str) -> None:
        """Writes a column anew, whose text changes with the time of day."""
        at = self.column_of(column)
        for cells in self._cells:
            if cells is not None:
                cells[at] = None
        self._ranks.pop(at, None)
        self._found.pop(at, None)
        if self._order:
            self.dataChanged.emit(self.index(0, at), self.index(len(self._order) - 1, at))

    def column_of(self, identity: str) -> int:
        """Where the column of that id is. Raises StopIteration for one that is not there."""
        return next(at for at, column in enumerate(self._columns) if column.id == identity)

    @property
    def order(self) -> tuple[str, Qt.SortOrder] | None:
        """The id of the column that is sorted by, and which way; None: the rows are as they came."""
        return (self._columns[self._sorted[0]].id, self._sorted[1]) if self._sorted is not None else None

    def shown(self) -> Iterator[Any]:
        """The rows that are shown, from the top."""
        return (self._rows[at] for at in self._order)

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

    def _begun(self, column: int, at: int) -> str:
        start = self._columns[column].start
        return start(self._rows[at]) if start is not None else self._cell(at, column)

    def _cell(self, at: int, column: int) -> str:
        cells = self._cells[at]
        if cells is None:
            cells = self._cells[at] = [None] * len(self._columns)
        text = cells[column]
        if text is None:
            text = cells[column] = self._columns[column].text(self._rows[at])
        return text

    def _color(self, column: Column, row: Any) -> QColor | None:
        tone = column.tone(row) if column.tone else ""
        return self._colors.get(tone) if tone else None

    def _arranged(self) -> list[int]:
        order = self._filtered()
        if self._sorted is None or self._sorted[0] >= len(self._columns):
            return order
        ranks, way = self._ranked(self._sorted[0]), self._sorted[1]
        known = [at for at in order if ranks[at] >= 0]
        known.sort(key=ranks.__getitem__, reverse=way is Qt.SortOrder.DescendingOrder)
        return known if len(known) == len(order) else known + [at for at in order if ranks[at] < 0]

    def _ranked(self, column: int) -> list[int]:
        """The place of each row in the order of a column, equal rows alike; -1: it has no value there."""
        ranks = self._ranks.get(column)
        if ranks is None:
            key = self._columns[column].key
            keys = [key(row) for row in self._rows] if key is not None else [self._cell(at, column) for at in range(len(self._rows))]
            ranks = self._ranks[column] = _ranks(keys)
        return ranks

    def _filtered(self) -> list[int]:
        keep = self._keep
        order = list(range(len(self._rows))) if keep is None else [at for at, row in enumerate(self._rows) if keep(row)]
        for word in self._text.split():
            column, wanted = self._meant(word)
            if column is None:
                order = [at for at in order if wanted in self._searched(at)]
            elif wanted:
                texts, whole = self._looked_in(column), self._columns[column].whole
                order = [at for at in order if (wanted in texts[at].split() if whole else wanted in texts[at])]
        return order

    def _meant(self, word: str) -> tuple[int | None, str]:
        """The column that a word names, as in `route:3`, and what is wanted there; None: it is a word like others."""
        name, colon, wanted = word.replace("：", ":").partition(":")
        found = (at for at, column in enumerate(self._columns) if name in {column.id, column.title.casefold()})
        at = next(found, None) if colon else None
        return (at, wanted) if at is not None else (None, word)

    def _looked_in(self, column: int) -> list[str]:
        texts = self._found.get(column)
        if texts is None:
            made = self._columns[column]
            texts = self._found[column] = [(made.find or made.text)(row).casefold() for row in self._rows]
        return texts

    def _searched(self, at: int) -> str:
        """What words are looked for in."""
        text = self._search[at]
        if text is None:
            row = self._rows[at]
            written = self._words_of(row) if self._words_of is not None else "\n".join(self._cell(at, column) for column in range(len(self._columns)))
            text = self._search[at] = written.casefold()
        return text

    def _forget(self) -> None:
        """What was kept of other rows or columns counts no more."""
        self._found, self._ranks = {}, {}
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


def _ranks(keys: Sequence[Any]) -> list[int]:
    """Dense ranks of keys, from 0; -1 for None."""
    ranks = [-1] * len(keys)
    known = sorted((at for at, key in enumerate(keys) if key is not None), key=keys.__getitem__)
    rank, before = -1, None
    for at in known:
        if before is None or keys[at] != before:
            rank, before = rank + 1, keys[at]
        ranks[at] = rank
    return ranks
