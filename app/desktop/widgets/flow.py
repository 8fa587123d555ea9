"""Widgets side by side that go on in the next line where the width ends: as a layout, and as a widget of its own."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Widgets in lines; in a right-to-left language from the right. To be set on a widget, not put into another layout: use a Flow there."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        """How many widgets there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._placed(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._placed(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _placed(self, rect: QRect, *, move: bool) -> int:
        """Sets the items, or only measures them; the height that they take."""
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint()
            if x > rect.x() and x + wanted.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(self._mirrored(QPoint(x, y), wanted, rect), wanted))
            x, line = x + wanted.width() + self._gap, max(line, wanted.height())
        return y + line - rect.y()

    def _mirrored(self, at: QPoint, size: QSize, rect: QRect) -> QPoint:
        parent = self.parentWidget()
        if parent is None or parent.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return at
        return QPoint(rect.x() + rect.right() - at.x() - size.width() + 1, at.y())


class Flow(QWidget):
    """Its widgets in lines; in a right-to-left language from the right. It is as high as its width makes necessary.

    A widget and no layout: Qt deletes the items of a layout by itself, whatever Python still holds of them.
    """

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget | None = None, *, gap: int = 6) -> None:
        super().__init__(parent)
        self._widgets = tuple(widgets)
        self._gap = gap
        for each in self._widgets:
            each.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._placed(width, move=False)

    def sizeHint(self) -> QSize:
        return QSize(self._widest(), self._placed(max(self.width(), self._widest()), move=False))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._widest(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._placed(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a widget was shown, hidden, or wants another size
            self.updateGeometry()
            self._placed(self.width(), move=True)
        return super().event(event)

    def _widest(self) -> int:
        return max((each.sizeHint().width() for each in self._widgets if not each.isHidden()), default=0)

    def _placed(self, width: int, *, move: bool) -> int:
        """Sets the widgets, or only measures them; the height that they take."""
        x, y, line = 0, 0, 0
        for each in self._widgets:
            if each.isHidden():
                continue
            size = each.sizeHint()
            if x > 0 and x + size.width() > width:
                x, y, line = 0, y + line + self._gap, 0
            if move:
                each.setGeometry(QRect(self._mirrored(QPoint(x, y), size, width), size))
            x, line = x + size.width() + self._gap, max(line, size.height())
        return y + line

    def _mirrored(self, at: QPoint, size: QSize, width: int) -> QPoint:
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            return at
        return QPoint(width - at.x() - size.width(), at.y())
