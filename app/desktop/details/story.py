"""The story of an order in the details: what happened to it, the newest first, with day and time in the depot's zone."""

from datetime import datetime

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.desktop.details.parts import Link, muted
from app.desktop.format import Formats
from app.desktop.moments import moment
from app.desktop.widgets.parts import label
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.journal import Happening

FIRST = 5
"""Lines that are shown before one asks for all."""


class StoryLines(QWidget):
    """The lines of one order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._heading: QLabel = label(heading=True)
        self._column.addWidget(self._heading)
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._body = QVBoxLayout()
        self._body.setSpacing(4)
        self._column.addLayout(self._body)
        self._more = Link(self._show_all)
        self._column.addWidget(self._more)
        self._said: tuple[Happening, ...] = ()
        self._formats = Formats()
        self._now: datetime | None = None
        self._all = False
        self.hide()

    def say(self, said: tuple[Happening, ...], formats: Formats, now: datetime) -> None:
        """Shows what happened."""
        if said != self._said:
            self._all = False
        self._said, self._formats, self._now = said, formats, now
        self._fill(now)

    def _show_all(self) -> None:
        self._all = True
        if self._now is not None:
            self._fill(self._now)

    def _fill(self, now: datetime) -> None:
        shown = self._said if self._all else self._said[:FIRST]
        while len(self._lines) < len(shown):
            self._lines.append(self._made())
        for at, (words, when) in enumerate(self._lines):
            there = at < len(shown)
            if there:
                self._say(shown[at], words, when, now)
            words.setVisible(there)
            when.setVisible(there)
        self._heading.setText(tr("What happened") if self._said else "")
        hidden = len(self._said) - len(shown)
        self._more.say(self._formats.say(Sentence.of("details.more_events", count=hidden)) if hidden else "")
        self._more.setVisible(bool(hidden))
        self.setVisible(bool(self._said))

    def _say(self, each: Happening, words: QLabel, when: QLabel, now: datetime) -> None:
        text = self._formats.say(each.said)
        words.setText(tr("{what} (undone)").format(what=text) if each.undone else text)
        muted(words, on=each.undone)
        when.setText(" · ".join(part for part in (moment(each.at, self._formats, now), each.who) if part))

    def _made(self) -> tuple[QLabel, QLabel]:
        words, when = label(wrap=True), label(muted=True, wrap=True)
        when.setProperty("small", True)
        pair = QVBoxLayout()
        pair.setSpacing(0)
        pair.addWidget(words)
        pair.addWidget(when)
        self._body.addLayout(pair)
        return words, when
