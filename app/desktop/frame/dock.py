"""A dock of the window: a quiet title, a count, and a way to close it or let it float."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QToolButton, QWidget

from app.desktop import icons
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import label
from app.desktop.words import tr


class Titled(QDockWidget):
    """A dock with a quiet title and a count."""

    def __init__(self, name: str, title: str, inside: QWidget, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        feature = QDockWidget.DockWidgetFeature
        self.setFeatures(feature.DockWidgetMovable | feature.DockWidgetFloatable | feature.DockWidgetClosable)
        bar = QWidget()
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 4, 6, 4)
        layout.setSpacing(2)
        self.count: QLabel = label("", muted=True)
        self._float = self._tool(tr("Let it float, or put it back"), lambda: self.setFloating(not self.isFloating()))
        self._close = self._tool(tr("Close"), self.close)
        layout.addWidget(label(title, heading=True))
        layout.addStretch(1)
        layout.addWidget(self.count)
        layout.addSpacing(6)
        layout.addWidget(self._float)
        layout.addWidget(self._close)
        self.setTitleBarWidget(bar)
        self.setWidget(inside)

    def set_tokens(self, tokens: Tokens) -> None:
        """Recolours the buttons of the title."""
        self._float.setIcon(icons.icon("picture-in-picture-2", tokens.muted))
        self._close.setIcon(icons.icon("x", tokens.muted))

    def _tool(self, name: str, call: object) -> QToolButton:
        made = QToolButton()
        made.setAutoRaise(True)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(name)
        made.setAccessibleName(f"{name}: {self.windowTitle()}")
        made.setProperty("small", True)
        made.clicked.connect(lambda _checked=False: call())  # type: ignore[operator]
        return made
