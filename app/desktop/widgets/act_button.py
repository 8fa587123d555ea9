"""A button of an act with its key on a cap beside the words, as a person would find it on the keyboard."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from app.desktop.widgets.mirror import hand

_GAP, _INSET = 7, 5
_SIGNS = {"Backspace": "⌫", "Return": "⏎", "Enter": "⏎"}
"""Keys whose sign is shorter than their name."""


class ActButton(QPushButton):
    """Does what its action does, when the action can be done. `text` is short; the whole name is said to screen readers and in the tooltip."""

    def __init__(self, action: QAction, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._action = action
        self.setAutoDefault(False)
        self.clicked.connect(lambda _checked=False: action.trigger())
        action.changed.connect(self._follow)
        self._follow()

    @property
    def cap(self) -> str:
        """The key, as the desktop writes it."""
        text = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return _SIGNS.get(text, text)

    def say(self, text: str) -> None:
        """Other words, where the act does the contrary now."""
        if text != self.text():
            self.setText(text)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + (round(self._cap_width()) + _GAP if self.cap else 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        words, option.text = option.text, ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QFontMetrics(self.font()).horizontalAdvance(words) + (_GAP + self._cap_width() if self.cap else 0)
        left = (self.width() - whole) / 2
        role = QPalette.ColorRole.ButtonText
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        color = self.palette().color(group, role)
        pen = hand(painter, QRectF(self.rect()), self.layoutDirection())
        pen.setPen(color)
        pen.drawText(QRectF(left, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if self.cap:
            self._paint_cap(pen, QRectF(left + whole - self._cap_width(), (self.height() - 17) / 2, self._cap_width(), 17))

    def _paint_cap(self, painter: QPainter, box: QRectF) -> None:
        color = self.palette().color(QPalette.ColorRole.PlaceholderText)
        edge = QPen(color, 1)
        faint = edge.color()
        faint.setAlphaF(0.55)
        painter.setPen(QPen(faint, 1))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        painter.setPen(color)
        painter.setFont(self._cap_font())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.cap)

    def _cap_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(11)
        return font

    def _cap_width(self) -> float:
        return max(17.0, QFontMetrics(self._cap_font()).horizontalAdvance(self.cap) + 2.0 * _INSET)

    @Slot()
    def _follow(self) -> None:
        name = self._action.text().replace("&", "")
        self.setEnabled(self._action.isEnabled())
        self.setAccessibleName(name)
        self.setToolTip(self._action.toolTip() or name)
        self.updateGeometry()
        self.update()
