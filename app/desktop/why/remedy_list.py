"""What would help, one below the other: number, what is done, what follows and whom it concerns, the price, and the button that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.why.rows import price_words
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.services.remedies_words import Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line: what is said, and what is to be done where it is taken."""

    said: Said
    taken: object


class OfferLine(QFrame):
    """One offer with its button."""

    def __init__(self, number: int, offer: Offer, currency: str, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("note", True)
        said = offer.said
        what = formats.say(said.what)
        price = price_words(said.price, currency, formats)
        self.act = button(tr("Do this"), lambda: None, name=f"{number}. {what}, {price}")
        self.act.setToolTip(tr("Key {key}").format(key=number))
        line = QHBoxLayout(self)
        line.setContentsMargins(10, 6, 10, 6)
        line.setSpacing(10)
        line.addWidget(label(str(number), heading=True), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(_words(what, formats.say(said.then), [formats.say(each) for each in said.concerns]), 1)
        line.addWidget(_price(price), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.act, 0, Qt.AlignmentFlag.AlignVCenter)


class RemedyList(QWidget):
    """The offers; `taken` carries what an Offer gave."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[OfferLine] = []
        self._offers: list[Offer] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def add(self, offers: Sequence[Offer], currency: str, formats: Formats) -> None:
        """Shows more offers below those that are there."""
        for offer in offers:
            self._offers.append(offer)
            line = OfferLine(len(self._offers), offer, currency, formats)
            line.act.clicked.connect(partial(self.take, len(self._offers)))
            self.lines.append(line)
            self._column.addWidget(line)

    def clear(self) -> None:
        """Shows none."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines, self._offers = [], []

    def take(self, number: int, *_: object) -> bool:
        """Takes the offer of that number, from 1; False where there is none."""
        if not 1 <= number <= len(self._offers) or not self.isEnabled():
            return False
        self.taken.emit(self._offers[number - 1].taken)
        return True


def _words(what: str, then: str, concerns: Sequence[str]) -> QVBoxLayout:
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(label(what, heading=True, wrap=True))
    words.addWidget(label(" · ".join([f"→ {then}", *(concerns or [tr("concerns nobody else")])]), muted=True, wrap=True))
    return words


def _price(text: str) -> QLabel:
    made: QLabel = label(text, heading=True)
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    made.setMinimumWidth(72)
    return made
