"""The calm window of one order: why it is where it is or in no route, what would help, and what every vehicle would make of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.desktop import names
from app.desktop.format import Formats
from app.desktop.plan.chips import lay_chip
from app.desktop.theme import Tokens
from app.desktop.why.asking import Answer, Room
from app.desktop.why.remedy_list import Offer, RemedyList
from app.desktop.why.rows import vehicle_columns, vehicle_rows
from app.desktop.widgets.parts import button, label, rule
from app.desktop.widgets.rows import RowModel
from app.desktop.widgets.table import RowTable
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR
from app.services.queries import BoardRow, DayView

_SIZE = (820, 620)
_TABLE = 178
"""Height of the table in pixels where the remedies want the rest: five vehicles."""
_FEW = 2
"""Remedies that leave the table its room."""
_WHOLE = 16_777_215
DEAR = 1.5
"""From how many times the usual a stop is said to be dear."""


class WhyDialog(QDialog):
    """`taken` carries a Remedy or a Room to be done."""

    taken = Signal(object)

    def __init__(self, row: BoardRow, view: DayView, formats: Formats, tokens: Tokens, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row, self._view, self._formats = row, view, formats
        self.answer: Answer | None = None
        self.looking = False
        """Whether other days or roads are being looked at."""
        self.setWindowTitle(tr("Why, and what would help"))
        self.where = label(self._where(), muted=True, wrap=True)
        self.costs = label(wrap=True)
        self.note = label(tr("Looking for what would help…"), muted=True, wrap=True)
        self.other_days = label(muted=True, wrap=True)
        self.remedies = RemedyList()
        self.remedies.taken.connect(self.taken)
        self.model = RowModel(vehicle_columns(formats), lambda each: each.found.route, self)
        self.table = RowTable(self.model, tr("What every vehicle would make of it"), self)
        self.model.set_colors({name: QColor(getattr(tokens, name)) for name in ("late", "risk", "ok", "muted")})
        self._chip = lay_chip(self.table, 0, lambda each: each.number)
        self._chip.tokens = tokens
        self.shut = button(tr("Close"), self.reject)
        self._lay_out()
        self.resize(*_SIZE)
        self.costs.hide()
        self.other_days.hide()

    def show_answer(self, answer: Answer) -> None:
        """Shows what was found."""
        self.answer = answer
        self.remedies.clear()
        self.remedies.add([Offer(said=said, taken=remedy) for remedy, said in answer.remedies], self._view.currency, self._formats)
        self.note.setText(self._nothing(answer))
        self.note.setVisible(bool(self.note.text()))
        self._say_costs(answer)
        self.model.set_rows(vehicle_rows(answer.everywhere, self._view))
        self._table_part.setVisible(bool(answer.everywhere))
        self._share_room()
        if self.remedies.lines:
            self.remedies.lines[0].act.setFocus()
        elif answer.everywhere:
            self.table.setFocus()

    def _share_room(self) -> None:
        """Where there is much to do, the table is as high as a few vehicles; where there is nothing to do it has the room."""
        many = len(self.remedies.lines) > _FEW
        self.table.setMaximumHeight(_TABLE if many else _WHOLE)
        self._parts.setStretchFactor(self._table_part, 0 if many else 1)
        inside = self._help_part.widget()
        self._help_part.setMaximumHeight(_WHOLE if many or inside is None else inside.sizeHint().height() + 4)

    def look_further(self) -> None:
        """Says that other days, or roads, are being looked at."""
        self.looking = True
        roads = self.answer is not None and bool(self.answer.reasons)
        self.other_days.setText(tr("Looking for the nearest street…") if roads else tr("Looking at the next days…"))
        self.other_days.show()

    def show_room(self, room: Room | None) -> None:
        """Shows the room that was found further on, or that there is none."""
        self.looking = False
        roads = self.answer is not None and bool(self.answer.reasons)
        none = tr("No street near it can be reached.") if roads else tr("No room without a broken rule on the next three days.")
        self.other_days.setText("" if room is not None else none)
        self.other_days.setVisible(room is None)
        if room is not None:
            self.remedies.add([Offer(said=room.said, taken=room)], self._view.currency, self._formats)
        self._share_room()

    def hold(self, *, busy: bool) -> None:
        """While one is being done, no other can be taken."""
        self.remedies.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit() and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier and self.remedies.take(int(event.text())):
            return
        super().keyPressEvent(event)

    # What it says

    def _where(self) -> str:
        row, formats = self._row, self._formats
        placed = tr("Stop {stop} of {route}").format(stop=row.position, route=row.vehicle or row.route_number) if row.route_number else ""
        late = tr("▲ {span} late").format(span=formats.minutes(row.late)) if row.late else ""
        clock = formats.clock(row.arrival) if row.arrival is not None else ""
        window = f"{tr('Window')} {formats.windows(row.windows)}" if row.windows else ""
        return " · ".join(part for part in (placed or tr(names.STANDINGS[row.standing]), clock, late, window, row.address) if part)

    def _nothing(self, answer: Answer) -> str:
        if answer.reasons:
            return " ".join(self._formats.say(each) for each in answer.reasons)
        if answer.remedies:
            return ""
        if self._row.route_number and not self._row.late:
            return tr("It stands well where it is: nothing that was tried saves enough to be named.")
        return tr("Nothing that was tried makes room for it on this day.")

    def _say_costs(self, answer: Answer) -> None:
        dear = answer.dearness
        if dear is None:
            return
        facts = {name: self._formats.money(round(each / COST_PER_MINOR), self._view.currency) for name, each in (("cost", dear.cost), ("usual", dear.usual))}
        key = "desktop.why_dear" if dear.times >= DEAR else "desktop.why_costs"
        self.costs.setText(self._formats.say(Sentence.of(key, **facts, times=self._formats.number(round(dear.times, 1)))))
        self.costs.show()

    # What it looks like

    def _lay_out(self) -> None:
        column = self._parts = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(rule())
        self._help_part = self._helps()
        column.addWidget(self._help_part, 1)
        self._table_part = self._vehicles()
        column.addWidget(self._table_part)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 2, 20, 0)
        foot.addWidget(label(tr("Each of these was tried: no other rule is broken by it, and one undo takes it back."), muted=True, wrap=True), 1)
        foot.addWidget(self.shut)
        column.addLayout(foot)

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(20, 0, 20, 0)
        head.setSpacing(3)
        title = " · ".join(part for part in (self._row.number, self._row.customer) if part)
        for each in (label(title, title=True, wrap=True), self.where, self.costs):
            head.addWidget(each)
        return head

    def _helps(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 2, 20, 6)
        column.setSpacing(6)
        column.addWidget(label(tr("What would help"), heading=True))
        for each in (self.note, self.remedies, self.other_days):
            column.addWidget(each)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("What would help"))
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _vehicles(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        heading = label(tr("Why here, why not there?") if self._row.route_number else tr("What stands against it on every vehicle"), heading=True)
        heading.setContentsMargins(20, 0, 20, 0)
        column.addWidget(heading)
        inset = QVBoxLayout()
        inset.setContentsMargins(10, 0, 10, 0)
        inset.addWidget(self.table)
        column.addLayout(inset)
        part.hide()
        return part
