"""The fields of a shift: vehicle, driver, hours, breaks, and what it may do."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import QTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QSpinBox, QTimeEdit, QWidget

from app.desktop.widgets.parts import label
from app.desktop.words import tr
from app.domain.fleet import Break, Driver, Shift, Vehicle
from app.domain.units import Millis, minutes
from app.services.queries import natural

_BREAKS = 2
_MINUTE = 60_000
_HOUR = 60


class BreakRow(QWidget):
    """A break: whether there is one, when it may begin, and how long it is."""

    edited = Signal()

    def __init__(self, number: int) -> None:
        super().__init__()
        self.has = QCheckBox(tr("Break {number}").format(number=number))
        self.earliest, self.latest = clock(tr("Begins at the earliest")), clock(tr("Begins at the latest"))
        self.length = span(tr("Length of the break"), 5, 180)
        row = _row(self)
        for part in (self.has, self.earliest, label("–", muted=True), self.latest, self.length):
            row.addWidget(part)
        row.addStretch(1)
        self.has.toggled.connect(self._changed)
        for field in (self.earliest, self.latest):
            field.timeChanged.connect(self._changed)
        self.length.valueChanged.connect(self._changed)

    def show_break(self, shown: Break | None) -> None:
        """Shows a break; None: there is none, and one at noon is offered."""
        self.has.setChecked(shown is not None)
        self.earliest.setTime(_of(shown.earliest) if shown is not None else QTime(12, 0))
        self.latest.setTime(_of(shown.latest) if shown is not None else QTime(13, 0))
        self.length.setValue(shown.length // _MINUTE if shown is not None else 30)
        self._free()

    def told(self, starts: datetime) -> Break | None:
        """The break as the fields say it. Raises RuleBroken where it ends before it begins."""
        if not self.has.isChecked():
            return None
        earliest, latest = (_on(starts, field, also=True) for field in (self.earliest, self.latest))
        return Break(earliest=earliest, latest=latest, length=minutes(self.length.value()))

    def _free(self) -> None:
        for field in (self.earliest, self.latest, self.length):
            field.setEnabled(self.has.isChecked())

    def _changed(self) -> None:
        self._free()
        self.edited.emit()


class ShiftFields(QWidget):
    """The fields of one shift. `edited` is emitted after each change by a person."""

    edited = Signal()

    def __init__(self, vehicles: tuple[Vehicle, ...], drivers: tuple[Driver, ...]) -> None:
        super().__init__()
        self._shift: Shift | None = None
        self._filling = False
        self._drivers = {each.id: each for each in drivers}
        self.vehicle, self.driver = QComboBox(), QComboBox()
        self.starts, self.ends = clock(tr("Starts")), clock(tr("Ends"))
        self.overtime = span(tr("Overtime allowed"), 0, 480)
        self.limited, self.longest = QCheckBox(tr("At most")), span(tr("Longest working time"), 30, 1440)
        self.breaks = [BreakRow(number) for number in range(1, _BREAKS + 1)]
        self.reloads = QSpinBox()
        self.reloads.setRange(0, 9)
        self.reloads.setAccessibleName(tr("Times it may load again"))
        self.open_end = QCheckBox(tr("Ends at the last stop"))
        self.about = label(muted=True, wrap=True)
        self._fill(vehicles, drivers)
        self._lay_out()
        self._listen()

    def show_shift(self, shift: Shift) -> None:
        """Shows a shift."""
        self._filling, self._shift = True, shift
        self.vehicle.setCurrentIndex(self.vehicle.findData(shift.vehicle))
        self.driver.setCurrentIndex(max(0, self.driver.findData(shift.driver)))
        self.starts.setTime(_of(shift.starts))
        self.ends.setTime(_of(shift.ends))
        self.overtime.setValue(round((shift.latest_end - shift.ends) / timedelta(minutes=1)))
        self.limited.setChecked(shift.max_duration is not None)
        self.longest.setValue((shift.max_duration or 9 * _HOUR * _MINUTE) // _MINUTE)
        for at, row in enumerate(self.breaks):
            row.show_break(shift.breaks[at] if at < len(shift.breaks) else None)
        self.reloads.setValue(shift.reloads)
        self.open_end.setChecked(shift.open_end)
        self._say()
        self._filling = False

    def told(self) -> Shift:
        """The shift as the fields say it; hours before its start are those of the next day. Raises RuleBroken for breaks that are impossible."""
        assert self._shift is not None, "a shift is shown first"
        shift = self._shift
        starts = _at(shift.starts, self.starts)
        ends = _on(starts, self.ends)
        found = [row.told(starts) for row in self.breaks]
        return replace(
            shift,
            vehicle=self.vehicle.currentData(),
            driver=self.driver.currentData(),
            starts=starts,
            ends=ends,
            latest_end=ends + timedelta(minutes=self.overtime.value()),
            breaks=tuple(each for each in found if each is not None) + shift.breaks[_BREAKS:],
            max_duration=Millis(self.longest.value() * _MINUTE) if self.limited.isChecked() else None,
            open_end=self.open_end.isChecked(),
            reloads=self.reloads.value(),
        )

    def _fill(self, vehicles: tuple[Vehicle, ...], drivers: tuple[Driver, ...]) -> None:
        for vehicle in sorted(vehicles, key=lambda each: natural(each.name)):
            self.vehicle.addItem(vehicle.name, vehicle.id)
        self.driver.addItem(tr("Nobody yet"), None)
        for driver in sorted(drivers, key=lambda each: natural(each.name)):
            self.driver.addItem(driver.name, driver.id)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        for title, field in ((tr("Vehicle"), self.vehicle), (tr("Driver"), self.driver)):
            field.setAccessibleName(title)
            form.addRow(title, field)
        form.addRow("", self.about)
        form.addRow(tr("Shift"), _side(self.starts, label("–", muted=True), self.ends))
        form.addRow(tr("Overtime allowed"), _side(self.overtime))
        form.addRow(tr("Working time"), _side(self.limited, self.longest))
        for at, row in enumerate(self.breaks):
            form.addRow(tr("Breaks") if not at else "", row)
        form.addRow(tr("Loads again"), _side(self.reloads, label(tr("times at the depot"), muted=True)))
        form.addRow("", self.open_end)

    def _listen(self) -> None:
        for box in (self.vehicle, self.driver):
            box.currentIndexChanged.connect(self._changed)
        for field in (self.starts, self.ends):
            field.timeChanged.connect(self._changed)
        for number in (self.overtime, self.longest, self.reloads):
            number.valueChanged.connect(self._changed)
        for check in (self.limited, self.open_end):
            check.toggled.connect(self._changed)
        for row in self.breaks:
            row.edited.connect(self._changed)

    def _changed(self, *_of: Any) -> None:
        if not self._filling:
            self._say()
            self.edited.emit()

    def _say(self) -> None:
        """What follows from the fields: the driver's skills and own places."""
        self.longest.setEnabled(self.limited.isChecked())
        driver = self._drivers.get(self.driver.currentData())
        parts = [", ".join(sorted(driver.skills))] if driver is not None and driver.skills else []
        if driver is not None and driver.start is not None:
            parts.append(tr("starts at a place of their own"))
        if driver is not None and driver.end is not None:
            parts.append(tr("ends at a place of their own"))
        self.about.setText(" · ".join(parts))
        self.about.setVisible(bool(parts))


def clock(name: str) -> QTimeEdit:
    """A field for a time of day."""
    made = QTimeEdit()
    made.setDisplayFormat("HH:mm")
    made.setAccessibleName(name)
    return made


def span(name: str, least: int, most: int) -> QSpinBox:
    """A field for minutes."""
    made = QSpinBox()
    made.setRange(least, most)
    made.setSingleStep(15)
    made.setSuffix(" " + tr("min"))
    made.setAccessibleName(name)
    return made


def _of(at: datetime) -> QTime:
    return QTime(at.hour, at.minute)


def _at(day: datetime, field: QTimeEdit) -> datetime:
    chosen = field.time()
    return day.replace(hour=chosen.hour(), minute=chosen.minute(), second=0, microsecond=0)


def _on(starts: datetime, field: QTimeEdit, *, also: bool = False) -> datetime:
    """The time of a field after the start of the shift (`also`: or with it): past midnight it is the next day's."""
    found = _at(starts, field)
    return found if found > starts or (also and found == starts) else found + timedelta(days=1)


def _row(owner: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return row


def _side(*parts: QWidget) -> QWidget:
    """Parts beside one another, at the side where reading begins."""
    made = QWidget()
    row = _row(made)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return made
