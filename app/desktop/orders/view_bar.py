"""The line above the order table: the view in force, the search box, the filter and the columns."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from app.desktop import icons
from app.desktop.orders.views import View
from app.desktop.words import tr


class FilterBox(QLineEdit):
    """A search box; Down goes into the table, Escape empties it, and once it is empty lets everything through again."""

    left = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.narrowed = False
        """Whether other filters hold, which Escape would lift."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self._lifts():
            event.accept()  # or Escape would throw a proposal away
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self._lifts():
            if self.text():
                self.clear()
            else:
                self.cleared.emit()
        else:
            super().keyPressEvent(event)

    def _lifts(self) -> bool:
        return bool(self.text()) or self.narrowed


class ViewBar(QWidget):
    """`picked` carries the id of a view; the others are wishes."""

    picked = Signal(str)
    save_wanted = Signal()
    rename_wanted = Signal()
    remove_wanted = Signal()
    reset_wanted = Signal()
    opening = Signal()
    """The menu of views is about to show: it wants the counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = QPushButton()
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self.opening)
        self.view.setMenu(self.menu)
        self.view.setProperty("view", True)
        self.view.setAutoDefault(False)
        self.search = FilterBox()
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Filter orders"))
        self.search.setPlaceholderText(tr("Filter: number, name, street, route:3…"))
        self.search.setToolTip(tr("Words that an order must hold, all of them. With the name of a column and a colon only there: route:3, skills:lift."))
        self.filter = _tool(tr("Filter by plan, window or route"), tr("Filter"))
        self.columns = _tool(tr("Choose columns"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 5)
        layout.setSpacing(6)
        layout.addWidget(self.view)
        layout.addWidget(self.search, 1)
        layout.addWidget(self.filter)
        layout.addWidget(self.columns)
        self._paint()

    def name(self, title: str, count: str) -> None:
        """Says which view is in force, and how many orders belong to it."""
        self.view.setText(f"{title}  {count}")
        self.view.setAccessibleName(tr("View: {name}").format(name=f"{title}, {count}"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._paint()

    def _paint(self) -> None:
        """The icons in the colours of the theme."""
        text, muted = (self.palette().color(role).name() for role in (QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText))
        self.filter.setIcon(icons.icon("list-filter", text, muted))
        self.columns.setIcon(icons.icon("columns-3", text, muted))

    def fill(self, views: Sequence[tuple[View, str]], current: View) -> None:
        """Writes the menu: each view with its count, and what can be done with them."""
        self.menu.clear()
        own = False
        for view, count in views:
            if view.own and not own:
                self.menu.addSeparator()
            own = view.own
            action = self.menu.addAction(f"{(view.title if view.own else tr(view.title)).replace('&', '&&')}\t{count}")
            action.setCheckable(True)
            action.setChecked(view.id == current.id)
            action.triggered.connect(lambda _checked=False, identity=view.id: self.picked.emit(identity))
        self.menu.addSeparator()
        self.menu.addAction(tr("Save as a view…"), self.save_wanted.emit)
        for text, wish in ((tr("Rename the view…"), self.rename_wanted), (tr("Delete the view"), self.remove_wanted)):
            action = self.menu.addAction(text, wish.emit)
            action.setEnabled(current.own)
        self.menu.addAction(tr("Reset columns and widths"), self.reset_wanted.emit)


def _tool(name: str, text: str = "") -> QToolButton:
    made = QToolButton()
    made.setText(text)
    made.setToolTip(name)
    made.setAccessibleName(name)
    made.setIconSize(QSize(16, 16))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    style = Qt.ToolButtonStyle
    made.setToolButtonStyle(style.ToolButtonTextBesideIcon if text else style.ToolButtonIconOnly)
    return made
