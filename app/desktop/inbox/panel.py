"""The inbox: one list of everything of the day that needs a person, with one act each."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QListView, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.desktop.actions import Actions
from app.desktop.format import Formats
from app.desktop.inbox.listing import ITEM, InboxDelegate, InboxModel
from app.desktop.inbox.words import KINDS, MARKS, TONES
from app.desktop.theme import Tokens
from app.desktop.widgets.parts import Empty, repolish
from app.desktop.words import tr
from app.domain.ids import OrderId
from app.domain.sentences import Sentence
from app.services.attention import Item, Matter, count_by_matter
from app.services.queries import DayView


class InboxList(QListView):
    """The list. `shown` carries the Item that is looked at, `acted` the one whose act is wanted."""

    shown = Signal(object)
    acted = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inbox = InboxModel(self)
        self._delegate = InboxDelegate(self)
        self._delegate.pressed.connect(self.acted)
        self.setModel(self.inbox)
        self.setItemDelegate(self._delegate)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(tr("What needs you"))
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.acted.emit(index.data(ITEM)))
        actions.lend_keys(self)

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self._delegate.tokens = tokens
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are acts here."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.acted.emit(self.currentIndex().data(ITEM))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.shown.emit(now.data(ITEM))


class InboxPanel(QWidget):
    """Chips that count and filter, the list, and what stands there when nothing needs anybody. `shown` and `acted` carry an Item."""

    shown = Signal(object)
    acted = Signal(object)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self.list = InboxList(actions, self)
        self.list.shown.connect(self._looked_at)
        self.list.acted.connect(self.acted)
        self.empty = Empty(tr("Nothing needs you."))
        inside = QWidget()
        self._stack = QStackedLayout(inside)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._make_chips())
        whole.addWidget(inside, 1)
        self.setAccessibleName(tr("Inbox"))
        self.setFocusProxy(self.list)

    def _make_chips(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("bar", True)
        line = QHBoxLayout(bar)
        line.setContentsMargins(12, 6, 12, 6)
        line.setSpacing(6)
        self._group = QButtonGroup(self)
        self._chips: dict[Matter | None, QPushButton] = {}
        for matter in (None, *Matter):
            chip = QPushButton()
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setChecked(matter is None)
            chip.setAutoDefault(False)
            chip.clicked.connect(lambda _checked, which=matter: self.show_only(which))
            self._group.addButton(chip)
            self._chips[matter] = chip
            line.addWidget(chip)
        line.addStretch(1)
        return bar

    def chip(self, matter: Matter | None) -> QPushButton:
        """The chip of a kind; None: of all."""
        return self._chips[matter]

    def show_items(self, items: tuple[Item, ...], view: DayView, formats: Formats) -> None:
        """Shows what needs a person; the row that was current stays so while it is there."""
        self.list.inbox.set_items(items, formats)
        counts = count_by_matter(items)
        for matter, chip in self._chips.items():
            self._count(chip, matter, len(items) if matter is None else counts[matter])
        if any(chip.isChecked() and matter is not None and not counts[matter] for matter, chip in self._chips.items()):
            self._chips[None].click()
        self.empty.words.setText(_calm(view, formats))
        self._stack.setCurrentIndex(0 if items else 1)
        self._keep_place()

    def set_tokens(self, tokens: Tokens) -> None:
        """The colours of the theme."""
        self.list.set_tokens(tokens)

    def show_only(self, matter: Matter | None) -> None:
        """Keeps one kind; None: all."""
        self._chips[matter].setChecked(True)
        self.list.inbox.show_only(matter)
        self._keep_place()

    def show_order(self, order: OrderId | None) -> None:
        """The row of the order that is looked at elsewhere becomes the current one."""
        item = next((each for each in self.list.inbox.rows if each.order == order), None) if order is not None else None
        now = self.list.currentIndex()
        if item is not None and not (now.isValid() and now.data(ITEM).order == order):
            self._kept = item.key
            self._keep_place()

    def _count(self, chip: QPushButton, matter: Matter | None, count: int) -> None:
        mark, name = (f"{MARKS[matter]} ", tr(KINDS[matter])) if matter is not None else ("", tr("All"))
        chip.setText(f"{mark}{name} {count}")
        chip.setAccessibleName(f"{name}: {count}")
        chip.setProperty("tone", TONES[matter] if matter is not None and count else "")
        chip.setVisible(matter is None or count > 0)
        repolish(chip)

    def _looked_at(self, item: Item) -> None:
        self._kept = item.key
        self.shown.emit(item)

    def _keep_place(self) -> None:
        """A row that is still there stays current, without being looked at again."""
        at = self.list.inbox.row_of(self._kept)
        if at < 0:
            return
        self.list.blockSignals(True)
        self.list.setCurrentIndex(self.list.inbox.index(at))
        self.list.blockSignals(False)


def _calm(view: DayView, formats: Formats) -> str:
    """Why nothing is listed."""
    if not view.board:
        return tr("No orders on this day.")
    if view.figures.pool:
        return formats.say(Sentence.of("desktop.inbox_to_plan", count=view.figures.pool))
    return tr("Nothing needs you: every order is in a route, in time, at an address that is known.")
