"""Which orders the table shows and how: the view in force, words and chips; told to the model, remembered in the store."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.desktop.orders.filters import Chips, keeper
from app.desktop.orders.view_store import ViewStore
from app.desktop.orders.views import BUILT_IN, RULES, Look, View
from app.desktop.widgets.fitting import ColumnFit
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.services.queries import BoardRow, Standing

_WRITE_MS = 600
"""Milliseconds of rest before columns and order are written."""


class Viewing(QObject):
    """Holds what is filtered. `changed` is emitted after the rows that are shown may be others."""

    changed = Signal()

    def __init__(self, model: RowModel, table: RowTable, store: ViewStore, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._table = table
        self.store = store
        self.view: View = store.view("all")
        self.chips = Chips()
        self.words = ""
        self._quiet = False
        self._later = QTimer(self, singleShot=True, interval=_WRITE_MS)
        self._later.timeout.connect(store.flush)
        self.fit = ColumnFit(table, model)
        self.fit.dragged.connect(self._keep_look)
        table.horizontalHeader().sortIndicatorChanged.connect(lambda *_: self._keep_look())
        self._dress(self.view.look)

    @property
    def narrowed(self) -> bool:
        """Whether words or chips leave orders of the view out."""
        return bool(self.words.strip() or self.chips)

    def show_view(self, identity: str) -> None:
        """Puts a view in force, with the words and chips that it was saved with."""
        self.view = self.store.view(identity)
        self.words, self.chips = self.view.words, self.view.chips
        self._dress(self.view.look)
        self._filter()

    def search(self, words: str) -> None:
        """Shows only orders that hold these words."""
        if words != self.words:
            self.words = words
            self._filter()

    def turn(self, kind: str, value: str) -> None:
        """Puts a chip in force, or lifts it."""
        self.chips = self.chips.turned(kind, value)
        self._filter()

    def show_only(self, standings: frozenset[Standing] | None) -> None:
        """Shows orders of these standings alone, out of all; None: lifts that."""
        if standings is not None and self.view.id != "all":
            self.show_view("all")
        self.chips = replace(self.chips, standing=frozenset(each.value for each in standings or ()))
        self._filter()

    @Slot()
    def clear(self) -> None:
        """Lifts words and chips; the view stays."""
        self.words, self.chips = "", Chips()
        self._filter()

    def members(self, view: View, rows: Sequence[BoardRow]) -> int:
        """How many orders a view would show."""
        keep = keeper(RULES[view.rule], view.chips)
        return len(rows) if keep is None else sum(1 for row in rows if keep(row))

    def save_as(self, title: str) -> None:
        """Keeps what is shown, and how, as a view of the person's own."""
        view = replace(self.view, words=self.words, chips=self.chips, look=self._look())
        self.view = self.store.add(view, title)
        self.changed.emit()

    def rename(self, title: str) -> None:
        """Gives the view in force another name."""
        self.store.rename(self.view.id, title)
        self.view = self.store.view(self.view.id)
        self.changed.emit()

    def remove(self) -> View | None:
        """Forgets the view in force and shows all orders; the one that went."""
        gone = self.store.remove(self.view.id)
        if gone is not None:
            self.show_view("all")
        return gone

    @Slot()
    def reset_look(self) -> None:
        """The columns, widths and order that the view came with."""
        start = next((view.look for view in BUILT_IN if view.id == self.view.id), Look())
        self._dress(start)
        self._keep_look()

    @Slot(object)
    def choose_columns(self, columns: tuple[str, ...]) -> None:
        """Shows these columns, from left to right, whatever room there is."""
        self.fit.show(columns, self.fit.widths, free=False)
        self._keep_look()

    def _dress(self, look: Look) -> None:
        self._quiet = True
        self.fit.show(look.columns, look.widths, free=look.free, firm=look.firm)
        at = self._model.column_of(look.sort[0]) if look.sort is not None and look.sort[0] in {each.id for each in self._model.columns} else -1
        way = Qt.SortOrder.DescendingOrder if look.sort is not None and look.sort[1] else Qt.SortOrder.AscendingOrder
        self._table.sortByColumn(at, way)
        self._quiet = False

    def _look(self) -> Look:
        sort, firm = self._model.order, self.view.look.firm
        descending = sort is not None and sort[1] is Qt.SortOrder.DescendingOrder
        return Look(columns=self.fit.chosen, widths=self.fit.widths, sort=(sort[0], descending) if sort is not None else None, free=self.fit.free, firm=firm)

    @Slot()
    def _keep_look(self) -> None:
        if not self._quiet:
            self.store.keep_look(self.view.id, self._look())
            self.view = self.store.view(self.view.id)
            self._later.start()

    def _filter(self) -> None:
        self._model.set_filter(self.words, keeper(RULES[self.view.rule], self.chips))
        self.changed.emit()
