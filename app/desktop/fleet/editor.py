"""The editor of a driver's shift: what it is to be, what that does to the plan before it is stored, and on which days."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.fleet.fields import ShiftFields
from app.desktop.format import Formats
from app.desktop.handwork import words
from app.desktop.plan.two_lines import Said, TwoLines
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import button, label, rule
from app.desktop.words import tr
from app.domain.errors import Refused
from app.domain.fleet import Driver, Shift, Vehicle
from app.domain.sentences import Sentence
from app.services.ports.travel import Travel
from app.services.shift_commands import ChangeShifts
from app.services.shift_editing import ShiftEffect, after, effect_of

Fleet = tuple[tuple[Vehicle, ...], tuple[Driver, ...]]
_WIDTH = 520
_REST_MS = 150
"""Milliseconds after the last change until its effect is computed."""
_MOST_DAYS = 31


class ShiftEditor(QDialog):
    """Edits a shift. `saved` carries it with the number of following days that it is for as well; `dropped` its id; `sick`: the driver is ill."""

    saved = Signal(object)
    dropped = Signal(object)
    sick = Signal()

    def __init__(
        self, bridge: Bridge, shown: Shown, travel: Callable[[], Travel], fleet: Fleet, shift: Shift, formats: Formats, tokens: Tokens, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._bridge, self._shown, self._travel, self._fleet, self._formats = bridge, shown, travel, fleet, formats
        self._first, self._open = shift, True
        self.effect: ShiftEffect | None = None
        self.fields = ShiftFields(*fleet)
        self.fields.show_shift(shift)
        self.days = QSpinBox()
        self.days.setRange(0, _MOST_DAYS)
        self.days.setAccessibleName(tr("Also on this many following days"))
        self.said = TwoLines()
        self.said.tokens = tokens
        self.save = button(tr("Save"), self._save, primary=True)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._ask)
        self.fields.edited.connect(self._wish)
        new = not shift.version
        self.setWindowTitle(tr("Add a shift") if new else tr("Shift"))
        self._lay_out(new)
        words.fit(self, _WIDTH)
        self._wish()
        self.fields.starts.setFocus()

    @property
    def stops(self) -> int:
        """How many stops the shift has now."""
        return next((row.stops for row in self._shown.view.routes if row.shift == self._first.id), 0)

    def _lay_out(self, new: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(10)
        column.addWidget(label(self._formats.day(self._first.day), title=True))
        column.addWidget(self.fields)
        days = QHBoxLayout()
        for part in (label(tr("Also on the next")), self.days, label(tr("days"))):
            days.addWidget(part)
        days.addStretch(1)
        column.addLayout(days)
        column.addWidget(rule())
        column.addWidget(self.said)
        foot = QHBoxLayout()
        if not new:
            count = self.stops
            remove = button(self._formats.say(Sentence.of("desktop.remove_shift", count=count)) if count else tr("Remove the shift"), self._drop)
            foot.addWidget(remove)
            ill = button(tr("Call in sick…"), self._ill)
            ill.setToolTip(tr("Hands the route over to others"))
            ill.setVisible(bool(count))
            foot.addWidget(ill)
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.save)
        column.addLayout(foot)

    def told(self) -> Shift | None:
        """The shift that the fields say; None where it is impossible, which is said."""
        try:
            return self.fields.told()
        except Refused as error:
            self.said.show_said((Said(f"◆ {self._formats.say(error.sentence)}", "risk"),))
            return None

    def _wish(self) -> None:
        self.effect = None
        told = self.told()
        self.save.setEnabled(told is not None)
        if told is not None:
            self.said.show_said((Said(tr("Working out the new times …"), "muted"),) if self._shown.judged is not None else ())
            self._rest.start()

    def _ask(self) -> None:
        told, shown = self.told(), self._shown
        judged = shown.judged
        if told is None or judged is None or not self._open:
            return
        vehicles, drivers = ({each.id: each for each in part} for part in self._fleet)
        travel = self._travel

        def work(_job: object) -> ShiftEffect:
            then = after(shown.day, ChangeShifts(shifts=(told,)), vehicles, drivers)  # type: ignore[arg-type]
            return effect_of(judged, shown.day, then, travel())

        self._bridge.compute(work, then=lambda found: self._found(told, found), key="shift")

    def _found(self, told: Shift, found: ShiftEffect) -> None:
        if not self._open or self.told() != told:
            return
        self.effect = found
        first, second = effect_said(found, self._shown.view.currency, self._formats)
        self.said.show_said(first, second)

    def done(self, result: int) -> None:
        """Closes the editor."""
        self._open = False  # what is still being computed comes too late
        super().done(result)

    def _save(self) -> None:
        told = self.told()
        if told is not None:
            days = self.days.value()
            self.accept()
            self.saved.emit((told, days))

    def _drop(self) -> None:
        self.accept()
        self.dropped.emit(self._first.id)

    def _ill(self) -> None:
        self.accept()
        self.sick.emit()


def effect_said(found: ShiftEffect, currency: str, formats: Formats) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """The effect in words: money, minutes and lateness; then the stops that no longer fit."""
    if not (found.cost or found.time or found.unfit or found.pooled or found.late_after != found.late_before):
        return (Said(tr("Nothing changes for the plan.")),), ()
    first = [Said(words.money(found.cost, currency, formats)), Said(words.span(found.time, formats))]
    if found.late_before or found.late_after:
        tone = "late" if found.late_after > found.late_before else "" if found.late_after else "ok"
        first.append(Said(formats.say(Sentence.of("desktop.hand_late", before=found.late_before, after=found.late_after)), tone))
    second = [Said("◆ " + formats.say(Sentence.of("desktop.shift_unfit", count=found.unfit)), "risk")] if found.unfit else []
    return tuple(first), tuple(second)
