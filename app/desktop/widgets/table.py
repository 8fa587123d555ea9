"""A table view as all panels use it: whole rows, no grid, header menu to choose columns, selection by ids."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from app.desktop.dragging.ghost import start_drag
from app.desktop.theme import ROW_HEIGHT
from app.desktop.widgets.rows import Index, RowModel


class ToneDelegate(QStyledItemDelegate):
    """Keeps the colour of a cell's tone where its row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        color = index.data(Qt.ItemDataRole.ForegroundRole)
        if color is not None:
            palette = option.palette
            palette.setColor(QPalette.ColorRole.HighlightedText, color)
            option.palette = palette


class RowTable(QTableView):
    """Shows a RowModel. `chosen` carries the frozenset of selected ids when the person changes it."""

    chosen = Signal(object)
    opened = Signal(object)
    """The id of the row that was double-clicked or entered."""

    def __init__(self, model: RowModel, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._quiet = False
        self._remembered: frozenset[Hashable] = frozenset()
        self._place: tuple[Hashable | None, int] = (None, 0)
        self.setModel(model)
        toned = ToneDelegate(self)  # for its columns alone: Qt asks a delegate of ours for every cell that it paints
        for at, column in enumerate(model.columns):
            if column.tone is not None:
                self.setItemDelegateForColumn(at, toned)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)  # a double click opens, letters are acts
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._set_up_header()
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.id_at(index.row())))
        model.modelAboutToBeReset.connect(self._note_place)
        model.modelReset.connect(self._restore)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSelectionModel(QItemSelectionModel(self.rows, header))  # or each painting asks every selected row for every heading
        header.setSectionsMovable(True)
        header.setStretchLastSection(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self.choose_columns)
        for at, column in enumerate(self.rows.columns):
            self.setColumnWidth(at, max(column.width, header.sectionSizeFromContents(at).width()))
            self.setColumnHidden(at, column.hidden)

    def allow_sorting(self) -> None:
        """Lets a click on a heading sort; unsorted until then."""
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)

    def mark(self, ids: Iterable[Hashable], *, scroll: bool = True) -> None:
        """Selects the rows of these ids, without telling."""
        self._remembered = frozenset(ids)
        wanted = sorted(row for row in (self.rows.place_of(each) for each in self._remembered) if row is not None)
        if wanted == sorted(self._selected_rows()):
            if scroll and wanted:
                self.scrollTo(self.rows.index(wanted[0], self._first_shown()))
            return
        picked, last = QItemSelection(), len(self.rows.columns) - 1
        for top, bottom in _runs(wanted):
            picked.select(self.rows.index(top, 0), self.rows.index(bottom, last))
        self._quiet = True
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(picked, flags.ClearAndSelect)
        if wanted:
            self.selectionModel().setCurrentIndex(self.rows.index(wanted[0], self._first_shown()), flags.NoUpdate)
            if scroll:
                self.scrollTo(self.rows.index(wanted[0], self._first_shown()))
        self._quiet = False

    def ids(self) -> frozenset[Hashable]:
        """The selected ids."""
        return frozenset(self.rows.id_at(row) for row in self._selected_rows())

    def _selected_rows(self) -> Iterator[int]:
        selection = self.selectionModel().selection()
        for block in (selection.at(number) for number in range(selection.count())):
            yield from range(block.top(), block.bottom() + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() and self.currentIndex().isValid():
            self.opened.emit(self.rows.id_at(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here; the filter box searches."""

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        start_drag(self, self.rows.mimeData(self.selectedIndexes()))

    def _first_shown(self) -> int:
        return next((at for at in range(len(self.rows.columns)) if not self.isColumnHidden(at)), 0)

    @Slot(QItemSelection, QItemSelection)
    def _selection_changed(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if not self._quiet:
            self._remembered = self.ids()
            self.chosen.emit(self._remembered)

    @Slot()
    def _note_place(self) -> None:
        """Where the table stands before all rows are set anew: its cursor and what is in view."""
        current = self.currentIndex()
        self._place = (self.rows.id_at(current.row()) if current.isValid() else None, self.verticalScrollBar().value())

    @Slot()
    def _restore(self) -> None:
        self.mark(self._remembered, scroll=False)
        identity, scrolled = self._place
        row = self.rows.place_of(identity) if identity is not None else None
        if row is not None:
            self.selectionModel().setCurrentIndex(self.rows.index(row, self._first_shown()), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.verticalScrollBar().setValue(scrolled)

    @Slot(QPoint)
    def choose_columns(self, at: QPoint) -> None:
        """The menu of the headings: which columns are shown."""
        menu = QMenu(self)
        for number, column in enumerate(self.rows.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda shown, column_at=number: self.setColumnHidden(column_at, not shown))
        menu.exec(self.horizontalHeader().mapToGlobal(at))


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted rows as blocks that follow on one another: first and last of each."""
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
