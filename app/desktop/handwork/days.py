"""The popup of D: the days around with what is on each, who has to be told, and whether the windows move along."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDateEdit, QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.handwork.words import fit, named
from app.desktop.widgets.parts import button, label
from app.desktop.words import tr
from app.domain.orders import Order
from app.domain.sentences import Sentence
from app.services.day_loads import DayLoad

_WIDTH = 700
WEEKS = 3
NAMED = 6
"""Customers who are named."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


class DayPopup(QDialog):
    """Asks for a day. `taken` carries (day, whether windows move along); `wanted` a day whose load is not known yet."""

    taken = Signal(object)
    wanted = Signal(object)

    def __init__(self, orders: Sequence[Order], told: Sequence[Order], day: date, today: date, wish: date, formats: Formats, parent: QWidget) -> None:
        super().__init__(parent)
        self._orders, self._formats, self._from, self._today = orders, formats, day, today
        self._loads: Mapping[date, DayLoad] = {}
        self.setWindowTitle(tr("Move to another day"))
        first = min(today, day)
        self._first = first - timedelta(days=first.weekday())
        self._days: dict[date, QPushButton] = {}
        self.date = QDateEdit()
        self.date.setCalendarPopup(True)
        self.date.setMinimumDate(_qdate(today))
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setAccessibleName(tr("Day"))
        self.keep = QCheckBox(tr("Keep the hours of the time windows"))
        self.keep.setChecked(True)
        self.keep.setToolTip(tr("Otherwise any time of that day will do"))
        self.load = label(wrap=True)
        self.sure = button("", self._take, primary=True)
        self._lay_out(told)
        self.keep.setVisible(any(order.windows for order in orders))
        self.date.dateChanged.connect(lambda _day: self._choose(self.day))
        self.date.setDate(_qdate(wish))
        self._choose(self.day)
        fit(self, _WIDTH)

    @property
    def day(self) -> date:
        """The day that is chosen."""
        chosen = self.date.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    @property
    def grid(self) -> tuple[date, date]:
        """The first and the last day that the popup shows."""
        return self._first, self._first + timedelta(days=7 * WEEKS - 1)

    def show_loads(self, loads: Mapping[date, DayLoad]) -> None:
        """Shows what is on days."""
        self._loads = {**self._loads, **loads}
        for day, made in self._days.items():
            self._say(day, made)
        self._choose(self.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step and not self.date.hasFocus():
            self._go(self.day + timedelta(days=step))
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
            return
        super().keyPressEvent(event)

    def _lay_out(self, told: Sequence[Order]) -> None:
        formats = self._formats
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 12)
        column.setSpacing(10)
        number = self._orders[0].number if self._orders else ""
        column.addWidget(label(formats.say(named("day_for", len(self._orders), number)), title=True))
        column.addLayout(self._grid())
        line = QHBoxLayout()
        caption = label(tr("Day"))
        caption.setBuddy(self.date)
        line.addWidget(caption)
        line.addWidget(self.date)
        line.addSpacing(16)
        line.addWidget(self.keep)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.load)
        column.addWidget(label(told_words(told, formats), tone="risk" if told else "", muted=not told, wrap=True))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.sure)
        column.addLayout(foot)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(6)
        for number in range(7):
            named = label(self._formats.weekday(self._first + timedelta(days=number)), muted=True)
            named.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(named, 0, number)
        for number in range(7 * WEEKS):
            day = self._first + timedelta(days=number)
            made = QPushButton()
            made.setCheckable(True)
            made.setProperty("chip", True)
            made.setAutoDefault(False)
            made.setMinimumHeight(2 * made.fontMetrics().lineSpacing() + 14)
            made.setEnabled(day >= self._today and day != self._from)
            made.clicked.connect(lambda _checked, chosen=day: self._go(chosen))
            self._days[day] = made
            self._say(day, made)
            grid.addWidget(made, 1 + number // 7, number % 7)
            grid.setColumnStretch(number % 7, 1)
        return grid

    def _say(self, day: date, made: QPushButton) -> None:
        """The date, and below it how many orders there are; ◇ those that no route serves."""
        load, formats = self._loads.get(day), self._formats
        counted = ""
        if load is not None and load.orders:
            counted = f"{formats.number(load.orders)}{f' · ◇ {formats.number(load.unplanned)}' if load.unplanned else ''}"
        made.setText(f"{formats.date(day)}\n{counted or ('–' if load is not None else '…')}")
        made.setAccessibleName(f"{formats.day(day)}, {self._words(load)}" if load is not None else formats.day(day))
        made.setToolTip(self._words(load) if load is not None else "")

    def _words(self, load: DayLoad) -> str:
        say = self._formats.say
        parts = [say(Sentence.of("desktop.day_orders", count=load.orders))]
        parts += [f"◇ {say(Sentence.of('desktop.day_unplanned', count=load.unplanned))}"] if load.unplanned else []
        parts += [self._formats.weight(load.weight)] if load.weight else []
        parts.append(say(Sentence.of("desktop.day_shifts", count=load.shifts)) if load.shifts else f"◆ {tr('No shifts on that day yet')}")
        return " · ".join(parts)

    def _go(self, day: date) -> None:
        if day >= self._today:
            self.date.setDate(_qdate(day))
            if day in self._days:
                self._days[day].setFocus()
        self._choose(self.day)

    def _choose(self, chosen: date) -> None:
        for day, made in self._days.items():
            made.setChecked(day == chosen)
        load, said = self._loads.get(chosen), self._formats.day(chosen)
        self.load.setText(self._formats.named(said, self._words(load) if load is not None else "…"))
        if load is None and self._loads:
            self.wanted.emit(chosen)
        self.sure.setEnabled(chosen != self._from)
        self.sure.setText(self._formats.say(Sentence.of("desktop.day_move", day=said)))
        self.sure.setAccessibleName(self.sure.text())

    @Slot()
    def _take(self) -> None:
        if self.sure.isEnabled():
            wish = (self.day, self.keep.isChecked())
            self.accept()
            self.taken.emit(wish)


def told_words(told: Sequence[Order], formats: Formats) -> str:
    """Who was promised a time that will not be kept."""
    if not told:
        return tr("Nobody has been promised a time: no one has to be told.")
    who = list(dict.fromkeys(order.recipient.name or order.number for order in told))
    more = f" … +{formats.number(len(who) - NAMED)}" if len(who) > NAMED else ""
    return f"◆ {formats.say(Sentence.of('desktop.day_told', count=len(told)))} {', '.join(who[:NAMED])}{more}"


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
