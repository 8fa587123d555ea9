"""The list of the palette: headings and lines as a model, and how they are drawn."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop import icons
from app.desktop.commanding.finding import Kind
from app.desktop.commanding.lines import Line, Spans
from app.desktop.palette import badge_text_color, route_color
from app.desktop.theme import Tokens
from app.desktop.widgets.mirror import hand, paint_icon

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
_TALL, _LOW, _HEADING = 46, 34, 30
_EDGE = 16
_TEXT_LEFT = 50
_CAP = 20
"""Height of a key's cap."""


class LineModel(QAbstractListModel):
    """Headings and lines; headings cannot be chosen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.words
        return line if role == LINE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) if self.lines[index.row()].thing is not None else Qt.ItemFlag.NoItemFlags

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Shows these lines."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def step(self, row: int, by: int) -> int:
        """The line so many lines further than this one, round the ends for single steps; headings are passed over. -1: there is none."""
        rows = [at for at, line in enumerate(self.lines) if line.thing is not None]
        if not rows:
            return -1
        at = rows.index(row) if row in rows else (-1 if by > 0 else len(rows))
        wanted = at + by
        return rows[wanted % len(rows)] if abs(by) == 1 else rows[max(0, min(len(rows) - 1, wanted))]


class LineDelegate(QStyledItemDelegate):
    """Draws headings, two-line orders and routes, and one-line acts with their keys in a column."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.tokens: Tokens | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, height_of(index.data(LINE)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line, tokens = index.data(LINE), self.tokens
        if not isinstance(line, Line) or tokens is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect)
        pen = hand(painter, area, option.direction)
        if line.thing is None:
            _heading(pen, area, line, tokens)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                _ground(pen, area, tokens)
            _mark(pen, area, line, tokens)
            (_two_lines if _is_tall(line) else _one_line)(pen, area, line, tokens)
        painter.restore()


def height_of(line: Line) -> int:
    """How tall a line is, in device-independent pixels."""
    return _HEADING if line.thing is None else _TALL if _is_tall(line) else _LOW


def _is_tall(line: Line) -> bool:
    return line.thing is not None and line.thing.kind in {Kind.ORDER, Kind.ROUTE}


def _ground(painter: QPainter, area: QRectF, tokens: Tokens) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.selected))
    painter.drawRoundedRect(area.adjusted(6, 1, -6, -1), 6, 6)
    painter.setBrush(QColor(tokens.accent))
    painter.drawRoundedRect(QRectF(area.left() + 6, area.top() + 8, 3, area.height() - 16), 1.5, 1.5)


def _heading(painter: QPainter, area: QRectF, line: Line, tokens: Tokens) -> None:
    painter.setFont(_font(painter, 12, bold=True))
    painter.setPen(QColor(tokens.muted))
    low = area.adjusted(_EDGE, 8, -_EDGE, 0)
    painter.drawText(low, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line.title)
    painter.setFont(_font(painter, 12))
    painter.drawText(low, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.right)


def _mark(painter: QPainter, area: QRectF, line: Line, tokens: Tokens) -> None:
    """The route's badge, else the icon of the kind or of the act; a tick where the act is on."""
    box = QRectF(area.left() + _EDGE, area.center().y() - 11, 24, 22)
    if line.route:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(route_color(line.route)))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(badge_text_color(line.route)))
        painter.setFont(_font(painter, 11, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(line.route))
        return
    color = tokens.accent if line.ticked else tokens.text if line.possible else tokens.muted
    place = QRectF(box.center().x() - 8, box.center().y() - 8, 16, 16)
    paint_icon(painter, icons.icon("check" if line.ticked else line.icon, color), place)


def _two_lines(painter: QPainter, area: QRectF, line: Line, tokens: Tokens) -> None:
    plain, small = _font(painter, 13, bold=True), _font(painter, 12)
    top, bottom = QRectF(area.left(), area.top() + 5, area.width(), 19), QRectF(area.left(), area.top() + 23, area.width(), 18)
    left = area.left() + _TEXT_LEFT
    room = _right(painter, top, line.right, plain if line.strong else small, tokens.text)
    _marked(painter, top, left, room - left, line.title, line.title_spans, plain, tokens)
    color = {"late": tokens.late, "risk": tokens.risk}.get(line.tone, tokens.muted)
    room = _right(painter, bottom, line.below, _font(painter, 12, bold=line.tone == "late"), color)
    _marked(painter, bottom, left, room - left, line.detail, line.detail_spans, small, tokens, muted=True)


def _one_line(painter: QPainter, area: QRectF, line: Line, tokens: Tokens) -> None:
    left, font = area.left() + _TEXT_LEFT, _font(painter, 13)
    room = _caps(painter, area, line.keys, tokens)
    used = _marked(painter, area, left, room - left, line.title, line.title_spans, font, tokens, muted=not line.possible)
    start = left + used + 12
    if room - start > 40:
        _marked(painter, area, start, room - start, line.detail, line.detail_spans, _font(painter, 12), tokens, muted=True)


def _marked(painter: QPainter, area: QRectF, left: float, width: float, text: str, marked: Spans, font: QFont, tokens: Tokens, *, muted: bool = False) -> float:
    """Draws a text that ends in … where it is too long, its marked parts in the accent colour, bold and underlined; returns how wide it is."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.Bold)
    strong.setUnderline(True)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(width) - 6 * len(marked)))
    at = left
    for part, hit in _parts(shown, marked):
        used = strong if hit else font
        painter.setFont(used)
        painter.setPen(QColor(tokens.accent if hit else tokens.muted if muted else tokens.text))
        advance = QFontMetricsF(used).horizontalAdvance(part)
        painter.drawText(QRectF(at, area.top(), advance + 2, area.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, part)
        at += advance
    return at - left


def _parts(text: str, marked: Spans) -> list[tuple[str, bool]]:
    parts, at = [], 0
    for start, end in sorted(marked):
        if at <= start < len(text):
            parts += [(text[at:start], False), (text[start:end], True)]
            at = end
    return [(part, hit) for part, hit in (*parts, (text[at:], False)) if part]


def _right(painter: QPainter, area: QRectF, text: str, font: QFont, color: str) -> float:
    """Draws a text at the right edge; returns where room for others ends."""
    width = QFontMetricsF(font).horizontalAdvance(text) if text else 0.0
    painter.setFont(font)
    painter.setPen(QColor(color))
    edge = area.right() - _EDGE
    painter.drawText(QRectF(edge - width - 1, area.top(), width + 2, area.height()), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    return edge - width - (12 if text else 0)


def _caps(painter: QPainter, area: QRectF, keys: str, tokens: Tokens) -> float:
    """Draws the caps of a key at the right edge; returns where room for others ends."""
    edge = area.right() - _EDGE
    font = _font(painter, 11)
    for cap in reversed(caps_of(keys)):
        width = max(float(_CAP), QFontMetricsF(font).horizontalAdvance(cap) + 12)
        edge -= width
        draw_cap(painter, QRectF(edge, area.center().y() - _CAP / 2, width, _CAP), cap, font, tokens)
        edge -= 4
    return edge - (8 if keys else 0)


def caps_of(keys: str) -> list[str]:
    """The caps of a key in order: "Ctrl+Shift+O" has three, "G, L" two, "+" one."""
    return [cap for part in keys.split(", ") if part for cap in (part[:-1].rstrip("+").split("+") if part.endswith("++") else part.split("+")) if cap] + (
        ["+"] if keys.endswith("++") or keys == "+" else []
    )


def draw_cap(painter: QPainter, box: QRectF, text: str, font: QFont, tokens: Tokens, *, changed: bool = False) -> None:
    """One cap of a keyboard; framed in the accent colour where the person has changed it."""
    if text == "…":
        painter.setPen(QColor(tokens.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return
    painter.setPen(QColor(tokens.accent if changed else tokens.line))
    painter.setBrush(QColor(tokens.canvas))
    painter.drawRoundedRect(box.translated(QPointF(0.5, 0.5)).adjusted(0, 0, -1, -1), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(tokens.muted))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _font(painter: QPainter, pixels: int, *, bold: bool = False) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(pixels)
    font.setUnderline(False)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
