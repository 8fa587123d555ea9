"""The picture of the timeline: pyqtgraph's view with one item of ours that paints only what is in view; zoom, pan and scroll."""

from dataclasses import replace
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.desktop.format import Formats
from app.desktop.theme import Tokens
from app.desktop.timeline.axis import HEIGHT, TimeAxis
from app.desktop.timeline.content import Content, Spot
from app.desktop.timeline.drawing import Drawing
from app.desktop.timeline.lens import Lens
from app.desktop.timeline.look import NORMAL, Look, Sizes
from app.desktop.timeline.marks import NUMBER_PIXELS, Numbers, color
from app.desktop.timeline.strips import blocks

pg.setConfigOption("exitCleanup", False)  # it looks through every object of the program at its end; Qt takes its own down
_ZOOM = 1.25
_MARGIN = 40.0
"""Pixels from the edges within which a stop that is walked to is brought further in."""
_NOTCH = 120.0
"""Eighths of a degree that one notch of a wheel turns."""


class Rows(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """All rows as one item in the pixels of its view box."""

    def __init__(self, view: "TimelineView", box: Any) -> None:
        super().__init__(box)
        self._view = view

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._view.lens.width, self._view.lens.height)

    def resized(self) -> None:
        """Its view box has another size."""
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, _option: Any, _widget: Any) -> None:
        Drawing(self._view.content, self._view.lens, self._view.look, self._view.numbers).paint(painter)


class TimelineView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Shows content through a lens. `moved` is emitted after the lens changed. Time runs from left to right in every language."""

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.content, self.lens, self.look = Content(), Lens(), Look()
        super().__init__(parent, background=None)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.numbers = Numbers(self.font(), NUMBER_PIXELS)
        self._fresh = self._whole = True
        """Whether nothing was shown yet; whether the whole day is wanted, whatever it grows to."""
        self._layout = pg.GraphicsLayout()
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setCentralItem(self._layout)
        self.axis = TimeAxis()
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, invertY=True, defaultPadding=0)
        self.box.disableAutoRange()
        self._layout.addItem(self.axis, 0, 0)
        self._layout.addItem(self.box, 1, 0)
        self.axis.linkToView(self.box)
        self._rows = Rows(self, self.box)
        self.box.sigResized.connect(lambda _box: self._resized())
        self._resized()

    # What is shown

    def show_content(self, content: Content, formats: Formats, *, anew: bool) -> None:
        """Shows rows; `anew`: of another day, so all of it is brought into view."""
        self.content = content
        self._restyle(replace(self.look, formats=formats, hovered=None, target=None))
        if anew or self._fresh:
            self._fresh, self._whole = False, True
            self.lens = replace(self.lens, top=0.0)
        lens = self.lens.over(*content.extent) if self._whole else self.lens
        self._set_lens(lens.scrolled(lens.top, len(content.rows)))

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self.setBackground(color(tokens.surface))
        self._restyle(replace(self.look, tokens=tokens))

    def set_look(self, look: Look) -> None:
        """What is chosen, under the pointer, dragged."""
        if look != self.look:
            self.look = look
            self._rows.update()

    def set_now(self, now: int | None) -> None:
        """The clock reading; None where the day is not today."""
        self.set_look(replace(self.look, now=now))
        self.axis.set_lens(self.lens, now)

    def set_sizes(self, sizes: Sizes) -> None:
        """Low rows or high ones; what was in the middle stays there."""
        share = (self.lens.top + self.lens.height / 2) / self.lens.row
        self.look = replace(self.look, sizes=sizes)
        self.lens = replace(self.lens, row=sizes.row)
        self._set_lens(self.lens.scrolled(share * sizes.row - self.lens.height / 2, len(self.content.rows)))

    @property
    def roomy(self) -> bool:
        """Whether rows are high."""
        return self.look.sizes is NORMAL

    def _restyle(self, look: Look) -> None:
        self.look = look
        self.axis.set_look(look.formats, look.tokens, self.font())
        self._rows.update()

    # Where it is looked at

    def fit_day(self) -> None:
        """Brings everything that happens into view, from left to right."""
        self._whole = True
        self._set_lens(self.lens.over(*self.content.extent))

    def zoom(self, factor: float, x: float | None = None) -> None:
        """Shows `factor` times the detail around a place; None: around what is chosen, where it is in view, or the middle."""
        self._whole = False
        chosen = self.lens.x(self.content.middle(self.look.current)) if self.look.current is not None else -1.0
        middle = chosen if 0 <= chosen <= self.lens.width else self.lens.width / 2
        self._set_lens(self.lens.zoomed(factor, middle if x is None else x))

    def pan(self, pixels: float) -> None:
        """Shows what is later by so many pixels, not beyond the day."""
        self._whole = False
        self._set_lens(self.lens.panned(pixels))

    def scroll_to(self, top: float) -> None:
        """Shows the rows from so many pixels on."""
        self._set_lens(self.lens.scrolled(top, len(self.content.rows)))

    def reveal(self, spot: Spot, *, sideways: bool = True) -> None:
        """Scrolls no further than is needed to see a stop."""
        lens, count = self.lens, len(self.content.rows)
        top = min(lens.top, spot.row * lens.row)
        lens = lens.scrolled(max(top, (spot.row + 1) * lens.row - lens.height), count)
        x = lens.x(self.content.middle(spot))
        if sideways and not _MARGIN <= x <= lens.width - _MARGIN:
            lens = lens.panned(x - min(max(x, _MARGIN), lens.width - _MARGIN))
        self._set_lens(lens)

    def _set_lens(self, lens: Lens) -> None:
        begins, ends = self.content.extent
        half = lens.span / 2
        lens = replace(lens, first=min(max(lens.first, begins - half), ends - half))
        self.lens = lens
        self.box.setRange(xRange=(lens.first, lens.first + lens.span), yRange=(lens.top, lens.top + lens.height), padding=0)
        self.axis.set_lens(lens, self.look.now)
        self._rows.update()
        self.moved.emit()

    def _resized(self) -> None:
        size = self.box.rect()
        self.lens = replace(self.lens, width=max(1.0, size.width()), height=max(1.0, size.height()))
        self._rows.resized()
        self._set_lens(self.lens.scrolled(self.lens.top, len(self.content.rows)))

    def close(self) -> bool:
        """Closes it as any widget; pyqtgraph would take its viewport away, which Qt does not survive while an event is under way."""
        return QWidget.close(self)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        if hasattr(self, "centralWidget"):  # pyqtgraph calls this while it is being made
            super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Up and down scrolls the rows; with Ctrl it zooms, with Shift (or a wheel to the side) it goes along the day."""
        turned, control = event.angleDelta(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        sideways = turned.x() or (turned.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if control:
            self.zoom(_ZOOM ** ((turned.y() or turned.x()) / _NOTCH), event.position().x())
        elif sideways:
            self.pan(-sideways / _NOTCH * 60)
        else:
            self.scroll_to(self.lens.top - turned.y() / _NOTCH * self.lens.row * 2)
        event.accept()

    # What lies where

    def spot_at(self, point: QPointF) -> Spot | None:
        """The stop under a point of the view, as near as a finger can tell."""
        inside = point.y() - HEIGHT
        reach = 4 / self.lens.scale
        return self.content.spot_at(self.lens.row_at(inside), self.lens.reading(point.x()), reach) if inside >= 0 else None

    def row_at(self, point: QPointF) -> int | None:
        """The row under a point of the view."""
        row = self.lens.row_at(point.y() - HEIGHT) if point.y() >= HEIGHT else -1
        return row if 0 <= row < len(self.content.rows) else None

    def area_of(self, spot: Spot) -> QRectF:
        """Where a stop's block is drawn, in pixels of the view."""
        return blocks(self.content.spans(spot.row), range(spot.at, spot.at + 1), self.lens, self.look.sizes, HEIGHT + self.lens.y(spot.row))[0]

    def spots_in(self, area: QRectF) -> list[Spot]:
        """The stops whose service a rectangle of the view touches."""
        first, last = self.lens.row_at(area.top() - HEIGHT), self.lens.row_at(area.bottom() - HEIGHT)
        rows = range(max(0, first), min(len(self.content.rows), last + 1))
        return self.content.within(rows, self.lens.reading(area.left()), self.lens.reading(area.right()))
