"""The layouts as buttons in one row; the one in force is pressed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget

from app.desktop.actions import Actions
from app.desktop.frame.layouts import Layout
from app.desktop.words import tr


class LayoutSwitch(QFrame):
    """Plan, Live, Board, Inbox. The inbox says how many wait."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("segments", True)
        self.setAccessibleName(tr("Layout"))
        self._actions = actions
        self._buttons: dict[Layout, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for layout in Layout:
            made = QToolButton()
            made.setDefaultAction(actions[f"layout_{layout}"])
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.setProperty("segment", True)
            self._buttons[layout] = made
            row.addWidget(made)

    def show_layout(self, now: Layout) -> None:
        """Presses the button of the layout in force."""
        for layout in Layout:
            self._actions[f"layout_{layout}"].setChecked(layout is now)

    def show_waiting(self, count: int) -> None:
        """Says how many things wait for a person."""
        plain = tr("Inbox")
        button = self._buttons[Layout.INBOX]
        button.defaultAction().setIconText(f"{plain} {count}" if count else plain)
        button.setText(f"{plain} {count}" if count else plain)
        button.setAccessibleName(button.text())
