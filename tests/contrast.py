"""Contrast as a picture shows it: what is measured is the ink on the ground, not what a style sheet meant (WCAG 2.2, relative luminance)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QLabel, QTabBar, QTableView, QWidget

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Spot:
    """A text of the window: what it says, where it stands, whether it can be used now."""

    text: str
    at: QRect


def spots(window: QWidget) -> Iterator[Spot]:
    """The texts that are seen: labels, buttons, tabs, headings, and the rows of lists."""
    for each in window.findChildren(QWidget):
        if not each.isVisible() or not each.isEnabled() or each.visibleRegion().isEmpty():
            continue
        if isinstance(each, QLabel | QAbstractButton) and each.text().strip():
            yield Spot(each.text(), _within(each, each.rect(), window))
        if isinstance(each, QTabBar):
            yield from (Spot(each.tabText(at), _within(each, each.tabRect(at), window)) for at in range(each.count()) if each.isTabVisible(at))
        if isinstance(each, QAbstractItemView) and not isinstance(each, QHeaderView) and each.model() is not None:
            yield from _rows(each, window)


def _rows(view: QAbstractItemView, window: QWidget) -> Iterator[Spot]:
    model, seen = view.model(), view.viewport().rect()
    columns = model.columnCount() if isinstance(view, QTableView) else 1
    for row in range(min(40, model.rowCount())):
        for column in range(columns):
            index = model.index(row, column)
            cell = view.visualRect(index)
            if str(index.data() or "").strip() and seen.contains(cell):
                yield Spot(str(index.data()), _within(view.viewport(), cell, window))


def _within(widget: QWidget, rectangle: QRect, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(rectangle.topLeft())), rectangle.size())


def contrast(image: QImage, at: QRect) -> float:
    """The contrast of the ink that differs most from the ground, which is the commonest colour there; 1: nothing is written."""
    seen = Counter(_colors(image, at))
    if not seen:
        return 1.0
    ground = seen.most_common(1)[0][0]
    return max(ratio(ground, each) for each in seen)


def _colors(image: QImage, at: QRect) -> Iterator[Color]:
    inside = at.intersected(image.rect())
    for y in range(inside.top(), inside.bottom() + 1):
        for x in range(inside.left(), inside.right() + 1):
            color = image.pixelColor(x, y)
            yield color.red(), color.green(), color.blue()


def ratio(one: Color, other: Color) -> float:
    """Contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    """Relative luminance, 0 to 1."""
    red, green, blue = (_linear(each / 255) for each in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
