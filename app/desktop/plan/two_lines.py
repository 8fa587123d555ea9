"""Two lines of short statements: where they do not fit into the first line they go on in the second, and a third there is never."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.desktop.theme import LIGHT, Tokens

DIVIDER = " · "


@dataclass(frozen=True, slots=True)
class Said:
    """One statement; the tone names a token of the theme."""

    text: str
    tone: str = ""


class TwoLines(QWidget):
    """Shows statements at a height that is always the same; the tooltip and screen readers have all of them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tokens: Tokens = LIGHT
        self._first: tuple[Said, ...] = ()
        self._second: tuple[Said, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_said(self, first: Sequence[Said], second: Sequence[Said] = ()) -> None:
        """Says this, the more important first."""
        if (tuple(first), tuple(second)) == (self._first, self._second):
            return
        self._first, self._second = tuple(first), tuple(second)
        self.setAccessibleName(self.words())
        self.setToolTip(self.words())
        self.update()

    def words(self) -> str:
        """All that is said, in two lines."""
        return "\n".join(DIVIDER.join(each.text for each in line) for line in (self._first, self._second) if line)

    def sizeHint(self) -> QSize:
        return QSize(240, 2 * self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 2 * self._line())

    def lines(self) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
        """What stands in each line at the present width."""
        fits = _fitting(self._first, _bold(self.font()), self.width())
        return self._first[:fits], self._first[fits:] + self._second

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        first, second = self.lines()
        height = self._line()
        self._write(painter, first, QRectF(0, 0, self.width(), height), _bold(self.font()), self.tokens.text)
        self._write(painter, second, QRectF(0, height, self.width(), height), self.font(), self.tokens.muted)

    def _write(self, painter: QPainter, said: Sequence[Said], line: QRectF, font: QFont, color: str) -> None:
        painter.setFont(font)
        metrics, left = QFontMetrics(font), line.left()
        for at, each in enumerate(said):
            text = (DIVIDER if at else "") + each.text
            room = line.right() - left
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room))
            painter.setPen(QColor(getattr(self.tokens, each.tone) if each.tone else color))
            painter.drawText(QRectF(left, line.top(), room + 2, line.height()), Qt.AlignmentFlag.AlignVCenter, shown)
            left += metrics.horizontalAdvance(text)
            if shown != text:
                return

    def _line(self) -> int:
        return max(18, QFontMetrics(self.font()).height() + 1)


def _bold(font: QFont) -> QFont:
    made = QFont(font)
    made.setWeight(QFont.Weight.DemiBold)
    return made


def _fitting(said: Sequence[Said], font: QFont, width: int) -> int:
    """How many statements one line holds; at least one."""
    metrics, text = QFontMetrics(font), ""
    for at, each in enumerate(said):
        text += (DIVIDER if at else "") + each.text
        if at and metrics.horizontalAdvance(text) > width:
            return at
    return len(said)
