"""Small parts: headings, labels that wrap or end in …, buttons, the toast, and what an empty place says."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget


def repolish(widget: QWidget) -> None:
    """Applies the style sheet anew after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def button(text: str, call: Callable[[], object], *, primary: bool = False, link: bool = False, name: str = "") -> QPushButton:
    """A push button; `link` looks like one."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setProperty("link", link)
    made.setAutoDefault(False)
    made.setAccessibleName(name or text.replace("&", ""))
    made.clicked.connect(lambda _checked=False: call())
    return made


def label(text: str = "", *, tone: str = "", heading: bool = False, title: bool = False, muted: bool = False, wrap: bool = False) -> QLabel:
    """A label; its text is plain, never markup, and can be copied where it wraps."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("tone", tone)
    made.setProperty("heading", heading)
    made.setProperty("title", title)
    made.setProperty("muted", muted)
    made.setWordWrap(wrap)
    if wrap:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def rule() -> QFrame:
    """A line of one pixel between two parts."""
    made = QFrame()
    made.setProperty("rule", True)
    return made


class Elided(QLabel):
    """A label of one line that ends in … where it is too long; the tooltip has all of it."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Shows this text."""
        if text == self._whole and self.accessibleName() == text:
            return
        self._whole = text
        self.setToolTip(text)
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setText(QFontMetrics(self.font()).elidedText(self._whole, Qt.TextElideMode.ElideRight, max(0, self.width() - 2)))


class Empty(QWidget):
    """What stands where nothing is: a sentence and the acts that would change it."""

    def __init__(self, text: str, buttons: tuple[QPushButton, ...] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addStretch(1)
        self.words = label(text, muted=True, wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(self.words)
        for each in buttons:
            layout.addWidget(each, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
