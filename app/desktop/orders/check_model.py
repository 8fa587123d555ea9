"""The cells of a file as they are checked: what is wrong, doubtful or changed stands out in its own cell, and each cell can be mended."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont

from app.desktop.format import Formats
from app.desktop.orders import preview as words
from app.desktop.theme import LIGHT, Tokens
from app.desktop.widgets.rows import ROW_ROLE, Index
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.intake import PreviewRow
from app.services.intake_groups import Group, Groups
from app.services.intake_mapping import Mapping
from app.services.intake_marks import WHOLE_ROW, Mark, MarkKind, address_column, marks_of
from app.services.intake_rows import unwrapped

SIGNS = {MarkKind.ERROR: "✕", MarkKind.DOUBT: "◆", MarkKind.CHANGE: "≠"}
_TONES = {MarkKind.ERROR: "late", MarkKind.DOUBT: "risk", MarkKind.CHANGE: "accent"}
KIND_ROLE = Qt.ItemDataRole.UserRole + 7
"""The MarkKind of a cell; None where nothing is to know of it."""
Places = dict[int, Sentence]
"""Why the place of a row is doubtful."""


class CheckModel(QAbstractTableModel):
    """Rows of a preview. `mended` carries (row number, its new cells)."""

    mended = Signal(int, object)

    def __init__(self, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self._tokens: Tokens = LIGHT
        self._rows: tuple[PreviewRow, ...] = ()
        self._mapping: Mapping | None = None
        self._groups: Groups | None = None
        self._group = Group.ALL
        self._edits: dict[int, tuple[str, ...]] = {}
        self._before: dict[int, tuple[str, ...]] = {}
        self._places: Places = {}
        self._order: Sequence[int] = ()
        self._columns: tuple[int, ...] = ()
        self._marks: dict[int, dict[int, list[Mark]]] = {}

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = super().flags(index)
        return base | Qt.ItemFlag.ItemIsEditable if index.isValid() else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[self._order[index.row()]], self._columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self.shown(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return self.cell(row, column)
        if role == ROW_ROLE:
            return row
        return self._look(row, column, role)

    def _look(self, row: PreviewRow, column: int, role: int) -> Any:
        kind = self._kind(row, column)
        if role == KIND_ROLE:
            return kind
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(getattr(self._tokens, _TONES[kind])) if kind else None
        if role == Qt.ItemDataRole.BackgroundRole:
            return _tint(self._tokens, _TONES[kind]) if kind else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(self.reasons(row, column)) or self.cell(row, column) or None
        if role == Qt.ItemDataRole.FontRole and row.row in self._edits and self.cell(row, column) != _cell(self._before.get(row.row, row.cells), column):
            font = QFont()
            font.setItalic(True)
            return font
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        row, column = self._rows[self._order[index.row()]], self._columns[index.column()]
        if str(value) == self.cell(row, column):
            return False
        self.put(row.row, _with(self._cells(row), column, str(value).strip()))
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return self._row_head(section, role)
        if not 0 <= section < len(self._columns) or self._mapping is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._mapping.name_of(self._columns[section])
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.meaning(self._columns[section])
        return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _row_head(self, section: int, role: int) -> Any:
        if not 0 <= section < len(self._order):
            return None
        row = self._rows[self._order[section]]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.sign(row)} {row.row}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(words.STATES[row.state])
        return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) if role == Qt.ItemDataRole.TextAlignmentRole else None

    # What the page asks

    def show_rows(self, rows: tuple[PreviewRow, ...], mapping: Mapping, groups: Groups, edits: dict[int, tuple[str, ...]]) -> None:
        """Shows these rows; those mended stay in view whatever the filter, until it is set anew."""
        columns = tuple(dict.fromkeys([*(each.column for each in mapping.columns), *range(max(mapping.width, len(mapping.headers)))]))
        same = columns == self._columns and len(rows) == len(self._rows) and self._mapping is not None and mapping.columns == self._mapping.columns
        order = self._wanted(groups, edits)
        if same and len(order) == len(self._order):
            self._hold(rows, mapping, groups, edits)
            self._order = order
            self._announce()
            return
        self.beginResetModel()
        self._columns = columns
        self._hold(rows, mapping, groups, edits)
        self._order = self._wanted(groups, edits)
        self.endResetModel()

    def _hold(self, rows: tuple[PreviewRow, ...], mapping: Mapping, groups: Groups, edits: dict[int, tuple[str, ...]]) -> None:
        self._rows, self._mapping, self._groups, self._edits = rows, mapping, groups, dict(edits)
        self._marks = {}

    def clear(self) -> None:
        """Shows nothing."""
        self.beginResetModel()
        self._rows, self._order, self._columns, self._groups, self._mapping, self._places = (), (), (), None, None, {}
        self._before, self._edits, self._marks = {}, {}, {}
        self.endResetModel()

    def show_group(self, group: Group) -> None:
        """Shows only the rows of a group."""
        self.beginResetModel()
        self._group = group
        self._order = self._groups.places[group] if self._groups is not None else ()
        self.endResetModel()

    @property
    def group(self) -> Group:
        """The group in view."""
        return self._group

    def set_places(self, places: Places) -> None:
        """Which rows have a place that a person should look at, and why."""
        self._places = places
        self._marks = {}
        self._announce()

    def set_groups(self, groups: Groups) -> None:
        """Which rows are in which group, where doubts of their places have come; the rows in view stay until the filter is set anew."""
        self._groups = groups

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._tokens = tokens
        self._announce()

    def put(self, row: int, cells: tuple[str, ...]) -> None:
        """Puts other cells in a row and shows them at once; what they mean follows."""
        at = self.place_of(row)
        if at is not None:
            self._before.setdefault(row, self._rows[self._order[at]].cells)
        self._edits[row] = cells
        self._marks.pop(row, None)
        self._announce()
        self.mended.emit(row, cells)

    def row_at(self, at: int) -> PreviewRow:
        """The row shown at that place."""
        return self._rows[self._order[at]]

    def place_of(self, row: int) -> int | None:
        """Where the row of that number is shown; None: it is not."""
        at = bisect_left(self._order, row, key=lambda held: self._rows[held].row)
        return at if at < len(self._order) and self._rows[self._order[at]].row == row else None

    def column_at(self, section: int) -> int:
        """The column of the file shown there."""
        return self._columns[section]

    def meaning(self, column: int) -> str:
        """What a column is taken for, in words."""
        fields = [each.field for each in self._mapping.columns if each.column == column] if self._mapping is not None else []
        return tr(words.FIELDS[fields[0]]) if fields else tr("– not used –")

    def is_used(self, section: int) -> bool:
        """Whether the column shown there means anything."""
        return self._mapping is not None and any(each.column == self._columns[section] for each in self._mapping.columns)

    def cell(self, row: PreviewRow, column: int) -> str:
        """A cell as it is now."""
        return _cell(self._cells(row), column)

    def cells(self, row: PreviewRow) -> tuple[str, ...]:
        """The cells of a row as they are now."""
        return self._cells(row)

    def next_problem(self, at: int, section: int, *, back: bool = False) -> tuple[int, int] | None:
        """Row and column, as shown, of the next cell after (before) one that a person should look at; None: there is none."""
        wanted = self._problems_in(at)
        later = [each for each in wanted if (each < section if back else each > section)]
        if later:
            return at, later[-1 if back else 0]
        row = self._problem_row(at, back=back)
        if row is None:
            return None
        cells = self._problems_in(row)
        return row, cells[-1 if back else 0] if cells else 0

    def _problem_row(self, at: int, *, back: bool) -> int | None:
        """The next row with a problem, as shown; after the last comes the first."""
        if self._groups is None or not self._order:
            return None
        problems = self._groups.places[Group.PROBLEM]
        here = self._order[at] if 0 <= at < len(self._order) else -1
        turn = bisect_left(problems, here) - 1 if back else bisect_right(problems, here)
        for step in range(len(problems)):
            held = problems[(turn - step if back else turn + step) % len(problems)]
            found = bisect_left(self._order, held)
            if found < len(self._order) and self._order[found] == held:
                return found
        return None

    def _problems_in(self, at: int) -> list[int]:
        if not 0 <= at < len(self._order):
            return []
        marks = self._marks_of(self.row_at(at))
        return [section for section, column in enumerate(self._columns) if any(mark.kind is not MarkKind.CHANGE for mark in marks.get(column, ()))]

    def first_mark(self, at: int) -> int:
        """The first column, as shown, of a row that stands out; the first of all where none does."""
        marks = self._marks_of(self.row_at(at))
        return next((section for section, column in enumerate(self._columns) if column in marks), 0)

    def reasons(self, row: PreviewRow, column: int | None = None) -> list[str]:
        """What is to know of a cell, or of the whole row, each with its sign."""
        marks = self._marks_of(row)
        return [self._said(mark) for at, held in marks.items() for mark in held if column is None or at == column]

    def sign(self, row: PreviewRow) -> str:
        """The sign of a row's state."""
        if row.errors:
            return SIGNS[MarkKind.ERROR]
        doubtful = row.warnings or row.asks or row.row in self._places
        return SIGNS[MarkKind.DOUBT] if doubtful else tr(words.STATES[row.state])[:1]

    def _said(self, mark: Mark) -> str:
        sign = SIGNS[mark.kind]
        if mark.difference is not None:
            return f"{sign} {tr(words.FIELDS[mark.difference.field])}: {mark.difference.before or '–'} → {mark.difference.after or '–'}"
        if mark.complaint is None:
            return sign
        said = self._formats.say(mark.complaint.reason)
        return f"{sign} {mark.complaint.column}: {said}" if mark.complaint.column else f"{sign} {said}"

    def shown(self, row: PreviewRow, column: int) -> str:
        """A cell as it is shown, with its sign; of a changed one what the book has and what the file says."""
        cell = self.cell(row, column)
        kind = self._kind(row, column)
        if kind is None or (row.row in self._edits and not self._fresh(row)):
            return cell
        before = next((mark.difference.before for mark in self._marks_of(row)[column] if mark.difference), None)
        if kind is MarkKind.CHANGE and before is not None:
            return f"≠ {before or '–'} → {cell or '–'}"
        return f"{SIGNS[kind]} {cell}".rstrip()

    def _fresh(self, row: PreviewRow) -> bool:
        """Whether what is known of a mended row is of its cells as they are now."""
        return tuple(self._edits.get(row.row, row.cells)) == row.cells

    def _kind(self, row: PreviewRow, column: int) -> MarkKind | None:
        if not self._fresh(row):
            return None
        held = self._marks_of(row).get(column)
        return held[0].kind if held else None

    def _marks_of(self, row: PreviewRow) -> dict[int, list[Mark]]:
        known = self._marks.get(row.row)
        if known is None:
            known = self._marks[row.row] = self._read_marks(row)
        return known

    def _read_marks(self, row: PreviewRow) -> dict[int, list[Mark]]:
        found: dict[int, list[Mark]] = {}
        if self._mapping is None:
            return found
        for mark in marks_of(row, self._mapping):
            found.setdefault(mark.column, []).append(mark)
        doubt = self._places.get(row.row)
        if doubt is not None:
            column = address_column(self._mapping)
            found.setdefault(column, []).append(Mark(column=column, kind=MarkKind.DOUBT, complaint=words.place_doubt(row, doubt)))
        return found

    def _cells(self, row: PreviewRow) -> tuple[str, ...]:
        return self._edits.get(row.row, row.cells)

    def _wanted(self, groups: Groups, edits: dict[int, tuple[str, ...]]) -> Sequence[int]:
        held = groups.places[self._group]
        kept = [at for at in self._order if at < len(self._rows) and self._rows[at].row in edits] if self._group is not Group.ALL else []
        return sorted({*held, *kept}) if kept else held

    def _announce(self) -> None:
        if self._order and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._order) - 1, len(self._columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self._order) - 1)


def _cell(cells: tuple[str, ...], column: int) -> str:
    return unwrapped(cells[column]) if column < len(cells) else ""


def _with(cells: tuple[str, ...], column: int, text: str) -> tuple[str, ...]:
    """The cells with another text in one of them; trailing empty ones are left out, as when a file is read."""
    filled = [*cells, *[""] * (column + 1 - len(cells))]
    filled[column] = text
    while filled and not filled[-1]:
        filled.pop()
    return tuple(filled)


def _tint(tokens: Tokens, tone: str) -> QColor:
    """The surface with a breath of a colour: text of that colour keeps its contrast upon it."""
    strong, ground = QColor(getattr(tokens, tone)), QColor(tokens.surface)
    share = 0.16 if tokens.dark else 0.09
    pairs = ((strong.red(), ground.red()), (strong.green(), ground.green()), (strong.blue(), ground.blue()))
    return QColor(*(round(a * share + b * (1 - share)) for a, b in pairs))


__all__ = ["SIGNS", "WHOLE_ROW", "CheckModel", "Places"]
