"""The board: the pool and then every driver's day side by side, without a map; cards are moved by keys or dragged between columns.

Left and right go from column to column, up and down from stop to stop; everything else is done by the same acts as in the lists.
"""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.desktop.actions import ORDER_MENU, Actions
from app.desktop.board.column import Column
from app.desktop.format import Formats
from app.desktop.selection import Selected, Selection
from app.desktop.theme import LIGHT, Tokens
from app.desktop.widgets.parts import label, rule
from app.desktop.words import tr
from app.domain.ids import OrderId, RouteId
from app.domain.sentences import Sentence
from app.services.queries import DayView


class BoardPanel(QWidget):
    """All columns. `grown` carries each column that is made after the first, `opened` an order that was double-clicked."""

    grown = Signal(object)
    opened = Signal(object)

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._actions = actions
        self._tokens = LIGHT
        self._view: DayView | None = None
        self._stale = False
        """Whether the day in view, or what is selected of it, came while nobody saw the board."""
        self._formats = Formats()
        self.pool = self._made()
        self.columns: dict[RouteId, Column] = {}
        self.empty_too = QCheckBox(tr("Show routes without stops"))
        self.empty_too.setChecked(True)
        self.empty_too.toggled.connect(lambda _checked: self._show_empty())
        self._count = label(muted=True)
        self.across = QScrollArea()
        """Where the columns of the routes scroll to the side."""
        self._strip = QWidget()
        self._row = QHBoxLayout(self._strip)
        self._lay_out()
        selection.changed.connect(self._selected)

    def show_day(self, view: DayView, formats: Formats) -> None:
        """Shows the pool and every route of a day: at once, or when the board is seen."""
        self._view, self._formats = view, formats
        self._stale = not self.isVisible()
        if not self._stale:
            self._fill(view, formats)

    def showEvent(self, event: QShowEvent) -> None:
        """What came meanwhile is shown."""
        super().showEvent(event)
        if self._stale and self._view is not None:
            self._stale = False
            self._fill(self._view, self._formats)

    def _fill(self, view: DayView, formats: Formats) -> None:
        self._keep_columns(view)
        self.pool.show_pool(view.pool, formats)
        for row in view.routes:
            self.columns[row.id].show_route(row, view.stops[row.id], formats)
        empty = sum(1 for row in view.routes if not row.stops)
        words = Sentence.of("desktop.board_counts", count=len(view.routes), empty=empty)
        self._count.setText(formats.say(words))
        self.empty_too.setEnabled(empty > 0)
        self._show_empty()
        self._mark(self._selection.held)

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._tokens = tokens
        for column in self._all():
            column.set_tokens(tokens)

    def focus(self) -> None:
        """Puts the focus on the column of the selected order, of the route in view, or on the pool."""
        column = self._home()
        column.list.setFocus()
        self.across.ensureWidgetVisible(column, 24, 0)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(16)
        line.addWidget(label(tr("Board"), heading=True))
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(self.empty_too)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addStretch(1)
        self.across.setWidget(self._strip)
        self.across.setWidgetResizable(True)
        self.across.setFrameShape(QFrame.Shape.NoFrame)
        self.across.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.across.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        columns = QHBoxLayout()
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(0)
        columns.addWidget(self.pool)
        columns.addWidget(self.across, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(rule())
        layout.addLayout(columns, 1)
        self.setAccessibleName(tr("Board"))

    def _made(self) -> Column:
        column = Column(self)
        cards = column.list
        cards.turned.connect(lambda way: self._turn(column, way))
        cards.picked.connect(lambda adding: self._picked(column, adding))
        cards.dragging.connect(lambda: self._load(column))
        cards.doubleClicked.connect(lambda index: self.opened.emit(cards.cards.orders_at(index.row())[0]))
        cards.customContextMenuRequested.connect(lambda at: self._menu(column, at))
        column.head.clicked.connect(lambda: self._selection.show_route(column.route) if column.route is not None else None)
        self._actions.lend_keys(cards)
        column.set_tokens(self._tokens)
        self.grown.emit(column)
        return column

    def _keep_columns(self, view: DayView) -> None:
        """One column a route, in the order of their numbers; those that are there already stay."""
        for gone in self.columns.keys() - {row.id for row in view.routes}:
            column = self.columns.pop(gone)
            self._row.removeWidget(column)
            column.hide()
            column.deleteLater()
        for at, row in enumerate(view.routes):
            column = self.columns.get(row.id) or self._made()
            self.columns[row.id] = column
            if self._row.indexOf(column) != at:
                self._row.insertWidget(at, column)

    def _all(self) -> list[Column]:
        """The columns from left to right."""
        rows = self._view.routes if self._view is not None else ()
        return [self.pool, *(self.columns[row.id] for row in rows if row.id in self.columns)]

    def _shown(self) -> list[Column]:
        return [column for column in self._all() if not column.isHidden()]

    def _show_empty(self) -> None:
        for row in self._view.routes if self._view is not None else ():
            self.columns[row.id].setVisible(bool(row.stops) or self.empty_too.isChecked())

    def _home(self) -> Column:
        chosen = next((column for column in self._shown() if column.list.selectionModel().hasSelection()), None)
        route = self._selection.held.route
        return chosen or next((column for column in self._shown() if column.route == route), self.pool)

    def _turn(self, column: Column, way: int) -> None:
        """The neighbouring column, at the same height."""
        shown = self._shown()
        at = shown.index(column) + way
        if 0 <= at < len(shown):
            self.across.ensureWidgetVisible(shown[at], 24, 0)
            shown[at].list.enter(column.list.height_of_current())

    def _picked(self, column: Column, adding: bool) -> None:
        chosen = column.list.chosen()
        others: frozenset[OrderId] = self._elsewhere(column) if adding else frozenset()
        index = column.list.currentIndex()
        current = column.list.cards.orders_at(index.row())[0] if index.isValid() else None
        self._selection.pick({*chosen, *others}, current=current, route=column.route)

    def _elsewhere(self, column: Column) -> frozenset[OrderId]:
        """What is selected outside a column."""
        inside = {order for at in range(column.list.cards.rowCount()) for order in column.list.cards.orders_at(at)}
        return self._selection.held.orders - inside

    def _load(self, column: Column) -> None:
        """What a drag from this column carries: its chosen cards first, then what is selected in the others."""
        chosen = column.list.chosen()
        column.list.carried = (*chosen, *(order for each in self._all() if each is not column for order in each.list.chosen()))

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        self._mark(held)

    def _mark(self, held: Selected) -> None:
        if self._view is None:
            return
        if not self.isVisible():
            self._stale = True
            return
        for column in self._all():
            column.list.mark(held.orders)
            column.set_in_view(column.route is not None and column.route == held.route)

    def _menu(self, column: Column, at: QPoint) -> None:
        self._actions.context_menu(self, ORDER_MENU).exec(column.list.viewport().mapToGlobal(at))
