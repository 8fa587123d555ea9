"""Painting that the rows of lists share: the ground of a row, text that ends in …, the marks beside the colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle

from app.desktop.theme import Tokens


def fit(font: QFont, text: str, width: float) -> str:
    """The text, ended with … where it is wider than that."""
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(width)))


def ground(painter: QPainter, area: QRectF, state: QStyle.StateFlag, tokens: Tokens) -> None:
    """The ground of a row as it is selected or under the pointer, and the line below it."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(area, QColor(tokens.selected))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(area, QColor(tokens.hover))
    painter.fillRect(QRectF(area.left() + 12, area.bottom() - 1, area.width() - 24, 1), QColor(tokens.line))


def mark(painter: QPainter, middle: QPointF, sign: str, color: str) -> None:
    """A mark of a row: ◇ drawn as a line, which fonts draw too small, the others as text."""
    painter.setPen(QPen(QColor(color), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if sign == "◇":
        half = 5.5
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in ((0, -half), (half, 0), (0, half), (-half, 0))]))
        return
    painter.drawText(QRectF(middle.x() - 9, middle.y() - 9, 18, 18), Qt.AlignmentFlag.AlignCenter, sign)
