"""The comparison under the proposal's bar: which stops change and how, and what becomes of each driver's day. A row that is chosen shows on the map."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.plan.chips import lay_chip
from app.desktop.plan.compare_rows import GROUPS, DriverLine, StopLine, driver_columns, stop_columns
from app.desktop.selection import Selection
from app.desktop.theme import ROW_HEIGHT, Tokens
from app.desktop.widgets.act_button import ActButton
from app.desktop.widgets.fitting import ColumnFit
from app.desktop.widgets.parts import rule
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.ids import OrderId, RouteId
from app.domain.sentences import Sentence

_ROWS = 6
"""Rows that are seen at once."""


class ComparePanel(QFrame):
    """Two tables behind tabs. `closed` is emitted when Escape is pressed in them."""

    closed = Signal()
    unfolded = Signal(bool)

    def __init__(self, selection: Selection, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._formats = Formats()
        self._lines: tuple[StopLine, ...] = ()
        self.stop_model = RowModel(stop_columns(self._formats), lambda row: row.order, self)
        self.driver_model = RowModel(driver_columns(self._formats), lambda row: row.route.id, self)
        self.stops = RowTable(self.stop_model, tr("Stops that change"), self)
        self.drivers = RowTable(self.driver_model, tr("Drivers"), self)
        self.tabs = QTabWidget()
        self.chips = QButtonGroup(self)
        self.as_is = ActButton(actions["as_is"], tr("Plan as it is"))
        self.as_is.setCheckable(True)
        self.as_is.setFixedHeight(26)
        actions["as_is"].toggled.connect(self.as_is.setChecked)
        self._chip_delegates = [
            lay_chip(self.stops, 3, lambda row: row.was.number if row.was is not None else 0),
            lay_chip(self.stops, 4, lambda row: row.now.number if row.now is not None else 0),
            lay_chip(self.drivers, 0, lambda row: row.route.number),
        ]
        self._fit = ColumnFit(self.stops, self.stop_model)
        self._fit.show([column.id for column in self.stop_model.columns], {}, free=True)
        self._lay_out()
        self.stops.chosen.connect(self._stop_chosen)
        self.drivers.chosen.connect(self._driver_chosen)
        self.chips.idClicked.connect(self._filter)
        for table in (self.stops, self.drivers):
            actions.lend_keys(table)
        self.hide()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._chip_line())
        column.addWidget(self.stops, 1)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(inside, tr("Stops"))
        self.tabs.addTab(self.drivers, tr("Drivers"))
        corner = QWidget()
        line = QHBoxLayout(corner)
        line.setContentsMargins(0, 3, 12, 3)
        line.addWidget(self.as_is)
        self.tabs.setCornerWidget(corner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(rule())
        layout.addWidget(self.tabs, 1)
        self.setFixedHeight(_ROWS * ROW_HEIGHT + 104)

    def _chip_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(6)
        for at in range(len(GROUPS) + 1):
            made = QPushButton()
            made.setProperty("chip", True)
            made.setCheckable(True)
            made.setAutoDefault(False)
            self.chips.addButton(made, at)
            line.addWidget(made)
        self.chips.button(0).setChecked(True)
        line.addStretch(1)
        return line

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        tones = {name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")}
        for model in (self.stop_model, self.driver_model):
            model.set_colors(tones)
        for each in self._chip_delegates:
            each.tokens = tokens
        self.update()

    def show_lines(self, stops: Sequence[StopLine], drivers: Sequence[DriverLine], formats: Formats) -> None:
        """Shows what a proposal changes."""
        if formats is not self._formats:
            self._formats = formats
            self.stop_model.set_columns(stop_columns(formats))
            self.driver_model.set_columns(driver_columns(formats))
        self._lines = tuple(stops)
        self.stop_model.set_rows(stops)
        self.driver_model.set_rows(drivers)
        self.tabs.setTabText(0, f"{tr('Stops')} {len(stops)}")
        self.tabs.setTabText(1, f"{tr('Drivers')} {len(drivers)}")
        self._word_chips()

    def _word_chips(self) -> None:
        counts = [len(self._lines), *(sum(1 for line in self._lines if line.kind in kinds) for _, kinds in GROUPS)]
        titles = [tr("All"), *(tr(title) for title, _ in GROUPS)]
        for at, (title, count) in enumerate(zip(titles, counts, strict=True)):
            chip = self.chips.button(at)
            chip.setText(f"{title} {self._formats.number(count)}")
            chip.setAccessibleName(self._formats.say(Sentence.of("desktop.chip_words", title=title, count=count)))
            chip.setVisible(count > 0 or at == 0)
            if chip.isChecked() and not count:
                self.chips.button(0).click()

    def open(self) -> None:
        """Unfolds it, with the focus in it."""
        self.show()
        self.unfolded.emit(True)
        self.tabs.setCurrentIndex(0)
        self.stops.setFocus()
        if self.stop_model.rowCount() and not self.stops.selectionModel().hasSelection():
            self.stops.selectRow(0)

    def fold(self) -> None:
        """Takes it away."""
        if not self.isHidden():
            self.hide()
            self.unfolded.emit(False)

    def event(self, event: QEvent) -> bool:
        """Escape closes this first; else it would discard the proposal."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @Slot(int)
    def _filter(self, at: int) -> None:
        kinds = GROUPS[at - 1][1] if at else None
        self.stop_model.set_filter("", None if kinds is None else lambda line: line.kind in kinds)

    @Slot(object)
    def _stop_chosen(self, ids: frozenset[OrderId]) -> None:
        index = self.stops.currentIndex()
        line: StopLine | None = self.stop_model.row_at(index.row()) if index.isValid() else None
        if line is None:
            self._selection.pick(ids)
            return
        route = line.now or line.was
        self._selection.pick(ids, current=line.order if line.order in ids else None, route=route.id if route is not None else None)

    @Slot(object)
    def _driver_chosen(self, ids: frozenset[RouteId]) -> None:
        if len(ids) == 1:
            self._selection.show_route(next(iter(ids)))
