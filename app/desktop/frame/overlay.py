"""The details over the map, in windows too narrow for another column."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.desktop import icons
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import label
from app.desktop.words import tr

_WIDTH = 300
_MARGIN = 8


class Overlay(QFrame):
    """A card over the right of another widget, which it follows. `closed` is emitted when a person closes it."""

    closed = Signal()

    def __init__(self, over: QWidget, title: str) -> None:
        super().__init__(over)
        self._over = over
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setContentsMargins(12, 4, 6, 4)
        head.addWidget(label(title, heading=True))
        head.addStretch(1)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setProperty("small", True)
        self._close.setToolTip(tr("Close"))
        self._close.setAccessibleName(f"{tr('Close')}: {title}")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(lambda _checked=False: self._leave())
        head.addWidget(self._close)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(1, 1, 1, 1)
        self._inside.setSpacing(0)
        self._inside.addLayout(head)
        over.installEventFilter(self)
        self.hide()

    def hold(self, widget: QWidget) -> None:
        """Takes a widget in."""
        self._inside.addWidget(widget, 1)
        widget.show()

    def cover(self, over: QWidget) -> None:
        """Lies over another widget from now on."""
        self._over.removeEventFilter(self)
        self._over = over
        over.installEventFilter(self)

    def set_tokens(self, tokens: Tokens) -> None:
        """Recolours the button."""
        self._close.setIcon(icons.icon("x", tokens.muted))

    def follow(self) -> None:
        """Lies again over the right of what it covers."""
        whole = self.parentWidget()
        at = self._over.mapTo(whole, self._over.rect().topLeft()) if whole is not None else self._over.pos()
        height = max(160, self._over.height() - 2 * _MARGIN)
        backwards = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = at.x() + (_MARGIN if backwards else self._over.width() - _WIDTH - _MARGIN)
        self.setGeometry(QRect(left, at.y() + _MARGIN, _WIDTH, height))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show} and self.isVisible():
            QTimer.singleShot(0, self, self.follow)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.hide()
        self.closed.emit()
