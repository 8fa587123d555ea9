"""Rows that are painted by hand, in languages that read from the right: everything is drawn as if read from the left, and turned about the middle of the row.

Letters and icons are not turned, only where they stand; what is aligned left is aligned right.
"""

from typing import Any, cast

from PySide6.QtCore import QLineF, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPolygonF

_APART, _UNTIL = "\u2068", "\u2069"
"""A text between them runs in the direction of its own first letter (Unicode's first strong isolate), numbers alone from the left: a span stays 08:00–10:00."""


class _Mirror:
    """Passes on to a painter what is drawn, with places turned about the middle of an area."""

    def __init__(self, painter: QPainter, area: QRectF) -> None:
        self.painter = painter
        self._sum = area.left() + area.right()
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.painter, name)

    def box(self, of: QRectF) -> QRectF:
        """A box turned about."""
        return QRectF(self._sum - of.right(), of.top(), of.width(), of.height())

    def point(self, of: QPointF) -> QPointF:
        """A point turned about."""
        return QPointF(self._sum - of.x(), of.y())

    def drawText(self, box: QRectF, flags: Qt.AlignmentFlag, text: str) -> None:
        self.painter.drawText(self.box(box), flags, f"{_APART}{text}{_UNTIL}")

    def fillRect(self, box: QRectF, color: QColor) -> None:
        self.painter.fillRect(self.box(box), color)

    def drawRoundedRect(self, box: QRectF, across: float, down: float) -> None:
        self.painter.drawRoundedRect(self.box(box), across, down)

    def drawLine(self, line: QLineF) -> None:
        self.painter.drawLine(QLineF(self.point(line.p1()), self.point(line.p2())))

    def drawPolygon(self, polygon: QPolygonF) -> None:
        self.painter.drawPolygon(QPolygonF([self.point(polygon.at(at)) for at in range(polygon.size())]))


def hand(painter: QPainter, area: QRectF, direction: Qt.LayoutDirection) -> QPainter:
    """What a row draws with: the painter itself, or in languages that read from the right one that turns places about the middle of `area`.

    Only boxes, lines, polygons and texts in boxes of floating point are turned.
    """
    if direction is Qt.LayoutDirection.LeftToRight:
        painter.setLayoutDirection(direction)
        return painter
    return cast(QPainter, _Mirror(painter, area))


def turned(spot: QPointF, area: QRectF, direction: Qt.LayoutDirection) -> QPointF:
    """Where a pointer that is at `spot` would be if the row were read from the left."""
    return spot if direction is Qt.LayoutDirection.LeftToRight else QPointF(area.left() + area.right() - spot.x(), spot.y())


def paint_icon(painter: QPainter, icon: QIcon, box: QRectF) -> None:
    """An icon in a box."""
    held: object = painter
    if isinstance(held, _Mirror):
        box, painter = held.box(box), held.painter
    icon.paint(painter, QRect(QPoint(round(box.left()), round(box.top())), box.size().toSize()))
