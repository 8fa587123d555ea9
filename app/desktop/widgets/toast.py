"""A toast: a line or two over the window that says what could not be done or what has ended, and goes by itself; it never takes the focus."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.desktop.widgets.parts import button, label, repolish
from app.desktop.words import tr

_STAYS_MS = 7_000
_WIDTH, _GAP = 560, 16


class Toast(QFrame):
    """Lies over the lower middle of another widget. While the pointer rests on it, it stays."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._call: Callable[[], object] | None = None
        self.setProperty("toast", True)
        self._mark = label("◆", tone="risk")
        self._text = label(wrap=True)
        self._act = button("", self._pressed, link=True)
        self._close = button("✕", self.hide, link=True, name=tr("Close"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(self._act)
        row.addWidget(self._close)
        self._clock = QTimer(self, singleShot=True, interval=_STAYS_MS)
        self._clock.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, tone: str = "risk", act: str = "", call: Callable[[], object] | None = None) -> None:
        """Shows a line; `act` and `call` are a button beside it."""
        self._call = call
        self._mark.setText({"risk": "◆", "late": "▲", "ok": "✓"}[tone])
        self._mark.setProperty("tone", tone)
        repolish(self._mark)
        self._text.setText(text)
        self._act.setText(act)
        self._act.setAccessibleName(act)
        self._act.setVisible(bool(act))
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._clock.start()

    @property
    def said(self) -> str:
        """The line that it shows."""
        return self.accessibleName() if self.isVisible() else ""

    def enterEvent(self, event: QEnterEvent) -> None:
        self._clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._clock.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = min(_WIDTH, self._over.width() - 2 * _GAP)
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setGeometry((self._over.width() - width) // 2, self._over.height() - height - _GAP, width, height)

    def _pressed(self) -> None:
        self.hide()
        if self._call is not None:
            self._call()
