"""The hours above the timeline, in the depot's zone, with the time that it is now."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from app.desktop.format import Formats
from app.desktop.theme import LIGHT, Tokens
from app.desktop.timeline.lens import Lens, step_between
from app.desktop.timeline.marks import color

HEIGHT = 26
"""Pixels of the line of hours."""
_PILL = 10


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Labels at round times of the day; never more than fit."""

    def __init__(self) -> None:
        self._formats = Formats()
        self._tokens = LIGHT
        self._label = 40.0
        self._lens = Lens()
        self._now: int | None = None
        super().__init__("top", maxTickLength=0)
        self.setStyle(tickTextOffset=4, autoExpandTextSpace=False, tickTextHeight=16, hideOverlappingLabels=True)
        self.setHeight(HEIGHT)

    def set_look(self, formats: Formats, tokens: Tokens, font: QFont) -> None:
        """The language, the zone, the colours and the font."""
        small = QFont(font)
        small.setPixelSize(max(10, font.pixelSize() - 1))
        self._formats, self._tokens = formats, tokens
        self._label = QFontMetricsF(small).horizontalAdvance("00:00")
        self.setStyle(tickFont=small)
        self.setPen(color(tokens.line))
        self.setTextPen(color(tokens.muted))
        self.picture = None
        self.update()

    def set_lens(self, lens: Lens, now: int | None) -> None:
        """What the view shows, and the reading of the clock where the day is today."""
        if now != self._now:
            self.picture = None
        self._lens, self._now = lens, now
        self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """Readings with a label."""
        step = step_between(size / max(1.0, maxVal - minVal), self._label)
        first, last = -int(-minVal // step), int(maxVal // step)
        return [(step, [number * step for number in range(first, last + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Each as the depot's wall time."""
        return ["" if self._under_now(value) else self._formats.clock(int(value)) for value in values]

    def _under_now(self, value: float) -> bool:
        """Whether the time that it is now would cover a label."""
        return self._now is not None and abs(value - self._now) * self._lens.scale < self._label + _PILL

    def paint(self, painter: QPainter, option: Any, widget: Any) -> None:
        super().paint(painter, option, widget)
        if self._now is None:
            return
        x = self._lens.x(self._now)
        if not 0 <= x <= self._lens.width:
            return
        wide = self._label + _PILL + 4
        left = min(max(x - wide / 2, 0), self._lens.width - wide)
        pill = QRectF(left, HEIGHT - 22, wide, 18)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(self._tokens.accent))
        painter.drawRoundedRect(pill, 9, 9)
        painter.setPen(QPen(color(self._tokens.accent_text)))
        painter.setFont(self.style["tickFont"])
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, self._formats.clock(self._now))
