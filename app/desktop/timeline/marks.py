"""The small signs of the timeline: numbers, ▲ with minutes, ◆, padlocks, brackets, hatching; each drawn with few calls."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF, QStaticText

from app.desktop import icons

NUMBER_PIXELS, MARK_PIXELS = 11, 11


class Numbers:
    """Texts that are drawn often in one font, laid out once."""

    def __init__(self, font: QFont, pixels: int) -> None:
        self.font = QFont(font)
        self.font.setPixelSize(pixels)
        self.font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self.font)
        self._made: dict[str, tuple[QStaticText, float, float]] = {}

    def width(self, text: str) -> float:
        """Pixels that a text takes."""
        return self._text(text)[1]

    def centred(self, painter: QPainter, text: str, x: float, y: float) -> None:
        """Draws a text around a point, in the pen's colour; the painter has this font."""
        made, width, height = self._text(text)
        painter.drawStaticText(QPointF(x - width / 2, y - height / 2), made)

    def inside(self, painter: QPainter, text: str, area: QRectF) -> None:
        """Draws a text in the middle of a box where it is wide enough for it."""
        made, width, height = self._text(text)
        if area.width() >= width + 3:
            painter.drawStaticText(QPointF(area.left() + (area.width() - width) / 2, area.top() + (area.height() - height) / 2), made)

    def _text(self, text: str) -> tuple[QStaticText, float, float]:
        held = self._made.get(text)
        if held is None:
            made = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            made.prepare(font=self.font)
            held = self._made[text] = (made, self._metrics.horizontalAdvance(text), made.size().height())
        return held


@cache
def color(name: str, alpha: int = 255) -> QColor:
    """A colour of the theme by its `#RRGGBB`, more or less see-through."""
    made = QColor(name)
    made.setAlpha(alpha)
    return made


def triangle(painter: QPainter, x: float, bottom: float, size: float, fill: str) -> None:
    """▲ that stands on a line: something is late."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(fill))
    painter.drawPolygon(QPolygonF([QPointF(x - size * 0.62, bottom), QPointF(x + size * 0.62, bottom), QPointF(x, bottom - size)]))


def diamond(painter: QPainter, x: float, bottom: float, size: float, fill: str) -> None:
    """◆ that stands on a line: a rule is broken."""
    half = size / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(fill))
    painter.drawPolygon(QPolygonF([QPointF(x, bottom), QPointF(x + half, bottom - half), QPointF(x, bottom - size), QPointF(x - half, bottom - half)]))


def padlock(painter: QPainter, x: float, bottom: float, size: float, line: str, *, place: bool) -> None:
    """A padlock that stands on a line; with a stroke below where the stop keeps its place too."""
    body = QRectF(x - size * 0.4, bottom - size * 0.55, size * 0.8, size * 0.55)
    painter.setPen(QPen(color(line), 1.2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawArc(QRectF(x - size * 0.26, bottom - size, size * 0.52, size * 0.8), 0, 180 * 16)
    painter.fillRect(body, color(line))
    if place:
        painter.drawLine(QLineF(x + size * 0.75, bottom - size * 0.6, x + size * 0.75, bottom))


def hatched(painter: QPainter, area: QRectF, fill: str) -> None:
    """A stretch that is too much: hatched, so that it is told without its colour."""
    painter.fillRect(area, color(fill, 36))
    painter.fillRect(area, QBrush(color(fill), Qt.BrushStyle.BDiagPattern))


def brackets(painter: QPainter, left: float, right: float, top: float, bottom: float, line: str, width: float) -> None:
    """[ and ] around a stretch."""
    painter.setPen(QPen(color(line), width))
    reach = 3.5
    for x, way in ((left, reach), (right, -reach)):
        painter.drawLines([QLineF(x, top, x, bottom), QLineF(x, top, x + way, top), QLineF(x, bottom, x + way, bottom)])


def box(painter: QPainter, areas: Sequence[QRectF], fill: QColor, line: QColor) -> None:
    """Boxes with a fine line around."""
    painter.setPen(QPen(line, 1))
    painter.setBrush(fill)
    for area in areas:
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)


def picture(painter: QPainter, name: str, tone: str, area: QRectF) -> None:
    """An icon in the middle of a box, where there is room for it."""
    side = 12.0
    if area.width() >= side + 4:
        icons.icon(name, tone).paint(painter, QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side).toRect())
