"""The line over the map that says what a closure has done to the plan, with the way to repair it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QWidget

from app.desktop.closures import wording
from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label, repolish
from app.desktop.words import tr
from app.domain.roads import Closure
from app.services.closing_effects import Impact

_USUAL, _MOST = 5, 99


class ClosureBanner(QFrame):
    """`repair` carries how many stops may move."""

    repair = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        self._mark, self.words = label("▲", tone="late"), label(wrap=True)
        self.budget = QSpinBox()
        self.budget.setRange(0, _MOST)
        self.budget.setValue(_USUAL)
        self.budget.setAccessibleName(tr("So many stops may move"))
        self.mend = button(tr("Repair"), lambda: self.repair.emit(self.budget.value()), primary=True)
        self.dismiss = button("✕", self.hide, link=True, name=tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        self._most = label(tr("stops moved at most"), muted=True)
        row.addWidget(self._most)
        row.addWidget(self.budget)
        row.addWidget(self.mend)
        row.addWidget(self.dismiss)
        self.hide()

    def show_impact(self, closure: Closure, found: Impact, formats: Formats) -> None:
        """Says what a closure does to the plan; repairing is offered where it costs something."""
        parts = [wording.head(closure, formats), " · ".join(each for each in (wording.met(found, formats), wording.price(found, formats)) if each)]
        self.words.setText(" — ".join(parts))
        self.setAccessibleName(self.words.text())
        bad = found.legs > 0
        self._mark.setText("▲" if bad else "✓")
        self._mark.setProperty("tone", "late" if bad else "ok")
        repolish(self._mark)
        for each in (self._most, self.budget, self.mend):
            each.setVisible(bad)
        self.show()
