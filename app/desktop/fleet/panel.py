"""The fleet panel: the drivers on shift as rows that can be sorted, and under them those who are not."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from app.desktop.plan.routes import SORTS, RouteList
from app.desktop.words import tr
from app.domain.fleet import Driver
from app.domain.ids import DriverId

_ROW = 26
_MOST_SHOWN = 5


class FleetPanel(QWidget):
    """Wraps the route list. `wanted` carries the id of a driver off shift who is to have one."""

    wanted = Signal(object)

    def __init__(self, routes: RouteList) -> None:
        super().__init__()
        self.routes = routes
        self.on, self.off = _fold(tr("On shift"), open_=True), _fold(tr("Off shift"))
        self.sorting = QComboBox()
        self.sorting.setAccessibleName(tr("Sort the routes"))
        for name, title in SORTS:
            self.sorting.addItem(tr(title), name)
        self.dense = QToolButton()
        self.dense.setText("≡")
        self.dense.setCheckable(True)
        self.dense.setToolTip(tr("Lower rows"))
        self.dense.setAccessibleName(tr("Lower rows"))
        self.resting = QListWidget()
        self.resting.setAccessibleName(tr("Drivers off shift"))
        self.resting.setVisible(False)
        self.resting.setViewportMargins(10, 0, 0, 0)
        self._lay_out()
        self.setFocusProxy(routes)
        self.sorting.currentIndexChanged.connect(lambda _at: routes.sort(self.sorting.currentData()))
        self.dense.toggled.connect(routes.set_dense)
        self.on.toggled.connect(lambda shown: _turn(self.on, routes, shown))
        self.off.toggled.connect(lambda shown: _turn(self.off, self.resting, shown))
        routes.routes.modelReset.connect(self._count)
        self.resting.itemActivated.connect(lambda item: self.wanted.emit(item.data(Qt.ItemDataRole.UserRole)))

    def show_drivers(self, resting: Sequence[Driver]) -> None:
        """Shows the drivers who have no shift on the day."""
        self.resting.clear()
        for driver in resting:
            item = QListWidgetItem(driver.name)
            item.setData(Qt.ItemDataRole.UserRole, DriverId(driver.id))
            item.setToolTip(tr("Enter or a double click adds a shift"))
            self.resting.addItem(item)
        self.resting.setFixedHeight(_ROW * min(_MOST_SHOWN, max(1, len(resting))) + 4)
        self.off.setText(f"{tr('Off shift')} {len(resting)}")
        self.off.setEnabled(bool(resting))
        self.resting.setVisible(bool(resting) and self.off.isChecked())
        self._count()

    def _count(self) -> None:
        self.on.setText(f"{tr('On shift')} {len(self.routes.routes.rows)}")

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(6, 4, 8, 4)
        head.setSpacing(6)
        head.addWidget(self.on)
        head.addStretch(1)
        head.addWidget(self.sorting)
        head.addWidget(self.dense)
        foot = QHBoxLayout()
        foot.setContentsMargins(6, 2, 8, 2)
        foot.addWidget(self.off)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.routes, 1)
        column.addLayout(foot)
        column.addWidget(self.resting)
        column.addStretch(0)


def _fold(title: str, *, open_: bool = False) -> QToolButton:
    made = QToolButton()
    made.setText(title)
    made.setCheckable(True)
    made.setChecked(open_)
    made.setAutoRaise(True)
    made.setProperty("fold", True)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    made.setArrowType(Qt.ArrowType.DownArrow if open_ else Qt.ArrowType.RightArrow)
    return made


def _turn(fold: QToolButton, part: QWidget, shown: bool) -> None:
    fold.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
    part.setVisible(shown)
