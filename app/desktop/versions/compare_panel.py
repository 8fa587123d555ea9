"""Plans side by side, in the place of the tables: which two the map shows, the measures, the stops that differ, the routes, and what can be taken."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.plan.chips import lay_chip
from app.desktop.selection import Selection
from app.desktop.theme import Tokens
from app.desktop.versions.buttons import ShortButton
from app.desktop.versions.compare_rows import (
    LETTERS,
    SIDES,
    chip_of,
    measure_columns,
    measure_lines,
    route_columns,
    route_lines,
    stop_columns,
    stop_lines,
)
from app.desktop.widgets.fitting import ColumnFit
from app.desktop.widgets.parts import button
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.ids import OrderId, RouteId
from app.domain.sentences import Sentence
from app.services.queries import DayView
from app.services.version_comparison import MOST, Comparison

_UPPER, _UNDER = "━", "╌"
"""How the map draws the two: in colour, and grey and dashed below it."""
_NAME = 14
"""Letters of a name that a heading shows."""


class VersionCompare(QWidget):
    """`paired` carries which two the map is to show (below, above); `closed` is emitted by Escape and the button; `settled` when a row was chosen."""

    paired = Signal(object)
    closed = Signal()
    settled = Signal()

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._formats = Formats()
        self._currency = ""
        self._view: DayView | None = None
        self.found: Comparison | None = None
        self.names: tuple[str, ...] = ()
        self.under, self.upper = 0, 1
        self.measure_model = RowModel(measure_columns((), self._formats, ""), lambda row: row.measure, self)
        self.stop_model = RowModel(stop_columns((), self._formats), lambda row: row.order, self)
        self.route_model = RowModel(route_columns((), self._formats), lambda row: row.route, self)
        self.measures = RowTable(self.measure_model, tr("Measures"), self)
        self.stops = RowTable(self.stop_model, tr("Stops that differ"), self)
        self.routes = RowTable(self.route_model, tr("Routes"), self)
        self._chips = [
            *(lay_chip(self.stops, self.stop_model.column_of(SIDES[at]), chip_of(at)) for at in range(MOST)),
            lay_chip(self.routes, 0, lambda row: row.number),
        ]
        self._fits = [ColumnFit(table, table.rows) for table in (self.measures, self.stops, self.routes)]
        self.tabs, self._pages = QTabBar(), QStackedWidget()
        self.sides = QButtonGroup(self)
        self.sides.setExclusive(True)
        self.take = ShortButton(actions["take_version"], tr("Take it"))
        self.take_route = ShortButton(actions["take_route"], tr("Take route"))
        self.commit = ShortButton(actions["take_and_commit"], tr("Commit…"))
        self.close_it = button("✕", self.closed.emit, name=tr("Close"))
        self.close_it.setToolTip(tr("Close"))
        self.close_it.setFixedWidth(34)
        self._lay_out()
        self.sides.idClicked.connect(self._show_side)
        self.stops.chosen.connect(self._stop_chosen)
        self.routes.chosen.connect(self._route_chosen)
        self.tabs.currentChanged.connect(self._turned)
        self._turned(0)
        for table in (self.measures, self.stops, self.routes):
            actions.lend_keys(table)

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Comparison"))
        for table, title in ((self.measures, tr("Measures")), (self.stops, tr("Stops")), (self.routes, tr("Routes"))):
            self.tabs.addTab(title)
            self._pages.addWidget(table)
        line = QHBoxLayout()
        line.setContentsMargins(0, 3, 12, 3)
        line.setSpacing(6)
        line.addWidget(self.tabs)
        line.addStretch(1)
        for at in range(MOST):
            made = QPushButton()
            made.setProperty("chip", True)
            made.setCheckable(True)
            made.setAutoDefault(False)
            self.sides.addButton(made, at)
            line.addWidget(made)
        line.addSpacing(8)
        for each in (self.take, self.take_route, self.commit, self.close_it):
            line.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self._pages, 1)

    @property
    def upper_key(self) -> str:
        """The key of the plan that is shown in colour; what is taken is taken from it."""
        return self.found.sides[self.upper].key if self.found is not None and self.upper < len(self.found.sides) else ""

    @property
    def route(self) -> RouteId | None:
        """The route that is chosen in the table of routes, while that is in front."""
        if self._pages.currentWidget() is not self.routes:
            return None
        chosen = [line.route for line in self.route_model.shown() if line.route in self.routes.ids()]
        return chosen[0] if len(chosen) == 1 else None

    def show_comparison(self, found: Comparison, names: Sequence[str], view: DayView, formats: Formats) -> None:
        """Shows these plans; where the same are compared again, the two on the map stay."""
        before = [side.key for side in self.found.sides] if self.found is not None else []
        self.found, self.names, self._view = found, tuple(names), view
        self._formats, self._currency = formats, view.currency
        if before != [side.key for side in found.sides]:
            self.under, self.upper = 0, 1
        self._fill()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        tones = {name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")}
        for model in (self.measure_model, self.stop_model, self.route_model):
            model.set_colors(tones)
        for each in self._chips:
            each.tokens = tokens
        self.update()

    def event(self, event: QEvent) -> bool:
        """Escape closes this first."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _fill(self) -> None:
        found, view = self.found, self._view
        if found is None or view is None:
            return
        heads = [self._head(at) for at in range(len(found.sides))]
        self.measure_model.set_columns(measure_columns(heads, self._formats, self._currency))
        self.stop_model.set_columns(stop_columns(heads, self._formats))
        self.route_model.set_columns(route_columns(heads, self._formats))
        self.measure_model.set_rows(measure_lines(found))
        self.stop_model.set_rows(stop_lines(found, view, (self.under, self.upper)))
        routes = route_lines(found, view)
        self.route_model.set_rows(routes)
        missing = frozenset(SIDES[len(found.sides) :])
        for fit, model in zip(self._fits, (self.measure_model, self.stop_model, self.route_model), strict=True):
            fit.show([column.id for column in model.columns if column.id not in missing], {}, free=True)
        differing = sum(1 for line in routes if not line.found.same)
        self.tabs.setTabText(1, f"{tr('Stops')} {self._formats.number(len(found.stops))}")
        self.tabs.setTabText(2, f"{tr('Routes')} {self._formats.number(differing)}")
        self._word_sides(len(found.sides))
        self.settled.emit()

    def _head(self, at: int) -> str:
        name = self.names[at]
        return f"{self._mark(at)}{LETTERS[at]} · {name if len(name) <= _NAME else name[: _NAME - 1] + '…'}"

    def _mark(self, at: int) -> str:
        return f"{_UPPER} " if at == self.upper else f"{_UNDER} " if at == self.under else ""

    def _word_sides(self, count: int) -> None:
        for at in range(MOST):
            chip = self.sides.button(at)
            chip.setVisible(at < count)
            if at >= count:
                continue
            chip.setText(f"{self._mark(at)}{LETTERS[at]}")
            role = "versions.side_upper" if at == self.upper else "versions.side_under" if at == self.under else "versions.side"
            chip.setAccessibleName(self._formats.say(Sentence.of(role, letter=LETTERS[at], name=self.names[at])))
            chip.setToolTip(chip.accessibleName())
            chip.setChecked(at == self.upper)

    @Slot(int)
    def _turned(self, at: int) -> None:
        """A route can be taken where routes are listed; there is not room for all buttons beside the tabs."""
        self._pages.setCurrentIndex(at)
        routes = self._pages.currentWidget() is self.routes
        self.take_route.setVisible(routes)
        self.commit.setVisible(not routes)
        self.settled.emit()

    def show_side(self, key: str) -> bool:
        """Brings the plan of that key on top; False: it is not among those that are compared."""
        keys = [side.key for side in self.found.sides] if self.found is not None else []
        if key not in keys:
            return False
        self._show_side(keys.index(key))
        return True

    @Slot(int)
    def _show_side(self, at: int) -> None:
        """Brings a plan on top; the one that was there goes below where it would be the same twice."""
        if at == self.upper:
            return
        if at == self.under:
            self.under = self.upper
        self.upper = at
        self._fill()
        self.paired.emit((self.under, self.upper))

    @Slot(object)
    def _stop_chosen(self, ids: frozenset[OrderId]) -> None:
        index = self.stops.currentIndex()
        line = self.stop_model.row_at(index.row()) if index.isValid() else None
        self._selection.pick(ids, current=line.order if line is not None and line.order in ids else None)
        spot = next((each for each in (line.found.spots[self.upper], line.found.spots[self.under]) if each is not None), None) if line is not None else None
        if spot is not None:
            self._selection.show_route(spot.route)

    @Slot(object)
    def _route_chosen(self, ids: frozenset[RouteId]) -> None:
        if len(ids) == 1:
            self._selection.show_route(next(iter(ids)))
        self.settled.emit()
