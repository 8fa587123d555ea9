"""Begins a drag of orders: what hangs on the pointer says how many they are."""

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QDrag, QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from app.domain.ids import OrderId

ORDERS_MIME = "application/x-doorstep-orders"
"""What dragged orders are carried as: their ids, one a line."""
_STEP = 3
"""Pixels by which the slips of a stack stand apart."""


def orders_in(carried: QMimeData) -> tuple[OrderId, ...]:
    """The orders that are carried; none: it is something else."""
    if not carried.hasFormat(ORDERS_MIME):
        return ()
    return tuple(OrderId(each) for each in bytes(carried.data(ORDERS_MIME).data()).decode().split("\n") if each)


def start_drag(source: QWidget, carried: QMimeData) -> None:
    """Drags orders from a list until they are let go."""
    count = len(orders_in(carried))
    if not count:
        return
    drag = QDrag(source)
    drag.setMimeData(carried)
    drag.setPixmap(ghost(count, source))
    drag.setHotSpot(QPoint(-6, -4))
    drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)


def ghost(count: int, source: QWidget) -> QPixmap:
    """A slip with the number of orders; several look like a stack."""
    font = QFont(source.font())
    font.setWeight(QFont.Weight.DemiBold)
    metrics, ratio = QFontMetrics(font), source.devicePixelRatioF()
    width, height = max(26, metrics.horizontalAdvance(str(count)) + 16), metrics.height() + 6
    behind = min(count - 1, 2) * _STEP
    made = QPixmap(round((width + behind + 2) * ratio), round((height + behind + 2) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    role, colors = QPalette.ColorRole, source.palette()
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.color(role.Base), 1.2))
    painter.setBrush(colors.color(role.Accent))
    for shift in range(behind, -1, -_STEP):
        painter.drawRoundedRect(QRectF(1 + shift, 1 + shift, width, height), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(colors.color(role.Base)))
    painter.drawText(QRectF(1, 1, width, height), Qt.AlignmentFlag.AlignCenter, str(count))
    painter.end()
    return made
