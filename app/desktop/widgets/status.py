"""The status bar: whether everything is saved, what waits for the network, the last act with Undo, and the jobs of the background."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from app.desktop import icons
from app.desktop.bridge import Busy
from app.desktop.format import Formats
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import Elided, button, label, repolish
from app.desktop.words import tr
from app.domain.sentences import Sentence

_BAR, _WORDS = 90, 210
"""Width of the progress bar; the most that the words of a job take."""


class JobLine(QWidget):
    """The newest job: its title, progress and a way to stop it; a press on the title opens the list of jobs."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.setSpacing(6)
        self._cancel: Callable[[], None] | None = None
        self.title: QPushButton = button("", self.wanted.emit, link=True)
        self.title.setProperty("quiet", True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(_BAR)
        self.stop: QPushButton = button("✕", self._pressed, link=True, name=tr("Cancel the job"))
        self.stop.setToolTip(tr("Cancel the job"))
        layout.addWidget(self.title)
        layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.stop)
        self.setSizePolicy(self.sizePolicy().Policy.Maximum, self.sizePolicy().Policy.Preferred)

    def show_job(self, job: Busy, others: int, formats: Formats) -> None:
        """Shows how far it is, and how many others run beside it."""
        self._cancel = job.cancel
        share = formats.percent(job.share) if job.share is not None else ""
        text = " · ".join(part for part in (f"{job.title} {share}".strip(), job.step) if part)
        more = formats.say(Sentence.of("jobs.others", count=others)) if others else ""
        self._say(" · ".join(part for part in (text, more) if part))
        self._bar.setAccessibleName(job.title)
        self._bar.setRange(0, 0 if job.share is None else 100)
        self._bar.setValue(round((job.share or 0) * 100))
        self.stop.setVisible(job.cancel is not None)

    def _say(self, text: str) -> None:
        """Long words end in …; all of them are in the tooltip."""
        shown = self.title.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _WORDS)
        self.title.setText(shown.replace("&", "&&"))
        self.title.setToolTip(f"{text}\n{tr('Show the jobs')}")
        self.title.setAccessibleName(f"{tr('Jobs')}: {text}")

    def _pressed(self) -> None:
        if self._cancel is not None:
            self._cancel()


class StatusLine(QStatusBar):
    """The line at the bottom of the window. `jobs_wanted` is emitted to show the list of jobs."""

    jobs_wanted = Signal()

    def __init__(self, undo: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(0, 0, 10, 0)
        self._jobs: dict[str, Busy] = {}
        self._formats = Formats()
        self._writing, self._trouble = False, ""
        self._dot, self._saved = label("●", tone="ok"), label()
        self._cloud, self._outbox = QLabel(), label(tr("Offline: nothing waits"), muted=True)
        self._said = Elided()
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._undo: QPushButton = button(tr("Undo"), undo, link=True)
        self._undo.hide()
        self.line = JobLine()
        self.line.hide()
        self.line.wanted.connect(self.jobs_wanted)
        about = tr("Doorstep works without a network and sends nothing by itself: no message waits to be sent.")
        self._outbox.setToolTip(about)
        self._cloud.setToolTip(about)
        for each, left in ((self._dot, 8), (self._saved, 0), (self._cloud, 12), (self._outbox, 0)):
            each.setContentsMargins(left, 0, 4, 0)
            self.addWidget(each)
        self.addWidget(self._said, 1)
        self.addWidget(self._undo)
        self.addPermanentWidget(self.line)
        self._tell_saved()

    def set_formats(self, formats: Formats) -> None:
        """Numbers and sentences are written as in the panels."""
        self._formats = formats

    def set_tokens(self, tokens: Tokens) -> None:
        """Recolours the icon."""
        self._cloud.setPixmap(_icon(tokens).pixmap(QSize(16, 16)))

    @Slot(bool)
    def show_writing(self, writing: bool) -> None:
        """Whether a change is still on its way to the disk."""
        self._writing = writing
        self._tell_saved()

    def show_unsaved(self, why: str) -> None:
        """That the disk did not take the last change, and why; empty: it took the next one."""
        self._trouble = why
        self._tell_saved()

    @property
    def saved(self) -> str:
        """What is said of the disk."""
        return f"{self._dot.text()} {self._saved.text()}"

    def say(self, text: str, *, undo: bool = False) -> None:
        """The last act in words, with a link to undo it."""
        self._said.show_text(text)
        self._undo.setVisible(undo and bool(text))

    @property
    def said(self) -> str:
        """The last act in words."""
        return self._said.toolTip()

    @Slot(object)
    def show_job(self, job: Busy) -> None:
        """A job began, moved on, or ended; the newest is shown."""
        if job.ended:
            self._jobs.pop(job.key, None)
        else:
            self._jobs[job.key] = job
        newest = next(reversed(self._jobs.values()), None)
        self.line.setVisible(newest is not None)
        if newest is not None:
            self.line.show_job(newest, len(self._jobs) - 1, self._formats)

    def _tell_saved(self) -> None:
        mark, words, tone = ("●", tr("Local data saved"), "ok")
        if self._trouble:
            mark, words, tone = ("▲", tr("The last change is not saved"), "late")
        elif self._writing:
            mark, words, tone = ("○", tr("Saving…"), "muted")
        self._dot.setText(mark)
        self._dot.setProperty("tone", tone)
        repolish(self._dot)
        self._saved.setText(words)
        self._saved.setToolTip(self._trouble or tr("Every change is on this computer's disk as soon as it is made."))


def _icon(tokens: Tokens) -> QIcon:
    return icons.icon("cloud-off", tokens.muted)
