"""Which place of the plan lies under a point of a list, a table or a column of the board, and how that place is marked there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from app.domain.ids import RouteId

SpotAt = Callable[[QPoint, QObject | None], "Spot | None"]
"""Asked with a point of the widget, and the widget that the drag came from where that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place of the plan. `route` None: the pool. Of several positions in `among` the best is meant; of none: the best of the whole route.

    `mark` is what shows it, in the widget: a box, or a line where its height is 0.
    """

    route: RouteId | None
    among: tuple[int, ...] = ()
    mark: QRect = QRect()


def between_rows(view: QAbstractItemView, point: QPoint, route: RouteId) -> Spot:
    """Before the row under a point, or behind it in its lower half; behind the last one below all rows."""
    count = view.model().rowCount()
    index = view.indexAt(point)
    if not index.isValid():
        index = view.indexAt(QPoint(max(1, view.viewport().width() // 2), point.y()))
    row = index.row() + (point.y() > view.visualRect(index).center().y()) if index.isValid() else count
    return Spot(route=route, among=(row,), mark=QRect(0, _edge(view, row, count), view.viewport().width(), 0))


def _edge(view: QAbstractItemView, row: int, count: int) -> int:
    """The height between a row and the one before it."""
    column = _first_shown(view)
    if row < count:
        return max(0, view.visualRect(view.model().index(row, column)).top())
    return view.visualRect(view.model().index(count - 1, column)).bottom() + 1 if count else 2


def _first_shown(view: QAbstractItemView) -> int:
    """The first column that is not hidden; of a list the only one."""
    if not isinstance(view, QTableView):
        return 0
    return next((at for at in range(view.model().columnCount()) if not view.isColumnHidden(at)), 0)


def whole(widget: QWidget, route: RouteId | None) -> Spot:
    """Anywhere in a route, or the pool: the whole widget is marked."""
    return Spot(route=route, mark=widget.rect())


class Mark(QWidget):
    """Shows a spot over the widget in which it lies."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._line = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_spot(self, spot: Spot) -> None:
        """Marks it: a line between two rows, or a frame."""
        if spot.mark.isNull() and spot.mark.height() <= 0 and spot.mark.width() <= 0:
            self.hide()
            return
        self._line = spot.mark.height() == 0
        self.setGeometry(spot.mark.adjusted(0, -4, 0, 4) if self._line else spot.mark)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = QColor(self.palette().color(QPalette.ColorRole.Accent))
        if self._line:
            middle = self.height() // 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(QPoint(6, middle), 3, 3)
            painter.drawRect(QRect(6, middle - 1, max(0, self.width() - 10), 2))
        else:
            painter.setPen(QPen(color, 2))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 4, 4)
