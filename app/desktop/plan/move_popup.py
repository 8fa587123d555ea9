"""The small window of A: digits or a name choose a route, Enter moves the selection there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.desktop.format import Formats
from app.desktop.widgets.parts import label
from app.desktop.words import tr
from app.services.queries import RouteRow


class MovePopup(QDialog):
    """Asks for a route. `taken` carries its RouteRow."""

    taken = Signal(object)

    def __init__(self, title: str, routes: tuple[RouteRow, ...], formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Move to route"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._routes = routes
        self._formats = formats
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Number or name of the route"))
        self.search.setAccessibleName(tr("Number or name of the route"))
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Routes"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.addWidget(label(title, heading=True))
        layout.addWidget(self.search)
        layout.addWidget(self.found, 1)
        self.resize(380, 320)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._take)
        self.found.itemActivated.connect(lambda _item: self._take())
        self._fill("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if Qt.Key(event.key()) in steps and self.found.count():
            self.found.setCurrentRow((self.found.currentRow() + steps[Qt.Key(event.key())]) % self.found.count())
            return
        super().keyPressEvent(event)

    def _fill(self, text: str) -> None:
        self.found.clear()
        for row in matching(self._routes, text):
            span = self._formats.span(row.leaves, row.ends) if row.stops else "–"
            item = QListWidgetItem(f"{row.number}   {row.vehicle}   {row.driver}   {span}")
            item.setData(Qt.ItemDataRole.UserRole, row)
            self.found.addItem(item)
        if self.found.count():
            self.found.setCurrentRow(0)

    def _take(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            row = item.data(Qt.ItemDataRole.UserRole)
            self.accept()
            self.taken.emit(row)


def matching(routes: tuple[RouteRow, ...], text: str) -> list[RouteRow]:
    """The routes that a typed text may mean: the number itself first, then numbers that begin so, then names that hold it."""
    wanted = text.strip().casefold()
    if not wanted:
        return list(routes)
    exact = [row for row in routes if str(row.number) == wanted]
    begins = [row for row in routes if str(row.number).startswith(wanted) and row not in exact]
    named = [row for row in routes if wanted in f"{row.vehicle} {row.driver}".casefold() and row not in exact and row not in begins]
    return exact + begins + named
