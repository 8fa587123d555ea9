"""The small window of A: digits or a name choose a route, what that would do stands below, Enter moves the selection there."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.desktop.dragging.card import SaidBox
from app.desktop.dragging.words import Said
from app.desktop.format import Formats
from app.desktop.theme import LIGHT, Tokens
from app.desktop.widgets.parts import label
from app.desktop.words import tr
from app.services.queries import RouteRow

Weigh = Callable[[RouteRow], Said]
"""What the highlighted route would mean for what is moved."""
_WIDTH = 420


class MovePopup(QDialog):
    """Asks for a route. `taken` carries its RouteRow. With `weigh` it says of the highlighted one what choosing it does."""

    taken = Signal(object)

    def __init__(
        self,
        title: str,
        routes: tuple[RouteRow, ...],
        formats: Formats,
        parent: QWidget | None = None,
        *,
        weigh: Weigh | None = None,
        tokens: Tokens = LIGHT,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Move to route"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._routes = routes
        self._formats = formats
        self._weigh = weigh
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Number or name of the route"))
        self.search.setAccessibleName(tr("Number or name of the route"))
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Routes"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.impact = SaidBox()
        self.impact.tokens = tokens
        layout = QVBoxLayout(self)
        layout.addWidget(label(title, heading=True))
        layout.addWidget(self.search)
        layout.addWidget(self.found, 1)
        layout.addWidget(self._framed())
        self.resize(_WIDTH, 460 if weigh is not None else 320)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._take)
        self.found.itemActivated.connect(lambda _item: self._take())
        self.found.currentItemChanged.connect(self._say)
        self._fill("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if Qt.Key(event.key()) in steps and self.found.count():
            self.found.setCurrentRow((self.found.currentRow() + steps[Qt.Key(event.key())]) % self.found.count())
            return
        super().keyPressEvent(event)

    def _framed(self) -> QFrame:
        """Room for what a route would mean, of one height, so that the list stays where it is from route to route."""
        frame = QFrame()
        frame.setProperty("card", True)
        frame.setFixedHeight(152)
        frame.setVisible(self._weigh is not None)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.impact)
        return frame

    def _fill(self, text: str) -> None:
        self.found.clear()
        for row in matching(self._routes, text):
            span = self._formats.span(row.leaves, row.ends) if row.stops else "–"
            item = QListWidgetItem(f"{row.number}   {row.vehicle}   {row.driver}   {span}")
            item.setData(Qt.ItemDataRole.UserRole, row)
            self.found.addItem(item)
        if self.found.count():
            self.found.setCurrentRow(0)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _say(self, now: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if self._weigh is None:
            return
        what = self._weigh(now.data(Qt.ItemDataRole.UserRole)) if now is not None else Said(title="")
        self.impact.show_said(what, _WIDTH - 24)
        self.search.setAccessibleDescription(what.text)

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
