"""Paints single rows of the timeline: of each only the stretches that are in view, with as few calls as there can be."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.desktop.palette import badge_text_color, route_color, route_dash
from app.desktop.timeline import marks
from app.desktop.timeline.content import Content, Row, Spot
from app.desktop.timeline.lens import Lens
from app.desktop.timeline.look import Look, Sizes
from app.desktop.timeline.marks import Numbers, color
from app.desktop.timeline.spans import Spans, Stretch
from app.domain.plans import Lock
from app.domain.units import MILLIS_PER_HOUR, MILLIS_PER_MINUTE
from app.services.queries import StopRow

_LEAST, _FINEST = 5.0, 1.5
"""Pixels that a stop is wide at least where there is room, and where there is none."""
_ROUND, _NUMBERED = 10.0, 9.0
"""Pixels from which a block has round corners, and from which it may hold its number."""
_ROOM = 300.0
"""Pixels an hour from which the windows of the whole route in view are shown."""
_FEW = 6
"""Of so many selected orders all windows are shown, of more only that of the current one."""
_DIM = 150
"""How strongly a thin line is drawn, of 255."""


class Strips:
    """The rows in one painting; the painter smooths what is round, and not what is straight."""

    def __init__(self, content: Content, lens: Lens, look: Look, numbers: Numbers) -> None:
        self._content, self._lens, self._look, self._numbers = content, lens, look, numbers
        self._tokens, self._sizes = look.tokens, look.sizes
        self._first, self._last = lens.first, lens.first + lens.span

    def paint(self, painter: QPainter, row: int) -> None:
        """Draws everything of a row that is in view."""
        known, spans, top = self._content.rows[row], self._content.spans(row), self._lens.y(row)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self._look.before and known.before:
            self._before(painter, known, top)
        if not spans.begins:
            return
        self._lines(painter, spans, known.route.number, top + self._sizes.block + self._sizes.height // 2)
        self._closed(painter, spans, known.route.hatched, top)
        first = max(0, bisect_left(spans.ends, self._first) - 1)
        last = min(len(spans.begins), bisect_right(spans.begins, self._last) + 1)
        areas = blocks(spans, range(first, last), self._lens, self._sizes, top)
        signed = [at for at in spans.signed if first <= at < last]
        self._late(painter, spans, signed, top)
        self._blocks(painter, spans, known.route.number, first, areas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._boxes(painter, spans, top)
        self._signs(painter, known, spans, signed, first, areas)
        self._chosen(painter, row, first, areas)
        self._windows(painter, row, range(first, last), top)

    def _before(self, painter: QPainter, known: Row, top: float) -> None:
        """The layer below: where stops stood in the plan, or were promised."""
        y, height = top + self._sizes.before, self._sizes.before_height
        shown = [mark for mark in known.before if mark.end >= self._first and mark.begin <= self._last]
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
        painter.drawRects([self._area(each, y - 3, 6, 1.0) for each in self._visible(spans.waits)])

    def _closed(self, painter: QPainter, spans: Spans, legs: Sequence[int], top: float) -> None:
        """Legs that closures meet."""
        for leg in legs:
            stretch = spans.leg(leg)
            if stretch[1] >= self._first and stretch[0] <= self._last:
                marks.hatched(painter, self._area(stretch, top + self._sizes.block + 2, self._sizes.height - 4, 3.0), self._tokens.risk)

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

    def _late(self, painter: QPainter, spans: Spans, signed: Sequence[int], top: float) -> None:
        """The part of the day by which a stop is too late: from where its window closed to where it begins, over the blocks."""
        for at in signed:
            if spans.late[at]:
                late = (spans.begins[at] - spans.late[at], spans.begins[at])
                marks.hatched(painter, self._area(late, top + self._sizes.block - 5, 4, 2.0), self._tokens.late)

    def _blocks(self, painter: QPainter, spans: Spans, number: int, first: int, areas: Sequence[QRectF]) -> None:
        """The services: a block each, with the stop's number where it fits."""
        painter.setPen(Qt.PenStyle.NoPen)
        late = spans.late
        for fill, those in (
            (route_color(number), [area for at, area in enumerate(areas, first) if not late[at]]),
            (self._tokens.late, [area for at, area in enumerate(areas, first) if late[at]]),
        ):
            painter.setBrush(color(fill))
            painter.drawRects([area for area in those if area.width() < _ROUND])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for area in those:
                if area.width() >= _ROUND:
                    painter.drawRoundedRect(area, 2.5, 2.5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._write(painter, spans, badge_text_color(number), first, areas)

    def _write(self, painter: QPainter, spans: Spans, ink: str, first: int, areas: Sequence[QRectF]) -> None:
        """The numbers, in an ink that is read on the block."""
        numbers = self._numbers
        for tone, wants in ((ink, False), (self._tokens.surface, True)):
            painter.setPen(color(tone))
            for at, area in enumerate(areas, first):
                if area.width() >= _NUMBERED and bool(spans.late[at]) is wants:
                    numbers.inside(painter, str(at + 1), area)

    def _chosen(self, painter: QPainter, row: int, first: int, areas: Sequence[QRectF]) -> None:
        """Rings around what is selected or under the pointer."""
        look, stops = self._look, self._content.rows[row].stops
        hovered = look.hovered.at if look.hovered is not None and look.hovered.row == row else -1
        if look.orders or hovered >= 0:
            for at, area in enumerate(areas, first):
                if at == hovered or not look.orders.isdisjoint(stops[at].orders):
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

    def _signs(self, painter: QPainter, known: Row, spans: Spans, signed: Sequence[int], first: int, areas: Sequence[QRectF]) -> None:
        """▲ with minutes, ◆ and padlocks, above the blocks; a text only where none is before it."""
        used = float("-inf")
        for at in signed:
            stop, area = known.stops[at], areas[at - first]
            x, bottom = area.center().x(), area.top() - 1
            if stop.late:
                used = self._lateness(painter, stop, area, _free(spans, at, self._lens), used)
            elif stop.violations or stop.roads:
                marks.diamond(painter, x, bottom, 7 if self._sizes.roomy else 5, self._tokens.risk)
            if stop.lock is not None:
                aside = 8 if stop.late or stop.violations or stop.roads else 0
                marks.padlock(painter, x - aside, bottom, 8 if self._sizes.roomy else 6, self._tokens.text, place=stop.lock is Lock.POSITION)

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

    def _windows(self, painter: QPainter, row: int, seen: range, top: float) -> None:
        """Brackets around the windows of what is selected or under the pointer; of the whole route in view where there is room."""
        look, known = self._look, self._content.rows[row]
        roomy = known.route.id == look.route and self._lens.scale * MILLIS_PER_HOUR >= _ROOM
        hovered = look.hovered.at if look.hovered is not None and look.hovered.row == row else -1
        if not roomy and not look.orders and hovered < 0:
            return
        few = len(look.orders) <= _FEW
        for at, stop in enumerate(known.stops):
            chosen = at == hovered or look.current == Spot(row, at) or (few and not look.orders.isdisjoint(stop.orders))
            if chosen or (roomy and at in seen):
                self._brackets(painter, stop, top, strong=chosen)

    def _brackets(self, painter: QPainter, stop: StopRow, top: float, *, strong: bool) -> None:
        line = self._tokens.text if strong else self._tokens.muted
        inset = 2 if strong else 5
        for opens, closes in stop.windows:
            if closes >= self._first and opens <= self._last:
                x = [self._lens.x(each) for each in (opens, closes)]
                marks.brackets(painter, x[0], x[1], top + inset, top + self._sizes.row - inset, line, 1.6 if strong else 1.0)

    # Where things are

    def _area(self, stretch: Stretch, y: float, height: float, least: float) -> QRectF:
        left = self._lens.x(stretch[0])
        return QRectF(left, y, max(least, self._lens.x(stretch[1]) - left), height)

    def _visible(self, stretches: Sequence[Stretch]) -> list[Stretch]:
        return [each for each in stretches if each[1] >= self._first and each[0] <= self._last]


def blocks(spans: Spans, seen: range, lens: Lens, sizes: Sizes, top: float) -> list[QRectF]:
    """The blocks of these stops in a row that begins at `top`: wide enough to be seen and hit, but never into the next, from which a gap parts each."""
    scale, origin, y, height = lens.scale, lens.first, top + sizes.block, sizes.height
    made = []
    for at in seen:
        left = (spans.begins[at] - origin) * scale
        wide = max(_LEAST, (spans.ends[at] - origin) * scale - left)
        if at + 1 < len(spans.begins):
            wide = min(wide, (spans.begins[at + 1] - origin) * scale - left - 1)
        made.append(QRectF(left, y, max(_FINEST, wide), height))
    return made


def _free(spans: Spans, at: int, lens: Lens) -> float:
    """Where the next block begins, in pixels; after the last the view ends."""
    return lens.x(spans.begins[at + 1]) if at + 1 < len(spans.begins) else max(lens.width, lens.x(spans.ends[at]) + _LEAST)
