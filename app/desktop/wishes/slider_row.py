"""One slider with its name, what it is for, and how far it stands in words and a number."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.desktop.widgets.parts import Elided, label
from app.desktop.words import later, tr
from app.services.leaning import MOST

_WORDS = (later("Off"), later("A little"), later("Medium"), later("Strong"))


class SliderRow(QWidget):
    """`changed` is emitted with each step."""

    changed = Signal()

    def __init__(self, title: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, MOST)
        self.slider.setPageStep(2)
        self.slider.setAccessibleName(title)
        self.slider.setAccessibleDescription(about)
        self.slider.setFixedSize(240, 26)
        self.about = Elided(about)
        self.about.setProperty("muted", True)
        self.about.setProperty("small", True)
        self.strength = label()
        self.strength.setMinimumWidth(104)
        self.strength.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lay_out()
        self.slider.valueChanged.connect(self._moved)
        self._word()

    @property
    def value(self) -> int:
        """0 … MOST."""
        return self.slider.value()

    def set_value(self, value: int) -> None:
        """Moves the slider without telling."""
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self._word()

    def refuse(self, why: str) -> None:
        """Cannot be used: says why."""
        self.set_value(0)
        self.slider.setEnabled(False)
        self.about.show_text(why)
        self.slider.setAccessibleDescription(why)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(self._title, heading=True))
        words.addWidget(self.about)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(self.slider)
        line.addWidget(self.strength)

    @Slot(int)
    def _moved(self, _value: int) -> None:
        self._word()
        self.changed.emit()

    def _word(self) -> None:
        value = self.slider.value()
        words = tr(_WORDS[0 if not value else 1 + (value - 1) * 3 // MOST])
        self.strength.setText(f"{words} · {value}/{MOST}")
