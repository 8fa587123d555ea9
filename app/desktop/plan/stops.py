"""The stops of the route in view, in driving order, with live times; rows can be dragged to another place."""

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.desktop import names
from app.desktop.actions import ORDER_MENU, Actions
from app.desktop.dragging.ghost import ORDERS_MIME
from app.desktop.format import Formats
from app.desktop.orders.columns import LOCK_MARK, clock_text
from app.desktop.selection import Selected, Selection
from app.desktop.widgets.fitting import ColumnFit
from app.desktop.widgets.parts import Empty
from app.desktop.widgets.rows import Column, RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.ids import OrderId, RouteId
from app.services.queries import DayView, StopRow


def stop_columns(formats: Formats) -> tuple[Column, ...]:
    """Every column, in the language of the formats."""
    return (
        Column(id="position", title=tr("Stop"), text=lambda row: str(row.position), number=True, width=48),
        Column(id="number", title=tr("Order"), text=_number, width=84),
        Column(id="customer", title=tr("Customer"), text=lambda row: row.customer, width=122, least=90, stretch=2),
        Column(id="address", title=tr("Address"), text=lambda row: row.address, width=176, least=110, stretch=3),
        Column(id="windows", title=tr("Window"), text=lambda row: formats.windows(row.windows), width=100),
        Column(id="arrival", title=tr("Arrival"), text=lambda row: clock_text(row.arrival, formats), number=True, width=62),
        Column(id="wait", title=tr("Wait"), text=lambda row: formats.minutes(row.wait) if row.wait >= 60_000 else "", number=True, width=64, gives=3),
        Column(id="departure", title=tr("Leaves"), text=lambda row: clock_text(row.departure, formats), number=True, width=62, gives=2),
        Column(
            id="punctuality",
            title=tr("Late / slack"),
            text=lambda row: names.punctuality(None, row.late, row.slack, formats),
            tone=lambda row: "late" if row.late else "muted",
            number=True,
            width=104,
        ),
        Column(id="meters", title=tr("Distance"), text=lambda row: formats.kilometers(row.meters), number=True, width=80, gives=5),
        Column(id="weight", title=tr("Weight"), text=lambda row: formats.weight(row.weight), number=True, width=80, gives=4),
        Column(id="lock", title=tr("Lock"), text=lambda row: LOCK_MARK[row.lock], width=48, gives=1),
        Column(
            id="violations",
            title=tr("Marks"),
            text=lambda row: " ".join([*(f"◆ {names.violation(each, formats)}" for each in row.violations), names.road_marks(row.roads, formats)]).strip(),
            tone=lambda row: "late" if row.late else "risk",
            width=200,
            least=120,
            stretch=1,
            gives=6,
        ),
    )


def _number(row: StopRow) -> str:
    return row.number if len(row.orders) < 2 else f"{row.number} +{len(row.orders) - 1}"


class StopPanel(QWidget):
    """The stops of one route, or what to do where none is in view."""

    def __init__(self, selection: Selection, actions: Actions, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._actions = actions
        self._formats = formats
        self._view: DayView | None = None
        self._rows: tuple[StopRow, ...] | None = None
        self.model = RowModel(stop_columns(formats), lambda row: row.orders[0], self)
        self.model.carry(ORDERS_MIME)
        self.table = RowTable(self.model, tr("Stops of the route"), self)
        self.table.setDragEnabled(True)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.table.chosen.connect(self._chosen)
        self._fit = ColumnFit(self.table, self.model)
        self._fit.show([column.id for column in self.model.columns], {}, free=True)
        self.empty = Empty(tr("Choose a route in the list to see its stops."))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        actions.lend_keys(self.table)
        selection.changed.connect(self._selected)

    @property
    def route(self) -> RouteId | None:
        """The route in view."""
        return self._selection.held.route

    def show_day(self, view: DayView, formats: Formats) -> None:
        """Shows the stops of the route in view."""
        if formats is not self._formats:
            self._formats = formats
            self.model.set_columns(stop_columns(formats))
        self._view = view
        self._fill()

    def set_colors(self, colors: dict[str, QColor]) -> None:
        """The colours of the theme."""
        self.model.set_colors(colors)

    def _fill(self) -> None:
        rows = self._view.stops.get(self.route, ()) if self._view is not None and self.route is not None else ()
        if rows is not self._rows:  # a walk along one route changes what is marked, and nothing else
            self._rows = rows
            self.model.set_rows(rows)
        self.empty.words.setText(tr("Choose a route in the list to see its stops.") if self.route is None else tr("This route has no stops yet."))
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self._mark(self._selection.held)

    def _mark(self, held: Selected) -> None:
        wanted = [row.orders[0] for row in (self.model.row_at(at) for at in range(self.model.rowCount())) if held.orders.intersection(row.orders)]
        self.table.mark(wanted, scroll=not self.table.hasFocus())

    @Slot(object)
    def _chosen(self, ids: frozenset[OrderId]) -> None:
        current = self.table.currentIndex()
        now = self.model.id_at(current.row()) if current.isValid() else None
        self._selection.pick(ids, current=OrderId(str(now)) if now in ids else None)

    @Slot(object)
    def _selected(self, held: Selected) -> None:
        if self._view is not None:
            self._fill()

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        self._actions.context_menu(self, ORDER_MENU).exec(self.table.viewport().mapToGlobal(at))
