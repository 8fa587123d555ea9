"""The status bar: what is saved, what waits, the last act with Undo, and the jobs of the background."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStatusBar, QWidget

from app.desktop.bridge import Busy
from app.desktop.widgets.parts import Elided, button, label
from app.desktop.words import tr


class JobLine(QWidget):
    """One job: its title, progress and a way to stop it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._cancel: Callable[[], None] | None = None
        self._title = label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(110)
        self._stop = button("✕", self._pressed, link=True, name=tr("Cancel the job"))
        layout.addWidget(self._title)
        layout.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._stop)
        self.setSizePolicy(self.sizePolicy().Policy.Maximum, self.sizePolicy().Policy.Preferred)

    def show_job(self, job: Busy) -> None:
        """Shows how far it is."""
        self._cancel = job.cancel
        text = f"{job.title} · {job.step}" if job.step else job.title
        self._title.setText(text)
        self._bar.setAccessibleName(text)
        self._bar.setRange(0, 0 if job.share is None else 100)
        self._bar.setValue(round((job.share or 0) * 100))
        self._stop.setVisible(job.cancel is not None)

    def _pressed(self) -> None:
        if self._cancel is not None:
            self._cancel()


class StatusLine(QStatusBar):
    """The line at the bottom of the window."""

    def __init__(self, undo: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._jobs: dict[str, Busy] = {}
        self._dot, self._saved = label("●", tone="ok"), label()
        self._outbox = label(muted=True)
        self._said = Elided()
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._undo: QPushButton = button(tr("Undo"), undo, link=True)
        self._undo.hide()
        self._line = JobLine()
        self._line.hide()
        for each, left in ((self._dot, 8), (self._saved, 0), (self._outbox, 12)):
            each.setContentsMargins(left, 0, 4, 0)
            self.addWidget(each)
        self.addWidget(self._said, 1)
        self.addWidget(self._undo)
        self.addPermanentWidget(self._line)
        self.show_saved(writing=False)

    def show_saved(self, *, writing: bool) -> None:
        """Whether everything is on disk."""
        self._saved.setText(tr("Saving…") if writing else tr("Local data saved"))
        self._outbox.setText(tr("Nothing waits to be sent"))

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
        self._line.setVisible(newest is not None)
        if newest is not None:
            self._line.show_job(newest)
