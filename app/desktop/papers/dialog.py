"""Papers to hand over: those of the day, chosen on the left, seen on the right, printed or saved below."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.papers.choices import Choices
from app.desktop.papers.preview import PaperPreview
from app.desktop.papers.wishes import Made, Wish
from app.desktop.widgets.parts import Elided, Empty, button, label, rule
from app.desktop.words import tr
from app.domain.ids import RouteId
from app.domain.sentences import Sentence
from app.services.papers.values import SMALL, PaperKind
from app.services.queries import RouteRow

_SIZE = (1080, 640)
_CHOICES = 372
"""Pixels for the left side: the longest of its texts in either language."""


class HandOverDialog(QDialog):
    """Shows what is made; asks for it to be made, printed, saved."""

    wished = Signal(object)
    """Wish."""
    print_wanted = Signal()
    save_wanted = Signal()
    zpl_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, day: str, routes: Sequence[RouteRow], formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = formats
        self.made: Made | None = None
        self.setWindowTitle(tr("Papers to hand over"))
        self.choices = Choices(routes, formats.language)
        self.preview = PaperPreview(tr("Pages of the paper"), self)
        self.words = Empty("")
        self.pages = QStackedWidget()
        self.count = label(muted=True)
        self.said = Elided()
        self.missing = label(tone="risk", wrap=True)
        self._make_buttons()
        self._lay_out(day)
        self.resize(*_SIZE)
        self.choices.changed.connect(self._wish)
        self.choices.kind_buttons[PaperKind.MANIFEST].setFocus()

    def _make_buttons(self) -> None:
        self.print = button(tr("Print…"), self.print_wanted.emit, primary=True)
        self.print.setShortcut(QKeySequence(QKeySequence.StandardKey.Print))
        self.save = button(tr("Save as PDF…"), self.save_wanted.emit)
        self.save.setShortcut(QKeySequence(QKeySequence.StandardKey.Save))
        self.zpl = button(tr("Save for a label printer (ZPL)…"), self.zpl_wanted.emit)
        self.folder = button(tr("Open the folder"), self.folder_wanted.emit, link=True)
        self.folder.hide()
        self.close_button = button(tr("Close"), self.reject)
        self._allow()

    def done(self, result: int) -> None:
        """Closes the dialog, whichever way; the pages are let go before."""
        self.preview.release()
        super().done(result)

    def show_wait(self) -> None:
        """Says that the paper is being made, where none is shown yet."""
        if self.made is None:
            self._say_instead(tr("Making the paper…"))

    def show_made(self, made: Made, notes: Mapping[RouteId, str]) -> None:
        """Shows a paper, and what became of each route's last print."""
        self.made = made
        self.choices.show_notes(notes)
        pressed = made.pressed
        if pressed is None:
            unchanged = made.wish.changed and made.wish.routes
            self._say_instead(tr("Nothing has changed since the last print.") if unchanged else tr("Tick a route."))
        else:
            self.preview.show_pdf(pressed.pdf, whole=made.wish.kind in SMALL)
            self.pages.setCurrentWidget(self.preview)
            first = self._say("papers_first", shown=self.preview.pages, count=made.sheets)
            self.count.setText(first if made.sheets else self._say("papers_pages", count=self.preview.pages))
        letters = " ".join(pressed.missing[:20]) if pressed is not None else ""
        self.missing.setText(f"◆ {self._say('papers_missing', letters=letters)}" if letters else "")
        self.missing.setVisible(bool(letters))
        self._allow()

    def show_said(self, text: str, *, folder: bool) -> None:
        """Says what was printed or saved; `folder`: it can be looked at."""
        self.said.show_text(text)
        self.folder.setVisible(folder)

    def _say_instead(self, text: str) -> None:
        self.preview.show_pdf(b"")
        self.words.words.setText(text)
        self.pages.setCurrentWidget(self.words)
        self.count.setText("")

    def _wish(self, wish: Wish) -> None:
        self.wished.emit(wish)

    def _allow(self) -> None:
        there = self.made is not None and self.made.pressed is not None
        self.print.setEnabled(there)
        self.save.setEnabled(there)
        self.zpl.setVisible(self.made is not None and self.made.wish.kind is PaperKind.LABELS)
        self.zpl.setEnabled(there)

    def _lay_out(self, day: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 12)
        layout.setSpacing(10)
        head = QHBoxLayout()
        head.addWidget(label(f"{tr('Papers to hand over')} · {day}", title=True), 1)
        head.addWidget(self.count)
        layout.addLayout(head)
        body = QHBoxLayout()
        body.setSpacing(16)
        self.choices.setFixedWidth(_CHOICES)
        body.addWidget(self.choices)
        self.pages.addWidget(self.words)
        self.pages.addWidget(self.preview)
        body.addWidget(self.pages, 1)
        layout.addLayout(body, 1)
        self.missing.hide()
        layout.addWidget(self.missing)
        layout.addWidget(rule())
        layout.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        for each in (self.folder, self.close_button, self.zpl, self.save, self.print):
            foot.addWidget(each)
        return foot

    def _say(self, key: str, **facts: str | int) -> str:
        return self._formats.say(Sentence.of(f"desktop.{key}", **facts))
