"""Paints the rows of the timeline that are in view: the ground with its hours, the rows upon it, and what lies over all of them."""

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.desktop.timeline.content import Content
from app.desktop.timeline.lens import Lens, step_between
from app.desktop.timeline.look import Look
from app.desktop.timeline.marks import Numbers, color
from app.desktop.timeline.strips import Strips
from app.domain.units import MILLIS_PER_HOUR


class Drawing:
    """One painting: the rows, where they are, how they look."""

    def __init__(self, content: Content, lens: Lens, look: Look, numbers: Numbers) -> None:
        self._content, self._lens, self._look, self._numbers = content, lens, look, numbers
        self._tokens, self._sizes = look.tokens, look.sizes
        self._first, self._last = lens.first, lens.first + lens.span

    def paint(self, painter: QPainter) -> None:
        """Draws everything in view."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._numbers.font)
        rows = self._lens.rows(len(self._content.rows))
        for row in rows:
            self._ground(painter, row)
        self._hours(painter)
        strips = Strips(self._content, self._lens, self._look, self._numbers)
        for row in rows:
            strips.paint(painter, row)
        self._insertion(painter)
        self._now(painter)
        if self._look.focused and self._look.current is None:
            painter.setPen(QPen(color(self._look.tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(1, 1, self._lens.width - 2, self._lens.height - 2))

    # The ground

    def _ground(self, painter: QPainter, row: int) -> None:
        look, lens, known = self._look, self._lens, self._content.rows[row]
        area = QRectF(0, lens.y(row), lens.width, self._sizes.row)
        if known.route.id == look.route:
            painter.fillRect(area, color(self._tokens.selected))
        elif row == look.hovered_row:
            painter.fillRect(area, color(self._tokens.hover))
        if known.shift is not None:
            begins, ends = (min(max(lens.x(each), 0.0), lens.width) for each in known.shift)
            off = color(self._tokens.text, 12)
            painter.fillRect(QRectF(0, area.top(), begins, area.height()), off)
            painter.fillRect(QRectF(ends, area.top(), lens.width - ends, area.height()), off)
        painter.fillRect(QRectF(0, area.bottom() - 1, lens.width, 1), color(self._tokens.line, 90))

    def _hours(self, painter: QPainter) -> None:
        bottom = min(self._lens.height, self._lens.y(len(self._content.rows)))
        step = step_between(self._lens.scale, 40.0)
        for every, strength in ((step, 110), (max(step, MILLIS_PER_HOUR), 255)):
            first = int(self._first // every) + 1
            places = [round(self._lens.x(number * every)) + 0.5 for number in range(first, int(self._last // every) + 1)]
            painter.setPen(QPen(color(self._tokens.line, strength), 1))
            painter.drawLines([QLineF(x, 0, x, bottom) for x in places])

    # Over all rows

    def _insertion(self, painter: QPainter) -> None:
        """Where what is dragged would go."""
        target = self._look.target
        row = self._content.row_of(target.route) if target is not None else None
        if target is None or row is None:
            return
        x, top = self._lens.x(target.reading), self._lens.y(row)
        painter.setPen(QPen(color(self._tokens.accent), 2.5))
        painter.drawLine(QLineF(x, top + 1, x, top + self._sizes.row - 1))
        painter.setPen(QPen(color(self._tokens.accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(0.75, top + 0.75, self._lens.width - 1.5, self._sizes.row - 1.5))

    def _now(self, painter: QPainter) -> None:
        if self._look.now is not None:
            painter.fillRect(QRectF(self._lens.x(self._look.now) - 1, 0, 2, self._lens.height), color(self._tokens.accent))
