"""The steps of the import in a row: what is done has a tick, where one is stands out, what cannot be reached yet is dim."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.desktop.widgets.parts import label, repolish
from app.desktop.words import later, tr

STEPS = (later("File"), later("Columns"), later("Check"), later("Import"))


class StepBar(QWidget):
    """`wanted` carries a step, from 1."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.buttons: list[QPushButton] = []
        for number, name in enumerate(STEPS, start=1):
            if number > 1:
                arrow = label("›", muted=True)
                arrow.setAlignment(Qt.AlignmentFlag.AlignCenter)
                layout.addWidget(arrow)
            layout.addWidget(self._button(number, tr(name)))
        layout.addStretch(1)

    def _button(self, number: int, name: str) -> QPushButton:
        made = QPushButton(f"{number}  {name}")
        made.setProperty("step", "later")
        made.setAutoDefault(False)
        made.setToolTip(f"Alt+{number}")
        made.clicked.connect(lambda: self.wanted.emit(number))
        self.buttons.append(made)
        return made

    def show_step(self, now: int, reachable: int) -> None:
        """Shows where one is, and how far one can go."""
        for number, (made, name) in enumerate(zip(self.buttons, STEPS, strict=True), start=1):
            state = "now" if number == now else "done" if number < now else "later"
            made.setText(f"{'✓' if state == 'done' else number}  {tr(name)}")
            made.setAccessibleName(tr("Step {number}: {name}").format(number=number, name=tr(name)))
            made.setProperty("step", state)
            made.setEnabled(number <= reachable)
            repolish(made)
