"""The curve as a picture: cost over moved stops, the knee marked, one point chosen; the table beside it says the same in numbers."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.board.drawing import small, strong
from app.desktop.curve.lines import price
from app.desktop.curve.scale import Scale, nearest, round_marks, scale_of
from app.desktop.format import Formats
from app.desktop.theme import LIGHT, Tokens
from app.desktop.words import tr
from app.domain.sentences import Sentence
from app.domain.units import COST_PER_MINOR
from app.services.curve import Curve, Point, like_last

_LEFT, _TOP, _RIGHT, _BOTTOM = 92, 26, 40, 42
"""Room around the plot: for the money, the label of the highest point, that of the last, and the axis of moved stops."""
_DOT, _RING = 5.0, 8.5
_CENTER = Qt.AlignmentFlag.AlignCenter


class CurveChart(QWidget):
    """`chosen` carries the Point that was pointed at or walked to, `opened` one that was double-clicked or taken by Enter."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, formats: Formats, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats, self._currency = formats, currency
        self._points: tuple[Point, ...] = ()
        self._knee: Point | None = None
        self._whole: set[int] = set()
        """The points, by their moved stops, that neither break more rules nor leave more orders out than the last."""
        self._at = 0
        self._hovered: int | None = None
        self.tokens: Tokens = LIGHT
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Cost over moved stops"))

    def sizeHint(self) -> QSize:
        return QSize(640, 230)

    def minimumSizeHint(self) -> QSize:
        return QSize(420, 190)

    def show_curve(self, curve: Curve | None) -> None:
        """Shows what is known of a curve."""
        chosen = self.point
        self._points = curve.steps if curve is not None else ()
        self._knee = curve.knee if curve is not None and curve.complete else None
        self._whole = {point.moved for point in like_last(self._points)} if self._points else set()
        self._at = next((at for at, each in enumerate(self._points) if chosen is not None and each.moved == chosen.moved), 0)
        self.setAccessibleDescription(" · ".join(self._said(each) for each in self._points))
        self.update()

    @property
    def point(self) -> Point | None:
        """The point that is chosen."""
        return self._points[self._at] if self._at < len(self._points) else None

    @property
    def points(self) -> tuple[Point, ...]:
        """The points that are drawn, from the left."""
        return self._points

    def choose(self, point: Point) -> None:
        """Marks the point that is, or is as good as, this one; without telling."""
        at = max((number for number, each in enumerate(self._points) if each.moved <= point.moved), default=0)
        if at != self._at:
            self._at = at
            self.update()

    def place_of(self, point: Point) -> QPointF:
        """Where a point is drawn."""
        area = self._plot()
        scale = scale_of(self._points, area.width(), area.height())
        return QPointF(area.left() + scale.x(point.moved), area.top() + scale.y(point.money))

    # Hands

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Home: -99, Qt.Key.Key_End: 99}
        key = Qt.Key(event.key())
        if key in steps and self._points:
            self._go(max(0, min(len(self._points) - 1, self._at + steps[key])))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.point is not None:
            self.opened.emit(self.point)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._under(event.position()))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._under(event.position())
        if at is not None:
            self._go(at)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._under(event.position()) is not None and self.point is not None:
            self.opened.emit(self.point)

    def leaveEvent(self, event: object) -> None:
        self._hover(None)

    def _hover(self, at: int | None) -> None:
        if at != self._hovered:
            self._hovered = at
            self.update()

    def _under(self, spot: QPointF) -> int | None:
        if not self._points:
            return None
        area = self._plot()
        return nearest(scale_of(self._points, area.width(), area.height()), self._points, spot.x() - area.left())

    def _go(self, at: int) -> None:
        self._at = at
        self.update()
        self.chosen.emit(self._points[at])

    # Drawing

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small(self.font()))
        area = self._plot()
        if self._points:
            scale = scale_of(self._points, area.width(), area.height())
            self._draw_money(painter, area, scale)
            self._draw_moved(painter, area, scale)
            self._draw_line(painter)
            self._draw_labels(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _draw_money(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        """Round amounts at the left, a line through the plot for each."""
        for minor in round_marks(scale.least_cost / COST_PER_MINOR, scale.most_cost / COST_PER_MINOR, max(2, int(area.height() / 44))):
            y = area.top() + scale.y(minor * COST_PER_MINOR)
            painter.setPen(QPen(QColor(self.tokens.line), 1))
            painter.drawLine(QPointF(area.left() - 6, y), QPointF(area.right(), y))
            painter.setPen(QColor(self.tokens.muted))
            text = self._formats.money(round(minor), self._currency)
            painter.drawText(QRectF(0, y - 10, _LEFT - 12, 20), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _draw_moved(self, painter: QPainter, area: QRectF, scale: Scale) -> None:
        """How many stops each point moves, where there is room to say it, and what the axis is."""
        painter.setPen(QPen(QColor(self.tokens.muted), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        free, words = area.left() - 30, QFontMetrics(painter.font())
        for point in self._points:
            x, text = area.left() + scale.x(point.moved), self._formats.number(point.moved)
            painter.setPen(QColor(self.tokens.muted))
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x, area.bottom() + 4))
            half = words.horizontalAdvance(text) / 2
            if x - half > free + 6:
                painter.setPen(QColor(self.tokens.text))
                painter.drawText(QRectF(x - half - 4, area.bottom() + 4, 2 * half + 8, 18), _CENTER, text)
                free = x + half
        painter.setPen(QColor(self.tokens.muted))
        painter.drawText(QRectF(area.left(), area.bottom() + 21, area.width(), 18), _CENTER, tr("Stops that move"))

    def _draw_line(self, painter: QPainter) -> None:
        """Each point holds until the next is better: a staircase, with a dot at each of its steps."""
        spots = [self.place_of(each) for each in self._points]
        path = QPolygonF()
        for before, after in pairwise(spots):
            path.append(before)
            path.append(QPointF(after.x(), before.y()))
        path.append(spots[-1])
        path.append(QPointF(self._plot().right(), spots[-1].y()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self.tokens.accent), 2))
        painter.drawPolyline(path)
        for at, spot in enumerate(spots):
            self._draw_point(painter, at, spot)

    def _draw_point(self, painter: QPainter, at: int, spot: QPointF) -> None:
        """A dot, hollow where more is broken or left out than at the end; the knee a diamond; the chosen one in a ring."""
        if at in {self._at, self._hovered}:
            painter.setPen(QPen(QColor(self.tokens.text if at == self._at else self.tokens.muted), 2))
            painter.setBrush(QColor(self.tokens.surface))
            painter.drawEllipse(spot, _RING, _RING)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.tokens.accent))
        if self._is_knee(self._points[at]):
            wide = _DOT + 1.5
            painter.drawPolygon([spot + QPointF(*each) for each in ((0, -wide), (wide, 0), (0, wide), (-wide, 0))])
        elif self._points[at].moved not in self._whole:
            painter.setPen(QPen(QColor(self.tokens.accent), 2))
            painter.setBrush(QColor(self.tokens.surface))
            painter.drawEllipse(spot, _DOT - 0.5, _DOT - 0.5)
        else:
            painter.drawEllipse(spot, _DOT, _DOT)

    def _draw_labels(self, painter: QPainter) -> None:
        """What the knee is, and what the point that is chosen or pointed at costs, over its dot."""
        shown = self._hovered if self._hovered is not None else self._at
        taken = QRectF()
        if shown < len(self._points):
            taken = self._draw_label(painter, self._points[shown], self._label(self._points[shown]), QColor(self.tokens.text))
        if self._knee is not None and not self._is_knee(self._points[shown]):
            self._draw_label(painter, self._knee, f"◆ {tr('Knee')}", QColor(self.tokens.accent), avoid=taken)

    def _draw_label(self, painter: QPainter, point: Point, text: str, color: QColor, avoid: QRectF | None = None) -> QRectF:
        """A text at the upper right of a point, inside the widget and clear of another; where it stands."""
        painter.setFont(strong(small(self.font())))
        width, spot = QFontMetrics(painter.font()).horizontalAdvance(text) + 8, self.place_of(point)
        box = QRectF(min(spot.x() + 6, self.width() - width - 4), max(2.0, spot.y() - 29), width, 19)
        if avoid is not None and box.intersects(avoid):
            box.moveTop(spot.y() + 11)
        painter.fillRect(box, QColor(self.tokens.surface))
        painter.setPen(color)
        painter.drawText(box, _CENTER, text)
        return box

    def _label(self, point: Point) -> str:
        return f"◆ {tr('Knee')} · {self._said(point)}" if self._is_knee(point) else self._said(point)

    def _is_knee(self, point: Point) -> bool:
        return self._knee is not None and point.moved == self._knee.moved

    def _said(self, point: Point) -> str:
        say, totals = self._formats.say, point.totals
        parts = [say(Sentence.of("desktop.curve_point", count=point.moved, cost=price(point.money, self._formats, self._currency)))]
        if point.moved not in self._whole:
            parts += [f"◆ {say(Sentence.of('desktop.curve_broken', count=totals.violations))}"] if totals.violations else []
            parts += [f"◇ {say(Sentence.of('desktop.curve_left_out', count=totals.unplanned))}"] if totals.unplanned else []
        return " · ".join(parts)
