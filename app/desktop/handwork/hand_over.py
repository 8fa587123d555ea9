"""The dialog of H: from which stop on, and to whom; what each driver would have then, and what it costs, before anything changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.handwork import words
from app.desktop.plan.chips import lay_chip
from app.desktop.plan.edits import whole_plan
from app.desktop.plan.two_lines import TwoLines
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import button, label
from app.desktop.widgets.rows import Column, RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.ids import RouteId, StopId
from app.domain.plans import Plan
from app.domain.schedule import Timeline
from app.domain.sentences import Sentence
from app.services import planning
from app.services.handwork import Effect, Pairs, effect, handed_over, rest_of
from app.services.planning_values import DayProblem
from app.services.queries import RouteRow, StopRow

_SIZE = (660, 520)
_REST_MS = 60
"""Milliseconds after the last wish until it is computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A route that may take stops, and what it would be then."""

    route: RouteRow
    taken: int = 0
    ends: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What was found for a wish."""

    plan: Plan
    stops: tuple[StopId, ...]
    takers: tuple[RouteId, ...]
    effect: Effect
    lines: Mapping[RouteId, Timeline]


class HandOverDialog(QDialog):
    """Asks from where and to whom. `taken` carries the Offer that the person accepts."""

    taken = Signal(object)

    def __init__(
        self, bridge: Bridge, shown: Shown, source: RouteRow, first: StopId | None, pairs: Pairs, formats: Formats, tokens: Tokens, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bridge, self._shown, self._source, self._pairs, self._formats = bridge, shown, source, pairs, formats
        self._stops: Sequence[StopRow] = shown.view.stops[source.id]
        self.offer: Offer | None = None
        self._asking = True
        self.setWindowTitle(tr("Hand over the rest of the route"))
        self.start = QComboBox()
        self.start.setAccessibleName(tr("From this stop on"))
        self.model = RowModel(_columns(formats), lambda row: row.route.id, self)
        self.table = RowTable(self.model, tr("To these drivers"), self)
        self.said = TwoLines()
        self.sure = button("", self._take, primary=True)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        self._fill(first)
        self._lay_out(tokens)
        self.start.currentIndexChanged.connect(lambda _at: self._wish())
        self.table.chosen.connect(lambda _ids: self._wish())
        self.table.opened.connect(lambda _id: self._take())
        self._show(None)
        self.resize(*_SIZE)
        self.table.setFocus()

    def takers(self) -> tuple[RouteId, ...]:
        """The drivers that are chosen, from the top."""
        chosen = self.table.ids()
        return tuple(row.route.id for row in self.model.shown() if row.route.id in chosen)

    def rest(self) -> tuple[StopId, ...]:
        """The stops that go, in driving order."""
        plan = self._shown.day.plan
        first = self.start.currentData()
        return rest_of(plan.route(self._source.id), first, self._pairs) if plan is not None and first is not None else ()

    def _fill(self, first: StopId | None) -> None:
        for row in self._stops:
            clock = self._formats.clock(row.arrival) if row.arrival is not None else ""
            self.start.addItem("  ".join(part for part in (str(row.position), clock, row.customer or row.number) if part), row.id)
        at = next((number for number, row in enumerate(self._stops) if row.id == first), 0)
        self.start.setCurrentIndex(at)
        self.model.set_rows(self._rows())

    def _lay_out(self, tokens: Tokens) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(8)
        name = " · ".join(part for part in (self._source.vehicle or str(self._source.number), self._source.driver) if part)
        column.addWidget(label(f"{tr('Hand over the rest of the route')} · {name}", title=True, wrap=True))
        line = QHBoxLayout()
        caption = label(tr("From this stop on"))
        caption.setBuddy(self.start)
        line.addWidget(caption)
        line.addWidget(self.start, 1)
        column.addLayout(line)
        column.addWidget(label(tr("To whom? Ctrl and a click, or Ctrl and Space, choose a second driver."), muted=True, wrap=True))
        self._paint(tokens)
        column.addWidget(self.table, 1)
        column.addWidget(self.said)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.sure)
        column.addLayout(foot)

    def _paint(self, tokens: Tokens) -> None:
        self.model.set_colors({name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")})
        self.said.tokens = tokens
        lay_chip(self.table, 0, lambda row: row.route.number).tokens = tokens
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.horizontalHeader().setStretchLastSection(False)

    @Slot()
    def _wish(self) -> None:
        self._show(None)
        self._rest.start()

    @Slot()
    def _ask(self) -> None:
        shown, stops, takers, pairs = self._shown, self.rest(), self.takers(), self._pairs
        problem = shown.problem
        if problem is None or shown.judged is None or not stops or not takers:
            return
        plan = whole_plan(shown)
        self._bridge.compute(lambda _job: found(problem, plan, stops, takers, pairs), then=self._found, key="hand over")

    def done(self, result: int) -> None:
        """Closes the dialog."""
        self._asking = False  # what is still being computed comes too late
        super().done(result)

    def _found(self, offer: Offer) -> None:
        if self._asking and (offer.stops, offer.takers) == (self.rest(), self.takers()):
            self._show(offer)

    def _show(self, offer: Offer | None) -> None:
        self.offer = offer
        formats, view = self._formats, self._shown.view
        count = len(self.rest())
        self.sure.setText(formats.say(Sentence.of("desktop.hand_over", count=count)))
        self.sure.setAccessibleName(self.sure.text())
        self.sure.setEnabled(offer is not None)
        if offer is None:
            self.said.show_said(())
            return
        self.model.set_rows([_taker(row, offer, view.stops[row.route.id]) for row in self._rows()])
        vehicles = {row.shift: row.vehicle for row in view.routes}
        self.said.show_said(words.said(offer.effect, view.currency, formats), words.rules(offer.effect.broken, vehicles, formats))

    def _rows(self) -> list[Taker]:
        return [Taker(route=row) for row in self._shown.view.routes if row.id != self._source.id]

    @Slot()
    def _take(self) -> None:
        if self.offer is not None:
            offer = self.offer
            self.accept()
            self.taken.emit(offer)


def found(problem: DayProblem, plan: Plan, stops: Sequence[StopId], takers: Sequence[RouteId], pairs: Pairs) -> Offer:
    """Where the stops go best on these routes, and what that does."""
    after = handed_over(problem, plan, stops, takers, pairs)
    lines = planning.timelines(problem, [route for route in after.routes if route.id in takers])
    return Offer(plan=after, stops=tuple(stops), takers=tuple(takers), effect=effect(problem, plan, after), lines=lines)


def _taker(row: Taker, offer: Offer, stops: Sequence[StopRow]) -> Taker:
    line = offer.lines.get(row.route.id)
    if line is None:
        return row
    late = sum(1 for halt in line.halts if halt.late)
    return replace(row, taken=len(offer.plan.route(row.route.id).stops) - len(stops), ends=line.ends, late=late)


def _columns(formats: Formats) -> tuple[Column, ...]:
    return (
        Column(id="route", title=tr("Driver"), text=lambda row: " · ".join(part for part in (row.route.vehicle, row.route.driver) if part), width=230),
        Column(id="stops", title=tr("Stops"), text=_stops, key=lambda row: row.route.stops, number=True, width=96),
        Column(id="ends", title=tr("Back at"), text=lambda row: _ends(row, formats), key=lambda row: row.route.ends, number=True, width=130),
        Column(id="late", title=tr("Late"), text=_late, tone=lambda row: "late" if (row.late if row.ends else row.route.late) else "", number=True, width=80),
    )


def _stops(row: Taker) -> str:
    return f"{row.route.stops} → {row.route.stops + row.taken}" if row.ends else str(row.route.stops)


def _ends(row: Taker, formats: Formats) -> str:
    before = formats.clock(row.route.ends) if row.route.stops else "–"
    return f"{before} → {formats.clock(row.ends)}" if row.ends else before


def _late(row: Taker) -> str:
    if row.ends and row.late != row.route.late:
        return f"▲ {row.route.late} → {row.late}"
    return f"▲ {row.route.late}" if row.route.late else ""
