"""The dialog that chooses columns: all of them in groups on the left, those shown in their order on the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from app.desktop.orders.columns import GROUPS
from app.desktop.widgets.parts import button, label
from app.desktop.widgets.rows import Column
from app.desktop.words import tr

_LINE = QSize(0, 25)
_ID = Qt.ItemDataRole.UserRole


class OrderedList(QListWidget):
    """The columns shown. Dragging and Alt with the arrows move one, Delete and Backspace take it away."""

    moved = Signal()
    removed = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.step(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and self.currentItem() is not None:
            self.removed.emit(self.currentItem().data(_ID))
        else:
            super().keyPressEvent(event)

    def step(self, way: int) -> None:
        """Moves the current column by one place."""
        row = self.currentRow()
        if row >= 0 and 0 <= row + way < self.count():
            self.insertItem(row + way, self.takeItem(row))
            self.setCurrentRow(row + way)
            self.moved.emit()

    def ids(self) -> tuple[str, ...]:
        """The columns from left to right."""
        return tuple(str(self.item(row).data(_ID)) for row in range(self.count()))


class ColumnChooser(QDialog):
    """Every change counts at once: `chosen` carries the ids from left to right; `reset_wanted` asks for those of the start."""

    chosen = Signal(object)
    reset_wanted = Signal()

    def __init__(self, columns: Sequence[Column], shown: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Columns"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._titles = {column.id: column.title for column in columns}
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("All columns"))
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(16)
        self.order = OrderedList()
        self.order.setAccessibleName(tr("Shown columns, from left to right"))
        self.order.setSpacing(2)
        self.order.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._items = {column.id: self._item(column) for column in columns}
        self._group(columns)
        self._lay_out()
        self.show_chosen(shown)
        self.tree.itemChanged.connect(self._ticked)
        self.order.moved.connect(self._tell)
        self.order.model().rowsMoved.connect(self._tell)
        self.order.removed.connect(lambda name: self._items[name].setCheckState(0, Qt.CheckState.Unchecked))
        self.resize(560, 460)

    def show_chosen(self, shown: Sequence[str]) -> None:
        """Shows which columns are chosen."""
        self.tree.blockSignals(True)
        self.order.clear()
        for name, item in self._items.items():
            item.setCheckState(0, Qt.CheckState.Checked if name in shown else Qt.CheckState.Unchecked)
        for name in shown:
            self._append(name)
        self.tree.blockSignals(False)
        self.order.setCurrentRow(0)

    def _item(self, column: Column) -> QTreeWidgetItem:
        item = QTreeWidgetItem([column.title])
        item.setData(0, _ID, column.id)
        item.setSizeHint(0, _LINE)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
        return item

    def _group(self, columns: Sequence[Column]) -> None:
        for group, title in GROUPS.items():
            top = QTreeWidgetItem([tr(title)])
            top.setSizeHint(0, _LINE)
            top.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            top.addChildren([self._items[column.id] for column in columns if column.group == group])
            self.tree.addTopLevelItem(top)
            top.setExpanded(True)

    def _lay_out(self) -> None:
        left, right, foot = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(label(tr("All columns"), heading=True))
        left.addWidget(self.tree, 1)
        right.addWidget(label(tr("Shown, from left to right"), heading=True))
        right.addWidget(self.order, 1)
        steps = QHBoxLayout()
        steps.addWidget(button(tr("Move up"), lambda: self.order.step(-1)))
        steps.addWidget(button(tr("Move down"), lambda: self.order.step(1)))
        steps.addStretch(1)
        right.addLayout(steps)
        foot.addWidget(button(tr("Reset"), self.reset_wanted.emit))
        foot.addWidget(label(tr("Alt with the arrows moves a column."), muted=True))
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), self.accept, primary=True))
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(sides, 1)
        layout.addLayout(foot)

    def _append(self, name: str) -> None:
        item = QListWidgetItem(self._titles[name])
        item.setData(_ID, name)
        self.order.addItem(item)

    @Slot(QTreeWidgetItem, int)
    def _ticked(self, item: QTreeWidgetItem, _column: int) -> None:
        name, shown = str(item.data(0, _ID)), self.order.ids()
        if item.checkState(0) == Qt.CheckState.Checked and name not in shown:
            self._append(name)
            self.order.setCurrentRow(self.order.count() - 1)
        elif item.checkState(0) == Qt.CheckState.Unchecked and name in shown:
            if len(shown) == 1:  # a table without columns would hide all it has
                item.setCheckState(0, Qt.CheckState.Checked)
                return
            self.order.takeItem(shown.index(name))
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self.chosen.emit(self.order.ids())
