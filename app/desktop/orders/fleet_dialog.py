"""Import of a fleet file: what it holds, for which day and zone, what is wrong with it; then one step."""

from datetime import date
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QDialog, QFormLayout, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from app.desktop.bridge import Bridge
from app.desktop.format import Formats
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.desktop.work import Job
from app.domain.errors import Cancelled, Outside, Refused
from app.domain.sentences import Sentence
from app.services.fleet_reading import FleetDefaults, FleetPreview
from app.services.fleeting import read_fleet
from app.services.ports.files import Table


class FleetDialog(QDialog):
    """`confirmed` carries the FleetPreview that is to be taken in."""

    confirmed = Signal(object)

    def __init__(self, tables: tuple[Table, ...], bridge: Bridge, defaults: FleetDefaults, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tables, self._bridge, self._defaults, self._formats = tables, bridge, defaults, formats
        self._job: Job | None = None
        self.preview: FleetPreview | None = None
        self.setWindowTitle(tr("Import fleet"))
        self.resize(560, 420)
        self.day = QDateEdit(QDate(defaults.day.year, defaults.day.month, defaults.day.day))
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("yyyy-MM-dd")
        self.day.setAccessibleName(tr("Day of the shifts"))
        self.day.dateChanged.connect(lambda _day: self._read())
        self.zone = QComboBox()
        self.zone.setAccessibleName(tr("Time zone of the depot"))
        self.zone.addItems(sorted(available_timezones()))
        self.zone.setCurrentText(defaults.zone)
        self.zone.activated.connect(lambda _at: self._read())
        self._counts = label(heading=True, wrap=True)
        self._trouble = label(tone="late", wrap=True)
        self.errors = QListWidget()
        self.errors.setAccessibleName(tr("What is wrong with the file"))
        self.errors.setWordWrap(True)
        self.confirm = button(tr("Import"), self._confirm, primary=True)
        self._lay_out()
        self._read()

    @property
    def settled(self) -> bool:
        """Whether the preview of the present choice is shown."""
        return self._job is None

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow(label(tr("Day of the shifts"), muted=True), self.day)
        form.addRow(label(tr("Time zone of the depot"), muted=True), self.zone)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self._counts)
        layout.addLayout(form)
        layout.addWidget(self._trouble)
        layout.addWidget(self.errors, 1)
        layout.addStretch(1)
        layout.addLayout(foot)

    def _read(self) -> None:
        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        held = self._defaults
        defaults = FleetDefaults(day=day, zone=self.zone.currentText(), currency=held.currency, country=held.country, area=held.area, locate=held.locate)
        self.confirm.setEnabled(False)
        self._job = self._bridge.compute(lambda _job: read_fleet(self._tables, defaults), then=self._came, failed=self._broke, key=self)

    def _came(self, preview: FleetPreview) -> None:
        self._job, self.preview = None, preview
        counts = Sentence.of(
            "desktop.fleet_counts",
            depots=len(preview.depots),
            vehicles=len(preview.vehicles),
            drivers=len(preview.drivers),
            shifts=len(preview.shifts),
        )
        self._counts.setText(self._formats.say(counts))
        self._trouble.setText("  ".join(self._formats.say(each) for each in preview.notes))
        self._trouble.setVisible(bool(preview.notes))
        self.errors.clear()
        for each in preview.errors:
            self.errors.addItem(f"✕ {self._formats.say(Sentence.of('desktop.row_column', row=each.row, column=each.column))} {self._formats.say(each.reason)}")
        self.errors.setVisible(bool(preview.errors))
        self.confirm.setEnabled(bool(preview.depots and preview.vehicles))

    def _broke(self, error: BaseException) -> None:
        self._job = None
        if isinstance(error, Cancelled):
            return
        self.errors.hide()
        if isinstance(error, Refused | Outside):
            self._trouble.setText(self._formats.say(error.sentence))
            self._trouble.show()
        else:
            self._bridge.tell(error)

    def _confirm(self) -> None:
        if self.preview is not None:
            self.confirmed.emit(self.preview)
            self.accept()
