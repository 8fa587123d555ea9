"""The toolbar's left: day with ◀ ▶ and counts, depot."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget, QWidgetAction

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.words import tr
from app.domain.fleet import Depot
from app.domain.ids import DepotId
from app.domain.sentences import Sentence


class DayBar(QWidget):
    """Which day of which depot. `wanted` carries (depot id, day)."""

    wanted = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = Formats()
        self._days: dict[date, int] = {}
        self.day = date(2000, 1, 1)
        self._today = self.day
        self._date = QPushButton()
        self._date.setProperty("day", True)
        self._date.setAccessibleName(tr("Choose the day"))
        self._date.clicked.connect(self._calendar)
        self._depots = QComboBox()
        self._depots.setAccessibleName(tr("Depot"))
        self._depots.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._depots.activated.connect(lambda _at: self._ask())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        before, after = QToolButton(), QToolButton()
        before.setDefaultAction(actions["previous_day"])
        after.setDefaultAction(actions["next_day"])
        before.setAccessibleName(tr("Previous day"))
        after.setAccessibleName(tr("Next day"))
        self._steps: dict[QWidget, int] = {before: -1, self._date: 0, after: 1}
        for each in (before, self._date, after, self._depots):
            layout.addWidget(each)

    @property
    def depot(self) -> DepotId | None:
        """The depot in view."""
        held = self._depots.currentData()
        return DepotId(held) if held else None

    def steps(self) -> Mapping[QWidget, int]:
        """What orders can be dropped on, with how many days on it leads."""
        return self._steps

    def show_depots(self, depots: tuple[Depot, ...]) -> None:
        """The depots to choose from; the one in view stays where it can."""
        held = self.depot
        self._depots.clear()
        for depot in depots:
            self._depots.addItem(depot.name, depot.id)
        at = self._depots.findData(held)
        self._depots.setCurrentIndex(max(0, at) if depots else -1)
        self._depots.setVisible(bool(depots))

    def show_days(self, days: dict[date, int], day: date, today: date, formats: Formats) -> None:
        """The days that have orders, and the one in view."""
        self._days, self.day, self._today, self._formats = days, day, today, formats
        said = formats.day(day)
        if day == today:
            said = tr("{day} · today").format(day=said)
        count = days.get(day, 0)
        self._date.setText(said)
        self._date.setToolTip(formats.say(Sentence.of("desktop.day_orders", count=count)))

    def step(self, days: int) -> None:
        """Another day, so many days on."""
        self.go(self.day + timedelta(days=days))

    def go_today(self) -> None:
        """Today."""
        self.go(self._today)

    def go(self, day: date) -> None:
        """That day."""
        self.day = day
        self._ask()

    def _ask(self) -> None:
        if self.depot is not None:
            self.wanted.emit((self.depot, self.day))

    def _calendar(self) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(tr("Choose the day"))
        calendar = QCalendarWidget()
        calendar.setSelectedDate(QDate(self.day.year, self.day.month, self.day.day))
        bold = QTextCharFormat()
        bold.setFontWeight(700)
        for day, count in self._days.items():
            bold.setToolTip(self._formats.say(Sentence.of("desktop.day_orders", count=count)))
            calendar.setDateTextFormat(QDate(day.year, day.month, day.day), bold)
        frame = QFrame()
        QVBoxLayout(frame).addWidget(calendar)
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(frame)
        menu.addAction(holder)

        def taken(chosen: QDate) -> None:
            menu.close()
            self.go(date(chosen.year(), chosen.month(), chosen.day()))

        calendar.activated.connect(taken)
        calendar.clicked.connect(taken)
        menu.exec(self._date.mapToGlobal(QPoint(0, self._date.height())))
