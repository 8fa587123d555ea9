"""The part of the closure's form that says when: this day, from–to, or until it is lifted; and, where wanted, only at some hours of each day."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateTimeEdit, QGridLayout, QHBoxLayout, QTimeEdit, QWidget

from app.desktop.widgets.parts import label
from app.desktop.words import tr
from app.domain.roads import Closure
from app.domain.units import Millis

_DAY, _SPAN, _OPEN = range(3)
_SHOWN = "yyyy-MM-dd HH:mm"
_MINUTE = 60_000


class HoursForm(QWidget):
    """Shows and reads the hours of a closure in the depot's wall times. `edited` after each change by a person."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day, self._zone = date(2000, 1, 1), ZoneInfo("UTC")
        self.span = QComboBox()
        self.span.setAccessibleName(tr("When"))
        self.span.addItems([tr("This day"), tr("From – to"), tr("Until it is lifted")])
        self.begins, self.ends = _moment(tr("From")), _moment(tr("Until"))
        self.daily = QCheckBox(tr("Only at these hours of each day"))
        self.opens, self.closes = _clock(tr("Each day from")), _clock(tr("Each day until"))
        self._between = QWidget()
        self._hours = QWidget()
        self._lay_out()
        self.span.currentIndexChanged.connect(self._changed)
        self.daily.toggled.connect(self._changed)
        for each in (self.begins, self.ends):
            each.dateTimeChanged.connect(self._changed)
        for clock in (self.opens, self.closes):
            clock.timeChanged.connect(self._changed)

    def show_closure(self, closure: Closure, day: date, zone: str) -> None:
        """Shows when it is in force; `day` is what "this day" means."""
        self.blockSignals(True)
        self._day, self._zone = day, ZoneInfo(zone)
        begins, ends = self._wall(closure.begins), self._wall(closure.ends)
        whole = (begins, ends) == self._whole_day()
        self.span.setCurrentIndex(_DAY if whole else _OPEN if begins is None and ends is None else _SPAN)
        first, last = self._whole_day()
        _set(self.begins, begins or first)
        _set(self.ends, ends or last)
        self.daily.setChecked(closure.daily is not None)
        opens, closes = closure.daily or (Millis(7 * 60 * _MINUTE), Millis(16 * 60 * _MINUTE))
        self.opens.setTime(QTime.fromMSecsSinceStartOfDay(opens))
        self.closes.setTime(QTime.fromMSecsSinceStartOfDay(closes))
        self._fold()
        self.blockSignals(False)

    def told(self, closure: Closure) -> Closure:
        """The closure with the hours of the form."""
        begins, ends = {_DAY: self._whole_day(), _SPAN: (_get(self.begins), _get(self.ends)), _OPEN: (None, None)}[self.span.currentIndex()]
        daily = (_reading(self.opens), _reading(self.closes)) if self.daily.isChecked() else None
        return replace(closure, begins=self._moment(begins), ends=self._moment(ends), daily=daily)

    def _whole_day(self) -> tuple[datetime, datetime]:
        first = datetime.combine(self._day, time())
        return first, first + timedelta(days=1)

    def _wall(self, at: datetime | None) -> datetime | None:
        return at.astimezone(self._zone).replace(tzinfo=None) if at is not None else None

    def _moment(self, wall: datetime | None) -> datetime | None:
        return wall.replace(tzinfo=self._zone).astimezone(UTC) if wall is not None else None

    def _changed(self) -> None:
        self._fold()
        self.edited.emit()

    def _fold(self) -> None:
        self._between.setVisible(self.span.currentIndex() == _SPAN)
        self._hours.setVisible(self.daily.isChecked())

    def _lay_out(self) -> None:
        between = QGridLayout(self._between)
        between.setContentsMargins(0, 0, 0, 0)
        for row, (title, field) in enumerate(((tr("From"), self.begins), (tr("Until"), self.ends))):
            between.addWidget(label(title, muted=True), row, 0)
            between.addWidget(field, row, 1)
        between.setColumnStretch(1, 1)
        hours = QHBoxLayout(self._hours)
        hours.setContentsMargins(0, 0, 0, 0)
        hours.addWidget(self.opens)
        hours.addWidget(label("–"))
        hours.addWidget(self.closes)
        hours.addStretch(1)
        whole = QGridLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setVerticalSpacing(6)
        for row, part in enumerate((self.span, self._between, self.daily, self._hours)):
            whole.addWidget(part, row, 0)


def _moment(name: str) -> QDateTimeEdit:
    made = QDateTimeEdit()
    made.setAccessibleName(name)
    made.setCalendarPopup(True)
    made.setDisplayFormat(_SHOWN)
    return made


def _clock(name: str) -> QTimeEdit:
    made = QTimeEdit()
    made.setAccessibleName(name)
    made.setDisplayFormat("HH:mm")
    return made


def _set(field: QDateTimeEdit, wall: datetime) -> None:
    field.setDateTime(QDateTime(QDate(wall.year, wall.month, wall.day), QTime(wall.hour, wall.minute)))


def _get(field: QDateTimeEdit) -> datetime:
    day, clock = field.date(), field.time()
    return datetime(day.year(), day.month(), day.day(), clock.hour(), clock.minute())


def _reading(clock: QTimeEdit) -> Millis:
    return Millis(clock.time().msecsSinceStartOfDay() // _MINUTE * _MINUTE)
