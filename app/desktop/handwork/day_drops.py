"""Orders dropped on the day in the toolbar, or on the arrows beside it, are moved to another day: the popup asks which, and who has to be told."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from app.desktop.plan.routes import ORDERS_MIME
from app.desktop.widgets.day_bar import DayBar
from app.domain.ids import OrderId

Ask = Callable[[frozenset[OrderId], date], object]


class DayDrops(QObject):
    """Watches the day bar; `ask` is called with the orders and the day that they were dropped on."""

    def __init__(self, bar: DayBar, ask: Ask, parent: QObject) -> None:
        super().__init__(parent)
        self._bar, self._ask = bar, ask
        self._steps = bar.steps()
        for each in self._steps:
            each.setAcceptDrops(True)
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes orders that are held over a day, and what is let go there."""
        if event.type() not in {QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop} or not isinstance(event, QDropEvent):
            return False
        carried = event.mimeData()
        if not carried.hasFormat(ORDERS_MIME):
            return False
        event.acceptProposedAction()
        if event.type() is QEvent.Type.Drop and isinstance(watched, QWidget):
            orders = frozenset(map(OrderId, bytes(carried.data(ORDERS_MIME).data()).decode().split()))
            self._ask(orders, self._bar.day + timedelta(days=self._steps[watched]))
        return True
