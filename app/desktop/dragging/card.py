"""The card beside the pointer: where what is dragged would go and what that does, painted in one go."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.desktop.dragging.words import Said
from app.desktop.palette import badge_text_color, route_color
from app.desktop.theme import LIGHT, Tokens

WIDEST = 340
"""Pixels of the widest card; longer lines are wrapped."""
_SIDE, _ABOVE, _GAP, _CHIP = 12, 9, 3, 26
_AWAY = QPoint(14, 36)
"""From the pointer to the card: below the slip that hangs on it."""
_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class SaidBox(QWidget):
    """Shows what is said: a chip with the route's number and the title, then the lines in their tones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tokens: Tokens = LIGHT
        self.said = Said(title="")
        self._lines: list[tuple[QRect, QFont, str, str]] = []
        self._size = QSize(0, 0)

    def show_said(self, what: Said, widest: int = WIDEST) -> None:
        """Shows this instead."""
        if what == self.said and self._lines:
            return
        self.said = what
        self.setAccessibleName(what.text)
        self._lay_out(widest)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._size.height())

    def _lay_out(self, widest: int) -> None:
        """Where each line goes; as wide as the longest, wrapped at `widest`."""
        plain, bold = QFont(self.font()), QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        left = _CHIP + 8 if self.said.number else 0
        rows = [(left, bold, self.said.title, "text"), *((0, bold if line.strong else plain, line.text, line.tone) for line in self.said.lines)]
        self._lines, top, width = [], _ABOVE, 0
        for indent, font, text, tone in rows:
            room = widest - 2 * _SIDE - indent
            box = QFontMetrics(font).boundingRect(QRect(0, 0, room, 1_000), _FLAGS, text)
            height = max(box.height(), 20 if not self._lines else 0)
            self._lines.append((QRect(_SIDE + indent, top, min(room, box.width() + 2), height), font, text, tone))
            top, width = top + height + _GAP, max(width, indent + box.width() + 2)
        self._size = QSize(min(widest, width + 2 * _SIDE), top - _GAP + _ABOVE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter)
        if self.said.number and self._lines:
            self._chip(painter, QRectF(_SIDE, self._lines[0][0].top(), _CHIP, 20))
        for at, (box, font, text, tone) in enumerate(self._lines):
            painter.setFont(font)
            painter.setPen(QColor(getattr(self.tokens, tone)))
            painter.drawText(box, _FLAGS | (int(Qt.AlignmentFlag.AlignVCenter) if at == 0 else 0), text)

    def _ground(self, painter: QPainter) -> None:
        """Nothing: it lies in a window of its own kind."""

    def _chip(self, painter: QPainter, box: QRectF) -> None:
        number = self.said.number
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(route_color(number)))
        painter.drawRoundedRect(box, 4, 4)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(badge_text_color(number)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))


class Card(SaidBox):
    """Floats in the window beside the pointer; neither mouse nor drag sees it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.hide()

    def show_at(self, pointer: QPoint, what: Said) -> None:
        """Shows it beside a point of the window, wholly within it."""
        told = what != self.said or not self.isVisible()
        self.show_said(what)
        self.setGeometry(QRect(self._corner(pointer), self.sizeHint()))
        if not self.isVisible():
            self.show()
            self.raise_()
        if told:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _corner(self, pointer: QPoint) -> QPoint:
        """Right below the pointer; on its other side where the window ends."""
        size, window = self.sizeHint(), self.window().rect()
        x, y = pointer.x() + _AWAY.x(), pointer.y() + _AWAY.y()
        if x + size.width() > window.right() - 4:
            x = pointer.x() - _AWAY.x() - size.width()
        if y + size.height() > window.bottom() - 4:
            y = pointer.y() - _AWAY.y() - size.height()
        return QPoint(max(4, min(x, window.right() - 4 - size.width())), max(4, y))

    def _ground(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(self.tokens.muted), 1))
        painter.setBrush(QColor(self.tokens.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
