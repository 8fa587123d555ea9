"""What delegates draw with."""

from PySide6.QtGui import QFont, QPainter


def font_of(painter: QPainter, pixels: int, *, bold: bool = False) -> QFont:
    """The painter's font in another size."""
    font = QFont(painter.font())
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font
