"""How the board is drawn: cards, and the head of a column."""

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop.board.cards import CARD, Card
from app.desktop.orders.columns import LOCK_MARK
from app.desktop.palette import badge_text_color, route_color
from app.desktop.theme import LIGHT, Tokens
from app.desktop.widgets.mirror import hand
from app.desktop.widgets.row_paint import fit

Index = QModelIndex | QPersistentModelIndex
_SIDE, _PADDING, _BADGE = 10, 6, 24
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def small(font: QFont) -> QFont:
    """The secondary size of a font."""
    made = QFont(font)
    made.setPixelSize(max(10, font.pixelSize() - 1))
    return made


def strong(font: QFont) -> QFont:
    """The same font, half bold."""
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def line_height(font: QFont) -> int:
    """Pixels of a line of text."""
    return max(17, QFontMetrics(font).height())


def write(painter: QPainter, font: QFont, color: str, area: QRectF, text: str, *, right: bool = False) -> float:
    """Writes a text into an area, cut with … where needed; returns the width that it took."""
    shown = fit(font, text, area.width())
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(area, _RIGHT if right else _MIDDLE, shown)
    return float(QFontMetrics(font).horizontalAdvance(shown))


def draw_badge(painter: QPainter, box: QRectF, number: int, text: str) -> None:
    """A chip in the colour of the route of that number."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(route_color(number)))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(QColor(badge_text_color(number)))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def draw_load(painter: QPainter, bar: QRectF, number: int, share: float | None, tokens: Tokens) -> None:
    """A thin bar of how full a vehicle is; a stroke at its end where it is too full."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.line))
    painter.drawRoundedRect(bar, 2, 2)
    if share:
        painter.setBrush(QColor(route_color(number)))
        painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(4.0, bar.width() * min(1.0, share)), bar.height()), 2, 2)
    if share is not None and share > 1:
        painter.setPen(QPen(QColor(tokens.late), 2))
        painter.drawLine(QLineF(bar.right(), bar.top() - 3, bar.right(), bar.bottom() + 3))


class CardDelegate(QStyledItemDelegate):
    """Draws one card on three lines. `number` is that of the column's route; 0: the pool."""

    def __init__(self, parent: QWidget, number: int = 0) -> None:
        super().__init__(parent)
        self.tokens = LIGHT
        self.number = number

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, 3 * line_height(option.font) + 2 * _PADDING + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        card = index.data(CARD)
        if card is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        pen = hand(painter, area, option.direction)
        self._ground(pen, area, option.state)
        line = line_height(option.font)
        inside = QRectF(area.left() + _SIDE, area.top() + _PADDING, area.width() - 2 * _SIDE, line)
        self._first(pen, inside, card, option.font)
        self._second(pen, inside.translated(0, line), card, option.font)
        self._third(pen, inside.translated(0, 2 * line), card, small(option.font))
        painter.restore()

    def _ground(self, painter: QPainter, area: QRectF, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(self.tokens.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(self.tokens.hover))
        painter.fillRect(QRectF(area.left() + _SIDE, area.bottom() - 1, area.width() - 2 * _SIDE, 1), QColor(self.tokens.line))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(self.tokens.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -2.5), 3, 3)

    def _first(self, painter: QPainter, line: QRectF, card: Card, font: QFont) -> None:
        """Number, time, mark and lock."""
        left = line.left() + self._token(painter, line, card, font)
        left += write(painter, strong(font), self.tokens.text, QRectF(left, line.top(), line.right() - left, line.height()), card.time) + 8
        right = line.right()
        if card.lock is not None:
            right -= write(painter, small(font), self.tokens.muted, QRectF(left, line.top(), right - left, line.height()), LOCK_MARK[card.lock], right=True) + 4
        kind = strong(small(font)) if card.tone != "muted" else small(font)
        write(painter, kind, getattr(self.tokens, card.tone), QRectF(left, line.top(), right - left, line.height()), card.mark, right=True)

    def _token(self, painter: QPainter, line: QRectF, card: Card, font: QFont) -> float:
        """The chip with the stop's number, or the diamond of the pool; returns the room that it took."""
        if card.position:
            painter.setFont(strong(small(font)))
            draw_badge(painter, QRectF(line.left(), line.top() + 1, _BADGE, line.height() - 2), self.number, str(card.position))
            return _BADGE + 8
        if card.held:
            return write(painter, strong(font), self.tokens.late, line, "✕") + 8
        middle, half = QPointF(line.left() + 6, line.center().y()), 5.5
        painter.setPen(QPen(QColor(self.tokens.text), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in ((0, -half), (half, 0), (0, half), (-half, 0))]))
        return 20.0

    def _second(self, painter: QPainter, line: QRectF, card: Card, font: QFont) -> None:
        write(painter, font, self.tokens.text, line, card.head)

    def _third(self, painter: QPainter, line: QRectF, card: Card, font: QFont) -> None:
        """Address and window, or why it is in no route."""
        used = write(painter, font, self.tokens.muted, line, card.window, right=True) + 8 if card.window else 0
        room = QRectF(line.left(), line.top(), line.width() - used, line.height())
        if card.why:
            write(painter, font, getattr(self.tokens, card.why_tone), room, card.why)
        else:
            write(painter, font, self.tokens.muted, room, card.place)
