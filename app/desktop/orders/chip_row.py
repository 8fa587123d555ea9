"""The chips of the filters in force, each with a cross that lifts it; nothing is shown while nothing is filtered."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.desktop.widgets.flow import FlowLayout
from app.desktop.widgets.parts import button
from app.desktop.words import tr


class ChipRow(QWidget):
    """`lifted` carries kind and value of the chip that was pressed."""

    lifted = Signal(str, str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(gap=6)
        around = QVBoxLayout(self)
        around.setContentsMargins(8, 0, 8, 6)
        around.addLayout(self._layout)
        self.chips: list[QPushButton] = []
        self.hide()

    def show_chips(self, chips: Sequence[tuple[str, str, str]]) -> None:
        """Shows these chips: kind, value and words of each."""
        while (item := self._layout.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        self.chips = [self._chip(*each) for each in chips]
        if self.chips:
            self._layout.addWidget(button(tr("Clear filters"), self.cleared.emit, link=True))
        self.setVisible(bool(self.chips))

    def _chip(self, kind: str, value: str, words: str) -> QPushButton:
        made = button(f"{words}  ×", lambda: self.lifted.emit(kind, value), name=tr("Lift the filter {name}").format(name=words))
        made.setProperty("chip", True)
        made.setToolTip(tr("Lift the filter {name}").format(name=words))
        self._layout.addWidget(made)
        return made
