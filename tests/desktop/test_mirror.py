"""Rows painted by hand, read from the right: the same row with its ends changed, its letters and numbers as they are."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.desktop.widgets.mirror import hand, turned

AREA = QRectF(0, 0, 200, 40)
LEFT, RIGHT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


def row(direction: Qt.LayoutDirection, text: str = "") -> QImage:
    """A row with a box at its beginning and a text that follows it."""
    image = QImage(200, 40, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    pen = hand(painter, AREA, direction)
    pen.fillRect(QRectF(0, 0, 20, 40), QColor("red"))
    pen.setPen(QColor("black"))
    pen.drawText(QRectF(30, 0, 120, 40), Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return image


def dark(image: QImage) -> list[int]:
    """The columns in which something black stands."""
    return [x for x in range(200) if any(image.pixelColor(x, y).lightness() < 100 and image.pixelColor(x, y).red() < 150 for y in range(40))]


@pytest.mark.usefixtures("qapp")
def test_a_row_changes_its_ends() -> None:
    assert row(LEFT).pixelColor(5, 20) == QColor("red")
    assert row(RIGHT).pixelColor(194, 20) == QColor("red")
    assert row(RIGHT).pixelColor(5, 20) == QColor("white")
    words = dark(row(RIGHT, "Van 4"))
    assert max(words) > 160, "the text stands beside the box"
    assert min(words) > 100


def far(one: QImage, other: QImage) -> int:
    """How differently two rows look, from the first inked column on."""
    starts = (dark(one)[0], dark(other)[0])
    return sum(abs(one.pixelColor(starts[0] + x, y).lightness() - other.pixelColor(starts[1] + x, y).lightness()) for x in range(30) for y in range(40))


@pytest.mark.usefixtures("qapp")
def test_a_span_of_hours_reads_as_it_does_elsewhere() -> None:
    mirrored = row(RIGHT, "08:00–12:45")
    assert far(mirrored, row(LEFT, "08:00–12:45")) * 3 < far(mirrored, row(LEFT, "12:45–08:00"))


def test_a_press_is_turned_as_the_row_is(qtbot: QtBot) -> None:
    assert turned(QPointF(190, 7), AREA, RIGHT) == QPointF(10, 7)
    assert turned(QPointF(190, 7), AREA, LEFT) == QPointF(190, 7)
