"""The order table: every order of the day, filtered by words and by the figures' chips."""

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.orders.columns import order_columns
from app.desktop.selection import Selected, Selection
from app.desktop.widgets.parts import label
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.ids import OrderId
from app.domain.sentences import Sentence
from app.services.queries import BoardRow, DayView, Standing

CONTEXT = ("move", "unassign", "lock", "lock_place", "", "pin")
_FILTER_DELAY = 120
"""Milliseconds of rest before typed words are searched."""


class FilterBox(QLineEdit):
    """A search box; Down goes into the table, Escape clears."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class OrderPanel(QWidget):
    """The orders of the day in a table, with its filter box."""

    def __init__(self, selection: Selection, actions: Actions, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._actions = actions
        self._formats = formats
        self._standings: frozenset[Standing] | None = None
        self.model = RowModel(order_columns(formats), lambda row: row.order, self)
        self.model.carry("application/x-doorstep-orders")
        self.table = RowTable(self.model, tr("Orders"), self)
        self.table.setDragEnabled(True)
        self.table.allow_sorting()
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.chosen.connect(self._chosen)
        self.search = FilterBox()
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Filter orders"))
        self.search.setPlaceholderText(tr("Filter: number, name, street, route…"))
        self.search.left.connect(self.table.setFocus)
        self._delay = QTimer(self, singleShot=True, interval=_FILTER_DELAY)
        self._delay.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _text: self._delay.start())
        self._count: QLabel = label("", muted=True)
        self._lay_out()
        actions.lend_keys(self.table)
        selection.changed.connect(self._selected)

    def show_day(self, view: DayView, formats: Formats) -> None:
        """Shows the orders of a day."""
        if formats is not self._formats:
            self._formats = formats
            self.model.set_columns(order_columns(formats))
        self.model.set_rows(view.board)
        self._say_count()

    def show_only(self, standings: frozenset[Standing] | None) -> None:
        """Shows orders of these standings alone; None: all."""
        self._standings = standings
        self._filter()

    def set_colors(self, colors: dict[str, QColor]) -> None:
        """The colours of the theme."""
        self.model.set_colors(colors)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 6, 8, 6)
        top.setSpacing(12)
        top.addWidget(self.search, 1)
        top.addWidget(self._count)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.table, 1)

    def _keeps(self, row: BoardRow) -> bool:
        return self._standings is None or row.standing in self._standings

    @Slot()
    def _filter(self) -> None:
        self.model.set_filter(self.search.text(), self._keeps if self._standings is not None else None)
        self._say_count()

    def _say_count(self) -> None:
        chosen = self._selection.held.orders
        if len(chosen) > 1:
            rows = [row for row in (self.model.row_at(at) for at in range(self.model.rowCount())) if row.order in chosen]
            weight = self._formats.weight(sum(row.weight for row in rows))
            said = self._formats.say(Sentence.of("desktop.selected", count=len(chosen), weight=weight))
        else:
            said = self._formats.say(Sentence.of("desktop.shown_of", shown=self.model.rowCount(), all=self.model.total))
        self._count.setText(said)

    @Slot(object)
    def _chosen(self, ids: frozenset[OrderId]) -> None:
        current = self.table.currentIndex()
        now = self.model.id_at(current.row()) if current.isValid() else None
        self._selection.pick(ids, current=OrderId(str(now)) if now in ids else None)
        self._say_count()

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        self.table.mark(held.orders, scroll=not self.table.hasFocus())
        self._say_count()

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        self._actions.context_menu(self, CONTEXT).exec(self.table.viewport().mapToGlobal(at))
