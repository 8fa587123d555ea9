"""The line of figures under the toolbar; each is a chip that filters the order table when pressed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from app.desktop.format import Formats
from app.desktop.widgets.parts import label, repolish
from app.domain.sentences import Sentence
from app.services.queries import DayView, Standing

FILTERS: dict[str, frozenset[Standing] | None] = {
    "orders": None,
    "planned": frozenset({Standing.PLANNED, Standing.LATE}),
    "pool": frozenset({Standing.POOL}),
    "held": frozenset({Standing.HELD}),
    "late": frozenset({Standing.LATE}),
}
_TONE = {"held": "risk", "late": "late"}
_MARK = {"held": "◆ ", "late": "▲ "}


class FigureStrip(QFrame):
    """The day in numbers. `wanted` carries the standings to show, or None for all."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(8)
        self._chips: dict[str, QPushButton] = {}
        for name in FILTERS:
            chip = QPushButton()
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.clicked.connect(lambda checked, which=name: self._pressed(which, checked))
            self._chips[name] = chip
            layout.addWidget(chip)
        self.broken = label(tone="risk")
        self._distance, self._cost, self._source = label(), label(), label(muted=True)
        for each in (self.broken, self._distance, self._cost):
            each.setProperty("chip", True)
            layout.addWidget(each)
        layout.addStretch(1)
        layout.addWidget(self._source)

    def chip(self, name: str) -> QPushButton:
        """The chip of a figure."""
        return self._chips[name]

    def show_day(self, view: DayView, formats: Formats) -> None:
        """Shows the figures of a day."""
        figures = view.figures
        for name, chip in self._chips.items():
            count = int(getattr(figures, name))
            chip.setText(_MARK.get(name, "") * bool(count) + formats.say(Sentence.of(f"desktop.figure_{name}", count=count)))
            chip.setAccessibleName(chip.text())
            chip.setProperty("tone", _TONE.get(name, "") if count else "")
            repolish(chip)
        rules = formats.say(Sentence.of("desktop.figure_broken", count=figures.violations))
        self._say(self.broken, f"◆ {rules}" if figures.violations else "")
        known = bool(view.source)
        driven = known and figures.planned > 0
        self._say(self._distance, formats.kilometers(figures.meters) if driven else "")
        self._say(self._cost, formats.say(Sentence.of("desktop.figure_cost", cost=formats.cost(figures.cost, view.currency))) if driven else "")
        self._say(self._source, formats.say(Sentence.of("desktop.source", source=view.source)) if known and view.source != "roads" else "")

    def show_filter(self, standings: frozenset[Standing] | None) -> None:
        """Shows which figure filters the order table, whoever has set that filter."""
        for name, chip in self._chips.items():
            chip.setChecked(standings is not None and FILTERS[name] == standings)

    def _say(self, where: QLabel, text: str) -> None:
        where.setText(text)
        where.setVisible(bool(text))

    def _pressed(self, name: str, checked: bool) -> None:
        for other, chip in self._chips.items():
            chip.setChecked(checked and other == name)
        self.wanted.emit(FILTERS[name] if checked else None)
