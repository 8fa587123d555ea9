"""One job on a card: its title, how far it is, how long it takes, a way to stop it; once over, what came of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.desktop.bridge import Ending
from app.desktop.format import Formats
from app.desktop.jobs.ledger import Entry
from app.desktop.widgets.parts import Elided, button, label, repolish, rule
from app.desktop.words import tr

_MARKS = {Ending.DONE: ("✓", "ok"), Ending.FAILED: ("✕", "late"), Ending.CANCELLED: ("○", "muted")}


class JobCard(QFrame):
    """Shows one entry of the ledger; the same card from its beginning to its end."""

    def __init__(self, entry: Entry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cancel = entry.job.cancel
        self._mark, self._title, self._time = label("", heading=True), Elided(), label(muted=True)
        self._title.setProperty("heading", True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self._said: QLabel = label(muted=True, wrap=True)
        self.stop: QPushButton = button(tr("Cancel"), self._pressed, link=True)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        head.addWidget(self._time)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addLayout(foot)
        layout.addSpacing(4)
        layout.addWidget(rule())

    def show_entry(self, entry: Entry, formats: Formats, now: float) -> None:
        """Shows how it stands."""
        job = entry.job
        self._cancel = job.cancel
        mark, tone = _MARKS[job.ending] if job.ending is not None else ("⟳", "")
        self._mark.setText(mark)
        self._mark.setProperty("tone", tone)
        repolish(self._mark)
        self._title.show_text(job.title)
        self._time.setText(formats.stopwatch(entry.elapsed(now)))
        self.bar.setVisible(not job.ended)
        self.bar.setAccessibleName(job.title)
        self.bar.setRange(0, 0 if job.share is None else 100)
        self.bar.setValue(round((job.share or 0) * 100))
        self._said.setText(said(entry, formats))
        self._said.setProperty("muted", job.ending is not Ending.FAILED)
        repolish(self._said)
        self.stop.setVisible(not job.ended and job.cancel is not None)
        self.stop.setAccessibleName(f"{tr('Cancel')}: {job.title}")
        self.setAccessibleName(f"{job.title}, {said(entry, formats)}")

    def _pressed(self) -> None:
        if self._cancel is not None:
            self.stop.setEnabled(False)
            self._cancel()


def said(entry: Entry, formats: Formats) -> str:
    """How a job stands, in words."""
    job = entry.job
    words = formats.say(job.said) if job.said is not None else ""
    if job.ending is None:
        share = formats.percent(job.share) if job.share is not None else ""
        return " · ".join(part for part in (share, job.step, words) if part) or tr("Working…")
    return words or {Ending.DONE: tr("Done"), Ending.FAILED: tr("It failed"), Ending.CANCELLED: tr("Cancelled, nothing was changed")}[job.ending]
