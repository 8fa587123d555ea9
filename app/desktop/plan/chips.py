"""Cells that begin with the chip of a route: its number on its colour, then the words of the cell."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.desktop.board.drawing import draw_badge, small, strong, write
from app.desktop.theme import LIGHT, Tokens
from app.desktop.widgets.rows import ROW_ROLE, Index

_CHIP = 24


class ChipDelegate(QStyledItemDelegate):
    """Draws the chip of the route that `number` finds in a row; 0: no chip."""

    def __init__(self, number: Callable[[Any], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._number = number
        self.tokens: Tokens = LIGHT

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        number = self._number(index.data(ROW_ROLE))
        area = QRectF(option.rect).adjusted(8, 0, -6, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if number:
            painter.setFont(strong(small(option.font)))
            draw_badge(painter, QRectF(area.left(), area.center().y() - 9, _CHIP, 18), number, str(number))
            area.setLeft(area.left() + _CHIP + 7)
        write(painter, option.font, self.tokens.text if number else self.tokens.muted, area, text)
        painter.restore()


def lay_chip(view: Any, at: int, number: Callable[[Any], int]) -> ChipDelegate:
    """Gives a column of a table its chips."""
    made = ChipDelegate(number, view)
    view.setItemDelegateForColumn(at, made)
    return made
