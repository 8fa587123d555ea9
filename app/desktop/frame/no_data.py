"""What stands where the window would be when the database cannot be opened: what happened, what is safe, what can be done."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.services.ports.backups import Backup

_MINUTES = 60


class NoDataDialog(QDialog):
    """Offers the newest back-up, another try, and the report. `restoring` carries the Backup that a person wants put back, `retrying` nothing."""

    restoring = Signal(object)
    retrying = Signal()

    def __init__(self, why: Sentence, backups: tuple[Backup, ...], formats: Formats, now: datetime) -> None:
        super().__init__()
        self.setWindowTitle("Doorstep")
        self.resize(620, 260)
        self._formats = formats
        self.why = label(formats.say(why), wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(tr("The database cannot be opened"), title=True, wrap=True))
        layout.addWidget(self.why)
        layout.addWidget(label(tr("Nothing was changed or deleted. A file that is replaced by a back-up is kept beside it."), muted=True, wrap=True))
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.restore = button(tr("Restore the newest back-up"), lambda: self.restoring.emit(backups[0]), primary=bool(backups))
        self.retry = button(tr("Try again"), self.retrying.emit)
        self.restore.setEnabled(bool(backups))
        row.addWidget(self.restore)
        row.addWidget(self.retry)
        row.addWidget(button(tr("Copy the report"), lambda: QApplication.clipboard().setText(self.why.text())))
        row.addStretch(1)
        row.addWidget(button(tr("Close"), self.reject))
        layout.addWidget(label(_age(backups, formats, now), muted=True, wrap=True))
        layout.addLayout(row)

    def tell(self, why: Sentence) -> None:
        """Says why the last thing tried did not help."""
        self.why.setText(self._formats.say(why))


def _age(backups: tuple[Backup, ...], formats: Formats, now: datetime) -> str:
    """How old the newest back-up is."""
    if not backups:
        return tr("There is no back-up of it.")
    minutes = max(0, int((now - backups[0].made).total_seconds()) // _MINUTES)
    key = "desktop.backup_hours" if minutes >= 2 * _MINUTES else "desktop.backup_minutes"
    return formats.say(Sentence.of(key, count=minutes // _MINUTES if minutes >= 2 * _MINUTES else minutes))
