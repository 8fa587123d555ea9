"""The dock of the jobs: what runs now with progress and cancel, below it what has ended and what came of it."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.day import Shown
from app.desktop.format import Formats
from app.desktop.jobs.card import JobCard
from app.desktop.jobs.ledger import Entry, Ledger
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import Empty, button
from app.desktop.words import tr

_SECOND = 1_000


class JobsPanel(QWidget):
    """Cards of the jobs of this run of the window, the newest first."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ledger = Ledger(bridge, self)
        self._formats = Formats()
        self.cards: dict[int, JobCard] = {}
        self._clock = QTimer(self, interval=_SECOND)
        self._clock.timeout.connect(self._fill)
        self._lay_out()
        self.ledger.changed.connect(self._heard)

    def show_day(self, shown: Shown, formats: Formats) -> None:
        """Numbers are written as in the other panels."""
        del shown
        self._formats = formats
        self._heard()

    def set_tokens(self, tokens: Tokens) -> None:
        """The style sheet colours the cards."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def _lay_out(self) -> None:
        body = QWidget()
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(tr("Jobs"))
        area.setWidget(body)
        self.clear = button(tr("Clear what has ended"), self.ledger.forget, link=True)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 8, 4)
        foot.addWidget(self.clear)
        foot.addStretch(1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(Empty(tr("No jobs. Imports, address searches, optimisations and new areas show here while they run, and what came of them.")))
        self._stack.addWidget(whole)

    @Slot()
    def _heard(self) -> None:
        if self.isVisible():
            self._fill()

    @Slot()
    def _fill(self) -> None:
        entries = (*self.ledger.running, *self.ledger.over)
        numbers = [entry.number for entry in entries]
        for number in [each for each in self.cards if each not in numbers]:
            self.cards.pop(number).deleteLater()
        for at, entry in enumerate(entries):
            self._card(entry, at).show_entry(entry, self._formats, self.ledger.clock())
        self._stack.setCurrentIndex(1 if entries else 0)
        self.clear.setVisible(bool(self.ledger.over))
        if self.ledger.running and not self._clock.isActive():
            self._clock.start()
        elif not self.ledger.running:
            self._clock.stop()

    def _card(self, entry: Entry, at: int) -> JobCard:
        """The card of an entry, in its place."""
        card = self.cards.get(entry.number)
        if card is None:
            card = self.cards[entry.number] = JobCard(entry)
        if self._column.indexOf(card) != at:
            self._column.insertWidget(at, card)
        return card
