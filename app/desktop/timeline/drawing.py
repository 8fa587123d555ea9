"""Paints the rows of the timeline that are in view, and of each only the stretches that are in view."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.desktop.palette import badge_text_color, route_color, route_dash
from app.desktop.timeline import marks
from app.desktop.timeline.content import Content, Spot
from app.desktop.timeline.lens import Lens, step_between
from app.desktop.timeline.look import Look, Sizes
from app.desktop.timeline.marks import Numbers, color
from app.desktop.timeline.spans import Spans, Stretch
from app.domain.plans import Lock
from app.domain.units import MILLIS_PER_HOUR, MILLIS_PER_MINUTE
from app.services.queries import StopRow

_LEAST, _FINEST = 5.0, 1.5
"""Pixels that a stop is wide at least where there is room, and where there is none."""
_ROOM = 300.0
"""Pixels an hour from which the windows of the whole route in view are shown."""
_DIM = 150
"""How strongly a thin line is drawn, of 255."""


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
        for row in rows:
            self._row(painter, row)
        self._insertion(painter)
        self._now(painter)

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

    # One row

    def _row(self, painter: QPainter, row: int) -> None:
        known, spans, top = self._content.rows[row], self._content.spans(row), self._lens.y(row)
        if self._look.before and known.before:
            self._before(painter, row, top)
        if not spans.begins:
            return
        middle = top + self._sizes.block + self._sizes.height / 2
        self._lines(painter, spans, known.route.number, middle)
        self._boxes(painter, spans, top)
        first, last = self._seen(spans)
        self._late(painter, spans, first, last, top)
        self._blocks(painter, row, first, last, top)
        self._signs(painter, row, first, last, top)
        self._windows(painter, row, first, last, top)

    def _seen(self, spans: Spans) -> tuple[int, int]:
        """The stops in view, from … to before; one more at each side, for what hangs over."""
        return max(0, bisect_left(spans.ends, self._first) - 1), min(len(spans.begins), bisect_right(spans.begins, self._last) + 1)

    def _before(self, painter: QPainter, row: int, top: float) -> None:
        y, height = top + self._sizes.before, self._sizes.before_height
        shown = [mark for mark in self._content.rows[row].before if mark.end >= self._first and mark.begin <= self._last]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._tokens.muted, 170))
        painter.drawRects([self._area((mark.begin, mark.end), y, height, 3.0) for mark in shown])

    def _lines(self, painter: QPainter, spans: Spans, number: int, y: float) -> None:
        """Driving: a thin line, dashed as on the map; waiting: a fine hollow bar."""
        pen = QPen(color(route_color(number)), 2)
        dash = route_dash(number)
        if dash:
            pen.setDashPattern([each / 2 for each in dash])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        lens = self._lens
        painter.drawLines([QLineF(lens.x(begin), y, lens.x(end), y) for begin, end in self._visible(spans.drives)])
        painter.setPen(QPen(color(self._tokens.muted, _DIM), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRects([self._area(each, y - 2.5, 5, 1.0) for each in self._visible(spans.waits)])

    def _boxes(self, painter: QPainter, spans: Spans, top: float) -> None:
        """Pauses and loading at the depot."""
        tokens, sizes = self._tokens, self._sizes
        for stretches, name, fill, line in (
            (spans.pauses, "coffee", tokens.hover, tokens.line),
            (spans.reloads, "warehouse", tokens.surface, tokens.muted),
        ):
            areas = [self._area(each, top + sizes.block, sizes.height, _LEAST) for each in self._visible(stretches)]
            marks.box(painter, areas, color(fill), color(line))
            for area in areas:
                marks.picture(painter, name, tokens.muted if name == "coffee" else tokens.text, area)

    def _blocks(self, painter: QPainter, row: int, first: int, last: int, top: float) -> None:
        """The services: a block each, with the stop's number where it fits."""
        spans, stops = self._content.spans(row), self._content.rows[row].stops
        number = self._content.rows[row].route.number
        areas = [self._block(spans, at, top) for at in range(first, last)]
        painter.setPen(Qt.PenStyle.NoPen)
        for late, fill in ((False, route_color(number)), (True, self._tokens.late)):
            painter.setBrush(color(fill))
            for at, area in enumerate(areas, first):
                if bool(spans.late[at]) is late:
                    painter.drawRoundedRect(area, 2.5, 2.5)
        for at, area in enumerate(areas, first):
            text = str(at + 1)
            if area.width() >= 9 and area.width() >= self._numbers.width(text) + 3:
                painter.setPen(color(self._tokens.surface if spans.late[at] else badge_text_color(number)))
                self._numbers.centred(painter, text, area.center().x(), area.center().y())
            if not self._look.orders.isdisjoint(stops[at].orders) or self._look.hovered == Spot(row, at):
                self._ring(painter, Spot(row, at), area)

    def _ring(self, painter: QPainter, spot: Spot, area: QRectF) -> None:
        """Around what is selected; twice where the keyboard stands; fine around what is under the pointer."""
        tokens, selected = self._tokens, not self._look.orders.isdisjoint(self._content.stop(spot).orders)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color(tokens.surface), 1.5))
        painter.drawRoundedRect(area.adjusted(-0.75, -0.75, 0.75, 0.75), 3, 3)
        painter.setPen(QPen(color(tokens.accent if selected else tokens.muted), 2 if selected else 1.2))
        painter.drawRoundedRect(area.adjusted(-2.25, -2.25, 2.25, 2.25), 4, 4)
        if selected and self._look.focused and spot == self._look.current:
            painter.setPen(QPen(color(tokens.text), 1))
            painter.drawRoundedRect(area.adjusted(-4.5, -4.5, 4.5, 4.5), 5, 5)

    # Signs

    def _late(self, painter: QPainter, spans: Spans, first: int, last: int, top: float) -> None:
        """The part of the day by which a stop is too late: from where its window closed to where it begins, over the blocks."""
        for at in range(first, last):
            if spans.late[at]:
                late = (spans.begins[at] - spans.late[at], spans.begins[at])
                marks.hatched(painter, self._area(late, top + self._sizes.block - 5, 4, 2.0), self._tokens.late)

    def _signs(self, painter: QPainter, row: int, first: int, last: int, top: float) -> None:
        """▲ with minutes, ◆ and padlocks, above the blocks; a text only where none is before it."""
        spans, stops = self._content.spans(row), self._content.rows[row].stops
        bottom, used = top + self._sizes.block - 1, float("-inf")
        for at in range(first, last):
            stop, area = stops[at], self._block(spans, at, top)
            x = area.center().x()
            if stop.late:
                used = self._lateness(painter, stop, area, _free(spans, at, self._lens), used)
            elif stop.violations:
                marks.diamond(painter, x, bottom, 7 if self._sizes.roomy else 5, self._tokens.risk)
            if stop.lock is not None:
                shift = 8 if stop.late or stop.violations else 0
                marks.padlock(painter, x - shift, bottom, 8 if self._sizes.roomy else 6, self._tokens.text, place=stop.lock is Lock.POSITION)

    def _lateness(self, painter: QPainter, stop: StopRow, area: QRectF, free: float, used: float) -> float:
        """The triangle, and "+18" beside it where there is room: above the block in high rows, behind it in low ones. Returns where the text ends."""
        text, numbers = f"+{-(-stop.late // MILLIS_PER_MINUTE)}", self._numbers
        roomy, x, bottom = self._sizes.roomy, area.center().x(), area.top() - 1
        width = numbers.width(text)
        place = x + 6 + width / 2 if roomy else area.right() + 4 + width / 2
        fits = place - width / 2 - 8 > used and (roomy or place + width / 2 + 2 < free)
        marks.triangle(painter, x, bottom, 7 if roomy else 5, self._tokens.late)
        if not fits:
            return used
        painter.setPen(color(self._tokens.late))
        numbers.centred(painter, text, place, bottom - 4 if roomy else area.center().y())
        return place + width / 2

    def _windows(self, painter: QPainter, row: int, first: int, last: int, top: float) -> None:
        """Brackets around the windows of what is selected or under the pointer; of the whole route in view where there is room."""
        look, known = self._look, self._content.rows[row]
        roomy = known.route.id == look.route and self._lens.scale * MILLIS_PER_HOUR >= _ROOM
        for at, stop in enumerate(known.stops):
            chosen = not look.orders.isdisjoint(stop.orders) or look.hovered == Spot(row, at)
            if chosen or (roomy and first <= at < last):
                self._brackets(painter, stop, top, strong=chosen)

    def _brackets(self, painter: QPainter, stop: StopRow, top: float, *, strong: bool) -> None:
        line = self._tokens.text if strong else self._tokens.muted
        inset = 2 if strong else 5
        for opens, closes in stop.windows:
            if closes >= self._first and opens <= self._last:
                x = [self._lens.x(each) for each in (opens, closes)]
                marks.brackets(painter, x[0], x[1], top + inset, top + self._sizes.row - inset, line, 1.6 if strong else 1.0)

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

    # Where things are

    def _block(self, spans: Spans, at: int, top: float) -> QRectF:
        return block(spans, at, self._lens, self._sizes, top)

    def _area(self, stretch: Stretch, y: float, height: float, least: float) -> QRectF:
        left = self._lens.x(stretch[0])
        return QRectF(left, y, max(least, self._lens.x(stretch[1]) - left), height)

    def _visible(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        return [each for each in stretches if each[1] >= self._first and each[0] <= self._last]


def block(spans: Spans, at: int, lens: Lens, sizes: Sizes, top: float) -> QRectF:
    """A stop's block in a row that begins at `top`: wide enough to be seen and hit, but never into the next, from which a gap parts it."""
    left = lens.x(spans.begins[at])
    wide = max(_LEAST, lens.x(spans.ends[at]) - left)
    return QRectF(left, top + sizes.block, max(_FINEST, min(wide, _free(spans, at, lens) - left - 1)), sizes.height)


def _free(spans: Spans, at: int, lens: Lens) -> float:
    """Where the next block begins, in pixels; after the last the view ends."""
    return lens.x(spans.begins[at + 1]) if at + 1 < len(spans.begins) else max(lens.width, lens.x(spans.ends[at]) + _LEAST)
