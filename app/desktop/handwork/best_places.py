"""The popup of Shift+A: the five best places for what is selected, ranked, with price, minutes and what each breaks; a digit or Enter moves there."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.handwork import words
from app.desktop.handwork.words import fit
from app.desktop.plan.chips import lay_chip
from app.desktop.plan.two_lines import TwoLines
from app.desktop.theme import ROW_HEIGHT, Tokens
from app.desktop.widgets.parts import button, label
from app.desktop.widgets.rows import Column, RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.ids import RouteId
from app.domain.schedule import ViolationKind
from app.services.best_places import MOST
from app.services.dragging import Impact
from app.services.queries import DayView

_WIDTH = 860


class BestPlaces(QDialog):
    """Shows the places of `show_found`. `taken` carries the Impact that was chosen, `looked` the route of the highlighted one."""

    taken = Signal(object)
    looked = Signal(object)

    def __init__(self, title: str, view: DayView, formats: Formats, tokens: Tokens, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Best route for this"))
        self._view, self._formats = view, formats
        self.said = TwoLines()
        self.said.tokens = tokens
        self._places: tuple[Impact, ...] = ()
        self.model = RowModel(_columns(view, formats), lambda row: row.route, self)
        self.model.set_colors({name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")})
        self.table = RowTable(self.model, tr("Best places"), self)
        self.table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self.note = label(tr("Looking for the best places…"), muted=True, wrap=True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sure = button(tr("Move there"), self._take, primary=True)
        self._stack = QStackedWidget()
        self._lay_out(title, tokens)
        self.table.opened.connect(lambda _route: self._take())
        self.table.chosen.connect(self._look)
        for number in range(1, MOST + 1):
            QShortcut(QKeySequence(str(number)), self, partial(self._take_at, number - 1))
        fit(self, _WIDTH)

    @property
    def places(self) -> tuple[Impact, ...]:
        """What is offered, best first."""
        return self._places

    def show_found(self, places: tuple[Impact, ...]) -> None:
        """Shows the places that were found."""
        self._places = places
        self.model.set_rows(places)
        self.note.setText("" if places else tr("No route can take it: every route is locked, or it cannot be planned at all."))
        self._stack.setCurrentIndex(0 if places else 1)
        self.sure.setEnabled(bool(places))
        if places:
            self.table.mark([places[0].route])
            self.table.setFocus()
            self._look(frozenset({places[0].route}))

    def _lay_out(self, title: str, tokens: Tokens) -> None:
        lay_chip(self.table, 1, lambda row: self._view.by_route[row.route].number).tokens = tokens
        header = self.table.horizontalHeader()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self._stack.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + MOST * ROW_HEIGHT + 4)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.note)
        self._stack.setCurrentIndex(1)
        self.sure.setEnabled(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        column.addWidget(label(title, title=True))
        column.addWidget(self._stack)
        column.addWidget(self.said)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(label(tr("1 to 5 choose, Enter moves there."), muted=True), 1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.sure)
        column.addLayout(foot)

    @Slot(object)
    def _look(self, chosen: frozenset[RouteId | None]) -> None:
        for route in chosen:
            self._say(next(place for place in self._places if place.route == route))
            self.looked.emit(route)

    def _say(self, place: Impact) -> None:
        """All that the highlighted place does, for a cell of the table may be too narrow for it."""
        vehicles = {row.shift: row.vehicle for row in self._view.routes}
        said = words.impact_said(place, self._view.currency, self._formats) if place.changes else ()
        self.said.show_said(said, words.rules(place.broken, vehicles, self._formats))

    @Slot()
    def _take(self) -> None:
        row = self.table.currentIndex().row()
        self._take_at(max(0, row))

    def _take_at(self, at: int) -> None:
        if at < len(self._places):
            impact = self._places[at]
            self.accept()
            self.taken.emit(impact)


def _columns(view: DayView, formats: Formats) -> tuple[Column, ...]:
    vehicles = {row.shift: row.vehicle for row in view.routes}
    ranks: dict[int, int] = {}

    def rank(row: Impact) -> str:
        return str(ranks.setdefault(id(row), len(ranks) + 1))

    def driver(row: Impact) -> str:
        route = view.by_route[row.route] if row.route is not None else None
        return " · ".join(part for part in (route.vehicle, route.driver) if part) if route is not None else ""

    def breaks(row: Impact) -> str:
        if not row.changes:
            return tr("✓ It is there now")
        said = [each.text for each in words.rules(row.broken, vehicles, formats)]
        if not said and row.late_after.span > row.late_before.span:
            return f"▲ {tr('Late')}"
        return " ".join(said) if said else tr("✓ Breaks nothing")

    return (
        Column(id="rank", title="#", text=rank, number=True, width=36),
        Column(id="route", title=tr("Driver"), text=driver, width=230),
        Column(id="place", title=tr("As stop"), text=lambda row: str(row.first), number=True, width=72),
        Column(id="cost", title=tr("Cost"), text=lambda row: words.money(row.cost, view.currency, formats), number=True, width=88),
        Column(id="time", title=tr("Time"), text=lambda row: words.span(row.time, formats), number=True, width=96),
        Column(id="late", title=tr("Late"), text=lambda row: late_words(row, formats), tone=_late_tone, width=110),
        Column(id="breaks", title=tr("Rules"), text=breaks, tone=_rules_tone, width=150),
    )


def late_words(row: Impact, formats: Formats) -> str:
    """What becomes of lateness, as "▲ +18 min"; nothing where none comes or goes."""
    more = row.late_after.span - row.late_before.span
    if not more:
        return f"▲ {formats.minutes(row.late_after.span)}" if row.late_after.span else "–"
    return f"▲ +{formats.minutes(more)}" if more > 0 else f"✓ −{formats.minutes(-more)}"


def _rules_tone(row: Impact) -> str:
    if any(each.violation.kind is not ViolationKind.LATE for each in row.broken):
        return "risk"
    return "late" if row.late_after.span > row.late_before.span else "ok"


def _late_tone(row: Impact) -> str:
    more = row.late_after.span - row.late_before.span
    return "late" if more > 0 else "ok" if more < 0 else ""
