"""The panel of closures: the list of those that are not lifted, and the form of one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from app.desktop.closures import wording
from app.desktop.closures.editor import ClosureEditor
from app.desktop.format import Formats
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import Empty, button, label
from app.desktop.words import tr
from app.domain.ids import ClosureId
from app.domain.roads import Closure

_ID = Qt.ItemDataRole.UserRole
_LIST, _NONE, _FORM = range(3)


class ClosurePanel(QWidget):
    """Shows closures. `draw` and `choose` ask for a new one, `edit` and `lift` carry one of the list, `seen` one that is looked at."""

    draw = Signal()
    choose = Signal()
    edit = Signal(object)
    lift = Signal(object)
    seen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens: Tokens | None = None
        self._rows: tuple[tuple[Closure, bool], ...] = ()
        self._formats = Formats()
        self.editor = ClosureEditor()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Closures"))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.change = button(tr("Change…"), lambda: self._tell(self.edit))
        self.lifting = button(tr("Lift the closure"), lambda: self._tell(self.lift))
        self._stack = QStackedWidget()
        self._lay_out()
        self.list.currentItemChanged.connect(self._current)
        self.list.itemActivated.connect(lambda _item: self._tell(self.edit))

    @property
    def editing(self) -> bool:
        """Whether the form is open."""
        return self._stack.currentIndex() == _FORM

    def set_tokens(self, tokens: Tokens) -> None:
        """Colours everything anew."""
        self._tokens = tokens
        self._fill()

    def show_closures(self, closures: Sequence[Closure], held: frozenset[ClosureId], formats: Formats) -> None:
        """Shows what is not lifted; `held`: those in force on the day in view, the others are shown quietly after them."""
        rows = tuple(sorted(((each, each.id in held) for each in closures), key=lambda row: not row[1]))
        if rows != self._rows or formats != self._formats:
            self._rows, self._formats = rows, formats
            self._fill()
        if not self.editing:
            self.show_list()

    def show_form(self) -> None:
        """The form comes to the front, with the focus on the name."""
        self._stack.setCurrentIndex(_FORM)
        self.editor.name.setFocus()
        self.editor.name.selectAll()

    def show_list(self) -> None:
        """The list comes to the front."""
        self._stack.setCurrentIndex(_LIST if self._rows else _NONE)

    def _fill(self) -> None:
        kept = self.list.currentItem().data(_ID) if self.list.currentItem() is not None else None
        self.list.blockSignals(True)
        self.list.clear()
        for closure, held in self._rows:
            self.list.addItem(self._item(closure, held=held))
            if kept is not None and closure.id == kept.id:
                self.list.setCurrentRow(self.list.count() - 1)
        self.list.blockSignals(False)
        self._current()

    def _item(self, closure: Closure, *, held: bool) -> QListWidgetItem:
        mark = "✕" if closure.factor is None else "◆"
        state = wording.effect(closure, self._formats)
        first = f"{mark} {closure.note or tr(wording.KINDS[closure.kind])}"
        facts = [tr(wording.KINDS[closure.kind]), state, wording.hours(closure, self._formats), wording.concerned(closure, self._formats)]
        lines = [first, " · ".join(facts), *(() if held else (tr("Not in force on this day"),))]
        item = QListWidgetItem("\n".join(lines))
        item.setData(_ID, closure)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(lines))
        if self._tokens is not None:
            item.setForeground(QColor(self._tokens.text if held else self._tokens.muted))
        return item

    def _current(self) -> None:
        item = self.list.currentItem()
        for each in (self.change, self.lifting):
            each.setEnabled(item is not None)
        if item is not None:
            self.seen.emit(item.data(_ID))

    def _tell(self, signal: SignalInstance) -> None:
        item = self.list.currentItem()
        if item is not None:
            signal.emit(item.data(_ID))

    def _lay_out(self) -> None:
        listing = QWidget()
        column = QVBoxLayout(listing)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(label(tr("Roads that no route may use, or only slowly."), muted=True, wrap=True))
        column.addWidget(self.list, 1)
        acts = QHBoxLayout()
        acts.addWidget(self.change)
        acts.addWidget(self.lifting)
        acts.addStretch(1)
        column.addLayout(acts)
        column.addLayout(self._new())
        empty = Empty(
            tr("No road is closed. Draw a closure on the map, or click the road."),
            (button(tr("Draw on the map"), self.draw.emit), button(tr("Click a road"), self.choose.emit)),
        )
        for page in (listing, empty, self.editor):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.show_list()

    def _new(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button(tr("Draw on the map"), self.draw.emit))
        row.addWidget(button(tr("Click a road"), self.choose.emit))
        row.addStretch(1)
        return row
